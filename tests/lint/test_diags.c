/* Every finding of diag.def stands in a test: its code in a golden file or a text that is expected,
 * or its name in a test's source. */
#include "base/base.h"
#include "base/diag_id.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

static const char *root; /* of the project, from the command line */

static const char *const names[] = {
#define DIAG(name, id, severity, text, hint) "DIAG_" #name,
#include "base/diag.def"
#undef DIAG
};

static void collect(struct arena *arena, const char *folder, struct buf *out)
{
	static const char *const endings[] = {".c", ".expected", ".sh", ".py", ".mjs"};
	struct diags *unsaid = diags_new();
	DIR *dir = opendir(folder);
	for (struct dirent *entry; dir && (entry = readdir(dir));) {
		struct str name = str_of(entry->d_name);
		struct str path = path_join(arena, str_of(folder), name);
		if (entry->d_name[0] == '.' || str_is(name, "test_diags.c"))
			continue;
		if (entry->d_type == DT_DIR)
			collect(arena, path.at, out);
		for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
			if (str_ends(name, endings[i]))
				buf_str(out, file_read(arena, path.at, place_none(), unsaid));
	}
	if (dir)
		closedir(dir);
	diags_free(unsaid);
}

/* Whether a word stands in the text, not as the beginning of a longer one. */
static bool holds_word(struct str text, const char *word)
{
	for (int at; (at = str_find(text, word)) >= 0;) {
		int end = at + (int)strlen(word);
		char next = end < text.len ? text.at[end] : ' ';
		if (next != '_' && next != '-' && (next < 'A' || next > 'Z'))
			return true;
		text = str_slice(text, end, text.len);
	}
	return false;
}

static void every_finding_stands_in_a_test(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct buf all = {0};
	collect(arena, str_format(arena, "%s/tests", root).at, &all);
	assert_true(all.len > 100000);
	for (int id = 0; id < DIAG_COUNT; id++) {
		const char *code = diag_code(id);
		if (!holds_word(buf_text(&all), code) && !holds_word(buf_text(&all), names[id]))
			fail_msg("no test shows %s", code);
	}
	buf_free(&all);
	arena_free(arena);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(every_finding_stands_in_a_test)};
	root = argc > 1 ? argv[1] : ".";
	return cmocka_run_group_tests(tests, NULL, NULL);
}
