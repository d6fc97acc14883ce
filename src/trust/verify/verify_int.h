/* verify_int.h - what a file's check is made of, for verify.c and judge.c. */
#ifndef VERIFY_VERIFY_INT_H
#define VERIFY_VERIFY_INT_H

#include "verify/evidence.h"
#include "verify/seal.h"

struct check {
	struct arena *arena;
	struct pdfread file;
	struct seals seals;
	int dss;                  /* the revision that brought the DSS as it is; -1 for none */
	struct evidence evidence; /* all that the file brings */
	const struct trust *trust;
	const char *name;
	bool unproven;                  /* some certificate lacks proof of its standing */
	struct str lacks;               /* whose */
	const struct verify_hook *hook; /* or NULL */
	struct verify_report *report;
	struct diags *diags;
};

static inline struct place here(const struct check *check)
{
	return place_in(check->name);
}

/* Chain, standing and usage of a signer's certificate at a time; of a letter's, whose root is
 * noted, or of a time stamp's (NULL). */
void check_chain(struct check *check, struct cms *cms, int64_t at,
	struct verify_signature *signature, bool wants_proof);

/* What a time stamp is of, and when that is judged. */
struct stamped {
	struct str before, after;
	int64_t at;
};
/* Checks one; gives the time that it proves, or 0 after a finding. The outermost needs no proof of
 * its own authority: the next would bring it. */
int64_t check_token(
	struct check *check, struct str der, const struct stamped *what, bool outermost);

/* enclosed.c: the files that go with the letter, into the report. */
void enclosed_read(struct check *check);

#endif
