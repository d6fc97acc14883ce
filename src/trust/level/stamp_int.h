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
	} each[16];
};

/* A token over the bytes from the first authority that gives a good one, in the arena; {NULL} when
 * none does, which findings say. */
struct str stamp_ask(struct stampers *stampers, struct arena *arena, struct str before,
	struct str after, int64_t now, const char *name, struct diags *diags);

#endif
