/* The worked example of docs/template.md is true: its files, taken out of the page, make a letter
 * without a finding, from the record and from the table. */
#include "support/support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static const char *program, *root; /* from the command line */

/* The first block of code in the manual that holds a word, as a file. */
static void write_block(struct scratch *scratch, const char *holds, const char *name)
{
	struct str rest = read_bytes(
		scratch->arena, str_format(scratch->arena, "%s/docs/template.md", root).at);
	for (int start; (start = str_find(rest, "\n```")) >= 0;) {
		rest = str_slice(rest, start + 4, rest.len);
		int line = str_find(rest, "\n"), end = str_find(rest, "\n```");
		assert_true(line >= 0 && end >= 0);
		struct str block = str_slice(rest, line + 1, end + 1);
		if (line <= end && str_find(block, holds) >= 0) {
			scratch_write(scratch, name, str_copy(scratch->arena, block).at);
			return;
		}
		rest = str_slice(rest, end + 4, rest.len);
	}
	fail_msg("docs/template.md has no block that holds %s", holds);
}

static void the_manual_s_example_is_true(void **state)
{
	(void)state;
	struct scratch scratch = scratch_new();
	write_block(&scratch, "style=\"library.xml\"", "templates/overdue.xml");
	write_block(&scratch, "<style ", "templates/library.xml");
	write_block(&scratch, "<recipient ", "recipients/shah.xml");
	write_block(&scratch, "ID,Name,", "readers.csv");
	struct outcome run = run_in(scratch.arena, scratch.dir,
		"'%s' check && '%s' check -r readers.csv && '%s' batch --no-sign --also text",
		program, program, program);
	assert_holds(run.out, "1 = 1 letter + 0 rejected");
	assert_holds(run.out, "2 = 2 letters + 0 rejected");
	assert_int_equal(str_find(run.out, ": warning:"), -1);
	struct str text = read_bytes(scratch.arena, scratch_path(&scratch, "out/shah.txt"));
	assert_holds(text, "£1.50");
	assert_holds(text, "2 April 2024");
	assert_holds(text, "Yours sincerely,");
	scratch_free(&scratch);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(the_manual_s_example_is_true)};
	if (argc != 3)
		return 1;
	program = argv[1];
	root = argv[2];
	return cmocka_run_group_tests(tests, NULL, NULL);
}
