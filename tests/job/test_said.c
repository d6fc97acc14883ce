/* What the template's own words give rise to is said once, however many letters have it; what a
 * record's do, of each.
 *
 *   test_said PROGRAM */
#include "support/support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const char *program; /* from the command line */

static int count(struct str text, const char *phrase)
{
	int found = 0;
	for (int at; (at = str_find(text, phrase)) >= 0; found++)
		text = str_slice(text, at + 1, text.len);
	return found;
}

static struct outcome check(struct scratch *scratch, const char *options)
{
	return run_in(scratch->arena, scratch->dir,
		"cat >style.xml <<'END'\n"
		"<style xmlns='urn:lettermerge:style:1'><text quotes='typographic'/></style>\n"
		"END\n"
		"cat >letter.xml <<'END'\n"
		"<letter xmlns='urn:lettermerge:letter:1' xml:lang='en-GB' style='style.xml'>"
		"<title>T</title><fields><declare name='when'/></fields>\n"
		"<p>It takes 5-7 days, 8-9 at most -- see <field name='when'/>.</p></letter>\n"
		"END\n"
		"printf 'id,when\\na,2-3 days\\nb,soon\\nc,4-5 days\\n' >rows.csv\n"
		"'%s' check -t letter.xml -r rows.csv %s",
		program, options);
}

static void signs_of_the_template_are_said_once(void **state)
{
	struct scratch scratch = scratch_new();
	(void)state;
	struct outcome run = check(&scratch, "");
	assert_int_equal(run.code, 0);
	assert_int_equal(count(run.out, "[N-SIGN]"), 4);
	assert_int_equal(count(run.out, "\"5-7\" is set as \"5–7\", and 1 more of its kind"), 1);
	assert_int_equal(count(run.out, "\"most -- see\" is set as \"most – see\""), 1);
	assert_holds(run.out, "rows.csv:row 2, column B: note: \"2-3\" is set as \"2–3\"");
	assert_holds(run.out, "rows.csv:row 4, column B: note: \"4-5\" is set as \"4–5\"");
	assert_int_equal(count(check(&scratch, "--diag=json").out, "N-SIGN"), 8);
	scratch_free(&scratch);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(signs_of_the_template_are_said_once)};
	if (argc < 2)
		return 2;
	program = argv[1];
	return cmocka_run_group_tests(tests, NULL, NULL);
}
