/* verify.h - is a letter what was signed, by whom, and for how long can it be proven?
 *
 *   trust_    which roots to believe         verify_    a letter, checked
 *
 *   evidence.h    chains, revocation and time stamps, judged
 *   seal.h        the signatures of a file, and what came after them
 *   cms.h         one signature, read strictly          manifest.h   the list of a run
 *
 * Nothing here asks a network or a clock. */
#ifndef VERIFY_VERIFY_H
#define VERIFY_VERIFY_H

#include "base/base.h"

/* The roots that are believed, for all letters of a run; used by one thread at a time. */
struct trust;
/* From a file of PEM certificates; or those that TLS goes by on this computer, which vouch for
 * servers, when path is TRUST_SYSTEM; or none when it is NULL. NULL after an error. */
#define TRUST_SYSTEM "system"
struct trust *trust_new(const char *path, struct diags *diags);
void trust_free(struct trust *trust);

/* What a signature can prove (ETSI EN 319 142-1, 6): who signed; and since when; and with all that
 * is needed to show it later; and sealed against the ageing of that. */
enum level { LEVEL_NONE, LEVEL_B, LEVEL_T, LEVEL_LT, LEVEL_LTA };
const char *level_name(enum level level); /* "B-LT" */

struct verify_signature {
	bool good; /* this one alone */
	struct str signer, root;
	int64_t claimed_time; /* the signer's own, seconds since 1970; 0: none */
	int64_t proven_time;  /* by a time stamp; 0: none */
	enum level level;
	struct str missing; /* what the next level wants; empty at the highest */
	struct str added;   /* what came after it, in words; empty: nothing */
};

/* A file that goes with the letter. */
struct verify_file {
	struct str name, title; /* may be empty */
	int bytes;              /* 0: it does not say */
};

struct verify_report {
	bool good;               /* no error was found */
	bool is_signed;          /* a signature is there */
	struct str signer, root; /* names; empty: not known */
	int64_t claimed_time;    /* the signer's own, seconds since 1970; 0: none */
	int64_t proven_time;     /* by a time stamp; 0: none */
	enum level level;
	int64_t sealed_until; /* at B-LTA: when the certificate of the last time stamp ends */
	struct str missing;   /* what the next level wants; empty at the highest */
	vec(struct verify_file) files;           /* of a good letter */
	vec(struct verify_signature) signatures; /* in their order; the above is of the first, but
						    level and missing, which are of the lowest */
};

/* What is judged. */
struct judged {
	struct str bytes; /* of one file */
	const char *name; /* by which findings speak of it */
	int64_t now;      /* when it is asked, in seconds since 1970 */
};

/* Checks one file. The report's texts live as long as the arena. */
struct verify_report verify_letter(struct arena *arena, const struct judged *file,
	const struct trust *trust, struct diags *diags);

/* "13 October 2020, 09:00 UTC", of seconds since 1970. */
struct str verify_time(struct arena *arena, int64_t time);

#endif
