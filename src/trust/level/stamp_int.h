/* stamp_int.h - time stamps from servers (RFC 3161). */
#ifndef LEVEL_STAMP_INT_H
#define LEVEL_STAMP_INT_H

#include "level/fetch_int.h"
#include "level/level.h"
#include "verify/evidence.h"

/* The authorities of a run, and how they behave. */
struct stampers {
	const struct level_request *request;
	struct fetch *fetch;
	struct stamper {
		int failures;       /* one after the other */
		int64_t rest_until; /* on fetch_clock: not asked before */
		int64_t pace;       /* milliseconds from one answer to the next question */
	} each[16];
};

/* What a time stamp is to be of: bytes, and more behind them. */
struct stamped {
	struct str before, after;
	int64_t now; /* seconds since 1970 */
};

/* A token from the first authority that gives a good one, in the arena; {NULL} when none does,
 * which findings say. */
struct str stamp_ask(struct stampers *stampers, struct arena *arena, const struct stamped *what,
	struct diags *diags);

#endif
