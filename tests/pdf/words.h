/* words.h - the words of a text, so that line ends, hyphenation and quotation marks do not
 * count. */
#ifndef TESTS_WORDS_H
#define TESTS_WORDS_H

#include "base/base.h"

/* The words, a blank between two; typographic apostrophes and quotation marks made straight, soft
 * hyphens at line ends taken out. */
struct str words_of(struct arena *arena, struct str text);

#endif
