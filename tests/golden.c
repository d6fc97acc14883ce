/* golden.c - compares what the stages print with what is on file, one cmocka test a file.
 *
 * It runs in tests/, so that paths in findings are short and the same everywhere. BLESS=1 rewrites
 * the expected files instead; the review of that is the difference that version control shows. */
#include "golden.h"
#include "base/diag_id.h"
#include "style/style.h"
#include "svg/svg.h"
#include "template/template.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

/* -- kinds ------------------------------------------------------------------------------------- */

/* A stage that fails shows why. */
static void print_findings_unless(bool good, const struct diags *diags, struct buf *out)
{
	if (!good)
		golden_findings(diags, out);
}

static void print_template(struct golden_case *golden, struct buf *out)
{
	struct diags *diags = diags_new();
	struct template *template = golden_template(golden, diags);
	if (template)
		template_dump(template, out);
	print_findings_unless(template, diags, out);
	diags_free(diags);
}

static void print_style(struct golden_case *golden, struct buf *out)
{
	struct diags *diags = diags_new();
	struct style *style = style_read(
		golden->arena, golden_bytes(golden, ".xml"), "style.xml", diags);
	if (style)
		style_dump(style, out);
	print_findings_unless(style, diags, out);
	diags_free(diags);
}

static void print_svg(struct golden_case *golden, struct buf *out)
{
	struct diags *diags = diags_new();
	struct svg *svg = svg_read(
		golden->arena, golden_bytes(golden, ".svg"), "picture.svg", diags);
	if (svg)
		svg_write(svg, out);
	print_findings_unless(svg, diags, out);
	diags_free(diags);
}

static void print_letter(struct golden_case *golden, struct buf *out)
{
	struct diags *diags = diags_new();
	struct letter *letter = golden_letter(golden, diags);
	if (letter)
		letter_dump(letter, out);
	print_findings_unless(letter, diags, out);
	diags_free(diags);
}

/* The case's source of several records, or NULL. */
static const char *find_source(struct golden_case *golden)
{
	static const char *const endings[] = {
		".records", ".many.xml", ".csv", ".jsonl", ".json", ".xlsx"};
	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
		if (file_exists(golden_path(golden, endings[i])))
			return golden_path(golden, endings[i]);
	return NULL;
}

static void merge_source(
	struct golden_case *golden, const struct template *template, struct diags *diags)
{
	struct recipients *source = recipients_open(find_source(golden), template, NULL, diags);
	struct recipient recipient;
	enum recipients_result result = RECIPIENTS_END;
	while (source &&
		(result = recipients_next(source, golden->arena, &recipient, diags)) !=
			RECIPIENTS_END) {
		diags_set_record(diags, recipient.where);
		if (result == RECIPIENTS_GOOD)
			letter_merge(golden->arena, template, &recipient, NULL, diags);
		diags_set_record(diags, NULL);
	}
	recipients_close(source);
}

/* What reading and merging find: in the case's style, with the case's record, or with those in
 * NAME.records or a file of many: NAME.many.xml, .csv, .jsonl, .json or .xlsx. */
static void find_all(struct golden_case *golden, struct diags *diags)
{
	golden_style(golden, diags);
	if (!find_source(golden)) {
		golden_letter(golden, diags);
	} else {
		struct template *template = golden_template(golden, diags);
		if (template)
			merge_source(golden, template, diags);
	}
}

static void print_letter_findings(struct golden_case *golden, struct buf *out)
{
	struct diags *diags = diags_new();
	find_all(golden, diags);
	golden_findings(diags, out);
	diags_free(diags);
}

static const struct golden_kind kinds[] = {
	{"golden/template", print_template},
	{"golden/style", print_style},
	{"golden/letter", print_letter},
	{"golden/diag", print_letter_findings},
	{"golden/svg", print_svg},
	{"golden/items", golden_items},
	{"golden/pages", golden_pages},
	{"golden/twin", golden_twins},
};
enum { KIND_COUNT = sizeof kinds / sizeof *kinds };

/* -- a case's parts ---------------------------------------------------------------------------- */

const char *golden_path(struct golden_case *golden, const char *suffix)
{
	return str_format(golden->arena, "%s/%s%s", golden->directory, golden->name, suffix).at;
}

struct str golden_bytes(struct golden_case *golden, const char *suffix)
{
	struct diags *unsaid = diags_new();
	const char *path = golden_path(golden, suffix);
	struct str bytes = file_read(golden->arena, path, place_none(), unsaid);
	diags_free(unsaid);
	return bytes;
}

struct template *golden_template(struct golden_case *golden, struct diags *diags)
{
	struct str bytes = golden_bytes(golden, ".xml");
	if (golden->labelled)
		bytes = golden_label(golden->arena, bytes);
	return template_read(golden->arena, bytes, golden_path(golden, ".xml"), diags);
}

struct style *golden_style(struct golden_case *golden, struct diags *diags)
{
	struct str bytes = golden_bytes(golden, ".style.xml");
	if (bytes.at)
		return style_read(golden->arena, bytes, golden_path(golden, ".style.xml"), diags);
	struct style *style = arena_new_array(golden->arena, struct style, 1);
	*style = style_default();
	return style;
}

struct letter *golden_letter(struct golden_case *golden, struct diags *diags)
{
	struct template *template = golden_template(golden, diags);
	struct str bytes = golden_bytes(golden, ".record.xml");
	const char *path = golden_path(golden, ".record.xml");
	struct recipient recipient = {.id = str_lit("nobody")};
	bool good = template &&
		(!bytes.at ||
			recipient_read(golden->arena, bytes, path, template, &recipient, diags));
	diags_set_record(diags, bytes.at ? path : NULL);
	return good ? letter_merge(golden->arena, template, &recipient, NULL, diags) : NULL;
}

void golden_findings(const struct diags *diags, struct buf *out)
{
	for (int i = 0; i < diags_len(diags); i++)
		diag_write_text(diags_at(diags, i), false, out);
}

/* -- the runner -------------------------------------------------------------------------------- */

struct case_state {
	struct golden_case golden;
	const struct golden_kind *kind;
};

/* The first line that differs says more than two whole files. */
static void compare(const char *path, struct str expected, struct str printed)
{
	struct str old_rest = expected, new_rest = printed, old_line, new_line;
	for (int line = 1;; line++) {
		bool old_more = str_split(&old_rest, '\n', &old_line);
		bool new_more = str_split(&new_rest, '\n', &new_line);
		if (!old_more && !new_more)
			return;
		if (!old_more || !new_more || !str_eq(old_line, new_line))
			fail_msg("%s:%d:\n  expected: %.*s\n  printed:  %.*s\n"
				 "if the new one is right, run this test with BLESS=1",
				path, line, str_arg(old_more ? old_line : str_lit("(end)")),
				str_arg(new_more ? new_line : str_lit("(end)")));
	}
}

static void prints_what_is_expected(void **state)
{
	struct case_state *test = *state;
	struct diags *diags = diags_new();
	struct buf out = {0};
	test->golden.arena = arena_new();
	test->kind->print(&test->golden, &out);
	const char *path = golden_path(&test->golden, ".expected");
	if (getenv("BLESS"))
		assert_true(file_publish(path, out.at, out.len, false, diags));
	else
		compare(path, golden_bytes(&test->golden, ".expected"), buf_text(&out));
	buf_free(&out);
	arena_free(test->golden.arena);
	diags_free(diags);
}

/* Whoever finds something of a field calls it as people do. */
static void says_the_label(void **state)
{
	struct case_state *test = *state;
	struct diags *plain = diags_new(), *labelled = diags_new();
	test->golden.arena = arena_new();
	find_all(&test->golden, plain);
	test->golden.labelled = true;
	find_all(&test->golden, labelled);
	golden_compare_labelled(
		golden_bytes(&test->golden, ".xml"), plain, labelled, test->golden.name);
	arena_free(test->golden.arena);
	diags_free(plain);
	diags_free(labelled);
}

/* A picture beside the cases of other kinds is none. */
static bool is_case(const struct golden_kind *kind, struct str name)
{
	if (str_ends(name, ".svg"))
		return kind->print == print_svg;
	return str_ends(name, ".xml") && !str_ends(name, ".record.xml") &&
		!str_ends(name, ".style.xml") && !str_ends(name, ".many.xml");
}

static int compare_tests(const void *a, const void *b)
{
	return strcmp(((const struct CMUnitTest *)a)->name, ((const struct CMUnitTest *)b)->name);
}

struct tests {
	vec(struct CMUnitTest) list;
};

static void add_labelled(struct arena *arena, const struct CMUnitTest *plain, struct tests *tests)
{
	struct case_state *state = arena_new_array(arena, struct case_state, 1);
	*state = *(const struct case_state *)plain->initial_state;
	struct CMUnitTest test = {.name = str_format(arena, "%s, labelled", plain->name).at,
		.test_func = says_the_label,
		.initial_state = state};
	*vec_push(arena, &tests->list) = test;
}

static void collect(struct arena *arena, const struct golden_kind *kind, struct tests *tests)
{
	DIR *dir = opendir(kind->directory);
	int before = tests->list.len;
	for (struct dirent *entry; dir && (entry = readdir(dir));) {
		struct str name = str_of(entry->d_name);
		if (!is_case(kind, name))
			continue;
		struct case_state *state = arena_new_array(arena, struct case_state, 1);
		name = str_copy(arena, str_slice(name, 0, name.len - 4));
		*state = (struct case_state){{kind->directory, name.at, NULL, false}, kind};
		*vec_push(arena, &tests->list) = (struct CMUnitTest){
			.name = str_format(arena, "%s/%s", kind->directory, name.at).at,
			.test_func = prints_what_is_expected,
			.initial_state = state,
		};
	}
	if (dir)
		closedir(dir);
	if (tests->list.len == before) {
		fprintf(stderr, "golden: no cases in %s: run it in tests/\n", kind->directory);
		exit(1);
	}
	bool finds = kind->print == print_letter_findings && !getenv("BLESS");
	for (int i = before, end = tests->list.len; finds && i < end; i++)
		add_labelled(arena, &tests->list.at[i], tests);
	qsort(tests->list.at + before, (size_t)(tests->list.len - before), sizeof *tests->list.at,
		compare_tests);
}

/* -- completeness ------------------------------------------------------------------------------ */

/* Findings that no golden case can provoke, and the test that does. */
static const struct {
	enum diag_id id;
	const char *test;
} elsewhere[] = {
	{DIAG_EDITION_UNKNOWN, "job/test_editions.c"},
	{DIAG_FILE_READ, "unit/test_file.c"},
	{DIAG_FILE_WRITE, "unit/test_file.c"},
	{DIAG_RECIPIENTS_NONE, "unit/test_recipients.c"},
	{DIAG_RECIPIENTS_EMPTY, "unit/test_sources.c"},
	{DIAG_RECIPIENTS_COUNT, "sign/test_forget.c"},
	{DIAG_PRUNE_CUT, "sign/test_forget.c"},
	{DIAG_RECIPIENT_UNKNOWN, "unit/test_recipients.c"},
	{DIAG_NAME_EMPTY, "unit/test_selection.c"},
	{DIAG_OPTION_FIELD, "unit/test_selection.c"},
	{DIAG_OPTION_COMPUTED, "unit/test_selection.c"},
	{DIAG_WHERE_FORM, "unit/test_selection.c"},
	{DIAG_ROW_MANY, "unit/test_joined.c"},
	{DIAG_BOOK_DAMAGED, "unit/test_books.c"},
	{DIAG_BOOK_LIMIT, "unit/test_books.c"},
	{DIAG_BOOK_LOCKED, "unit/test_books.c"},
	{DIAG_BOOK_NONE, "unit/test_books.c"},
	{DIAG_BOOK_SHOWN, "unit/test_books.c"},
	{DIAG_BOOK_UNSEEN, "unit/test_books.c"},
	{DIAG_BOOK_SHEET, "unit/test_books.c"},
	{DIAG_POSTGRES_PASSWORD, "job/postgres.py"},
	{DIAG_POSTGRES_CONNECT, "job/postgres.py"},
	{DIAG_POSTGRES, "job/postgres.py"},
	{DIAG_POSTGRES_LOST, "job/postgres.py"},
	{DIAG_POSTGRES_TYPE, "job/postgres.py"},
	{DIAG_SQLITE, "unit/test_sources.c"},
	{DIAG_SQLITE_QUERY, "unit/test_sources.c"},
	{DIAG_SQLITE_TABLE, "unit/test_sources.c"},
	{DIAG_SQLITE_TEXT, "unit/test_sources.c"},
};

static const char *const diag_names[] = {
#define DIAG(name, id, severity, text, hint) "DIAG_" #name,
#include "base/diag.def"
#include "style/style.h"
#include "template/template.h"
#undef DIAG
};

static bool file_contains(const char *path, const char *text)
{
	struct arena *arena = arena_new();
	struct diags *unsaid = diags_new();
	struct str bytes = file_read(arena, path, place_none(), unsaid);
	bool found = str_find(bytes, text) >= 0;
	diags_free(unsaid);
	arena_free(arena);
	return found;
}

static void read_expected(struct buf *out)
{
	struct arena *arena = arena_new();
	struct tests tests = {0};
	struct diags *diags = diags_new();
	for (int i = 0; i < KIND_COUNT; i++)
		collect(arena, &kinds[i], &tests);
	for (int i = 0; i < tests.list.len; i++) {
		if (tests.list.at[i].test_func != prints_what_is_expected)
			continue;
		struct str path = str_format(arena, "%s.expected", tests.list.at[i].name);
		buf_str(out, file_read(arena, path.at, place_none(), diags));
	}
	assert_false(diags_failed(diags));
	diags_free(diags);
	arena_free(arena);
}

/* All of the rooms up to the letter; what stages after it find is tested with them. */
static void every_finding_up_to_the_letter_is_in_a_golden(void **state)
{
	(void)state;
	struct buf expected = {0};
	read_expected(&expected);
	for (int id = 0; id <= DIAG_EVIDENCE_LATE; id++) {
		char code[64];
		bool found;
		size_t i = 0;
		snprintf(code, sizeof code, "[%s]\n", diag_code((enum diag_id)id));
		while (i < sizeof elsewhere / sizeof *elsewhere && (int)elsewhere[i].id != id)
			i++;
		if (i < sizeof elsewhere / sizeof *elsewhere)
			found = file_contains(elsewhere[i].test, diag_names[id]) ||
				file_contains(elsewhere[i].test, diag_code((enum diag_id)id));
		else
			found = str_find(buf_text(&expected), code) >= 0;
		if (!found)
			fail_msg("no test shows %s", diag_code((enum diag_id)id));
	}
	buf_free(&expected);
}

int main(void)
{
	struct arena *arena = arena_new();
	struct tests tests = {0};
	for (int i = 0; i < KIND_COUNT; i++)
		collect(arena, &kinds[i], &tests);
	if (!getenv("BLESS"))
		*vec_push(arena, &tests.list) = (struct CMUnitTest)cmocka_unit_test(
			every_finding_up_to_the_letter_is_in_a_golden);
	int failed = _cmocka_run_group_tests(
		"golden", tests.list.at, (size_t)tests.list.len, NULL, NULL);
	arena_free(arena);
	return failed;
}
