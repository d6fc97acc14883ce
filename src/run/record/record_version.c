/* record_version.c - the record's schema, and records of earlier versions in today's.
 *
 * A record that is to be written is migrated in one transaction: a run that is killed leaves the
 * old one or the new one. One that is only read stays as it is, and a copy that SQLite keeps beside
 * its own temporary files is migrated instead. One of a later version is refused. */
#include "record/record_sql_int.h"

#include "base/diag_id.h"

/* A new one is made at once as the migrations below would leave it, column by column: each of them
 * would write the schema again. */
#define FILE_COLUMNS(name) " " name "_size INTEGER, " name "_mtime INTEGER, " name "_hash BLOB,"
#define ARCHIVE_COLUMNS(name) " " name "_at INTEGER, " name "_crc INTEGER,"
#define PIECES \
	"CREATE TABLE piece(number INTEGER PRIMARY KEY, hash BLOB UNIQUE NOT NULL, text BLOB);"
static const char newest[] =
	"CREATE TABLE run(open INTEGER NOT NULL, number INTEGER NOT NULL,"
	" archive TEXT NOT NULL DEFAULT '', archive_length INTEGER NOT NULL DEFAULT 0,"
	" archive_mtime INTEGER NOT NULL DEFAULT 0, archive_size INTEGER NOT NULL DEFAULT 0,"
	" stale INTEGER NOT NULL DEFAULT 1, listed INTEGER NOT NULL DEFAULT 0,"
	" since INTEGER NOT NULL DEFAULT 0, whole INTEGER NOT NULL DEFAULT 0,"
	" origin TEXT NOT NULL DEFAULT '', source TEXT NOT NULL DEFAULT '',"
	" missing TEXT NOT NULL DEFAULT '', joining INTEGER NOT NULL DEFAULT 0,"
	" counts TEXT NOT NULL DEFAULT '{}');"
	"INSERT INTO run(open, number) VALUES(0, 0);"
	"CREATE TABLE basis(number INTEGER PRIMARY KEY, hash BLOB UNIQUE NOT NULL, text BLOB);"
	"CREATE TABLE shape(number INTEGER PRIMARY KEY, hash BLOB UNIQUE NOT NULL, text BLOB,"
	" pieces TEXT);" PIECES
	"CREATE TABLE letter(number INTEGER PRIMARY KEY, id TEXT UNIQUE NOT NULL,"
	" folder TEXT NOT NULL, key BLOB NOT NULL, basis INTEGER NOT NULL, shape INTEGER NOT NULL,"
	" fields BLOB NOT NULL, pages INTEGER NOT NULL, recalled INTEGER NOT NULL,"
	" warnings INTEGER NOT NULL,"
	/* clang-format off */
	FILE_COLUMNS("pdf") FILE_COLUMNS("html") FILE_COLUMNS("txt")
	" merge_warnings INTEGER NOT NULL DEFAULT 0, stamp INTEGER NOT NULL DEFAULT 0,"
	" surroundings INTEGER NOT NULL DEFAULT 0, person INTEGER NOT NULL DEFAULT 0,"
	" sha256 TEXT NOT NULL DEFAULT '', template TEXT NOT NULL DEFAULT '',"
	ARCHIVE_COLUMNS("pdf") ARCHIVE_COLUMNS("html") ARCHIVE_COLUMNS("txt")
	/* clang-format on */
	" seen INTEGER NOT NULL DEFAULT 0, derived INTEGER NOT NULL DEFAULT 0,"
	" inferred INTEGER NOT NULL DEFAULT 0, late INTEGER NOT NULL DEFAULT 0,"
	" level INTEGER NOT NULL DEFAULT 0, salt BLOB, made INTEGER NOT NULL DEFAULT 0,"
	" gone INTEGER NOT NULL DEFAULT 0, edition TEXT NOT NULL DEFAULT '');"
	"CREATE TABLE failed(id TEXT PRIMARY KEY, source TEXT NOT NULL, findings TEXT NOT NULL,"
	" run INTEGER NOT NULL, salt BLOB) WITHOUT ROWID;";

/* Each step brings the schema from its index and 1 to the next version. */
static const char *const migrations[] = {
	"ALTER TABLE letter ADD COLUMN merge_warnings INTEGER NOT NULL DEFAULT 0;"
	"ALTER TABLE letter ADD COLUMN stamp INTEGER NOT NULL DEFAULT 0;"
	"ALTER TABLE letter ADD COLUMN surroundings INTEGER NOT NULL DEFAULT 0;"
	"ALTER TABLE letter ADD COLUMN person INTEGER NOT NULL DEFAULT 0;",

	"ALTER TABLE run ADD COLUMN archive TEXT NOT NULL DEFAULT '';"
	"ALTER TABLE run ADD COLUMN archive_length INTEGER NOT NULL DEFAULT 0;"
	"ALTER TABLE run ADD COLUMN archive_mtime INTEGER NOT NULL DEFAULT 0;",

	"ALTER TABLE letter ADD COLUMN sha256 TEXT NOT NULL DEFAULT '';"
	"ALTER TABLE letter ADD COLUMN template TEXT NOT NULL DEFAULT '';",

	"ALTER TABLE letter ADD COLUMN pdf_at INTEGER; ALTER TABLE letter ADD COLUMN pdf_crc "
	"INTEGER;"
	"ALTER TABLE letter ADD COLUMN html_at INTEGER;"
	"ALTER TABLE letter ADD COLUMN html_crc INTEGER;"
	"ALTER TABLE letter ADD COLUMN txt_at INTEGER; ALTER TABLE letter ADD COLUMN txt_crc "
	"INTEGER;"
	"ALTER TABLE run ADD COLUMN archive_size INTEGER NOT NULL DEFAULT 0;"
	"UPDATE run SET archive_size=archive_length+1024 WHERE archive_mtime<>0;",

	/* Without their stamps all letters are merged once more, which counts their facts. */
	"ALTER TABLE letter RENAME COLUMN unconfirmed TO recalled;"
	"ALTER TABLE letter ADD COLUMN seen INTEGER NOT NULL DEFAULT 0;"
	"ALTER TABLE letter ADD COLUMN derived INTEGER NOT NULL DEFAULT 0;"
	"ALTER TABLE letter ADD COLUMN inferred INTEGER NOT NULL DEFAULT 0;"
	"ALTER TABLE letter ADD COLUMN late INTEGER NOT NULL DEFAULT 0;"
	"UPDATE letter SET stamp=0;",

	"ALTER TABLE letter ADD COLUMN level INTEGER NOT NULL DEFAULT 0;",
	/* The list of the run is written once more, of all records now. */
	"ALTER TABLE letter ADD COLUMN salt BLOB;"
	"ALTER TABLE letter ADD COLUMN made INTEGER NOT NULL DEFAULT 0;"
	"ALTER TABLE letter ADD COLUMN gone INTEGER NOT NULL DEFAULT 0;"
	"ALTER TABLE failed ADD COLUMN salt BLOB;"
	"ALTER TABLE run ADD COLUMN stale INTEGER NOT NULL DEFAULT 1;"
	"ALTER TABLE run ADD COLUMN listed INTEGER NOT NULL DEFAULT 0;"
	"ALTER TABLE run ADD COLUMN since INTEGER NOT NULL DEFAULT 0;"
	"ALTER TABLE run ADD COLUMN whole INTEGER NOT NULL DEFAULT 0;"
	"ALTER TABLE run ADD COLUMN origin TEXT NOT NULL DEFAULT '';"
	"ALTER TABLE run ADD COLUMN source TEXT NOT NULL DEFAULT '';"
	"ALTER TABLE run ADD COLUMN missing TEXT NOT NULL DEFAULT '';"
	"ALTER TABLE run ADD COLUMN joining INTEGER NOT NULL DEFAULT 0;"
	"UPDATE run SET whole=number>0;",

	"ALTER TABLE run ADD COLUMN counts TEXT NOT NULL DEFAULT '{}';",

	"ALTER TABLE letter ADD COLUMN edition TEXT NOT NULL DEFAULT '';",

	/* Shapes that are there stay whole; new ones have no text, but pieces. */
	"ALTER TABLE shape ADD COLUMN pieces TEXT;" PIECES,
};

enum { VERSION = 1 + sizeof migrations / sizeof *migrations };

bool record_check_version(
	struct record *record, const char *schema, const char *path, struct diags *diags)
{
	char *sql = sqlite3_mprintf("PRAGMA %s.user_version", schema);
	int64_t version = record_query_number(record, sql);
	sqlite3_free(sql);
	if (version > VERSION)
		diag_add(diags, RECORD_VERSION, place_in(path), path, diag_int(diags, version));
	if (version < 0)
		diag_add(diags, RECORD_DAMAGED, place_in(path), path,
			"the number of its form is below 0", path);
	return version >= 0 && version <= VERSION;
}

static void migrate(struct record *record, int64_t version)
{
	record_execute(record, "BEGIN");
	if (version == 0)
		record_execute(record, newest);
	for (; version && version < VERSION; version++)
		record_execute(record, migrations[version - 1]);
	struct buf sql = {0};
	buf_format(&sql, "PRAGMA user_version=%d; COMMIT", VERSION);
	record_execute(record, buf_text(&sql).at);
	buf_free(&sql);
}

/* Copies a whole database over another, which may be of another connection; errors are the
 * record's. */
static void copy(
	struct record *to, const char *to_schema, struct record *from, const char *from_schema)
{
	sqlite3_backup *backup = NULL;
	if (!to->error && !from->error)
		backup = sqlite3_backup_init(to->db, to_schema, from->db, from_schema);
	if (backup)
		sqlite3_backup_step(backup, -1);
	record_note_error(to, backup ? sqlite3_backup_finish(backup) : sqlite3_errcode(to->db));
}

/* A database of nobody's, on the disk where it is large, that closing removes. */
static struct record copy_migrated(struct record *from, const char *schema, int64_t version)
{
	struct record other = {0};
	record_note_error(&other,
		sqlite3_open_v2("", &other.db,
			SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL));
	copy(&other, "main", from, schema);
	migrate(&other, version);
	return other;
}

static void take_error(struct record *record, const struct record *from)
{
	if (record->error || !from->error)
		return;
	record->error = from->error;
	memcpy(record->message, from->message, sizeof record->message);
}

void record_migrate(struct record *record)
{
	int64_t version = record_query_number(record, "PRAGMA user_version");
	if (record->error || version == VERSION)
		return;
	if (record->use == RECORD_WRITE) {
		migrate(record, version);
		return;
	}
	struct record other = copy_migrated(record, "main", version);
	take_error(record, &other);
	sqlite3_close(record->db);
	record->db = other.db;
}

bool record_attach(struct record *record, const char *path, struct diags *diags)
{
	char *attach = sqlite3_mprintf("ATTACH %Q AS other", path);
	record_execute(record, attach);
	sqlite3_free(attach);
	if (!record_check_version(record, "other", path, diags))
		return false;
	int64_t version = record_query_number(record, "PRAGMA other.user_version");
	if (record->error || version == VERSION)
		return !record->error;
	struct record other = copy_migrated(record, "other", version);
	take_error(record, &other);
	record_execute(record, "DETACH other; ATTACH '' AS other");
	copy(record, "other", &other, "main");
	sqlite3_close(other.db);
	return !record->error;
}
