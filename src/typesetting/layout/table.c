/* table.c - a table as slabs, one a row; only a row that is higher than a page is divided. The
 * header rows are kept with the next one and set again at the top of every page that begins inside
 * the table; the last two rows, and the first two, stay together where that is possible. */
#include "layout/flow_int.h"

#include "base/diag_id.h"
#include "locale/locale.h"

/* Price of a page break that leaves a single row on its page. */
enum { BREAK_BY_LONE_ROW = 400 };
/* And of one within a row that no page holds. */
enum { BREAK_IN_ROW = 60 };

struct columns {
	int count;
	int *share, total;
	struct sides sides;
	bool leftwards;                  /* the first stands at the right */
	const struct block_style *style; /* the table's */
	sp *tails;                       /* of each column: the widest from a decimal sign on */
	bool backed; /* it, a row or a cell has a frame or a background: words keep off the sides */
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
	columns->count = table->first ? node_columns(table->first) : 0;
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
	int cells = node_columns(row);
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

/* Of the columns from..to. */
static struct sides column_sides(const struct columns *columns, int from, int to, sp padding)
{
	sp width = columns->sides.right - columns->sides.left;
	return sides_within(columns->sides, columns->leftwards,
		column_begin(columns, from) + (from > 0 || columns->backed ? padding : 0),
		width - column_begin(columns, to) +
			(to < columns->count || columns->backed ? padding : 0));
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

static bool is_decimal(const struct node *cell)
{
	return str_is(node_cell_align(cell), "decimal");
}

static const struct block_style *cell_style(
	const struct flow *flow, const struct node *cell, bool header)
{
	static const char *const names[] = {"left", "right", "centre", "justify"};
	const struct block_style *own = style_block(flow->style, cell);
	const struct block_style *first = &flow->style->block[STYLE_VARIANT];
	int variant = own < first ? 0 : 1 + (int)(own - first) / 2;
	enum align align = is_decimal(cell) ? ALIGN_RIGHT : own->align;
	for (enum align a = ALIGN_LEFT; a <= ALIGN_JUSTIFY; a++)
		if (str_is(node_cell_align(cell), names[a]))
			align = a;
	return &flow->layout->cell_style[variant][align][header];
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

static bool is_header(const struct node *row)
{
	return str_is(node_attribute(row, "header"), "yes");
}

struct cell {
	const struct node *node;
	int from, to; /* columns */
	bool header;
};

static struct cell cell_at(
	const struct columns *columns, const struct node *node, int from, bool header)
{
	int count = columns->count, to = from + node_span(node);
	from = from < count ? from : count - 1;
	return (struct cell){node, from, to < count ? to : count, header};
}

static struct frame cell_frame(
	const struct flow *flow, const struct columns *columns, const struct cell *cell)
{
	struct frame frame = frame_of(flow, cell_style(flow, cell->node, cell->header), cell->node);
	frame.sides = column_sides(columns, cell->from, cell->to, columns->style->space);
	return frame;
}

/* -- decimals one below the other -------------------------------------------------------------- */

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Where in a number its decimals begin, with their sign; where there are none, behind it; -1: it is
 * no number. */
static int find_decimals(struct str text, struct str lang)
{
	char sign[DECIMAL_SIGN_SIZE];
	decimal_sign(lang, sign);
	int len = (int)strlen(sign), end = text.len;
	while (end > 0 && !is_digit(text.at[end - 1]))
		end--;
	int from = end;
	while (from > 0 && is_digit(text.at[from - 1]))
		from--;
	bool decimals = from > len && from < end &&
		str_is(str_slice(text, from - len, from), sign) &&
		is_digit(text.at[from - len - 1]);
	return decimals ? from - len : end > 0 ? end : -1;
}

/* How wide a cell of one line is from its decimals on; -1: it has more lines, or no number. */
static sp tail_of(const struct flow *flow, const struct setting *setting, struct str lang)
{
	const struct box *box = &setting->lines[0].box;
	if (setting->count != 1 || !box->marks.len)
		return -1;
	const struct mark *last = &box->marks.at[box->marks.len - 1];
	int from = find_decimals(str_slice(last->text, 0, last->text_to), lang);
	sp tail = from < 0 ? -1 : 0;
	for (int i = 0; from >= 0 && i < box->marks.len; i++) {
		const struct mark *mark = &box->marks.at[i];
		int64_t units = 0;
		for (int g = 0; g < mark->glyph_count; g++)
			if (mark->text.at == last->text.at && mark->glyphs[g].cluster >= from)
				units += mark->glyphs[g].advance;
		tail += length_scale(units, mark->height,
			text_face(flow->layout->text, mark->face)->units_per_em);
	}
	return tail;
}

static const struct setting *set_plainly(
	struct flow *flow, const struct columns *columns, const struct cell *cell)
{
	struct frame frame = cell_frame(flow, columns, cell);
	return set_paragraph(flow, cell->node, &frame);
}

/* Of a table without such columns only the alignments are looked at. */
static void measure_tails(struct flow *flow, const struct node *table, struct columns *columns)
{
	columns->tails = arena_new_array(flow->arena, sp, columns->count + 1);
	node_each (row, table) {
		int c = 0;
		node_each (node, row) {
			struct cell cell = cell_at(columns, node, c, is_header(row));
			c += node_span(node);
			if (cell.header || !is_decimal(node))
				continue;
			sp tail = tail_of(flow, set_plainly(flow, columns, &cell), node->lang);
			if (tail > columns->tails[cell.to - 1])
				columns->tails[cell.to - 1] = tail;
		}
	}
}

/* So far from the right that the decimals of its column stand below each other. */
static const struct setting *set_decimal(
	struct flow *flow, const struct columns *columns, const struct cell *cell)
{
	const struct setting *setting = set_plainly(flow, columns, cell);
	sp tail = tail_of(flow, setting, cell->node->lang);
	if (tail < 0 || tail == columns->tails[cell->to - 1])
		return setting;
	struct frame frame = cell_frame(flow, columns, cell);
	frame.sides.right -= columns->tails[cell->to - 1] - tail;
	return set_paragraph(flow, cell->node, &frame);
}

static const struct setting *set_cell(
	struct flow *flow, const struct columns *columns, const struct cell *cell)
{
	return !cell->header && is_decimal(cell->node) ? set_decimal(flow, columns, cell)
						       : set_plainly(flow, columns, cell);
}

/* -- rows -------------------------------------------------------------------------------------- */

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

/* Which of a row's ends a slab has, and how high it is. */
struct ends {
	bool first, last;
	sp height;
};

static void put_rules(struct flow *flow, const struct columns *columns, const struct node *row,
	struct box *box, struct ends ends)
{
	sp below = rule_below(flow, columns, row);
	if (below && ends.last)
		box_mark(flow->arena, box, row_rule(flow, columns, ends.height - below, below));
	if (ends.first && row == row->parent->first && columns->style->rules != RULES_NONE)
		box_mark(flow->arena, box,
			row_rule(flow, columns, 0, flow->style->block[TAG_RULE].space));
}

/* Where cells meet, one line is the frame of both. */
static void back_cell(struct flow *flow, const struct columns *columns, struct box *box,
	const struct cell *cell, struct ends ends)
{
	const struct block_style *style = style_block(flow->style, cell->node);
	sp half = style->frame / 2;
	struct sides sides = sides_within(columns->sides, columns->leftwards,
		column_begin(columns, cell->from),
		columns->sides.right - columns->sides.left - column_begin(columns, cell->to));
	sides = sides_within(
		sides, false, cell->from ? -half : 0, cell->to < columns->count ? -half : 0);
	backing_put(flow, box, style,
		&(struct backing){sides, ends.first ? -half : 0,
			ends.last ? length_sum(ends.height, half) : ends.height, ends.first,
			ends.last});
}

/* Its own, and that of cells which do not merely look as it does. */
static void back_row(struct flow *flow, const struct columns *columns, struct box *box,
	const struct node *row, struct ends ends)
{
	const struct block_style *style = style_block(flow->style, row);
	int c = 0;
	if (!columns->backed)
		return;
	backing_put(flow, box, style,
		&(struct backing){columns->sides, 0, ends.height, ends.first, ends.last});
	node_each (node, row) {
		struct cell cell = cell_at(columns, node, c, false);
		c += node_span(node);
		if (style_block(flow->style, node) != style)
			back_cell(flow, columns, box, &cell, ends);
	}
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

/* A row whose cells are set. */
struct set_row {
	const struct node *node;
	const struct setting **cells;
	int count, lines; /* cells; lines of the one that has most */
	bool header;
};

static struct set_row set_row(
	struct flow *flow, const struct columns *columns, const struct node *row, bool header)
{
	struct set_row set = {.node = row, .count = node_child_count(row), .header = header};
	int c = 0;
	set.cells = arena_new_array(flow->arena, const struct setting *, set.count + 1);
	set.count = 0;
	node_each (node, row) {
		struct cell cell = cell_at(columns, node, c, header);
		const struct setting *setting = set_cell(flow, columns, &cell);
		set.cells[set.count++] = setting;
		set.lines = setting->count > set.lines ? setting->count : set.lines;
		c += node_span(node);
	}
	return set;
}

struct lines {
	int from, to;
};

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
	read_columns(flow, table, &columns);
	measure_tails(flow, table, &columns);
	int64_t room = (int64_t)flow->style->page_height - flow->later_top -
		flow->foot_room[1].text;
	flow->space = flow->space > style->before ? flow->space : style->before;
	node_each (row, table) {
		bool header = is_header(row);
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
