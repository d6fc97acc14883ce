/* approval_int.h - who has approved which letter, in a file of its own beside the letters: it
 * outlives their record, which may be removed at any time.
 *
 * An approval is bound to all that the letter shows, by struct letter_key.content; whoever signs it
 * later, and when, does not matter. What changes that voids it, what restores it makes it good
 * again. Each change is on the disk at once, and a run and a desk may use the file together. */
#ifndef JOB_APPROVAL_INT_H
#define JOB_APPROVAL_INT_H

#include "job/hash_int.h"
#include "job/job.h"

struct approvals;

/* Opens the approvals of a folder, makes the file when it is to be written. NULL after an error,
 * and, without one, when it is only to be read and there is none. Used by several threads. */
struct approvals *approvals_open(const char *out, bool write, struct diags *diags);
void approvals_close(struct approvals *approvals);

/* How many persons have approved this content of a letter, and how many another one. */
struct approval_count {
	int good, spent; /* spent: of what it was before */
};
/* approvals may be NULL: nobody has approved anything. */
struct approval_count approvals_of(
	struct approvals *approvals, struct str id, const struct hash *content);
/* Persons are told apart by job_is_same_person. Notes an approval in place of that person's earlier
 * one; false after an error. */
bool approvals_put(struct approvals *approvals, struct str id, const struct hash *content,
	struct str by, int64_t at, struct diags *diags);
/* Takes back what that person, or anybody when it is empty, has approved of a letter: how many
 * approvals; -1 after an error. */
int approvals_withdraw(
	struct approvals *approvals, struct str id, struct str by, struct diags *diags);
#endif
