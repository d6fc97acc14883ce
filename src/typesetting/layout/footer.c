/* footer.c - what stands at the foot of the first page, of later ones or of all: columns of lines
 * side by side, the last of them ending where the text does. It is read once, on the first page
 * that has it; on the others it is an artifact. What stands on later pages alone repeats what the
 * letter says, as their head does. */
#include "layout/flow_int.h"

#include "base/diag_id.h"

enum { MOST_COLUMNS = 4 };

/* A column set as wide as the page is, to see how much of that it takes. */
struct column_room {
	const struct node *node;
	sp left, right; /* what its lines take */
};

static bool stands_on(const struct node *footer, bool later)
{
	struct str pages = node_attribute(footer, "pages");
	return str_is(pages, "all") || str_is(pages, "later") == later;
}

static sp set_column(
	struct flow *flow, const struct node *column, struct sides sides, sp y, struct box *box)
{
	struct frame frame = frame_of(flow, &flow->style->block[TAG_FOOTER], column);
	frame.sides = sides;
	return column_set(flow, column, &frame, y, box);
}

static struct column_room measure(struct flow *flow, const struct node *column, struct sides sides)
{
	struct column_room room = {column, sides.right, sides.left};
	struct box box = {0};
	set_column(flow, column, sides, 0, &box);
	for (int i = 0; i < box.marks.len; i++) {
		const struct mark *mark = &box.marks.at[i];
		sp right = length_sum(mark->x, mark->width);
		room.left = mark->x < room.left ? mark->x : room.left;
		room.right = right > room.right ? right : room.right;
	}
	if (room.right < room.left)
		room.left = room.right = sides.left;
	return room;
}

static void shift(struct box *box, int marks, int links, sp by)
{
	for (int i = marks; i < box->marks.len; i++)
		box->marks.at[i].x = length_sum(box->marks.at[i].x, by);
	for (int i = links; i < box->links.len; i++) {
		box->links.at[i].left = length_sum(box->links.at[i].left, by);
		box->links.at[i].right = length_sum(box->links.at[i].right, by);
	}
}

struct columns_at_work {
	struct flow *flow;
	struct box *box;
	sp top, height;
	struct sides sides;
	bool leftwards;
};

/* In full width, moved to where it stands: so far from where the first begins. */
static void put_column(struct columns_at_work *work, const struct column_room *room, sp begin)
{
	int marks = work->box->marks.len, links = work->box->links.len;
	sp y = set_column(work->flow, room->node, work->sides, work->top, work->box);
	sp width = room->right - room->left;
	sp left = work->leftwards ? work->sides.right - begin - width : work->sides.left + begin;
	shift(work->box, marks, links, left - room->left);
	work->height = y > work->height ? y : work->height;
}

/* In a share of the width, where the lines have to be divided. */
static void squeeze_column(
	struct columns_at_work *work, const struct node *node, sp begin, sp width)
{
	sp rest = work->sides.right - work->sides.left - begin - width;
	struct sides sides = sides_within(work->sides, work->leftwards, begin, rest);
	sp y = set_column(work->flow, node, sides, work->top, work->box);
	work->height = y > work->height ? y : work->height;
}

static void set_columns(struct columns_at_work *work, const struct column_room *rooms, int count)
{
	sp measure = work->sides.right - work->sides.left;
	int64_t gap = work->flow->style->footer.gap, gaps = gap * (count - 1), natural = 0,
		begin = 0;
	for (int c = 0; c < count; c++)
		natural += rooms[c].right - rooms[c].left;
	bool fits = natural + gaps <= measure;
	if (fits && count > 1)
		gap = (measure - natural) / (count - 1);
	for (int c = 0; c < count; c++) {
		int64_t width = rooms[c].right - rooms[c].left;
		if (!fits)
			width = gaps < measure ? width * (measure - gaps) / natural : 0;
		if (fits)
			put_column(work, &rooms[c], (sp)begin);
		else
			squeeze_column(work, rooms[c].node, (sp)begin, (sp)width);
		begin += width + gap;
	}
}

/* One column alone is aligned as the style says. */
static void set_body(struct columns_at_work *work, const struct node *block)
{
	int count = node_child_count(block), c = 0;
	struct column_room *rooms = arena_new_array(work->flow->arena, struct column_room, count);
	int findings = diags_len(work->flow->diags);
	node_each (column, block)
		rooms[c++] = measure(work->flow, column, work->sides);
	diags_truncate(work->flow->diags, findings); /* they are set once more */
	if (count == 1)
		work->height = set_column(
			work->flow, block->first, work->sides, work->top, work->box);
	else
		set_columns(work, rooms, count);
}

void footer_set(struct flow *flow, const struct node *block)
{
	const struct block_style *style = &flow->style->block[TAG_FOOTER];
	sp rule = flow->style->footer.rule;
	int columns = node_child_count(block);
	if (columns > MOST_COLUMNS)
		diag_add(flow->diags, FOOTER_COLUMNS, block->at, diag_int(flow->diags, columns),
			diag_int(flow->diags, MOST_COLUMNS));
	if (columns == 0 || columns > MOST_COLUMNS)
		return;
	struct footer *footer = vec_push(flow->arena, &flow->footers);
	*footer = (struct footer){.node = block, .read = node_is_later_footer(block)};
	struct frame frame = frame_of(flow, style, block);
	sp top = rule ? length_sum(rule, style->text.leading / 3) : 0;
	struct columns_at_work work = {.flow = flow,
		.box = &footer->box,
		.top = top,
		.height = top,
		.sides = frame.sides,
		.leftwards = block->leftwards};
	if (rule)
		box_mark(flow->arena, work.box,
			(struct mark){.kind = MARK_RULE,
				.artifact = ARTIFACT_LAYOUT,
				.node = -1,
				.x = frame.sides.left,
				.width = frame.sides.right - frame.sides.left,
				.height = rule,
				.colour = style->text.colour});
	set_body(&work, block);
	footer->height = work.height;
}

bool has_page_number(const struct style *style, bool later)
{
	return !style->page_number.hidden && (later || style->page_number_first);
}

/* How far above the paper's edge the footers begin; 0 without one. */
static sp footers_top(const struct flow *flow, bool later)
{
	sp top = 0;
	for (int i = 0; i < flow->footers.len; i++)
		if (stands_on(flow->footers.at[i].node, later))
			top = length_sum(top, flow->footers.at[i].height);
	return top ? length_sum(top, flow->style->footer.bottom) : 0;
}

/* A page number that would stand in the footer, or below, stands above it. */
void footer_make_room(struct flow *flow)
{
	const struct style *style = flow->style;
	const struct text_style *number = &style->page_number.text;
	for (int later = 0; later <= 1; later++) {
		struct foot_room *room = &flow->foot_room[later];
		sp top = footers_top(flow, later), needed = top;
		*room = (struct foot_room){style->margin_bottom, style->page_number_bottom};
		if (!top)
			continue;
		if (room->number < top)
			room->number = length_sum(top, number->leading);
		if (has_page_number(style, later) && room->number >= top)
			needed = length_sum(room->number, number->size);
		needed = length_sum(needed, style->block[TAG_FOOTER].before);
		room->text = needed > room->text ? needed : room->text;
	}
}

void footer_place(struct flow *flow, int page, sp bottom, struct box *out)
{
	sp y = bottom - footers_top(flow, page > 0);
	for (int i = 0; i < flow->footers.len; i++) {
		struct footer *footer = &flow->footers.at[i];
		if (!stands_on(footer->node, page > 0))
			continue;
		if (footer->read)
			box_repeat(flow->arena, out, &footer->box, y, ARTIFACT_FOOTER);
		else
			box_add(flow->arena, out, &footer->box, y);
		footer->read = true;
		y = length_sum(y, footer->height);
	}
}
