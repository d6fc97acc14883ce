/* line_int.h - between setting.c (a paragraph), line.c (one of its lines) and places.c (where what
 * is in it stands). */
#ifndef LAYOUT_LINE_INT_H
#define LAYOUT_LINE_INT_H

#include "layout/break_int.h"
#include "layout/flow_int.h"

/* Where no underline goes. */
struct gap {
	sp left, right;
};

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
	vec(struct gap) gaps;   /* likewise */
};

/* Glyphs of one run; those behind `to` are the space that the line ends at. */
struct part {
	const struct paragraph *paragraph;
	const struct run *run;
	int from, to, tail;
	bool leftwards;
	sp ending; /* what its end gains where it ends a line */
};

/* How a line fills its measure: what each blank gets, and per mille of the glyphs' width. */
struct give {
	sp space;
	int expansion;
};

/* The stretches of a line in the order of the text, and how far from the line's left each stands;
 * one without glyphs is the line's hyphen. */
struct places {
	struct line_stretch *at;
	sp *left;
	int count;
	sp width; /* of all */
};

sp width_expanded(sp width, int expansion);
/* Blanks and joints among glyphs from..to that take room, or give it where it is less than 0; how
 * wide a part's glyphs up to `to` are. */
int part_spaces(const struct paragraph *paragraph, int from, int to, sp room);
sp part_width(const struct text *text, struct part part, int to, struct give give);
/* A stretch of a line whose text ends before glyph `to`. */
struct part part_of(const struct paragraph *paragraph, const struct line_stretch *stretch, int to);
/* Of a paragraph that is one line. */
struct places places_of(
	struct arena *arena, const struct text *text, const struct paragraph *paragraph);
struct places places_of_line(
	const struct setter *setter, const struct line *line, struct give give);

/* Draws a line under a mark, but for what reaches into it; all of them, into the line at work. */
void underline_add(
	struct setter *setter, const struct run *run, const struct mark *mark, sp left, sp right);
void underlines_end(struct setter *setter);

/* The marks of one line; lines must come in order. */
struct set_line line_set(struct setter *setter, const struct line *line, bool first);

#endif
