/* check --isolated: whatever a record comes from, its letter is the same when it is made alone; it
 * is said when it is not; and who makes it alone can read no other record. */
#include "support/support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const char *program, *root, *neighbour; /* from the command line */

/* Fields that are read otherwise by what they were stored as, with lines, lists and white space. */
static const char letter[] =
	"<letter xmlns=\"urn:lettermerge:letter:1\" xml:lang=\"en-GB\" date=\"2024-05-07\">"
	"<title>Letter</title><fields><declare name=\"name\"/><declare name=\"note\" type=\"rich\" "
	"required=\"no\"/>"
	"<declare name=\"address\" type=\"lines\"/><declare name=\"due\" type=\"money\" "
	"currency=\"GBP\" required=\"no\"/><declare name=\"day\" type=\"date\" "
	"required=\"no\"/><declare name=\"books\" type=\"list\" required=\"no\"><declare "
	"name=\"title\"/>"
	"</declare></fields><address><line><field name=\"name\"/></line><field name=\"address\"/>"
	"</address><p>Dear <field name=\"name\"/>, <if field=\"note\"><field name=\"note\"/></if> "
	"<if field=\"due\"><field name=\"due\"/> by </if>"
	"<if field=\"day\"><field name=\"day\"/></if></p></letter>";

static const struct row {
	const char *command, *options;
} rows[] = {
	{":", "-r people"},
	{":", "-r people --also html,text -j 3"},
	{"{ echo '<recipients xmlns=\"urn:lettermerge:recipient:1\">'; cat people/*.xml | sed "
	 "'s/ xmlns=\"[^\"]*\"//'; echo '</recipients>'; } >many.xml",
		"-r many.xml"},
	{":", "-r people.csv"},
	{":", "-r people.csv --limit 2"},
	{":", "-r people.csv --only bo"},
	{":", "-r people.csv --name '{name}-{id}'"},
	{":", "-r people.jsonl"},
	{"python3 -c \"import sqlite3; b = sqlite3.connect('people.db'); b.execute('create table "
	 "recipients(id text, name text, address text, due real)'); b.executemany('insert into "
	 "recipients values (?, ?, ?, ?)', [('a', 'Ann', 'x', 1.5), ('b', 'Bo', 'y', 2)]); "
	 "b.commit()\"",
		"-r people.db"},
	{":", "-r - <people.csv"},
};

static struct scratch new_project(void)
{
	struct scratch scratch = scratch_new();
	scratch_write(&scratch, "templates/letter.xml", letter);
	scratch_write(&scratch, "people/ann.xml",
		"<recipient xmlns=\"urn:lettermerge:recipient:1\" id=\"ann\"><name>Ann</name>"
		"<note>the <em>first</em> of <strong>all</strong></note><address><line "
		"xml:lang=\"cy\">Tŷ "
		"Gwyn</line><line>Leeds</line></address>"
		"<due>1,200.50</due><day>2024-06-01</day></recipient>");
	scratch_write(&scratch, "people/bo.xml",
		"<recipient xmlns=\"urn:lettermerge:recipient:1\" "
		"id=\"bo\"><name>Bo</name><address>"
		"1 High St\nYork</address></recipient>");
	scratch_write(&scratch, "people.csv",
		"id,name,address,due\nann,Ann  of  Leeds,\"1 High St\nLeeds\",12.50\nbo,Bo,\"2 "
		"High "
		"St\n\nYork\",\ncy,Cy,Bath,7\n");
	scratch_write(&scratch, "people.jsonl",
		"{\"id\":\"ann\",\"name\":\"Ann\",\"address\":[\"1 High "
		"St\",\"Leeds\"],\"due\":1250.5}\n"
		"{\"id\":\"bo\",\"name\":\"Bo\",\"address\":\"York\",\"due\":\"7.00\"}\n");
	return scratch;
}

static struct outcome run(struct scratch *scratch, const char *preload, const char *options)
{
	return run_in(scratch->arena, scratch->dir,
		"export ASAN_OPTIONS=verify_asan_link_order=0:$ASAN_OPTIONS; %s '%s' check "
		"--isolated "
		"-j 1 %s",
		preload, program, options);
}

static void it_is_the_same_made_alone(void **state)
{
	const struct row *row = *state;
	struct scratch scratch = new_project();
	run_in(scratch.arena, scratch.dir, "%s", row->command);
	struct outcome outcome = run(&scratch, "", row->options);
	print_message("# %s\n", row->options);
	assert_string_equal(outcome.err.at, "");
	assert_holds(outcome.out, " made from their records alone as well, all of them the same\n");
	assert_int_equal(outcome.code, 0);
	scratch_free(&scratch);
}

static const char *preloaded(struct arena *arena, const char *variable)
{
	return str_format(arena, "LD_PRELOAD='%s' %s", neighbour, variable).at;
}

static void a_letter_with_something_of_another_is_named(void **state)
{
	(void)state;
	struct scratch scratch = new_project();
	struct outcome outcome = run(
		&scratch, preloaded(scratch.arena, "LETTERMERGE_NEIGHBOUR=yes"), "-r people.csv");
	assert_int_equal(outcome.code, 1);
	assert_true(str_find(outcome.out, "the letter \"ann\" is another") < 0);
	assert_holds(outcome.out,
		"people.csv:row 3: error: the letter \"bo\" is another when it is made "
		"from its record alone: its PDF differs [E-ISOLATED]");
	assert_holds(outcome.out, "the letter \"cy\" is another");
	assert_holds(
		outcome.out, "3 letters made from their records alone as well, 2 of them others\n");
	scratch_free(&scratch);
}

/* Each letter is saved twice: by the run, which reads all records, and alone. */
static void no_other_record_can_be_read(void **state)
{
	static const struct {
		const char *path, *options;
	} peeks[] = {
		{"people.csv", "-r people.csv"},
		{"people/ann.xml", "-r people"},
		{"out/letter", "-r people"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof peeks / sizeof *peeks; i++) {
		struct scratch scratch = new_project();
		scratch_write(&scratch, "out/letter", "a letter of another run");
		struct outcome outcome = run(&scratch,
			preloaded(scratch.arena,
				str_format(scratch.arena, "LETTERMERGE_PEEK='%s'", peeks[i].path)
					.at),
			peeks[i].options);
		if (str_find(outcome.out, "[W-ISOLATED]") >= 0)
			skip();
		assert_int_equal(outcome.code, 0);
		assert_holds(outcome.err, "peek: read\n");
		assert_holds(outcome.err, "peek: kept\n");
		struct outcome count = run_in(scratch.arena, scratch.dir,
			"printf '%s' | sort | uniq -c | awk '{print $1}' | uniq | wc -l",
			outcome.err.at);
		assert_string_equal(count.out.at, "1\n"); /* as often the one as the other */
		scratch_free(&scratch);
	}
}

static void what_the_system_lacks_is_said(void **state)
{
	static const struct {
		const char *lacks, *says;
		int code;
	} lacking[] = {
		{"sockets", "Too many open files [E-ISOLATED-START]", 3},
		{"Landlock", "[W-ISOLATED]", 0},
		{"processes",
			"of the letter \"cy\" none came when it was to be made from its record "
			"alone "
			"[E-ISOLATED-FAILED]",
			1},
	};
	(void)state;
	for (size_t i = 0; i < sizeof lacking / sizeof *lacking; i++) {
		struct scratch scratch = new_project();
		struct outcome outcome = run(&scratch,
			preloaded(scratch.arena,
				str_format(
					scratch.arena, "LETTERMERGE_WITHOUT=%s", lacking[i].lacks)
					.at),
			"-r people.csv");
		assert_holds(outcome.out, lacking[i].says);
		assert_int_equal(outcome.code, lacking[i].code);
		scratch_free(&scratch);
	}
}

static void what_stays_readable_is_what_letters_are_made_of(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	static const char *const samples[] = {
		"accounts", "every-block", "museum", "school", "welsh"};
	for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
		struct outcome outcome = run_in(arena,
			str_format(arena, "%s/tests/samples/%s", root, samples[i]).at,
			"'%s' check --isolated --max 1 -t *[^e].xml -r recipients", program);
		print_message("# %s\n", samples[i]);
		assert_true(str_find(outcome.out, "E-ISOLATED") < 0);
		assert_holds(outcome.out, "alone as well, all of them the same\n");
	}
	arena_free(arena);
}

int main(int argc, char **argv)
{
	enum { ROWS = sizeof rows / sizeof *rows, MORE = 4 };
	struct CMUnitTest tests[ROWS + MORE] = {
		cmocka_unit_test(a_letter_with_something_of_another_is_named),
		cmocka_unit_test(no_other_record_can_be_read),
		cmocka_unit_test(what_the_system_lacks_is_said),
		cmocka_unit_test(what_stays_readable_is_what_letters_are_made_of),
	};
	for (int i = 0; i < ROWS; i++)
		tests[MORE + i] = (struct CMUnitTest){.name = rows[i].options,
			.test_func = it_is_the_same_made_alone,
			.initial_state = (void *)(uintptr_t)&rows[i]};
	if (argc < 4)
		return 2;
	program = argv[1];
	root = argv[2];
	neighbour = plain_link(argv[3]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
