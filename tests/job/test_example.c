/* The worked examples of the readme and the manual are true: their files, taken out of the page,
 * make letters without a finding. */
#include "support/support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static const char *program, *root; /* from the command line */

/* The first block of code in a page that holds a word. */
static struct str find_block(struct scratch *scratch, const char *page, const char *holds)
{
	struct str rest = read_bytes(
		scratch->arena, str_format(scratch->arena, "%s/%s", root, page).at);
	for (int start; (start = str_find(rest, "\n```")) >= 0;) {
		rest = str_slice(rest, start + 4, rest.len);
		int line = str_find(rest, "\n"), end = str_find(rest, "\n```");
		assert_true(line >= 0 && end >= 0);
		struct str block = str_slice(rest, line + 1, end + 1);
		if (line <= end && str_find(block, holds) >= 0)
			return str_copy(scratch->arena, block);
		rest = str_slice(rest, end + 4, rest.len);
	}
	fail_msg("%s has no block that holds %s", page, holds);
	return (struct str){0};
}

static void write_block(
	struct scratch *scratch, const char *page, const char *holds, const char *name)
{
	page = str_format(scratch->arena, "docs/%s", page).at;
	scratch_write(scratch, name, find_block(scratch, page, holds).at);
}

/* Those of the readme's block that holds a word. */
static const char *commands(struct scratch *scratch, const char *holds)
{
	return str_copy(scratch->arena, str_trim(find_block(scratch, "README.md", holds))).at;
}

/* Whoever does what the readme says, in a clone, has the letter. */
static void the_readme_leads_to_a_letter(void **state)
{
	(void)state;
	struct scratch scratch = scratch_new();
	struct outcome run = run_in(scratch.arena, scratch.dir,
		"mkdir clone && cp -r '%s/templates' clone && cd clone && %s", root,
		commands(&scratch, "mkdir -p "));
	assert_int_equal(run.code, 0);
	scratch_write(&scratch, "garden/templates/invitation.xml",
		find_block(&scratch, "README.md", "<letter ").at);
	scratch_write(&scratch, "garden/recipients/wyn.xml",
		find_block(&scratch, "README.md", "<recipient ").at);
	run = run_in(scratch.arena, scratch_path(&scratch, "garden"),
		"lettermerge() { '%s' \"$@\"; }\n%s\nlettermerge preview wyn --text", program,
		commands(&scratch, "lettermerge preview wyn"));
	assert_int_equal(run.code, 0);
	assert_holds(run.out, "out/preview/wyn.pdf");
	assert_holds(run.out, "1 letter written to out");
	assert_holds(run.out, "and your 2 guests.");
	assert_int_equal(str_find(run.err, ": warning:"), -1);
	scratch_free(&scratch);
}

static void the_manual_s_example_is_true(void **state)
{
	(void)state;
	struct scratch scratch = scratch_new();
	write_block(&scratch, "template.md", "style=\"library.xml\"", "templates/overdue.xml");
	write_block(&scratch, "template.md", "<style ", "templates/library.xml");
	write_block(&scratch, "template.md", "<recipient ", "recipients/shah.xml");
	write_block(&scratch, "records.md", "Address line 4,Books 1 book", "readers.csv");
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

static void the_letter_that_reckons_is_true(void **state)
{
	(void)state;
	struct scratch scratch = scratch_new();
	write_block(&scratch, "fields.md", "count=\"lessons\"", "templates/lessons.xml");
	write_block(&scratch, "fields.md",
		"ID,Name,Address line 1,Address line 2,Address line 3,Reminder", "p.csv");
	struct outcome run = run_in(scratch.arena, scratch.dir,
		"'%s' check -r p.csv && '%s' batch -r p.csv --no-sign --also text && "
		"'%s' fields",
		program, program, program);
	assert_int_equal(run.code, 0);
	assert_holds(run.out, "2 = 2 letters + 0 rejected");
	assert_int_equal(str_find(run.out, ": warning:"), -1);
	assert_holds(run.out, "letter-date              date    computed");
	assert_holds(run.out, "total                    money   computed sum \"lessons.fee\"");
	struct str ash = read_bytes(scratch.arena, scratch_path(&scratch, "out/ash.txt"));
	struct str bee = read_bytes(scratch.arena, scratch_path(&scratch, "out/bee.txt"));
	assert_holds(ash,
		"This is our 1st letter about 2 lessons from 2 April 2024 on. Please pay "
		"£105.50 by Tuesday, 4 June 2024.");
	assert_holds(ash, "Singing\t09/04/2024\t£60");
	assert_holds(ash, "You may pay in two parts.");
	assert_holds(bee,
		"This is our 2nd letter about a lesson of 3 April 2024. Please pay £45.50 "
		"by Tuesday, 4 June 2024.");
	assert_int_equal(str_find(bee, "two parts"), -1);
	/* What is computed is a part of what a letter shows: of its key, and of its differences. */
	run = run_in(scratch.arena, scratch.dir,
		"sed -i 's/violin,2024-04-03,45.50/violin,2024-04-03,99/' p.csv; "
		"'%s' status -r p.csv; '%s' diff bee -r p.csv",
		program, program);
	assert_holds(run.out, "1 to be written, 1 unchanged");
	assert_holds(run.out, "field total changed");
	assert_holds(run.out, "Please pay [-£45.50-] {+£99+} by");
	scratch_free(&scratch);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_readme_leads_to_a_letter),
		cmocka_unit_test(the_manual_s_example_is_true),
		cmocka_unit_test(the_letter_that_reckons_is_true),
	};
	if (argc != 3)
		return 1;
	program = argv[1];
	root = argv[2];
	return cmocka_run_group_tests(tests, NULL, NULL);
}
