/* cover.h - is all drawn that the tables allow? */
#ifndef TESTS_CHANCE_COVER_H
#define TESTS_CHANCE_COVER_H

#include "draw.h"

/* Whether, in the first so many letters, every element stands in every other that may hold it
 * straight, and every attribute of a letter, row and geometry of a style, and type of field is
 * used. What is not is put into out, a line each. */
bool cover(int count, struct buf *out);

#endif
