/* signs.h - what signs.c and spans.c share: words of a paragraph's text. */
#ifndef LETTER_SIGNS_H
#define LETTER_SIGNS_H

#include "base/base.h"

/* Bytes of a text. */
struct sign_word {
	int from, to;
};

/* What stands between blanks before a byte; *at: where it begins. Empty: nothing does. */
struct str sign_word_before(struct str text, int *at);
/* Without quotation marks, brackets and what ends a clause around it. */
struct str sign_bare(struct str word);
/* Whether a word is in " one two ", whatever its capitals. */
bool sign_is_listed(const char *list, struct str word);

/* Whether the word with that hyphen is figures of which the first go to the second. */
bool sign_is_span(struct str text, struct sign_word word, int hyphen);

#endif
