/* heads.c - which heads a cell of a table is under, told where cells span columns: a Scope alone
 * says less then (ISO 32000-1 table 349, ISO 14289-1 7.5). */
#include "pdf/pdf_int.h"

bool heads_are_told(const struct node *table)
{
	node_each (row, table)
		node_each (cell, row)
			if (node_span(cell) > 1)
				return true;
	return false;
}

static bool is_header(const struct node *row)
{
	return row->first && node_cell_place(row->first) == HEADS_COLUMN;
}

const struct node *heads_above(const struct node *row, const struct node *heads)
{
	const struct node *table = row->parent;
	if (!is_header(row))
		return heads;
	const struct node *before = table->first;
	while (before != row && before->next != row)
		before = before->next;
	return before != row && is_header(before) ? heads : row;
}

void heads_put_id(struct buf *out, const struct node *cell)
{
	buf_format(out, "(cell-%07d)", cell->id);
}

static int first_column(const struct node *cell)
{
	int column = 0;
	for (const struct node *node = cell->parent->first; node != cell; node = node->next)
		column += node_span(node);
	return column;
}

/* The heads of one row that stand above some of the cell's columns. */
static void put_row(struct buf *out, const struct node *row, int from, int to)
{
	int column = 0;
	node_each (head, row) {
		int end = column + node_span(head);
		if (end > from && column < to && node_cell_head(head) == HEADS_COLUMN)
			heads_put_id(out, head);
		column = end;
	}
}

void heads_put(struct buf *out, const struct node *cell, const struct node *heads)
{
	int from = first_column(cell), to = from + node_span(cell);
	size_t before = out->len;
	buf_puts(out, "/Headers[");
	size_t empty = out->len;
	for (const struct node *row = heads; row && row != cell->parent && is_header(row);
		row = row->next)
		put_row(out, row, from, to);
	if (out->len == empty)
		out->len = before;
	else
		buf_char(out, ']');
}
