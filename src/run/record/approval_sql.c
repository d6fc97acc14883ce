/* approval_sql.c - the tables of the file of approvals, and all that is said to them. */
#include "record/approval_int.h"

/* A blob of a row begins with form and key; the content is the rest. */
#define OF_ROW "substr(a.content, 18)"
_Static_assert(offsetof(struct noted, content) == 17, "where the content begins, counted from 1");

#define SAME_PERSON "person_key(person)=person_key(?2)"
#define FOUND_COLUMNS "person_key(person), content, person, at"
#define REMARK_COLUMNS "id, person, at, known, kind, text, version, number"
#define OLD_REMARK "id, person, at, known, kind, text, '', number, 0"
#define OLD_LOG "number, at, act, id, who, known, version, note, salt, leaf, chain"
#define LOG_COLUMNS                                                                      \
	OLD_LOG ", upto, signature, coalesce((SELECT b.chain FROM log b WHERE b.number=" \
		"log.number-1), '')"

static const char *const words[SQL_COUNT] = {
	[SQL_FIND] = "SELECT " FOUND_COLUMNS ", signature FROM approval WHERE id=?1 ORDER BY 1",
	[SQL_OF_PERSON] = "SELECT person, content, signature FROM approval WHERE id=?1 AND (?2='' "
			  "OR " SAME_PERSON ") ORDER BY at, person",
	[SQL_LIST] = "SELECT id, person, at, content, known, signature FROM approval ORDER "
		     "BY id, at, person",
	[SQL_LIST_ONE] = "SELECT id, person, at, content, known, signature FROM approval WHERE "
			 "id=?1 ORDER BY at, person",
	[SQL_TAKE_BACK] = "DELETE FROM approval WHERE id=?1 AND (?2='' OR " SAME_PERSON ")",
	[SQL_PUT] = "INSERT INTO approval(id, person, content, at, known, signature) VALUES(?1, "
		    "?2, ?3, ?4, ?5, ?6)",
	[SQL_KEEP] = "INSERT OR IGNORE INTO version(id, size, content, shown, base) VALUES(?1, "
		     "?3, ?4, ?5, ?6)",
	[SQL_DROP_VERSIONS] = "DELETE FROM version WHERE id=?1 AND NOT EXISTS (SELECT 1 FROM "
			      "approval a WHERE a.id=?1 AND " OF_ROW "=version.content)",
	[SQL_DROP_VERSION] = "DELETE FROM version WHERE id=?1 AND content=?3",
	[SQL_BASES] = "SELECT number, size, shown, id FROM version_base ORDER BY number DESC LIMIT "
		      "4",
	[SQL_BASE] = "SELECT number, size, shown FROM version_base WHERE number=?3",
	[SQL_BASE_OF] = "SELECT number FROM version_base WHERE id=?1",
	[SQL_BASE_ADD] = "INSERT INTO version_base(id, size, shown) VALUES(?1, ?3, ?4)",
	[SQL_DROP_BASE] = "DELETE FROM version_base WHERE number=?3",
	[SQL_DROP_BASES] = "DELETE FROM version_base WHERE NOT EXISTS (SELECT 1 FROM version WHERE "
			   "version.base=version_base.number)",
	[SQL_NEEDING] = "SELECT size, shown, base, id, content FROM version WHERE base=?3 LIMIT 1",
	[SQL_VERSION] =
		"SELECT v.size, v.shown, v.base FROM approval a JOIN version v ON v.id=a.id AND "
		"v.content=" OF_ROW " WHERE a.id=?1 AND " SAME_PERSON,
	[SQL_LOG_LAST] = "SELECT number, chain FROM log ORDER BY number DESC LIMIT 1",
	[SQL_LOG_LINE] = "SELECT " LOG_COLUMNS " FROM log WHERE number=?3",
	[SQL_LOG_ADD] = "INSERT INTO log(id, who, " /* the first two, as everywhere */
			"number, at, upto, signature, act, known, version, note, salt, leaf, "
			"chain) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
	[SQL_LOG_LIST] = "SELECT " LOG_COLUMNS " FROM log ORDER BY number",
	[SQL_LOG_LIST_ONE] = "SELECT " LOG_COLUMNS " FROM log WHERE id=?1 ORDER BY number",
	[SQL_LOG_FORGET] = "UPDATE log SET at=0, act='', id='', who='', known='', version='', "
			   "note='', salt='', upto=0, signature=NULL WHERE id=?1",
	[SQL_REMARK_ADD] = /* numbered as in the log */
	"INSERT INTO remark(id, person, at, known, kind, text, version, number) VALUES(?1, ?2, ?3, "
	"?4, ?5, ?6, ?7, max((SELECT max(number) FROM log), coalesce((SELECT max(number)+1 FROM "
	"remark), 0)))",
	[SQL_REMARK_DROP] = "DELETE FROM remark WHERE id=?1",
	[SQL_REMARK_END] = "UPDATE remark SET answered=?4 WHERE number=?3",
	[SQL_REMARKS] = "SELECT " REMARK_COLUMNS ", answered FROM remark ORDER BY id, number",
	[SQL_REMARKS_ONE] = "SELECT " REMARK_COLUMNS
			    ", answered FROM remark WHERE id=?1 ORDER BY number",
};

/* The same of a file that an earlier version wrote, in a form below this one, and that is only
 * read. */
static const struct {
	enum approvals_sql which;
	int below; /* of a statement's rows the first that is above the file's form */
	const char *sql;
} older[] = {
	{SQL_LIST, 3,
		"SELECT id, person, at, content, '', NULL FROM approval ORDER BY id, at, person"},
	{SQL_LIST_ONE, 3,
		"SELECT id, person, at, content, '', NULL FROM approval WHERE id=?1 "
		"ORDER BY at, person"},
	{SQL_LIST, 6,
		"SELECT id, person, at, content, known, NULL FROM approval ORDER BY id, at, "
		"person"},
	{SQL_LIST_ONE, 6,
		"SELECT id, person, at, content, known, NULL FROM approval WHERE id=?1 ORDER BY "
		"at, person"},
	{SQL_VERSION, 7,
		"SELECT v.size, v.shown, 0 FROM approval a JOIN version v ON v.id=a.id AND "
		"v.content=" OF_ROW " WHERE a.id=?1 AND " SAME_PERSON},
	{SQL_FIND, 6, "SELECT " FOUND_COLUMNS ", NULL FROM approval WHERE id=?1 ORDER BY 1"},
	{SQL_LOG_LIST, 3, "SELECT 1 WHERE 0"},
	{SQL_LOG_LIST_ONE, 3, "SELECT 1 WHERE 0"},
	{SQL_LOG_LIST, 8, "SELECT " OLD_LOG ", 0, NULL, '' FROM log ORDER BY number"},
	{SQL_LOG_LIST_ONE, 8,
		"SELECT " OLD_LOG ", 0, NULL, '' FROM log WHERE id=?1 ORDER BY number"},
	{SQL_REMARKS, 4, "SELECT 1 WHERE 0"},
	{SQL_REMARKS_ONE, 4, "SELECT 1 WHERE 0"},
	{SQL_REMARKS, 5, "SELECT " OLD_REMARK " FROM remark ORDER BY id, number"},
	{SQL_REMARKS_ONE, 5, "SELECT " OLD_REMARK " FROM remark WHERE id=?1 ORDER BY number"},
	{SQL_REMARKS, 8, "SELECT " REMARK_COLUMNS ", 0 FROM remark ORDER BY id, number"},
	{SQL_REMARKS_ONE, 8,
		"SELECT " REMARK_COLUMNS ", 0 FROM remark WHERE id=?1 ORDER BY number"},
};

/* From which form on each step has been taken. */
static const struct {
	int form;
	const char *sql;
} steps[] = {
	{1,
		"CREATE TABLE approval(id TEXT NOT NULL, person TEXT NOT NULL, content BLOB NOT "
		"NULL, "
		"at INTEGER NOT NULL, PRIMARY KEY(id, person)) WITHOUT ROWID"},
	{2,
		"CREATE TABLE version(id TEXT NOT NULL, content BLOB NOT NULL, size INTEGER NOT "
		"NULL, "
		"shown BLOB NOT NULL, PRIMARY KEY(id, content)) WITHOUT ROWID"},
	{3,
		"ALTER TABLE approval ADD COLUMN known TEXT NOT NULL DEFAULT '';"
		"CREATE TABLE log(number INTEGER PRIMARY KEY, at INTEGER NOT NULL, act TEXT NOT "
		"NULL, "
		"id TEXT NOT NULL, who TEXT NOT NULL, known TEXT NOT NULL, version TEXT NOT NULL, "
		"note TEXT NOT NULL, salt TEXT NOT NULL, leaf TEXT NOT NULL, chain TEXT NOT NULL);"
		"CREATE INDEX log_of_letter ON log(id, number)"},
	{4,
		"CREATE TABLE remark(number INTEGER PRIMARY KEY, id TEXT NOT NULL, person TEXT NOT "
		"NULL, at INTEGER NOT NULL, known TEXT NOT NULL, kind INTEGER NOT NULL, text TEXT "
		"NOT NULL);"
		"CREATE INDEX remark_of_letter ON remark(id, number)"},
	{5, "ALTER TABLE remark ADD COLUMN version TEXT NOT NULL DEFAULT ''"},
	{6, "ALTER TABLE approval ADD COLUMN signature BLOB"},
	{7, /* a number is never given twice: a version would be read against another base */
		"CREATE TABLE version_base(number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT "
		"NULL, size INTEGER NOT NULL, shown BLOB NOT NULL);"
		"CREATE INDEX base_of_letter ON version_base(id);"
		"ALTER TABLE version ADD COLUMN base INTEGER NOT NULL DEFAULT 0;"
		"CREATE INDEX version_needs ON version(base)"},
	{8, /* answered: by the line of that number */
		"ALTER TABLE log ADD COLUMN upto INTEGER NOT NULL DEFAULT 0;"
		"ALTER TABLE log ADD COLUMN signature BLOB;"
		"ALTER TABLE remark ADD COLUMN answered INTEGER NOT NULL DEFAULT 0"},
};

static void give_key(sqlite3_context *context, int count, sqlite3_value **values)
{
	struct arena *arena = arena_new();
	const char *text = (const char *)sqlite3_value_text(values[0]);
	struct str name = {text ? text : "", sqlite3_value_bytes(values[0])};
	struct str key = approval_person_key(arena, name);
	(void)count;
	sqlite3_result_text(context, key.at, key.len, SQLITE_TRANSIENT);
	arena_free(arena);
}

int approvals_know_persons(sqlite3 *db)
{
	return sqlite3_create_function(db, "person_key", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC,
		NULL, give_key, NULL, NULL);
}

int approvals_form(sqlite3 *db)
{
	sqlite3_stmt *query = NULL;
	int version = -1;
	if (sqlite3_prepare_v2(db, "PRAGMA user_version", -1, &query, NULL) == SQLITE_OK &&
		sqlite3_step(query) == SQLITE_ROW)
		version = sqlite3_column_int(query, 0);
	sqlite3_finalize(query);
	return version;
}

/* Another process may have taken a step meanwhile: it is looked at again under the lock. */
int approvals_upgrade(sqlite3 *db)
{
	int code = sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL);
	int form = code == SQLITE_OK ? approvals_form(db) : 0;
	for (size_t i = 0; i < sizeof steps / sizeof *steps && code == SQLITE_OK; i++)
		if (steps[i].form > form)
			code = sqlite3_exec(db, steps[i].sql, NULL, NULL, NULL);
	char *end = sqlite3_mprintf("PRAGMA user_version=%d; COMMIT", APPROVALS_FORM);
	if (code == SQLITE_OK)
		code = end ? sqlite3_exec(db, end, NULL, NULL, NULL) : SQLITE_NOMEM;
	sqlite3_free(end);
	return code;
}

void approvals_bind(sqlite3_stmt *statement, int at, struct str text)
{
	sqlite3_bind_text(statement, at, text.at ? text.at : "", text.len, SQLITE_STATIC);
}

struct str approvals_text(sqlite3_stmt *row, int at)
{
	const char *text = (const char *)sqlite3_column_text(row, at);
	return (struct str){text ? text : "", sqlite3_column_bytes(row, at)};
}

struct str approvals_blob(sqlite3_stmt *row, int at)
{
	const char *bytes = sqlite3_column_blob(row, at);
	return (struct str){bytes ? bytes : "", sqlite3_column_bytes(row, at)};
}

enum known approvals_known(sqlite3_stmt *row, int at)
{
	enum known known = known_of(approvals_text(row, at));
	return known < KNOWN_COUNT ? known : KNOWN_NOT;
}

static const char *words_for(enum approvals_sql which, int form)
{
	for (size_t i = 0; i < sizeof older / sizeof *older; i++)
		if (older[i].which == which && form < older[i].below)
			return older[i].sql;
	return words[which];
}

sqlite3_stmt *approvals_start(
	struct approvals *approvals, enum approvals_sql which, struct str id, struct str person)
{
	sqlite3_stmt **statement = &approvals->statements[which];
	if (!*statement)
		sqlite3_prepare_v3(approvals->db, words_for(which, approvals->form), -1,
			SQLITE_PREPARE_PERSISTENT, statement, NULL);
	if (!*statement)
		return NULL;
	sqlite3_reset(*statement);
	approvals_bind(*statement, 1, id);
	approvals_bind(*statement, 2, person);
	return *statement;
}

bool approvals_ended(struct approvals *approvals, sqlite3_stmt *statement, struct diags *diags)
{
	int code = statement ? sqlite3_reset(statement) : sqlite3_errcode(approvals->db);
	return approvals_report(approvals, code, diags);
}

int approvals_end(struct approvals *approvals, sqlite3_stmt *statement, struct diags *diags)
{
	if (statement)
		sqlite3_step(statement);
	return approvals_ended(approvals, statement, diags) ? sqlite3_changes(approvals->db) : -1;
}

bool approvals_execute(struct approvals *approvals, const char *sql, struct diags *diags)
{
	return approvals_report(
		approvals, sqlite3_exec(approvals->db, sql, NULL, NULL, NULL), diags);
}
