/* backing.c - what blocks and words stand on: backgrounds, which lie below all else, and frames.
 * Both are artifacts. Where a page ends within a block, its frame stays open there, and the
 * background goes on. */
#include "layout/flow_int.h"

static struct mark filled(sp left, sp top, sp width, sp height)
{
	return (struct mark){.kind = MARK_RULE,
		.node = -1,
		.x = left,
		.y = top,
		.width = width,
		.height = height};
}

static void put_line(struct flow *flow, struct box *box, struct mark mark)
{
	mark.artifact = ARTIFACT_LAYOUT;
	mark.colour = flow->style->block[TAG_RULE].text.colour;
	box_mark(flow->arena, box, mark);
}

void backing_put(struct flow *flow, struct box *box, const struct block_style *style,
	const struct backing *at)
{
	sp thick = style->frame, width = at->sides.right - at->sides.left;
	struct mark back = filled(at->sides.left, at->top, width, at->bottom - at->top);
	back.artifact = ARTIFACT_BACKGROUND;
	back.colour = style->background;
	if (style->background != PAPER && width > 0)
		box_mark(flow->arena, box, back);
	if (!thick || width <= 0)
		return;
	sp height = at->bottom - at->top;
	put_line(flow, box, filled(at->sides.left, at->top, thick, height));
	put_line(flow, box, filled(at->sides.right - thick, at->top, thick, height));
	if (at->first)
		put_line(flow, box, filled(at->sides.left, at->top, width, thick));
	if (at->last)
		put_line(flow, box, filled(at->sides.left, at->bottom - thick, width, thick));
}

/* The space between the slabs of a block is part of it. */
static void close_gaps(struct flow *flow, int first)
{
	for (int i = first; i < flow->slabs.len; i++) {
		struct slab *slab = &flow->slabs.at[i];
		slab->is_line = false;
		if (i == first)
			continue;
		slab[-1].height = length_sum(slab[-1].height, slab->before);
		slab->before = 0;
	}
}

/* room: above the first and below the last. */
static void back_slabs(
	struct flow *flow, const struct block_style *style, struct sides sides, int first, sp room)
{
	close_gaps(flow, first);
	for (int i = first; i < flow->slabs.len; i++) {
		struct slab *slab = &flow->slabs.at[i];
		struct box *inner = &flow->boxes.at[i], box = {.owner = inner->owner};
		struct backing at = {
			.sides = sides, .first = i == first, .last = i == flow->slabs.len - 1};
		slab->height = length_sum(slab->height, (at.first + at.last) * room);
		at.bottom = slab->height;
		backing_put(flow, &box, style, &at);
		box_add(flow->arena, &box, inner, at.first ? room : 0);
		*inner = box;
	}
}

/* A table has room for it in its cells. */
static sp room_within(const struct block_style *style, const struct node *block)
{
	enum { MOST = 720 * SP_PER_PT }; /* no page has more to spare */
	int64_t room = (int64_t)style->frame + style->space;
	return block->tag == TAG_TABLE ? 0 : room < MOST ? (sp)room : MOST;
}

void flow_backed(struct flow *flow, const struct node *block,
	void (*set)(struct flow *flow, const struct node *block))
{
	const struct block_style *style = style_block(flow->style, block);
	struct sides sides = flow->sides;
	sp room = room_within(style, block);
	int first = flow->slabs.len;
	flow->sides = sides_within(sides, false, room, room);
	set(flow, block);
	flow->sides = sides;
	back_slabs(flow, style,
		sides_within(sides, block->leftwards, style->indent_left, style->indent_right),
		first, room);
}

/* -- on a page --------------------------------------------------------------------------------- */

static bool stands_on(const struct mark *mark, const struct mark *back)
{
	sp y = mark->y - mark->height / 4;
	return mark->x >= back->x && mark->x < back->x + back->width && y >= back->y &&
		y < back->y + back->height;
}

/* The uppermost below it, of those that a page begins with. */
static const struct mark *find_back(const struct page *page, const struct mark *mark)
{
	const struct mark *found = NULL;
	for (int i = 0; i < page->mark_count; i++) {
		const struct mark *back = &page->marks[i];
		if (back->artifact != ARTIFACT_BACKGROUND)
			break;
		found = stands_on(mark, back) ? back : found;
	}
	return found;
}

static bool has_backs(const struct page *page)
{
	return page->mark_count && page->marks[0].artifact == ARTIFACT_BACKGROUND;
}

void backing_check(struct flow *flow, const struct page *page)
{
	uint32_t pale = PAPER, behind = PAPER; /* said of last */
	for (int i = 0; has_backs(page) && i < page->mark_count; i++) {
		const struct mark *mark = &page->marks[i], *back = NULL;
		if (mark->kind == MARK_GLYPHS && mark->artifact == ARTIFACT_NONE && mark->node >= 0)
			back = find_back(page, mark);
		if (!back || (mark->colour == pale && back->colour == behind))
			continue;
		struct text_style text = {.size = mark->height,
			.colour = mark->colour,
			.bold = text_face(flow->layout->text, mark->face)->bold};
		if (!style_check_contrast(
			    &text, back->colour, flow->letter->nodes[mark->node]->at, flow->diags))
			continue;
		pale = mark->colour;
		behind = back->colour;
	}
}
