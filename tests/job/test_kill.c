/* A run killed at any call that changes the disk leaves each letter old or new, never half of one;
 * and a plain run after it gives the folder that an unbroken run gives, with nothing beside.
 *
 *   test_kill PROGRAM KILL_AT_LIBRARY STEP LETTERS   every STEP-th call is tried */
#include "support/support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static const char *program, *library; /* from the command line */
static int step, letters;

enum { MOST_CALLS = 5000 };

static struct scratch make_project(void)
{
	struct scratch project = scratch_new();
	struct arena *arena = project.arena;
	scratch_write(&project, "templates/letter.xml",
		"<letter xmlns=\"urn:lettermerge:letter:1\" xml:lang=\"en-GB\">\n"
		"<title>Letter</title><fields><declare name=\"name\" type=\"text\"/></fields>\n"
		"<salutation>Dear <field name=\"name\"/>,</salutation>\n<p>Text A.</p>\n"
		"</letter>\n");
	for (int i = 0; i < letters; i++)
		scratch_write(&project, str_format(arena, "recipients/r%d.xml", i).at,
			str_format(arena,
				"<recipient xmlns=\"urn:lettermerge:recipient:1\"><name>Name "
				"%d</name></recipient>",
				i)
				.at);
	run_in(arena, project.dir, "'%s' batch --no-sign -q --also text -o A", program);
	run_in(arena, project.dir,
		"sed -i 's/Text A/Text B/' templates/letter.xml; '%s' batch --no-sign -q --also "
		"text -o B",
		program);
	return project;
}

/* Every letter in out is that of A or of B. */
static void letters_are_old_or_new(struct scratch *project)
{
	struct outcome run = run_in(project->arena, project->dir,
		"cd out 2>/dev/null || exit 0; for f in r[0-9]*; do test -e $f || continue;"
		"cmp -s $f ../A/$f || cmp -s $f ../B/$f || exit 1; done");
	assert_int_equal(run.code, 0);
}

/* The hidden files but the record and its lock count as left over. */
static void folder_is_that_of(struct scratch *project, char version)
{
	struct outcome run = run_in(project->arena, project->dir,
		"diff -rq -x run.json -x .lettermerge.db -x .lettermerge.lock out %c", version);
	assert_string_equal(run.out.at, "");
	assert_int_equal(run.code, 0);
}

/* Kills a run that turns letters of the other version into this one; false when it came to its end
 * before. */
static bool kill_and_go_on(struct scratch *project, char version, int call, bool fresh)
{
	struct arena *arena = project->arena;
	run_in(arena, project->dir, "sed -i 's/Text [AB]/Text %c/' templates/letter.xml; %s",
		version, fresh ? "rm -rf out" : "true");
	struct outcome run = run_in(arena, project->dir,
		"ASAN_OPTIONS=verify_asan_link_order=0:$ASAN_OPTIONS LD_PRELOAD='%s' "
		"LETTERMERGE_KILL_AT=%d '%s' batch --no-sign -q -j 2 --also text",
		library, call, program);
	letters_are_old_or_new(project);
	struct outcome again = run_in(
		arena, project->dir, "'%s' batch --no-sign --also text", program);
	assert_int_equal(again.code, 0);
	assert_string_equal(again.err.at, "");
	folder_is_that_of(project, version);
	return run.code != 0;
}

static void every_moment(bool fresh)
{
	struct scratch project = make_project();
	int call = 1, kills = 0;
	for (char version = 'A'; call < MOST_CALLS;
		call += step, version = (char)('A' + 'B' - version))
		if (kill_and_go_on(&project, version, call, fresh))
			kills++;
		else
			break;
	assert_true(kills > 0 && call < MOST_CALLS);
	print_message("# %d kills\n", kills);
	scratch_free(&project);
}

/* The archive of a run that was killed, and went on, is that of an unbroken run, byte for byte. */
static void an_archive_may_be_killed(const char *form)
{
	struct scratch project = make_project();
	struct arena *arena = project.arena;
	int call = 1, code = 1;
	run_in(arena, project.dir, "'%s' batch --no-sign -q -o whole --archive whole.%s", program,
		form);
	for (; code && call < MOST_CALLS; call += step) {
		code = run_in(arena, project.dir,
			"rm -rf out out.%s; ASAN_OPTIONS=verify_asan_link_order=0 "
			"LD_PRELOAD='%s' LETTERMERGE_KILL_AT=%d '%s' batch --no-sign -q -j 2 "
			"--archive out.%s",
			form, library, call, program, form)
			       .code;
		struct outcome again = run_in(
			arena, project.dir, "'%s' batch --no-sign --archive out.%s", program, form);
		assert_string_equal(again.err.at, "");
		assert_int_equal(again.code, 0);
		again = run_in(arena, project.dir, "cmp out.%s whole.%s", form, form);
		assert_int_equal(again.code, 0);
	}
	assert_true(call > 1 && call < MOST_CALLS);
	scratch_free(&project);
}

static void a_tar_may_be_killed_at_any_moment(void **state)
{
	(void)state;
	an_archive_may_be_killed("tar");
}

static void a_zip_may_be_killed_at_any_moment(void **state)
{
	(void)state;
	an_archive_may_be_killed("zip");
}

/* The bundle of the run before stays until the new one is whole. */
static void a_bundle_may_be_killed_at_any_moment(void **state)
{
	(void)state;
	struct scratch project = make_project();
	struct arena *arena = project.arena;
	int call = 1, code = 1;
	run_in(arena, project.dir,
		"mkdir whole; SOURCE_DATE_EPOCH=1 '%s' batch -q --bundle whole/out.pdf", program);
	for (; code && call < MOST_CALLS; call++) {
		code = run_in(arena, project.dir,
			"echo old >out.pdf; ASAN_OPTIONS=verify_asan_link_order=0 "
			"SOURCE_DATE_EPOCH=1 "
			"LD_PRELOAD='%s' LETTERMERGE_KILL_AT=%d '%s' batch -q --bundle out.pdf",
			library, call, program)
			       .code;
		struct outcome there = run_in(arena, project.dir, "cmp out.pdf whole/out.pdf");
		assert_true(!there.code ||
			run_in(arena, project.dir, "grep -qx old out.pdf").code == 0);
		there = run_in(arena, project.dir,
			"SOURCE_DATE_EPOCH=1 '%s' batch -q --bundle out.pdf; cmp out.pdf "
			"whole.pdf; ls -A | grep part",
			program);
		assert_string_equal(there.out.at, "");
	}
	assert_true(call > 3 && call < MOST_CALLS);
	scratch_free(&project);
}

/* Who approves first makes the file of approvals: what a killed one leaves, the next removes. */
static void a_first_approval_may_be_killed_at_any_moment(void **state)
{
	(void)state;
	struct scratch project = make_project();
	struct arena *arena = project.arena;
	int call = 1, code = 1;
	run_in(arena, project.dir, "'%s' approve -q r0 --by Jo -o whole", program);
	for (; code && call < MOST_CALLS; call += step) {
		code = run_in(arena, project.dir,
			"rm -rf out; ASAN_OPTIONS=verify_asan_link_order=0 LD_PRELOAD='%s' "
			"LETTERMERGE_KILL_AT=%d '%s' approve -q r0 --by Jo",
			library, call, program)
			       .code;
		struct outcome again = run_in(arena, project.dir,
			"'%s' approve -q r0 --by Jo; ls -A whole >names; ls -A out | diff names -",
			program);
		assert_string_equal(again.err.at, "");
		assert_string_equal(again.out.at, "");
	}
	assert_true(call > 1 && call < MOST_CALLS);
	scratch_free(&project);
}

/* Two parts are joined; the call fails, or the program is killed before it. Done again, it is done;
 * and a part that is written then alone is not joined without the other. */
static void join_broken_at(struct scratch *project, const char *by, int call)
{
	struct arena *arena = project->arena;
	run_in(arena, project->dir,
		"rm -rf out; cp -a parts out; ASAN_OPTIONS=verify_asan_link_order=0 "
		"LD_PRELOAD='%s' LETTERMERGE_KILL_AT=%d LETTERMERGE_KILL_BY=%s "
		"LETTERMERGE_KILL_CALLS=calls '%s' merge-record -q",
		library, call, by, program);
	struct outcome again = run_in(arena, project->dir,
		"test $(ls out/.lettermerge-*.db 2>/dev/null | wc -l) = 0 || '%s' merge-record -q "
		"&& ls -A out | grep -v -e '-wal$' -e 'lock$' | diff names - && '%s' batch "
		"--no-sign -q --force --shard 1/2 && ! '%s' merge-record 2>&1",
		program, program, program);
	assert_string_equal(again.err.at, "");
	assert_true(str_find(again.out, "[E-JOIN-MISSING]") > 0);
}

static void a_join_may_be_broken_off_at_any_moment(void **state)
{
	struct scratch project = make_project();
	run_in(project.arena, project.dir,
		"'%s' batch --no-sign -q --shard 1/2 -o parts && '%s' batch --no-sign -q --shard "
		"2/2 -o parts && cp -a parts whole && '%s' merge-record -q -o whole && ls -A whole "
		"| grep -v lock$ >names",
		program, program, program);
	join_broken_at(&project, *state, 0);
	struct str calls = read_bytes(project.arena, scratch_path(&project, "calls"));
	int all = calls.at ? atoi(calls.at) : 0;
	assert_true(all > 20);
	for (int call = all % step + 1; call <= all; call += step)
		join_broken_at(&project, *state, call);
	scratch_free(&project);
}

/* An identity is there with its root, or none is. */
static void a_new_identity_may_be_killed_at_any_moment(void **state)
{
	(void)state;
	struct scratch project = make_project();
	int call = 1, code = 1;
	for (; code && call < MOST_CALLS; call++) {
		code = run_in(project.arena, project.dir,
			"rm -f me*; ASAN_OPTIONS=verify_asan_link_order=0 LD_PRELOAD='%s' "
			"LETTERMERGE_KILL_AT=%d '%s' identity new Me --identity me.pem",
			library, call, program)
			       .code;
		struct outcome again = run_in(project.arena, project.dir,
			"test -e me.pem || '%s' identity new Me --identity me.pem >log; '%s' "
			"identity show me.pem >log && openssl verify -CAfile me-root.pem me.pem && "
			"stat -c %%a me.pem && ls -A | grep -e me.pem -e me-root",
			program, program);
		assert_string_equal(again.err.at, "");
		assert_string_equal(again.out.at, "me.pem: OK\n600\nme-root.pem\nme.pem\n");
	}
	assert_true(call > 4 && call < MOST_CALLS);
	scratch_free(&project);
}

static void a_first_run_may_be_killed_at_any_moment(void **state)
{
	(void)state;
	every_moment(true);
}

static void a_later_run_may_be_killed_at_any_moment(void **state)
{
	(void)state;
	every_moment(false);
}

int main(int argc, char **argv)
{
	static char killed[] = "KILL", failed[] = "EIO";
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_tar_may_be_killed_at_any_moment),
		cmocka_unit_test(a_zip_may_be_killed_at_any_moment),
		cmocka_unit_test(a_bundle_may_be_killed_at_any_moment),
		cmocka_unit_test(a_first_approval_may_be_killed_at_any_moment),
		cmocka_unit_test_prestate(a_join_may_be_broken_off_at_any_moment, killed),
		cmocka_unit_test_prestate(a_join_may_be_broken_off_at_any_moment, failed),
		cmocka_unit_test(a_new_identity_may_be_killed_at_any_moment),
		cmocka_unit_test(a_first_run_may_be_killed_at_any_moment),
		cmocka_unit_test(a_later_run_may_be_killed_at_any_moment),
	};
	if (argc != 5)
		return 2;
	program = argv[1];
	library = plain_link(argv[2]);
	step = atoi(argv[3]);
	letters = atoi(argv[4]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
