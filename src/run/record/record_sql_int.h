/* record_sql_int.h - what the files of the record share: the database and its statements. */
#ifndef RECORD_RECORD_SQL_INT_H
#define RECORD_RECORD_SQL_INT_H

#include "record/record.h"

#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdio.h>

enum record_statement {
	SQL_FIND,
	SQL_NEXT,
	SQL_NEXT_IN,
	SQL_FORGET_FILES,
	SQL_SAME_LISTED,
	SQL_PUT_GONE,
	SQL_NEXT_LEAF,
	SQL_PUT,
	SQL_REMOVE,
	SQL_FIND_BASIS,
	SQL_FIND_SHAPE,
	SQL_PUT_BASIS,
	SQL_PUT_SHAPE,
	SQL_BASIS,
	SQL_SHAPE,
	SQL_FIND_PIECE,
	SQL_PUT_PIECE,
	SQL_PUT_FAILED,
	SQL_HAS_FAILED,
	SQL_SAME_FAILED,
	SQL_DROP_FAILED,
	SQL_DROP_OLD_FAILED,
	SQL_ALL_FAILED,
	SQL_CODES,
	SQL_EDITIONS,
	RECORD_STATEMENTS
};

/* A piece whose number need not be asked for. */
struct known_piece {
	struct hash hash;
	int64_t number;
};

struct record {
	struct arena *arena;
	const char *path;
	enum record_use use;
	sqlite3 *db;
	sqlite3_stmt *statement[RECORD_STATEMENTS];
	pthread_mutex_t lock; /* of all below and of the database */
	bool reading;         /* in a transaction that has written nothing */
	bool in_transaction, opened, was_open, had_failed;
	struct archived archived;
	struct record_list list;
	struct map pieces; /* by hash: where they stand in known */
	vec(struct known_piece) known;
	int64_t run;         /* this run's number */
	int64_t last_number; /* of letters before this run */
	atomic_uchar *met;   /* a bit for each of these; not under the lock */
	int error;           /* SQLite's code, kept until it is reported */
	char message[200];
};

/* Reads what record_list gives. */
void record_read_list(struct record *record);
/* From now on the list does not match. Under the lock, in a transaction. */
void record_mark_stale(struct record *record);
/* Runs statements unless there was an error. */
void record_execute(struct record *record, const char *sql);
/* The first number that a query gives; 0 for none, and after an error. */
int64_t record_query_number(struct record *record, const char *sql);
/* Whether an open database, "main" or "other", is of no later version than this program knows;
 * says so when it is. */
bool record_check_version(
	struct record *record, const char *schema, const char *path, struct diags *diags);
/* Brings what is open to today's schema; of a record that is only read, a copy of it. */
void record_migrate(struct record *record);
/* Attaches another record as "other", in today's schema; its file stays as it is. False after an
 * error, or when it is of a later version, which is said. */
bool record_attach(struct record *record, const char *path, struct diags *diags);
/* Fills a shard's new record from that of the whole, if there is one; false after an error. */
bool record_seed(struct record *record, const char *out, struct shard shard, struct diags *diags);
/* Prepares all statements; false after an error. */
bool record_prepare(struct record *record);
/* A statement, and the lock, until statement_end. */
sqlite3_stmt *statement_take(struct record *record, enum record_statement id);
/* Notes what went wrong with it. */
void statement_end(struct record *record, sqlite3_stmt *statement);
/* Runs it unless there was an error. */
void statement_run(struct record *record, sqlite3_stmt *statement);
void statement_text(sqlite3_stmt *statement, int at, struct str text);
void statement_bytes(sqlite3_stmt *statement, int at, struct str bytes);
void statement_hash(sqlite3_stmt *statement, int at, const struct hash *hash);
/* Text or bytes, in the arena. */
struct str statement_column(sqlite3_stmt *statement, struct arena *arena, int at);
/* Keeps a code that is an error, with SQLite's text, unless there is one already. */
void record_note_error(struct record *record, int code);
/* What is found is found in one transaction, which spares SQLite a look at the file each time.
 * Under the lock. */
void record_look(struct record *record);
/* Numbers of pieces that are known hold no more: of what was put some was taken back, or removed.
 * Under the lock. */
void record_forget_pieces(struct record *record);
/* Starts a transaction unless one is under way. Under the lock. */
void record_begin(struct record *record);

#endif
