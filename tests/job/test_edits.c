/* Random edits of template, style and records: the letters that status says would be written are
 * those whose bytes differ, no fewer and no more; and each reason is there.
 *
 * A project grows from a row of small numbers, its genes; an edit changes one to three of them.
 * Some decide what is printed, some only comments, white space, declarations, the style of elements
 * that no letter has. The truth comes from a run of its own into an empty folder.
 *
 * Files that an edit does not change are not written, and the clock is ahead (ahead.c), so that
 * records are known again without being read.
 *
 *   test_edits PROGRAM ROUNDS AHEAD_LIBRARY */
#include "support/support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static const char *program; /* from the command line */
static int rounds;

enum { LETTERS = 4 };

enum gene {
	COMMENT,
	BLANKS,
	WORDS,
	BOLD,
	CONDITION,
	EQUALS,
	LINK,
	NOTE,
	NEW_CHARACTER,
	LIST,
	TABLE,
	TITLE,
	DATE,
	LANG,
	DEFAULT,
	UNUSED_FIELD,
	FIELD_RENAMED,
	STYLE_COMMENT,
	STYLE_P,
	STYLE_TABLE,
	STYLE_QUOTE,
	STYLE_NOTE,
	STYLE_MARGIN,
	STYLE_SIZE_OF_TEXT,
	STYLE_COLOUR_OF_STRONG,
	RECORDS, /* five for each letter */
	GENES = RECORDS + 5 * LETTERS
};
enum { RECORD_NAME, RECORD_TOWN, RECORD_PRIZE, RECORD_UNUSED, RECORD_COMMENT };

static uint32_t random_below(uint32_t *seed, uint32_t limit)
{
	*seed = *seed * 1664525u + 1013904223u;
	return (*seed >> 8) % limit;
}

static void write_changed(struct scratch *project, const char *name, struct buf *text)
{
	struct str before = read_bytes(project->arena, scratch_path(project, name));
	if (!before.at || !str_eq(before, buf_text(text)))
		scratch_write(project, name, buf_text(text).at);
	buf_free(text);
}

/* -- a project from its genes ------------------------------------------------------------------ */

static const char *name_field(const int *genes)
{
	return genes[FIELD_RENAMED] ? "who" : "name";
}

static void write_fields(const int *genes, struct buf *out)
{
	static const char *const defaults[] = {"", " default=\"nowhere\"", " default=\"a place\""};
	buf_format(out,
		"<fields><declare name=\"%s\" type=\"text\"/>"
		"<declare name=\"town\" type=\"text\" required=\"no\"%s/>"
		"<declare name=\"prize\" type=\"rich\" required=\"no\"/>%s</fields>\n",
		name_field(genes), defaults[genes[DEFAULT]],
		genes[UNUSED_FIELD] ? "<declare name=\"other\" required=\"no\"/>" : "");
}

static void write_body(const int *genes, struct buf *out)
{
	static const char *const words[] = {"one", "two", "three"};
	static const char *const characters[] = {"", "\xC5\xBE", "\xE2\x9C\x93"};
	const char *name = name_field(genes);
	buf_format(out, "<salutation>Dear <field name=\"%s\"/>,</salutation>\n", name);
	buf_format(out, "<p>%sThis is%s number <em>%s</em>%s%s.</p>\n",
		genes[BOLD] ? "<strong>A</strong>" : "", genes[BLANKS] ? "\n   " : " ",
		words[genes[WORDS]], characters[genes[NEW_CHARACTER]],
		genes[NOTE] ? "<note>A note of <field name=\"town\"/></note>" : "");
	if (genes[CONDITION])
		buf_format(
			out, "<if field=\"prize\"><p>You won <field name=\"prize\"/>.</p></if>\n");
	buf_format(out, "<if field=\"town\" equals=\"Town %d\"><p>From there.</p></if>\n",
		genes[EQUALS]);
	if (genes[LINK])
		buf_format(out,
			"<p>See <link href=\"https://example.org/{%s}\" "
			"title=\"t%d\">this</link></p>\n",
			name, genes[LINK]);
	if (genes[LIST])
		buf_format(out, "<ul><li>A point</li><li>Another, %d</li></ul>\n", genes[LIST]);
	if (genes[TABLE])
		buf_format(
			out, "<if field=\"town\"><table><row><cell>C</cell></row></table></if>\n");
	buf_puts(out, "<closing>Yours,</closing>\n");
}

static void write_template(struct scratch *project, const int *genes)
{
	struct buf out = {0};
	buf_format(&out,
		"<letter xmlns=\"urn:lettermerge:letter:1\" xml:lang=\"%s\" style=\"style.xml\" "
		"date=\"202%d-01-01\">\n",
		genes[LANG] ? "en-US" : "en-GB", genes[DATE]);
	for (int i = 0; i < genes[COMMENT]; i++)
		buf_puts(&out, "<!-- a comment\n of two lines -->\n");
	buf_format(&out, "<title>Letter %d</title>\n", genes[TITLE]);
	write_fields(genes, &out);
	write_body(genes, &out);
	buf_puts(&out, "</letter>\n");
	write_changed(project, "templates/letter.xml", &out);
}

static void write_style(struct scratch *project, const int *genes)
{
	struct buf out = {0};
	buf_format(&out, "<style xmlns=\"urn:lettermerge:style:1\">\n%s",
		genes[STYLE_COMMENT] ? "<!-- a comment -->\n" : "");
	buf_format(&out, "<page left=\"2%dmm\"/>\n", genes[STYLE_MARGIN]);
	buf_format(&out, "<text family=\"Liberation Sans, DejaVu Sans\" size=\"1%dpt\"/>\n",
		genes[STYLE_SIZE_OF_TEXT]);
	buf_format(&out, "<element name=\"p\" indent-left=\"%dpt\"/>\n", genes[STYLE_P]);
	buf_format(&out, "<element name=\"table\" space=\"%dpt\"/>\n", 2 + genes[STYLE_TABLE]);
	buf_format(&out, "<element name=\"quote\" indent-left=\"%dpt\"/>\n", genes[STYLE_QUOTE]);
	buf_format(&out, "<element name=\"note\" indent-left=\"%dpt\"/>\n",
		20 + genes[STYLE_NOTE]); /* more than its number needs */
	buf_format(&out, "<element name=\"strong\" colour=\"#00000%d\"/>\n</style>\n",
		genes[STYLE_COLOUR_OF_STRONG]);
	write_changed(project, "templates/style.xml", &out);
}

static void write_record(struct scratch *project, const int *genes, int number)
{
	const int *own = genes + RECORDS + 5 * number;
	const char *name = name_field(genes);
	struct buf out = {0};
	buf_format(&out, "<recipient xmlns=\"urn:lettermerge:recipient:1\">%s<%s>Name%d</%s>",
		own[RECORD_COMMENT] ? "<!-- x -->\n" : "", name, own[RECORD_NAME], name);
	if (own[RECORD_TOWN])
		buf_format(&out, "<town>Town %d</town>", own[RECORD_TOWN]);
	if (own[RECORD_PRIZE])
		buf_format(&out, "<prize>%s</prize>",
			own[RECORD_PRIZE] == 1 ? "a cake" : "a <em>cake</em>");
	if (own[RECORD_UNUSED])
		buf_format(&out, "<nobody>asked %d</nobody>", own[RECORD_UNUSED]);
	buf_puts(&out, "</recipient>\n");
	write_changed(project, str_format(project->arena, "recipients/r%d.xml", number).at, &out);
}

static void write_project(struct scratch *project, const int *genes)
{
	write_template(project, genes);
	write_style(project, genes);
	for (int i = 0; i < LETTERS; i++)
		write_record(project, genes, i);
}

/* -- the property ------------------------------------------------------------------------------ */

static void show(const int *before, const int *after, struct str status)
{
	for (int i = 0; i < GENES; i++)
		if (before[i] != after[i])
			print_message("gene %d: %d to %d\n", i, before[i], after[i]);
	print_message("%.*s", str_arg(status));
}

static bool is_planned(struct str status, int number)
{
	char line[64];
	snprintf(line, sizeof line, "out/r%d.pdf: to be written: ", number);
	return str_find(status, line) >= 0;
}

/* Gives the number of letters that differ. */
static int check_edit(struct scratch *project, const int *before, const int *after)
{
	struct arena *arena = project->arena;
	write_project(project, after);
	struct outcome status = run_in(
		arena, project->dir, "'%s' status --also html,text", program);
	struct outcome fresh = run_in(arena, project->dir,
		"rm -rf fresh; '%s' batch --no-sign -q --also html,text --durability=fast -o fresh",
		program);
	if (status.code)
		print_message("%.*s", str_arg(status.err));
	assert_int_equal(status.code, 0);
	assert_int_equal(fresh.code, 0);
	int different = 0;
	for (int i = 0; i < LETTERS; i++) {
		bool differs = run_in(arena, project->dir,
				       "for e in pdf html txt; do cmp -s out/r%d.$e fresh/r%d.$e "
				       "|| exit 1; done",
				       i, i)
				       .code != 0;
		if (differs != is_planned(status.out, i)) {
			show(before, after, status.out);
			fail_msg("r%d %s", i, differs ? "was missed" : "is in excess");
		}
		different += differs;
	}
	run_in(arena, project->dir, "'%s' batch --no-sign -q --also html,text --durability=fast",
		program);
	assert_int_equal(
		run_in(arena, project->dir, "diff -rq -x '.letter*' -x run.json out fresh").code,
		0);
	return different;
}

static void the_letters_planned_are_those_that_differ(void **state)
{
	(void)state;
	struct scratch project = scratch_new();
	uint32_t seed = 20201013;
	int genes[GENES] = {0}, edited[GENES], different = 0;
	write_project(&project, genes);
	run_in(project.arena, project.dir,
		"'%s' batch --no-sign -q --also html,text --durability=fast", program);
	for (int round = 0; round < rounds; round++) {
		memcpy(edited, genes, sizeof genes);
		for (int i = (int)random_below(&seed, 3); i >= 0; i--)
			edited[random_below(&seed, GENES)] = (int)random_below(&seed, 3);
		different += check_edit(&project, genes, edited);
		memcpy(genes, edited, sizeof genes);
	}
	assert_true(different > 0 && different < rounds * LETTERS);
	scratch_free(&project);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_letters_planned_are_those_that_differ),
	};
	if (argc != 4)
		return 2;
	program = argv[1];
	setenv("LD_PRELOAD", plain_link(argv[3]), 1);
	setenv("ASAN_OPTIONS", "verify_asan_link_order=0", 1);
	rounds = atoi(argv[2]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
