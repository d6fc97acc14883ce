/* level.h - makes signed letters provable for longer, by updates behind what was signed.
 *
 *   B-T    since when: a time stamp (RFC 3161), in the signature or over the file
 *   B-LT   also when nobody answers any more: chain, CRLs and OCSP responses in the file (DSS)
 *   B-LTA  also when those have aged: a document time stamp over them
 *
 * Servers are asked over HTTP. One that is slow, down or talks nonsense costs a level, never a
 * letter: what was reached is kept, and the next run goes on from there. */
#ifndef LEVEL_LEVEL_H
#define LEVEL_LEVEL_H

#include "verify/verify.h"

#include <stdatomic.h>

struct level_request {
	const char *const *tsa; /* addresses of time-stamp authorities, tried in this order */
	int tsa_count;
	int timeout;  /* seconds for one answer */
	int patience; /* seconds to wait for servers that ask for it, or are down, from one time
		       * stamp to the next */
	const atomic_bool *interrupted; /* set by a signal: waits no more; or NULL */
	bool renew; /* a new seal over letters at B-LTA now, however long the last one lasts */
	const struct trust *trust;
};

/* What the letters of a run share: connections, what was fetched, who does not answer. Threads
 * may share it, and wait for each other; the request's arrays and the trust, which nobody else may
 * use meanwhile, must outlive it. */
struct level_run;
struct level_run *level_run_new(const struct level_request *request);
void level_run_free(struct level_run *run);

/* Bytes that a signature's hole should have to spare for a time stamp of its own. */
enum { LEVEL_SPARE_ROOM = 8192 };

struct level_result {
	enum level before, after;
	bool good;         /* the letter was sound; else nothing was done, and findings say why */
	bool renewed;      /* it was at B-LTA and has a newer seal */
	bool due;          /* it wanted one, and there was none to be had */
	struct buf longer; /* the longer file; empty where nothing was added */
};

/* A seal is renewed when the certificate of its authority ends within so many days. */
enum { LEVEL_RENEW_DAYS = 90 };

struct level_aim {
	enum level level;
	bool unpublished; /* nobody has the letter yet: its signature may take the time stamp */
};

/* Raises one letter as far as can be, at most to that level, and renews the seal of one at B-LTA
 * where that is wanted and due; an error where the level is not reached. result.longer is to be
 * freed. */
struct level_result level_raise(struct level_run *run, struct arena *arena,
	const struct judged *letter, struct level_aim aim, struct diags *diags);

/* The level that a letter has, NONE when it is not sound; no server is asked. */
enum level level_of(struct level_run *run, struct arena *arena, const struct judged *letter);

/* A detached signature with a time stamp in it, in out, which must be empty; false, with findings,
 * when no authority gives one. So the list of a run is proven for all its letters at once. */
bool level_stamp_detached(struct level_run *run, struct arena *arena, const struct judged *der,
	struct buf *out, struct diags *diags);

/* Asks the servers that the certificates name whether any certificate of a letter was revoked: an
 * error for one that was, a warning where nobody answers. False after an error. */
bool level_check_revoked(struct level_run *run, struct arena *arena, const struct judged *letter,
	struct diags *diags);

#endif
