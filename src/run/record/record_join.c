/* record_join.c - the record of a shard from that of the whole, and back.
 *
 * A shard begins with what the whole knows of its letters, so that what was written by whatever run
 * is known to the next; and when its record has been joined, it is gone. So at any time one record
 * speaks for a letter. Numbers of rows differ between records; hashes and ids do not. */
#include "record/record_sql_int.h"

#include "record/names.h"

#include <errno.h>
#include <unistd.h>

/* First %s: as which run's letters count that the other record has new. Then the other's part. */
static const char join_sql[] =
	"BEGIN;"
	"DELETE FROM main.letter WHERE in_shard(id);"
	"INSERT OR IGNORE INTO main.basis(hash, text) SELECT hash, text FROM other.basis;"
	"INSERT OR IGNORE INTO main.piece(hash, text) SELECT hash, text FROM other.piece;"
	"INSERT OR IGNORE INTO main.shape(hash, text, pieces) SELECT hash, text,"
	" (SELECT group_concat(number) FROM (SELECT mine.number FROM json_each('['||pieces||']')"
	"  CROSS JOIN other.piece its ON its.number=value"
	"  CROSS JOIN main.piece mine ON mine.hash=its.hash ORDER BY key)) FROM other.shape;"
	"INSERT INTO main.letter SELECT NULL, id, folder, key,"
	" (SELECT mine.number FROM main.basis mine, other.basis its"
	"  WHERE its.number=letter.basis AND mine.hash=its.hash),"
	" (SELECT mine.number FROM main.shape mine, other.shape its"
	"  WHERE its.number=letter.shape AND mine.hash=its.hash),"
	" fields, pages, recalled, warnings, pdf_size, pdf_mtime, pdf_hash,"
	" html_size, html_mtime, html_hash, txt_size, txt_mtime, txt_hash,"
	" merge_warnings, stamp, surroundings, person, sha256, template,"
	" pdf_at, pdf_crc, html_at, html_crc, txt_at, txt_crc, seen, derived, inferred, late,"
	" level,"
	" salt, CASE WHEN made>(SELECT CASE WHEN stale THEN listed ELSE since END FROM other.run) "
	"THEN %s ELSE 0 END, gone, edition"
	" FROM other.letter WHERE in_shard(id) ORDER BY id;"
	"DELETE FROM main.failed WHERE in_shard(id);"
	"INSERT OR REPLACE INTO main.failed SELECT id, source, findings,"
	" (SELECT number FROM main.run), salt FROM other.failed WHERE in_shard(id);"
	"UPDATE main.run SET stale=1, open=max(open, (SELECT open FROM other.run)),"
	" counts=json_set(counts, '$.\"%d/%d\"', json((SELECT counts FROM other.run)));"
	"COMMIT";

static void in_shard(sqlite3_context *context, int count, sqlite3_value **values)
{
	const struct shard *shard = sqlite3_user_data(context);
	struct str id = {
		(const char *)sqlite3_value_text(values[0]), sqlite3_value_bytes(values[0])};
	(void)count;
	sqlite3_result_int(context, shard_has(*shard, id));
}

static bool join(struct record *record, const char *path, struct shard shard, const char *made,
	struct diags *diags)
{
	record_note_error(record,
		sqlite3_create_function(record->db, "in_shard", 1,
			SQLITE_UTF8 | SQLITE_DETERMINISTIC, &shard, in_shard, NULL, NULL));
	if (!record_attach(record, path, diags))
		return false;
	struct buf sql = {0};
	buf_format(&sql, join_sql, made, shard.number, shard.count);
	record_execute(record, buf_text(&sql).at);
	buf_free(&sql);
	record_execute(record, "DETACH other");
	return !record->error;
}

bool record_join(struct record *record, const char *out, struct shard shard, struct diags *diags)
{
	return join(record, names_hidden(record->arena, out, shard, "db"), shard,
		"(SELECT number FROM main.run)+1", diags);
}

bool record_seed(struct record *record, const char *out, struct shard shard, struct diags *diags)
{
	const char *whole = names_hidden(record->arena, out, (struct shard){0}, "db");
	return !file_exists(whole) || join(record, whole, shard, "0", diags);
}
