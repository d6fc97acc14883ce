/* What an approval is bound to, as docs/desk.md lists it: each thing on the list is changed,
 * and voids the approval; each thing that is not is changed, and does not. Asked twice: of status,
 * which does with as little as it may, and of batch, which compares what it is about to write.
 *
 *   test_bound PROGRAM ROOT ELSEWHERE_LIBRARY */
#include "support/support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static const char *program, *root, *library; /* from the command line */

/* Why an approval is void; NULL: it stands. In the commands $T is the template. */
static const struct change {
	const char *name, *command, *why;
} changes[] = {
	/* the list */
	{"a word", "sed -i 's/for all/for each/' $T", "its words changed"},
	{"a value", "sed -i 's/Ann/Anne/' recipients/a.xml", "its words changed"},
	{"a word of a note", "sed -i 's/a note/a remark/' $T", "its words changed"},
	{"where a link leads", "sed -i 's,example.org/a,example.org/b,' $T", "its links changed"},
	{"what a link is called", "sed -i 's/The page/The site/' $T", "its links changed"},
	{"what is in a picture", "printf '\\0' >>templates/dot.png", "its pictures changed"},
	{"what is said of a picture", "sed -i 's/A dot/A point/' $T", "its pictures changed"},
	{"its title", "sed -i 's/A letter/The letter/' $T", "its title or other metadata changed"},
	{"its author", "sed -i 's/The office/The agency/' $T",
		"its title or other metadata changed"},
	{"its description", "sed -i 's/About us/About you/' $T",
		"its title or other metadata changed"},
	{"its keywords", "sed -i 's/one, two/one, three/' $T",
		"its title or other metadata changed"},
	{"its language", "sed -i 's/xml:lang=\"en-GB\"/xml:lang=\"en-IE\"/' $T",
		"its title or other metadata changed"},
	{"the language of some words", "sed -i 's/lang=\"cy\"/lang=\"gd\"/' $T",
		"its tags changed"},
	{"which words are in another language",
		"sed -i 's,<span xml:lang=\"cy\">dwy iaith</span>,<span xml:lang=\"cy\">dwy</span> "
		"iaith,' $T",
		"its tags changed"},
	{"what an abbreviation stands for", "sed -i 's/World Health/Whole Health/' $T",
		"its tags changed"},
	{"what is a row of heads", "sed -i 's/<row header=\"yes\">/<row>/' $T",
		"its tags and its looks changed"},
	{"what is a heading", "sed -i 's,<heading>Words</heading>,<p>Words</p>,' $T",
		"its tags and its looks changed"},
	{"words that stand out", "sed -i 's,em>,strong>,g' $T", "its looks changed"},
	{"a size", "sed -i 's/11pt/11.1pt/' templates/style.xml", "its looks changed"},
	{"a colour", "sed -i 's/#000000/#000001/' templates/style.xml", "its looks changed"},
	{"a margin", "sed -i 's/left=\"25mm\"/left=\"26mm\"/' templates/style.xml",
		"its looks changed"},
	{"marks for folding", "sed -i 's/show=\"no\"/show=\"yes\"/' templates/style.xml",
		"its looks changed"},
	{"how wide a picture is", "sed -i 's/5mm/6mm/' $T", "its looks changed"},
	{"another style",
		"sed 's/11pt/12pt/' templates/style.xml >large.xml; S='--style large.xml'",
		"its looks changed"},
	{"another font", "sed -i 's/Liberation Sans/Liberation Serif/' templates/style.xml",
		"its looks changed"},
	{"a font that draws otherwise under the same name",
		"export FONTCONFIG_FILE=$PWD/drawn.conf", "its looks changed"},
	{"a library that sets glyphs elsewhere",
		"export LD_PRELOAD=$ELSEWHERE LETTERMERGE_ELSEWHERE=aside", "its looks changed"},
	{"what is attached", "S=--attach-source", "its attached files changed"},
	{"two of them", "sed -i 's/A letter/The letter/; s/A dot/A point/' $T",
		"its pictures and its title or other metadata changed"},
	/* and nothing else */
	{"nothing", ":", NULL},
	{"a comment", "sed -i 's/<p>/<!-- x -->&/' $T", NULL},
	{"blanks between elements", "sed -i 's/<p>/\\n\\n &/' $T", NULL},
	{"a field that is declared and not used",
		"sed -i 's,<fields>,&<declare name=\"more\" type=\"text\" required=\"no\"/>,' $T",
		NULL},
	{"a value that no field takes",
		"sed -i 's,<fields>,&<declare name=\"more\" type=\"text\" required=\"no\"/>,' $T; "
		"sed -i 's,</name>,&<more>x</more>,' recipients/a.xml",
		NULL},
	{"a field in place of the same words",
		"sed -i 's,Dear <field name=\"name\"/>,Dear Ann,' $T", NULL},
	{"a paragraph that other letters have, in characters that none had",
		"sed -i 's/only Ben/only Ben \xC5\xBB\xC3\xB3\xC5\x82w \xCE\xA9/' $T", NULL},
	{"the style of an element that the letter has not",
		"sed -i 's,</style>,<element name=\"quote\" family=\"Liberation Serif\"/>&,' "
		"templates/style.xml",
		NULL},
	{"the name of a picture's file",
		"mv templates/dot.png templates/point.png; sed -i 's/dot.png/point.png/' $T", NULL},
	{"the name of the template's file", "mv $T templates/other.xml; S='-t templates/other.xml'",
		NULL},
	{"where the project stands", "mkdir deep; mv templates recipients out deep; cd deep", NULL},
	{"the date in the file", "export SOURCE_DATE_EPOCH=9", NULL},
	{"who signs, and how", "SIGN=--certify; $L identity new Jo >/dev/null", NULL},
	{"a web page beside it", "S='--also html,text'", NULL},
	{"the key", "$APPROVALS key", NULL},
	{"another version of a library", "export LD_PRELOAD=$ELSEWHERE", NULL},
	{"another file of a font that draws the same", "export FONTCONFIG_FILE=$PWD/same.conf",
		NULL},
	/* what cannot be compared */
	{"an approval in another form", "$APPROVALS form",
		"it was approved with an earlier version of lettermerge, whose approvals cannot be "
		"compared"},
	{"an approval of version 0.1", "$APPROVALS short",
		"it was approved with an earlier version of lettermerge, whose approvals cannot be "
		"compared"},
};

static const char letter[] =
	"<letter xmlns=\"urn:lettermerge:letter:1\" xml:lang=\"en-GB\" style=\"style.xml\">\n"
	"<title>A letter</title><author>The office</author><description>About us</description>\n"
	"<keywords>one, two</keywords>\n"
	"<fields><declare name=\"name\" type=\"text\"/></fields>\n"
	"<salutation>Dear <field name=\"name\"/>,</salutation>\n"
	"<heading>Words</heading>\n"
	"<p>Words for all<note>With a note.</note>, <em>some</em> with <abbr title=\"World Health "
	"Organization\">WHO</abbr> and <link href=\"https://example.org/a\" title=\"The "
	"page\">a link</link> in <span xml:lang=\"cy\">dwy iaith</span>.</p>\n"
	"<image src=\"dot.png\" alt=\"A dot\" width=\"5mm\"/>\n"
	"<table><row header=\"yes\"><cell>A</cell><cell>B</cell></row>"
	"<row><cell>1</cell><cell>2</cell></row></table>\n"
	"<if field=\"name\" equals=\"Ben\"><p>This only Ben reads.</p></if>\n"
	"</letter>\n";

static const char style[] =
	"<style xmlns=\"urn:lettermerge:style:1\"><page left=\"25mm\"/><folds first=\"99mm\" "
	"show=\"no\"/>"
	"<text family=\"Liberation Sans\" size=\"11pt\" colour=\"#000000\"/></style>";

/* approvals.py: the one approval as another program would have noted it. fonts.py: Liberation Sans
 * with another date in it, and with each point of each simple outline elsewhere. */
static const char approvals_py[] =
	"import sqlite3, sys\n"
	"db = sqlite3.connect('out/.lettermerge.approvals.db')\n"
	"blob = bytearray(db.execute('SELECT content FROM approval').fetchone()[0])\n"
	"if sys.argv[1] == 'key': blob[1:17] = bytes(16)\n"
	"if sys.argv[1] == 'form': blob[0] += 1\n"
	"if sys.argv[1] == 'short': blob = blob[:16]\n"
	"db.execute('UPDATE approval SET content=?', (bytes(blob),))\n"
	"db.commit()\n";
static const char fonts_py[] =
	"import glob, os, struct, sys\n"
	"def tables(font):\n"
	"    for i in range(struct.unpack('>H', font[4:6])[0]):\n"
	"        tag, _, at, size = struct.unpack('>4sIII', font[12 + 16 * i:28 + 16 * i])\n"
	"        yield tag, at, size\n"
	"for path in glob.glob(os.path.dirname(sys.argv[1]) + '/LiberationS*.ttf'):\n"
	"    font = bytearray(open(path, 'rb').read())\n"
	"    of = {tag: (at, size) for tag, at, size in tables(font)}\n"
	"    head = of[b'head'][0]\n"
	"    font[head + 28:head + 36] = struct.pack('>q', 3000000000)\n"
	"    open('same/' + os.path.basename(path), 'wb').write(font)\n"
	"    wide = struct.unpack('>h', font[head + 50:head + 52])[0]\n"
	"    loca, size = of[b'loca']\n"
	"    form = '>%dI' % (size // 4) if wide else '>%dH' % (size // 2)\n"
	"    places = [p if wide else 2 * p for p in struct.unpack(form, font[loca:loca + size])]\n"
	"    for begin, end in zip(places, places[1:]):\n"
	"        at = of[b'glyf'][0] + begin\n"
	"        contours = struct.unpack('>h', font[at:at + 2])[0] if end > begin else 0\n"
	"        if contours > 0:\n"
	"            points = struct.unpack('>H', font[at + 8 + 2 * contours:at + 10 + 2 * "
	"contours])[0] + 1\n"
	"            flags = at + 10 + 2 * contours\n"
	"            flags += 2 + struct.unpack('>H', font[flags:flags + 2])[0]\n"
	"            font[flags] ^= 1\n" /* the first point is on the curve, or is not */
	"    open('drawn/' + os.path.basename(path), 'wb').write(font)\n"
	"for name in ('same', 'drawn'):\n"
	"    open(name + '.conf', 'w').write('<fontconfig><dir>%s/%s</dir><cachedir>%s/cache"
	"</cachedir></fontconfig>' % (os.getcwd(), name, os.getcwd()))\n";

static struct scratch project; /* as it was approved; a case has a copy of it */

static int make_project(void **state)
{
	(void)state;
	project = scratch_new();
	scratch_write(&project, "templates/letter.xml", letter);
	scratch_write(&project, "templates/style.xml", style);
	scratch_write(&project, "approvals.py", approvals_py);
	scratch_write(&project, "fonts.py", fonts_py);
	scratch_write(&project, "recipients/a.xml",
		"<recipient xmlns=\"urn:lettermerge:recipient:1\"><name>Ann</name></recipient>");
	scratch_write(&project, "recipients/b.xml",
		"<recipient xmlns=\"urn:lettermerge:recipient:1\"><name>Ben</name></recipient>");
	struct outcome run = run_in(project.arena, project.dir,
		"printf 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81yt"
		"gAAAABJRU5ErkJggg==' | base64 -d >templates/dot.png; mkdir same drawn; "
		"python3 fonts.py \"$(fc-match -f '%%{file}' 'Liberation Sans')\" && "
		"'%s' approve -q --by Jo a",
		program);
	assert_string_equal(run.err.at, "");
	return run.code;
}

static int remove_project(void **state)
{
	(void)state;
	scratch_free(&project);
	return 0;
}

/* In a copy of the project, unless the case has made one. */
static struct outcome look(struct scratch *here, const char *commands)
{
	return run_in(here->arena, here->dir,
		"[ -e templates ] || cp -r '%s/.' . && "
		"export XDG_CONFIG_HOME=$PWD/config T=templates/letter.xml L='%s' "
		"ELSEWHERE='%s' ASAN_OPTIONS=verify_asan_link_order=0:$ASAN_OPTIONS; "
		"APPROVALS='python3 approvals.py' SIGN=--no-sign S=; %s",
		project.dir, program, library, commands);
}

static void holds(struct str said, const char *why, const char *end)
{
	assert_holds(said, why ? "out/a.pdf: held: " : "out/a.pdf: ");
	assert_holds(said, why ? why : "written: there is no record of it yet\n");
	assert_holds(said, end);
}

static void voids_or_not(void **state)
{
	const struct change *row = *state;
	struct scratch here = scratch_new();
	struct outcome run = look(&here,
		str_format(here.arena,
			"%s; $L status $S --approved-only --only a; echo ===; "
			"$L batch -v $S $SIGN --approved-only --only a",
			row->command)
			.at);
	int half = str_find(run.out, "===");
	assert_true(half >= 0);
	holds(str_slice(run.out, 0, half), row->why,
		row->why ? "\n0 to be written" : "\n1 to be written");
	holds(str_slice(run.out, half, run.out.len), row->why,
		row->why ? "\n0 letters written" : "\n1 letter written");
	scratch_free(&here);
}

static int count(struct str text, const char *part)
{
	int found = 0;
	for (int at; (at = str_find(text, part)) >= 0; found++)
		text = str_slice(text, at + 1, text.len);
	return found;
}

/* A letter is set once, whoever asks: what is found of its pages is said once, by each run; and not
 * of a letter that is held. */
static void what_is_found_is_said_once(void **state)
{
	(void)state;
	static const char loose[] =
		"sed -i 's/size=/align=\"justify\" expand=\"no\" hyphenate=\"no\" &/' "
		"templates/style.xml; "
		"sed -i \"s/Words for all/Words $(printf 'x%.0s' $(seq 70))/\" $T; "
		"$L approve -q --by Jo a 2>/dev/null";
	struct scratch here = scratch_new();
	struct outcome run = look(&here, loose);
	run = look(&here, "$L batch --no-sign --approved-only --only a");
	assert_int_equal(count(run.err, "W-LINE-LOOSE"), 1);
	run = look(&here, "$L batch --no-sign --approved-only --only a");
	assert_holds(run.out, "1 unchanged");
	assert_int_equal(count(run.err, "W-LINE-LOOSE"), 1);
	run = look(&here,
		"sed -i 's/11pt/11.1pt/' templates/style.xml; "
		"$L batch --no-sign --approved-only --only a");
	assert_holds(run.out, "1 held");
	assert_int_equal(count(run.err, "W-LINE-LOOSE"), 0);
	scratch_free(&here);
}

/* Each thing that docs/desk.md lists is changed here, by the words that stand there. */
static void the_list_is_the_manual_s(void **state)
{
	(void)state;
	struct str rest = read_bytes(
		project.arena, str_format(project.arena, "%s/docs/desk.md", root).at);
	struct str line;
	int listed = 0;
	while (str_split(&rest, '\n', &line)) {
		int end = str_find(line, " | ");
		if (!str_starts(line, "| its ") || end < 0)
			continue;
		const char *said = str_format(
			project.arena, "%.*s changed", str_arg(str_slice(line, 2, end)))
					   .at;
		bool tried = false;
		for (size_t i = 0; i < sizeof changes / sizeof *changes; i++)
			tried |= changes[i].why && strcmp(changes[i].why, said) == 0;
		if (!tried)
			fail_msg("no case says that %s", said);
		listed++;
	}
	assert_int_equal(listed, 7);
}

int main(int argc, char **argv)
{
	enum { CHANGES = sizeof changes / sizeof *changes, OTHERS = 2 };
	struct CMUnitTest tests[CHANGES + OTHERS] = {cmocka_unit_test(what_is_found_is_said_once),
		cmocka_unit_test(the_list_is_the_manual_s)};
	for (int i = 0; i < CHANGES; i++)
		tests[OTHERS + i] = (struct CMUnitTest){.name = changes[i].name,
			.test_func = voids_or_not,
			.initial_state = (void *)(uintptr_t)&changes[i]};
	assert_int_equal(argc, 4);
	program = plain_link(argv[1]);
	root = argv[2];
	library = plain_link(argv[3]);
	return cmocka_run_group_tests(tests, make_project, remove_project);
}
