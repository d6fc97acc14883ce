/* blank.h - what a value may hold that nobody can see: white space and invisible characters. */
#ifndef BASE_BLANK_H
#define BASE_BLANK_H

#include "base/arena.h"
#include "base/str.h"

/* Whether nothing is drawn for a character: Unicode's White_Space and Default_Ignorable_Code_Point,
 * the interlinear annotation marks, and the braille pattern without a dot. */
bool blank_is(uint32_t c);
/* Without the blank characters at both ends. One at the end that says how the character before it
 * is drawn stays: a variation selector, a tag of a flag, a joiner of a script that joins. The text
 * must be valid UTF-8. */
struct str blank_trim(struct str text);
/* Each end of a line (CR LF, CR, VT, FF, U+0085, U+2028, U+2029) as LF. Not a copy when there is
 * nothing to change. */
struct str blank_lines(struct arena *arena, struct str text);
/* A value as it was meant: both. */
struct str blank_tidy(struct arena *arena, struct str text);

#endif
