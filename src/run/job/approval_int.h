/* approval_int.h - who has approved which letter, in a file of its own beside the letters: it
 * outlives their record, which may be removed at any time.
 *
 * An approval is bound to struct job_content. What changes that voids it, what restores it makes it
 * good again. Beside it stands the letter's key of then: while that is the same, so is the content,
 * and nobody has to compose the letter to know. Each change is on the disk at once, and a run and a
 * desk may use the file together. */
#ifndef JOB_APPROVAL_INT_H
#define JOB_APPROVAL_INT_H

#include "job/hash_int.h"
#include "job/job.h"

struct approvals;

/* Opens the approvals of a folder, makes the file when it is to be written. NULL after an error,
 * and, without one, when it is only to be read and there is none. Used by several threads. */
struct approvals *approvals_open(const char *out, bool write, struct diags *diags);
void approvals_close(struct approvals *approvals);

/* A letter as it is now, as far as it is known. */
struct subject {
	const struct hash
		*key; /* struct letter_key.content; NULL: contents alone are to be compared */
	const struct job_content *content;
	int known; /* so many concerns of it, from the first */
};

/* How the approvals of a letter stand to that. */
struct approval_count {
	int good;         /* persons who have approved it as it is */
	int spent;        /* approvals of what it was before */
	int older;        /* approvals that an earlier version noted, which cannot be compared */
	int open;         /* approvals that more has to be known for */
	unsigned changed; /* of the spent approval that is the nearest: struct job_approval */
};
/* approvals may be NULL: nobody has approved anything. */
struct approval_count approvals_of(
	struct approvals *approvals, struct str id, const struct subject *subject);
/* Persons are told apart by job_is_same_person. Notes an approval in place of that person's earlier
 * one; false after an error. */
bool approvals_put(struct approvals *approvals, struct str id, const struct subject *subject,
	struct str by, int64_t at, struct diags *diags);
/* Takes back what that person, or anybody when it is empty, has approved of a letter: how many
 * approvals; -1 after an error. */
int approvals_withdraw(
	struct approvals *approvals, struct str id, struct str by, struct diags *diags);
#endif
