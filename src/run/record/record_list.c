/* record_list.c - what the record knows of the list of the run as a whole, and of parts of it. */
#include "record/record_sql_int.h"

#include "record/names.h"

static struct str text_of(sqlite3_stmt *row, struct arena *arena, int at)
{
	return str_copy(arena,
		(struct str){
			(const char *)sqlite3_column_text(row, at), sqlite3_column_bytes(row, at)});
}

static struct record_list read_list(sqlite3_stmt *row, struct arena *arena)
{
	return (struct record_list){
		.stale = sqlite3_column_int(row, 0),
		.whole = sqlite3_column_int(row, 1),
		.origin = text_of(row, arena, 2),
		.source = text_of(row, arena, 3),
		.missing = text_of(row, arena, 4),
	};
}

void record_read_list(struct record *record)
{
	sqlite3_stmt *query = NULL;
	static const char sql[] = "SELECT stale, whole, origin, source, missing FROM run";
	if (!record->error)
		record_note_error(record, sqlite3_prepare_v2(record->db, sql, -1, &query, NULL));
	if (query && sqlite3_step(query) == SQLITE_ROW)
		record->list = read_list(query, record->arena);
	record_note_error(record, sqlite3_finalize(query));
}

const struct record_list *record_list(const struct record *record)
{
	return &record->list;
}

int64_t record_run(const struct record *record)
{
	return record->run;
}

void record_mark_stale(struct record *record)
{
	if (!record->list.stale)
		record_execute(record, "UPDATE run SET stale=1");
	record->list.stale = true;
}

static bool same(const struct record_list *a, const struct record_list *b)
{
	return a->whole == b->whole && str_eq(a->origin, b->origin) &&
		str_eq(a->source, b->source) && str_eq(a->missing, b->missing);
}

/* Runs one statement that sqlite3_mprintf made, in the transaction under way. */
static void write_run(struct record *record, char *sql)
{
	pthread_mutex_lock(&record->lock);
	record_begin(record);
	record_execute(record, sql);
	pthread_mutex_unlock(&record->lock);
	sqlite3_free(sql);
}

void record_put_list(struct record *record, const struct record_list *list)
{
	if (same(&record->list, list))
		return;
	record->list = (struct record_list){true, list->whole,
		str_copy(record->arena, list->origin), str_copy(record->arena, list->source),
		str_copy(record->arena, list->missing)};
	write_run(record,
		sqlite3_mprintf("UPDATE run SET stale=1, whole=%d, origin='%.*q', source='%.*q', "
				"missing='%.*q'",
			list->whole, str_arg(list->origin), str_arg(list->source),
			str_arg(list->missing)));
}

void record_listed(struct record *record)
{
	write_run(record,
		sqlite3_mprintf("UPDATE run SET stale=0, since=listed, listed=%lld", record->run));
	record->list.stale = false;
}

void record_salt(struct record *record)
{
	write_run(record,
		sqlite3_mprintf("UPDATE letter SET salt=chance() WHERE salt IS NULL;"
				"UPDATE failed SET salt=chance() WHERE salt IS NULL"));
}

/* -- parts */

bool record_shard_state(struct arena *arena, const char *out, struct shard shard,
	struct shard_state *state, struct diags *diags)
{
	struct record *record = record_open(out, shard, RECORD_READ, DURABILITY_SAFE, diags);
	if (!record)
		return false;
	*state = (struct shard_state){
		.finished = record->list.whole && !record->was_open,
		.joined = record_query_number(record, "SELECT joining FROM run") > 0,
		.origin = str_copy(arena, record->list.origin),
		.source = str_copy(arena, record->list.source),
	};
	record_close(record);
	return true;
}

bool record_mark_joined(const char *out, struct shard shard, struct diags *diags)
{
	struct record *record = record_open(out, shard, RECORD_WRITE, DURABILITY_SAFE, diags);
	if (!record)
		return false;
	write_run(record, sqlite3_mprintf("UPDATE run SET joining=1, open=%d", record->was_open));
	bool good = record_commit(record, diags);
	record_close(record);
	return good;
}

void record_put_counts(struct record *record, struct str json)
{
	write_run(record, sqlite3_mprintf("UPDATE run SET counts='%.*q'", str_arg(json)));
}

int record_sum_count(struct record *record, int shards, const char *name)
{
	char *sql = sqlite3_mprintf(
		"SELECT sum(json_extract(part.value, '$.%s')) FROM run, json_each(run.counts) part "
		"WHERE part.key LIKE '%%/%d' AND instr(' '||missing||' ', ' '||part.key||' ')=0",
		name, shards);
	int sum = (int)record_query_number(record, sql);
	sqlite3_free(sql);
	return sum;
}
