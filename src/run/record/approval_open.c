/* approval_open.c - the file of approvals: begun, opened, and refused where it is not whole. */
#include "record/approval_int.h"

#include "base/beside.h"
#include "base/diag_id.h"
#include "record/folder.h"
#include "record/names.h"

#include <errno.h>
#include <poll.h>
#include <sys/stat.h>

enum { WAIT_MS = 10000, GROUP = 250 /* approvals: one wait for the disk */ };

bool approvals_report(const struct approvals *approvals, int code, struct diags *diags)
{
	struct place place = place_in(approvals->path);
	if (code == SQLITE_OK || code == SQLITE_ROW || code == SQLITE_DONE)
		return true;
	diag_add(diags, APPROVALS, place, approvals->path, sqlite3_errmsg(approvals->db));
	return false;
}

static int64_t ask_number(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *query = NULL;
	int64_t number = -1;
	if (sqlite3_prepare_v2(db, sql, -1, &query, NULL) == SQLITE_OK &&
		sqlite3_step(query) == SQLITE_ROW)
		number = sqlite3_column_int64(query, 0);
	sqlite3_finalize(query);
	return number;
}

/* SQLite takes a last page of which a part is missing for one that ends in zeros. Nobody writes
 * meanwhile: what is read first holds the file. */
static bool is_whole(const struct approvals *approvals)
{
	struct stat file;
	sqlite3 *db = approvals->db;
	bool held = sqlite3_exec(db, "BEGIN; SELECT 1 FROM sqlite_master LIMIT 1", NULL, NULL,
			    NULL) == SQLITE_OK;
	int64_t size = ask_number(db, "PRAGMA page_count") * ask_number(db, "PRAGMA page_size");
	bool whole = !held || (stat(approvals->path, &file) == 0 && file.st_size >= size);
	sqlite3_exec(db, "COMMIT", NULL, NULL, NULL);
	return whole;
}

/* A file is never there without its tables: one of which no page is left would else be read as one
 * in which nobody has approved anything. */
static bool set_up(struct approvals *approvals, bool write, struct diags *diags)
{
	sqlite3_busy_timeout(approvals->db, WAIT_MS);
	/* A group that does not fit into memory would else shut out readers until it ends. */
	sqlite3_exec(
		approvals->db, "PRAGMA secure_delete=ON; PRAGMA cache_spill=OFF", NULL, NULL, NULL);
	approvals_know_persons(approvals->db);
	approvals->form = approvals_form(approvals->db);
	int code = sqlite3_errcode(approvals->db);
	if (approvals->form > APPROVALS_FORM) {
		diag_add(diags, RECORD_VERSION, place_in(approvals->path), approvals->path,
			diag_int(diags, approvals->form));
		return false;
	}
	if (approvals->form == 0 || (approvals->form > 0 && !is_whole(approvals))) {
		diag_add(diags, APPROVALS, place_in(approvals->path), approvals->path,
			"it is empty, or was cut off");
		return false;
	}
	if (approvals->form >= 0 && approvals->form < APPROVALS_FORM && write) {
		code = approvals_upgrade(approvals->db);
		approvals->form = APPROVALS_FORM;
	}
	return approvals_report(approvals, code, diags);
}

/* An empty file, made in memory: so that no journal is left beside it either. */
static void write_empty(struct beside *file)
{
	sqlite3 *db = NULL;
	sqlite3_int64 len = 0;
	bool good = sqlite3_open(":memory:", &db) == SQLITE_OK &&
		approvals_upgrade(db) == SQLITE_OK;
	unsigned char *bytes = good ? sqlite3_serialize(db, "main", &len, 0) : NULL;
	sqlite3_close(db);
	if (bytes)
		beside_write(file, bytes, (size_t)len);
	else
		file->error = ENOMEM;
	sqlite3_free(bytes);
}

/* All of it or nothing, whoever is killed: what then lies beside is begun anew by the next. Another
 * may begin it at the same time, and is waited for. What goes wrong is said when it is opened. */
static void begin_file(struct arena *arena, const char *path)
{
	enum { PAUSE_MS = 20 };
	const char *fresh = str_format(arena, "%s.new", path).at;
	for (int waited = 0; !file_exists(path) && waited < WAIT_MS; waited += PAUSE_MS) {
		struct beside file;
		beside_open_alone(&file, path, fresh);
		beside_make_private(&file);
		write_empty(&file);
		beside_settle(&file, true);
		bool busy = file.error == EWOULDBLOCK;
		beside_end(&file, !file_exists(path));
		if (!busy)
			return;
		poll(NULL, 0, PAUSE_MS);
	}
}

struct approvals *approvals_open(const char *out, bool write, struct diags *diags)
{
	struct arena *arena = arena_new();
	const char *path = names_hidden(arena, out, (struct shard){0}, "approvals.db");
	if (write ? !folder_make(out, diags) : !file_exists(path)) {
		arena_free(arena);
		return NULL;
	}
	struct approvals *approvals = arena_alloc(arena, sizeof *approvals);
	*approvals = (struct approvals){.arena = arena, .path = path, .group = GROUP};
	pthread_mutex_init(&approvals->lock, NULL);
	if (write)
		begin_file(arena, path);
	/* Who only reads may have to take back what a killed writer began. */
	int code = sqlite3_open_v2(
		path, &approvals->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
	if (approvals_report(approvals, code, diags) && set_up(approvals, write, diags))
		return approvals;
	approvals_close(approvals);
	return NULL;
}

struct approvals *approvals_open_there(const char *out, struct diags *diags)
{
	struct approvals *approvals = approvals_open(out, false, diags);
	bool there = approvals != NULL;
	approvals_close(approvals);
	return there ? approvals_open(out, true, diags) : NULL;
}

void approvals_close(struct approvals *approvals)
{
	if (!approvals)
		return;
	for (int i = 0; i < SQL_COUNT; i++)
		sqlite3_finalize(approvals->statements[i]);
	sqlite3_close(approvals->db);
	pthread_mutex_destroy(&approvals->lock);
	if (!approvals->shared)
		versions_free(approvals->versions);
	arena_free(approvals->arena);
}
