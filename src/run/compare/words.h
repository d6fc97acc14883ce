/* words.h - what stands on pages, word by word. */
#ifndef COMPARE_WORDS_H
#define COMPARE_WORDS_H

#include "base/base.h"

struct pages;
struct text;

/* A word of a letter; it takes one box or, over a line's end or a change of type, several. */
struct page_word {
	struct str text;
	int paragraph; /* counted from 0 */
	int look;      /* where it begins */
};
/* What words are set in: "LiberationSans-Bold, 11 pt, #000000". */
struct word_look {
	int face;
	sp size;
	uint32_t colour;
	struct str name;
};
struct word_box {
	int word, page;              /* from 0 */
	sp left, top, right, bottom; /* from the page's top left corner */
};
/* In the order of reading, a note where its mark stands; without what is no part of the text (page
 * numbers, repeated heads) and the numbers that the program counts. */
struct page_words {
	vec(struct page_word) list;
	vec(struct word_box) boxes; /* sorted by word */
	vec(struct word_look) looks;
	int paragraphs;
};
/* The words of a letter, copied to the arena. */
struct page_words page_words_of(
	struct arena *arena, const struct pages *pages, const struct text *text);

/* Words that are gone (old) and words that stand in their place (new); one of both may be none. */
struct word_change {
	int from_old, to_old, from_new, to_new;
};
/* What differs, in the order of reading, in the arena; gives the number. */
int words_compare(struct arena *arena, const struct page_words *old, const struct page_words *new,
	struct word_change **out);

#endif
