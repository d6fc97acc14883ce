/* portrait.h - a version of a letter as far as an approval is bound to it, in a form that can be
 * compared by name, and kept.
 *
 * struct concerns tells for certain whether something changed, as it is made of all that reaches
 * the page; a portrait tells what, in words. */
#ifndef COMPARE_PORTRAIT_H
#define COMPARE_PORTRAIT_H

#include "compare/said.h"
#include "compare/words.h"

struct concerns_input;
struct keyer;

/* What is drawn besides words. */
#define PLACED_LINE "line"
#define PLACED_PICTURE "picture"
#define PLACED_CODE "code"
#define PLACED_UNDERLINE "line under words"
struct placed {
	struct str name; /* PLACED_LINE, … */
	struct word_box box;
	uint32_t colour;
};
struct portrait {
	sp width, height; /* of the paper */
	struct page_words words;
	struct letter_said said;
	vec(struct placed) placed;
};

/* In the arena; the keyer takes the letter. */
void portrait_take(struct arena *arena, const struct concerns_input *input, const struct text *text,
	struct keyer *keyer, struct portrait *out);

/* As text to be kept, and back: a word has one box then. False: it is none. */
void portrait_write(const struct portrait *portrait, struct buf *out);
bool portrait_read(struct arena *arena, struct str text, struct portrait *out);

/* All that differs but the words themselves, which words_compare has found. Appended. */
struct portraits {
	const struct portrait *old, *new;
	const struct word_change *words;
	int word_count;
};
void portrait_compare(
	struct arena *arena, const struct portraits *portraits, struct said_changes *out);

#endif
