/* fixed.c - what stands at its own place: on page 1 the letterhead at the head, the date above the
 * address, the address where the envelope's window shows it; on later pages their own head. All
 * else is the column's. */
#include "layout/flow_int.h"

#include "base/diag_id.h"

bool fixed_holds(const struct flow *flow, const struct node *block)
{
	switch (block->tag) {
	case TAG_LETTERHEAD:
	case TAG_CONTINUATION:
	case TAG_FOOTER:
		return true;
	case TAG_INFORMATION:
		return flow->style->information.width > 0;
	case TAG_DATE:
	case TAG_REFERENCE:
		return flow->style->date_top > 0;
	case TAG_ADDRESS:
	case TAG_RETURN_ADDRESS:
		return flow->style->window.width > 0;
	default:
		return false;
	}
}

sp fix_paragraph(struct flow *flow, const struct node *owner, const struct frame *frame, sp y)
{
	const struct setting *setting = set_paragraph(flow, owner, frame);
	for (int i = 0; i < setting->count; i++, y = length_sum(y, setting->leading)) {
		box_add_line(flow->arena, &flow->fixed, owner->id, &setting->lines[i], y);
		flow->slabs.at[flow->slabs.len - 1].notes += setting->lines[i].notes;
		flow->fixed_notes |= setting->lines[i].notes > 0;
	}
	return y;
}

static void reserve(struct flow *flow, sp bottom)
{
	if (bottom > flow->fixed_bottom)
		flow->fixed_bottom = bottom;
}

/* Where it stands in the way of the text, that begins below. */
static void fix_column(struct flow *flow, const struct node *column)
{
	const struct style *style = flow->style;
	int first = flow->fixed.marks.len;
	sp left = style_block(style, column)->place.left;
	sp right = length_sum(left, style_block(style, column)->place.width);
	sp bottom = column_place(flow, column,
		(struct area){.right = style->page_width, .bottom = style->page_height},
		&flow->fixed);
	check_overlap(flow, &flow->fixed, column, first);
	if (left < flow->sides.right && right > flow->sides.left)
		reserve(flow, bottom);
}

static void fix_letterhead(struct flow *flow, const struct node *block)
{
	const struct block_style *style = &flow->style->block[block->tag];
	struct frame frame = frame_of(flow, style, block);
	sp y = flow->style->head_top, taken = 0;
	node_each (line, block) {
		struct frame own = line_frame(flow, line, &frame);
		if (line->tag == TAG_IMAGE)
			reserve(flow, set_head_picture(flow, line, &flow->fixed, &taken));
		else if (line->tag == TAG_COLUMN)
			fix_column(flow, line);
		else
			y = fix_paragraph(flow, line, &own,
				y > flow->style->head_top ? length_sum(y, own.before) : y);
	}
	reserve(flow, length_sum(y, style->after));
}

/* As an artifact; gives where it ends. */
static sp continue_column(struct flow *flow, const struct node *column)
{
	const struct style *style = flow->style;
	struct box box = {0};
	sp bottom = column_place(flow, column,
		(struct area){.right = style->page_width, .bottom = style->page_height}, &box);
	box_repeat(flow->arena, &flow->head, &box, 0, ARTIFACT_HEADER);
	return bottom;
}

void fixed_continuation(struct flow *flow, const struct node *block)
{
	const struct block_style *style = &flow->style->block[block->tag];
	struct frame frame = frame_of(flow, style, block);
	sp y = flow->head_bottom ? flow->head_bottom : style_continuation_top(flow->style);
	sp taken = 0, pictures = 0;
	node_each (line, block) {
		if (line->tag == TAG_IMAGE) {
			sp bottom = set_head_picture(flow, line, &flow->head, &taken);
			pictures = bottom > pictures ? bottom : pictures;
			continue;
		}
		if (line->tag == TAG_COLUMN) {
			sp bottom = continue_column(flow, line);
			pictures = bottom > pictures ? bottom : pictures;
			continue;
		}
		struct frame own = line_frame(flow, line, &frame);
		const struct setting *setting = set_paragraph(flow, line, &own);
		y += own.before;
		for (int i = 0; i < setting->count; i++, y = length_sum(y, setting->leading))
			box_repeat(flow->arena, &flow->head, &setting->lines[i].box, y,
				ARTIFACT_HEADER);
	}
	flow->head_bottom = y;
	y = length_sum(y > pictures ? y : pictures, style->after);
	if (block->first && y > flow->later_top)
		flow->later_top = y;
}

static void fix_date(struct flow *flow, const struct node *block)
{
	const struct block_style *style = &flow->style->block[block->tag];
	struct frame frame = frame_of(flow, style, block);
	flow->date_bottom = fix_paragraph(
		flow, block, &frame, flow->date_bottom ? flow->date_bottom : flow->style->date_top);
	reserve(flow, length_sum(flow->date_bottom, style->after));
}

/* How many lines the address takes, and which of them is the first that falls out of the window. */
static int count_lines(struct flow *flow, const struct node *block, const struct frame *frame,
	int fit, const struct node **out)
{
	int lines = 0;
	*out = NULL;
	node_each (line, block) {
		lines += set_paragraph(flow, line, frame)->count;
		if (lines > fit && !*out)
			*out = line;
	}
	return lines;
}

/* What the line above the address takes of the window; 0 without one. */
static sp return_height(const struct flow *flow)
{
	const struct block_style *style = &flow->style->block[TAG_RETURN_ADDRESS];
	node_each (block, flow->letter->root)
		if (block->tag == TAG_RETURN_ADDRESS && block->first)
			return length_sum(style->text.leading, style->space + style->after);
	return 0;
}

/* Where the address may stand: the window less what must stay clear at its edges, and the return
 * address. */
struct zone {
	sp left, top, right, bottom;
};

static struct zone clear_zone(const struct flow *flow)
{
	const struct style *style = flow->style;
	sp clear = style->window.clear, above = return_height(flow);
	return (struct zone){style->window.left + clear,
		style->window.top + clear +
			(above > style->window.clear_top ? above : style->window.clear_top),
		style->window.left + style->window.width - clear,
		style->window.top + style->window.height - clear};
}

/* What is set in the window begins where the text begins when that lies in it, else at its edge. */
static struct sides window_sides(
	struct flow *flow, const struct node *block, const struct zone *zone, struct sides sides)
{
	if (sides.left < zone->left || block->leftwards)
		sides.left = zone->left;
	if (sides.right > zone->right || !block->leftwards)
		sides.right = zone->right;
	if (sides.left < sides.right)
		return sides;
	diag_add(flow->diags, ADDRESS_ASIDE, block->at, length_text(flow->arena, sides.left).at,
		length_text(flow->arena, sides.right).at);
	sides.right = flow->sides.right;
	return sides;
}

static struct str words_of(struct flow *flow, const struct node *line)
{
	struct buf text = {0};
	letter_node_text(line, &text);
	struct str words = str_copy(flow->arena, str_trim(buf_text(&text)));
	buf_free(&text);
	return words;
}

/* The two neighbours that are the shortest together, without the name where others are left: no
 * line of an address may go. */
static struct str shortest_pair(struct flow *flow, const struct node *block)
{
	struct str before = {0}, best = {0};
	int count = 0;
	node_each (line, block) {
		struct str words = words_of(flow, line);
		bool of_name = ++count == 2 && line->next;
		if (before.at && !of_name && (!best.at || before.len + words.len + 2 < best.len))
			best = str_format(
				flow->arena, "%.*s, %.*s", str_arg(before), str_arg(words));
		before = words;
	}
	return best.at ? best : before;
}

static void report_height(struct flow *flow, const struct node *block, const struct node *out,
	const char *needed, const struct zone *zone)
{
	diag_add(flow->diags, ADDRESS_HEIGHT, out->at, needed,
		length_text(flow->arena, zone->bottom - zone->top).at,
		diag_str(flow->diags, shortest_pair(flow, block)));
}

/* Its leading shrinks as far as the style allows when there are too many lines. */
static void fix_address(struct flow *flow, const struct node *block)
{
	const struct style *style = flow->style;
	struct frame frame = frame_of(flow, &style->block[TAG_ADDRESS], block);
	struct zone zone = clear_zone(flow);
	sp height = zone.bottom - zone.top;
	if (!block->first)
		return;
	frame.sides = window_sides(flow, block, &zone, frame.sides);
	const struct node *out;
	sp floor = frame.style->min_leading ? frame.style->min_leading : frame.leading;
	int lines = count_lines(flow, block, &frame, height / floor, &out);
	if (out)
		report_height(flow, block, out, length_text(flow->arena, (int64_t)lines * floor).at,
			&zone);
	else if (lines && (int64_t)lines * frame.leading > height)
		frame.leading = height / lines;
	sp y = zone.top;
	node_each (line, block)
		y = fix_paragraph(flow, line, &frame, y);
	reserve(flow, style->window.top + style->window.height);
}

/* In one line straight above the address. */
static void fix_return_address(struct flow *flow, const struct node *block)
{
	const struct block_style *style = &flow->style->block[TAG_RETURN_ADDRESS];
	struct frame frame = frame_of(flow, style, block);
	struct zone zone = clear_zone(flow);
	if (!block->first)
		return;
	frame.sides = window_sides(flow, block, &zone, frame.sides);
	int lines = set_paragraph(flow, block, &frame)->count;
	if (lines > 1)
		diag_add(flow->diags, RETURN_ADDRESS, block->at, diag_int(flow->diags, lines),
			length_text(flow->arena, frame.sides.right - frame.sides.left).at);
	sp y = fix_paragraph(flow, block, &frame, zone.top - return_height(flow));
	struct mark rule = {.kind = MARK_RULE,
		.artifact = ARTIFACT_LAYOUT,
		.node = -1,
		.x = frame.sides.left,
		.y = y,
		.width = frame.sides.right - frame.sides.left,
		.height = style->space,
		.colour = style->text.colour};
	if (style->space)
		box_mark(flow->arena, &flow->fixed, rule);
}

static void fix_information_block(struct flow *flow, const struct node *block)
{
	sp y = fix_information(flow, block, flow->style->information.top);
	reserve(flow, length_sum(y, flow->style->block[TAG_INFORMATION].after));
}

/* -- what has its own place must have it for itself -------------------------------------------- */

/* By the height of capitals and what hangs below the baseline. */
static int64_t mark_top(const struct mark *mark)
{
	return mark->kind == MARK_GLYPHS ? (int64_t)mark->y - mark->height * 7 / 10 : mark->y;
}

static int64_t mark_bottom(const struct mark *mark)
{
	return (int64_t)mark->y + (mark->kind == MARK_GLYPHS ? mark->height / 5 : mark->height);
}

static bool is_printed_over(const struct mark *mark)
{
	return mark->kind == MARK_GLYPHS || mark->kind == MARK_PICTURE ||
		mark->kind == MARK_BARCODE;
}

static bool overlap(const struct mark *a, const struct mark *b)
{
	return is_printed_over(a) && is_printed_over(b) && a->x < (int64_t)b->x + b->width &&
		b->x < (int64_t)a->x + a->width && mark_top(a) < mark_bottom(b) &&
		mark_top(b) < mark_bottom(a);
}

/* What a mark belongs to: the picture, the column, or what is set with it. */
static const struct node *holder_of(
	const struct flow *flow, const struct box *box, const struct mark *mark)
{
	const struct node *node = flow->letter->nodes[box->owner + mark->node];
	while (node->tag != TAG_IMAGE && node->tag != TAG_COLUMN && !fixed_holds(flow, node))
		node = node->parent;
	return node;
}

/* Over what is there already; a picture also over the words beside it. */
void check_overlap(struct flow *flow, const struct box *box, const struct node *block, int first)
{
	const struct mark *marks = box->marks.at;
	for (int j = first; j < box->marks.len; j++)
		for (int i = 0; i < j; i++) {
			bool words = marks[i].kind == MARK_GLYPHS && marks[j].kind == MARK_GLYPHS;
			if ((i >= first && words) || !overlap(&marks[i], &marks[j]))
				continue;
			diag_add(flow->diags, FIXED_OVERLAP, block->at,
				tag_element(holder_of(flow, box, &marks[j])->tag),
				tag_element(holder_of(flow, box, &marks[i])->tag));
			return;
		}
}

static void check_paper(struct flow *flow, const struct node *block, int first)
{
	const struct style *style = flow->style;
	for (int i = first; i < flow->fixed.marks.len; i++) {
		const struct mark *mark = &flow->fixed.marks.at[i];
		int64_t right = (int64_t)mark->x + mark->width;
		sp y = mark->kind == MARK_PICTURE ? length_sum(mark->y, mark->height) : mark->y;
		if (y <= style->page_height && right <= style->page_width)
			continue;
		diag_add(flow->diags, FIXED_BESIDE, block->at, tag_element(block->tag));
		return;
	}
}

/* Continuations and footers are set before all else. */
static void (*const fix_of[TAG_COUNT])(struct flow *flow, const struct node *block) = {
	[TAG_LETTERHEAD] = fix_letterhead,
	[TAG_DATE] = fix_date,
	[TAG_REFERENCE] = fix_date,
	[TAG_INFORMATION] = fix_information_block,
	[TAG_RETURN_ADDRESS] = fix_return_address,
	[TAG_ADDRESS] = fix_address,
};

void fixed_block(struct flow *flow, const struct node *block)
{
	int first = flow->fixed.marks.len;
	if (fix_of[block->tag])
		fix_of[block->tag](flow, block);
	check_overlap(flow, &flow->fixed, block, first);
	check_paper(flow, block, first);
}
