/* record_sql.c - the record's statements, and rows → struct entry and back. */
#include "record/record_sql_int.h"

#define COLUMNS_OF(kind) kind "_size, " kind "_mtime, " kind "_hash, " kind "_at, " kind "_crc"
#define ENTRY_COLUMNS                                                           \
	"number, id, folder, key, basis, shape, fields, pages, recalled, "      \
	"warnings, " COLUMNS_OF("pdf") ", " COLUMNS_OF("html") ", " COLUMNS_OF( \
		"txt") ", merge_warnings, stamp, surroundings, person, "        \
		       "sha256, template, seen, derived, inferred, late"

enum {
	FIRST_FILE_COLUMN = 10,
	FILE_COLUMNS = 5,
	FIRST_QUICK_COLUMN = FIRST_FILE_COLUMN + FILE_COLUMNS * FILE_KINDS
};

static const char *const texts[RECORD_STATEMENTS] = {
	[SQL_FIND] = "SELECT " ENTRY_COLUMNS " FROM letter WHERE id=?1",
	[SQL_NEXT] = "SELECT " ENTRY_COLUMNS " FROM letter WHERE number>?1 ORDER BY number LIMIT 1",
	[SQL_NEXT_IN] = "SELECT " ENTRY_COLUMNS " FROM letter "
			"WHERE id>?1 AND folder=?2 ORDER BY id LIMIT 1",
	[SQL_FORGET_FILES] = "UPDATE letter SET pdf_size=NULL, html_size=NULL, txt_size=NULL "
			     "WHERE folder=?1",
	[SQL_NEXT_SIGNED] = "SELECT id, folder, pdf_size, sha256, template FROM letter "
			    "WHERE id>?1 AND sha256<>'' ORDER BY id LIMIT 1",
	[SQL_PUT] = "INSERT OR REPLACE INTO letter(" ENTRY_COLUMNS ") "
		    "VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17,?18,?19,?20,"
		    "?21,?22,?23,?24,?25,?26,?27,?28,?29,?30,?31,?32,?33,?34,"
		    "?35)",
	[SQL_REMOVE] = "DELETE FROM letter WHERE number=?1",
	[SQL_FIND_BASIS] = "SELECT number FROM basis WHERE hash=?1",
	[SQL_FIND_SHAPE] = "SELECT number FROM shape WHERE hash=?1",
	[SQL_PUT_BASIS] = "INSERT INTO basis(hash, text) VALUES(?1, ?2)",
	[SQL_PUT_SHAPE] = "INSERT INTO shape(hash, text) VALUES(?1, ?2)",
	[SQL_BASIS] = "SELECT text FROM basis WHERE number=?1",
	[SQL_SHAPE] = "SELECT text FROM shape WHERE number=?1",
	[SQL_PUT_FAILED] = "INSERT OR REPLACE INTO failed VALUES(?1, ?2, ?3, ?4)",
	[SQL_HAS_FAILED] = "SELECT 1 FROM failed WHERE id=?1",
	[SQL_DROP_FAILED] = "DELETE FROM failed WHERE id=?1",
	[SQL_DROP_OLD_FAILED] = "DELETE FROM failed WHERE run<>?1",
	[SQL_ALL_FAILED] = "SELECT id, source, findings FROM failed ORDER BY id",
};

bool record_prepare(struct record *record)
{
	for (int i = 0; i < RECORD_STATEMENTS && !record->error; i++)
		record_note_error(record,
			sqlite3_prepare_v3(record->db, texts[i], -1, SQLITE_PREPARE_PERSISTENT,
				&record->statement[i], NULL));
	return !record->error;
}

/* -- binding and reading ----------------------------------------------------------------------- */

static sqlite3_stmt *start(struct record *record, enum record_statement id)
{
	pthread_mutex_lock(&record->lock);
	return record->statement[id];
}

static void end(struct record *record, sqlite3_stmt *statement)
{
	record_note_error(record, sqlite3_reset(statement));
	sqlite3_clear_bindings(statement);
	pthread_mutex_unlock(&record->lock);
}

static void run_once(struct record *record, sqlite3_stmt *statement)
{
	if (!record->error)
		record_note_error(record, sqlite3_step(statement));
}

static void bind_text(sqlite3_stmt *statement, int at, struct str text)
{
	sqlite3_bind_text(statement, at, text.at ? text.at : "", text.len, SQLITE_STATIC);
}

static void bind_bytes(sqlite3_stmt *statement, int at, struct str bytes)
{
	sqlite3_bind_blob(statement, at, bytes.at ? bytes.at : "", bytes.len, SQLITE_STATIC);
}

static void bind_hash(sqlite3_stmt *statement, int at, const struct hash *hash)
{
	sqlite3_bind_blob(statement, at, hash->at, HASH_SIZE, SQLITE_STATIC);
}

static struct str column(sqlite3_stmt *statement, struct arena *arena, int at)
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

static struct entry read_entry(sqlite3_stmt *row, struct arena *arena)
{
	struct entry entry = {
		.number = sqlite3_column_int64(row, 0),
		.id = column(row, arena, 1),
		.folder = column(row, arena, 2),
		.key = column_hash(row, 3),
		.basis = sqlite3_column_int64(row, 4),
		.shape = sqlite3_column_int64(row, 5),
		.values = column(row, arena, 6),
		.pages = sqlite3_column_int(row, 7),
		.standings.count[STANDING_RECALLED] = sqlite3_column_int(row, 8),
		.warnings = sqlite3_column_int(row, 9),
		.merge_warnings = sqlite3_column_int(row, FIRST_QUICK_COLUMN),
		.stamp = sqlite3_column_int64(row, FIRST_QUICK_COLUMN + 1),
		.merge_stamp = sqlite3_column_int64(row, FIRST_QUICK_COLUMN + 2),
		.person = sqlite3_column_int64(row, FIRST_QUICK_COLUMN + 3),
		.sha256 = column(row, arena, FIRST_QUICK_COLUMN + 4),
		.template = column(row, arena, FIRST_QUICK_COLUMN + 5),
		.standings.late = sqlite3_column_int(row, FIRST_QUICK_COLUMN + 9),
	};
	for (int i = 0; i < 3; i++)
		entry.standings.count[STANDING_SEEN + i] = sqlite3_column_int(
			row, FIRST_QUICK_COLUMN + 6 + i);
	for (int i = 0, at = FIRST_FILE_COLUMN; i < FILE_KINDS; i++, at += FILE_COLUMNS)
		entry.file[i] = (struct written){
			.size = sqlite3_column_int64(row, at),
			.mtime = sqlite3_column_int64(row, at + 1),
			.hash = column_hash(row, at + 2),
			.at = sqlite3_column_int64(row, at + 3),
			.crc = (uint32_t)sqlite3_column_int64(row, at + 4),
		};
	return entry;
}

static void bind_entry(sqlite3_stmt *put, const struct entry *entry)
{
	if (entry->number)
		sqlite3_bind_int64(put, 1, entry->number);
	bind_text(put, 2, entry->id);
	bind_text(put, 3, entry->folder);
	bind_hash(put, 4, &entry->key);
	sqlite3_bind_int64(put, 5, entry->basis);
	sqlite3_bind_int64(put, 6, entry->shape);
	bind_bytes(put, 7, entry->values);
	sqlite3_bind_int(put, 8, entry->pages);
	sqlite3_bind_int(put, 9, entry->standings.count[STANDING_RECALLED]);
	sqlite3_bind_int(put, 10, entry->warnings);
	sqlite3_bind_int(put, FIRST_QUICK_COLUMN + 1, entry->merge_warnings);
	sqlite3_bind_int64(put, FIRST_QUICK_COLUMN + 2, entry->stamp);
	sqlite3_bind_int64(put, FIRST_QUICK_COLUMN + 3, entry->merge_stamp);
	sqlite3_bind_int64(put, FIRST_QUICK_COLUMN + 4, entry->person);
	bind_text(put, FIRST_QUICK_COLUMN + 5, entry->sha256);
	bind_text(put, FIRST_QUICK_COLUMN + 6, entry->template);
	for (int i = 0; i < 3; i++)
		sqlite3_bind_int(
			put, FIRST_QUICK_COLUMN + 7 + i, entry->standings.count[STANDING_SEEN + i]);
	sqlite3_bind_int(put, FIRST_QUICK_COLUMN + 10, entry->standings.late);
	for (int i = 0, at = FIRST_FILE_COLUMN + 1; i < FILE_KINDS; i++, at += FILE_COLUMNS) {
		const struct written *file = &entry->file[i];
		if (!file->size)
			continue;
		sqlite3_bind_int64(put, at, file->size);
		sqlite3_bind_int64(put, at + 1, file->mtime);
		bind_hash(put, at + 2, &file->hash);
		sqlite3_bind_int64(put, at + 3, file->at);
		sqlite3_bind_int64(put, at + 4, file->crc);
	}
}

/* -- letters ----------------------------------------------------------------------------------- */

bool record_find(struct record *record, struct arena *arena, struct str id, struct entry *out)
{
	sqlite3_stmt *find = start(record, SQL_FIND);
	record_look(record);
	bind_text(find, 1, id);
	bool found = sqlite3_step(find) == SQLITE_ROW;
	if (found)
		*out = read_entry(find, arena);
	end(record, find);
	return found;
}

void record_put(struct record *record, const struct entry *entry)
{
	sqlite3_stmt *put = start(record, SQL_PUT);
	record_begin(record);
	bind_entry(put, entry);
	run_once(record, put);
	end(record, put);
}

void record_remove(struct record *record, int64_t number)
{
	sqlite3_stmt *remove = start(record, SQL_REMOVE);
	record_begin(record);
	sqlite3_bind_int64(remove, 1, number);
	run_once(record, remove);
	end(record, remove);
}

bool record_next_left(struct record *record, struct arena *arena, int64_t after, struct entry *out)
{
	sqlite3_stmt *next = start(record, SQL_NEXT);
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
	end(record, next);
	return found;
}

bool record_next_in(struct record *record, struct arena *arena, struct str folder, struct str after,
	struct entry *out)
{
	sqlite3_stmt *next = start(record, SQL_NEXT_IN);
	bind_text(next, 1, after);
	bind_text(next, 2, folder);
	bool found = sqlite3_step(next) == SQLITE_ROW;
	if (found)
		*out = read_entry(next, arena);
	end(record, next);
	return found;
}

void record_forget_files(struct record *record, struct str folder)
{
	sqlite3_stmt *forget = start(record, SQL_FORGET_FILES);
	record_begin(record);
	bind_text(forget, 1, folder);
	run_once(record, forget);
	end(record, forget);
}

bool record_next_signed(
	struct record *record, struct arena *arena, struct str after, struct entry *out)
{
	sqlite3_stmt *next = start(record, SQL_NEXT_SIGNED);
	bind_text(next, 1, after);
	bool found = sqlite3_step(next) == SQLITE_ROW;
	if (found)
		*out = (struct entry){
			.id = column(next, arena, 0),
			.folder = column(next, arena, 1),
			.file[FILE_PDF].size = sqlite3_column_int64(next, 2),
			.sha256 = column(next, arena, 3),
			.template = column(next, arena, 4),
		};
	end(record, next);
	return found;
}

/* -- shared texts ------------------------------------------------------------------------------ */

int64_t record_find_text(struct record *record, enum record_text kind, const struct hash *hash)
{
	sqlite3_stmt *find = start(record, kind == RECORD_BASIS ? SQL_FIND_BASIS : SQL_FIND_SHAPE);
	bind_hash(find, 1, hash);
	int64_t number = sqlite3_step(find) == SQLITE_ROW ? sqlite3_column_int64(find, 0) : 0;
	end(record, find);
	return number;
}

int64_t record_put_text(
	struct record *record, enum record_text kind, const struct hash *hash, struct str text)
{
	int64_t number = record_find_text(record, kind, hash);
	if (number)
		return number;
	sqlite3_stmt *put = start(record, kind == RECORD_BASIS ? SQL_PUT_BASIS : SQL_PUT_SHAPE);
	record_begin(record);
	bind_hash(put, 1, hash);
	bind_bytes(put, 2, text);
	run_once(record, put);
	number = sqlite3_last_insert_rowid(record->db);
	end(record, put);
	return number;
}

struct str record_text(
	struct record *record, struct arena *arena, enum record_text kind, int64_t number)
{
	sqlite3_stmt *find = start(record, kind == RECORD_BASIS ? SQL_BASIS : SQL_SHAPE);
	struct str text = {0};
	sqlite3_bind_int64(find, 1, number);
	if (sqlite3_step(find) == SQLITE_ROW)
		text = column(find, arena, 0);
	end(record, find);
	return text;
}

/* -- failures ---------------------------------------------------------------------------------- */

void record_put_failed(struct record *record, struct str id, struct str source, struct str findings)
{
	sqlite3_stmt *put = start(record, SQL_PUT_FAILED);
	record_begin(record);
	bind_text(put, 1, id);
	bind_text(put, 2, source);
	bind_text(put, 3, findings);
	sqlite3_bind_int64(put, 4, record->run);
	run_once(record, put);
	end(record, put);
}

static bool has_failed(struct record *record, struct str id)
{
	sqlite3_stmt *find = start(record, SQL_HAS_FAILED);
	bind_text(find, 1, id);
	bool found = sqlite3_step(find) == SQLITE_ROW;
	end(record, find);
	return found;
}

void record_drop_failed(struct record *record, struct str id)
{
	if (!record->had_failed || !has_failed(record, id))
		return;
	sqlite3_stmt *drop = start(record, SQL_DROP_FAILED);
	record_begin(record);
	bind_text(drop, 1, id);
	run_once(record, drop);
	end(record, drop);
}

void record_drop_old_failed(struct record *record)
{
	if (!record->had_failed)
		return;
	sqlite3_stmt *drop = start(record, SQL_DROP_OLD_FAILED);
	record_begin(record);
	sqlite3_bind_int64(drop, 1, record->run);
	run_once(record, drop);
	end(record, drop);
}

int record_write_failed(struct record *record, struct buf *out)
{
	sqlite3_stmt *all = start(record, SQL_ALL_FAILED);
	struct arena *arena = arena_new();
	int count = 0;
	buf_puts(out, "{\"failed\":[");
	while (sqlite3_step(all) == SQLITE_ROW) {
		buf_puts(out, count++ ? ",\n{\"id\":" : "\n{\"id\":");
		json_string(out, column(all, arena, 0));
		buf_puts(out, ",\"record\":");
		json_string(out, column(all, arena, 1));
		buf_format(out, ",\"findings\":[%s]}", (const char *)sqlite3_column_text(all, 2));
		arena_reset(arena);
	}
	buf_puts(out, "\n]}\n");
	arena_free(arena);
	end(record, all);
	return count;
}
