/* approval.c - approvals in SQLite: letter, person → what was approved, and when.
 *
 * What was approved is one blob: the number of its form (APPROVAL_VERSION), the key, the hash of
 * each concern. Those of release 0.1.0 are one hash of 16 bytes, which was bound to that program's
 * source text: no other program can tell whether the letter is as it was, so they are kept and do
 * not count. */
#include "record/approval_int.h"

#include "base/diag_id.h"
#include "base/output.h"
#include "record/names.h"

#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

enum { VERSION = 2, WAIT_MS = 10000 };

static const char schema[] =
	"BEGIN IMMEDIATE; CREATE TABLE IF NOT EXISTS approval(id TEXT NOT NULL, person TEXT NOT "
	"NULL,"
	" content BLOB NOT NULL, at INTEGER NOT NULL, PRIMARY KEY(id, person)) WITHOUT ROWID;"
	"CREATE TABLE IF NOT EXISTS version(id TEXT NOT NULL, content BLOB NOT NULL, size INTEGER "
	"NOT NULL, shown BLOB NOT NULL, PRIMARY KEY(id, content)) WITHOUT ROWID;"
	"PRAGMA user_version=2; COMMIT";

bool approvals_report(const struct approvals *approvals, int code, struct diags *diags)
{
	struct place place = place_in(approvals->path);
	if (code == SQLITE_OK || code == SQLITE_ROW || code == SQLITE_DONE)
		return true;
	diag_add(diags, APPROVALS, place, approvals->path, sqlite3_errmsg(approvals->db));
	return false;
}

static int version_of(sqlite3 *db)
{
	sqlite3_stmt *query = NULL;
	int version = -1;
	if (sqlite3_prepare_v2(db, "PRAGMA user_version", -1, &query, NULL) == SQLITE_OK &&
		sqlite3_step(query) == SQLITE_ROW)
		version = sqlite3_column_int(query, 0);
	sqlite3_finalize(query);
	return version;
}

/* False without an error: whoever began the file was killed, and nobody has approved anything. */
static bool set_up(struct approvals *approvals, bool write, struct diags *diags)
{
	const char find[] =
		"SELECT lower(trim(person)), content FROM approval WHERE id=?1 ORDER BY 1";
	sqlite3_busy_timeout(approvals->db, WAIT_MS);
	sqlite3_exec(approvals->db, "PRAGMA secure_delete=ON", NULL, NULL, NULL);
	int version = version_of(approvals->db), code = sqlite3_errcode(approvals->db);
	if (version > VERSION) {
		diag_add(diags, RECORD_VERSION, place_in(approvals->path), approvals->path,
			diag_int(diags, version));
		return false;
	}
	if (version == 0 && !write)
		return false;
	if (version < VERSION && write)
		code = sqlite3_exec(approvals->db, schema, NULL, NULL, NULL);
	if (version >= 0 && code <= SQLITE_OK)
		code = sqlite3_prepare_v2(approvals->db, find, -1, &approvals->find, NULL);
	return approvals_report(approvals, code, diags);
}

struct approvals *approvals_open(const char *out, bool write, struct diags *diags)
{
	struct arena *arena = arena_new();
	const char *path = names_hidden(arena, out, (struct shard){0}, "approvals.db");
	if (!write && !file_exists(path)) {
		arena_free(arena);
		return NULL;
	}
	struct approvals *approvals = arena_alloc(arena, sizeof *approvals);
	*approvals = (struct approvals){.arena = arena, .path = path};
	pthread_mutex_init(&approvals->lock, NULL);
	if (write)
		file_make_private(path);
	/* Who only reads may have to take back what a killed writer began. */
	int flags = SQLITE_OPEN_READWRITE | (write ? SQLITE_OPEN_CREATE : 0);
	int code = sqlite3_open_v2(path, &approvals->db, flags | SQLITE_OPEN_NOMUTEX, NULL);
	if (approvals_report(approvals, code, diags) && set_up(approvals, write, diags))
		return approvals;
	approvals_close(approvals);
	return NULL;
}

void approvals_close(struct approvals *approvals)
{
	if (!approvals)
		return;
	sqlite3_finalize(approvals->find);
	sqlite3_close(approvals->db);
	pthread_mutex_destroy(&approvals->lock);
	arena_free(approvals->arena);
}

/* -- what was approved ------------------------------------------------------------------------ */

enum verdict { GOOD, SPENT, OLDER, OPEN };

static enum verdict compare(
	sqlite3_stmt *row, int column, const struct subject *subject, unsigned *changed)
{
	struct noted noted;
	const void *blob = sqlite3_column_blob(row, column);
	*changed = 0;
	if (sqlite3_column_bytes(row, column) != sizeof noted)
		return OLDER;
	memcpy(&noted, blob, sizeof noted);
	if (noted.form != APPROVAL_VERSION)
		return OLDER;
	if (subject->key && memcmp(noted.key, subject->key->at, HASH_SIZE) == 0)
		return GOOD;
	for (int i = 0; i < subject->known; i++)
		if (memcmp(noted.content.hash[i], subject->content->hash[i], HASH_SIZE) != 0)
			*changed |= 1u << i;
	return *changed ? SPENT : subject->known < CONCERN_COUNT ? OPEN : GOOD;
}

static bool is_nearer(unsigned changed, const struct approval_count *count)
{
	return count->spent == 1 ||
		__builtin_popcount(changed) < __builtin_popcount(count->changed);
}

/* Rows stand in the order of the persons. */
static void add(struct approval_count *count, sqlite3_stmt *row, const struct subject *subject,
	struct buf *last)
{
	unsigned changed;
	struct str person = str_of((const char *)sqlite3_column_text(row, 0));
	switch (compare(row, 1, subject, &changed)) {
	case GOOD:
		if (count->good && str_eq(buf_text(last), person))
			return;
		count->good++;
		buf_clear(last);
		buf_str(last, person);
		return;
	case SPENT:
		count->spent++;
		if (is_nearer(changed, count))
			count->changed = changed;
		return;
	case OLDER:
		count->older++;
		return;
	case OPEN:
		count->open++;
		return;
	}
}

struct approval_count approvals_of(
	struct approvals *approvals, struct str id, const struct subject *subject)
{
	struct approval_count count = {0};
	struct buf last = {0};
	if (!approvals)
		return count;
	pthread_mutex_lock(&approvals->lock);
	sqlite3_bind_text(approvals->find, 1, id.at, id.len, SQLITE_STATIC);
	while (sqlite3_step(approvals->find) == SQLITE_ROW)
		add(&count, approvals->find, subject, &last);
	sqlite3_reset(approvals->find);
	pthread_mutex_unlock(&approvals->lock);
	buf_free(&last);
	return count;
}

/* -- changes ---------------------------------------------------------------------------------- */

sqlite3_stmt *approvals_start(
	const struct approvals *approvals, const char *sql, struct str id, struct str person)
{
	sqlite3_stmt *statement = NULL;
	sqlite3_prepare_v2(approvals->db, sql, -1, &statement, NULL);
	sqlite3_bind_text(statement, 1, id.at, id.len, SQLITE_STATIC);
	sqlite3_bind_text(statement, 2, person.at ? person.at : "", person.len, SQLITE_STATIC);
	return statement;
}

int approvals_end(const struct approvals *approvals, sqlite3_stmt *statement, struct diags *diags)
{
	if (statement)
		sqlite3_step(statement);
	int code = statement ? sqlite3_finalize(statement) : sqlite3_errcode(approvals->db);
	return approvals_report(approvals, code, diags) ? sqlite3_changes(approvals->db) : -1;
}

static bool execute(const struct approvals *approvals, const char *sql, struct diags *diags)
{
	return approvals_report(
		approvals, sqlite3_exec(approvals->db, sql, NULL, NULL, NULL), diags);
}

static int take_back(
	const struct approvals *approvals, struct str id, struct str by, struct diags *diags)
{
	int gone = approvals_end(approvals,
		approvals_start(approvals,
			"DELETE FROM approval WHERE id=?1 AND (?2='' OR "
			"lower(trim(person))=lower(?2))",
			id, by),
		diags);
	return gone > 0 && !approvals_drop_versions(approvals, id, diags) ? -1 : gone;
}

static bool put(const struct approvals *approvals, struct str id, const struct subject *subject,
	struct str by, int64_t at, struct diags *diags)
{
	struct noted noted = {.form = APPROVAL_VERSION, .content = *subject->content};
	memcpy(noted.key, subject->key->at, HASH_SIZE);
	if (take_back(approvals, id, by, diags) < 0)
		return false;
	sqlite3_stmt *put = approvals_start(approvals,
		"INSERT INTO approval(id, person, content, at) VALUES(?1, ?2, ?3, ?4)", id, by);
	sqlite3_bind_blob(put, 3, &noted, sizeof noted, SQLITE_STATIC);
	sqlite3_bind_int64(put, 4, at);
	return approvals_end(approvals, put, diags) >= 0 &&
		(!subject->version.len || approvals_keep(approvals, id, subject, diags));
}

bool approvals_put(struct approvals *approvals, struct str id, const struct subject *subject,
	struct str by, int64_t at, struct diags *diags)
{
	pthread_mutex_lock(&approvals->lock);
	bool good = execute(approvals, "BEGIN IMMEDIATE", diags) &&
		put(approvals, id, subject, by, at, diags) && execute(approvals, "COMMIT", diags);
	if (!good)
		sqlite3_exec(approvals->db, "ROLLBACK", NULL, NULL, NULL);
	pthread_mutex_unlock(&approvals->lock);
	return good;
}

int approvals_withdraw(
	struct approvals *approvals, struct str id, struct str by, struct diags *diags)
{
	pthread_mutex_lock(&approvals->lock);
	int gone = take_back(approvals, id, by, diags);
	pthread_mutex_unlock(&approvals->lock);
	return gone;
}

/* -- for the commands -------------------------------------------------------------------------- */

static void give_each(struct approvals *approvals, const struct approval_query *query)
{
	const struct concerns *content = query->content;
	const char *sql = query->id.len
		? "SELECT id, person, at, content FROM approval WHERE id=?1 "
		  "ORDER BY at, person"
		: "SELECT id, person, at, content FROM approval ORDER BY id, at, "
		  "person";
	struct subject subject = {.content = content, .known = content ? CONCERN_COUNT : 0};
	sqlite3_stmt *all = approvals_start(approvals, sql, query->id, (struct str){0});
	while (all && sqlite3_step(all) == SQLITE_ROW) {
		struct approval approval = {
			.id = str_of((const char *)sqlite3_column_text(all, 0)),
			.by = str_of((const char *)sqlite3_column_text(all, 1)),
			.at = sqlite3_column_int64(all, 2),
		};
		enum verdict verdict = compare(all, 3, &subject, &approval.changed);
		approval.stands = verdict == GOOD;
		approval.older = verdict == OLDER;
		query->one(query->user, &approval);
	}
	sqlite3_finalize(all);
}

bool approvals_each(const char *out, const struct approval_query *query, struct diags *diags)
{
	struct approvals *approvals = approvals_open(out, false, diags);
	bool good = approvals != NULL;
	if (good) {
		give_each(approvals, query);
		good = approvals_report(approvals, sqlite3_errcode(approvals->db), diags);
	}
	approvals_close(approvals);
	return good || !diags_failed(diags);
}

int approvals_take_back(
	const char *out, const struct str *ids, int count, const char *by, struct diags *diags)
{
	struct approvals *approvals = approvals_open(out, false, diags);
	int withdrawn = 0;
	approvals_close(approvals);
	if (!approvals)
		return diags_failed(diags) ? -1 : 0;
	approvals = approvals_open(out, true, diags);
	for (int i = 0; approvals && i < count && withdrawn >= 0; i++) {
		int gone = approvals_withdraw(approvals, ids[i], str_of(by ? by : ""), diags);
		withdrawn = gone < 0 ? -1 : withdrawn + gone;
	}
	approvals_close(approvals);
	return approvals ? withdrawn : -1;
}

/* Made anew, the file holds no byte of what was taken back before. */
static bool forget(
	struct approvals *approvals, const struct str *ids, int count, struct diags *diags)
{
	bool good = execute(approvals, "VACUUM; BEGIN IMMEDIATE", diags);
	for (int i = 0; good && i < count; i++)
		good = take_back(approvals, ids[i], str_lit(""), diags) >= 0;
	return good && execute(approvals, "COMMIT", diags);
}

bool approvals_forget(const char *out, const struct str *ids, int count, struct diags *diags)
{
	struct approvals *approvals = approvals_open(out, false, diags);
	approvals_close(approvals);
	if (!approvals)
		return !diags_failed(diags);
	approvals = approvals_open(out, true, diags);
	bool good = approvals && forget(approvals, ids, count, diags);
	approvals_close(approvals);
	return good;
}
