/* signs.h - what signs.c and spans.c share: words of a paragraph's text (sign_words.c). */
#ifndef LETTER_SIGNS_H
#define LETTER_SIGNS_H

#include "base/ascii.h"
#include "base/base.h"

/* Bytes of a text. */
struct sign_word {
	int from, to;
};

/* The byte there; 0 where the text has none. */
char sign_char_at(struct str text, int at);
/* Whether a blank stands there, or an end of the paragraph or of a line of it. */
bool sign_is_blank_at(struct str text, int at);
/* What stands between blanks around a byte, and behind it. */
struct sign_word sign_word_around(struct str text, int at);
struct str sign_word_behind(struct str text, int at);
/* What stands between blanks before a byte; *at: where it begins. Empty: nothing does. */
struct str sign_word_before(struct str text, int *at);
/* Without quotation marks, brackets and what ends a clause around it. */
struct str sign_bare(struct str word);
struct sign_word sign_bare_word(struct str text, struct sign_word word);
/* Whether it is nothing that is read as words: an address of the web, a path, an assignment. */
bool sign_is_for_machines(struct str word);
/* Whether a word is in " one two ", whatever its capitals. */
bool sign_is_listed(const char *list, struct str word);

/* Whether the word with that hyphen is figures of which the first go to the second. */
bool sign_is_span(struct str text, struct sign_word word, int hyphen);

#endif
