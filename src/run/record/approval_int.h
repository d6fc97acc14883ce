/* approval_int.h - the file of approvals, as those who write and read its tables share it. */
#ifndef RECORD_APPROVAL_INT_H
#define RECORD_APPROVAL_INT_H

#include "record/approval.h"

#include <pthread.h>
#include <sqlite3.h>

struct approvals {
	struct arena *arena;
	const char *path;
	sqlite3 *db;
	sqlite3_stmt *find;
	pthread_mutex_t lock; /* of the connection */
};

/* What was approved, as it stands in the file. */
struct noted {
	unsigned char form, key[HASH_SIZE];
	struct concerns content;
};
_Static_assert(sizeof(struct noted) == 1 + HASH_SIZE * (1 + CONCERN_COUNT), "a blob has no holes");

/* False, and said, when the code is an error. */
bool approvals_report(const struct approvals *approvals, int code, struct diags *diags);
/* What a statement says of letter and person is bound to its first two values; the lock is held. */
sqlite3_stmt *approvals_start(
	const struct approvals *approvals, const char *sql, struct str id, struct str person);
/* How many rows it changed; -1 after an error. */
int approvals_end(const struct approvals *approvals, sqlite3_stmt *statement, struct diags *diags);
/* Keeps subject->version, which may be kept already. */
bool approvals_keep(const struct approvals *approvals, struct str id, const struct subject *subject,
	struct diags *diags);
/* Versions of a letter that no approval is of any more. */
bool approvals_drop_versions(const struct approvals *approvals, struct str id, struct diags *diags);

#endif
