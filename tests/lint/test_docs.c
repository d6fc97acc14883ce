/* What the project's own pages name is there: the files and headings that they link to; in those
 * for who works on the program every file, every function, every part of ./run and every suite,
 * too. */
#include "base/base.h"

#include <ctype.h>
#include <glob.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

static const char *root; /* of the project, from the command line */

static struct arena *arena;
static struct buf findings;

static bool glob_finds(const char *pattern)
{
	glob_t found;
	bool any = glob(pattern, 0, NULL, &found) == 0;
	globfree(&found);
	return any;
}

static struct str page_text(struct str page)
{
	struct diags *unsaid = diags_new();
	struct str path = path_join(arena, str_of(root), page);
	struct str text = file_read(arena, path.at, (struct place){0}, unsaid);
	diags_free(unsaid);
	return text;
}

/* Calls with each line of a page that is prose, and not within ``` and ```. */
static void each_line(struct str page, void (*check)(struct str page, int number, struct str line))
{
	struct str rest = page_text(page), line;
	bool prose = true;
	assert_non_null(rest.at);
	for (int number = 1; str_split(&rest, '\n', &line); number++) {
		bool fence = str_starts(line, "```");
		prose ^= fence;
		if (prose && !fence)
			check(page, number, line);
	}
}

/* -- links ------------------------------------------------------------------------------------- */

/* "## Who else can see it" → "who-else-can-see-it". */
static struct str anchor_of(struct str heading)
{
	struct buf out = {0};
	for (int i = 0; i < heading.len; i++) {
		unsigned char c = (unsigned char)heading.at[i];
		if (c == ' ' || c == '-')
			buf_char(&out, '-');
		else if (isalnum(c) || c >= 0x80)
			buf_char(&out, (char)tolower(c));
	}
	struct str anchor = str_copy(arena, buf_text(&out));
	buf_free(&out);
	return anchor;
}

static bool has_heading(struct str page, struct str anchor)
{
	struct str rest = page_text(page), line;
	while (str_split(&rest, '\n', &line)) {
		int level = 0;
		while (level < line.len && line.at[level] == '#')
			level++;
		if (level && str_eq(anchor_of(str_trim(str_slice(line, level, line.len))), anchor))
			return true;
	}
	return false;
}

static void check_link(struct str page, int number, struct str link)
{
	struct str anchor = link, file;
	if (str_find(link, "://") >= 0)
		return;
	str_split(&anchor, '#', &file);
	struct str target = file.len ? path_join(arena, path_dir(page), file) : page;
	bool there = file_exists(path_join(arena, str_of(root), target).at);
	if (!there || (anchor.len && !has_heading(target, anchor)))
		buf_format(&findings, "%.*s:%d: nothing is at %.*s\n", str_arg(page), number,
			str_arg(link));
}

static void check_links(struct str page, int number, struct str line)
{
	for (int at; (at = str_find(line, "](")) >= 0;) {
		line = str_slice(line, at + 2, line.len);
		int end = str_find(line, ")");
		assert_true(end >= 0);
		check_link(page, number, str_slice(line, 0, end));
	}
}

static void every_link_leads_somewhere(void **state)
{
	static const char *const patterns[] = {"*.md", "docs/*.md"};
	(void)state;
	int pages = 0;
	for (size_t p = 0; p < sizeof patterns / sizeof *patterns; p++) {
		glob_t found;
		const char *pattern = str_format(arena, "%s/%s", root, patterns[p]).at;
		assert_int_equal(glob(pattern, 0, NULL, &found), 0);
		for (size_t i = 0; i < found.gl_pathc; i++, pages++)
			each_line(str_of(found.gl_pathv[i] + strlen(root) + 1), check_links);
		globfree(&found);
	}
	assert_true(pages > 10);
	if (findings.len)
		fail_msg("%s", buf_text(&findings).at);
}

static void the_readme_leads_to_every_page(void **state)
{
	glob_t found;
	struct str readme = page_text(str_lit("README.md"));
	(void)state;
	assert_int_equal(glob(str_format(arena, "%s/docs/*.md", root).at, 0, NULL, &found), 0);
	for (size_t i = 0; i < found.gl_pathc; i++) {
		const char *page = found.gl_pathv[i] + strlen(root) + 1;
		if (str_find(readme, str_format(arena, "](%s", page).at) < 0)
			fail_msg("README.md does not lead to %s", page);
	}
	globfree(&found);
}

/* -- names ------------------------------------------------------------------------------------- */

static bool is_path(struct str word)
{
	static const char *const endings[] = {".c", ".h", ".def", ".txt", ".sh", ".md"};
	bool ends = false, slash = str_find(word, "/") > 0;
	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
		ends |= word.len > 4 && str_ends(word, endings[i]);
	for (int i = 0; i < word.len; i++)
		if (!isalnum((unsigned char)word.at[i]) && !strchr("._-/", word.at[i]))
			return false;
	return (ends || slash) && isalnum((unsigned char)word.at[0]) && !str_starts(word, "build");
}

/* A path is named from the root, from src, or from a room's band; a file by its name alone. */
static bool path_is_there(struct str path)
{
	static const char *const folders[] = {"", "src/", "src/*/", "src/*/*/"};
	for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
		if (glob_finds(str_format(arena, "%s/%s%.*s", root, folders[i], str_arg(path)).at))
			return true;
	return glob_finds(str_format(arena, "%s/%.*s.[15]", root, str_arg(path)).at);
}

static bool part_of_run_is_there(struct str part)
{
	struct str run = page_text(str_lit("run"));
	return str_find(run, str_format(arena, "\n%.*s)", str_arg(part)).at) >= 0 ||
		str_find(run, str_format(arena, "\n%.*s | ", str_arg(part)).at) >= 0;
}

static bool suite_is_there(struct str suite)
{
	glob_t found;
	const char *wanted = str_format(arena, "suite: '%.*s'", str_arg(suite)).at;
	bool there = false;
	glob(str_format(arena, "%s/tests/*/meson.build", root).at, 0, NULL, &found);
	glob(str_format(arena, "%s/tests/meson.build", root).at, GLOB_APPEND, NULL, &found);
	for (size_t i = 0; i < found.gl_pathc; i++)
		there |= str_find(page_text(str_of(found.gl_pathv[i] + strlen(root) + 1)),
				 wanted) >= 0;
	globfree(&found);
	return there;
}

/* Whether some header declares the function called "name()". */
static bool function_is_there(struct str call)
{
	glob_t found;
	const char *wanted = str_format(arena, "%.*s(", str_arg(str_slice(call, 0, call.len - 2)))
				     .at;
	bool there = false;
	glob(str_format(arena, "%s/src/*/*.h", root).at, 0, NULL, &found);
	glob(str_format(arena, "%s/src/*/*/*.h", root).at, GLOB_APPEND, NULL, &found);
	for (size_t i = 0; i < found.gl_pathc && !there; i++) {
		struct arena_mark mark = arena_save(arena);
		struct str rest = page_text(str_of(found.gl_pathv[i] + strlen(root) + 1)), line;
		while (!there && str_split(&rest, '\n', &line)) {
			int at = str_find(line, wanted);
			there = at > 0 && strchr(" *", line.at[at - 1]);
		}
		arena_restore(arena, mark);
	}
	globfree(&found);
	return there;
}

static bool is_there(struct str word)
{
	return str_ends(word, "()") ? function_is_there(word)
				    : !is_path(word) || path_is_there(word);
}

/* The words of `code`: what each must be is told by the one before it. */
static void check_code(struct str page, int number, struct str code)
{
	struct str word, last = {0};
	while (str_split(&code, ' ', &word)) {
		bool good = str_is(last, "./run") ? part_of_run_is_there(word)
			: str_is(last, "--suite") ? suite_is_there(word)
						  : is_there(word);
		if (!good)
			buf_format(&findings, "%.*s:%d: there is no \"%.*s\"\n", str_arg(page),
				number, str_arg(word));
		last = word;
	}
}

static void check_names(struct str page, int number, struct str line)
{
	struct str part;
	for (bool code = false; str_split(&line, '`', &part); code = !code)
		if (code)
			check_code(page, number, part);
}

static void what_is_named_to_who_works_on_it_is_there(void **state)
{
	static const char *const pages[] = {
		"CONTRIBUTING.md", "SECURITY.md", "docs/architecture.md", "docs/testing.md"};
	(void)state;
	for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
		each_line(str_of(pages[i]), check_names);
	if (findings.len)
		fail_msg("%s", buf_text(&findings).at);
}

static void what_is_not_there_is_found(void **state)
{
	static const struct {
		const char *line;
		bool wrong;
	} cases[] = {
		{"see `tree/tags.def` and `table.c`", false},
		{"see `template/no-tags.def`", true},
		{"see `no-table.c`", true},
		{"`letter_merge()` calls `fold_node()`", false},
		{"`merge()` and `letter_merge_all()`", true},
		{"`./run test --suite unit` and `./run no-test`", true},
		{"`./run test --suite unit`", false},
		{"`--suite no-suite`", true},
		{"[links](docs/testing.md#testing)", false},
		{"[links](docs/testing.md#no-testing)", true},
		{"[links](docs/no-testing.md)", true},
		{"words, `a.b` and `x / y`", false},
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		buf_clear(&findings);
		check_names(str_lit("README.md"), 1, str_of(cases[i].line));
		check_links(str_lit("README.md"), 1, str_of(cases[i].line));
		if ((findings.len > 0) != cases[i].wrong)
			fail_msg("%s", cases[i].line);
	}
}

static int set_up(void **state)
{
	(void)state;
	arena = arena_new();
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	buf_free(&findings);
	arena_free(arena);
	return 0;
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(every_link_leads_somewhere, set_up, tear_down),
		cmocka_unit_test_setup_teardown(the_readme_leads_to_every_page, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			what_is_named_to_who_works_on_it_is_there, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_is_not_there_is_found, set_up, tear_down),
	};
	root = argc > 1 ? argv[1] : ".";
	return cmocka_run_group_tests(tests, NULL, NULL);
}
