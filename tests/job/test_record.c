/* The record: each case edits one thing in a small project of three letters, and names which
 * letters status says would be written and why; the next run writes these and no others, and the
 * run after it none. */
#include "three.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static const char *program, *record; /* from the command line */

/* The edit is a shell command; status has exactly these lines before its summary. */
static const struct edit {
	const char *name, *command, *status;
} edits[] = {
	{"nothing is nothing to do", "true", ""},
	{"a comment rebuilds nothing", "sed -i '2i <!-- a comment\\n\\n -->' templates/letter.xml",
		""},
	{"a file saved again rebuilds nothing", "touch templates/*.xml recipients/*.xml", ""},
	{"a comment in the style rebuilds nothing", "sed -i '2i <!-- x -->' templates/style.xml",
		""},
	{"an unused column rebuilds nothing",
		"sed -i 's:</name>:</name><town>Bath</town>:' recipients/a.xml", ""},
	{"white space that is folded rebuilds nothing",
		"sed -i 's/first paragraph/first\\n   paragraph/' templates/letter.xml", ""},
	{"a letter touched but not altered is read, not rebuilt", "touch -d 2001-01-01 out/a.pdf",
		""},
	{"a paragraph of all",
		"sed -i '2i <!-- x -->' templates/letter.xml;"
		"sed -i 's/same for all/same/' templates/letter.xml",
		"out/a.pdf: to be written: paragraph at templates/letter.xml:8 changed\n"
		"out/b.pdf: to be written: paragraph at templates/letter.xml:8 changed\n"
		"out/c.pdf: to be written: paragraph at templates/letter.xml:8 changed\n"},
	{"a paragraph under a condition", "sed -i 's/have won/won/' templates/letter.xml",
		"out/b.pdf: to be written: paragraph at templates/letter.xml:8 changed\n"},
	{"a new paragraph", "sed -i 's:^<closing:<p>New</p>\\n&:' templates/letter.xml",
		"out/a.pdf: to be written: paragraph at templates/letter.xml:10 is new in this "
		"letter\n"
		"out/b.pdf: to be written: paragraph at templates/letter.xml:10 is new in this "
		"letter\n"
		"out/c.pdf: to be written: paragraph at templates/letter.xml:10 is new in this "
		"letter\n"},
	{"a condition that holds no longer", "sed -i 's/Ely/Bath/' recipients/c.xml",
		"out/c.pdf: to be written: table at templates/letter.xml:9 left this letter; "
		"heading at templates/letter.xml:9 left this letter\n"},
	{"a field", "sed -i 's/Bea/Bee/' recipients/b.xml",
		"out/b.pdf: to be written: field name changed\n"},
	{"markup inside of a field", "sed -i 's:/\\?em>:&:g; s:em>:strong>:g' recipients/b.xml",
		"out/b.pdf: to be written: field prize changed\n"},
	{"two fields at once", "sed -i 's/Bea/Bee/; s/cake/pie/' recipients/b.xml",
		"out/b.pdf: to be written: field name changed; field prize changed\n"},
	{"the style of a block",
		"sed -i 's:^</style:<element name=\"closing\" indent-left=\"9pt\"/>&:' "
		"templates/style.xml",
		"out/a.pdf: to be written: style of closing changed\n"
		"out/b.pdf: to be written: style of closing changed\n"
		"out/c.pdf: to be written: style of closing changed\n"},
	{"the style of a block that one letter has", "sed -i 's/4pt/5pt/' templates/style.xml",
		"out/c.pdf: to be written: style of table changed\n"},
	{"the style of rules, by which a table's lines are drawn",
		"sed -i 's:^</style:<element name=\"rule\" colour=\"#666666\"/>&:' "
		"templates/style.xml",
		"out/c.pdf: to be written: style of rule changed\n"},
	{"the style of a level of headings, where a letter has any",
		"sed -i 's:^</style:<element name=\"heading\" level=\"1\" after=\"9pt\"/>&:' "
		"templates/style.xml",
		"out/c.pdf: to be written: style of heading changed\n"},
	{"the style of a block that no letter has",
		"sed -i 's:^</style:<element name=\"quote\" after=\"9pt\"/>&:' templates/style.xml",
		""},
	{"a letter altered", "printf x >>out/b.pdf",
		"out/b.pdf: to be written: out/b.pdf was altered after the run\n"},
	{"a letter altered to the same length", "printf x | dd of=out/b.pdf conv=notrunc bs=1",
		"out/b.pdf: to be written: out/b.pdf was altered after the run\n"},
	{"a letter removed", "rm out/c.pdf", "out/c.pdf: to be written: out/c.pdf is missing\n"},
	{"a new recipient", "sed s/Ann/Dai/ recipients/a.xml >recipients/d.xml",
		"out/d.pdf: to be written: there is no record of it yet\n"},
	{"a recipient gone", "rm recipients/b.xml", "out/b.pdf: without recipient\n"},
	{"the record removed: the letters are right and stay", "rm out/.lettermerge.db",
		"out/a.pdf: to be written: there is no record of it yet\n"
		"out/b.pdf: to be written: there is no record of it yet\n"
		"out/c.pdf: to be written: there is no record of it yet\n"},
};

static struct str hashes(struct scratch *project)
{
	return run_in(project->arena, project->dir, "cd out && sha256sum *.pdf | sort -k2").out;
}

static struct str times(struct scratch *project)
{
	return run_in(project->arena, project->dir, "cd out && stat -c '%%n %%i %%y' *.pdf").out;
}

/* How many of the letters listed have other bytes than before, or are new. */
static int count_changed(struct str before, struct str after)
{
	struct str line, rest = after;
	int changed = 0;
	while (str_split(&rest, '\n', &line) && line.len) {
		struct buf whole = {0};
		buf_format(&whole, "%.*s\n", str_arg(line));
		changed += str_find(before, buf_text(&whole).at) < 0;
		buf_free(&whole);
	}
	return changed;
}

static void status_tells_what_an_edit_changes(void **state)
{
	const struct edit *edit = *state;
	struct scratch project = make_project();
	struct arena *arena = project.arena;
	run_in(arena, project.dir, "'%s' batch --no-sign -q --durability=fast", program);
	run_in(arena, project.dir, "%s", edit->command);
	struct str edited = hashes(&project), then = times(&project);
	struct str status = run_in(arena, project.dir, "'%s' status", program).out;
	struct str older = run_in(arena, project.dir,
		"[ ! -e out/.lettermerge.db ] || { cp out/.lettermerge.db kept; python3 '%s' older "
		"10 out/.lettermerge.db; }; '%s' status; mv -f kept out/.lettermerge.db",
		record, program)
				   .out;
	assert_string_equal(older.at, status.at);
	int end = str_find(status, " to be written, ");
	while (end > 0 && status.at[end - 1] != '\n')
		end--;
	assert_true(end >= 0);
	assert_string_equal(str_copy(arena, str_slice(status, 0, end)).at, edit->status);
	struct outcome run = run_in(
		arena, project.dir, "'%s' batch --no-sign -v --durability=fast", program);
	assert_int_equal(run.code, 0);
	/* Nothing but what was planned was written, and what was planned was needed. */
	int written = count_lines(run.out, ": written: ");
	assert_int_equal(written, count_changed(edited, hashes(&project)));
	assert_true(count_changed(then, times(&project)) <= written);
	if (str_find(str_of(edit->status), "no record") < 0)
		assert_int_equal(written, count_lines(str_of(edit->status), "to be written"));
	run = run_in(arena, project.dir, "'%s' batch --no-sign", program);
	assert_holds(run.out, "0 letters written");
	/* All letters are what a run from nothing writes. */
	run_in(arena, project.dir, "'%s' batch --no-sign -q --durability=fast -o fresh", program);
	run = run_in(arena, project.dir,
		"for f in fresh/*.pdf; do cmp $f out/${f#fresh/} || exit 1; done");
	assert_int_equal(run.code, 0);
	scratch_free(&project);
}

/* As another release, over another HarfBuzz, would have left the record; the letters come out the
 * same, so none is written. */
static void another_program_and_another_library_are_named(void **state)
{
	(void)state;
	struct scratch project = make_project();
	scratch_write(&project, "other.py",
		"import re, sqlite3\n"
		"base = sqlite3.connect('out/.lettermerge.db')\n"
		"(text,) = base.execute('SELECT text FROM basis').fetchone()\n"
		"text = re.sub(rb'library HarfBuzz\\t[^\\n]*', b'library HarfBuzz\\t1.2', text)\n"
		"text = re.sub(rb'lettermerge\\t[^\\n]*', b'lettermerge\\t0', text)\n"
		"base.execute('UPDATE basis SET text=?', (text,))\n"
		"base.execute('UPDATE letter SET key=zeroblob(16), surroundings=0')\n"
		"base.commit()\n");
	struct outcome run = run_in(project.arena, project.dir,
		"'%s' batch --no-sign -q; python3 other.py; '%s' status; '%s' batch --no-sign -q; "
		"'%s' batch --no-sign",
		program, program, program, program);
	assert_holds(run.out,
		"out/a.pdf: to be written: lettermerge writes letters in another form now; "
		"HarfBuzz is ");
	assert_int_equal(count_lines(run.out, ", was 1.2"), 3);
	assert_holds(run.out, "0 letters written to out, 3 unchanged");
	scratch_free(&project);
}

static void json_has_one_letter_a_line(void **state)
{
	(void)state;
	struct scratch project = make_project();
	struct outcome run = run_in(
		project.arena, project.dir, "'%s' status --json --only a,b", program);
	assert_string_equal(run.out.at,
		"{\"id\":\"a\",\"file\":\"out/a.pdf\",\"state\":\"to be written\","
		"\"reasons\":[\"there is no record of it yet\"]}\n"
		"{\"id\":\"b\",\"file\":\"out/b.pdf\",\"state\":\"to be written\","
		"\"reasons\":[\"there is no record of it yet\"]}\n");
	assert_false(file_exists(scratch_path(&project, "out")));
	scratch_free(&project);
}

static void make_knows_what_letters_are_made_from(void **state)
{
	(void)state;
	struct scratch project = make_project();
	struct arena *arena = project.arena;
	scratch_write(&project, "Makefile",
		"out/.lettermerge.db:\n\t@echo run; $(LETTERS) batch --no-sign -q --deps deps; "
		"touch $@\n"
		"-include deps\n");
	run_in(arena, project.dir,
		"cp recipients/c.xml 'recipients/d #1.xml'; rm recipients/c.xml");
	const char *make = "make -s LETTERS=%s 2>/dev/null", *letters = plain_link(program);
	run_in(arena, project.dir, "sed -i 's/<recipient /<recipient id=\"d\" /' recipients/d*");
	assert_string_equal(run_in(arena, project.dir, make, letters).out.at, "run\n");
	assert_string_equal(run_in(arena, project.dir, make, letters).out.at, "");
	const char *const inputs[] = {"templates/letter.xml", "templates/style.xml",
		"recipients/a.xml", "recipients/d #1.xml"};
	for (size_t i = 0; i < sizeof inputs / sizeof *inputs; i++) {
		run_in(arena, project.dir, "touch -d '+1 hour' '%s'", inputs[i]);
		assert_string_equal(run_in(arena, project.dir, make, letters).out.at, "run\n");
		run_in(arena, project.dir, "touch -d '-1 hour' '%s'", inputs[i]);
	}
	assert_string_equal(run_in(arena, project.dir, make, letters).out.at, "");
	scratch_free(&project);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest others[] = {
		cmocka_unit_test(another_program_and_another_library_are_named),
		cmocka_unit_test(make_knows_what_letters_are_made_from),
		cmocka_unit_test(json_has_one_letter_a_line),
	};
	enum { EDITS = sizeof edits / sizeof *edits, OTHERS = sizeof others / sizeof *others };
	struct CMUnitTest tests[EDITS + OTHERS];
	memcpy(tests, others, sizeof others);
	for (int i = 0; i < EDITS; i++)
		tests[OTHERS + i] = (struct CMUnitTest){.name = edits[i].name,
			.test_func = status_tells_what_an_edit_changes,
			.initial_state = (void *)(uintptr_t)&edits[i]};
	assert_int_equal(argc, 3);
	program = argv[1];
	struct arena *arena = arena_new();
	record = plain_link(str_format(arena, "%s/tests/job/record.py", argv[2]).at);
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	arena_free(arena);
	return failed;
}
