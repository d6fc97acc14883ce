/* effect.h - does each attribute do something? */
#ifndef TESTS_CHANCE_EFFECT_H
#define TESTS_CHANCE_EFFECT_H

#include "draw.h"

/* Whether, for each attribute of a letter and of a style, among the first so many letters there is
 * one that comes out otherwise when that attribute alone is taken out. rare: also for those that
 * decide something in one letter of a thousand. What never does anything is put into out, a line
 * each. */
bool effects(const char *folder, int count, bool rare, struct buf *out);

#endif
