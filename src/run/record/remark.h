/* remark.h - what stands against a letter until it is answered: that a person rejected it, and why,
 * or a comment. It is kept beside the approvals; the log says what was said and answered. */
#ifndef RECORD_REMARK_H
#define RECORD_REMARK_H

#include "record/approval.h"

enum { REMARK_MOST = 2000 }; /* bytes of a text */

enum remark_kind { REMARK_REJECTED, REMARK_COMMENTED, REMARK_ANSWERED };

struct remark {
	enum remark_kind kind;
	struct str text; /* remark_text */
	struct actor actor;
	struct str version; /* log_version of what was looked at; empty: it is not known */
	int64_t number;     /* each has one above those before it; counted by remarks_add */
	bool answered;      /* by no signature that can be believed; else it does not stand */
};
/* Whether it was said of another version than this one. */
bool remark_is_of_another(const struct remark *remark, const struct concerns *now);

/* A text as it is noted: on one line, without white space at its ends. Empty when nothing is left,
 * it is longer than REMARK_MOST, or it is no UTF-8. */
struct str remark_text(struct arena *arena, struct str text);
/* Appends "rejected by Anna: the name is wrong". */
void remark_write(const struct remark *remark, struct buf *out);

/* A letter, and what of it was looked at: log_version, or "". */
struct remarked {
	struct str id, version;
};
/* Notes it of these letters, in one transaction. Who rejects a letter takes their own approval of
 * it back. An answer ends all that stood against them, or, with a number, what was said up to that;
 * one that is signed also what another one ended that was not, or with another certificate.
 * Gives how many letters or, of an answer, how many remarks; -1 after an error. */
int remarks_add(const char *out, const struct remarked *letters, int count,
	const struct remark *remark, struct diags *diags);

/* Gives each that stands, of one letter or with "" of all, in the order of ids and then as they
 * were noted. */
struct remark_query {
	struct str id;
	void (*one)(void *user, struct str id, const struct remark *remark);
	void *user;
	const struct trust *believed; /* signed answers alone end one, through these roots */
	int64_t now;                  /* likewise; in seconds since 1970 */
};
/* False after an error: then more may stand. approvals may be NULL: nothing stands. What they
 * believe is approvals_believe's. */
bool remarks_of(struct approvals *approvals, const struct remark_query *query, struct diags *diags);
/* The same of a folder. */
bool remarks_each(const char *out, const struct remark_query *query, struct diags *diags);

#endif
