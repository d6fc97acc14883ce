/* place.c - column → pages: divides it, puts every mark at its place, the notes at the foot, and
 * adds what belongs to the page alone (the rule above the notes, the page number, PREVIEW). */
#include "layout/flow_int.h"

#include "locale/locale.h"

struct placer {
	struct flow *flow;
	struct column column;
	struct page_span *spans;
	struct pages *pages;
	const struct layout_options *options;
};

static struct page_geometry geometry_of(const struct flow *flow, sp first_top)
{
	const struct style *style = flow->style;
	sp first_bottom = style->page_height - flow->foot_room[0].text;
	return (struct page_geometry){
		.first_height = first_bottom > first_top ? first_bottom - first_top : 0,
		.height = style->page_height - flow->foot_room[1].text - flow->later_top,
		.note_space = style->note_gap + style->note_rule_thickness +
			style->block[TAG_NOTE].before,
		.min_fill = style->page_fill,
	};
}

static struct sides text_sides(const struct style *style)
{
	return (struct sides){style->margin_left, style->page_width - style->margin_right};
}

static struct box page_number(struct flow *flow, int page, int count)
{
	const struct style *style = flow->style;
	struct str content = page_number_text(flow->arena, page, count, flow->letter->lang);
	return set_plain(flow, plain_of_letter(flow, content), &style->page_number,
		text_sides(style), ARTIFACT_FOOTER);
}

/* Across from the page number, where no letter prints anything. */
static struct box watermark(struct flow *flow, const char *text)
{
	const struct style *style = flow->style;
	struct block_style *across = arena_alloc(flow->arena, sizeof *across);
	*across = style->page_number;
	across->text.bold = true;
	bool left = style->page_number.align == ALIGN_LEFT ||
		style->page_number.align == ALIGN_JUSTIFY; /* of one line */
	across->align = left ? ALIGN_RIGHT : ALIGN_LEFT;
	return set_plain(flow, plain_of_letter(flow, str_of(text)), across, text_sides(style),
		ARTIFACT_WATERMARK);
}

/* Words over the room for the signature, that say what it is worth. Without room they stand in the
 * margin. */
static bool has_seal_room(const struct flow *flow)
{
	return flow->signature >= 0 &&
		flow->signature_room >= flow->style->page_number.text.leading;
}

static void place_seal(struct placer *placer, struct box *page, const struct area *area)
{
	struct flow *flow = placer->flow;
	const struct layout_options *options = placer->options;
	if (!options || !options->seal || !has_seal_room(flow))
		return;
	struct block_style *style = arena_alloc(flow->arena, sizeof *style);
	*style = flow->style->page_number;
	style->align = ALIGN_LEFT;
	sp leading = style->text.leading,
	   lowest = flow->signature_room - leading + style->text.size;
	struct box box = set_plain(flow, plain_of_letter(flow, str_of(options->seal)), style,
		(struct sides){area->left, area->right}, ARTIFACT_WATERMARK);
	box_add(flow->arena, page, &box, area->top + (lowest < 2 * leading ? lowest : 2 * leading));
}

/* The rows of a table's head once more; gives where they end. */
static sp place_head(struct flow *flow, const struct head *head, struct box *page, sp y)
{
	for (int i = head->first; i < head->first + head->count; i++) {
		box_repeat(flow->arena, page, &flow->boxes.at[i], y, ARTIFACT_TABLE_HEAD);
		y += flow->slabs.at[i].height;
	}
	return y;
}

/* How high what sinks to the foot of a page is. */
static sp sunk_height(const struct placer *placer, const struct page_span *span)
{
	const struct slab *slabs = placer->column.slabs;
	int from = span->from;
	while (from < span->to && !slabs[from].sinks)
		from++;
	sp height = 0;
	for (int i = from; i < span->to; i++)
		height += slabs[i].height + (i > from ? slabs[i].before : 0);
	return height;
}

/* Likewise, with the space above it. */
static sp sunk_room(const struct placer *placer, const struct page_span *span)
{
	sp height = sunk_height(placer, span);
	for (int i = span->from + 1; height && i < span->to; i++)
		if (placer->column.slabs[i].sinks)
			return height + placer->column.slabs[i].before;
	return height;
}

/* How high what ends the paper is, which footer and page number stand above; 0: nothing does. */
static sp edge_height(const struct placer *placer, const struct page_span *span)
{
	for (int i = span->from; i < span->to; i++)
		if (placer->column.slabs[i].ends_paper)
			return placer->column.slabs[i].height;
	return 0;
}

static sp page_bottom(const struct placer *placer, const struct page_span *span)
{
	const struct flow *flow = placer->flow;
	return flow->style->page_height - flow->foot_room[span > placer->spans].text;
}

static sp place_text(struct placer *placer, const struct page_span *span, struct box *page, sp y)
{
	struct flow *flow = placer->flow;
	for (int i = span->from; i < span->to; i++) {
		const struct slab *slab = &placer->column.slabs[i];
		if (i > span->from)
			y += slab->before;
		else
			y = place_head(flow, &flow->heads.at[i], page, y);
		if (slab->sinks)
			y = slab->ends_paper
				? flow->style->page_height - slab->height
				: page_bottom(placer, span) - sunk_height(placer, span);
		box_add(flow->arena, page, &flow->boxes.at[i], y);
		if (i == flow->signature) {
			placer->pages->signature = flow->signature_area;
			placer->pages->signature.page = (int)(span - placer->spans);
			placer->pages->signature.top += y;
			placer->pages->signature.bottom += y;
			place_seal(placer, page, &placer->pages->signature);
		}
		y += slab->height;
	}
	return y;
}

static void place_rule(struct placer *placer, struct box *page, sp y)
{
	const struct style *style = placer->flow->style;
	bool leftwards = placer->flow->letter->root->leftwards;
	struct mark rule = {
		.kind = MARK_RULE,
		.artifact = ARTIFACT_LAYOUT,
		.node = -1,
		.x = leftwards ? text_sides(style).right - style->note_rule_width
			       : style->margin_left,
		.y = y,
		.width = style->note_rule_width,
		.height = style->note_rule_thickness,
		.colour = style->block[TAG_NOTE].text.colour,
	};
	box_mark(placer->flow->arena, page, rule);
}

/* The notes end at the foot of the page, whatever the text leaves free. */
static void place_notes(struct placer *placer, const struct page_span *span, struct box *page)
{
	struct flow *flow = placer->flow;
	const struct style *style = flow->style;
	int64_t height = page_notes_height(&placer->column, span->notes_from, span->notes_to);
	if (!height)
		return;
	sp y = page_bottom(placer, span) - sunk_room(placer, span) - (sp)height;
	place_rule(placer, page, y + style->note_gap);
	y += placer->column.geometry.note_space;
	for (int n = span->notes_from.note; n <= span->notes_to.note && n < flow->feet.len; n++) {
		int line = n == span->notes_from.note ? span->notes_from.line : 0;
		int end = n == span->notes_to.note ? span->notes_to.line : flow->feet.at[n].lines;
		if (n > span->notes_from.note && end > 0)
			y += flow->feet.at[n].before;
		for (; line < end; line++, y += flow->feet.at[n].leading)
			box_add_line(flow->arena, page, flow->letter->notes[n]->id,
				&flow->notes.at[n]->lines[line], y);
	}
}

static const char *margin_words(const struct placer *placer)
{
	const struct layout_options *options = placer->options;
	if (!options)
		return NULL;
	return options->watermark || has_seal_room(placer->flow) ? options->watermark
								 : options->seal;
}

static void place_margin(struct placer *placer, int index, struct box *page)
{
	const char *words = margin_words(placer);
	struct flow *flow = placer->flow;
	const struct style *style = flow->style;
	sp bottom = style->page_height - edge_height(placer, &placer->spans[index]);
	sp foot = bottom - flow->foot_room[index > 0].number;
	if (has_page_number(style, index > 0)) {
		struct box box = page_number(flow, index + 1, placer->pages->count);
		box_add(flow->arena, page, &box, foot);
	}
	if (words) {
		struct box box = watermark(flow, words);
		box_add(flow->arena, page, &box, foot);
	}
	footer_place(flow, index, bottom, page);
	if (index == 0)
		guides_marks(flow, page);
	else
		box_add(flow->arena, page, &flow->head, 0);
	watermark_place(flow, page);
	if (placer->options && placer->options->guides)
		guides_draw(flow, page, index == 0);
}

/* In which order what a mark is is drawn. */
static int layer_of(const struct mark *mark)
{
	return mark->artifact == ARTIFACT_BACKGROUND ? 0
		: mark->artifact == ARTIFACT_WORD    ? 1
		: mark->artifact == ARTIFACT_NONE    ? 2
						     : 3;
}

/* What a background or the side of a frame goes on from: they are one piece then, without a seam on
 * a screen. NULL: it begins. */
static struct mark *find_above(const struct page *page, const struct mark *mark)
{
	bool upright = mark->artifact == ARTIFACT_LAYOUT && mark->height > mark->width;
	if (mark->kind != MARK_RULE || !(upright || mark->artifact == ARTIFACT_BACKGROUND))
		return NULL;
	for (int i = page->mark_count - 1; i >= 0; i--) {
		struct mark *above = &page->marks[i];
		if (above->kind == MARK_RULE && above->artifact == mark->artifact &&
			above->colour == mark->colour && above->x == mark->x &&
			above->width == mark->width && above->y + above->height == mark->y)
			return above;
	}
	return NULL;
}

static void add_mark(struct page *page, const struct mark *mark)
{
	struct mark *above = find_above(page, mark);
	if (above)
		above->height += mark->height;
	else
		page->marks[page->mark_count++] = *mark;
}

/* Backgrounds, the word across, content, other artifacts; each in the order in which they were
 * placed. */
static struct page finish_page(struct flow *flow, const struct box *box)
{
	struct page page = {
		.marks = arena_take(flow->arena, sizeof(struct mark) * (size_t)box->marks.len),
		.links = box->links.at,
		.link_count = box->links.len,
	};
	for (int layer = 0; layer <= 3; layer++)
		for (int i = 0; i < box->marks.len; i++)
			if (layer_of(&box->marks.at[i]) == layer)
				add_mark(&page, &box->marks.at[i]);
	return page;
}

static struct column column_of(const struct flow *flow, sp first_top)
{
	return (struct column){flow->slabs.at, flow->slabs.len, flow->feet.at, flow->feet.len,
		geometry_of(flow, first_top)};
}

struct pages *place_pages(struct flow *flow, const struct layout_options *options)
{
	const struct style *style = flow->style;
	sp first_top = flow->fixed_bottom > style->first_top ? flow->fixed_bottom
							     : style->first_top;
	struct placer placer = {.flow = flow,
		.options = options,
		.column = column_of(flow, first_top),
		.pages = arena_alloc(flow->arena, sizeof *placer.pages)};
	if (unfit_slabs(flow, &placer.column))
		return NULL;
	int count = page_divide(flow->arena, &placer.column, &placer.spans, NULL);
	count = fit_pages(flow, &placer.column, &placer.spans, count);
	unfit_pages(flow, placer.spans, count);
	*placer.pages = (struct pages){.width = style->page_width,
		.height = style->page_height,
		.page = arena_new_array(flow->arena, struct page, count),
		.count = count,
		.signature.node = -1};
	for (int i = 0; i < count; i++) {
		struct box page = i == 0 ? flow->fixed : (struct box){0};
		place_text(&placer, &placer.spans[i], &page, i == 0 ? first_top : flow->later_top);
		place_notes(&placer, &placer.spans[i], &page);
		place_margin(&placer, i, &page);
		placer.pages->page[i] = finish_page(flow, &page);
		backing_check(flow, &placer.pages->page[i]);
	}
	return placer.pages;
}
