/* record_forget.c - whom a record knows, and a record that has forgotten some of them to the last
 * byte.
 *
 * First the file is made anew, so that no byte of an earlier text stands in it anywhere but in the
 * row that is removed then, and SQLite writes zeros over that (secure_delete). Before both the log
 * that is written ahead is gone, and the lock that is held between transactions, since under it the
 * file of the pages as they were would stay; so the transaction's end is the end of it all. */
#include "record/record_sql_int.h"

static struct str text_at(sqlite3_stmt *row, int at)
{
	return (struct str){
		(const char *)sqlite3_column_text(row, at), sqlite3_column_bytes(row, at)};
}

void record_each(struct record *record, void (*one)(void *user, struct str id, struct str archive),
	void *user)
{
	static const char sql[] =
		"SELECT id, iif(coalesce(pdf_size, html_size, txt_size, 0)>0 AND folder LIKE ':%', "
		"substr(folder, 2), '') FROM letter UNION ALL SELECT id, '' FROM failed";
	sqlite3_stmt *all = NULL;
	if (!record->error)
		record_note_error(record, sqlite3_prepare_v2(record->db, sql, -1, &all, NULL));
	while (all && sqlite3_step(all) == SQLITE_ROW)
		one(user, text_at(all, 0), text_at(all, 1));
	record_note_error(record, sqlite3_finalize(all));
}

static void remove_rows(struct record *record, const char *table, struct str id)
{
	char *sql = sqlite3_mprintf("DELETE FROM %s WHERE id='%.*q'", table, str_arg(id));
	record_execute(record, sql);
	sqlite3_free(sql);
}

/* Texts that no letter has any more. */
static void remove_texts(struct record *record)
{
	record_execute(record,
		"DELETE FROM basis WHERE number NOT IN (SELECT basis FROM letter);"
		"DELETE FROM shape WHERE number NOT IN (SELECT shape FROM letter);"
		"DELETE FROM piece WHERE number NOT IN"
		" (SELECT value FROM shape, json_each('['||pieces||']'))");
	record_forget_pieces(record);
}

bool record_forget(struct record *record, const struct str *ids, int count, struct diags *diags)
{
	record_execute(record,
		"PRAGMA journal_mode=DELETE; PRAGMA locking_mode=NORMAL; VACUUM; "
		"BEGIN IMMEDIATE");
	for (int i = 0; i < count; i++) {
		remove_rows(record, "letter", ids[i]);
		remove_rows(record, "failed", ids[i]);
	}
	remove_texts(record);
	record_execute(record, "COMMIT");
	return record_commit(record, diags);
}

bool record_wipe(struct record *record, struct diags *diags)
{
	pthread_mutex_lock(&record->lock);
	record_begin(record);
	remove_texts(record);
	pthread_mutex_unlock(&record->lock);
	if (!record_commit(record, diags))
		return false;
	record_execute(record, "VACUUM");
	return record_commit(record, diags);
}
