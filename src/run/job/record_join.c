/* record_join.c - the record of a shard from that of the whole, and back.
 *
 * A shard begins with what the whole knows of its letters, so that what was written by whatever run
 * is known to the next; and when its record has been joined, it is gone. So at any time one record
 * speaks for a letter. Numbers of rows differ between records; hashes and ids do not. */
#include "job/record_sql_int.h"

#include "job/job_int.h"
#include "job/lock_int.h"
#include "job/names_int.h"

#include <errno.h>
#include <unistd.h>

static const char join_sql[] =
	"BEGIN;"
	"DELETE FROM main.letter WHERE in_shard(id);"
	"INSERT OR IGNORE INTO main.basis(hash, text) SELECT hash, text FROM other.basis;"
	"INSERT OR IGNORE INTO main.shape(hash, text) SELECT hash, text FROM other.shape;"
	"INSERT INTO main.letter SELECT NULL, id, folder, key,"
	" (SELECT mine.number FROM main.basis mine, other.basis its"
	"  WHERE its.number=letter.basis AND mine.hash=its.hash),"
	" (SELECT mine.number FROM main.shape mine, other.shape its"
	"  WHERE its.number=letter.shape AND mine.hash=its.hash),"
	" fields, pages, recalled, warnings, pdf_size, pdf_mtime, pdf_hash,"
	" html_size, html_mtime, html_hash, txt_size, txt_mtime, txt_hash,"
	" merge_warnings, stamp, surroundings, person, sha256, template,"
	" pdf_at, pdf_crc, html_at, html_crc, txt_at, txt_crc, seen, derived, inferred, late"
	" FROM other.letter WHERE in_shard(id) ORDER BY id;"
	"DELETE FROM main.failed WHERE in_shard(id);"
	"INSERT OR REPLACE INTO main.failed SELECT id, source, findings,"
	" (SELECT number FROM main.run) FROM other.failed WHERE in_shard(id);"
	"UPDATE main.run SET open=max(open, (SELECT open FROM other.run));"
	"COMMIT";

static void in_shard(sqlite3_context *context, int count, sqlite3_value **values)
{
	const struct job_shard *shard = sqlite3_user_data(context);
	struct str id = {
		(const char *)sqlite3_value_text(values[0]), sqlite3_value_bytes(values[0])};
	(void)count;
	sqlite3_result_int(context, shard_has(*shard, id));
}

static bool join(
	struct record *record, const char *path, struct job_shard shard, struct diags *diags)
{
	record_note_error(record,
		sqlite3_create_function(record->db, "in_shard", 1,
			SQLITE_UTF8 | SQLITE_DETERMINISTIC, &shard, in_shard, NULL, NULL));
	if (!record_attach(record, path, diags))
		return false;
	record_execute(record, join_sql);
	record_execute(record, "DETACH other");
	return !record->error;
}

bool record_join(
	struct record *record, const char *out, struct job_shard shard, struct diags *diags)
{
	return join(record, names_hidden(record->arena, out, shard, "db"), shard, diags);
}

bool record_seed(
	struct record *record, const char *out, struct job_shard shard, struct diags *diags)
{
	const char *whole = names_hidden(record->arena, out, (struct job_shard){0}, "db");
	return !file_exists(whole) || join(record, whole, shard, diags);
}

/* -- the command ------------------------------------------------------------------------------- */

static bool publish_failed(struct record *record, const char *out, struct diags *diags)
{
	struct buf list = {0};
	const char *path = names_list(record->arena, out, (struct job_shard){0}, "failed");
	bool good = true;
	if (record_write_failed(record, &list) == 0)
		unlink(path);
	else
		good = file_publish(path, list.at, list.len, true, diags);
	buf_free(&list);
	return good;
}

/* The record goes last: while it is there the shard is not yet joined. */
static void remove_shard(struct arena *arena, const char *out, struct job_shard shard)
{
	unlink(names_list(arena, out, shard, "failed"));
	unlink(names_hidden(arena, out, shard, "db-wal"));
	unlink(names_hidden(arena, out, shard, "db"));
	unlink(names_hidden(arena, out, shard, "lock"));
}

static bool join_shard(
	struct record *record, const char *out, struct job_shard shard, struct diags *diags)
{
	int lock;
	if (!lock_folder(&lock, out, shard, true, diags))
		return false;
	bool joined = record_join(record, out, shard, diags);
	bool good = record_commit(record, diags) && joined && publish_failed(record, out, diags);
	if (good)
		remove_shard(record->arena, out, shard);
	lock_release(lock);
	return good;
}

/* The lists of all shards are replaced by one of the whole; one that could not be read again would
 * be the only one to say what its letters were, so without a new one they stay. */
static void join_lists(const struct job_request *request, struct record *record,
	const struct job_shard *shards, int count, struct diags *diags)
{
	int lists = 0, before = diags_count(diags, SEVERITY_ERROR);
	for (int i = 0; i < count; i++)
		lists += file_exists(
			names_list(record->arena, request->out, shards[i], "manifest"));
	if (!lists || !request->identity)
		return;
	manifest_write(request, record, true, diags);
	for (int i = 0; i < count && diags_count(diags, SEVERITY_ERROR) == before; i++) {
		const char *list = names_list(record->arena, request->out, shards[i], "manifest");
		unlink(str_format(record->arena, "%s.p7s", list).at);
		unlink(list);
	}
}

int job_merge_records(const struct job_request *request, struct diags *diags)
{
	struct arena *arena = arena_new();
	struct job_shard *shards, whole = {0};
	const char *out = request->out;
	int count = names_find_shards(arena, out, &shards), joined = 0, lock = -1;
	struct record *record = NULL;
	if (count && lock_folder(&lock, out, whole, true, diags))
		record = record_open(out, whole, RECORD_WRITE, JOB_SAFE, diags);
	while (record && joined < count && join_shard(record, out, shards[joined], diags))
		joined++;
	if (record && joined == count)
		join_lists(request, record, shards, count, diags);
	record_close(record);
	lock_release(lock);
	arena_free(arena);
	return joined == count && !diags_failed(diags) ? count : -1;
}
