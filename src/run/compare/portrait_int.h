/* portrait_int.h - between the files that compare two portraits. */
#ifndef COMPARE_PORTRAIT_INT_H
#define COMPARE_PORTRAIT_INT_H

#include "compare/portrait.h"

enum { NONE = -1 };

/* In hundredths of a millimetre. */
struct shift {
	int page, across, down;
};
struct span {
	int from, to; /* words of the new version */
};

struct comparing {
	struct arena *arena;
	const struct portrait *old, *new;
	struct said_changes *out;
	int *partner;               /* of each new word: the old one, or NONE */
	int *first_old, *first_new; /* of each word: its first box */
	vec(struct shift) told;
};

/* Says that something is another than it was; texts in the arena. */
void portrait_put(
	const struct comparing *comparing, struct str what, struct str old, struct str new);
/* Words of the new version for people: "Dear Ann … sincerely,"; in the arena. */
struct str portrait_quote(const struct comparing *comparing, struct span span);
/* Where a box stands, likewise; sized: with its width and height. */
struct str portrait_where(
	const struct comparing *comparing, const struct word_box *box, bool sized);
/* Of a millimetre. */
int portrait_hundredths(sp length);

/* -- portrait_places.c */
void portrait_compare_places(struct comparing *comparing);
/* Lines, pictures and codes, but those that went along with words: after them. */
void portrait_compare_placed(const struct comparing *comparing);
void portrait_compare_underlines(const struct comparing *comparing);

#endif
