/* break_int.h - items → lines of least demerits. Pure: knows no fonts and no letters. */
#ifndef LAYOUT_BREAK_INT_H
#define LAYOUT_BREAK_INT_H

#include "text/text.h"

struct break_options {
	sp measure;         /* width of every line */
	enum align align;   /* JUSTIFY stretches and shrinks glue, the others leave it */
	int hyphen_penalty; /* added to the penalty of items with .hyphen or .behind_hyphen */
	int expansion;      /* per mille by which glyphs may be set wider or narrower */
	sp tolerance;       /* the others: room at a line's end that is as bad as glue stretched */
};

struct line {
	int first, last; /* items; last is the one that it ends at, not part of it */
	int from, to;    /* glyphs without the space at the end */
	int tail;        /* >= to: the end of that space's glyphs */
	bool hyphen;
	bool in_name;   /* it ends in a word with a capital, divided */
	bool in_number; /* it ends between the groups of a number */
	bool unties;    /* it ends between words that hold together */
	sp natural;     /* width with glue at its natural width, hyphen included, less what hangs */
	sp hang_start;  /* how far it begins left of its measure */
	sp hyphen_width; /* of a hyphen with its kern */
	sp excess;       /* how much wider than the measure, at its narrowest */
	int expansion;   /* per mille that its glyphs are to be wider by, before its glue gives */
	bool loose;      /* its spaces would have to be too wide: it is not to be justified */
};

/* Breaks, in the arena; gives the number of lines, 0 for no items. The last item must be a forced
 * penalty. A line that cannot be made narrow enough is made all the same, with .excess. */
int break_lines(struct arena *arena, const struct item *items, int count,
	const struct break_options *options, struct line **lines);

/* The demerits of one line from item `first` to the break at item `last`; break_lines minimises
 * their sum. hyphens: so many lines before ended in a hyphen, one right under the other, 2 for
 * more. For tests. */
int64_t break_demerits(const struct item *items, int first, int last, int hyphens,
	const struct break_options *options);

#endif
