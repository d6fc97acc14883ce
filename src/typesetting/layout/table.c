/* table.c - a table as slabs, one a row; only a row that is higher than a page is divided. The
 * header rows are kept with the next one and set again at the top of every page that begins inside
 * the table; the last two rows, and the first two, stay together where that is possible. */
#include "layout/table_int.h"

#include "base/diag_id.h"

/* Price of a page break that leaves a single row on its page. */
enum { BREAK_BY_LONE_ROW = 400 };
/* And of one within a row that no page holds. */
enum { BREAK_IN_ROW = 60 };

/* As many cells as the first row has; else it is reported, and set as far as it goes. */
static void check_row(struct flow *flow, const struct columns *columns, const struct node *row)
{
	int cells = node_columns(row);
	if (cells != columns->count)
		diag_add(flow->diags, TABLE_CELLS, row->at, diag_int(flow->diags, cells),
			diag_int(flow->diags, columns->count));
}

/* A label beside the row stands on the line of its words. */
static void put_label(struct flow *flow, const struct node *row, bool header, struct box *box, sp y)
{
	if (!row->first || !flow->label.text[0])
		return;
	const struct text *text = flow->layout->text;
	const struct text_style *item = &style_block(flow->style, flow->label.item)->text,
				*cell = &cell_style(flow, row->first, header)->text;
	y += line_baseline(text, text_style_face(text, cell), cell->size, cell->leading) -
		line_baseline(text, text_style_face(text, item), item->size, item->leading);
	flow_put_label(flow, box, y);
}

static struct set_row set_row(
	struct flow *flow, const struct columns *columns, const struct node *row, bool header)
{
	struct set_row set = {.node = row, .count = node_child_count(row), .header = header};
	int c = 0;
	set.cells = arena_new_array(flow->arena, const struct setting *, set.count + 1);
	set.count = 0;
	node_each (node, row) {
		struct cell cell = cell_at(columns, node, c, header);
		const struct setting *setting = cell_set(flow, columns, &cell);
		set.cells[set.count++] = setting;
		set.lines = setting->count > set.lines ? setting->count : set.lines;
		c += node_span(node);
	}
	return set;
}

/* Puts lines from..to of all cells into a box, from slab->height on; slab gets how far they reach
 * and their notes. */
static void put_lines(struct flow *flow, const struct set_row *row, struct lines lines,
	struct slab *slab, struct box *box)
{
	sp top = slab->height;
	int c = 0;
	node_each (node, row->node) {
		const struct setting *cell = row->cells[c++];
		sp y = top;
		for (int i = lines.from; i < lines.to && i < cell->count; i++) {
			box_add_line(flow->arena, box, node->id, &cell->lines[i], y);
			y = length_sum(y, cell->leading);
			slab->notes += cell->lines[i].notes;
		}
		slab->height = y > slab->height ? y : slab->height;
	}
}

/* Its lines from..to as one slab: those of all cells side by side, and its rules. */
static int push_lines(struct flow *flow, const struct columns *columns, const struct set_row *row,
	struct lines lines)
{
	sp padding = columns->style->space;
	struct box box = {.owner = row->node->id};
	struct ends ends = {.first = lines.from == 0, .last = lines.to >= row->lines};
	struct slab slab = {.goes_on = !ends.first, .height = ends.first ? padding : 0};
	if (ends.first)
		put_label(flow, row->node, row->header, &box, padding);
	put_lines(flow, row, lines, &slab, &box);
	if (columns->style->leaders == LEADERS_DOTS)
		put_leaders(flow, row, lines, &box, ends.first ? padding : 0);
	if (ends.last)
		slab.height = length_sum(slab.height, padding);
	ends.height = slab.height;
	back_row(flow, columns, &box, row->node, ends);
	put_rules(flow, columns, row->node, &box, ends);
	if (!ends.first)
		slab.break_cost = lines.from == 1 || ends.last ? SLAB_KEEP : BREAK_IN_ROW;
	return flow_push(flow, slab, box);
}

static sp row_height(const struct columns *columns, const struct set_row *row)
{
	sp height = 0;
	for (int c = 0; c < row->count; c++) {
		sp cell = 0;
		for (int i = 0; i < row->cells[c]->count; i++)
			cell = length_sum(cell, row->cells[c]->leading);
		height = cell > height ? cell : height;
	}
	return length_sum(height, 2 * columns->style->space);
}

static sp tallest_line(const struct set_row *row)
{
	sp tallest = 0;
	for (int c = 0; c < row->count; c++)
		if (row->cells[c]->leading > tallest)
			tallest = row->cells[c]->leading;
	return tallest;
}

/* room: for a row below the repeated head. Gives its first slab. */
static int push_row(
	struct flow *flow, const struct columns *columns, const struct set_row *row, int64_t room)
{
	bool whole = row->header || row->lines < 2 || row_height(columns, row) <= room;
	if (whole || room < 2 * columns->style->space + tallest_line(row))
		return push_lines(flow, columns, row, (struct lines){0, row->lines});
	int first = push_lines(flow, columns, row, (struct lines){0, 1});
	for (int i = 1; i < row->lines; i++)
		push_lines(flow, columns, row, (struct lines){i, i + 1});
	return first;
}

static void repeat_head(struct flow *flow, int slab, struct head head)
{
	flow->heads.at[slab] = head;
	for (int i = 0; i < head.count; i++)
		flow->slabs.at[slab].head = length_sum(
			flow->slabs.at[slab].head, flow->slabs.at[head.first + i].height);
}

/* Where a break would leave one row of several alone. */
static void price_lone_rows(struct flow *flow, int first, int end)
{
	const int at[] = {first + 1, end - 1};
	for (int i = 0; i < 2; i++)
		if (end - first > 1 && flow->slabs.at[at[i]].break_cost < BREAK_BY_LONE_ROW)
			flow->slabs.at[at[i]].break_cost = BREAK_BY_LONE_ROW;
}

static bool is_backed(const struct flow *flow, const struct node *table)
{
	bool backed = style_is_backed(style_block(flow->style, table));
	node_each (row, table)
		node_each (cell, row)
			backed |= style_is_backed(style_block(flow->style, cell)) ||
				style_is_backed(style_block(flow->style, row));
	return backed;
}

void flow_table(struct flow *flow, const struct node *table)
{
	const struct block_style *style = style_block(flow->style, table);
	struct columns columns = {.style = style,
		.sides = sides_within(
			flow->sides, table->leftwards, style->indent_left, style->indent_right),
		.leftwards = table->leftwards};
	struct head head = {.first = flow->slabs.len};
	bool in_head = true;
	columns.backed = is_backed(flow, table);
	columns_read(flow, table, &columns);
	columns_measure_tails(flow, table, &columns);
	int64_t room = (int64_t)flow->style->page_height - flow->later_top -
		flow->foot_room[1].text;
	flow->space = flow->space > style->before ? flow->space : style->before;
	node_each (row, table) {
		bool header = row_is_header(row);
		check_row(flow, &columns, row);
		in_head &= header;
		struct set_row set = set_row(flow, &columns, row, header);
		int slab = push_row(flow, &columns, &set, room);
		head.count += in_head;
		if (in_head) {
			flow->keep = 1;
			room -= flow->slabs.at[slab].height;
		}
		for (int i = slab; !in_head && i < flow->slabs.len; i++)
			repeat_head(flow, i, head);
		flow_keep(flow, row, slab);
	}
	price_lone_rows(flow, head.first + head.count, flow->slabs.len);
	flow->space = style->after;
}
