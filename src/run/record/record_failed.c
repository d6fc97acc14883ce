/* record_failed.c - the records that made no letter, in the record: why, until they make one; and
 * which letters are of an edition. */
#include "record/record_sql_int.h"

static bool same_failed(struct record *record, struct str id, struct str findings)
{
	sqlite3_stmt *find = statement_take(record, SQL_SAME_FAILED);
	statement_text(find, 1, id);
	statement_text(find, 2, findings);
	bool same = sqlite3_step(find) == SQLITE_ROW;
	statement_end(record, find);
	return same;
}

void record_put_failed(struct record *record, struct str id, struct str source, struct str findings)
{
	bool same = record->list.stale || same_failed(record, id, findings);
	sqlite3_stmt *put = statement_take(record, SQL_PUT_FAILED);
	record_begin(record);
	if (!same)
		record_mark_stale(record);
	statement_text(put, 1, id);
	statement_text(put, 2, source);
	statement_text(put, 3, findings);
	sqlite3_bind_int64(put, 4, record->run);
	statement_run(record, put);
	statement_end(record, put);
}

static bool has_failed(struct record *record, struct str id)
{
	sqlite3_stmt *find = statement_take(record, SQL_HAS_FAILED);
	statement_text(find, 1, id);
	bool found = sqlite3_step(find) == SQLITE_ROW;
	statement_end(record, find);
	return found;
}

void record_drop_failed(struct record *record, struct str id)
{
	if (!record->had_failed || !has_failed(record, id))
		return;
	sqlite3_stmt *drop = statement_take(record, SQL_DROP_FAILED);
	record_begin(record);
	statement_text(drop, 1, id);
	sqlite3_bind_int64(drop, 2, record->run);
	statement_run(record, drop);
	if (sqlite3_changes(record->db))
		record_mark_stale(record);
	statement_end(record, drop);
}

void record_drop_old_failed(struct record *record)
{
	if (!record->had_failed)
		return;
	sqlite3_stmt *drop = statement_take(record, SQL_DROP_OLD_FAILED);
	record_begin(record);
	sqlite3_bind_int64(drop, 1, record->run);
	statement_run(record, drop);
	if (sqlite3_changes(record->db))
		record_mark_stale(record);
	statement_end(record, drop);
}

void record_write_codes(struct record *record, bool all, struct buf *out)
{
	sqlite3_stmt *codes = statement_take(record, SQL_CODES);
	struct arena *arena = arena_new();
	bool first = true;
	sqlite3_bind_int64(codes, 1, all ? 0 : record->run);
	for (; sqlite3_step(codes) == SQLITE_ROW; first = false) {
		buf_puts(out, first ? "\n{\"id\":" : ",\n{\"id\":");
		json_string(out, statement_column(codes, arena, 0));
		buf_format(out, ",\"codes\":%s}", (const char *)sqlite3_column_text(codes, 1));
		arena_reset(arena);
	}
	arena_free(arena);
	statement_end(record, codes);
}

bool record_write_editions(struct record *record, struct buf *out)
{
	sqlite3_stmt *letters = statement_take(record, SQL_EDITIONS);
	struct arena *arena = arena_new();
	bool first = true;
	for (; sqlite3_step(letters) == SQLITE_ROW; first = false) {
		buf_puts(out, first ? "\n{\"id\":" : ",\n{\"id\":");
		json_string(out, statement_column(letters, arena, 0));
		json_member(out, "edition", statement_column(letters, arena, 1));
		buf_char(out, '}');
		arena_reset(arena);
	}
	arena_free(arena);
	statement_end(record, letters);
	return !first;
}

int record_write_failed(struct record *record, struct buf *out)
{
	sqlite3_stmt *all = statement_take(record, SQL_ALL_FAILED);
	struct arena *arena = arena_new();
	int count = 0;
	buf_puts(out, "{\"failed\":[");
	while (sqlite3_step(all) == SQLITE_ROW) {
		buf_puts(out, count++ ? ",\n{\"id\":" : "\n{\"id\":");
		json_string(out, statement_column(all, arena, 0));
		json_member(out, "record", statement_column(all, arena, 1));
		buf_format(out, ",\"findings\":[%s]}", (const char *)sqlite3_column_text(all, 2));
		arena_reset(arena);
	}
	buf_puts(out, "\n]}\n");
	arena_free(arena);
	statement_end(record, all);
	return count;
}
