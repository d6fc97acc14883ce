/* approval_version.c - the versions that were approved: letter, what it is bound to → how it was,
 * as text, packed against a base that others have too. One that two persons have approved is kept
 * once, and none longer than an approval of it; a base, as long as a version needs it. */
#include "record/approval_int.h"

#include "record/versions.h"

bool approvals_drop_versions(struct approvals *approvals, struct str id, struct diags *diags)
{
	const struct str nobody = str_lit("");
	return approvals_end(approvals, approvals_start(approvals, SQL_DROP_VERSIONS, id, nobody),
		       diags) >= 0 &&
		approvals_end(approvals, approvals_start(approvals, SQL_DROP_BASES, nobody, nobody),
			diags) >= 0;
}

/* -- bases ------------------------------------------------------------------------------------- */

/* Text of a row in which its size stands before its bytes. */
static struct str read_text(struct arena *arena, sqlite3_stmt *row, int at, struct str base)
{
	const struct str bytes = {
		sqlite3_column_blob(row, at + 1), sqlite3_column_bytes(row, at + 1)};
	return version_unpack(arena, bytes, sqlite3_column_int(row, at), base);
}

/* A base by its number in the file; .at NULL: there is none. */
static struct str read_base(struct approvals *approvals, struct arena *arena, int64_t number)
{
	struct str text = {0};
	sqlite3_stmt *base = approvals_start(approvals, SQL_BASE, str_lit(""), str_lit(""));
	if (base)
		sqlite3_bind_int64(base, 3, number);
	if (base && sqlite3_step(base) == SQLITE_ROW)
		text = read_text(arena, base, 1, (struct str){0});
	sqlite3_reset(base);
	return text;
}

/* Those that the file has, the last ones, so that few are added to it. */
static void load_bases(struct approvals *approvals)
{
	struct arena *arena = arena_new();
	sqlite3_stmt *bases = approvals_start(approvals, SQL_BASES, str_lit(""), str_lit(""));
	while (bases && sqlite3_step(bases) == SQLITE_ROW) {
		const struct version_base base = {
			approvals_text(bases, 3), read_text(arena, bases, 1, (struct str){0})};
		int number = base.text.len ? versions_add_base(approvals->versions, &base) : -1;
		if (number >= 0)
			approvals->base[number] = sqlite3_column_int64(bases, 0);
	}
	sqlite3_reset(bases);
	arena_free(arena);
}

void approvals_share(struct approvals *approvals, struct versions *versions)
{
	approvals->versions = versions;
	approvals->shared = true;
	approvals->group = APPROVALS_MANY;
}

struct packed approvals_pack(
	struct approvals *approvals, struct str id, const struct subject *subject)
{
	const struct version_base version = {id, subject->version};
	pthread_mutex_lock(&approvals->lock);
	if (!approvals->versions) {
		approvals->versions = versions_new();
		load_bases(approvals);
	}
	pthread_mutex_unlock(&approvals->lock);
	return versions_pack(approvals->versions, &version);
}

static bool is_there(struct approvals *approvals, int64_t number)
{
	sqlite3_stmt *base = number ? approvals_start(approvals, SQL_BASE, str_lit(""), str_lit(""))
				    : NULL;
	if (base)
		sqlite3_bind_int64(base, 3, number);
	bool there = base && sqlite3_step(base) == SQLITE_ROW;
	sqlite3_reset(base);
	return there;
}

/* The number in the file of the version's base, which is added if it is not there; 0: it stands
 * alone; -1 after an error. */
static int64_t number_of(
	struct approvals *approvals, const struct packed *version, struct diags *diags)
{
	int64_t *number = version->base < 0 ? NULL : &approvals->base[version->base];
	if (!number || is_there(approvals, *number))
		return number ? *number : 0;
	struct version_base base = versions_base(approvals->versions, version->base);
	struct packed packed = version_deflate(base.text);
	sqlite3_stmt *add = approvals_start(approvals, SQL_BASE_ADD, base.id, str_lit(""));
	if (add) {
		sqlite3_bind_int(add, 3, packed.size);
		sqlite3_bind_blob(add, 4, packed.bytes.at, (int)packed.bytes.len, SQLITE_STATIC);
	}
	bool good = approvals_end(approvals, add, diags) >= 0;
	buf_free(&packed.bytes);
	*number = good ? sqlite3_last_insert_rowid(approvals->db) : 0;
	return good ? *number : -1;
}

/* -- versions ---------------------------------------------------------------------------------- */

bool approvals_keep(struct approvals *approvals, struct str id, const struct concerns *content,
	const struct packed *version, struct diags *diags)
{
	int64_t base = number_of(approvals, version, diags);
	sqlite3_stmt *insert = base < 0 ? NULL
					: approvals_start(approvals, SQL_KEEP, id, str_lit(""));
	if (!insert)
		return false;
	sqlite3_bind_int(insert, 3, version->size);
	sqlite3_bind_blob(insert, 4, content, sizeof *content, SQLITE_STATIC);
	sqlite3_bind_blob(insert, 5, version->bytes.at, (int)version->bytes.len, SQLITE_STATIC);
	sqlite3_bind_int64(insert, 6, base);
	return approvals_end(approvals, insert, diags) >= 0;
}

/* Of a row: size, bytes, number of the base. */
static struct str read_version(struct approvals *approvals, struct arena *arena, sqlite3_stmt *row)
{
	int64_t number = sqlite3_column_int64(row, 2);
	struct str base = {0};
	if (number && !(base = read_base(approvals, arena, number)).at)
		return (struct str){0};
	return read_text(arena, row, 0, base);
}

struct str approvals_version(
	struct arena *arena, const char *out, struct str id, struct str by, struct diags *diags)
{
	struct approvals *approvals = approvals_open(out, false, diags);
	struct str version = {0};
	if (!approvals)
		return version;
	sqlite3_stmt *find = approvals_start(approvals, SQL_VERSION, id, by);
	if (find && sqlite3_step(find) == SQLITE_ROW)
		version = read_version(approvals, arena, find);
	approvals_close(approvals);
	return version;
}

/* -- forgetting -------------------------------------------------------------------------------- */

/* A version that needs a base. */
struct needing {
	struct arena *arena;
	struct str id;
	struct concerns content;
	struct subject subject;
};

/* How many: 1, 0, or -1 after an error. */
static int find_needing(
	struct approvals *approvals, int64_t number, struct needing *out, struct diags *diags)
{
	struct arena *arena = out->arena;
	sqlite3_stmt *one = approvals_start(approvals, SQL_NEEDING, str_lit(""), str_lit(""));
	if (one)
		sqlite3_bind_int64(one, 3, number);
	bool found = one && sqlite3_step(one) == SQLITE_ROW &&
		sqlite3_column_bytes(one, 4) == sizeof out->content;
	if (found) {
		out->id = str_copy(arena, approvals_text(one, 3));
		memcpy(&out->content, sqlite3_column_blob(one, 4), sizeof out->content);
		out->subject = (struct subject){.version = read_version(approvals, arena, one)};
	}
	return approvals_ended(approvals, one, diags) ? found : -1;
}

/* One that cannot be read is no loss. */
static bool keep_anew(
	struct approvals *approvals, const struct needing *needing, struct diags *diags)
{
	sqlite3_stmt *drop = approvals_start(approvals, SQL_DROP_VERSION, needing->id, str_lit(""));
	if (drop)
		sqlite3_bind_blob(
			drop, 3, &needing->content, sizeof needing->content, SQLITE_STATIC);
	if (approvals_end(approvals, drop, diags) < 1)
		return false;
	struct packed packed = approvals_pack(approvals, needing->id, &needing->subject);
	bool good = !packed.size ||
		approvals_keep(approvals, needing->id, &needing->content, &packed, diags);
	buf_free(&packed.bytes);
	return good;
}

/* 0: there is none, -1 after an error. */
static int64_t find_base_of(struct approvals *approvals, struct str id, struct diags *diags)
{
	sqlite3_stmt *base = approvals_start(approvals, SQL_BASE_OF, id, str_lit(""));
	int64_t number = base && sqlite3_step(base) == SQLITE_ROW ? sqlite3_column_int64(base, 0)
								  : 0;
	return approvals_ended(approvals, base, diags) ? number : -1;
}

static bool drop_base(struct approvals *approvals, int64_t number, struct diags *diags)
{
	sqlite3_stmt *drop = approvals_start(approvals, SQL_DROP_BASE, str_lit(""), str_lit(""));
	if (drop)
		sqlite3_bind_int64(drop, 3, number);
	return approvals_end(approvals, drop, diags) >= 0;
}

/* Then nothing needs it. */
static bool free_base(struct approvals *approvals, int64_t number, struct diags *diags)
{
	struct needing needing = {.arena = arena_new()};
	int found;
	bool good = true;
	while (good && (found = find_needing(approvals, number, &needing, diags)) != 0) {
		good = found > 0 && keep_anew(approvals, &needing, diags);
		arena_reset(needing.arena);
	}
	arena_free(needing.arena);
	return good;
}

bool approvals_forget_base(struct approvals *approvals, struct str id, struct diags *diags)
{
	int64_t number;
	bool good = true;
	if (!approvals->versions)
		approvals->versions = versions_new(); /* of those in the file none is taken */
	while (good && (number = find_base_of(approvals, id, diags)) != 0)
		good = number > 0 && free_base(approvals, number, diags) &&
			drop_base(approvals, number, diags);
	return good;
}
