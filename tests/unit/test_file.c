/* Whole files in and out; paths. */
#include "base/base.h"
#include "base/diag_id.h"
#include "support/support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cmocka.h>
#include <errno.h>

/* The file that is cut or goes on right before it is read next, in place of the system's read. */
static struct {
	const char *path;
	off_t size;
} changing;

ssize_t read(int fd, void *to, size_t len)
{
	const char *path = changing.path;
	changing.path = NULL;
	if (path)
		assert_int_equal(truncate(path, changing.size), 0);
	return syscall(SYS_read, fd, to, len);
}

struct desk {
	struct scratch scratch;
	struct diags *diags;
};

static int setup(void **state)
{
	static struct desk desk;
	desk = (struct desk){scratch_new(), diags_new()};
	*state = &desk;
	return 0;
}

static int teardown(void **state)
{
	struct desk *desk = *state;
	diags_free(desk->diags);
	scratch_free(&desk->scratch);
	return 0;
}

static void what_was_published_can_be_read(void **state)
{
	struct desk *desk = *state;
	const char *path = scratch_path(&desk->scratch, "a.pdf");
	for (int sync = 0; sync < 2; sync++) {
		assert_true(file_publish(path, "by\0tes", 6, sync, desk->diags));
		struct str bytes = file_read(desk->scratch.arena, path, place_none(), desk->diags);
		assert_int_equal(bytes.len, 6);
		assert_memory_equal(bytes.at, "by\0tes", 7); /* and a NUL behind */
	}
	assert_string_equal(list_folder(desk->scratch.arena, desk->scratch.dir).at, "a.pdf\n");
	assert_int_equal(diags_len(desk->diags), 0);
}

static void an_empty_file_is_not_an_error(void **state)
{
	struct desk *desk = *state;
	scratch_write(&desk->scratch, "empty", "");
	struct str bytes = file_read(desk->scratch.arena, scratch_path(&desk->scratch, "empty"),
		place_none(), desk->diags);
	assert_non_null(bytes.at);
	assert_int_equal(bytes.len, 0);
}

/* A part of a record may be a record: with another sum, without its last lines. */
static void of_a_file_that_changes_nothing_is_read(void **state)
{
	static const off_t sizes[] = {0, 5, 9, 11, 20};
	struct desk *desk = *state;
	const char *path = scratch_path(&desk->scratch, "a.xml");
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		scratch_write(&desk->scratch, "a.xml", "0123456789");
		changing.path = path;
		changing.size = sizes[i];
		struct str bytes = file_read(desk->scratch.arena, path, place_none(), desk->diags);
		assert_null(bytes.at);
		assert_int_equal(diags_len(desk->diags), 1);
		assert_non_null(
			strstr(diags_at(desk->diags, 0)->text, "it was changed while it was read"));
		diags_clear(desk->diags);
	}
}

static bool is_text(struct str name)
{
	return str_ends(name, ".txt");
}

static void a_folder_is_listed_by_the_bytes_of_its_names(void **state)
{
	struct desk *desk = *state;
	struct arena *arena = desk->scratch.arena;
	static const char *const made[] = {"b.txt", "a.txt", "B.txt", "\xC3\xA9.txt", ".c", "d/e"};
	static const char *const all[] = {".c", "B.txt", "a.txt", "b.txt", "d", "\xC3\xA9.txt"};
	struct str *names;
	for (int i = 0; i < 6; i++)
		scratch_write(&desk->scratch, made[i], "");
	assert_int_equal(folder_list(arena, desk->scratch.dir, NULL, &names), 6);
	for (int i = 0; i < 6; i++)
		assert_string_equal(names[i].at, all[i]);
	assert_int_equal(folder_list(arena, desk->scratch.dir, is_text, &names), 4);
	assert_string_equal(names[0].at, "B.txt");
	assert_int_equal(
		folder_list(arena, scratch_path(&desk->scratch, "none"), NULL, &names), -1);
	assert_int_equal(errno, ENOENT);
	assert_int_equal(folder_list(arena, scratch_path(&desk->scratch, ".c"), NULL, &names), -1);
	assert_int_equal(errno, ENOTDIR);
}

static void a_missing_file_is_reported_at_the_place_given(void **state)
{
	struct desk *desk = *state;
	const char *path = scratch_path(&desk->scratch, "none");
	assert_null(file_read(desk->scratch.arena, path, place_of("t.xml", 3, 4), desk->diags).at);
	assert_null(file_read(desk->scratch.arena, path, place_none(), desk->diags).at);
	assert_int_equal(diags_at(desk->diags, 0)->id, DIAG_FILE_READ);
	assert_string_equal(diags_at(desk->diags, 0)->at.file, "t.xml");
	assert_string_equal(diags_at(desk->diags, 1)->at.file, path);
}

static void a_folder_is_not_a_file(void **state)
{
	struct desk *desk = *state;
	assert_null(
		file_read(desk->scratch.arena, desk->scratch.dir, place_none(), desk->diags).at);
	assert_non_null(strstr(diags_at(desk->diags, 0)->text, "Is a directory"));
}

static void a_failed_publication_leaves_the_old_file_and_nothing_else(void **state)
{
	struct desk *desk = *state;
	scratch_write(&desk->scratch, "taken/inside", "x");
	const char *path = scratch_path(&desk->scratch, "taken"); /* a folder: rename fails */
	assert_false(file_publish(path, "x", 1, false, desk->diags));
	assert_int_equal(diags_at(desk->diags, 0)->id, DIAG_FILE_WRITE);
	assert_int_equal(diag_severity(DIAG_FILE_WRITE), SEVERITY_SYSTEM);
	assert_int_equal(access(scratch_path(&desk->scratch, ".taken.tmp"), F_OK), -1);
	assert_true(file_exists(scratch_path(&desk->scratch, "taken/inside")));
	assert_false(
		file_publish(scratch_path(&desk->scratch, "none/a"), "x", 1, false, desk->diags));
}

/* Through a link, with its mode, and not when somebody saved it meanwhile. */
static void a_file_is_replaced_if_it_is_what_it_was(void **state)
{
	struct desk *desk = *state;
	struct stat status;
	const char *path = scratch_path(&desk->scratch, "a"),
		   *link = scratch_path(&desk->scratch, "b");
	scratch_write(&desk->scratch, "a", "old");
	assert_int_equal(chmod(path, 0604), 0);
	assert_int_equal(symlink("a", link), 0);
	assert_true(file_replace(link, str_lit("old"), str_lit("new"), desk->diags));
	assert_string_equal(
		file_read(desk->scratch.arena, path, place_none(), desk->diags).at, "new");
	assert_int_equal(lstat(link, &status), 0);
	assert_true(S_ISLNK(status.st_mode));
	assert_int_equal(stat(path, &status), 0);
	assert_int_equal(status.st_mode & 0777, 0604);
	assert_int_equal(diags_len(desk->diags), 0);
	assert_false(file_replace(path, str_lit("old"), str_lit("newer"), desk->diags));
	assert_int_equal(diags_at(desk->diags, 0)->id, DIAG_EDIT_CHANGED);
	assert_string_equal(
		file_read(desk->scratch.arena, path, place_none(), desk->diags).at, "new");
	assert_string_equal(list_folder(desk->scratch.arena, desk->scratch.dir).at, "a\nb\n");
}

static void joins_and_divides_paths(void **state)
{
	struct desk *desk = *state;
	struct arena *arena = desk->scratch.arena;
	assert_string_equal(path_join(arena, str_lit("a"), str_lit("b")).at, "a/b");
	assert_string_equal(path_join(arena, str_lit("a/"), str_lit("b")).at, "a/b");
	assert_string_equal(path_join(arena, str_lit("."), str_lit("b")).at, "b");
	assert_string_equal(path_join(arena, str_lit(""), str_lit("b")).at, "b");
	assert_true(str_is(path_dir(str_lit("a/b/c")), "a/b"));
	assert_true(str_is(path_dir(str_lit("c")), ""));
	assert_true(str_is(path_dir(str_lit("/c")), "/"));
	assert_true(str_is(path_base(str_lit("a/b/c.xml")), "c.xml"));
	assert_true(str_is(path_base(str_lit("c.xml")), "c.xml"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(what_was_published_can_be_read, setup, teardown),
		cmocka_unit_test_setup_teardown(an_empty_file_is_not_an_error, setup, teardown),
		cmocka_unit_test_setup_teardown(
			a_missing_file_is_reported_at_the_place_given, setup, teardown),
		cmocka_unit_test_setup_teardown(
			of_a_file_that_changes_nothing_is_read, setup, teardown),
		cmocka_unit_test_setup_teardown(a_folder_is_not_a_file, setup, teardown),
		cmocka_unit_test_setup_teardown(
			a_folder_is_listed_by_the_bytes_of_its_names, setup, teardown),
		cmocka_unit_test_setup_teardown(
			a_file_is_replaced_if_it_is_what_it_was, setup, teardown),
		cmocka_unit_test_setup_teardown(
			a_failed_publication_leaves_the_old_file_and_nothing_else, setup, teardown),
		cmocka_unit_test_setup_teardown(joins_and_divides_paths, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
