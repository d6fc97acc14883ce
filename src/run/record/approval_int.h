/* approval_int.h - the file of approvals, as those who write and read its tables share it. */
#ifndef RECORD_APPROVAL_INT_H
#define RECORD_APPROVAL_INT_H

#include "record/approval.h"
#include "record/versions.h"

#include <pthread.h>
#include <sqlite3.h>

/* The statements; approval_sql.c has their words. The first two values of most are a letter's id
 * and a person. */
enum approvals_sql {
	SQL_FIND,
	SQL_OF_PERSON,
	SQL_LIST,
	SQL_LIST_ONE,
	SQL_TAKE_BACK,
	SQL_PUT,
	SQL_KEEP,
	SQL_DROP_VERSIONS,
	SQL_DROP_VERSION,
	SQL_VERSION,
	SQL_BASES,
	SQL_BASE,
	SQL_BASE_OF,
	SQL_BASE_ADD,
	SQL_DROP_BASE,
	SQL_DROP_BASES,
	SQL_NEEDING,
	SQL_LOG_LAST,
	SQL_LOG_LINE,
	SQL_LOG_ADD,
	SQL_LOG_LIST,
	SQL_LOG_LIST_ONE,
	SQL_LOG_FORGET,
	SQL_REMARK_ADD,
	SQL_REMARK_DROP,
	SQL_REMARK_END,
	SQL_REMARKS,
	SQL_REMARKS_ONE,
	SQL_COUNT
};

struct approvals {
	struct arena *arena;
	const char *path;
	sqlite3 *db;
	int form;                            /* of the file */
	sqlite3_stmt *statements[SQL_COUNT]; /* prepared at their first use */
	int waiting;                         /* put, and not on the disk yet */
	int lost;                            /* put, and taken back by an error */
	int group;                           /* so many are put at once */
	struct versions *versions;           /* NULL: none was packed yet */
	bool shared;                         /* they are approvals_share's */
	int64_t base[BASES_MOST];            /* their bases' numbers in the file; 0: not there */
	const struct trust *trust;           /* NULL: signatures are not asked for */
	int64_t now;
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
/* A statement whose first two values are bound; NULL after an error. The lock is held. */
sqlite3_stmt *approvals_start(
	struct approvals *approvals, enum approvals_sql which, struct str id, struct str person);
/* Behind the last of its rows: false, and said, when an error ended them. NULL: of
 * approvals_start. */
bool approvals_ended(struct approvals *approvals, sqlite3_stmt *statement, struct diags *diags);
/* Runs it to its end: how many rows it changed; -1 after an error. */
int approvals_end(struct approvals *approvals, sqlite3_stmt *statement, struct diags *diags);
bool approvals_execute(struct approvals *approvals, const char *sql, struct diags *diags);
void approvals_bind(sqlite3_stmt *statement, int at, struct str text);
struct str approvals_text(sqlite3_stmt *row, int at);
struct str approvals_blob(sqlite3_stmt *row, int at);
/* KNOWN_NOT of a word that is none of known_words. */
enum known approvals_known(sqlite3_stmt *row, int at);
/* The form of the file: 0: nothing is in it yet; -1: it cannot be read. */
enum { APPROVALS_FORM = 8, APPROVALS_MANY = 2500 /* at once, of those that are put quickly */ };
int approvals_form(sqlite3 *db);
/* Names are compared by approval_person_key; gives SQLite's code. */
int approvals_know_persons(sqlite3 *db);
/* Brings it to that of today; gives SQLite's code. */
int approvals_upgrade(sqlite3 *db);

/* Whether who is named has signed a text. */
struct signed_text {
	struct str text, who, der;
};
bool approvals_prove(struct approvals *approvals, const struct signed_text *is);
/* A signature holds the certificate that it was made with (RFC 5652, 5.1). */
bool approvals_signed_with(struct str signature, struct str certificate);
/* The version of what is approved, to be freed by buf_free. Without the lock: it takes most of the
 * time that an approval takes here. */
struct packed approvals_pack(
	struct approvals *approvals, struct str id, const struct subject *subject);
/* Keeps the version of a content, which may be kept already. */
bool approvals_keep(struct approvals *approvals, struct str id, const struct concerns *content,
	const struct packed *version, struct diags *diags);
/* When the letter, and each that is forgotten with it, has no version any more: versions of others
 * that are held against one of this letter are held against another; to be called before anything
 * is packed, as often as there are letters. */
bool approvals_forget_base(struct approvals *approvals, struct str id, struct diags *diags);
/* Versions of a letter that no approval is of any more, and bases that no version needs. */
bool approvals_drop_versions(struct approvals *approvals, struct str id, struct diags *diags);
/* approvals_take_back, in the transaction that the file is in. */
int approvals_withdraw(
	struct approvals *approvals, const struct withdrawal *withdrawal, struct diags *diags);
/* Nothing is known any more of what was said against a letter: how much; -1 after an error. */
int remarks_drop(struct approvals *approvals, struct str id, struct diags *diags);
/* Of a letter's lines in the log their hashes stay. */
bool log_forget(struct approvals *approvals, struct str id, struct diags *diags);

#endif
