/* Pages drawn by a pdftoppm of the test's own, which works, fails, stops half-way or hangs. */
#include "desk/desk.h"
#include "support/support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <cmocka.h>

enum { LONG_MS = 60000, SHORT_MS = 100 };

static int setup(void **state)
{
	static struct scratch scratch;
	scratch = scratch_new();
	setenv("PATH", str_format(scratch.arena, "%s:%s", scratch.dir, getenv("PATH")).at, 1);
	*state = &scratch;
	return 0;
}

static int teardown(void **state)
{
	scratch_free(*state);
	return 0;
}

static struct drawing draw_by(
	struct scratch *scratch, const char *script, int milliseconds, bool closing)
{
	const atomic_bool interrupted = closing;
	const struct patience patience = {milliseconds, &interrupted};
	struct drawing drawing = {0};
	scratch_write(
		scratch, "pdftoppm", str_format(scratch->arena, "#!/bin/sh\n%s\n", script).at);
	assert_int_equal(chmod(scratch_path(scratch, "pdftoppm"), 0755), 0);
	picture_make(&(struct picture_asked){str_lit("%PDF"), 1, 144}, &patience, &drawing);
	return drawing;
}

static void a_picture_or_why_there_is_none(void **state)
{
	static const struct {
		const char *script;
		int milliseconds;
		bool closing;
		const char *says;
	} rows[] = {
		{"printf 'P6\\n1 1\\n255\\nabc'", LONG_MS, false, "\x89PNG"},
		{"printf 'P6\\n1 1\\n255\\nabc'; exec >&-; sleep 60", LONG_MS, false, "\x89PNG"},
		{"printf 'P6\\n1 2\\n255\\nabc'", LONG_MS, false, "pdftoppm gave no picture"},
		{"exit 3", LONG_MS, false, "pdftoppm ended with an error"},
		{"echo 'Syntax Error: no\nmore' >&2; exit 1", LONG_MS, false,
			"pdftoppm ended with an error, and said: Syntax Error: no"},
		{"kill -SEGV $$", LONG_MS, false, "pdftoppm ended with an error"},
		{"sleep 60", SHORT_MS, false, "pdftoppm took too long"},
		{"sleep 60 & sleep 60", SHORT_MS, false, "pdftoppm took too long"},
		{"yes", SHORT_MS, false, "pdftoppm took too long"},
		{"sleep 60", LONG_MS, true, "pdftoppm took too long"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct drawing drawing = draw_by(
			*state, rows[i].script, rows[i].milliseconds, rows[i].closing);
		assert_holds(buf_text(&drawing.bytes), rows[i].says);
		assert_int_equal(drawing.failed, rows[i].says[0] == 'p');
		buf_free(&drawing.bytes);
	}
}

/* It would never end if the child did not. */
static void all_that_it_started_ends_with_it(void **state)
{
	struct scratch *scratch = *state;
	struct drawing drawing = draw_by(scratch,
		"sleep 600 & echo $! >\"$(dirname \"$0\")/child\"; wait", 10 * SHORT_MS, false);
	struct outcome run = run_in(scratch->arena, scratch->dir,
		"read -r child <child || exit; "
		"while grep -q '^State:.[RSD]' /proc/$child/status 2>/dev/null; do :; done");
	assert_int_equal(run.code, 0);
	buf_free(&drawing.bytes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_picture_or_why_there_is_none),
		cmocka_unit_test(all_that_it_started_ends_with_it),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
