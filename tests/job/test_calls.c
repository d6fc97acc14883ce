/* The order in which a run calls the system (calls.c writes it down): what a power cut may leave,
 * which records, and rules for fonts, are read again, and which libraries are loaded.
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
	run = run_in(
		project->arena, project->dir, "grep '%s' calls | uniq; mv calls all-calls", which);
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

static void nor_for_an_archive(void **state)
{
	struct scratch project = make_project();
	(void)state;
	assert_begins(changes(&project, "write all", "--archive all.tar --durability fast"),
		"write all.tar\nwrite record\nwrite all.tar\nwrite record\n");
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

/* The clock, some seconds behind the full one in which a record was written. */
static const char *clock_after(struct scratch *project, const char *record, int seconds)
{
	struct outcome run = run_in(project->arena, project->dir,
		"echo LETTERMERGE_CLOCK=$(($(stat -c %%Z recipients/%s) + %d))", record, seconds);
	return str_copy(project->arena, str_trim(run.out)).at;
}

/* Who saves twice within a moment may leave a file of the same size and time. */
static void a_record_written_within_two_seconds_of_a_run_is_read_again(void **state)
{
	struct scratch project = make_project();
	(void)state;
	records_read(&project, clock_after(&project, "a.xml", 2));
	assert_string_equal(records_read(&project, ""), "open a.xml\nopen b.xml\n");
	scratch_free(&project);
}

static void a_record_that_has_settled_is_not(void **state)
{
	struct scratch project = make_project();
	(void)state;
	records_read(&project, clock_after(&project, "b.xml", 4));
	assert_string_equal(records_read(&project, ""), "");
	scratch_free(&project);
}

/* -- which faces a family has ------------------------------------------------------------------ */

/* A project whose fonts and rules for them are its own to change. */
static struct scratch make_font_project(void)
{
	struct scratch project = make_project();
	struct outcome run = run_in(project.arena, project.dir,
		"mkdir fonts-here xdg rules && cp /usr/share/fonts/truetype/dejavu/DejaVuSans*.ttf "
		"fonts-here && cp \"$(fc-match -f %%{file} 'Liberation Sans')\" fonts-here && "
		"echo \"<fontconfig><dir>$PWD/fonts-here</dir><cachedir>$PWD/xdg/fonts</cachedir>"
		"</fontconfig>\" >rules/fonts.conf");
	assert_int_equal(run.code, 0);
	return project;
}

/* Whether rules are read in a run, which begins when all has settled. */
static bool opens_fontconfig(struct scratch *project, const char *options)
{
	struct outcome later = run_in(project->arena, project->dir,
		"echo LETTERMERGE_CLOCK=$(($(date +%%s) + 10)) XDG_CACHE_HOME=$PWD/xdg "
		"FONTCONFIG_FILE=$PWD/rules/fonts.conf");
	const char *variables = str_copy(project->arena, str_trim(later.out)).at;
	return *calls_from(project, "^open fonts.conf", "open", variables, options) != '\0';
}

static void fontconfig_is_opened_once(void **state)
{
	struct scratch project = make_font_project();
	(void)state;
	assert_true(opens_fontconfig(&project, ""));
	assert_false(opens_fontconfig(&project, ""));
	assert_false(opens_fontconfig(&project, "--template templates/letter.xml"));
	scratch_free(&project);
}

/* What changed just now may be changing still. */
static void what_has_not_settled_is_not_kept(void **state)
{
	struct scratch project = make_font_project();
	(void)state;
	run_in(project.arena, project.dir,
		"XDG_CACHE_HOME=$PWD/xdg FONTCONFIG_FILE=$PWD/rules/fonts.conf '%s' check -q",
		program);
	assert_true(opens_fontconfig(&project, ""));
	scratch_free(&project);
}

static void it_is_opened_again_when_what_it_reads_has_changed(void **state)
{
	static const char *const changes[] = {
		"echo >>rules/fonts.conf",
		"rm fonts-here/DejaVuSansMono.ttf",
		"cp fonts-here/DejaVuSans.ttf fonts-here/other.ttf",
		"mv fonts-here/DejaVuSans.ttf x; cp x fonts-here/DejaVuSans.ttf",
		"cat fonts-here/Lib* >x; cat x >\"$(echo fonts-here/Lib*)\"",
		"mkdir fonts && cp fonts-here/DejaVuSans.ttf fonts",
		"cp fonts-here/DejaVuSans-Bold.ttf fonts",
		"for f in xdg/lettermerge/*; do sed -i s/Sans-Bold/Sans-Cold/ $f; done",
		"for f in xdg/lettermerge/*; do head -c 300 $f >x; cp x $f; done",
		"for f in xdg/lettermerge/*; do : >$f; done",
		"rm -r xdg/lettermerge",
	};
	struct scratch project = make_font_project();
	(void)state;
	opens_fontconfig(&project, "");
	for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
		assert_int_equal(run_in(project.arena, project.dir, "%s", changes[i]).code, 0);
		if (!opens_fontconfig(&project, "") || opens_fontconfig(&project, ""))
			fail_msg("%s", changes[i]);
	}
	scratch_free(&project);
}

/* Whether letters are to be made anew because of their font, after a change. */
static bool font_changed(struct scratch *project, const char *change)
{
	struct outcome run = run_in(project->arena, project->dir,
		"%s && XDG_CACHE_HOME=$PWD/xdg FONTCONFIG_FILE=$PWD/rules/fonts.conf '%s' batch "
		"--no-sign --dry-run",
		change, program);
	assert_int_equal(run.code, 0);
	opens_fontconfig(project, "");
	return strstr(run.out.at, "font LiberationSans-Regular.ttf changed") != NULL;
}

/* The hash of a font is kept with it: it is that of its bytes, or letters would be made anew by a
 * hash that was read, or not made by one that is old. */
static void what_is_kept_of_a_font_is_what_it_holds(void **state)
{
	struct scratch project = make_font_project();
	(void)state;
	opens_fontconfig(&project, "");
	assert_false(font_changed(&project, "ls xdg/lettermerge/faces-*"));
	assert_false(font_changed(&project, "rm xdg/lettermerge/faces-*"));
	assert_true(font_changed(&project, "for f in fonts-here/L*; do printf x >>$f; done"));
	assert_false(font_changed(&project, "ls xdg/lettermerge/faces-*"));
	scratch_free(&project);
}

/* Its bytes are read to their end once, and else it is opened to be mapped. */
static void a_font_is_hashed_once(void **state)
{
	struct scratch project = make_font_project();
	(void)state;
	run_in(project.arena, project.dir, "cd fonts-here && mkdir ../x && mv D* ../x");
	for (int run = 0; run < 2; run++) {
		opens_fontconfig(&project, "");
		struct outcome opened = run_in(
			project.arena, project.dir, "grep -c '^open Lib' all-calls");
		assert_int_equal(str_is(str_trim(opened.out), "1"), run == 1);
	}
	scratch_free(&project);
}

/* As the store has a line for each family, and tabs in it. */
static void a_family_named_with_line_ends_and_tabs_does_no_harm(void **state)
{
	struct scratch project = make_font_project();
	(void)state;
	scratch_write(&project, "odd.xml",
		"<style xmlns=\"urn:lettermerge:style:1\"><text family=\"A&#10;B, C&#9;D&#9;E, "
		"&#10;:F, Liberation Sans\"/></style>");
	for (int i = 0; i < 3; i++)
		opens_fontconfig(&project, "--style odd.xml");
	scratch_free(&project);
}

static void where_nothing_can_be_kept_letters_are_made(void **state)
{
	struct scratch project = make_font_project();
	(void)state;
	run_in(project.arena, project.dir, "rm -r xdg; echo >xdg");
	assert_true(opens_fontconfig(&project, ""));
	assert_true(opens_fontconfig(&project, ""));
	scratch_free(&project);
}

/* -- libraries --------------------------------------------------------------------------------- */

/* Whether a run loads a library. */
static bool loads(struct scratch *project, const char *name)
{
	struct outcome run = run_in(project->arena, project->dir,
		"XDG_CACHE_HOME=$PWD/xdg FONTCONFIG_FILE=$PWD/rules/fonts.conf LD_DEBUG=files "
		"LD_DEBUG_OUTPUT=$PWD/loader '%s' batch --no-sign -q; cat loader.* >all; rm "
		"loader.*",
		program);
	assert_int_equal(run.code, 0);
	run = run_in(project->arena, project->dir, "grep -c 'file=%s' all", name);
	return run.out.at[0] != '0';
}

static void fontconfig_is_loaded_when_it_is_asked(void **state)
{
	struct scratch project = make_font_project();
	(void)state;
	assert_true(loads(&project, "libfontconfig"));
	opens_fontconfig(&project, "");
	assert_false(loads(&project, "libfontconfig"));
	scratch_free(&project);
}

/* English knows its dates by itself. */
static void formats_of_icu_are_loaded_when_a_language_asks(void **state)
{
	static const char letter[] =
		"<letter xmlns=\"urn:lettermerge:letter:1\" xml:lang=\"%s\"><title>Letter</title>"
		"<fields><declare name=\"name\"/><declare name=\"day\" type=\"date\" "
		"default=\"2026-11-29\"/></fields><p><field name=\"day\"/></p></letter>";
	struct scratch project = make_font_project();
	(void)state;
	scratch_write(
		&project, "templates/letter.xml", str_format(project.arena, letter, "en-GB").at);
	assert_false(loads(&project, "libicui18n"));
	scratch_write(&project, "templates/letter.xml", str_format(project.arena, letter, "sw").at);
	assert_true(loads(&project, "libicui18n"));
	scratch_free(&project);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(letters_are_on_the_disk_before_the_record_says_so),
		cmocka_unit_test(a_letter_that_is_written_again_likewise),
		cmocka_unit_test(nothing_is_waited_for_where_speed_is_asked_for),
		cmocka_unit_test(nor_for_an_archive),
		cmocka_unit_test(an_archive_is_on_the_disk_before_the_record_says_so),
		cmocka_unit_test(a_record_written_within_two_seconds_of_a_run_is_read_again),
		cmocka_unit_test(a_record_that_has_settled_is_not),
		cmocka_unit_test(fontconfig_is_opened_once),
		cmocka_unit_test(what_has_not_settled_is_not_kept),
		cmocka_unit_test(it_is_opened_again_when_what_it_reads_has_changed),
		cmocka_unit_test(what_is_kept_of_a_font_is_what_it_holds),
		cmocka_unit_test(a_font_is_hashed_once),
		cmocka_unit_test(a_family_named_with_line_ends_and_tabs_does_no_harm),
		cmocka_unit_test(where_nothing_can_be_kept_letters_are_made),
		cmocka_unit_test(fontconfig_is_loaded_when_it_is_asked),
		cmocka_unit_test(formats_of_icu_are_loaded_when_a_language_asks),
	};
	if (argc != 3)
		return 2;
	program = argv[1];
	library = argv[2];
	return cmocka_run_group_tests(tests, NULL, NULL);
}
