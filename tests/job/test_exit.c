/* How commands end: each of the exit codes that the manual page lists, by commands that end so, and
 * none that it does not list; and what run.json says of a run. Rows are shell commands in a small
 * project of three records. */
#include "support/support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static const char *program, *killing, *root; /* from the command line */

/* $L stands for the program, $B for batch by nobody's signature, $M for contrib/make in three
 * parts; at N SIGNAL COMMAND lets a signal come at the command's N-th call that changes the disk;
 * served SIGNAL COMMAND lets one come when the command has printed a line; bad NAME puts a record
 * into the folder that no letter can be made of; killed stands for a run that was killed when it
 * had begun. */
#define HELPERS                                                                                   \
	"L='%s'; B=\"$L batch --no-sign -j 1\"; M=\"make -s LETTERMERGE=$L PARTS=3 -f "           \
	"%s/contrib/make/Makefile\"; "                                                            \
	"at() ( export LETTERMERGE_KILL_AT=$1 LETTERMERGE_KILL_BY=$2 LD_PRELOAD='%s' "            \
	"ASAN_OPTIONS=verify_asan_link_order=0:$ASAN_OPTIONS; shift 2; \"$@\"; ); "               \
	"served() { by=$1; shift; mkfifo line; \"$@\" >line & read -r _ <line; kill -$by $!; "    \
	"wait $!; }; "                                                                            \
	"bad() { for name; do echo '<recipient xmlns=\"urn:lettermerge:recipient:1\"/>' "         \
	">recipients/$name.xml; done; }; "                                                        \
	"killed() { n=1; until grep -q running out/run.json; do at $n KILL $B --force; n=$((n + " \
	"1)); "                                                                                   \
	"[ $n -lt 99 ] || exit 9; done; }; "                                                      \
	"says() { python3 -c \"import json; run = json.load(open('out/run.json')); assert $1, "   \
	"run\"; }; "

static const struct row {
	const char *command;
	int code;
} rows[] = {
	{"$B", 0},
	{"$B; $B", 0},
	{"$B --dry-run", 0},
	{"$B --bundle all.pdf", 0},
	{"$L status", 0},
	{"$L check", 0},
	{"$L fields", 0},
	{"$L config", 0},
	{"$L preview ann -o - >ann.pdf", 0},
	{"$L fields --json; $L approve --json", 0},
	{"echo '<project xmlns=\"urn:lettermerge:project:1\"><no-sign>yes</no-sign></project>' "
	 ">lettermerge.xml; $L batch",
		0},
	{"$L fonts", 0},
	{"$L fonts --json", 0},
	{"$L preview ann", 0},
	{"$B -q; $L diff ann", 0},
	{"$L approve ann; $L approve", 0},
	{"$L approve ann; $L log ann", 0},
	{"$L confirm ann name --source x --date 2020-01-01", 0},
	{"$B -q --shard 1/1; $L merge-record", 0},
	{"$L identity new Me --identity me.pem", 0},
	{"$L identity new Me --identity me.pem -q; $L batch -q --identity me.pem; "
	 "$L verify --trust me-root.pem out/ann.pdf",
		0},
	{"$L --version && $L --help", 0},
	{"$B -q; rm recipients/ann.xml; $L forget ann", 0},
	{"bad x; $B --rejections ok", 0},
	{"bad x; $L check --rejections=ok", 0},
	{"bad x; $B --max-errors 2 --rejections ok", 0},

	{"bad x; $M OPTIONS=--no-sign && test -e out/.lettermerge.db && grep '\"x\"' "
	 "out/failed.json",
		0},
	{"bad x; ! $M OPTIONS='--no-sign --max-errors 1' && test ! -e out/.lettermerge.db", 0},

	{"echo '\"ann\"' | $L make --jsonl --no-sign", 0},
	{"bad x; echo '\"x\"' | $L make --jsonl --no-sign --rejections ok", 0},
	{"bad x; $B", 1},
	{"echo '\"nobody\"' | $L make --jsonl --no-sign", 1},
	{"bad x; $B --rejections fail", 1},
	{"bad x; $L check", 1},
	{"bad x; $L fonts", 1},
	{"bad x; $L status", 1},
	{"bad x; $L preview x", 1},
	{"bad x; $L approve x", 1},
	{"bad x; $B --bundle all.pdf", 1},
	{"echo '<project' >lettermerge.xml; $B", 1},
	{"echo '<project' >lettermerge.xml; $L config", 1},
	{"$L approve ann --json", 1},
	{"$L diff nobody", 1},
	{"$B -q; $L forget ann", 1},
	{"$B -q; $L forget nobody", 1},
	{"$L confirm ann nothing --source x --date 2020-01-01", 1},
	{"$L approve ann; $L log ben", 1},
	{"$L fields --template recipients/ann.xml", 1},
	{"echo x >x.pdf; $L verify x.pdf", 1},
	{"$L identity show --identity x.pem; echo x >x.pem; $L identity show --identity x.pem", 1},
	{"echo '<letter' >templates/letter.xml; $B --rejections ok", 1},
	{"bad ann ben cid dot; mv recipients x; mkdir recipients; $B --rejections ok", 1},
	{"$B -q --shard 1/2; $B --rejections ok", 1},

	{"$L", 2},
	{"$L nonsense", 2},
	{"$L preview", 2},
	{"$L make --no-sign", 2},
	{"$L forget", 2},
	{"$L init", 2},
	{"$L init nosuch new", 1},
	{"$L fonts x", 2},
	{"$L sign", 2},
	{"$L verify", 2},
	{"$L batch", 2},
	{"LETTERMERGE_JOBS=x $B", 2},
	{"$L config --force", 2},
	{"$B -o -", 2},
	{"$L preview ann --png -o - >ann.pdf", 2},
	{"$B --rejections maybe", 2},
	{"$B --max-errors 0", 2},

	{"echo >out; $B", 3},
	{"mkdir lettermerge.xml; $B", 3},
	{"$L make --jsonl --no-sign --listen nowhere/socket", 3},
	{"$L forget nobody", 3},
	{"$L fonts -r nowhere", 3},
	{"echo >out; $B --rejections ok", 3},
	{"$B -q; echo x >out/.lettermerge.db; $L status", 3},
	{"mkdir me-root.pem; $L identity new Me --identity me.pem", 3},
	{"$L verify --trust nowhere.pem x.pdf", 3},
	{"$B --bundle nowhere/all.pdf", 3},
	{"PATH=/nowhere; $L preview ann --png", 3},

	{"bad x y; $B --max-errors 1", 4},
	{"bad x y; $B --max-errors 2 --rejections ok", 4},
	{"bad x y; $L check --max-errors 1", 4},
	{"bad x y; $B --bundle all.pdf --max-errors 1", 4},

	{"at 1 INT $B", 128 + 2},
	{"at 1 TERM $B", 128 + 15},
	{"at 1 HUP $B", 128 + 1},
	{"at 1 KILL $B", 128 + 9},
	{"trap '' HUP; at 1 HUP $B", 0},
	{"served TERM $L serve --no-sign", 128 + 15},
	{"served HUP $L serve --no-sign", 128 + 1},
	{"served TERM $L preview ann --watch", 128 + 15},
};

static const char ann[] =
	"<recipient xmlns=\"urn:lettermerge:recipient:1\"><name>Ann</name></recipient>";

static struct scratch new_project(void)
{
	struct scratch scratch = scratch_new();
	scratch_write(&scratch, "templates/letter.xml",
		"<letter xmlns=\"urn:lettermerge:letter:1\" "
		"xml:lang=\"en-GB\"><title>Letter</title>"
		"<fields><declare name=\"name\"/></fields><p>Dear <field name=\"name\"/></p>"
		"</letter>");
	for (const char *const *name = (const char *const[]){"ann", "ben", "cid", NULL}; *name;
		name++)
		scratch_write(
			&scratch, str_format(scratch.arena, "recipients/%s.xml", *name).at, ann);
	return scratch;
}

static struct outcome run(struct scratch *scratch, const char *command)
{
	struct str before = str_format(scratch->arena, HELPERS, program, root, killing);
	return run_in(scratch->arena, scratch->dir, "%s%s", before.at, command);
}

static void it_ends_with_its_code(void **state)
{
	const struct row *row = *state;
	struct scratch scratch = new_project();
	struct outcome outcome = run(&scratch, row->command);
	print_message("# %s\n", row->command);
	assert_int_equal(outcome.code, row->code);
	scratch_free(&scratch);
}

/* -- the manual page's list -- */

static struct str listed(struct arena *arena)
{
	struct str text = read_bytes(
		arena, str_format(arena, "%s/docs/man/lettermerge.1", root).at);
	int from = str_find(text, "\n.SH EXIT STATUS\n");
	assert_true(from >= 0);
	text = str_slice(text, from + 5, text.len);
	return str_slice(text, 0, str_find(text, "\n.SH "));
}

static const char *line_of(struct arena *arena, int code)
{
	return code > 128 ? "\n.TP\n128+N " : str_format(arena, "\n.TP\n%d ", code).at;
}

static void the_manual_page_lists_these_codes_and_no_others(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct str text = listed(arena);
	int lines = 0, met = 0, last = -1;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		int code = rows[i].code > 128 ? 129 : rows[i].code;
		assert_holds(text, line_of(arena, code));
		met += code > last;
		last = code > last ? code : last;
	}
	for (int at; (at = str_find(text, "\n.TP\n")) >= 0; lines++)
		text = str_slice(text, at + 1, text.len);
	assert_int_equal(lines, met);
	arena_free(arena);
}

/* -- run.json -- */

static const struct said {
	const char *command, *says; /* a condition of Python's on run */
} said[] = {
	{"$B",
		"list(run) == ['schema', 'state', 'started', 'ended', 'lettermerge', 'output', "
		"'counts', 'findings', 'kinds', 'failed'] and run['schema'] == 1 and "
		"run['findings'] == []"},
	{"$B",
		"run['state'] == 'finished' and run['failed'] == [] and run['counts'] == dict("
		"records=3, written=3, same=0, unchanged=0, failed=0, held=0, removed=0, "
		"without_recipient=0, unconfirmed=0, errors=0, warnings=0)"},
	{"$B; rm recipients/ben.xml; $B --prune",
		"run['counts']['unchanged'] == 2 and "
		"run['counts']['removed'] == 1"},
	{"$B; rm recipients/ben.xml; $B", "run['counts']['without_recipient'] == 1"},
	{"bad x y; $B",
		"run['state'] == 'finished' and run['counts']['failed'] == 2 and "
		"run['counts']['written'] == 3 and run['failed'] == "
		"[dict(id=i, codes=['E-FIELD-MISSING']) for i in 'xy']"},
	{"bad x; $B; echo \"$GOOD\" >recipients/x.xml; $B", "run['failed'] == []"},
	{"bad x y; $B; $B --only x", "[f['id'] for f in run['failed']] == ['x']"},
	{"bad x y; $B",
		"run['kinds'] == [dict(code='E-FIELD-MISSING', severity='error', findings=2)] "
		"and 'signer' not in run and 'approvals' not in run"},
	{"$B --approved-only", "run['counts']['held'] == 3 and run['approvals'] == 1"},
	{"$B --shard 1/1; mv out/run-1-of-1.json out/run.json", "run['part'] == '1/1'"},
	{"bad x y; for i in 1 2 3; do $B -q --rejections ok --shard $i/3; done; $L merge-record",
		"run['parts'] == 3 and run['missing'] == [] and run['state'] == 'finished' and "
		"run['counts']['records'] == 5 and run['counts']['written'] == 3 and "
		"run['counts']['errors'] == 2 and [f['id'] for f in run['failed']] == ['x', 'y']"},
	{"$B -q --shard 1/2; $L merge-record --partial; for i in 1 2; do $B --shard $i/2; done; "
	 "$L merge-record",
		"run['missing'] == [] and run['counts']['records'] == 3"},
	{"$B -q --shard 1/2; $L merge-record --partial",
		"run['missing'] == ['2/2'] and run['counts']['records'] < 3"},
	{"$B; killed", "run['state'] == 'running' and run['ended'] is None"},
	{"$B; killed; $B", "run['state'] == 'finished' and run['ended'] >= run['started']"},
	{"at 1 TERM $B", "run['state'] == 'interrupted' and run['counts']['records'] < 3"},
	{"bad x y; $B --max-errors 1",
		"run['state'] == 'failed' and run['findings'] == "
		"['E-MAX-ERRORS'] and run['counts']['failed'] == 1"},
	{"$B; echo '<letter' >templates/letter.xml; $B",
		"run['state'] == 'failed' and "
		"run['findings'] == ['E-XML-SYNTAX'] and "
		"run['counts']['records'] == 0"},
	{"mkdir -p out/ann.pdf; $B", "[f['codes'] for f in run['failed']] == [['E-FILE-NOT']]"},
};

static void it_says_what_became_of_the_run(void **state)
{
	const struct said *row = *state;
	struct scratch scratch = new_project();
	struct arena *arena = scratch.arena;
	run(&scratch, str_format(arena, "GOOD='%s'; %s", ann, row->command).at);
	struct outcome outcome = run(
		&scratch, str_format(arena, "cat out/run.json; says \"%s\"", row->says).at);
	print_message("# %s\n", row->command);
	assert_string_equal(outcome.err.at, "");
	assert_int_equal(outcome.code, 0);
	outcome = run(&scratch, "stat -c %a out/run.json; ls -A out | grep -c 'run$' ");
	assert_string_equal(outcome.out.at, "600\n0\n");
	scratch_free(&scratch);
}

/* Whoever is stopped by --max-errors removes nothing, though a recipient is gone. */
static void a_run_that_was_stopped_removes_nothing(void **state)
{
	(void)state;
	struct scratch scratch = new_project();
	struct outcome outcome = run(&scratch,
		"$B -q; rm recipients/ann.xml; bad x y; $B --prune --max-errors 2; test -e "
		"out/ann.pdf");
	assert_int_equal(outcome.code, 0);
	assert_holds(outcome.err, "2 of ");
	assert_holds(outcome.err, " letters failed, as many as --max-errors allows");
	assert_holds(outcome.err, "[E-MAX-ERRORS]");
	scratch_free(&scratch);
}

/* The letter in hand is finished. */
static void a_signal_lets_the_letter_in_hand_be_finished(void **state)
{
	(void)state;
	struct scratch scratch = new_project();
	struct outcome outcome = run(&scratch,
		"$B -q; n=1; until rm -f out/*.pdf; at $n HUP $B 2>said; grep -q 'after 1 of' "
		"said; do "
		"n=$((n + 1)); [ $n -lt 99 ] || exit 9; done; cat said >&2; $B");
	assert_int_equal(outcome.code, 0);
	assert_holds(outcome.out, "2 letters written to out, 1 unchanged, 0 failed");
	assert_holds(outcome.err, "broken off after 1 of the letters, the next run goes on");
	scratch_free(&scratch);
}

/* Another's report stays while it is at work. */
static void a_run_that_finds_another_at_work_leaves_its_report(void **state)
{
	(void)state;
	struct scratch scratch = new_project();
	struct outcome outcome = run(&scratch,
		"$B -q; sed -i 's/finished/theirs/' out/run.json; "
		"flock out/.lettermerge.lock $B; echo '<' >templates/letter.xml; "
		"flock out/.lettermerge.lock $B; cat out/run.json");
	assert_holds(outcome.out, "\"theirs\"");
	scratch_free(&scratch);
}

int main(int argc, char **argv)
{
	enum { ROWS = sizeof rows / sizeof *rows, SAID = sizeof said / sizeof *said, MORE = 4 };
	struct CMUnitTest tests[ROWS + SAID + MORE] = {
		cmocka_unit_test(the_manual_page_lists_these_codes_and_no_others),
		cmocka_unit_test(a_run_that_was_stopped_removes_nothing),
		cmocka_unit_test(a_signal_lets_the_letter_in_hand_be_finished),
		cmocka_unit_test(a_run_that_finds_another_at_work_leaves_its_report),
	};
	for (int i = 0; i < ROWS; i++)
		tests[MORE + i] = (struct CMUnitTest){.name = rows[i].command,
			.test_func = it_ends_with_its_code,
			.initial_state = (void *)(uintptr_t)&rows[i]};
	for (int i = 0; i < SAID; i++)
		tests[MORE + ROWS + i] = (struct CMUnitTest){.name = said[i].command,
			.test_func = it_says_what_became_of_the_run,
			.initial_state = (void *)(uintptr_t)&said[i]};
	if (argc < 4)
		return 2;
	program = plain_link(argv[1]);
	killing = plain_link(argv[2]);
	root = plain_link(argv[3]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
