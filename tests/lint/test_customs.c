/* docs/lines.md shows what holds to a number just as the program has it. */
#include "text/text_int.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const char *root; /* of the project, from the command line */

static const char *const wheres[] = {[BEFORE_NUMBER] = "before",
	[BEHIND_NUMBER] = "behind",
	[GLUED_BEFORE] = "right before",
	[GLUED_BEHIND] = "right behind",
	[TIED_TO_NUMBER] = "tied before",
	[TIED_TO_DAY] = "tied behind a day",
	[TIED_TO_NAME] = "tied before a name"};

/* The next row of the table, and where the cell of the custom's reason begins in it. */
static struct str next_row(struct str *rest)
{
	struct str line;
	while (str_split(rest, '\n', &line))
		if (str_starts(line, "| ") && str_ends(line, " |"))
			return line;
	return (struct str){0};
}

static void the_page_has_the_table(void **state)
{
	struct arena *arena = arena_new();
	struct diags *diags = diags_new();
	struct str page = file_read(arena,
		path_join(arena, str_of(root), str_of("docs/lines.md")).at, place_none(), diags);
	assert_non_null(page.at);
	int from = str_find(page, "| language | where |");
	assert_true(from >= 0);
	struct str rest = str_slice(page, from, page.len);
	next_row(&rest);
	for (const struct custom *row = customs; row->lang; row++) {
		struct str found = next_row(&rest);
		struct str wanted = str_format(arena, "| %s | %s | %s | ",
			*row->lang ? row->lang : "all", wheres[row->kind], row->words);
		if (!str_starts(found, wanted.at) || found.len < wanted.len + 5)
			fail_msg(
				"docs/lines.md has \"%.*s\" where \"%s\" and a reason should stand",
				str_arg(found), wanted.at);
	}
	assert_int_equal(next_row(&rest).len, 0);
	diags_free(diags);
	arena_free(arena);
	(void)state;
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(the_page_has_the_table)};
	assert_int_equal(argc, 2);
	root = argv[1];
	return cmocka_run_group_tests(tests, NULL, NULL);
}
