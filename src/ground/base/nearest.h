/* nearest.h - did you mean: of the names that there are, the one so near to what was written that
 * it may have been meant. */
#ifndef BASE_NEAREST_H
#define BASE_NEAREST_H

#include "base/diag.h"
#include "base/str.h"

#include <stdbool.h>

struct nearest {
	struct str wanted, best; /* best.at is NULL: none yet */
	int distance; /* of best, in edits of a byte; to begin with, the first that is too far */
};

/* A longer name may be further off: one edit below 4 bytes, two below 8, else three. */
struct nearest nearest_start(struct str wanted);
/* At most so many edits, however long it is. */
struct nearest nearest_within(struct str wanted, int edits);
/* True when the candidate is nearer than those tried before; it is borrowed as the best then. One
 * of more than 63 bytes is never meant. */
bool nearest_try(struct nearest *nearest, struct str candidate);
/* Gives the finding just added the hint 'did you mean "…"?', if there is one. */
void nearest_hint(const struct nearest *nearest, struct diags *diags);

#endif
