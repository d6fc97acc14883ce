/* A disk that is full, and one that may not be written: said clearly, nothing lost, and the next
 * run goes on. The disks are small ones in memory, in a name space of the test's own. */
#include "support/support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static const char *program; /* from the command line */

enum { LETTERS = 12 };

static struct scratch make_project(void)
{
	struct scratch project = scratch_new();
	scratch_write(&project, "templates/letter.xml",
		"<letter xmlns=\"urn:lettermerge:letter:1\" xml:lang=\"en-GB\">"
		"<title>Letter</title><fields><declare name=\"name\"/></fields>"
		"<p>Dear <field name=\"name\"/></p></letter>");
	for (int i = 0; i < LETTERS; i++)
		scratch_write(&project, str_format(project.arena, "recipients/r%02d.xml", i).at,
			str_format(project.arena,
				"<recipient xmlns=\"urn:lettermerge:recipient:1\"><name>Ann "
				"%d</name></recipient>",
				i)
				.at);
	run_in(project.arena, project.dir, "'%s' batch --no-sign -q -o whole; mkdir out", program);
	return project;
}

/* The script on a disk of so many kB at out/; false when no such disk can be had here. */
static bool run_on_disk(
	struct scratch *project, int size, const char *script, struct outcome *outcome)
{
	if (run_in(project->arena, project->dir,
		    "unshare -Urm mount -t tmpfs -o size=1m none out 2>/dev/null")
			.code != 0) {
		print_message("# no disk of its own can be had here, nothing is tried\n");
		assert_null(getenv("LETTERMERGE_TESTS_REQUIRE"));
		return false;
	}
	*outcome = run_in(project->arena, project->dir,
		"L='%s' unshare -Urm sh -c 'mount -t tmpfs -o size=%dk none out || exit 99; %s'",
		program, size, script);
	return true;
}

static const char same_as_whole[] =
	"diff -rq -x run.json -x .lettermerge.db -x .lettermerge.lock out whole && echo the same; ";

static void a_full_disk_loses_nothing(void **state)
{
	(void)state;
	struct scratch project = make_project();
	struct outcome run;
	const char *script = str_format(project.arena,
		"\"$L\" batch --no-sign -q; echo code $?;"
		"for f in out/*.pdf; do test ! -e $f || cmp $f whole/${f#out/} || echo spoilt; "
		"done;"
		"mount -o remount,size=10m out; \"$L\" batch --no-sign; %s",
		same_as_whole)
				     .at;
	/* Each of these sizes fills up at another moment. */
	for (int size = 30; size < 300; size += 30) {
		if (!run_on_disk(&project, size, script, &run))
			break;
		if (size == 30)
			assert_holds(run.err, "[E-FILE-WRITE]");
		assert_true(str_find(run.out, "code 3") >= 0 || str_find(run.out, "code 0") >= 0);
		assert_true(str_find(run.out, "spoilt") < 0);
		assert_holds(run.out, "0 failed");
		assert_holds(run.out, "the same");
	}
	scratch_free(&project);
}

static void a_disk_that_may_not_be_written_keeps_its_letters(void **state)
{
	(void)state;
	struct scratch project = make_project();
	struct outcome run;
	const char *script = str_format(project.arena,
		"\"$L\" batch --no-sign -q -o out; mount -o remount,ro out;"
		"sed -i s/Ann/Bea/ recipients/r03.xml;"
		"\"$L\" batch --no-sign -q; echo code $?; \"$L\" status --no-sign;"
		"sed -i s/Bea/Ann/ recipients/r03.xml; %s"
		"mount -o remount,rw out; \"$L\" batch --no-sign; %s",
		same_as_whole, same_as_whole)
				     .at;
	if (run_on_disk(&project, 10000, script, &run)) {
		assert_holds(run.err, "Read-only file system");
		assert_holds(run.out, "code 3");
		assert_holds(run.out, "1 to be written, 11 unchanged");
		assert_holds(run.out, "0 letters written to out, 12 unchanged");
		assert_holds(run.out, "the same");
	}
	scratch_free(&project);
}

/* What failed first is named, not what failed because of it or was done behind it. */
static void the_first_cause_is_named(void **state)
{
	static const struct {
		const char *script, *says;
	} rows[] = {
		/* A folder among what an earlier run left cannot be unlinked, so its own stays. */
		{"mkdir -p out/.lettermerge.tmp/old; \"$L\" batch --no-sign -q",
			"cannot write \"out/.lettermerge.tmp\": Is a directory"},
		{"mount -o remount,ro out; \"$L\" batch --no-sign -q -o out/far/below",
			"cannot write \"out/far/below\": Read-only file system"},
		{"\"$L\" batch --no-sign -q -o templates/letter.xml",
			"cannot write \"templates/letter.xml\": Not a directory"},
		{"\"$L\" identity new -q --identity me.pem Me; mkdir out/.lettermerge.manifest;"
		 "\"$L\" batch -q --identity me.pem",
			"cannot write \"out/manifest.json\": Is a directory"},
		{"head -c 20m /dev/zero >out/full 2>/dev/null;"
		 "\"$L\" batch --no-sign -q -r \"$PWD/$(printf ./%2000s | tr \\  /)recipients\" "
		 "-o letters --deps out/letters.d",
			"cannot write \"out/letters.d\": No space left on device"},
		{"ln -s /dev/full letters.d.tmp; \"$L\" batch --no-sign -q --deps letters.d",
			"cannot write \"letters.d\": No such device or address"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct scratch project = make_project();
		struct outcome run;
		if (run_on_disk(&project, 10000, rows[i].script, &run)) {
			assert_int_equal(run.code, 3);
			assert_holds(run.err, rows[i].says);
		}
		scratch_free(&project);
	}
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_full_disk_loses_nothing),
		cmocka_unit_test(a_disk_that_may_not_be_written_keeps_its_letters),
		cmocka_unit_test(the_first_cause_is_named),
	};
	program = argc > 1 ? argv[1] : "lettermerge";
	return cmocka_run_group_tests(tests, NULL, NULL);
}
