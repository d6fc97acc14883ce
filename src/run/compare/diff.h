/* diff.h - a letter as it was written against what it would be now: what differs, and how that is
 * shown. */
#ifndef COMPARE_DIFF_H
#define COMPARE_DIFF_H

#include "compare/reasons.h"
#include "compare/said.h"

struct diff_input {
	struct record *record;
	const struct keyer *keyer; /* which has just taken the letter */
	const struct letter_key *key;
	const struct entry *old; /* number 0: the record does not have it */
	const struct reasons *reasons;
};

/* Words of a block that both have, or that one has instead of the other's; with blanks between. */
struct diff_words {
	bool kept;           /* both are the same */
	struct str old, new; /* .at NULL: none */
};
struct diff_block {
	struct str tag, place;        /* struct said */
	vec(struct diff_words) words; /* none: they are the same */
	struct said_changes changes;
};
struct difference {
	struct reasons reasons;
	vec(struct diff_block) blocks; /* those that differ */
	struct said_changes beside;
};
/* In the arena. */
struct difference diff_letter(struct arena *arena, const struct diff_input *input);

/* Plain: [-old-] and {+new+}, with a backslash before what of a letter's own words reads like that;
 * coloured: by ANSI colours; marked: the four characters below in the marks' places, which no text
 * of others has (base/say.h); JSON: members of an object, a comma before each, as
 * docs/schemas/diff.json says. */
enum diff_form { DIFF_PLAIN, DIFF_COLOURED, DIFF_MARKED, DIFF_JSON };
#define DIFF_OUT "\x01"
#define DIFF_OUT_END "\x02"
#define DIFF_IN "\x03"
#define DIFF_IN_END "\x04"
void diff_write(const struct difference *difference, enum diff_form form, struct buf *out);

#endif
