/* table_int.h - between table.c (the rows of a table), columns.c (its cells, as wide as they are)
 * and rules.c (what is drawn in and around them). */
#ifndef LAYOUT_TABLE_INT_H
#define LAYOUT_TABLE_INT_H

#include "layout/flow_int.h"

struct columns {
	int count;
	int *share, total;
	struct sides sides;
	bool leftwards;                  /* the first stands at the right */
	const struct block_style *style; /* the table's */
	sp *tails;                       /* of each column: the widest from a decimal sign on */
	bool backed; /* it, a row or a cell has a frame or a background: words keep off the sides */
};

struct cell {
	const struct node *node;
	int from, to; /* columns */
	bool header;
};

/* Which of a row's ends a slab has, and how high it is. */
struct ends {
	bool first, last;
	sp height;
};

/* A row whose cells are set. */
struct set_row {
	const struct node *node;
	const struct setting **cells;
	int count, lines; /* cells; lines of the one that has most */
	bool header;
};

struct lines {
	int from, to;
};

/* -- columns.c */
void columns_read(struct flow *flow, const struct node *table, struct columns *columns);
/* How far from where the first begins. */
sp column_begin(const struct columns *columns, int c);
bool row_is_header(const struct node *row);
struct cell cell_at(const struct columns *columns, const struct node *node, int from, bool header);
const struct block_style *cell_style(const struct flow *flow, const struct node *cell, bool header);
/* Decimals one below the other: before the cells are set. */
void columns_measure_tails(struct flow *flow, const struct node *table, struct columns *columns);
const struct setting *cell_set(
	struct flow *flow, const struct columns *columns, const struct cell *cell);

/* -- rules.c: all of it artifacts */
void put_rules(struct flow *flow, const struct columns *columns, const struct node *row,
	struct box *box, struct ends ends);
void back_row(struct flow *flow, const struct columns *columns, struct box *box,
	const struct node *row, struct ends ends);
/* Dots from the words of a cell to those of the next, on lines that both have. */
void put_leaders(
	struct flow *flow, const struct set_row *row, struct lines lines, struct box *box, sp top);

#endif
