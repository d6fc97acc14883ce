/* A project that an earlier version left opens in this one. tests/old/VERSION is such a folder,
 * frozen by that version's own program (tests/old/freeze.sh): nothing in it may be lost, and
 * nothing of it is written again without a reason that is said.
 *
 *   test_old PROGRAM ROOT VERSION KILL_AT_LIBRARY STEP   every STEP-th call is killed; each, by 1:
 *                                                        that alone */
#include "support/support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static const char *record, *program, *root, *version, *library; /* from the command line */
static int step;

/* In the commands $L is the program, $RECORD tests/job/record.py; who signs now is another than
 * who signed then. */
static int open_project(void **state)
{
	static struct scratch project;
	project = scratch_new();
	setenv("L", program, 1);
	setenv("RECORD", record, 1);
	setenv("XDG_CONFIG_HOME", scratch_path(&project, "home"), 1);
	struct outcome run = run_in(project.arena, project.dir,
		"cp -r '%s/tests/old/%s/.' . && $L identity new Tester >/dev/null && "
		"cat trust.pem home/lettermerge/identity-root.pem >both.pem",
		root, version);
	assert_string_equal(run.err.at, "");
	assert_int_equal(run.code, 0);
	*state = &project;
	return 0;
}

static int close_project(void **state)
{
	scratch_free(*state);
	return 0;
}

#define NOTICES " -t notice/notice.xml -r members.csv"
#define PLAIN NOTICES " --no-sign -o plain"

static struct outcome run(struct scratch *project, const char *command)
{
	return run_in(project->arena, project->dir, "%s", command);
}

/* What a command says of nothing at all is an error of the test's. */
static struct str output(struct scratch *project, const char *command)
{
	struct outcome outcome = run(project, command);
	if (outcome.code || !outcome.out.len)
		fail_msg("%s: %d %s", command, outcome.code, outcome.err.at);
	return outcome.out;
}

static void assert_none(struct str text, const char *part)
{
	if (str_find(text, part) >= 0)
		fail_msg("\"%s\" stands in:\n%s", part, text.at);
}

/* -- what was signed --------------------------------------------------------------------------- */

static void each_letter_and_manifest_verifies(void **state)
{
	output(*state,
		"tar xf notices.tar -C tar && python3 -m zipfile -e notices.zip zip && "
		"$L verify --trust trust.pem out/*.pdf parts/*.pdf tar/*.pdf zip/*.pdf");
	static const char *const lists[] = {
		"out", "tar", "zip", "parts/manifest-1-of-2.json", "parts/manifest-2-of-2.json"};
	struct scratch *project = *state;
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
		struct str said = output(project,
			str_format(project->arena, "$L verify --trust trust.pem --manifest %s",
				lists[i])
				.at);
		assert_holds(said, " as recorded, 0 different, 0 not there\n");
	}
}

static void a_letter_keeps_its_level(void **state)
{
	assert_holds(output(*state, "$L verify --trust trust.pem out/bert.pdf"), "level B-LTA\n");
}

/* -- what is written again --------------------------------------------------------------------- */

/* Each letter that is to be written says why, and no reason is that something was forgotten. */
static void assert_reasons(struct str said)
{
	struct str rest = said, line;
	while (str_split(&rest, '\n', &line))
		if (str_find(line, ".pdf: ") >= 0 && str_find(line, "written") >= 0)
			assert_true(str_find(line, "written: ") >= 0);
	assert_none(said, "no record of it");
	assert_none(said, "is missing");
	assert_none(said, "was altered");
	assert_none(said, "as a whole");
	assert_none(said, "broken off");
	assert_none(said, "library");
}

static void each_letter_that_is_written_again_says_why(void **state)
{
	static const char *const options[] = {" -q", PLAIN, NOTICES " -o tar --archive notices.tar",
		NOTICES " -o zip --archive notices.zip", NOTICES " -o parts --shard 1/2"};
	struct scratch *project = *state;
	for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
		struct outcome plan = run_in(
			project->arena, project->dir, "$L status%s", options[i]);
		assert_reasons(plan.out);
		struct outcome batch = run_in(
			project->arena, project->dir, "$L batch -v%s", options[i]);
		assert_reasons(batch.out);
		assert_none(batch.err, "[E-RECORD");
		batch = run_in(project->arena, project->dir, "$L batch -v%s", options[i]);
		assert_none(batch.out, "written: ");
	}
}

/* Nobody signs them, so what comes out the same is not touched; what is not says so. */
static void a_letter_that_is_not_said_to_be_written_is_as_it_was(void **state)
{
	struct str said = output(*state,
		"cp -r plain before; $L batch -v" PLAIN "; for f in gwen hal ida; do "
		"cmp -s plain/$f.pdf before/$f.pdf || echo $f.pdf differs; done");
	struct str rest = said, line;
	struct scratch *project = *state;
	while (str_split(&rest, '\n', &line))
		if (str_ends(line, " differs"))
			assert_holds(said,
				str_format(project->arena,
					"plain/%.*s: written: ", str_find(line, " "), line.at)
					.at);
}

static void the_letter_that_failed_still_fails(void **state)
{
	struct outcome batch = run(*state, "$L batch; cat out/failed.json");
	assert_holds(batch.out, "1 failed");
	assert_holds(batch.out, "{\"id\":\"eve\",\"record\":\"recipients/eve.xml\"");
	assert_none(batch.out, "\"id\":\"anna\"");
}

static void a_letter_without_recipient_stays(void **state)
{
	struct str said = output(*state,
		"cp out/frank.pdf .; $L batch -v >said 2>&1; cat said; cmp frank.pdf "
		"out/frank.pdf");
	assert_holds(said, "out/frank.pdf: without recipient\n");
	assert_holds(output(*state, "$L verify --trust both.pem --manifest out"),
		"5 letters as recorded, 0 different, 0 not there\n");
}

static void archives_are_continued(void **state)
{
	static const char *const forms[] = {"tar", "zip"};
	struct scratch *project = *state;
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
		const char *form = forms[i];
		struct outcome batch = run_in(project->arena, project->dir,
			"cp notices.%s old && sed -i s/Ash/Oak/ members.csv && "
			"$L batch -v" NOTICES " -o %s --archive notices.%s && "
			"sed -i s/Oak/Ash/ members.csv && head -c 100000 old >head && "
			"head -c 100000 notices.%s | cmp - head",
			form, form, form, form);
		assert_string_equal(batch.err.at, "");
		assert_int_equal(batch.code, 0);
		assert_holds(batch.out, "/gwen.pdf: written: ");
		assert_holds(batch.out, "field name changed");
	}
	output(project,
		"tar xf notices.tar -C tar && python3 -m zipfile -e notices.zip zip && "
		"$L verify --trust both.pem --manifest tar && "
		"$L verify --trust both.pem --manifest zip");
}

static void parts_are_joined(void **state)
{
	assert_string_equal(
		output(*state, "$L merge-record -o parts").at, "2 records joined in parts\n");
	assert_holds(output(*state, "$L verify --trust both.pem --manifest parts"),
		"3 letters as recorded, 0 different, 0 not there\n");
	assert_reasons(output(*state, "$L status -o parts" NOTICES));
}

/* -- what is found now and was not then -------------------------------------------------------- */

static void what_is_newly_found_says_since_when(void **state)
{
	struct str said = output(*state,
		"$L check --diag=json | grep -o '\"code\":\"[^\"]*' | cut -d'\"' -f4 | sort -u");
	struct scratch *project = *state;
	struct str then = read_bytes(project->arena, scratch_path(project, "findings.json"));
	struct str code;
	assert_holds(then, "\"code\":\"E-FIELD-VALUE\"");
	while (str_split(&said, '\n', &code) && code.len) {
		struct str member = str_format(project->arena, "\"code\":\"%.*s\"", str_arg(code));
		if (str_find(then, member.at) >= 0)
			continue;
		struct outcome told = run_in(
			project->arena, "/", "$L check --explain %.*s", str_arg(code));
		assert_holds(told.out, "\n  since ");
	}
}

/* -- approvals --------------------------------------------------------------------------------- */

static void approvals_are_listed(void **state)
{
	assert_string_equal(output(*state, "$L approve | cut -d, -f1").at,
		"anna: approved by \"A Reader\"\nbert: approved by \"A Reader\"\n"
		"bert: approved by \"B Checker\"\ncai: approved by \"A Reader\"\n");
}

/* Held or written: an approval that does not count any more says why, and is not forgotten. */
static void an_approval_is_kept_or_the_reason_said(void **state)
{
	struct str said = run(*state, "$L status --approved-only").out;
	static const char *const approved[] = {"anna", "bert", "cai"};
	struct scratch *project = *state;
	struct str rest = said, line;
	while (str_split(&rest, '\n', &line))
		for (size_t i = 0; i < sizeof approved / sizeof *approved; i++) {
			const char *held =
				str_format(project->arena, "out/%s.pdf: held: ", approved[i]).at;
			if (str_starts(line, held))
				assert_holds(str_copy(project->arena, line), "it was approved");
		}
	assert_holds(said, "out/cai.pdf: held: "); /* its record changed behind the approval */
	assert_holds(said, "out/dora.pdf: held: ");
	assert_holds(said, "; nobody has approved it\n");
	run(*state, "$L batch --approvals 2");
	approvals_are_listed(state);
}

static void a_letter_can_be_approved_anew(void **state)
{
	assert_holds(output(*state, "$L approve anna bert --by 'A Reader'"), "2 letters approved");
	struct str said = run(*state, "$L status --approved-only").out;
	assert_holds(said, "out/anna.pdf: to be written: ");
	assert_holds(said, "out/bert.pdf: to be written: ");
	assert_holds(output(*state, "$L approve"), "bert: approved by \"B Checker\"");
}

/* -- the database ------------------------------------------------------------------------------ */

#define RECORDS                                                          \
	"out/.lettermerge.db plain/.lettermerge.db tar/.lettermerge.db " \
	"zip/.lettermerge.db parts/.lettermerge-1-of-2.db parts/.lettermerge-2-of-2.db"

static void looking_on_writes_nothing(void **state)
{
	struct str before = output(*state, "sha256sum */.lettermerge*.db out/*");
	run(*state, "$L status; $L status" PLAIN "; $L diff anna; $L approve; $L check");
	assert_string_equal(output(*state, "sha256sum */.lettermerge*.db out/*").at, before.at);
}

/* A run that writes one letter of somebody new, and so every record. */
#define WRITE_ALL                                                                         \
	"printf 'id,name,due\\njo,Jo Elm,1\\n' >jo.csv; for f in out plain tar zip; do "  \
	"$L batch -q --no-sign -t notice/notice.xml -r jo.csv -o $f; done; "              \
	"for i in 1 2; do $L batch -q --no-sign -t notice/notice.xml -r jo.csv -o parts " \
	"--shard $i/2; done; "
#define LETTERS "python3 $RECORD letters " RECORDS " | grep -v '^jo|'"

static void no_letter_leaves_the_record(void **state)
{
	struct str before = output(*state, LETTERS);
	assert_string_equal(output(*state, WRITE_ALL LETTERS).at, before.at);
}

/* What versions before the frozen one left: each is read, and then migrated, with all its letters.
 * Of parts that is one of their own, joined to the whole. */
static void records_of_older_schemas_are_read_and_migrated(void **state)
{
	struct scratch *project = *state;
	struct str letters = output(project, LETTERS);
	output(project, "mkdir kept && cp -r out plain tar zip parts kept && ls kept");
	for (int schema = 1; schema <= 4; schema++) {
		struct str before = output(project,
			str_format(project->arena,
				"rm -rf out plain tar zip parts; cp -r kept/* .; for f in " RECORDS
				"; do python3 $RECORD older %d $f; done; sha256sum " RECORDS,
				schema)
				.at);
		struct outcome plan = run(project, "$L status" PLAIN);
		assert_int_equal(plan.code, 0);
		assert_holds(plan.out, " 0 failed");
		assert_reasons(plan.out);
		assert_string_equal(output(project, "sha256sum " RECORDS).at, before.at);
		assert_string_equal(output(project, WRITE_ALL LETTERS).at, letters.at);
		struct str parts = output(project,
			str_format(project->arena,
				"cp kept/parts/.letter* parts; for i in 1 2; do python3 $RECORD "
				"older %d parts/.lettermerge-$i-of-2.db; done; $L merge-record "
				"--no-sign -o parts >&2; "
				"python3 $RECORD letters parts/.lettermerge.db | cut -d'|' -f1",
				schema)
				.at);
		assert_string_equal(parts.at, "gwen\nhal\nida\n");
	}
}

/* Column by column: a new record is not made by way of the older ones. */
static void a_new_record_has_the_schema_of_a_migrated_one(void **state)
{
	struct scratch *project = *state;
	struct str said = output(project,
		"$L batch -q" NOTICES " --no-sign -o new >&2; "
		"python3 $RECORD older 1 plain/.lettermerge.db; $L batch -q" PLAIN " >&2; "
		"for i in plain new; do python3 $RECORD schema $i/.lettermerge.db >$i.txt; done; "
		"wc -l <new.txt; diff plain.txt new.txt && echo same");
	assert_holds(said, "same\n");
	assert_true(atoi(said.at) > 60);
}

/* A part begins with what the whole knows, whatever version wrote that. */
static void a_part_begins_with_an_older_record(void **state)
{
	struct str said = output(*state,
		"python3 $RECORD older 2 plain/.lettermerge.db; sha256sum plain/.lettermerge.db "
		">sum; "
		"for i in 1 2; do $L batch -v" PLAIN " --shard $i/2; done; sha256sum -c sum");
	assert_reasons(said);
	assert_holds(said, "plain/.lettermerge.db: OK\n");
}

/* -- a run that is killed ---------------------------------------------------------------------- */

enum { MOST_CALLS = 2000 };

#define JO " -t notice/notice.xml -r jo.csv --no-sign -o plain"
#define LOOK_AT_LETTERS "python3 $RECORD letters looked/.lettermerge.db | grep -v '^jo|'"

/* A run on the folder plain, killed before any call that changes the disk; then another goes on.
 * What look prints of the folder, copied to looked, is the same before, between and after. */
static const struct moment {
	const char *name, *before, *run, *again, *look;
} moments[] = {
	{"the record", "true", "$L batch -q" JO, "$L batch -q" JO, LOOK_AT_LETTERS},
	{"the record, migrated", "python3 $RECORD older 1 plain/.lettermerge.db", "$L batch -q" JO,
		"$L batch -q" JO, LOOK_AT_LETTERS},
	{"a part that begins with it", "python3 $RECORD older 2 plain/.lettermerge.db",
		"$L batch -q --shard 1/2" JO,
		"$L batch -q --shard 1/2" JO "; $L batch -q --shard 2/2" JO
		"; $L merge-record -q --no-sign -o plain",
		LOOK_AT_LETTERS},
	{"approvals", "cp out/.lettermerge.approvals.db plain", "$L approve -q jo --by New" JO,
		"$L approve -q jo --by New" JO, "$L approve -o looked | grep -v '^jo:'"},
	{"the first approval", "true", "$L approve -q jo --by New" JO,
		"$L approve -q jo --by New" JO,
		"$L approve -o looked >said && $L status -q --approved-only" JO
		" -o looked >said; echo $?"},
};

static void it_may_be_killed_at_any_moment(void **state)
{
	const struct moment *moment = *state;
	open_project(state);
	struct scratch *project = *state;
	const char *look = str_format(
		project->arena, "rm -rf looked; cp -r plain looked; %s", moment->look)
				   .at;
	output(project,
		str_format(project->arena,
			"printf 'id,name,due\njo,Jo Elm,1\n' >jo.csv; %s; cp -r plain kept; ls "
			"kept",
			moment->before)
			.at);
	struct str before = output(project, look);
	int call = 1, code = 1;
	for (; code && call < MOST_CALLS; call += step) {
		code = run_in(project->arena, project->dir,
			"rm -rf plain; cp -r kept plain; "
			"ASAN_OPTIONS=verify_asan_link_order=0:$ASAN_OPTIONS LD_PRELOAD='%s' "
			"LETTERMERGE_KILL_AT=%d %s",
			library, call, moment->run)
			       .code;
		assert_string_equal(output(project, look).at, before.at);
		assert_string_equal(run(project, moment->again).err.at, "");
		assert_string_equal(output(project, look).at, before.at);
	}
	assert_true(call > step + 1 && call < MOST_CALLS);
	close_project(state);
}

static void a_record_of_a_newer_version_is_refused(void **state)
{
	static const struct {
		const char *file, *command;
	} rows[] = {
		{"plain/.lettermerge.db", "$L batch" PLAIN},
		{"plain/.lettermerge.db", "$L status" PLAIN},
		{"parts/.lettermerge-1-of-2.db", "$L batch -o parts --shard 1/2" NOTICES},
		{"parts/.lettermerge-2-of-2.db", "$L merge-record -o parts"},
		{"out/.lettermerge.approvals.db", "$L status --approved-only"},
		{"out/.lettermerge.approvals.db", "$L approve anna"},
		{"out/.lettermerge.approvals.db", "$L approve"},
	};
	struct scratch *project = *state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct outcome outcome = run_in(project->arena, project->dir,
			"cp %s kept; python3 $RECORD newer %s; cp %s newer; %s; code=$?; "
			"cmp %s newer; mv kept %s; exit $code",
			rows[i].file, rows[i].file, rows[i].file, rows[i].command, rows[i].file,
			rows[i].file);
		assert_int_equal(outcome.code, 3);
		assert_holds(outcome.err, rows[i].file);
		assert_holds(outcome.err, "has version 99, which a newer lettermerge made");
		assert_holds(outcome.err, "[E-RECORD-VERSION]");
	}
}

enum { MOMENTS = sizeof moments / sizeof *moments };

static void fill_kills(struct CMUnitTest *tests)
{
	for (int i = 0; i < MOMENTS; i++)
		tests[i] = (struct CMUnitTest){.name = moments[i].name,
			.test_func = it_may_be_killed_at_any_moment,
			.initial_state = without_const(&moments[i])};
}

static void take_arguments(char **argv)
{
	struct arena *arena = arena_new();
	program = plain_link(argv[1]);
	root = argv[2];
	version = argv[3];
	library = plain_link(argv[4]);
	step = atoi(argv[5]);
	record = plain_link(str_format(arena, "%s/tests/job/record.py", root).at);
	arena_free(arena);
}

int main(int argc, char **argv)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_project, close_project)
	const struct CMUnitTest others[] = {
		TEST(each_letter_and_manifest_verifies),
		TEST(a_letter_keeps_its_level),
		TEST(each_letter_that_is_written_again_says_why),
		TEST(a_letter_that_is_not_said_to_be_written_is_as_it_was),
		TEST(the_letter_that_failed_still_fails),
		TEST(a_letter_without_recipient_stays),
		TEST(archives_are_continued),
		TEST(parts_are_joined),
		TEST(what_is_newly_found_says_since_when),
		TEST(approvals_are_listed),
		TEST(an_approval_is_kept_or_the_reason_said),
		TEST(a_letter_can_be_approved_anew),
		TEST(looking_on_writes_nothing),
		TEST(no_letter_leaves_the_record),
		TEST(records_of_older_schemas_are_read_and_migrated),
		TEST(a_new_record_has_the_schema_of_a_migrated_one),
		TEST(a_part_begins_with_an_older_record),
		TEST(a_record_of_a_newer_version_is_refused),
	};
	enum { OTHERS = sizeof others / sizeof *others };
	struct CMUnitTest kills[MOMENTS], all[OTHERS + MOMENTS];
	assert_int_equal(argc, 6);
	take_arguments(argv);
	fill_kills(kills);
	memcpy(all, others, sizeof others);
	memcpy(all + OTHERS, kills, sizeof kills);
	return step == 1 ? cmocka_run_group_tests(kills, NULL, NULL)
			 : cmocka_run_group_tests(all, NULL, NULL);
}
