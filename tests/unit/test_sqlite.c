/* A database whose memory ends at any moment: its rows come as they are, or the run ends, or it is
 * said. No cell is empty that is not. */
#include "room.h"
#include "support/support.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOST = 5000, NEVER = 1 << 30 };
enum { ENDED = 3, ENOUGH = 8 }; /* exit codes; 8: all requests were answered */

/* -- memory that ends -------------------------------------------------------------------------- */

static sqlite3_mem_methods plain;
static int left = NEVER; /* so many requests are answered; the next one is not */

static void *give(int size)
{
	return left-- == 0 ? NULL : plain.xMalloc(size);
}

static void *resize(void *at, int size)
{
	return left-- == 0 ? NULL : plain.xRealloc(at, size);
}

/* Small pieces would come from a store of SQLite's own. */
static int set_memory(void **state)
{
	(void)state;
	sqlite3_config(SQLITE_CONFIG_GETMALLOC, &plain);
	sqlite3_mem_methods ending = plain;
	ending.xMalloc = give;
	ending.xRealloc = resize;
	sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 0, 0);
	return sqlite3_config(SQLITE_CONFIG_MALLOC, &ending) == SQLITE_OK ? 0 : -1;
}

/* -- reading in a process of its own ----------------------------------------------------------- */

/* What it says: each record as XML, a line for a finding. */
static void read_all(struct room *room, const struct template *template, const char *path)
{
	struct recipients *source = recipients_open(path, template, NULL, room->diags);
	struct buf said = {0};
	enum recipients_result result = source ? RECIPIENTS_GOOD : RECIPIENTS_END;
	while (result != RECIPIENTS_END) {
		struct recipient recipient;
		result = recipients_next(source, room->arena, &recipient, room->diags);
		if (result == RECIPIENTS_GOOD)
			recipient_write(&recipient, &said);
	}
	if (diags_len(room->diags))
		buf_puts(&said, "finding\n");
	fwrite(said.at, 1, said.len, stdout);
	fflush(stdout);
}

/* Its exit code; what it said is in the file said. */
static int read_apart(
	struct room *room, const struct template *template, const char *path, const char *said)
{
	int status;
	fflush(NULL);
	pid_t child = fork();
	if (child == 0) {
		if (!freopen(said, "w", stdout) || !freopen("/dev/null", "w", stderr))
			_exit(9);
		read_all(room, template, path);
		_exit(left < 0 ? 0 : ENOUGH);
	}
	waitpid(child, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static struct str read_with(struct room *room, struct scratch *scratch, int memory, int *code)
{
	struct template *template = room_template(room,
		"<declare name='name'/><declare name='due' type='number'/>",
		"<p><field name='name'/> <field name='due'/></p>");
	const char *said = scratch_path(scratch, "said");
	left = memory;
	*code = read_apart(room, template, scratch_path(scratch, "a.db"), said);
	left = NEVER;
	return read_bytes(room->arena, said);
}

static void write_database(struct scratch *scratch, const char *sql)
{
	sqlite3 *db;
	assert_int_equal(sqlite3_open(scratch_path(scratch, "a.db"), &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
}

/* The records are the first of all; fewer than all only where something is said, or the run ended.
 * Gives how often it ended. */
static int hold_all(struct room *room, struct scratch *scratch, struct str whole)
{
	const struct str finding = str_lit("finding\n");
	for (int memory = 0, ended = 0; memory < MOST; memory++) {
		int code;
		struct str said = read_with(room, scratch, memory, &code);
		bool told = str_ends(said, finding.at);
		struct str records = str_slice(said, 0, said.len - (told ? finding.len : 0));
		if (!str_starts(whole, str_copy(room->arena, records).at))
			fail_msg("after %d requests: %s", memory, said.at);
		if (code == ENOUGH)
			return ended;
		ended += code == ENDED;
		assert_true(code == ENDED || told || records.len == whole.len);
	}
	fail_msg("memory ends after %d requests still", MOST);
	return 0;
}

/* -- cases ------------------------------------------------------------------------------------- */

/* Text of another encoding and numbers are made into text when they are asked for: at each of five
 * cells the run may end. */
static void no_cell_is_empty_for_want_of_memory(void **state)
{
	struct scratch scratch = scratch_new();
	int code;
	write_database(&scratch,
		"PRAGMA encoding='UTF-16le'; CREATE TABLE r (id, name, due);"
		"INSERT INTO r VALUES ('a', 'Ann Ash', 12.5), ('b', 'Ben Birch', 7);");
	struct str whole = read_with(*state, &scratch, NEVER, &code);
	assert_int_equal(code, ENOUGH);
	assert_holds(whole, "Ann Ash");
	assert_holds(whole, "12.5");
	assert_holds(whole, "Ben Birch");
	assert_true(hold_all(*state, &scratch, whole) >= 5);
	scratch_free(&scratch);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		room_test(no_cell_is_empty_for_want_of_memory),
	};
	return cmocka_run_group_tests(tests, set_memory, NULL);
}
