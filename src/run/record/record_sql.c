/* record_sql.c - the record's statements, and rows → struct entry and back. */
#include "record/record_sql_int.h"

#include <sys/random.h>

/* What is written of a file; nothing when there is none. */
/* clang-format off */
#define FILE_COLUMNS(COLUMN, name, kind) \
	COLUMN(name##_size, INT64, file[kind].size, entry->file[kind].size) \
	COLUMN(name##_mtime, INT64, file[kind].mtime, entry->file[kind].size) \
	COLUMN(name##_hash, HASH, file[kind].hash, entry->file[kind].size) \
	COLUMN(name##_at, INT64, file[kind].at, entry->file[kind].size) \
	COLUMN(name##_crc, CRC, file[kind].crc, entry->file[kind].size)

/* A letter's columns: name, kind, member of struct entry, and when it is written. */
#define ENTRY_COLUMNS(COLUMN) \
	COLUMN(number, INT64, number, entry->number) \
	COLUMN(id, TEXT, id, true) \
	COLUMN(folder, TEXT, folder, true) \
	COLUMN(key, HASH, key, true) \
	COLUMN(basis, INT64, basis, true) \
	COLUMN(shape, INT64, shape, true) \
	COLUMN(fields, BYTES, values, true) \
	COLUMN(pages, INT, pages, true) \
	COLUMN(warnings, INT, warnings, true) \
	COLUMN(merge_warnings, INT, merge_warnings, true) \
	COLUMN(stamp, INT64, stamp, true) \
	COLUMN(surroundings, INT64, merge_stamp, true) \
	COLUMN(person, INT64, person, true) \
	COLUMN(sha256, TEXT, sha256, true) \
	COLUMN(template, TEXT, template, true) \
	COLUMN(seen, INT, standings.count[STANDING_SEEN], true) \
	COLUMN(derived, INT, standings.count[STANDING_DERIVED], true) \
	COLUMN(inferred, INT, standings.count[STANDING_INFERRED], true) \
	COLUMN(recalled, INT, standings.count[STANDING_RECALLED], true) \
	COLUMN(late, INT, standings.late, true) \
	COLUMN(level, INT, level, true) \
	COLUMN(salt, BYTES, salt, true) \
	COLUMN(made, INT64, made, true) \
	COLUMN(gone, INT, gone, true) \
	COLUMN(edition, TEXT, edition, true) \
	FILE_COLUMNS(COLUMN, pdf, FILE_PDF) \
	FILE_COLUMNS(COLUMN, html, FILE_HTML) \
	FILE_COLUMNS(COLUMN, txt, FILE_TEXT)
/* clang-format on */

#define COLUMN_NAME(name, kind, member, written) "," #name
#define COLUMN_MARK(name, kind, member, written) ",?"
#define COLUMN_AT(name, kind, member, written) AT_##name,

enum { ENTRY_COLUMNS(COLUMN_AT) COLUMN_COUNT };

/* Each with a comma before it. */
static const char entry_names[] = ENTRY_COLUMNS(COLUMN_NAME);
static const char entry_marks[] = ENTRY_COLUMNS(COLUMN_MARK);

/* %s: the names of a letter's columns, then as many question marks. */
static const char *const texts[RECORD_STATEMENTS] = {
	[SQL_FIND] = "SELECT %s FROM letter WHERE id=?1",
	[SQL_NEXT] = "SELECT %s FROM letter WHERE number>?1 ORDER BY number LIMIT 1",
	[SQL_NEXT_IN] = "SELECT %s FROM letter "
			"WHERE id>?1 AND folder=?2 ORDER BY id LIMIT 1",
	[SQL_FORGET_FILES] = "UPDATE letter SET pdf_size=NULL, html_size=NULL, txt_size=NULL "
			     "WHERE folder=?1",
	[SQL_SAME_LISTED] = "SELECT 1 FROM letter WHERE id=?1 AND folder=?2 AND sha256=?3 "
			    "AND made=?4 AND gone=?5",
	[SQL_PUT_GONE] = "UPDATE letter SET gone=1 WHERE number=?1 AND gone=0",
	[SQL_NEXT_LEAF] =
		"SELECT l.id, folder, pdf_size, sha256, template, pages, key, l.salt, gone, "
		"made>(SELECT listed FROM run), findings, f.salt, edition "
		"FROM letter l LEFT JOIN failed f ON f.id=l.id WHERE l.id>?1 AND sha256<>'' "
		"UNION ALL SELECT id, '', 0, '', '', 0, NULL, NULL, 0, 0, findings, salt, '' "
		"FROM failed f WHERE id>?1 AND NOT EXISTS "
		"(SELECT 1 FROM letter l WHERE l.id=f.id AND sha256<>'') ORDER BY 1 LIMIT 1",
	[SQL_PUT] = "INSERT OR REPLACE INTO letter(%s) VALUES(%s)",
	[SQL_REMOVE] = "DELETE FROM letter WHERE number=?1",
	[SQL_FIND_BASIS] = "SELECT number FROM basis WHERE hash=?1",
	[SQL_FIND_SHAPE] = "SELECT number FROM shape WHERE hash=?1",
	[SQL_PUT_BASIS] = "INSERT INTO basis(hash, text) VALUES(?1, ?2)",
	[SQL_PUT_SHAPE] = "INSERT INTO shape(hash, pieces) VALUES(?1, ?2)",
	[SQL_BASIS] = "SELECT text FROM basis WHERE number=?1",
	/* In the order of the list, as loops are nested as they are written; to be sorted all would
	 * be read first. */
	[SQL_SHAPE] = "SELECT text FROM shape WHERE number=?1 AND text IS NOT NULL UNION ALL "
		      "SELECT piece.text FROM shape CROSS JOIN json_each('['||pieces||']') "
		      "CROSS JOIN piece ON piece.number=value WHERE shape.number=?1",
	[SQL_FIND_PIECE] = "SELECT number FROM piece WHERE hash=?1",
	[SQL_PUT_PIECE] = "INSERT INTO piece(hash, text) VALUES(?1, ?2) ON CONFLICT DO NOTHING",
	[SQL_PUT_FAILED] = "INSERT INTO failed VALUES(?1, ?2, ?3, ?4, chance()) "
			   "ON CONFLICT(id) DO UPDATE SET source=?2, findings=?3, run=?4",
	[SQL_HAS_FAILED] = "SELECT 1 FROM failed WHERE id=?1",
	[SQL_SAME_FAILED] = "SELECT 1 FROM failed WHERE id=?1 AND findings=?2",
	[SQL_DROP_FAILED] = "DELETE FROM failed WHERE id=?1 AND run<>?2",
	[SQL_DROP_OLD_FAILED] = "DELETE FROM failed WHERE run<>?1",
	[SQL_ALL_FAILED] = "SELECT id, source, findings FROM failed WHERE findings<>'' ORDER BY id",
	[SQL_CODES] = "SELECT id, (SELECT json_group_array(DISTINCT json_extract(value, '$.code'))"
		      " FROM json_each('['||findings||']')) FROM failed"
		      " WHERE run>=?1 AND findings<>'' ORDER BY id",
	[SQL_EDITIONS] = "SELECT id, edition FROM letter WHERE edition<>'' AND gone=0 ORDER BY id",
};

static void chance(sqlite3_context *context, int count, sqlite3_value **values);

bool record_prepare(struct record *record)
{
	struct buf sql = {0};
	record_note_error(record,
		sqlite3_create_function(
			record->db, "chance", 0, SQLITE_UTF8, NULL, chance, NULL, NULL));
	for (int i = 0; i < RECORD_STATEMENTS && !record->error; i++) {
		buf_clear(&sql);
		buf_format(&sql, texts[i], entry_names + 1, entry_marks + 1);
		record_note_error(record,
			sqlite3_prepare_v3(record->db, buf_text(&sql).at, -1,
				SQLITE_PREPARE_PERSISTENT, &record->statement[i], NULL));
	}
	buf_free(&sql);
	return !record->error;
}

/* -- chance ------------------------------------------------------------------------------------ */

enum { SALT_SIZE = 16 };

static void fill_salt(unsigned char salt[SALT_SIZE])
{
	if (getrandom(salt, SALT_SIZE, 0) != SALT_SIZE)
		program_ends("the system gives no random numbers");
}

static void chance(sqlite3_context *context, int count, sqlite3_value **values)
{
	unsigned char salt[SALT_SIZE];
	(void)count, (void)values;
	fill_salt(salt);
	sqlite3_result_blob(context, salt, SALT_SIZE, SQLITE_TRANSIENT);
}

/* -- binding and reading ----------------------------------------------------------------------- */

sqlite3_stmt *statement_take(struct record *record, enum record_statement id)
{
	pthread_mutex_lock(&record->lock);
	return record->statement[id];
}

void statement_end(struct record *record, sqlite3_stmt *statement)
{
	record_note_error(record, sqlite3_reset(statement));
	sqlite3_clear_bindings(statement);
	pthread_mutex_unlock(&record->lock);
}

void statement_run(struct record *record, sqlite3_stmt *statement)
{
	if (!record->error)
		record_note_error(record, sqlite3_step(statement));
}

void statement_text(sqlite3_stmt *statement, int at, struct str text)
{
	sqlite3_bind_text(statement, at, text.at ? text.at : "", text.len, SQLITE_STATIC);
}

void statement_bytes(sqlite3_stmt *statement, int at, struct str bytes)
{
	sqlite3_bind_blob(statement, at, bytes.at ? bytes.at : "", bytes.len, SQLITE_STATIC);
}

void statement_hash(sqlite3_stmt *statement, int at, const struct hash *hash)
{
	sqlite3_bind_blob(statement, at, hash->at, HASH_SIZE, SQLITE_STATIC);
}

struct str statement_column(sqlite3_stmt *statement, struct arena *arena, int at)
{
	const char *bytes = sqlite3_column_blob(statement, at);
	return str_copy(arena, (struct str){bytes, sqlite3_column_bytes(statement, at)});
}

static struct hash column_hash(sqlite3_stmt *statement, int at)
{
	struct hash hash = {{0}};
	const void *bytes = sqlite3_column_blob(statement, at);
	if (bytes && sqlite3_column_bytes(statement, at) == HASH_SIZE)
		memcpy(hash.at, bytes, HASH_SIZE);
	return hash;
}

/* One of each for a kind: how it is read, and how it is bound. */
#define READ_INT(row, arena, at) sqlite3_column_int(row, at)
#define READ_INT64(row, arena, at) sqlite3_column_int64(row, at)
#define READ_CRC(row, arena, at) (uint32_t) sqlite3_column_int64(row, at)
#define READ_TEXT(row, arena, at) statement_column(row, arena, at)
#define READ_BYTES(row, arena, at) statement_column(row, arena, at)
#define READ_HASH(row, arena, at) column_hash(row, at)
#define BIND_INT(row, at, value) sqlite3_bind_int(row, at, value)
#define BIND_INT64(row, at, value) sqlite3_bind_int64(row, at, value)
#define BIND_CRC(row, at, value) sqlite3_bind_int64(row, at, value)
#define BIND_TEXT(row, at, value) statement_text(row, at, value)
#define BIND_BYTES(row, at, value) statement_bytes(row, at, value)
#define BIND_HASH(row, at, value) statement_hash(row, at, &(value))

static struct entry read_entry(sqlite3_stmt *row, struct arena *arena)
{
	struct entry entry = {0};
#define COLUMN_READ(name, kind, member, written) entry.member = READ_##kind(row, arena, AT_##name);
	ENTRY_COLUMNS(COLUMN_READ)
	return entry;
}

/* Parameters count from 1. */
static void bind_entry(sqlite3_stmt *put, const struct entry *entry)
{
#define COLUMN_BIND(name, kind, member, written) \
	if (written)                             \
		BIND_##kind(put, AT_##name + 1, entry->member);
	ENTRY_COLUMNS(COLUMN_BIND)
}

/* -- letters ----------------------------------------------------------------------------------- */

bool record_find(struct record *record, struct arena *arena, struct str id, struct entry *out)
{
	sqlite3_stmt *find = statement_take(record, SQL_FIND);
	record_look(record);
	statement_text(find, 1, id);
	bool found = sqlite3_step(find) == SQLITE_ROW;
	if (found)
		*out = read_entry(find, arena);
	statement_end(record, find);
	return found;
}

/* Whether the list says the same of a letter already. */
static bool same_listed(struct record *record, const struct entry *entry)
{
	sqlite3_stmt *find = statement_take(record, SQL_SAME_LISTED);
	statement_text(find, 1, entry->id);
	statement_text(find, 2, entry->folder);
	statement_text(find, 3, entry->sha256);
	sqlite3_bind_int64(find, 4, entry->made);
	sqlite3_bind_int(find, 5, entry->gone);
	bool same = sqlite3_step(find) == SQLITE_ROW;
	statement_end(record, find);
	return same;
}

void record_put(struct record *record, const struct entry *entry)
{
	unsigned char salt[SALT_SIZE];
	struct entry salted = *entry;
	bool same = record->list.stale || same_listed(record, entry);
	sqlite3_stmt *put = statement_take(record, SQL_PUT);
	record_begin(record);
	if (!same)
		record_mark_stale(record);
	if (!entry->salt.len) {
		fill_salt(salt);
		salted.salt = (struct str){(const char *)salt, SALT_SIZE};
	}
	bind_entry(put, &salted);
	statement_run(record, put);
	statement_end(record, put);
}

void record_remove(struct record *record, int64_t number)
{
	sqlite3_stmt *remove = statement_take(record, SQL_REMOVE);
	record_begin(record);
	record_mark_stale(record);
	sqlite3_bind_int64(remove, 1, number);
	statement_run(record, remove);
	statement_end(record, remove);
}

bool record_next_left(struct record *record, struct arena *arena, int64_t after, struct entry *out)
{
	sqlite3_stmt *next = statement_take(record, SQL_NEXT);
	bool found = false;
	while (!found) {
		while (after < record->last_number && record_has_met(record, after + 1))
			after++;
		sqlite3_bind_int64(next, 1, after);
		if (after >= record->last_number || sqlite3_step(next) != SQLITE_ROW)
			break;
		after = sqlite3_column_int64(next, 0);
		found = !record_has_met(record, after);
		if (found)
			*out = read_entry(next, arena);
		sqlite3_reset(next);
	}
	statement_end(record, next);
	return found;
}

bool record_next_in(struct record *record, struct arena *arena, struct str folder, struct str after,
	struct entry *out)
{
	sqlite3_stmt *next = statement_take(record, SQL_NEXT_IN);
	statement_text(next, 1, after);
	statement_text(next, 2, folder);
	bool found = sqlite3_step(next) == SQLITE_ROW;
	if (found)
		*out = read_entry(next, arena);
	statement_end(record, next);
	return found;
}

void record_forget_files(struct record *record, struct str folder)
{
	sqlite3_stmt *forget = statement_take(record, SQL_FORGET_FILES);
	record_begin(record);
	statement_text(forget, 1, folder);
	statement_run(record, forget);
	statement_end(record, forget);
}

/* -- the list ---------------------------------------------------------------------------------- */

void record_put_gone(struct record *record, int64_t number)
{
	sqlite3_stmt *put = statement_take(record, SQL_PUT_GONE);
	record_look(record);
	sqlite3_bind_int64(put, 1, number);
	record_begin(record);
	statement_run(record, put);
	if (sqlite3_changes(record->db))
		record_mark_stale(record);
	statement_end(record, put);
}

static struct leaf read_leaf(sqlite3_stmt *row, struct arena *arena)
{
	return (struct leaf){
		.letter = {.id = statement_column(row, arena, 0),
			.folder = statement_column(row, arena, 1),
			.file[FILE_PDF].size = sqlite3_column_int64(row, 2),
			.sha256 = statement_column(row, arena, 3),
			.template = statement_column(row, arena, 4),
			.pages = sqlite3_column_int(row, 5),
			.key = column_hash(row, 6),
			.salt = statement_column(row, arena, 7),
			.gone = sqlite3_column_int(row, 8),
			.edition = statement_column(row, arena, 12)},
		.made = sqlite3_column_int(row, 9),
		.aside = sqlite3_column_type(row, 10) != SQLITE_NULL,
		.findings = statement_column(row, arena, 10),
		.aside_salt = statement_column(row, arena, 11),
	};
}

bool record_next_leaf(
	struct record *record, struct arena *arena, struct str after, struct leaf *out)
{
	sqlite3_stmt *next = statement_take(record, SQL_NEXT_LEAF);
	statement_text(next, 1, after);
	bool found = sqlite3_step(next) == SQLITE_ROW;
	if (found)
		*out = read_leaf(next, arena);
	statement_end(record, next);
	return found;
}
