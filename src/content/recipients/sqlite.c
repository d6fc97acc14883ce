/* sqlite.c - a SQLite database → records: the rows of a query, or of the table of recipients.
 *
 * The database is opened for reading only, and the query may be nothing but a reading one. Numbers
 * come as SQLite writes them; what must keep its zeros has to be text there too. */
#include "recipients/recipients_int.h"

#include "base/diag_id.h"

#include <sqlite3.h>

struct database {
	struct source source;
	sqlite3 *connection;
	sqlite3_stmt *statement;
	struct table table;
	int row;
	bool ended;
};

static struct database *database_of(struct source *source)
{
	return (struct database *)source;
}

static void report(struct database *database, struct diags *diags)
{
	diag_add(diags, SQLITE, place_in(database->source.path),
		sqlite3_errmsg(database->connection));
}

static bool prepare(struct database *database, const char *query, struct diags *diags)
{
	const char *tail = "";
	sqlite3_finalize(database->statement);
	database->statement = NULL;
	if (sqlite3_prepare_v2(database->connection, query, -1, &database->statement, &tail) !=
		SQLITE_OK) {
		report(database, diags);
		return false;
	}
	bool reads = database->statement && sqlite3_stmt_readonly(database->statement) &&
		sqlite3_column_count(database->statement) > 0;
	if (reads && str_trim(str_of(tail)).len == 0)
		return true;
	diag_add(diags, SQLITE_QUERY, place_in(database->source.path), query);
	return false;
}

/* The table called recipients, or the only one there is. */
static const char *find_query(struct database *database, struct diags *diags)
{
	static const char tables[] =
		"SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE "
		"'sqlite_%' ORDER BY lower(name) <> 'recipients', name";
	if (!prepare(database, tables, diags))
		return NULL;
	struct arena *arena = database->source.arena;
	struct str name = {0};
	int count = 0;
	while (sqlite3_step(database->statement) == SQLITE_ROW && count < 2) {
		const char *found = (const char *)sqlite3_column_text(database->statement, 0);
		if (count++ == 0)
			name = str_copy(arena, str_of(found ? found : ""));
	}
	bool sure = count == 1 || (count > 1 && sqlite3_stricmp(name.at, "recipients") == 0);
	if (!sure) {
		diag_add0(diags, SQLITE_TABLE, place_in(database->source.path));
		return NULL;
	}
	char *query = sqlite3_mprintf("SELECT * FROM \"%w\"", name.at);
	const char *copy = str_copy(arena, str_of(query)).at;
	sqlite3_free(query);
	return copy;
}

static bool read_header(struct database *database, const char *query, struct diags *diags)
{
	struct arena *arena = database->source.arena;
	query = query ? query : find_query(database, diags);
	if (!query || !prepare(database, query, diags))
		return false;
	int count = sqlite3_column_count(database->statement);
	struct str *names = arena_new_array(arena, struct str, count);
	for (int i = 0; i < count; i++)
		names[i] = str_copy(arena, str_of(sqlite3_column_name(database->statement, i)));
	return table_header(&database->table, names, count, diags);
}

/* A cell as text; one that is NULL is not there. A number's text wants memory, and there is none
 * without it: never an empty one. */
static struct str cell(struct database *database, int column, int type, struct arena *arena)
{
	const char *text = (const char *)sqlite3_column_text(database->statement, column);
	int len = sqlite3_column_bytes(database->statement, column);
	if (!text && type != SQLITE_NULL)
		out_of_memory();
	return text ? str_copy(arena, (struct str){text, len}) : (struct str){0};
}

static enum recipients_result take(
	struct source *source, struct arena *arena, struct cells *cells, struct diags *diags)
{
	struct database *database = database_of(source);
	if (database->ended)
		return RECIPIENTS_END;
	int step = sqlite3_step(database->statement);
	database->ended = step != SQLITE_ROW;
	if (step != SQLITE_ROW && step != SQLITE_DONE)
		report(database, diags);
	if (step != SQLITE_ROW)
		return step == SQLITE_DONE ? RECIPIENTS_END : RECIPIENTS_BAD;
	int count = sqlite3_column_count(database->statement);
	struct str *copies = arena_new_array(arena, struct str, count);
	bool *stored = arena_new_array(arena, bool, count);
	source->ordinal = ++database->row;
	for (int i = 0; i < count; i++) {
		int type = sqlite3_column_type(database->statement, i);
		stored[i] = type == SQLITE_INTEGER || type == SQLITE_FLOAT;
		copies[i] = cell(database, i, type, arena);
	}
	*cells = (struct cells){copies, count, stored, false};
	return RECIPIENTS_GOOD;
}

static enum recipients_result next(
	struct source *source, struct arena *arena, struct recipient *out, struct diags *diags)
{
	return table_next(source, &database_of(source)->table, take, arena, out, diags);
}

static bool read(const struct source *source, struct arena *arena, struct recipient *out,
	struct diags *diags)
{
	return table_read(&((const struct database *)source)->table, arena, out, diags);
}

static void close(struct source *source)
{
	struct database *database = database_of(source);
	sqlite3_finalize(database->statement);
	table_close(&database->table);
	sqlite3_close(database->connection);
}

struct source *sqlite_open(
	const char *path, const struct template *template, const char *query, struct diags *diags)
{
	static const struct source_kind kind = {next, read, NULL, NULL, close};
	struct source *source = source_new(&kind, sizeof(struct database), path, template);
	struct database *database = database_of(source);
	database->table = (struct table){.arena = source->arena,
		.template = template,
		.file = source->path,
		.spoilt = true,
		.database = true,
		.head = 1};
	if (sqlite3_open_v2(path, &database->connection, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK)
		report(database, diags);
	else if (read_header(database, query, diags))
		return source;
	source_free(source);
	return NULL;
}
