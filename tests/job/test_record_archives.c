/* Letters in an archive: a tar or a zip holds them, is known again, and goes on. */
#include "three.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static const char *program; /* from the command line */

/* What each form takes to be listed and unpacked, and by whom: a zip's directory names a letter
 * that was written again once, where it stands last. */
static const struct {
	const char *name, *list, *unpack;
} forms[] = {
	{"all.tar", "tar tf all.tar", "mkdir all; tar xf all.tar -C all"},
	{"all.zip",
		"python3 -c \"import zipfile; z = zipfile.ZipFile('all.zip'); assert not "
		"z.testzip(); print('\\n'.join(z.namelist()))\"",
		"python3 -m zipfile -e all.zip all"},
};

static void an_archive_holds_the_letters(const char *name, const char *list, const char *unpack)
{
	struct scratch project = make_project();
	struct arena *arena = project.arena;
	run_in(arena, project.dir, "'%s' batch --no-sign -q -o files --also text", program);
	struct outcome run = run_in(
		arena, project.dir, "'%s' batch --no-sign --also text --archive %s", program, name);
	assert_holds(run.out, "3 letters written");
	run = run_in(arena, project.dir, "%s", list);
	assert_string_equal(run.out.at, "a.pdf\na.txt\nb.pdf\nb.txt\nc.pdf\nc.txt\n");
	run = run_in(arena, project.dir,
		"sed -i s/Bea/Bee/ recipients/b.xml; '%s' batch --no-sign --archive %s", program,
		name);
	assert_holds(run.out, "1 letter written");
	run_in(arena, project.dir, "'%s' batch --no-sign -q -o files; %s", program, unpack);
	run = run_in(arena, project.dir, "diff -r -x '.letter*' -x run.json files all");
	assert_string_equal(run.out.at, "");
	assert_int_equal(run.code, 0);
	run = run_in(arena, project.dir, "'%s' status --archive %s", program, name);
	assert_holds(run.out, "0 to be written, 3 unchanged");
	run = run_in(arena, project.dir, "echo >>%s; '%s' batch --no-sign --archive %s", name,
		program, name);
	assert_int_equal(run.code, 1);
	assert_holds(run.err, "is not the archive that the record knows");
	run = run_in(arena, project.dir, "echo x >mine%s; '%s' batch --no-sign --archive mine%s",
		name, program, name);
	assert_int_equal(run.code, 1);
	assert_string_equal(
		read_bytes(arena, scratch_path(&project, str_format(arena, "mine%s", name).at)).at,
		"x\n");
	run = run_in(arena, project.dir, "rm %s; '%s' batch --no-sign --archive %s", name, program,
		name);
	assert_holds(run.out, "3 letters written");
	scratch_free(&project);
}

static void a_tar_and_a_zip_hold_the_letters(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
		an_archive_holds_the_letters(forms[i].name, forms[i].list, forms[i].unpack);
}

/* As a copy or a backup gives it back: with another time. What stands behind the letters is no
 * letter; what is altered in one, or cut off, is somebody else's. */
static void a_copied_archive_is_known_by_its_letters(void **state)
{
	(void)state;
	struct scratch project = make_project();
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
		const char *name = forms[i].name, *batch = "batch --no-sign --also text --archive";
		struct outcome run = run_in(project.arena, project.dir,
			"'%s' %s %s; sed -i s/Bea/Bee/ recipients/b.xml; '%s' %s %s -q; "
			"sed -i s/Bee/Bea/ recipients/b.xml; '%s' %s %s -q; cp %s kept; "
			"cp %s copy; mv copy %s; '%s' status --also text --archive %s; '%s' %s %s; "
			"cmp %s kept",
			program, batch, name, program, batch, name, program, batch, name, name,
			name, name, program, name, program, batch, name, name);
		assert_holds(run.out, "\n0 to be written, 3 unchanged");
		assert_holds(run.out, "\n0 letters written");
		assert_int_equal(run.code, 0);
		/* The last of three versions of b.txt stands behind all others. */
		static const char *const harms[] = {
			"import re, sys; b = open('kept', 'rb').read(); at = b.rindex(b'Dear "
			"Bea'); "
			"open(sys.argv[1], 'wb').write(b[:at] + b'd' + b[at + 1:])",
			"import sys; b = open('kept', 'rb').read(); "
			"open(sys.argv[1], 'wb').write(b[:len(b) // 2] + bytes(len(b) - len(b) // "
			"2))",
			("import sys; b = open('kept', 'rb').read(); "
			 "open(sys.argv[1], 'wb').write(b + b'x')"),
		};
		for (size_t k = 0; k < sizeof harms / sizeof *harms; k++) {
			run = run_in(project.arena, project.dir,
				"python3 -c \"%s\" %s; cp %s harmed; '%s' %s %s; code=$?; "
				"cmp %s harmed && exit $code",
				harms[k], name, name, program, batch, name, name);
			assert_int_equal(run.code, 1);
			assert_holds(run.err, "[E-ARCHIVE]");
		}
	}
	scratch_free(&project);
}

static void an_archive_of_another_form_is_refused(void **state)
{
	(void)state;
	struct scratch project = make_project();
	struct outcome run = run_in(
		project.arena, project.dir, "'%s' batch --no-sign --archive all.tgz", program);
	assert_int_equal(run.code, 1);
	assert_holds(run.err, "\"all.tgz\" ends neither in .tar nor in .zip, nothing was done");
	assert_holds(run.err, "[E-ARCHIVE-FORM]");
	scratch_free(&project);
}

/* The letter that failed when its archive was begun anew is in it when it is good again. */
static void an_archive_begun_anew_misses_no_letter(void **state)
{
	(void)state;
	struct scratch project = make_project();
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
		struct outcome run = run_in(project.arena, project.dir,
			"'%s' batch --no-sign -q --archive %s; rm %s; "
			"mv recipients/b.xml b; echo '<recipient' >recipients/b.xml; "
			"'%s' batch --no-sign -q --archive %s 2>/dev/null; "
			"mv b recipients/b.xml; '%s' batch --no-sign --archive %s",
			program, forms[i].name, forms[i].name, program, forms[i].name, program,
			forms[i].name);
		assert_holds(run.out, "1 letter written");
		run = run_in(project.arena, project.dir, "%s", forms[i].list);
		assert_holds(run.out, "b.pdf\n");
	}
	scratch_free(&project);
}

static void a_letter_without_recipient_leaves_the_directory_of_a_zip(void **state)
{
	(void)state;
	struct scratch project = make_project();
	struct outcome run = run_in(project.arena, project.dir,
		"'%s' batch --no-sign -q --archive all.zip; rm recipients/b.xml; "
		"'%s' batch --no-sign --archive all.zip --prune",
		program, program);
	assert_holds(run.out, "0 letters written");
	assert_holds(run.out, "1 removed");
	run = run_in(project.arena, project.dir, "%s", forms[1].list);
	assert_string_equal(run.out.at, "a.pdf\nc.pdf\n");
	run = run_in(project.arena, project.dir, "'%s' batch --no-sign --archive all.zip", program);
	assert_holds(run.out, "0 letters written to all.zip, 2 unchanged");
	scratch_free(&project);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_tar_and_a_zip_hold_the_letters),
		cmocka_unit_test(a_copied_archive_is_known_by_its_letters),
		cmocka_unit_test(an_archive_of_another_form_is_refused),
		cmocka_unit_test(an_archive_begun_anew_misses_no_letter),
		cmocka_unit_test(a_letter_without_recipient_leaves_the_directory_of_a_zip),
	};
	program = argc > 1 ? argv[1] : "lettermerge";
	return cmocka_run_group_tests(tests, NULL, NULL);
}
