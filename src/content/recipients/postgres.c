/* postgres.c - a PostgreSQL database → records: the rows of a query, or of the table of recipients.
 *
 * libpq is loaded when a database is named. The rows come one by one, in a transaction that can
 * only read; the query is prepared first, so that it is one statement and what gives no rows is not
 * run. Only the server's own word that all rows were sent is the end: a connection that breaks ends
 * the run. */
#include "recipients/recipients_int.h"

#include "base/diag_id.h"
#include "base/library.h"

#include <libpq-fe.h>

/* clang-format off */
#define FUNCTIONS(DO) \
	DO(PQconnectdbParams) DO(PQfinish) DO(PQstatus) DO(PQerrorMessage) DO(PQexec) \
	DO(PQexecParams) DO(PQprepare) DO(PQdescribePrepared) DO(PQsendQueryPrepared) \
	DO(PQsetSingleRowMode) DO(PQgetResult) DO(PQresultStatus) DO(PQresultErrorField) \
	DO(PQclear) DO(PQnfields) DO(PQntuples) DO(PQfname) DO(PQftype) DO(PQgetvalue) \
	DO(PQgetlength) DO(PQgetisnull)
/* clang-format on */

struct libpq {
	FUNCTIONS(LIBRARY_POINTER)
};

/* What a column's type makes of its cells. */
enum cell_kind {
	CELL_WORDS,
	CELL_NUMBER,
	CELL_DATE,
	CELL_BOOLEAN,
	CELL_NONE /* no single value */
};

struct postgres {
	struct source source;
	struct libpq lib;
	PGconn *connection;
	PGresult *result; /* the one at hand: what cells point into */
	struct table table;
	enum cell_kind *kinds; /* by column */
	int row;
	bool ended;
};

static struct postgres *postgres_of(struct source *source)
{
	return (struct postgres *)source;
}

/* -- what the server says ---------------------------------------------------------------------- */

/* The result, which is kept until the next; false when it is not as it must be. */
static bool keep(struct postgres *postgres, PGresult *result, ExecStatusType wanted)
{
	postgres->lib.PQclear(postgres->result);
	postgres->result = result;
	return postgres->lib.PQresultStatus(result) == wanted;
}

static const char *field(const struct postgres *postgres, int code)
{
	return postgres->lib.PQresultErrorField(postgres->result, code);
}

static bool is_lost(const struct postgres *postgres)
{
	const char *severity = field(postgres, PG_DIAG_SEVERITY_NONLOCALIZED);
	return postgres->lib.PQstatus(postgres->connection) != CONNECTION_OK ||
		(severity && strcmp(severity, "ERROR") != 0);
}

/* What went wrong last: with the connection, or with the statement at hand. */
static void report(struct postgres *postgres, struct diags *diags)
{
	struct place at = place_in(postgres->source.path);
	const char *said = field(postgres, PG_DIAG_MESSAGE_PRIMARY);
	const char *position = field(postgres, PG_DIAG_STATEMENT_POSITION);
	const char *hint = field(postgres, PG_DIAG_MESSAGE_HINT);
	struct str words = str_trim(
		str_of(said ? said : postgres->lib.PQerrorMessage(postgres->connection)));
	const char *text = diag_str(diags, words);
	if (is_lost(postgres)) {
		diag_add(diags, POSTGRES_LOST, at, text);
		return;
	}
	diag_add(diags, POSTGRES, at, text,
		position ? str_format(postgres->source.arena, " at character %s of the query",
				   position)
				   .at
			 : "");
	if (hint)
		diag_hint(diags,
			str_format(postgres->source.arena, "the database says %.*s",
				str_arg(str_quoted(postgres->source.arena, str_of(hint))))
				.at);
}

/* -- connecting -------------------------------------------------------------------------------- */

static bool load(struct postgres *postgres, struct diags *diags)
{
	static const char *const names[] = {FUNCTIONS(LIBRARY_NAME)};
	if (library_load("libpq.so.5", names, sizeof names / sizeof *names, &postgres->lib))
		return true;
	diag_add(diags, LIBRARY, place_in(postgres->source.path), "libpq5", "a PostgreSQL database",
		"libpq5");
	return false;
}

/* What is not said in the address comes from the environment, PGSERVICEFILE and PGPASSFILE, as
 * libpq does it. */
static bool connect(struct postgres *postgres, const char *address, struct diags *diags)
{
	static const char *const names[] = {
		"fallback_application_name", "dbname", "client_encoding", NULL};
	const char *const values[] = {"lettermerge", address, "UTF8", NULL};
	postgres->connection = postgres->lib.PQconnectdbParams(names, values, 1);
	if (postgres->lib.PQstatus(postgres->connection) == CONNECTION_OK)
		return true;
	struct str said = str_trim(str_of(postgres->lib.PQerrorMessage(postgres->connection)));
	diag_add(diags, POSTGRES_CONNECT, place_in(postgres->source.path), diag_str(diags, said));
	return false;
}

/* A transaction that can only read, in which values are written in one way whatever the server's
 * own is. */
static bool begin(struct postgres *postgres, struct diags *diags)
{
	static const char *const statements[] = {"SET datestyle = 'ISO, YMD'",
		"SET extra_float_digits = 1",
		"BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"};
	for (size_t i = 0; i < sizeof statements / sizeof *statements; i++) {
		PGresult *result = postgres->lib.PQexec(postgres->connection, statements[i]);
		if (keep(postgres, result, PGRES_COMMAND_OK))
			continue;
		report(postgres, diags);
		return false;
	}
	return true;
}

/* -- the query --------------------------------------------------------------------------------- */

static bool ask(
	struct postgres *postgres, const char *query, const char *value, struct diags *diags)
{
	PGresult *result = postgres->lib.PQexecParams(
		postgres->connection, query, value != NULL, NULL, &value, NULL, NULL, 0);
	if (keep(postgres, result, PGRES_TUPLES_OK))
		return true;
	report(postgres, diags);
	return false;
}

static struct str cell_of(const struct postgres *postgres, int row, int column)
{
	const PGresult *result = postgres->result;
	return (struct str){postgres->lib.PQgetvalue(result, row, column),
		postgres->lib.PQgetlength(result, row, column)};
}

/* The table called recipients, or the only one there is, of those that need no schema's name. */
static const char *find_query(struct postgres *postgres, struct diags *diags)
{
	static const char tables[] =
		"SELECT format('SELECT * FROM %I.%I', n.nspname, c.relname), c.relname = "
		"'recipients' FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = "
		"c.relnamespace WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND "
		"pg_catalog.pg_table_is_visible(c.oid) AND n.nspname NOT IN ('pg_catalog', "
		"'information_schema') AND n.nspname NOT LIKE 'pg\\_toast%' ORDER BY 2 DESC, "
		"c.relname LIMIT 2";
	if (!ask(postgres, tables, NULL, diags))
		return NULL;
	int count = postgres->lib.PQntuples(postgres->result);
	if (count == 1 || (count == 2 && str_is(cell_of(postgres, 0, 1), "t")))
		return str_copy(postgres->source.arena, cell_of(postgres, 0, 0)).at;
	diag_add0(diags, SQLITE_TABLE, place_in(postgres->source.path));
	return NULL;
}

/* Whether it is one statement that gives rows; nothing of it is run yet. */
static bool prepare(struct postgres *postgres, const char *query, struct diags *diags)
{
	const struct libpq *lib = &postgres->lib;
	PGconn *connection = postgres->connection;
	bool good = keep(postgres, lib->PQprepare(connection, "", query, 0, NULL),
			    PGRES_COMMAND_OK) &&
		keep(postgres, lib->PQdescribePrepared(connection, ""), PGRES_COMMAND_OK);
	if (!good)
		report(postgres, diags);
	else if (lib->PQnfields(postgres->result) == 0)
		diag_add(diags, SQLITE_QUERY, place_in(postgres->source.path), query);
	return good && lib->PQnfields(postgres->result) > 0;
}

/* -- types ------------------------------------------------------------------------------------- */

/* By the category of the type (pg_type.typcategory), and its name where that says too little. */
static enum cell_kind kind_of(struct str category, struct str name)
{
	static const char *const none[] = {"bytea", "json", "jsonb", "xml", "hstore"};
	if (str_is(name, "money")) /* "$1,250.00", as the server's language has it */
		return CELL_WORDS;
	for (size_t i = 0; i < sizeof none / sizeof *none; i++)
		if (str_is(name, none[i]))
			return CELL_NONE;
	switch (category.len ? category.at[0] : 0) {
	case 'N':
		return CELL_NUMBER;
	case 'D':
		return CELL_DATE;
	case 'B':
		return CELL_BOOLEAN;
	case 'A':
	case 'C':
	case 'G':
	case 'P':
	case 'R':
		return CELL_NONE;
	default:
		return CELL_WORDS;
	}
}

/* The types of the columns, each asked for by its number. */
static bool read_types(struct postgres *postgres, const Oid *types, struct diags *diags)
{
	const struct table *table = &postgres->table;
	bool good = true;
	postgres->kinds = arena_new_array(table->arena, enum cell_kind, table->count);
	for (int i = 0; i < table->count && good; i++) {
		char number[16];
		snprintf(number, sizeof number, "%u", types[i]);
		if (!ask(postgres,
			    "SELECT typcategory, typname FROM pg_catalog.pg_type WHERE oid = "
			    "$1::oid",
			    number, diags))
			return false;
		if (!postgres->lib.PQntuples(postgres->result))
			continue;
		struct str name = cell_of(postgres, 0, 1);
		postgres->kinds[i] = kind_of(cell_of(postgres, 0, 0), name);
		good = postgres->kinds[i] != CELL_NONE || !table->columns[i].kept;
		if (!good)
			diag_add(diags, POSTGRES_TYPE, place_cell(table->file, 1, i + 1),
				diag_str(diags, table->columns[i].name), diag_str(diags, name));
	}
	return good;
}

/* Asks for the rows; their names are the table's header. */
static bool start(struct postgres *postgres, const char *query, struct diags *diags)
{
	const struct libpq *lib = &postgres->lib;
	struct arena *arena = postgres->source.arena;
	query = query ? query : find_query(postgres, diags);
	if (!query || !prepare(postgres, query, diags))
		return false;
	int count = lib->PQnfields(postgres->result);
	struct str *names = arena_new_array(arena, struct str, count);
	Oid *types = arena_new_array(arena, Oid, count);
	for (int i = 0; i < count; i++) {
		names[i] = str_copy(arena, str_of(lib->PQfname(postgres->result, i)));
		types[i] = lib->PQftype(postgres->result, i);
	}
	if (!table_header(&postgres->table, names, count, diags) ||
		!read_types(postgres, types, diags) || !prepare(postgres, query, diags))
		return false;
	if (lib->PQsendQueryPrepared(postgres->connection, "", 0, NULL, NULL, NULL, 0) &&
		lib->PQsetSingleRowMode(postgres->connection))
		return true;
	keep(postgres, NULL, PGRES_COMMAND_OK);
	report(postgres, diags);
	return false;
}

/* -- rows -------------------------------------------------------------------------------------- */

/* A cell as a source of words has it; NULL is not there. *bad: an error was said. */
static struct str read_cell(const struct postgres *postgres, int column, struct arena *arena,
	bool *stored, bool *bad, struct diags *diags)
{
	struct str text = cell_of(postgres, 0, column);
	if (postgres->lib.PQgetisnull(postgres->result, 0, column))
		return (struct str){0};
	switch (postgres->kinds[column]) {
	case CELL_BOOLEAN:
		return str_is(text, "t") ? str_lit("true") : str_lit("false");
	case CELL_DATE:
		*stored = true;
		return text;
	case CELL_NUMBER:
		*stored = text.len && strchr("-0123456789", text.at[0]) &&
			!str_is(text, "-Infinity");
		break;
	default:
		return text;
	}
	struct str plain = *stored ? number_plain(arena, text) : text;
	if (!plain.at)
		diag_add(diags, NUMBER_LONG,
			place_cell(postgres->table.file, postgres->row, column + 1),
			diag_str(diags, text));
	*bad |= !plain.at;
	return plain.at ? plain : text;
}

static enum recipients_result take(
	struct source *source, struct arena *arena, struct cells *cells, struct diags *diags)
{
	struct postgres *postgres = postgres_of(source);
	if (postgres->ended)
		return RECIPIENTS_END;
	PGresult *result = postgres->lib.PQgetResult(postgres->connection);
	postgres->ended = !keep(postgres, result, PGRES_SINGLE_TUPLE);
	if (postgres->ended) {
		if (postgres->lib.PQresultStatus(result) == PGRES_TUPLES_OK)
			return RECIPIENTS_END;
		report(postgres, diags);
		return RECIPIENTS_BAD;
	}
	int count = postgres->table.count;
	struct str *texts = arena_new_array(arena, struct str, count);
	bool *stored = arena_new_array(arena, bool, count);
	source->ordinal = ++postgres->row;
	*cells = (struct cells){texts, count, stored, false};
	for (int i = 0; i < count; i++)
		texts[i] = read_cell(postgres, i, arena, &stored[i], &cells->bad, diags);
	return RECIPIENTS_GOOD;
}

static enum recipients_result next(
	struct source *source, struct arena *arena, struct recipient *out, struct diags *diags)
{
	return table_next(source, &postgres_of(source)->table, take, arena, out, diags);
}

static bool read(const struct source *source, struct arena *arena, struct recipient *out,
	struct diags *diags)
{
	return table_read(&((const struct postgres *)source)->table, arena, out, diags);
}

static void close(struct source *source)
{
	struct postgres *postgres = postgres_of(source);
	table_close(&postgres->table);
	if (!postgres->connection)
		return;
	postgres->lib.PQclear(postgres->result);
	postgres->lib.PQfinish(postgres->connection);
}

struct source *postgres_open(const char *address, const struct template *template,
	const char *query, struct diags *diags)
{
	static const struct source_kind kind = {next, read, NULL, NULL, close};
	struct source *source = source_new(&kind, sizeof(struct postgres), "", template);
	struct postgres *postgres = postgres_of(source);
	source->path = recipients_shown(source->arena, address);
	postgres->table = (struct table){.arena = source->arena,
		.template = template,
		.file = source->path,
		.spoilt = true,
		.database = true};
	if (server_check(address, postgres->source.path, diags) && load(postgres, diags) &&
		connect(postgres, address, diags) && begin(postgres, diags) &&
		start(postgres, query, diags))
		return source;
	source_free(source);
	return NULL;
}
