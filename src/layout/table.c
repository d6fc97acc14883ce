/* table.c - a table as slabs, one a row; rows do not split. The header row is kept with the next
 * one and set again at the top of every page that begins inside the table. */
#include "layout/flow_int.h"

enum { MAX_COLUMNS = 64 };

struct columns {
	int count;
	int share[MAX_COLUMNS], total;
	sp left, right;
};

/* widths="30 20 50" are shares; without it the columns are equal. */
static bool read_columns(struct flow *flow, const struct node *table, struct columns *columns)
{
	struct str widths = node_attribute(table, "widths"), part;
	columns->count = table->first ? node_child_count(table->first) : 0;
	if (columns->count == 0 || columns->count > MAX_COLUMNS)
		return false;
	int given = 0;
	while (widths.len && str_split(&widths, ' ', &part)) {
		int share = 0;
		for (int i = 0; i < part.len && share < 10000; i++)
			share = share * 10 + (part.at[i] - '0');
		if (part.len && given < MAX_COLUMNS)
			columns->share[given++] = share;
	}
	for (int c = 0; c < columns->count; c++) {
		columns->share[c] = given == columns->count && columns->share[c] > 0
			? columns->share[c]
			: 1;
		columns->total += columns->share[c];
	}
	node_each (row, table) {
		int cells = node_child_count(row);
		if (cells == columns->count)
			continue;
		diag_add(flow->diags, TABLE_CELLS, row->at, diag_int(flow->diags, cells),
			diag_int(flow->diags, columns->count));
		return false;
	}
	return true;
}

static sp column_left(const struct columns *columns, int c)
{
	int before = 0;
	for (int i = 0; i < c; i++)
		before += columns->share[i];
	return columns->left + length_scale(columns->right - columns->left, before, columns->total);
}

static const struct block_style *cell_style(
	const struct flow *flow, const struct node *cell, bool header)
{
	static const char *const names[] = {"left", "right", "centre", "justify"};
	enum align align = flow->style->block[TAG_CELL].align;
	for (enum align a = ALIGN_LEFT; a <= ALIGN_JUSTIFY; a++)
		if (str_is(node_attribute(cell, "align"), names[a]))
			align = a;
	return &flow->layout->cell_style[align][header];
}

static struct mark row_rule(const struct flow *flow, const struct columns *columns, sp y)
{
	const struct block_style *rule = &flow->style->block[TAG_RULE];
	return (struct mark){
		.kind = MARK_RULE,
		.artifact = ARTIFACT_LAYOUT,
		.node = -1,
		.x = columns->left,
		.y = y,
		.width = columns->right - columns->left,
		.height = rule->space,
		.colour = rule->text.colour,
	};
}

/* One row: its cells side by side, with a rule below, and above when it is the first. */
static int push_row(
	struct flow *flow, const struct columns *columns, const struct node *row, bool header)
{
	sp padding = flow->style->block[TAG_TABLE].space, height = 0;
	struct box box = {.owner = row->id};
	struct slab slab = {0};
	int c = 0;
	node_each (cell, row) {
		const struct block_style *style = cell_style(flow, cell, header);
		struct frame frame = frame_of(flow, style);
		frame.left = column_left(columns, c) + (c > 0 ? padding : 0);
		c++;
		frame.right = column_left(columns, c) - (c < columns->count ? padding : 0);
		const struct setting *setting = set_paragraph(flow, cell, &frame);
		for (int i = 0; i < setting->count; i++) {
			box_add_line(flow->arena, &box, cell->id, &setting->lines[i],
				padding + i * setting->leading);
			slab.notes += setting->lines[i].notes;
		}
		if (height < setting->count * setting->leading)
			height = setting->count * setting->leading;
	}
	slab.height = height + 2 * padding;
	sp thickness = flow->style->block[TAG_RULE].space;
	box_mark(flow->arena, &box, row_rule(flow, columns, slab.height - thickness));
	if (header)
		box_mark(flow->arena, &box, row_rule(flow, columns, 0));
	return flow_push(flow, slab, box);
}

void flow_table(struct flow *flow, const struct node *table)
{
	const struct block_style *style = &flow->style->block[TAG_TABLE];
	struct columns columns = {.left = flow->left + style->indent_left,
		.right = flow->right - style->indent_right};
	flow_loose_label(flow);
	if (!read_columns(flow, table, &columns))
		return;
	flow->space = flow->space > style->before ? flow->space : style->before;
	int head = -1;
	node_each (row, table) {
		bool header = str_is(node_attribute(row, "header"), "yes");
		int slab = push_row(flow, &columns, row, header);
		if (header && row == table->first) {
			head = slab;
			flow->keep = 1;
		} else if (head >= 0) {
			flow->heads.at[slab] = head;
			flow->slabs.at[slab].head = flow->slabs.at[head].height;
		}
	}
	flow->space = style->after;
}
