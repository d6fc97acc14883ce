/* line_int.h - between setting.c (a paragraph) and line.c (one of its lines). */
#ifndef LAYOUT_LINE_INT_H
#define LAYOUT_LINE_INT_H

#include "layout/break_int.h"
#include "layout/flow_int.h"

/* Everything about the paragraph at work. */
struct setter {
	struct flow *flow;
	struct arena *arena; /* of the result */
	const struct node *owner;
	const struct frame *frame;
	const struct paragraph *paragraph;
	struct setting *setting;
	int run;  /* the first that reaches into the line at work */
	int mark; /* the first note's mark in it or behind */
	sp baseline;
	struct box line;        /* at work */
	vec(struct mark) rules; /* of that line */
};

/* The marks of one line; lines must come in order. */
struct set_line line_set(struct setter *setter, const struct line *line, bool first);

#endif
