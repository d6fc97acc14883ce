/* diff.h - a letter as it was written against what it would be now, as text. */
#ifndef COMPARE_DIFF_H
#define COMPARE_DIFF_H

#include "compare/reasons.h"

struct diff_input {
	struct record *record;
	const struct keyer *keyer; /* which has just taken the letter */
	const struct letter_key *key;
	const struct entry *old; /* number 0: the record does not have it */
	const struct reasons *reasons;
	bool colour; /* marks are ANSI colours, else [-old-] and {+new+} */
};
/* The reasons, then the blocks that differ. */
void diff_letter(struct arena *arena, const struct diff_input *input, struct buf *out);

#endif
