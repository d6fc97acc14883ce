/* table.c - a table as slabs, one a row; rows do not split. The header rows are kept with the next
 * one and set again at the top of every page that begins inside the table; the last two rows, and
 * the first two, stay together where that is possible. */
#include "layout/flow_int.h"

#include "base/diag_id.h"

/* Price of a page break that leaves a single row on its page. */
enum { BREAK_BY_LONE_ROW = 400 };

struct columns {
	int count;
	int *share, total;
	struct sides sides;
	bool leftwards;                  /* the first stands at the right */
	const struct block_style *style; /* the table's */
};

static int read_share(struct str digits)
{
	int share = 0;
	for (int i = 0; i < digits.len && share < 10000; i++)
		share = share * 10 + (digits.at[i] - '0');
	return share;
}

/* widths="30 20 50" are shares; without it the columns are equal. */
static void read_columns(struct flow *flow, const struct node *table, struct columns *columns)
{
	struct str widths = node_attribute(table, "widths"), part;
	int given = 0;
	columns->count = table->first ? node_child_count(table->first) : 0;
	columns->share = arena_new_array(flow->arena, int, columns->count);
	while (widths.len && str_split(&widths, ' ', &part)) {
		if (part.len && given < columns->count)
			columns->share[given] = read_share(part);
		given += part.len > 0;
	}
	for (int c = 0; c < columns->count; c++) {
		if (given != columns->count || columns->share[c] <= 0)
			columns->share[c] = 1;
		columns->total += columns->share[c];
	}
}

/* As many cells as the first row has; else it is reported, and set as far as it goes. */
static void check_row(struct flow *flow, const struct columns *columns, const struct node *row)
{
	int cells = node_child_count(row);
	if (cells != columns->count)
		diag_add(flow->diags, TABLE_CELLS, row->at, diag_int(flow->diags, cells),
			diag_int(flow->diags, columns->count));
}

/* How far from where the first begins. */
static sp column_begin(const struct columns *columns, int c)
{
	int before = 0;
	for (int i = 0; i < c; i++)
		before += columns->share[i];
	return length_scale(columns->sides.right - columns->sides.left, before, columns->total);
}

static struct sides column_sides(const struct columns *columns, int c, sp padding)
{
	sp width = columns->sides.right - columns->sides.left;
	return sides_within(columns->sides, columns->leftwards,
		column_begin(columns, c) + (c > 0 ? padding : 0),
		width - column_begin(columns, c + 1) + (c + 1 < columns->count ? padding : 0));
}

static const struct block_style *cell_style(
	const struct flow *flow, const struct node *cell, bool header)
{
	static const char *const names[] = {"left", "right", "centre", "justify"};
	enum align align = flow->style->block[TAG_CELL].align;
	for (enum align a = ALIGN_LEFT; a <= ALIGN_JUSTIFY; a++)
		if (str_is(node_cell_align(cell), names[a]))
			align = a;
	return &flow->layout->cell_style[align][header];
}

static struct mark row_rule(
	const struct flow *flow, const struct columns *columns, sp y, sp thickness)
{
	const struct block_style *rule = &flow->style->block[TAG_RULE];
	return (struct mark){
		.kind = MARK_RULE,
		.artifact = ARTIFACT_LAYOUT,
		.node = -1,
		.x = columns->sides.left,
		.y = y,
		.width = columns->sides.right - columns->sides.left,
		.height = thickness,
		.colour = rule->text.colour,
	};
}

struct cell {
	const struct node *node;
	int column;
	bool header;
};

/* Gives its height, padding above and below included. Its lines' notes are the row's. */
static sp set_cell(struct flow *flow, const struct columns *columns, struct cell cell,
	struct box *box, int *notes)
{
	sp padding = columns->style->space;
	struct frame frame = frame_of(flow, cell_style(flow, cell.node, cell.header), cell.node);
	frame.sides = column_sides(columns, cell.column, padding);
	const struct setting *setting = set_paragraph(flow, cell.node, &frame);
	sp y = padding;
	for (int i = 0; i < setting->count; i++, y = length_sum(y, setting->leading)) {
		box_add_line(flow->arena, box, cell.node->id, &setting->lines[i], y);
		*notes += setting->lines[i].notes;
	}
	return length_sum(y, padding);
}

static bool is_header(const struct node *row)
{
	return str_is(node_attribute(row, "header"), "yes");
}

/* How thick the rule below a row is: fine but for the header and the end; 0: none. */
static sp rule_below(const struct flow *flow, const struct columns *columns, const struct node *row)
{
	sp thickness = flow->style->block[TAG_RULE].space;
	bool last = !row->next, header = is_header(row), total = !last && !row->next->next;
	switch (columns->style->rules) {
	case RULES_NONE:
		return 0;
	case RULES_ALL:
		return header || last ? thickness : thickness / 2;
	case RULES_HEADS:
	case RULES_TOTALS:
		break;
	}
	if (last || (header && !is_header(row->next)))
		return thickness;
	return total && columns->style->rules == RULES_TOTALS ? thickness / 2 : 0;
}

static void put_rules(struct flow *flow, const struct columns *columns, const struct node *row,
	struct box *box, sp height)
{
	sp below = rule_below(flow, columns, row);
	if (below)
		box_mark(flow->arena, box, row_rule(flow, columns, height - below, below));
	if (row == row->parent->first && columns->style->rules != RULES_NONE)
		box_mark(flow->arena, box,
			row_rule(flow, columns, 0, flow->style->block[TAG_RULE].space));
}

/* A label beside the row stands on the line of its words. */
static void put_label(struct flow *flow, const struct node *row, bool header, struct box *box, sp y)
{
	if (!row->first)
		return;
	const struct text *text = flow->layout->text;
	const struct text_style *item = &flow->style->block[TAG_LI].text,
				*cell = &cell_style(flow, row->first, header)->text;
	y += line_baseline(text, text_style_face(text, cell), cell->size, cell->leading) -
		line_baseline(text, text_style_face(text, item), item->size, item->leading);
	flow_put_label(flow, box, y);
}

/* One row: its cells side by side, and its rules. */
static int push_row(
	struct flow *flow, const struct columns *columns, const struct node *row, bool header)
{
	sp padding = columns->style->space, height = 2 * padding;
	struct box box = {.owner = row->id};
	struct slab slab = {0};
	int c = 0;
	put_label(flow, row, header, &box, padding);
	node_each (cell, row) {
		sp used = set_cell(
			flow, columns, (struct cell){cell, c, header}, &box, &slab.notes);
		height = used > height ? used : height;
		c += c + 1 < columns->count;
	}
	slab.height = height;
	put_rules(flow, columns, row, &box, height);
	return flow_push(flow, slab, box);
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

void flow_table(struct flow *flow, const struct node *table)
{
	const struct block_style *style = style_block(flow->style, table);
	struct columns columns = {.style = style,
		.sides = sides_within(
			flow->sides, table->leftwards, style->indent_left, style->indent_right),
		.leftwards = table->leftwards};
	struct head head = {.first = flow->slabs.len};
	bool in_head = true;
	read_columns(flow, table, &columns);
	flow->space = flow->space > style->before ? flow->space : style->before;
	node_each (row, table) {
		bool header = is_header(row);
		check_row(flow, &columns, row);
		in_head &= header;
		int slab = push_row(flow, &columns, row, header);
		head.count += in_head;
		if (in_head)
			flow->keep = 1;
		else
			repeat_head(flow, slab, head);
		flow_keep(flow, row, slab);
	}
	price_lone_rows(flow, head.first + head.count, flow->slabs.len);
	flow->space = style->after;
}
