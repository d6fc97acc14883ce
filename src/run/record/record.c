/* record.c - the record of the runs on one folder, in SQLite: opening, texts, commits.
 *
 * What it says is on the disk is on the disk: publisher.c commits after the files were synced and
 * renamed. So a run that was killed leaves at worst files that are newer than the record says, and
 * the next run makes these letters again, finds the same bytes and takes them over.
 *
 * The folder's lock (lock.c) keeps others out, so SQLite's own is held throughout: that saves the
 * shared memory file, and works on network file systems too. */
#include "record/record_sql_int.h"

#include "base/diag_id.h"
#include "record/names.h"

#include <stdlib.h>
#include <unistd.h>

const char *const file_endings[FILE_KINDS] = {"pdf", "html", "txt"};

/* -- errors ------------------------------------------------------------------------------------ */

void record_note_error(struct record *record, int code)
{
	if (record->error || code == SQLITE_OK || code == SQLITE_ROW || code == SQLITE_DONE)
		return;
	record->error = code;
	snprintf(record->message, sizeof record->message, "%s", sqlite3_errmsg(record->db));
}

static bool report(struct record *record, struct diags *diags)
{
	struct place place = place_in(record->path);
	int code = record->error & 0xFF;
	if (!record->error)
		return true;
	if (code == SQLITE_CORRUPT || code == SQLITE_NOTADB)
		diag_add(diags, RECORD_DAMAGED, place, record->path, record->message, record->path);
	else if (file_exists(record->path) && access(record->path, R_OK | W_OK) != 0)
		file_not_written(record->path, diags);
	else if (code == SQLITE_CANTOPEN || code == SQLITE_FULL || code == SQLITE_IOERR ||
		code == SQLITE_READONLY)
		diag_add(diags, FILE_WRITE, place, record->path, record->message);
	else
		diag_add(diags, RECORD_FAILED, place, record->path, record->message);
	record->error = 0;
	return false;
}

/* -- opening ----------------------------------------------------------------------------------- */

void record_execute(struct record *record, const char *sql)
{
	if (!record->error)
		record_note_error(record, sqlite3_exec(record->db, sql, NULL, NULL, NULL));
}

int64_t record_query_number(struct record *record, const char *sql)
{
	sqlite3_stmt *query = NULL;
	int64_t number = 0;
	if (record->error)
		return 0;
	record_note_error(record, sqlite3_prepare_v2(record->db, sql, -1, &query, NULL));
	if (query && sqlite3_step(query) == SQLITE_ROW)
		number = sqlite3_column_int64(query, 0);
	record_note_error(record, sqlite3_finalize(query));
	return number;
}

static void read_archived(struct record *record)
{
	sqlite3_stmt *query = NULL;
	const char sql[] = "SELECT archive, archive_length, archive_size, archive_mtime FROM run";
	if (!record->error)
		record_note_error(record, sqlite3_prepare_v2(record->db, sql, -1, &query, NULL));
	if (query && sqlite3_step(query) == SQLITE_ROW) {
		struct archived *archived = &record->archived;
		snprintf(archived->name, sizeof archived->name, "%s",
			(const char *)sqlite3_column_text(query, 0));
		archived->length = sqlite3_column_int64(query, 1);
		archived->size = sqlite3_column_int64(query, 2);
		archived->mtime = sqlite3_column_int64(query, 3);
	}
	record_note_error(record, sqlite3_finalize(query));
}

static bool set_up(struct record *record, enum durability durability, struct diags *diags)
{
	/* Of pages in memory a run needs few: it goes through its letters in their order. The
	 * 2 MiB that SQLite takes else were no faster. */
	record_execute(record, "PRAGMA locking_mode=EXCLUSIVE; PRAGMA cache_size=-256");
	if (!record_check_version(record, "main", record->path, diags))
		return false;
	if (record->use == RECORD_WRITE)
		record_execute(record, "PRAGMA journal_mode=WAL; PRAGMA secure_delete=ON");
	record_execute(record,
		durability == DURABILITY_SAFE ? "PRAGMA synchronous=FULL"
					      : "PRAGMA synchronous=NORMAL");
	record_migrate(record);
	return !record->error;
}

/* What a run that writes has not begun yet has no letters but those that it is seeded with. */
static bool seed(struct record *record, const char *out, struct shard shard, struct diags *diags)
{
	bool begun = record_query_number(record, "SELECT number FROM run") != 0;
	return begun || record->use == RECORD_READ || !shard.count ||
		record_seed(record, out, shard, diags);
}

/* Memory is taken by it, so a damaged file must not say too much. */
static int64_t read_last_number(struct record *record)
{
	const int64_t most = (int64_t)1 << 30;
	int64_t number = record_query_number(record, "SELECT max(number) FROM letter");
	if (record->error || (number >= 0 && number <= most))
		return number;
	record->error = SQLITE_CORRUPT;
	snprintf(record->message, sizeof record->message, "a letter has the number %lld",
		(long long)number);
	return 0;
}

static bool read_run(struct record *record)
{
	record->was_open = record_query_number(record, "SELECT open FROM run") != 0;
	record->run = record_query_number(record, "SELECT number FROM run") + 1;
	record->last_number = read_last_number(record);
	read_archived(record);
	record_read_list(record);
	record->had_failed = record_query_number(record, "SELECT count(*) FROM failed") != 0;
	record->met = heap_new((size_t)record->last_number / 8 + 1);
	return !record->error;
}

/* In a folder that cannot be written a record can be read all the same, if the last run closed it:
 * SQLite then must be told that nobody else will change it. */
static int open_database(struct record *record)
{
	struct buf name = {0};
	bool fixed = record->use == RECORD_READ && access(record->path, W_OK) != 0;
	buf_puts(&name, "file:");
	for (const char *at = record->path; *at; at++)
		buf_format(&name, strchr("?#%", *at) ? "%%%02X" : "%c", (unsigned char)*at);
	buf_puts(&name, fixed ? "?immutable=1" : "");
	int flags = SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX;
	flags |= fixed ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
	flags |= record->use == RECORD_WRITE ? SQLITE_OPEN_CREATE : 0;
	if (record->use == RECORD_WRITE) /* SQLite gives its mode to what it keeps beside it */
		file_make_private(record->path);
	int code = sqlite3_open_v2(buf_text(&name).at, &record->db, flags, NULL);
	buf_free(&name);
	return code;
}

struct record *record_open(const char *out, struct shard shard, enum record_use use,
	enum durability durability, struct diags *diags)
{
	struct arena *arena = arena_new();
	const char *path = names_hidden(arena, out, shard, "db");
	if (use == RECORD_READ && !file_exists(path)) {
		arena_free(arena);
		return NULL;
	}
	struct record *record = arena_alloc(arena, sizeof *record);
	*record = (struct record){.arena = arena, .path = path, .use = use};
	pthread_mutex_init(&record->lock, NULL);
	record_note_error(record, open_database(record));
	if (!record->error && set_up(record, durability, diags) &&
		seed(record, out, shard, diags) && read_run(record) && record_prepare(record))
		return record;
	report(record, diags);
	record_close(record);
	return NULL;
}

void record_close(struct record *record)
{
	if (!record)
		return;
	for (int i = 0; i < RECORD_STATEMENTS; i++)
		sqlite3_finalize(record->statement[i]);
	sqlite3_close(record->db);
	pthread_mutex_destroy(&record->lock);
	free(record->met);
	map_free(&record->pieces);
	arena_free(record->arena);
}

/* -- commits ----------------------------------------------------------------------------------- */

void record_look(struct record *record)
{
	if (!record->in_transaction && !record->reading)
		record_execute(record, "BEGIN");
	record->reading = !record->in_transaction;
}

void record_begin(struct record *record)
{
	if (record->in_transaction)
		return;
	record_look(record);
	record->reading = false;
	if (!record->opened)
		record_execute(record, "UPDATE run SET open=1, joining=0, number=number+1");
	record->in_transaction = record->opened = true;
}

bool record_commit(struct record *record, struct diags *diags)
{
	pthread_mutex_lock(&record->lock);
	if (record->in_transaction)
		record_execute(record, "COMMIT");
	if (record->in_transaction && record->error)
		sqlite3_exec(record->db, "ROLLBACK", NULL, NULL, NULL);
	if (record->error)
		record_forget_pieces(record);
	record->in_transaction = false;
	bool good = report(record, diags);
	pthread_mutex_unlock(&record->lock);
	return good;
}

bool record_start(struct record *record, struct diags *diags)
{
	if (record->opened)
		return true;
	pthread_mutex_lock(&record->lock);
	record_begin(record);
	pthread_mutex_unlock(&record->lock);
	return record_commit(record, diags);
}

const struct archived *record_archived(const struct record *record)
{
	return &record->archived;
}

void record_put_archived(struct record *record, const struct archived *archived)
{
	record->archived = *archived;
	if (record->use == RECORD_READ)
		return;
	char *sql = sqlite3_mprintf(
		"UPDATE run SET archive=%Q, archive_length=%lld, archive_size=%lld, "
		"archive_mtime=%lld",
		archived->name, archived->length, archived->size, archived->mtime);
	pthread_mutex_lock(&record->lock);
	record_begin(record);
	record_execute(record, sql);
	pthread_mutex_unlock(&record->lock);
	sqlite3_free(sql);
}

bool record_was_broken_off(const struct record *record)
{
	return record->was_open;
}

void record_finish(struct record *record)
{
	pthread_mutex_lock(&record->lock);
	if (record->opened || record->was_open) {
		record_begin(record);
		record_execute(record, "UPDATE run SET open=0");
	}
	pthread_mutex_unlock(&record->lock);
}

/* -- letters met ------------------------------------------------------------------------------- */

void record_meet(struct record *record, int64_t number)
{
	if (number > 0 && number <= record->last_number)
		atomic_fetch_or(&record->met[number / 8], (unsigned char)(1 << number % 8));
}

int64_t record_last_number(const struct record *record)
{
	return record->last_number;
}

bool record_has_met(const struct record *record, int64_t number)
{
	return number > record->last_number ||
		atomic_load(&record->met[number / 8]) >> number % 8 & 1;
}
