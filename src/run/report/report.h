/* report.h - what became of a run, for people: one page of HTML that needs nothing beside it.
 *
 * It is a view of run.json, with what the run told of each letter as it went by and what the folder
 * knows of approvals. It is held in memory until it is whole, so it says no more than fits there:
 * REPORT_LETTERS letters, and of REPORT_TOLD of them why they were rejected or held. How many are
 * left out, and where they stand, is said. */
#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H

#include "base/base.h"
#include "record/names.h"

enum { REPORT_LETTERS = 20000, REPORT_TOLD = 1000 };

enum report_fate {
	REPORT_MADE,
	REPORT_UNCHANGED,
	REPORT_REJECTED,
	REPORT_HELD,
	REPORT_GONE,    /* its recipient is, the letter was kept */
	REPORT_REMOVED, /* likewise, and the letter was removed */
	REPORT_FATES
};

struct report_letter {
	struct str id;
	enum report_fate fate;
	int pages; /* 0: not known */
	struct str
		sha256; /* of the file that stands, in hexadecimal digits; empty: nobody signed */
	struct str edition;    /* empty: the usual one */
	bool lacks;            /* it is below the level that was asked for */
	const struct str *why; /* of one that was held */
	int why_count;
	const struct diags *findings; /* of one that was rejected; or NULL */
};

/* What is said of the run as a whole. */
struct trust;
struct report_run {
	const char *state; /* run.json's */
	const char *out,
		*archive; /* the folder; the file in which letters are; NULL: in the folder */
	struct str template;
	int64_t began, ended; /* seconds since 1970; 0: it never began */
	struct shard shard;
	const char *program; /* its version */
	int records, made, unchanged, rejected, held, gone, removed;
	int unconfirmed;              /* records with facts that nobody has seen */
	bool chosen;                  /* not all records were asked for */
	int approvals;                /* that a letter had to have; 0: nobody asked for them */
	const struct trust *believed; /* only those that are signed counted; NULL: all */
	struct str signer;            /* empty: nobody signed */
	int64_t until;                /* the certificate's end */
	const char *level;            /* that was asked for; NULL: none */
	const int *kinds;             /* how many findings, by enum diag_id; NULL: none */
};

struct report;

struct report *report_new(void);
void report_free(struct report *report);
/* What became of a letter; all is copied. */
void report_add(struct report *report, const struct report_letter *letter);
/* What was found that is no letter's: its errors are kept. */
void report_add_general(struct report *report, const struct diag *diag);
/* The page; appended. Approvals are read from the folder, or the page says that they cannot be. */
void report_write(struct report *report, const struct report_run *run, struct buf *out);

#endif
