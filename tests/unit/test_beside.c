/* A file written beside its place: the old one or the new one, and nothing left over, whichever
 * call to the system fails. The calls are this program's own, which go on to the system's. */
#include "base/base.h"
#include "support/support.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cmocka.h>

/* -- the system's calls ------------------------------------------------------------------------ */

static struct {
	const char *fails;   /* the call that fails with EIO; NULL: none */
	bool noted;          /* calls are written down */
	struct buf calls;    /* each with a blank behind it */
	const char *ends[2]; /* what another process renames before the next lock is taken */
} calls;

static bool call(const char *name)
{
	if (!calls.noted)
		return true;
	buf_format(&calls.calls, "%s ", name);
	errno = EIO;
	return !calls.fails || strcmp(calls.fails, name) != 0;
}

static int do_rename(const char *from, const char *to)
{
	return (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
}

ssize_t write(int fd, const void *bytes, size_t len)
{
	return call("write") ? (ssize_t)syscall(SYS_write, fd, bytes, len) : -1;
}

int fsync(int fd)
{
	return call("fsync") ? (int)syscall(SYS_fsync, fd) : -1;
}

int close(int fd)
{
	bool good = call("close");
	int closed = (int)syscall(SYS_close, fd);
	errno = good ? errno : EIO;
	return good ? closed : -1;
}

int rename(const char *from, const char *to)
{
	return call("rename") ? do_rename(from, to) : -1;
}

int flock(int fd, int operation)
{
	if (calls.ends[0])
		assert_int_equal(do_rename(calls.ends[0], calls.ends[1]), 0);
	calls.ends[0] = NULL;
	return call("flock") ? (int)syscall(SYS_flock, fd, operation) : -1;
}

/* ---------------------------------------------------------------------------------------------- */

static int setup(void **state)
{
	static struct scratch scratch;
	scratch = scratch_new();
	scratch_write(&scratch, "a.txt", "old");
	*state = &scratch;
	return 0;
}

static int teardown(void **state)
{
	calls.noted = false;
	calls.fails = NULL;
	buf_free(&calls.calls);
	scratch_free(*state);
	return 0;
}

static void assert_text(struct scratch *scratch, const char *name, const char *text)
{
	struct diags *diags = diags_new();
	struct str bytes = file_read(
		scratch->arena, scratch_path(scratch, name), place_none(), diags);
	assert_non_null(bytes.at);
	assert_string_equal(bytes.at, text);
	diags_free(diags);
}

static struct beside begin(struct scratch *scratch)
{
	struct beside file;
	beside_open(&file, scratch_path(scratch, "a.txt"), scratch_path(scratch, ".a.part"));
	beside_write(&file, "n", 1);
	beside_write(&file, "ew", 2);
	beside_settle(&file, true);
	return file;
}

static void what_is_kept_gets_its_name(void **state)
{
	struct beside file = begin(*state);
	assert_text(*state, "a.txt", "old");
	assert_true(beside_end(&file, true));
	assert_text(*state, "a.txt", "new");
	assert_false(file_exists(scratch_path(*state, ".a.part")));
}

static void what_is_not_kept_leaves_nothing(void **state)
{
	struct beside file = begin(*state);
	assert_false(beside_end(&file, false));
	assert_int_equal(file.error, 0);
	assert_text(*state, "a.txt", "old");
	assert_false(file_exists(scratch_path(*state, ".a.part")));
}

static void the_first_failure_is_told(void **state)
{
	struct diags *diags = diags_new();
	struct beside file;
	beside_open(&file, scratch_path(*state, "a.txt"), scratch_path(*state, "none/.a.part"));
	beside_write(&file, "new", 3);
	beside_settle(&file, true);
	assert_false(beside_end(&file, true));
	assert_int_equal(file.error, ENOENT);
	beside_report(&file, diags);
	assert_int_equal(diags_count(diags, SEVERITY_SYSTEM), 1);
	assert_text(*state, "a.txt", "old");
	diags_free(diags);
}

static void two_never_write_the_same(void **state)
{
	const char *path = scratch_path(*state, "a.txt"), *part = scratch_path(*state, ".a.part");
	struct beside first, second;
	beside_open_alone(&first, path, part);
	beside_write(&first, "first", 5);
	beside_open_alone(&second, path, part);
	assert_int_equal(second.error, EWOULDBLOCK);
	assert_false(beside_end(&second, true));
	beside_settle(&first, false);
	assert_true(beside_end(&first, true));
	assert_text(*state, "a.txt", "first");
}

static void who_waited_for_another_does_not_touch_what_that_has_published(void **state)
{
	const char *path = scratch_path(*state, "a.txt"), *part = scratch_path(*state, ".a.part");
	struct beside file;
	scratch_write(*state, ".a.part", "the other's");
	calls.ends[0] = part;
	calls.ends[1] = path;
	beside_open_alone(&file, path, part);
	assert_null(calls.ends[0]);
	assert_int_equal(file.error, 0);
	beside_write(&file, "new", 3);
	beside_settle(&file, false);
	assert_text(*state, "a.txt", "the other's");
	assert_true(beside_end(&file, true));
	assert_text(*state, "a.txt", "new");
}

static void what_another_has_begun_is_left_alone(void **state)
{
	const char *path = scratch_path(*state, "a.txt"), *part = scratch_path(*state, ".a.part");
	struct beside file;
	scratch_write(*state, ".a.part", "the other's");
	beside_open_new(&file, path, part);
	assert_int_equal(file.error, EEXIST);
	beside_write(&file, "new", 3);
	beside_settle(&file, true);
	assert_false(beside_end(&file, true));
	assert_text(*state, ".a.part", "the other's");
	assert_text(*state, "a.txt", "old");
}

static void what_has_ended_is_not_ended_again(void **state)
{
	struct beside file = begin(*state);
	assert_false(beside_end(&file, false));
	scratch_write(*state, ".a.part", "the other's");
	assert_false(beside_end(&file, false));
	assert_false(beside_end(&file, true));
	assert_text(*state, ".a.part", "the other's");
	assert_text(*state, "a.txt", "old");
}

/* -- failures ---------------------------------------------------------------------------------- */

/* How files are begun, and the calls that each makes to get its name. */
static const struct way {
	void (*open)(struct beside *file, const char *path, const char *beside);
	const char *calls;
} ways[] = {
	{beside_open, "write write fsync close rename "},
	{beside_open_new, "write write fsync close rename "},
	{beside_open_alone, "flock write write fsync rename close "},
};

/* True when it got its name; what was called is in calls.calls. */
static bool write_all(struct scratch *scratch, const struct way *way, struct beside *file)
{
	const char *path = scratch_path(scratch, "a.txt"), *part = scratch_path(scratch, ".a.part");
	buf_clear(&calls.calls);
	calls.noted = true;
	way->open(file, path, part);
	beside_write(file, "n", 1);
	beside_write(file, "ew", 2);
	beside_settle(file, true);
	bool kept = beside_end(file, true);
	calls.noted = false;
	return kept;
}

static void bytes_are_on_the_disk_before_the_file_has_its_name(void **state)
{
	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
		struct beside file;
		scratch_write(*state, "a.txt", "old");
		assert_true(write_all(*state, &ways[i], &file));
		assert_string_equal(buf_text(&calls.calls).at, ways[i].calls);
		assert_text(*state, "a.txt", "new");
	}
}

static void whatever_fails_leaves_the_old_file_and_nothing_beside(void **state)
{
	static const char *const fail[] = {"write", "fsync", "close", "rename"};
	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
		for (size_t k = 0; k < sizeof fail / sizeof *fail; k++) {
			struct beside file;
			/* A lock lasts beyond the name: its close says nothing of the bytes. */
			if (ways[i].open == beside_open_alone && strcmp(fail[k], "close") == 0)
				continue;
			print_message("# way %zu, %s\n", i, fail[k]);
			calls.fails = fail[k];
			assert_false(write_all(*state, &ways[i], &file));
			assert_int_equal(file.error, EIO);
			assert_text(*state, "a.txt", "old");
			assert_false(file_exists(scratch_path(*state, ".a.part")));
			if (strcmp(fail[k], "rename") != 0)
				assert_int_equal(str_find(buf_text(&calls.calls), "rename"), -1);
		}
}

static void a_lock_that_cannot_be_taken_removes_nothing(void **state)
{
	struct beside file;
	scratch_write(*state, ".a.part", "the other's");
	calls.fails = "flock";
	assert_false(write_all(*state, &ways[2], &file));
	assert_int_equal(file.error, EIO);
	assert_text(*state, ".a.part", "the other's");
	assert_text(*state, "a.txt", "old");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(what_is_kept_gets_its_name, setup, teardown),
		cmocka_unit_test_setup_teardown(what_is_not_kept_leaves_nothing, setup, teardown),
		cmocka_unit_test_setup_teardown(the_first_failure_is_told, setup, teardown),
		cmocka_unit_test_setup_teardown(two_never_write_the_same, setup, teardown),
		cmocka_unit_test_setup_teardown(
			who_waited_for_another_does_not_touch_what_that_has_published, setup,
			teardown),
		cmocka_unit_test_setup_teardown(
			what_another_has_begun_is_left_alone, setup, teardown),
		cmocka_unit_test_setup_teardown(what_has_ended_is_not_ended_again, setup, teardown),
		cmocka_unit_test_setup_teardown(
			bytes_are_on_the_disk_before_the_file_has_its_name, setup, teardown),
		cmocka_unit_test_setup_teardown(
			whatever_fails_leaves_the_old_file_and_nothing_beside, setup, teardown),
		cmocka_unit_test_setup_teardown(
			a_lock_that_cannot_be_taken_removes_nothing, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
