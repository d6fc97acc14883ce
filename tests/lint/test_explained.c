/* A finding that a released version did not know, and one that it knew and this one does not, is
 * named in CHANGELOG.md; and check --explain, which takes it from there, says so. The findings that
 * a version knew stand in tests/old/VERSION/codes. */
#include "base/base.h"
#include "base/diag_id.h"
#include "support/support.h"

#include <glob.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const char *program, *root; /* from the command line */

static struct str file_of(struct arena *arena, const char *name)
{
	struct str text = read_bytes(arena, path_join(arena, str_of(root), str_of(name)).at);
	assert_true(text.len > 0);
	return text;
}

/* Of all released versions. */
static struct str released_codes(struct arena *arena)
{
	glob_t found;
	struct buf codes = {0};
	const char *pattern = str_format(arena, "%s/tests/old/*/codes", root).at;
	assert_int_equal(glob(pattern, 0, NULL, &found), 0);
	for (size_t i = 0; i < found.gl_pathc; i++)
		buf_str(&codes, read_bytes(arena, found.gl_pathv[i]));
	globfree(&found);
	struct str all = str_copy(arena, buf_text(&codes));
	buf_free(&codes);
	assert_true(str_find(all, "E-FIELD-VALUE\n") >= 0);
	return all;
}

static bool lists(struct str codes, struct str code)
{
	struct str line;
	while (str_split(&codes, '\n', &line))
		if (str_eq(line, code))
			return true;
	return false;
}

static bool is_known(struct str code)
{
	for (int id = 0; id < DIAG_COUNT; id++)
		if (str_is(code, diag_code(id)))
			return true;
	return false;
}

static bool is_named(struct arena *arena, struct str changes, struct str code)
{
	return str_find(changes, str_format(arena, "`%.*s`", str_arg(code)).at) >= 0;
}

static void what_came_and_what_went_is_named(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct str codes = released_codes(arena), changes = file_of(arena, "CHANGELOG.md"), code;
	for (int id = 0; id < DIAG_COUNT; id++) {
		code = str_of(diag_code(id));
		if (!lists(codes, code) && !is_named(arena, changes, code))
			fail_msg("CHANGELOG.md names no `%s`, which is new: say what it finds, and "
				 "what to write where it refuses what was taken before",
				code.at);
	}
	while (str_split(&codes, '\n', &code) && code.len)
		if (!is_known(code) && !is_named(arena, changes, code))
			fail_msg("CHANGELOG.md names no `%.*s`, which is gone: say what is found "
				 "in its place",
				str_arg(code));
	arena_free(arena);
}

/* The next `CODE` of a text; false when there is none. */
static bool next_code(struct str *rest, struct str *code)
{
	static const char signs[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-";
	for (int at; (at = str_find(*rest, "`")) >= 0;) {
		int end = at + 1;
		while (end < rest->len && strchr(signs, rest->at[end]))
			end++;
		*code = str_slice(*rest, at + 1, end);
		*rest = str_slice(*rest, end, rest->len);
		bool closed = rest->len && rest->at[0] == '`' && code->len > 2;
		if (closed && strchr("EWN", code->at[0]) && code->at[1] == '-')
			return true;
	}
	return false;
}

static void each_code_that_is_named_is_explained(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct str changes = file_of(arena, "CHANGELOG.md"), codes = released_codes(arena), code;
	int named = 0;
	for (; next_code(&changes, &code); named++) {
		if (!is_known(code) && !lists(codes, code))
			fail_msg("CHANGELOG.md names `%.*s`, which is no finding", str_arg(code));
		struct outcome run = run_in(
			arena, "/", "'%s' check --explain %.*s", program, str_arg(code));
		if (run.code || str_find(run.out, "\n  since ") < 0)
			fail_msg(
				"check --explain %.*s: %d %s", str_arg(code), run.code, run.out.at);
	}
	assert_true(named > 0);
	arena_free(arena);
}

/* Beside the project, and in no folder of one; the words are those of the list. */
static void each_finding_is_explained(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	for (int id = 0; id < DIAG_COUNT; id++) {
		struct outcome run = run_in(
			arena, "/", "'%s' check --explain %s", program, diag_code(id));
		struct str begin = str_format(
			arena, "%s: %s: ", diag_code(id), severity_name(diag_severity(id)));
		if (run.code || !str_starts(run.out, begin.at) ||
			str_find(run.out, "\n  hint: ") < 0 || str_find(run.out, "{}") >= 0)
			fail_msg("check --explain %s: %s", diag_code(id), run.out.at);
	}
	arena_free(arena);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_came_and_what_went_is_named),
		cmocka_unit_test(each_code_that_is_named_is_explained),
		cmocka_unit_test(each_finding_is_explained),
	};
	assert_int_equal(argc, 3);
	program = argv[1];
	root = argv[2];
	return cmocka_run_group_tests(tests, NULL, NULL);
}
