/* Every element that a letter is built of stands in a golden page. */
#include "template/template.h"

#include <glob.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const char *root; /* of the project, from the command line */

static struct str all_pages(struct arena *arena)
{
	struct diags *unsaid = diags_new();
	struct buf all = {0};
	glob_t files;
	const char *pattern = str_format(arena, "%s/tests/golden/pages/*.xml", root).at;
	assert_int_equal(glob(pattern, 0, NULL, &files), 0);
	for (size_t i = 0; i < files.gl_pathc; i++)
		if (!str_ends(str_of(files.gl_pathv[i]), ".style.xml"))
			buf_str(&all, file_read(arena, files.gl_pathv[i], place_none(), unsaid));
	struct str text = str_copy(arena, buf_text(&all));
	globfree(&files);
	buf_free(&all);
	diags_free(unsaid);
	return text;
}

static bool holds_element(struct arena *arena, struct str text, const char *element)
{
	static const char *const ends[] = {">", " ", "/"};
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
		if (str_find(text, str_format(arena, "<%s%s", element, ends[i]).at) >= 0)
			return true;
	return false;
}

static void every_block_stands_in_a_golden_page(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct str pages = all_pages(arena);
	for (enum tag tag = TAG_TEXT + 1; tag < TAG_COUNT; tag++)
		if (tag_is_block(tag) && !holds_element(arena, pages, tag_element(tag)))
			fail_msg("<%s> stands in no golden page", tag_element(tag));
	arena_free(arena);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_block_stands_in_a_golden_page),
	};
	root = argc > 1 ? argv[1] : ".";
	return cmocka_run_group_tests(tests, NULL, NULL);
}
