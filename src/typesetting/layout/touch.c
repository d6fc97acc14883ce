/* touch.c - lines whose signs would reach into each other.
 *
 * A style says how far apart lines stand. Where signs stack, as in Khmer, Tibetan or Nastaliq, what
 * is wide enough for Latin is not for them. Faces say how far they may reach: lines that stand
 * closer than that are looked at sign by sign, those of most letters not at all. */
#include "layout/flow_int.h"

#include "base/diag_id.h"

/* A sign as it stands on the page; up and down from its baseline. */
struct sign {
	sp left, right, above, below;
};

struct signs {
	struct sign *at;
	int count;
};

static sp scaled(int64_t units, const struct mark *mark, const struct face *face)
{
	return length_scale(units, mark->height, face->units_per_em);
}

/* How far its face says that signs reach. */
static sp reach(const struct flow *flow, const struct mark *mark, bool above)
{
	const struct face *face = text_face(flow->layout->text, mark->face);
	return scaled(above ? face->ascent : -face->descent, mark, face);
}

static struct signs signs_of(struct flow *flow, const struct mark *mark)
{
	const struct face *face = text_face(flow->layout->text, mark->face);
	struct signs signs = {arena_new_array(flow->arena, struct sign, mark->glyph_count), 0};
	int64_t units = 0, blanks = 0;
	for (int i = 0; i < mark->glyph_count; i++) {
		const struct glyph *glyph = &mark->glyphs[i];
		int64_t before = units, blanks_before = blanks;
		units += glyph->advance;
		blanks += glyph_gives(mark->text, glyph, mark->space);
		sp gone = mark->leftwards
			? mark->width - mark_advance(mark, units, blanks, face->units_per_em)
			: mark_advance(mark, before, blanks_before, face->units_per_em);
		struct glyph_ink ink = text_ink(flow->layout->text, mark->face, glyph->id);
		sp x = mark->x + gone + scaled(glyph->dx, mark, face);
		if (ink.right > ink.left)
			signs.at[signs.count++] = (struct sign){x + scaled(ink.left, mark, face),
				x + scaled(ink.right, mark, face),
				scaled(ink.top + glyph->dy, mark, face),
				scaled(-ink.bottom - glyph->dy, mark, face)};
	}
	return signs;
}

/* How far apart two baselines must be for a twentieth of an em between what is above and what
 * stands below it, or a tenth beside; 0: nothing does. */
static sp distance_needed(struct flow *flow, const struct mark *upper, const struct mark *lower)
{
	struct signs above = signs_of(flow, upper), below = signs_of(flow, lower);
	sp needed = 0, between = lower->height / 20;
	for (int i = 0; i < above.count; i++)
		for (int k = 0; k < below.count; k++) {
			const struct sign *a = &above.at[i], *b = &below.at[k];
			sp distance = a->below + b->above + between;
			if (a->left < b->right + 2 * between && b->left < a->right + 2 * between &&
				distance > needed)
				needed = distance;
		}
	return needed;
}

static bool is_line(const struct mark *mark)
{
	return mark->kind == MARK_GLYPHS && mark->node >= 0 && !mark->rises && mark->glyph_count;
}

/* The element that a line's look comes from. */
static const struct node *element_of(const struct flow *flow, const struct mark *mark)
{
	const struct node *node = flow->letter->nodes[mark->node];
	while (node->parent && !tag_is_paragraph(node->tag) && !tag_has_lines(node->tag))
		node = node->parent;
	if (node->tag == TAG_LINE && node->parent)
		node = node->parent;
	return node;
}

static void report(const struct flow *flow, const struct mark *mark, sp stand, sp needed)
{
	const struct node *element = element_of(flow, mark);
	int leading = (int)(((int64_t)needed + SP_PER_PT - 1) / SP_PER_PT);
	diag_add(flow->diags, LINES_TOUCH, element->at, tag_element(element->tag),
		length_text(flow->arena, stand).at, length_text(flow->arena, needed).at,
		tag_element(element->tag), str_format(flow->arena, "%dpt", leading).at);
}

/* Whether two marks are of different lines that stand closer than their faces reach. */
static bool is_close(const struct flow *flow, const struct mark *upper, const struct mark *lower)
{
	sp stand = lower->y - upper->y;
	return stand > upper->height / 2 &&
		stand < reach(flow, upper, false) + reach(flow, lower, true);
}

static bool may_touch(const struct flow *flow, const struct mark *upper, const struct mark *lower)
{
	return is_line(upper) && is_line(lower) && upper->x < lower->x + lower->width &&
		lower->x < upper->x + upper->width && is_close(flow, upper, lower);
}

/* The lines of one page; said once of each element. */
static void check_page(struct flow *flow, const struct page *page, bool *said)
{
	for (int i = 0; i < page->mark_count; i++)
		for (int k = 0; k < page->mark_count; k++) {
			const struct mark *upper = &page->marks[i], *lower = &page->marks[k];
			if (!may_touch(flow, upper, lower))
				continue;
			enum tag tag = element_of(flow, lower)->tag;
			sp stand = lower->y - upper->y;
			sp needed = said[tag] ? 0 : distance_needed(flow, upper, lower);
			if (needed <= stand)
				continue;
			said[tag] = true;
			report(flow, lower, stand, needed);
		}
}

/* Lines come one behind the other: whether some two stand closer than their faces reach. */
static bool has_close(const struct flow *flow, const struct page *page)
{
	for (int i = 1; i < page->mark_count; i++)
		if (is_line(&page->marks[i - 1]) && is_line(&page->marks[i]) &&
			is_close(flow, &page->marks[i - 1], &page->marks[i]))
			return true;
	return false;
}

void touch_check(struct flow *flow, const struct pages *pages)
{
	bool said[TAG_COUNT] = {false};
	for (int i = 0; i < pages->count; i++)
		if (has_close(flow, &pages->page[i]))
			check_page(flow, &pages->page[i], said);
}
