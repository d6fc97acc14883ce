/* gather_int.h - fetches CRLs and OCSP responses, once for each chain and run. */
#ifndef LEVEL_GATHER_INT_H
#define LEVEL_GATHER_INT_H

#include "level/fetch_int.h"
#include "verify/evidence.h"

struct gather {
	struct fetch *fetch;
	const struct trust *trust;
	struct arena *arena;      /* of the run */
	struct evidence evidence; /* all that was fetched */
	vec(struct str) asked;    /* questions that were put; none is put twice */
};

void gather_open(struct gather *gather, struct fetch *fetch, const struct trust *trust);
void gather_close(struct gather *gather);

/* Fetches what is lacking to prove the standing of a chain at a time. A server that fails is
 * reported once. */
void gather_chain(struct gather *gather, const struct chain *chain, int64_t at, const char *name,
	struct diags *diags);

#endif
