/* What is known of facts, through the program: it is counted and listed, and no letter, key or
 * approval changes by it. The shipped records are held against SOURCES.md, which is read from them
 * by other code. */
#include "support/support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static const char *program, *root; /* from the command line */

/* -- the shipped records ----------------------------------------------------------------------- */

/* The letter does not mention the awards. */
static bool is_in_letter(struct str row)
{
	return str_starts(row, "| `") && str_find(row, "`vru.award-") < 0;
}

static int count_facts(struct str page, const char *standing)
{
	struct str line;
	const char *cell = strcmp(standing, "seen") == 0 ? "` | seen" : "` | **%s**";
	struct buf wanted = {0};
	int count = 0;
	buf_format(&wanted, cell, standing);
	while (str_split(&page, '\n', &line))
		count += is_in_letter(line) && str_find(line, buf_text(&wanted).at) > 0;
	buf_free(&wanted);
	return count;
}

static void the_shipped_letters_have_no_warning_and_their_facts_are_counted(void **state)
{
	(void)state;
	struct scratch scratch = scratch_new();
	struct str page = read_bytes(
		scratch.arena, str_format(scratch.arena, "%s/recipients/SOURCES.md", root).at);
	int seen = count_facts(page, "seen"), derived = count_facts(page, "derived");
	int inferred = count_facts(page, "inferred"), recalled = count_facts(page, "recalled");
	assert_true(seen > 100 && inferred >= 16 && recalled > 0);
	struct outcome run = run_in(
		scratch.arena, root, "'%s' batch --no-sign -o '%s/out'", program, scratch.dir);
	assert_int_equal(run.code, 0);
	assert_int_equal(str_find(run.err, "error"), -1);
	assert_int_equal(str_find(run.err, "warning"), -1);
	struct str counts = str_format(scratch.arena,
		"facts in the letters: %d seen, %d derived, %d inferred, %d recalled;", seen,
		derived, inferred, recalled);
	assert_holds(run.err, counts.at);
	run = run_in(scratch.arena, root, "'%s' batch --no-sign -o '%s/out'", program, scratch.dir);
	assert_holds(run.out, "18 unchanged");
	assert_holds(run.err, counts.at);
	run = run_in(scratch.arena, root, "'%s' check --unconfirmed --diag=json", program);
	int found = 0;
	struct str line;
	while (str_split(&run.out, '\n', &line))
		found += line.len > 0;
	assert_int_equal(found, derived + inferred + recalled);
	scratch_free(&scratch);
}

/* -- a small project --------------------------------------------------------------------------- */

static const char template[] =
	"<letter xmlns=\"urn:lettermerge:letter:1\" xml:lang=\"en-GB\" date=\"2020-10-13\">"
	"<title>T</title><fields><declare name=\"name\"/><declare name=\"town\"/></fields>"
	"<p><field name=\"name\"/> of <field name=\"town\"/></p></letter>";

#define RECORD(name, town, sources)                                                 \
	"<recipient xmlns=\"urn:lettermerge:recipient:1\"><name" name ">Ann</name>" \
	"<town" town ">Ashby</town>" sources "</recipient>"

static struct scratch make_project(void)
{
	struct scratch project = scratch_new();
	scratch_write(&project, "templates/letter.xml", template);
	scratch_write(&project, "recipients/ann.xml", RECORD("", "", ""));
	return project;
}

static struct outcome run(struct scratch *project, const char *arguments)
{
	return run_in(project->arena, project->dir, "'%s' %s", program, arguments);
}

static const char *const sayings[] = {
	RECORD(" standing=\"recalled\"", " confirmed=\"no\"", ""),
	RECORD(" standing=\"seen\" source=\"Book\" source-date=\"2024\" quote=\"Ann\"",
		" standing=\"inferred\" valid=\"2020/\"",
		"<sources><source of=\"town\" href=\"https://example.org/\" date=\"2019\" "
		"remark=\"R\">Map</source></sources>"),
	RECORD("", "", ""),
};

static void no_letter_and_no_approval_changes_by_what_is_known(void **state)
{
	const char *options = *state;
	struct scratch project = make_project();
	struct str batch = str_format(project.arena, "batch --no-sign %s", options);
	assert_int_equal(run(&project, batch.at).code, 0);
	struct str approve = str_format(project.arena, "approve ann --by Bo %s", options);
	assert_int_equal(run(&project, approve.at).code, 0);
	struct str status = str_format(
		project.arena, "status --approved-only --no-sign %s", options);
	struct str before = read_bytes(project.arena, scratch_path(&project, "out/ann.pdf"));
	for (size_t i = 0; i < sizeof sayings / sizeof *sayings; i++) {
		scratch_write(&project, "recipients/ann.xml", sayings[i]);
		assert_holds(run(&project, batch.at).out, "0 letters written to out, 1 unchanged");
		assert_holds(run(&project, status.at).out, "0 to be written, 1 unchanged");
		struct str after = read_bytes(project.arena, scratch_path(&project, "out/ann.pdf"));
		assert_true(str_eq(before, after));
		struct str forced = str_format(
			project.arena, "%s --force --approved-only", batch.at);
		assert_holds(run(&project, forced.at).out, "0 held");
		after = read_bytes(project.arena, scratch_path(&project, "out/ann.pdf"));
		assert_true(str_eq(before, after));
	}
	scratch_free(&project);
}

static void facts_have_a_time(void **state)
{
	(void)state;
	struct scratch project = make_project();
	scratch_write(&project, "recipients/ann.xml", RECORD("", " valid=\"2020-02-01/\"", ""));
	struct outcome good = run(&project, "batch --no-sign");
	assert_string_equal(good.err.at, "");
	struct str early = str_format(project.arena, "%.*s2019-10-13%s",
		str_find(str_of(template), "2020-10-13"), template,
		template + str_find(str_of(template), "2020-10-13") + 10);
	scratch_write(&project, "templates/letter.xml", early.at);
	for (int i = 0; i < 2; i++) { /* said again of a letter that is not written again */
		struct outcome late = run(&project, "batch --no-sign");
		assert_holds(late.err,
			"field \"town\" holds for 2020-02-01/, and the letter is of "
			"2019-10-13 [W-FACT-TIME]");
		assert_int_equal(late.code, 0);
	}
	assert_int_equal(run(&project, "batch --no-sign --strict").code, 1);
	scratch_free(&project);
}

static void check_lists_what_nobody_has_seen_and_nothing_else(void **state)
{
	(void)state;
	struct scratch project = make_project();
	for (int i = 0; i < 30; i++) {
		struct str name = str_format(project.arena, "recipients/r%02d.xml", i);
		scratch_write(&project, name.at,
			RECORD(" standing=\"derived\"", " standing=\"recalled\"",
				"<nmae>x</nmae>"));
	}
	struct outcome list = run(&project, "check --unconfirmed --color=never");
	assert_holds(list.out, "30  N-DERIVED\n");
	assert_holds(list.out, "30  N-RECALLED\n");
	assert_holds(list.out, "recipients/r29.xml:1:");
	assert_int_equal(str_find(list.out, "warning:"), -1);
	assert_holds(
		list.out, "facts in the letters: 0 seen, 30 derived, 0 inferred, 30 recalled\n");
	assert_holds(run(&project, "check --no-pages").out, "[W-FIELD-UNKNOWN]");
	scratch_write(&project, "recipients/ann.xml", "<recipient/>");
	list = run(&project, "check --unconfirmed");
	assert_int_equal(list.code, 1);
	assert_holds(list.out, "[E-XML-ROOT]");
	scratch_free(&project);
}

int main(int argc, char **argv)
{
	static char plain[] = "", attached[] = "--attach-source";
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_shipped_letters_have_no_warning_and_their_facts_are_counted),
		cmocka_unit_test_prestate(
			no_letter_and_no_approval_changes_by_what_is_known, plain),
		cmocka_unit_test_prestate(
			no_letter_and_no_approval_changes_by_what_is_known, attached),
		cmocka_unit_test(facts_have_a_time),
		cmocka_unit_test(check_lists_what_nobody_has_seen_and_nothing_else),
	};
	if (argc != 3)
		return 1;
	program = argv[1];
	root = argv[2];
	return cmocka_run_group_tests(tests, NULL, NULL);
}
