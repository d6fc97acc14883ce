/* A file written beside its place: the old one or the new one, and nothing left over. */
#include "base/base.h"
#include "support/support.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(what_is_kept_gets_its_name, setup, teardown),
		cmocka_unit_test_setup_teardown(what_is_not_kept_leaves_nothing, setup, teardown),
		cmocka_unit_test_setup_teardown(the_first_failure_is_told, setup, teardown),
		cmocka_unit_test_setup_teardown(two_never_write_the_same, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
