/* The record: each case edits one thing in a small project of three letters, and names which
 * letters status says would be written and why; the next run writes these and no others, and the
 * run after it none. */
#include "support/support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static const char *program; /* from the command line */

static const char letter[] =
	"<letter xmlns=\"urn:lettermerge:letter:1\" xml:lang=\"en-GB\" style=\"style.xml\">\n"
	"<title>To <field name=\"name\"/></title>\n"
	"<fields><declare name=\"name\" type=\"text\"/>\n"
	"<declare name=\"town\" type=\"text\" required=\"no\"/>\n"
	"<declare name=\"prize\" type=\"rich\" required=\"no\"/></fields>\n"
	"<salutation>Dear <field name=\"name\"/>,</salutation>\n"
	"<p>The first paragraph is the same for all.</p>\n"
	"<if field=\"prize\"><p>You have won <field name=\"prize\"/>.</p></if>\n"
	"<if field=\"town\" equals=\"Ely\"><table><row><cell>A table</cell><cell>of "
	"two</cell></row></table>"
	"<heading>A heading</heading></if>\n"
	"<closing>Yours sincerely,</closing>\n"
	"</letter>\n";

static const char style[] = "<style xmlns=\"urn:lettermerge:style:1\">\n"
			    "<text family=\"Liberation Sans\"/>\n"
			    "<element name=\"table\" space=\"4pt\"/>\n"
			    "</style>\n";

#define RECORD(fields) "<recipient xmlns=\"urn:lettermerge:recipient:1\">" fields "</recipient>\n"

static struct scratch make_project(void)
{
	struct scratch project = scratch_new();
	scratch_write(&project, "templates/letter.xml", letter);
	scratch_write(&project, "templates/style.xml", style);
	scratch_write(&project, "recipients/a.xml", RECORD("<name>Ann</name>"));
	scratch_write(&project, "recipients/b.xml",
		RECORD("<name>Bea</name><prize>a <em>cake</em></prize>"));
	scratch_write(&project, "recipients/c.xml", RECORD("<name>Cai</name><town>Ely</town>"));
	return project;
}

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

static int count_lines(struct str text, const char *part)
{
	struct str line;
	int count = 0;
	while (str_split(&text, '\n', &line))
		count += str_find(line, part) >= 0;
	return count;
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

static void a_letter_without_recipient_goes_with_prune_alone(void **state)
{
	(void)state;
	struct scratch project = make_project();
	struct arena *arena = project.arena;
	run_in(arena, project.dir, "'%s' batch --no-sign -q --also text,html", program);
	run_in(arena, project.dir, "rm recipients/b.xml");
	struct outcome run = run_in(arena, project.dir, "'%s' batch --no-sign", program);
	assert_holds(run.err, "1 letter in out without a recipient, remove with --prune");
	run_in(arena, project.dir, "'%s' batch --no-sign --prune --only a", program);
	assert_string_equal(list_folder(arena, scratch_path(&project, "out")).at,
		"a.html\na.pdf\na.txt\nb.html\nb.pdf\nb.txt\nc.html\nc.pdf\nc.txt\n");
	run_in(arena, project.dir, "cp recipients/c.xml c; echo '<' >recipients/c.xml");
	run_in(arena, project.dir, "'%s' batch --no-sign --prune; mv c recipients/c.xml", program);
	assert_true(file_exists(scratch_path(&project, "out/b.pdf")));
	run = run_in(arena, project.dir, "'%s' batch --no-sign --prune", program);
	assert_holds(run.out, "0 letters written to out, 2 unchanged, 0 failed, 1 removed");
	assert_string_equal(list_folder(arena, scratch_path(&project, "out")).at,
		"a.html\na.pdf\na.txt\nc.html\nc.pdf\nc.txt\n");
	scratch_free(&project);
}

static void twins_are_kept_up_to_date(void **state)
{
	(void)state;
	struct scratch project = make_project();
	struct arena *arena = project.arena;
	run_in(arena, project.dir, "'%s' batch --no-sign -q --also text", program);
	run_in(arena, project.dir, "sed -i s/Bea/Bee/ recipients/b.xml; '%s' batch --no-sign -q",
		program);
	assert_holds(read_bytes(arena, scratch_path(&project, "out/b.txt")), "Dear Bee,");
	run_in(arena, project.dir, "rm out/b.txt; '%s' batch --no-sign -q", program);
	assert_false(file_exists(scratch_path(&project, "out/b.txt")));
	struct outcome run = run_in(arena, project.dir, "'%s' status --also text", program);
	assert_holds(run.out, "out/b.pdf: to be written: out/b.txt is missing");
	scratch_free(&project);
}

/* What is attached holds more than what is printed. */
static void attached_sources_are_kept_up_to_date(void **state)
{
	(void)state;
	struct scratch project = make_project();
	struct arena *arena = project.arena;
	run_in(arena, project.dir, "'%s' batch --no-sign -q", program);
	struct outcome run = run_in(arena, project.dir, "'%s' status --attach-source", program);
	assert_int_equal(count_lines(run.out, "attached sources is new"), 3);
	run_in(arena, project.dir, "'%s' batch --no-sign -q --attach-source", program);
	run_in(arena, project.dir, "sed -i 's:</name>:</name><town>Bath</town>:' recipients/a.xml");
	run = run_in(arena, project.dir, "'%s' status --attach-source", program);
	assert_holds(run.out, "out/a.pdf: to be written: attached record changed\n");
	assert_int_equal(count_lines(run.out, "to be written:"), 1);
	scratch_free(&project);
}

static void failed_letters_are_listed_until_they_are_made(void **state)
{
	(void)state;
	struct scratch project = make_project();
	struct arena *arena = project.arena;
	run_in(arena, project.dir, "'%s' batch --no-sign -q", program);
	scratch_write(&project, "recipients/b.xml", RECORD("<name> </name>"));
	struct outcome run = run_in(arena, project.dir, "'%s' batch --no-sign", program);
	assert_int_equal(run.code, 1);
	const char *list = scratch_path(&project, "out/failed.json");
	assert_holds(read_bytes(arena, list),
		"{\"id\":\"b\",\"record\":\"recipients/b.xml\","
		"\"findings\":[{\"severity\":\"error\"");
	assert_true(file_exists(scratch_path(&project, "out/b.pdf")));
	run_in(arena, project.dir, "'%s' batch --no-sign -q --only a", program);
	assert_holds(read_bytes(arena, list), "\"id\":\"b\"");
	scratch_write(&project, "recipients/b.xml", RECORD("<name>Bea</name>"));
	run = run_in(arena, project.dir, "'%s' batch --no-sign", program);
	assert_holds(run.out, "1 letter written");
	assert_false(file_exists(list));
	scratch_free(&project);
}

static void a_second_run_says_so_and_stops(void **state)
{
	(void)state;
	struct scratch project = make_project();
	struct arena *arena = project.arena;
	run_in(arena, project.dir, "'%s' batch --no-sign -q; echo 4711 >out/.lettermerge.lock",
		program);
	struct outcome run = run_in(
		arena, project.dir, "flock out/.lettermerge.lock '%s' batch --no-sign", program);
	assert_int_equal(run.code, 3);
	assert_holds(run.err, "another run is at work in out (process 4711), nothing was done");
	scratch_free(&project);
}

static void a_damaged_record_is_told_and_can_be_removed(void **state)
{
	(void)state;
	struct scratch project = make_project();
	struct arena *arena = project.arena;
	run_in(arena, project.dir, "'%s' batch --no-sign -q; echo damaged >out/.lettermerge.db",
		program);
	struct outcome run = run_in(arena, project.dir, "'%s' batch --no-sign", program);
	assert_int_equal(run.code, 3);
	assert_holds(run.err, "the record out/.lettermerge.db is damaged");
	assert_holds(run.err, "hint: rm out/.lettermerge.db");
	run = run_in(arena, project.dir, "rm out/.lettermerge.db; '%s' batch --no-sign", program);
	assert_holds(run.out, "0 letters written to out, 3 unchanged");
	scratch_free(&project);
}

static void a_folder_where_a_letter_should_be_stops_that_letter(void **state)
{
	(void)state;
	struct scratch project = make_project();
	struct arena *arena = project.arena;
	struct outcome run = run_in(
		arena, project.dir, "mkdir -p out/b.pdf; '%s' batch --no-sign", program);
	assert_int_equal(run.code, 1);
	assert_holds(run.err, "out/b.pdf is where a letter should be and is not a file");
	run = run_in(arena, project.dir, "rmdir out/b.pdf; '%s' batch --no-sign", program);
	assert_holds(run.out, "1 letter written to out, 2 unchanged");
	scratch_free(&project);
}

static void spread_letters_move(void **state)
{
	(void)state;
	struct scratch project = make_project();
	struct arena *arena = project.arena;
	run_in(arena, project.dir, "'%s' batch --no-sign -q", program);
	struct outcome run = run_in(
		arena, project.dir, "'%s' batch --no-sign -v --spread", program);
	assert_holds(run.out, "it goes to another folder");
	run = run_in(arena, project.dir,
		"find out -mindepth 2 -name [abc].pdf | wc -l; ls out | grep -c pdf");
	assert_string_equal(run.out.at, "3\n0\n");
	run = run_in(arena, project.dir, "'%s' batch --no-sign --spread", program);
	assert_holds(run.out, "0 letters written to out, 3 unchanged");
	scratch_free(&project);
}

static void shards_joined_are_the_whole(void **state)
{
	(void)state;
	struct scratch project = make_project();
	struct arena *arena = project.arena;
	run_in(arena, project.dir, "'%s' batch --no-sign -q; echo '<' >recipients/d.xml", program);
	run_in(arena, project.dir, "rm recipients/c.xml; sed -i s/Bea/Bee/ recipients/b.xml");
	for (int i = 1; i <= 3; i++)
		run_in(arena, project.dir, "'%s' batch --no-sign -q --shard %d/3", program, i);
	struct outcome run = run_in(arena, project.dir, "'%s' batch --no-sign", program);
	assert_int_equal(run.code, 1);
	assert_holds(run.err, "the records of 3 shards are in out, nothing was done");
	assert_holds(run.err, "hint: join them first: lettermerge merge-record --out out");
	run = run_in(arena, project.dir, "'%s' merge-record", program);
	assert_string_equal(run.out.at, "3 records joined in out\n");
	assert_string_equal(run_in(arena, project.dir, "ls -A out").out.at,
		".lettermerge.db\n.lettermerge.lock\na.pdf\nb.pdf\nc.pdf\nfailed.json\nrun.json\n");
	assert_holds(read_bytes(arena, scratch_path(&project, "out/failed.json")), "\"id\":\"d\"");
	run = run_in(
		arena, project.dir, "rm recipients/d.xml; '%s' batch --no-sign --prune", program);
	assert_holds(run.out, "0 letters written to out, 2 unchanged, 0 failed, 1 removed");
	run = run_in(arena, project.dir, "'%s' batch --no-sign --shard 3/2", program);
	assert_int_equal(run.code, 2);
	assert_holds(run.err, "--shard does not know \"3/2\"");
	scratch_free(&project);
}

/* Whoever reads past the records of other shards says nothing of what is wrong with them. */
static void what_is_wrong_with_a_record_is_told_by_its_own_shard(void **state)
{
	(void)state;
	struct scratch project = make_project();
	struct arena *arena = project.arena;
	for (int i = 0; i < 8; i++)
		scratch_write(&project, str_format(arena, "recipients/r%d.xml", i).at,
			i % 2 ? "<" : RECORD("<name>Dai</name><shoe>8</shoe>"));
	struct outcome whole = run_in(
		arena, project.dir, "'%s' batch --no-sign -q -o whole 2>&1 | sort", program);
	assert_holds(whole.out, "recipients/r3.xml");
	struct outcome shards = run_in(arena, project.dir,
		"for i in 1 2 3; do '%s' batch --no-sign -q --shard $i/3; done 2>&1 | sort",
		program);
	assert_string_equal(shards.out.at, whole.out.at);
	scratch_free(&project);
}

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
	assert_holds(run.err, "all.tgz ends neither in .tar nor in .zip, nothing was done");
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

int main(int argc, char **argv)
{
	const struct CMUnitTest others[] = {
		cmocka_unit_test(another_program_and_another_library_are_named),
		cmocka_unit_test(a_letter_without_recipient_goes_with_prune_alone),
		cmocka_unit_test(twins_are_kept_up_to_date),
		cmocka_unit_test(attached_sources_are_kept_up_to_date),
		cmocka_unit_test(failed_letters_are_listed_until_they_are_made),
		cmocka_unit_test(a_second_run_says_so_and_stops),
		cmocka_unit_test(a_damaged_record_is_told_and_can_be_removed),
		cmocka_unit_test(a_folder_where_a_letter_should_be_stops_that_letter),
		cmocka_unit_test(spread_letters_move),
		cmocka_unit_test(shards_joined_are_the_whole),
		cmocka_unit_test(what_is_wrong_with_a_record_is_told_by_its_own_shard),
		cmocka_unit_test(a_tar_and_a_zip_hold_the_letters),
		cmocka_unit_test(a_copied_archive_is_known_by_its_letters),
		cmocka_unit_test(an_archive_of_another_form_is_refused),
		cmocka_unit_test(an_archive_begun_anew_misses_no_letter),
		cmocka_unit_test(a_letter_without_recipient_leaves_the_directory_of_a_zip),
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
	program = argc > 1 ? argv[1] : "lettermerge";
	return cmocka_run_group_tests(tests, NULL, NULL);
}
