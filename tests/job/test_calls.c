/* The order in which a run calls the system (calls.c writes it down): what a power cut may leave,
 * and which records are read again.
 *
 *   test_calls PROGRAM CALLS_LIBRARY */
#include "support/support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const char *program, *library; /* from the command line */

static struct scratch make_project(void)
{
	struct scratch project = scratch_new();
	scratch_write(&project, "templates/letter.xml",
		"<letter xmlns=\"urn:lettermerge:letter:1\" xml:lang=\"en-GB\">"
		"<title>Letter</title><fields><declare name=\"name\"/></fields>"
		"<p>Dear <field name=\"name\"/></p></letter>");
	scratch_write(&project, "recipients/a.xml",
		"<recipient xmlns=\"urn:lettermerge:recipient:1\"><name>Ann</name></recipient>");
	scratch_write(&project, "recipients/b.xml",
		"<recipient xmlns=\"urn:lettermerge:recipient:1\"><name>Bea</name></recipient>");
	return project;
}

/* The calls of a batch with one worker, each of several alike once, from a certain one on; which: a
 * pattern of those that count. */
static const char *calls_from(struct scratch *project, const char *which, const char *first,
	const char *variables, const char *options)
{
	struct outcome run = run_in(project->arena, project->dir,
		"ASAN_OPTIONS=verify_asan_link_order=0:$ASAN_OPTIONS LD_PRELOAD='%s' "
		"LETTERMERGE_CALLS=calls %s '%s' batch --no-sign -q -j 1 %s",
		library, variables, program, options);
	assert_int_equal(run.code, 0);
	run = run_in(project->arena, project->dir, "grep '%s' calls | uniq; rm calls", which);
	int from = str_find(run.out, first);
	return from < 0 ? "" : run.out.at + from;
}

/* What changes the letters and the record, from the first letter on; sqlite's care for the folder
 * is its own. */
static const char *changes(struct scratch *project, const char *first, const char *options)
{
	return calls_from(project, "^write\\|^rename\\|^sync [^o]", first, "", options);
}

/* Records that are opened, in a run at some time. */
static const char *records_read(struct scratch *project, const char *clock)
{
	return calls_from(project, "^open", "open", clock, "");
}

static void assert_begins(const char *text, const char *beginning)
{
	if (!str_starts(str_of(text), beginning))
		fail_msg("%s\nand not\n%s", text, beginning);
}

/* Bytes are on the disk before a letter has its name, names before the record knows of them; that
 * the run is on its way, it knows before. */
static void letters_are_on_the_disk_before_the_record_says_so(void **state)
{
	struct scratch project = make_project();
	(void)state;
	assert_begins(changes(&project, "write beside", ""),
		"write beside\nwrite record\nsync record\nsync all\nrename a.pdf\nrename b.pdf\n"
		"sync all\nwrite record\nsync record\n");
	scratch_free(&project);
}

static void a_letter_that_is_written_again_likewise(void **state)
{
	struct scratch project = make_project();
	(void)state;
	changes(&project, "write beside", "");
	run_in(project.arena, project.dir, "sed -i s/Bea/Bee/ recipients/b.xml");
	assert_begins(changes(&project, "sync all", "--also text"),
		"sync all\nrename a.txt\nrename b.pdf\nrename b.txt\nsync all\nwrite record\n");
	scratch_free(&project);
}

static void nothing_is_waited_for_where_speed_is_asked_for(void **state)
{
	struct scratch project = make_project();
	(void)state;
	assert_begins(changes(&project, "write beside", "--durability fast"),
		"write beside\nwrite record\nrename a.pdf\nrename b.pdf\nwrite record\n");
	scratch_free(&project);
}

static void an_archive_is_on_the_disk_before_the_record_says_so(void **state)
{
	struct scratch project = make_project();
	(void)state;
	assert_begins(changes(&project, "write all", "--archive all.tar"),
		"write all.tar\nsync all.tar\nwrite record\nsync record\n"
		"write all.tar\nsync all.tar\nwrite record\nsync record\n");
	scratch_free(&project);
}

/* The clock, some seconds behind the full one in which b.xml was written. */
static const char *clock_after(struct scratch *project, int seconds)
{
	struct outcome run = run_in(project->arena, project->dir,
		"echo LETTERMERGE_CLOCK=$(($(stat -c %%Z recipients/b.xml) + %d))", seconds);
	return str_copy(project->arena, str_trim(run.out)).at;
}

/* Who saves twice within a moment may leave a file of the same size and time. */
static void a_record_written_within_two_seconds_of_a_run_is_read_again(void **state)
{
	struct scratch project = make_project();
	(void)state;
	records_read(&project, clock_after(&project, 2));
	assert_string_equal(records_read(&project, ""), "open a.xml\nopen b.xml\n");
	scratch_free(&project);
}

static void a_record_that_has_settled_is_not(void **state)
{
	struct scratch project = make_project();
	(void)state;
	records_read(&project, clock_after(&project, 4));
	assert_string_equal(records_read(&project, ""), "");
	scratch_free(&project);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(letters_are_on_the_disk_before_the_record_says_so),
		cmocka_unit_test(a_letter_that_is_written_again_likewise),
		cmocka_unit_test(nothing_is_waited_for_where_speed_is_asked_for),
		cmocka_unit_test(an_archive_is_on_the_disk_before_the_record_says_so),
		cmocka_unit_test(a_record_written_within_two_seconds_of_a_run_is_read_again),
		cmocka_unit_test(a_record_that_has_settled_is_not),
	};
	if (argc != 3)
		return 2;
	program = argv[1];
	library = argv[2];
	return cmocka_run_group_tests(tests, NULL, NULL);
}
