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
	assert_int_equal(found, derived + inferred + recalled + 1); /* and the counts */
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

/* -- confirming -------------------------------------------------------------------------------- */

static const char letter_of_all[] =
	"<letter xmlns=\"urn:lettermerge:letter:1\" xml:lang=\"en-GB\" date=\"2020-10-13\">"
	"<title>T</title><fields><declare name=\"name\"/>"
	"<declare name=\"unit.name\" required=\"no\"/>"
	"<declare name=\"address\" type=\"lines\" required=\"no\"/>"
	"<declare name=\"blank\" required=\"no\"/><declare name=\"visits\" type=\"list\" "
	"required=\"no\"><declare name=\"day\"/></declare></fields>"
	"<p><field name=\"name\"/> <field name=\"unit.name\"/></p>"
	"<p><each field=\"visits\"><field name=\"day\"/></each></p></letter>";

#define HEAD "<recipient xmlns=\"urn:lettermerge:recipient:1\">"
#define SEEN "standing=\"seen\" source=\"https://example.org/?a=1&amp;b=2\" source-date=\"2020-09\""

static const struct edit {
	const char *name, *field, *options, *before, *after;
} edits[] = {
	{"what stood there goes, all else stays", "name", "",
		"\xEF\xBB\xBF<?xml version=\"1.0\"?>\r\n<!-- <name>Not this</name> -->\r\n" HEAD
		"\r\n  <name  xml:lang='cy'\tstanding = 'inferred'  source=\"x > y\" >Ann</name "
		"><!-- and this -->\r\n  <![CDATA[]]></recipient>\r\n",
		"\xEF\xBB\xBF<?xml version=\"1.0\"?>\r\n<!-- <name>Not this</name> -->\r\n" HEAD
		"\r\n  <name  xml:lang='cy' " SEEN " >Ann</name >"
		"<!-- and this -->\r\n  <![CDATA[]]></recipient>\r\n"},
	{"a quotation is noted too", "name", "--quote 'Ann \"the\" Lee'",
		HEAD "<name confirmed=\"no\">Ann</name></recipient>",
		HEAD "<name " SEEN " quote=\"Ann &quot;the&quot; Lee\">Ann</name></recipient>"},
	{"lines speak for themselves no more", "address", "",
		HEAD "<name>Ann</name><address>\n<line standing=\"recalled\">1 Lane</line>"
		     "<!-- <line confirmed=\"no\"/> --><line xml:lang=\"cy\" confirmed=\"no\"\n>"
		     "Tref</line></address><x standing=\"recalled\"><line "
		     "standing=\"recalled\">y</line></x></recipient>",
		HEAD "<name>Ann</name><address " SEEN ">\n<line>1 Lane</line>"
		     "<!-- <line confirmed=\"no\"/> --><line xml:lang=\"cy\"\n>"
		     "Tref</line></address><x standing=\"recalled\"><line "
		     "standing=\"recalled\">y</line></x></recipient>"},
	{"what is said around it stays", "unit.name", "",
		HEAD
		"<name>Ann</name><unit standing=\"recalled\"><name>U</name></unit></recipient>",
		HEAD "<name>Ann</name><unit standing=\"recalled\"><name " SEEN
		     ">U</name></unit></recipient>"},
	{"prefixes", "name", "",
		"<r:recipient xmlns:r=\"urn:lettermerge:recipient:1\"><r:name\n standing=\"seen\" "
		"source=\"A\" source-date=\"2019\" quote=\"Q\">Ann</r:name></r:recipient>",
		"<r:recipient xmlns:r=\"urn:lettermerge:recipient:1\"><r:name " SEEN
		">Ann</r:name></r:recipient>"},
};

static struct outcome confirm(struct scratch *project, const char *arguments)
{
	return run(project,
		str_format(project->arena,
			"confirm ann %s --source 'https://example.org/?a=1&b=2' --date 2020-09",
			arguments)
			.at);
}

static void a_confirmed_fact_is_noted_where_it_stands(void **state)
{
	const struct edit *edit = *state;
	struct scratch project = make_project();
	scratch_write(&project, "templates/letter.xml", letter_of_all);
	scratch_write(&project, "recipients/ann.xml", edit->before);
	struct outcome done = confirm(
		&project, str_format(project.arena, "%s %s", edit->field, edit->options).at);
	assert_int_equal(done.code, 0);
	assert_holds(done.out, "recipients/ann.xml: ");
	struct str after = read_bytes(project.arena, scratch_path(&project, "recipients/ann.xml"));
	assert_string_equal(after.at, edit->after);
	assert_string_equal(
		list_folder(project.arena, scratch_path(&project, "recipients")).at, "ann.xml\n");
	struct outcome list = run(&project, "check --unconfirmed -q --diag=json");
	assert_int_equal(list.code, 0);
	assert_int_equal(str_find(list.out, edit->field), -1);
	scratch_free(&project);
}

static void one_of_many_is_confirmed_and_the_file_keeps_its_mode_and_its_link(void **state)
{
	(void)state;
	struct scratch project = make_project();
	scratch_write(&project, "kept/all.xml",
		"\xEF\xBB\xBF<recipients xmlns=\"urn:lettermerge:recipient:1\"><recipient "
		"id=\"bo\">"
		"<name>Bo</name><town>T</town></recipient><recipient id=\"ann\"><name>Ann</name>"
		"<town confirmed=\"no\">T</town></recipient></recipients>");
	run_in(project.arena, project.dir, "chmod 640 kept/all.xml; ln -s kept/all.xml all.xml");
	assert_int_equal(confirm(&project, "town -r all.xml").code, 0);
	assert_string_equal(read_bytes(project.arena, scratch_path(&project, "kept/all.xml")).at,
		"\xEF\xBB\xBF<recipients xmlns=\"urn:lettermerge:recipient:1\"><recipient "
		"id=\"bo\">"
		"<name>Bo</name><town>T</town></recipient><recipient id=\"ann\"><name>Ann</name>"
		"<town " SEEN ">T</town></recipient></recipients>");
	assert_string_equal(
		run_in(project.arena, project.dir, "stat -c '%%A' kept/all.xml; readlink all.xml")
			.out.at,
		"-rw-r-----\nkept/all.xml\n");
	scratch_free(&project);
}

static void what_cannot_be_confirmed_is_refused_and_nothing_is_written(void **state)
{
	(void)state;
	static const char record[] = HEAD "<name>Ann</name><blank> </blank><visits><day>1</day>"
					  "</visits><unit><name>U</name></unit></recipient>";
	static const struct {
		const char *arguments, *says;
		int code;
	} cases[] = {
		{"ann nmae --source x --date 2020", "did you mean \"name\"?", 1},
		{"ann blank --source x --date 2020", "[E-CONFIRM-FIELD]", 1},
		{"ann visits --source x --date 2020", "[E-CONFIRM-FIELD]", 1},
		{"ann day --source x --date 2020", "[E-CONFIRM-FIELD]", 1},
		{"ann unit --source x --date 2020", "[E-CONFIRM-FIELD]", 1},
		{"bo name --source x --date 2020", "no record", 1},
		{"ann name --source x --date soon", "[E-OPTION-DATE]", 2},
		{"ann name --source x", "[E-CONFIRM-WANTS]", 2},
		{"ann name --date 2020", "[E-CONFIRM-WANTS]", 2},
		{"ann name --date 2020 --source ' '", "[E-CONFIRM-WANTS]", 2},
		{"ann name --date 2020 --source \"$(printf '\\377')\"", "[E-CONFIRM-WANTS]", 2},
		{"ann name --date 2020 --source x --quote ''", "[E-CONFIRM-WANTS]", 2},
		{"ann --source x --date 2020", "[E-CONFIRM-WANTS]", 2},
		{"row-2 name -r table.csv --source x --date 2020", "[E-CONFIRM-TABLE]", 1},
		{"ann name --source x --date 2020 -r nowhere", "cannot read \"nowhere\"", 3},
	};
	struct scratch project = make_project();
	scratch_write(&project, "templates/letter.xml", letter_of_all);
	scratch_write(&project, "recipients/ann.xml", record);
	scratch_write(&project, "table.csv", "name\nAnn\n");
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct outcome refused = run(
			&project, str_format(project.arena, "confirm %s", cases[i].arguments).at);
		assert_holds(refused.err, cases[i].says);
		if (refused.code != cases[i].code)
			fail_msg("%s: exit code %d", cases[i].arguments, refused.code);
		struct str after = read_bytes(
			project.arena, scratch_path(&project, "recipients/ann.xml"));
		assert_string_equal(after.at, record);
	}
	assert_string_equal(
		read_bytes(project.arena, scratch_path(&project, "table.csv")).at, "name\nAnn\n");
	scratch_free(&project);
}

/* Done on a copy: every fact that nobody has seen is confirmed, and none is left. */
static void the_shipped_records_can_be_confirmed_to_the_last(void **state)
{
	(void)state;
	struct scratch project = scratch_new();
	struct str line,
		out = run_in(project.arena, root,
			"cp -R recipients templates '%s' && cd '%s' && '%s' check --unconfirmed -q",
			project.dir, project.dir, program)
			      .out;
	int confirmed = 0;
	while (str_split(&out, '\n', &line)) {
		int command = str_find(line, "lettermerge confirm "), end;
		if (command < 0)
			continue;
		struct str rest = str_slice(line, command + 12, line.len);
		end = str_find(rest, " --source");
		struct str what = str_slice(rest, 0, end);
		struct outcome done = run(&project,
			str_format(project.arena, "%.*s --source https://example.org --date 2020",
				str_arg(what))
				.at);
		if (done.code != 0)
			fail_msg("%.*s: %s", str_arg(what), done.err.at);
		confirmed++;
	}
	assert_true(confirmed > 16);
	assert_holds(run(&project, "check --unconfirmed").out, ", 0 facts not confirmed\n");
	struct outcome same = run_in(project.arena, project.dir,
		"'%s' batch -q --no-sign -o new && cd '%s' && '%s' batch -q --no-sign -o '%s/old' "
		"&& cd "
		"'%s' && for f in old/*.pdf; do cmp $f new/${f#old/} || exit 1; done",
		program, root, program, project.dir, project.dir);
	assert_int_equal(same.code, 0);
	scratch_free(&project);
}

enum { EDITS = sizeof edits / sizeof *edits };

int main(int argc, char **argv)
{
	static char plain[] = "", attached[] = "--attach-source";
	const struct CMUnitTest others[] = {
		cmocka_unit_test(the_shipped_letters_have_no_warning_and_their_facts_are_counted),
		cmocka_unit_test_prestate(
			no_letter_and_no_approval_changes_by_what_is_known, plain),
		cmocka_unit_test_prestate(
			no_letter_and_no_approval_changes_by_what_is_known, attached),
		cmocka_unit_test(facts_have_a_time),
		cmocka_unit_test(check_lists_what_nobody_has_seen_and_nothing_else),
		cmocka_unit_test(one_of_many_is_confirmed_and_the_file_keeps_its_mode_and_its_link),
		cmocka_unit_test(what_cannot_be_confirmed_is_refused_and_nothing_is_written),
		cmocka_unit_test(the_shipped_records_can_be_confirmed_to_the_last),
	};
	enum { OTHERS = sizeof others / sizeof *others };
	struct CMUnitTest tests[OTHERS + EDITS];
	memcpy(tests, others, sizeof others);
	for (int i = 0; i < EDITS; i++)
		tests[OTHERS + i] = (struct CMUnitTest){.name = edits[i].name,
			.test_func = a_confirmed_fact_is_noted_where_it_stands,
			.initial_state = (void *)(uintptr_t)&edits[i]};
	if (argc != 3)
		return 1;
	program = argv[1];
	root = argv[2];
	return cmocka_run_group_tests(tests, NULL, NULL);
}
