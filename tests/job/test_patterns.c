/* The patterns that divide the words of a language have a part in its letters, as far as the style
 * hyphenates: what changes with them is written again, and says why.
 *
 *   test_patterns PROGRAM ELSEWHERE_LIBRARY */
#include "support/support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static const char *program, *library; /* from the command line */

/* a is in English, b has Welsh words of its own, c in the template. */
static const struct edit {
	const char *name, *command, *status;
} edits[] = {
	{"nothing is nothing to do", ":", ""},
	{"other patterns", "echo 1zz1 >>hyphen/hyph_en_GB.dic",
		"out/a.pdf: to be written: hyphenation of en-GB changed\n"
		"out/b.pdf: to be written: hyphenation of en-GB changed\n"
		"out/c.pdf: to be written: hyphenation of en-GB changed\n"},
	{"patterns are removed", "rm hyphen/hyph_en_GB.dic",
		"out/a.pdf: to be written: hyphenation of en-GB changed\n"
		"out/b.pdf: to be written: hyphenation of en-GB changed\n"
		"out/c.pdf: to be written: hyphenation of en-GB changed\n"},
	{"patterns are installed, of words that some letters have",
		"cp hyphen/hyph_en_GB.dic hyphen/hyph_cy_GB.dic",
		"out/b.pdf: to be written: hyphenation of cy changed\n"
		"out/c.pdf: to be written: hyphenation of cy changed\n"},
	{"patterns are installed, of no words here",
		"cp hyphen/hyph_en_GB.dic hyphen/hyph_fr_FR.dic", ""},
	{"the same patterns are installed again", "touch hyphen/*", ""},
};

static const char letter[] =
	"<letter xmlns=\"urn:lettermerge:letter:1\" xml:lang=\"en-GB\" style=\"style.xml\">\n"
	"<title>Letter</title><fields><declare name=\"name\" type=\"rich\"/></fields>\n"
	"<salutation>Dear <field name=\"name\"/>,</salutation><p>Unconditionally.</p>\n"
	"<if field=\"name\" equals=\"Cai\"><p xml:lang=\"cy\">Geiriau.</p></if>\n"
	"</letter>\n";

#define RECORD(name) \
	"<recipient xmlns=\"urn:lettermerge:recipient:1\"><name>" name "</name></recipient>"

static struct outcome look(struct scratch *project, const char *commands)
{
	/* The commands beside the program stay as they are. */
	return run_in(project->arena, project->dir,
		"L() { LETTERMERGE_PATTERNS=$PWD/hyphen LD_PRELOAD='%s' "
		"ASAN_OPTIONS=verify_asan_link_order=0:$ASAN_OPTIONS '%s' \"$@\"; }; L=L; %s",
		library, program, commands);
}

static struct scratch make_project(const char *hyphenate)
{
	struct scratch project = scratch_new();
	scratch_write(&project, "templates/letter.xml", letter);
	scratch_write(&project, "templates/style.xml",
		str_format(project.arena,
			"<style xmlns=\"urn:lettermerge:style:1\"><text hyphenate=\"%s\"/></style>",
			hyphenate)
			.at);
	scratch_write(&project, "recipients/a.xml", RECORD("Ann"));
	scratch_write(
		&project, "recipients/b.xml", RECORD("Ben <span xml:lang=\"cy\">ap Huw</span>"));
	scratch_write(&project, "recipients/c.xml", RECORD("Cai"));
	scratch_write(&project, "hyphen/hyph_en_GB.dic", "UTF-8\n1ge\n");
	struct outcome run = look(&project, "$L batch -q --no-sign");
	assert_string_equal(run.err.at, "");
	assert_int_equal(run.code, 0);
	return project;
}

static void status_tells_what_changes(void **state)
{
	const struct edit *edit = *state;
	struct scratch project = make_project("yes");
	struct outcome run = look(&project,
		str_format(project.arena,
			"%s; $L status --no-sign; $L batch -q --no-sign; $L status --no-sign -q",
			edit->command)
			.at);
	int summary = str_find(run.out, " to be written, ");
	while (summary > 0 && run.out.at[summary - 1] != '\n')
		summary--;
	assert_true(summary >= 0);
	assert_string_equal(
		str_copy(project.arena, str_slice(run.out, 0, summary)).at, edit->status);
	assert_int_equal(str_find(str_slice(run.out, summary, run.out.len), "out/"), -1);
	scratch_free(&project);
}

static void a_style_that_does_not_hyphenate_has_no_part_in_it(void **state)
{
	(void)state;
	struct scratch project = make_project("no");
	struct outcome run = look(&project, "rm hyphen/*; $L status --no-sign");
	assert_holds(run.out, "0 to be written, 3 unchanged");
	scratch_free(&project);
}

static void make_is_told_of_them(void **state)
{
	(void)state;
	struct scratch project = make_project("yes");
	look(&project, "$L batch -q --no-sign --deps letters.d");
	struct str deps = read_bytes(project.arena, scratch_path(&project, "letters.d"));
	assert_holds(deps, "\n /usr/share/hyphen/hyph_en_GB.dic");
	scratch_free(&project);
}

/* The template has a letter of its own language, and a paragraph that may not appear. */
static void says_what_is_missing(void **state)
{
	(void)state;
	struct scratch project = make_project("yes");
	struct outcome run = look(&project,
		"sed -i 's/en-GB/de-AT/; s/<title>/<title xml:lang=\"fr\">/' templates/letter.xml; "
		"$L check -v");
	assert_holds(run.out,
		"warning: no hyphenation patterns for \"de-AT\" are installed, its words are not "
		"divided [W-PATTERNS]\n  hint: install the package hyphen-de, or write");
	assert_holds(run.out,
		"note: no hyphenation patterns for \"cy\" are installed, "
		"its words are not divided [N-PATTERNS]");
	assert_int_equal(str_find(run.out, "\"fr\""), -1);
	run = look(&project, "cp hyphen/hyph_en_GB.dic hyphen/hyph_de_AT.dic; $L check");
	assert_int_equal(str_find(run.out, "W-PATTERNS"), -1);
	run = look(&project, "rm hyphen/*; sed -i s/yes/no/ templates/style.xml; $L check -v");
	assert_int_equal(str_find(run.out, "PATTERNS"), -1);
	scratch_free(&project);
}

static void what_cannot_be_read_is_an_error(void **state)
{
	(void)state;
	struct scratch project = make_project("yes");
	struct outcome run = look(
		&project, "echo no-such-encoding >hyphen/hyph_en_GB.dic; $L check");
	assert_int_equal(run.code, 3);
	assert_holds(run.out,
		"error: cannot read \"/usr/share/hyphen/hyph_en_GB.dic\", which says where words "
		"in "
		"\"en-GB\" may be divided, the letter was not made [E-PATTERNS-READ]");
	scratch_free(&project);
}

int main(int argc, char **argv)
{
	enum { EDITS = sizeof edits / sizeof *edits, OTHERS = 4 };
	struct CMUnitTest tests[OTHERS + EDITS] = {
		cmocka_unit_test(a_style_that_does_not_hyphenate_has_no_part_in_it),
		cmocka_unit_test(make_is_told_of_them),
		cmocka_unit_test(says_what_is_missing),
		cmocka_unit_test(what_cannot_be_read_is_an_error),
	};
	for (int i = 0; i < EDITS; i++)
		tests[OTHERS + i] = (struct CMUnitTest){.name = edits[i].name,
			.test_func = status_tells_what_changes,
			.initial_state = (void *)(uintptr_t)&edits[i]};
	assert_int_equal(argc, 3);
	program = argv[1];
	library = argv[2];
	return cmocka_run_group_tests(tests, NULL, NULL);
}
