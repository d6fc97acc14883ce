/* Approvals: what voids one, how many persons they are, and that a run which asks for them writes
 * nothing else. Each case is a shell command in a small project of three letters. */
#include "support/support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static const char *program; /* from the command line */

/* Says how many letters status would have written, unchanged, failed, removed and held, if batch
 * then does the same. */
#define AGREE                                                                                     \
	"numbers() { sed 's/;.*//' | tr -dc '0-9 \n' | xargs; }; agree() { said=$($L status "     \
	"--no-sign \"$@\" 2>/dev/null | tail -1 | numbers); did=$($B \"$@\" 2>&1 | grep ' "       \
	"written to ' | "                                                                         \
	"numbers); test \"$said\" = \"$did\" && echo $said || echo status $said, batch $did; }; " \
	"edit() { sed -i \"s/Dear/Dear $1/\" templates/letter.xml; }; "

/* $L stands for the program, $V counts the versions that are kept; a has been approved by Jo, b by
 * Jo and Al. */
static const struct approval {
	const char *name, *command, *says;
} cases[] = {
	{"only letters that somebody has approved are written",
		"$B --approved-only; ls -I run.json out", "1 letter held for want of approval"},
	{"and these are", "$B --approved-only; ls -I run.json out | xargs", "a.pdf b.pdf"},
	{"the summary counts those that are held", "$B --approved-only",
		"2 letters written to out, 0 unchanged, 0 failed, 0 removed, 1 held"},
	{"without the option approvals do not matter", "$B", "3 letters written"},
	{"status says why one is held", "$L status --approved-only",
		"out/c.pdf: held: there is no record of it yet; nobody has approved it"},
	{"JSON says it too", "$L status --approvals 2 --json --only a",
		"\"state\":\"held\",\"reasons\":[\"there is no record of it yet\",\"it has 1 of 2 "
		"approvals\"]"},
	{"two persons may be asked for", "$B --approvals 2; ls -I run.json out | xargs", "b.pdf\n"},
	{"one person counts once",
		"$L approve a --by Jo; $B --approvals 2; ls -I run.json out | xargs", "b.pdf\n"},
	{"however the name is written",
		"$L approve a --by jo; $L approve a --by ' JO '; $B --approvals 2",
		"1 letter written to out, 0 unchanged, 0 failed, 0 removed, 2 held"},
	{"nor does a name that an older program noted with a blank",
		"python3 -c 'import sqlite3; db = "
		"sqlite3.connect(\"out/.lettermerge.approvals.db\"); db.execute(\"INSERT INTO "
		"approval SELECT id, ?, content, at FROM approval WHERE id=?\", (\"jo \", \"a\")); "
		"db.commit()'; $B --approvals 2",
		"1 letter written to out, 0 unchanged, 0 failed, 0 removed, 2 held"},
	{"blanks in a name are one", "$L approve c --by 'J  Doe' -q; $L approve | grep ^c",
		"c: approved by \"J Doe\", "},
	{"two persons are two",
		"$L approve a --by Al; $B --approvals 2; ls -I run.json out | xargs",
		"a.pdf b.pdf\n"},
	{"a list says who and when", "$L approve",
		"a: approved by \"Jo\", 2020-10-13 00:00 UTC\nb: approved by \"Al\", 2020-10-13 "
		"00:00 "
		"UTC\nb: approved by \"Jo\", 2020-10-13 00:00 UTC\n"},
	{"an edit of the record voids it",
		"sed -i 's/Ann/Anne/' recipients/a.xml; $L status --approved-only",
		"out/a.pdf: held: there is no record of it yet; its words and its pictures changed "
		"since it was "
		"approved\n"
		"out/b.pdf: to be written"},
	{"what is undone makes it good again",
		"sed -i 's/Ann/Anne/' recipients/a.xml; sed -i 's/Anne/Ann/' recipients/a.xml; "
		"$L status --approved-only",
		"out/a.pdf: to be written"},
	{"an edit of the template voids all",
		"sed -i 's/Words/More words/' templates/letter.xml; $L status --approved-only",
		"0 to be written, 0 unchanged, 0 failed, 0 without recipient, 3 held"},
	{"an edit of a paragraph voids those that show it",
		"sed -i 's/only Ben/Ben alone/' templates/letter.xml; $L status --approved-only",
		"1 to be written, 0 unchanged, 0 failed, 0 without recipient, 2 held"},
	{"an edit of the style voids all",
		"sed -i 's/11pt/12pt/' templates/style.xml; $L status --approved-only", "3 held"},
	{"another style voids all",
		"sed 's/11pt/12pt/' templates/style.xml >large.xml; "
		"$L status --approved-only --style large.xml",
		"3 held"},
	{"another picture voids it",
		"printf '\\0' >>templates/dot.png; $L status --approved-only --only a,b",
		"1 to be written, 0 unchanged, 0 failed, 0 without recipient, 1 held"},
	{"a comment voids nothing",
		"sed -i 's/<p>/<!-- x -->&/' templates/letter.xml; $L status --approved-only",
		"2 to be written"},
	{"who signs does not matter, nor the date of the files",
		"$L identity new Jo >/dev/null; SOURCE_DATE_EPOCH=9 $L batch --approved-only; "
		"pdfsig -nocert out/b.pdf | grep -c Signer",
		"2 letters written"},
	{"a letter that is there stays as it is while its successor is held",
		"$B -q --approved-only; cp out/a.pdf old; sed -i 's/Ann/Anne/' recipients/a.xml; "
		"$B --approved-only; cmp old out/a.pdf && echo the same",
		"0 letters written to out, 1 unchanged, 0 failed, 0 removed, 2 held"},
	{"and is written once it is approved",
		"$B -q --approved-only; sed -i 's/Ann/Anne/' recipients/a.xml; $L approve a --by "
		"Al; $B --approved-only",
		"1 letter written to out, 1 unchanged"},
	{"one is taken back", "$L approve --withdraw b --by Jo; $L approve",
		"1 approval withdrawn\na: approved by \"Jo\", 2020-10-13 00:00 UTC\n"
		"b: approved by \"Al\", 2020-10-13 00:00 UTC\n"},
	{"and by the name in other letters",
		"$L approve --withdraw b --by 'JO '; $L approve | wc -l",
		"1 approval withdrawn\n2\n"},
	{"all are taken back", "$L approve --withdraw a b; $L approve; echo .",
		"3 approvals withdrawn\n.\n"},
	{"a letter with an error cannot be approved",
		"echo '<recipient' >recipients/c.xml; $L approve c --by Jo; $L approve",
		"0 letters approved by \"Jo\", 1 failed"},
	{"a name that means several is not guessed",
		"cp recipients/a.xml recipients/ba.xml; $L approve a ba --by Jo; cp "
		"recipients/a.xml "
		"recipients/bb.xml; rm recipients/b.xml; $L approve b --by Jo",
		"2 letters approved by \"Jo\", 0 failed\nrecipients: error: "},
	{"letters are chosen by a field",
		"$L approve --where name=Cai --by Al; $L approve | grep Al",
		"c: approved by \"Al\"\n1 letter approved by \"Al\", 0 failed\nb: approved by "
		"\"Al\", "},
	{"and by their names", "$L approve --only a,c --by Al",
		"a: approved by \"Al\"\nc: approved by "
		"\"Al\"\n2 letters approved by \"Al\", 0 failed"},
	{"all", "$L approve --all --by Bo", "3 letters approved by \"Bo\", 0 failed"},
	{"but for those that the same person has approved already, as they are",
		"$L log b --csv >before; $L approve --all --by ' aL' | tail -1; $L log b --csv | "
		"diff - before "
		"&& echo same",
		"2 letters approved by \"aL\", 1 already as it is now, 0 failed\nsame\n"},
	{"all but one", "$L approve --all --except b --by Al",
		"a: approved by \"Al\"\nc: approved by \"Al\"\n2 letters approved by \"Al\", 0 "
		"failed"},
	{"an exception that is misspelt stops it",
		"$L approve --all --except bb --by Al; $L approve --withdraw a b c --by Al",
		"[E-RECORD-NONE]\n  hint: see ls \"recipients\"\n1 approval withdrawn\n"},
	{"the proof set", "$L approve --proof-set --by Bo | tail -1",
		"letters approved by \"Bo\", 0 failed"},
	{"a letter and a field must both hold", "$L approve a --where name=Ben --by Al; $L approve",
		"[E-RECIPIENTS-EMPTY]"},
	{"a part of a name is no name",
		"mv recipients/c.xml recipients/cai.xml; $L approve ca --by Al; "
		"$L approve --withdraw ca; $L approve | wc -l",
		"\"ca\" is a part of \"cai\", and who approves says the whole name, nothing was "
		"done [E-APPROVE-PART]\n  hint: lettermerge approve cai\n"},
	{"what chooses nothing is refused",
		"$L approve --style a; $L approve --withdraw a --where name=x; "
		"$L approve | wc -l",
		"--style changes nothing for approve without letters, nothing was done "
		"[E-APPROVE-WITH]"},
	{"approvals outlive the record of the run", "$B -q; rm -f out/.lettermerge.db; $L approve",
		"b: approved by \"Jo\""},
	{"and letters without recipient", "$B -q; rm recipients/b.xml; $B -q --prune; $L approve",
		"b: approved by \"Jo\""},
	{"a file that is none is told",
		"echo x >out/.lettermerge.approvals.db; $B --approved-only; ls -I run.json out",
		"the approvals in \"out/.lettermerge.approvals.db\" cannot be used: file is not a "
		"database, nothing was done [E-APPROVALS]"},
	{"and stops a run that signs a list before it begins",
		"$L identity new Jo >/dev/null; echo x >out/.lettermerge.approvals.db; $L batch; "
		"ls -I run.json out; echo .",
		"file is not a database, nothing was done [E-APPROVALS]\n  hint: see that the file "
		"is "
		"whole and may be written, or remove it: then nothing is approved\n.\n"},
	{"one that signs none has no use for it", "echo x >out/.lettermerge.approvals.db; $B",
		"3 letters written to out"},
	{"a newer one stops it likewise",
		"$L identity new Jo >/dev/null; printf '\\0\\0\\0\\11' | dd "
		"of=out/.lettermerge.approvals.db bs=1 seek=60 conv=notrunc status=none; $L batch; "
		"ls "
		"-I run.json out; echo .",
		"nothing was done [E-RECORD-VERSION]\n  hint: use that one, or write to another "
		"folder "
		"with --out DIR\n.\n"},
	{"a letter that is rejected is held, though enough have approved it",
		"$L approve b --reject 'no  such house' --by Cy; $B --approvals 2",
		"1 letter rejected; --approved-only holds what is not answered\n3 letters held for "
		"want of "
		"approval, or for what was said against them, see lettermerge status --approvals "
		"2\n"},
	{"and why is said",
		"$L approve b --reject 'no  such house' --by Cy -q; $L approve b --comment 'see "
		"p. 2' --by Al -q; $L status --approvals 2 --only b",
		"out/b.pdf: held: there is no record of it yet; rejected by \"Cy\": \"no such "
		"house\"; "
		"commented "
		"by \"Al\": \"see p. 2\"\n"},
	{"who rejects it does not approve it any more",
		"$L approve b --reject no --by ' al' -q; $L approve | cut -d, -f1; $L log b | tail "
		"-3 | "
		"cut -c 23-",
		"b: approved by \"Jo\"\nb: rejected by \"al\"\nb: withdrawn by \"al\" (said), "
		"\"Al\"  "},
	{"an approval is no answer",
		"$L approve b --reject no --by Al -q; $L approve b --by Al -q; $B --approvals 2",
		"0 letters written to out"},
	{"an answer is",
		"$L approve b --reject no --by Cy -q; $L approve b --comment hm --by Cy -q; $L "
		"approve "
		"b --answer mended --by Al; $B --approvals 2 2>&- | cut -d, -f1; $L log b | tail "
		"-2 | "
		"cut -c 23-",
		"2 remarks answered\n1 letter written to out\nb: answered by \"Al\" (said), "
		"\"mended\"\n"},
	{"what is said first makes the folder",
		"$L approve a --comment hm --by Al -o new/one; $L approve -o new/one | cut -d, -f1",
		"1 letter commented, not approved; --approved-only holds what is not answered\na: "
		"commented by \"Al\"\n"},
	{"and to nothing it is none",
		"$L approve b --answer mended --by Al; $L log b | grep -c answered",
		"0 remarks answered\n0\n"},
	{"JSON says what was said",
		"$L approve b --comment 'a \"b\"' --by Al -q; $L approve --json | tail -1 | sed "
		"'s/\"at\".*Z\",//'",
		"{\"id\":\"b\",\"by\":\"Al\",\"known\":\"said\",\"commented\":\"a \\\"b\\\"\"}\n"},
	{"the log holds with it",
		"$L approve a b --reject no --by Cy -q; $L approve a --answer yes --by Al -q; $L "
		"log | "
		"tail -1",
		"6 lines in the log, none changed or taken out"},
	{"a person who is forgotten leaves nothing that was said of them",
		"$B -q; $L approve b --reject Secret --by Cy -q; rm recipients/b.xml; $L forget b "
		"-q; "
		"$L approve; grep -c Secret out/.lettermerge.approvals.db",
		"a: approved by \"Jo\", 2020-10-13 00:00 UTC\n0\n"},
	{"a rejection without a reason is refused", "$L approve b --reject '  '",
		"--reject needs a sentence of at most 2000 bytes, nothing was "
		"done [E-APPROVE-TEXT]"},
	{"so is one of nothing", "$L approve --comment hm", "[E-APPROVE-TEXT]"},
	{"and one that would choose as approvals do",
		"$L approve --all --reject no; $L approve | wc -l",
		"--all changes nothing for approve --reject, nothing was done [E-APPROVE-WITH]"},
	{"two things at once are refused",
		"$L approve b --reject no --withdraw; $L approve | wc -l",
		"--withdraw and --reject are two things to do, nothing was done [E-APPROVE-ONE]"},
	{"what status says is what batch then does",
		AGREE
		"agree; agree; edit x; agree; sed -i s/Ann/Anne/ recipients/a.xml; agree; rm "
		"out/b.pdf; agree; echo >>out/b.pdf; agree; edit y; agree --approved-only; $L "
		"approve -q --all --by Jo; $L approve -q a --by Al; agree --approvals 2; edit z; "
		"$L approve -q --all --by Jo; $L approve -q b --by Al --reject no; agree "
		"--approved-only; cp recipients/a.xml recipients/d.xml; sed -i "
		"'s,<name>[^<]*,<name>\342\200\213,' recipients/d.xml; agree; rm "
		"recipients/d.xml recipients/c.xml; agree --prune; agree",
		"3 0 0 0\n0 3 0 0\n3 0 0 0\n1 2 0 0\n1 2 0 0\n1 2 0 0\n0 0 0 0 3\n1 0 0 0 2\n2 0 0 "
		"0 "
		"1\n1 2 1 0\n0 2 0 1\n0 2 0 0\n"},
	{"one of a newer program is told",
		"printf '\\0\\0\\0\\11' | dd of=out/.lettermerge.approvals.db bs=1 seek=60 "
		"conv=notrunc status=none; $B --approved-only",
		"has version 9, which a newer lettermerge made"},
	{"an approved version is kept as long as an approval of it",
		"$V; $L approve --withdraw b "
		"--by Al -q; $V; $L approve --withdraw b -q; $V",
		"2\n2\n1\n"},
	{"and goes when the letter is approved as it is now",
		"sed -i 's/Ann/Anne/' recipients/a.xml; $L approve a --by Jo -q; $V; sed -i "
		"'s/Anne/Ann/' recipients/a.xml; $L approve a --by Al -q; $V",
		"2\n3\n"},
	{"and when its person is forgotten", "$B -q; rm recipients/b.xml; $L forget b -q; $V",
		"1\n"},
	{"a file of the first form goes on",
		"python3 -c 'import sqlite3; db = "
		"sqlite3.connect(\"out/.lettermerge.approvals.db\"); db.executescript(\"DROP "
		"TABLE version; DROP TABLE version_base; DROP TABLE log; DROP TABLE remark; ALTER "
		"TABLE approval DROP "
		"COLUMN known; ALTER TABLE approval DROP COLUMN signature; PRAGMA "
		"user_version=1\")'; $L status --approved-only; $L approve c "
		"--by Al -q; $V; $L approve --withdraw a -q; $V",
		"2 to be written"},
	{"one of the form before remarks is read as it is, and goes on",
		"python3 -c 'import sqlite3; "
		"sqlite3.connect(\"out/.lettermerge.approvals.db\").executescript(\"DROP TABLE "
		"version_base; DROP INDEX version_needs; ALTER TABLE version DROP COLUMN base; "
		"DROP TABLE "
		"remark; ALTER TABLE approval DROP COLUMN signature; ALTER TABLE log DROP COLUMN "
		"upto; ALTER TABLE log DROP COLUMN signature; PRAGMA user_version=3\")'; $L "
		"log | tail -1; $L status --approved-only; "
		"$L "
		"approve c --reject no --by Al; $L approve | cut -d, -f1",
		"3 lines in the log, none changed or taken out\n"},
	{"one whose remarks are of no version is read as it is, and goes on",
		"$L approve c --reject no --by Al -q; python3 -c 'import sqlite3; "
		"sqlite3.connect(\"out/.lettermerge.approvals.db\").executescript(\"DROP TABLE "
		"version_base; DROP INDEX version_needs; ALTER TABLE version DROP COLUMN base; "
		"ALTER TABLE "
		"remark DROP COLUMN version; ALTER TABLE approval DROP COLUMN signature; ALTER "
		"TABLE "
		"log DROP COLUMN upto; ALTER TABLE log DROP COLUMN signature; ALTER TABLE remark "
		"DROP COLUMN answered; PRAGMA user_version=4\")'; $L approve | cut -d, -f1; "
		"$L approve c --answer so --by Al; $L approve c --comment hm --by Al; "
		"$L approve | tail -1 | cut -d, -f1",
		"1 remark answered\n1 letter commented"},
	{"what cannot be read of rejections lets no letter out",
		"$L approve a --reject no --by Al -q; python3 -c 'import sqlite3; "
		"sqlite3.connect(\"out/.lettermerge.approvals.db\").execute(\"DROP TABLE "
		"remark\")'; $B --approved-only; ls -I run.json out",
		"cannot be used: no such table: remark"},
	{"and what cannot be read of approvals is no want of them",
		"python3 -c 'import sqlite3; "
		"sqlite3.connect(\"out/.lettermerge.approvals.db\").execute(\"ALTER TABLE approval "
		"RENAME COLUMN content TO it\")'; $B --approved-only; echo $?",
		"cannot be used: no such column: content"},
	{"what an error takes back was not approved",
		"python3 -c 'import sqlite3; "
		"sqlite3.connect(\"out/.lettermerge.approvals.db\").execute(\"CREATE TRIGGER full "
		"BEFORE INSERT ON log WHEN new.id=\\\"c\\\" BEGIN SELECT RAISE(ABORT, "
		"\\\"full\\\"); "
		"END\")'; $L approve --all --by Cy --jobs 1; $L approve | grep -c Cy",
		"0 letters approved by \"Cy\", 3 failed\n0\n"},
	{"of many the first are named, and how many more",
		"for i in $(seq 10 60); do sed s/Ann/A$i/ recipients/a.xml >recipients/z$i.xml; "
		"done; "
		"$L approve --where name=Ann --by Al | tail -1; $L approve --all --by Bo >few; $L "
		"approve --all --by Cy -v >all; wc -l <few; tail -2 few; grep -c approved.by all",
		"42\nand 14 more, which -v names\n54 letters approved by \"Bo\", 0 failed\n55\n"},
	{"a bundle goes to the printer without", "$L batch --bundle x.pdf --approved-only",
		"[E-BUNDLE-WITH]"},
};

static const char letter[] =
	"<letter xmlns=\"urn:lettermerge:letter:1\" xml:lang=\"en-GB\" style=\"style.xml\">\n"
	"<title>Letter</title><fields><declare name=\"name\" type=\"text\"/></fields>\n"
	"<salutation>Dear <field name=\"name\"/>,</salutation>\n"
	"<p>Words for all.</p>\n"
	"<if field=\"name\" equals=\"Ben\"><p>This only Ben reads.</p></if>\n"
	"<if field=\"name\" equals=\"Ann\"><image src=\"dot.png\" alt=\"A dot\" "
	"width=\"5mm\"/></if>\n"
	"</letter>\n";

static struct scratch make_project(void)
{
	static const struct {
		const char *path, *name;
	} records[] = {{"recipients/a.xml", "Ann"}, {"recipients/b.xml", "Ben"},
		{"recipients/c.xml", "Cai"}};
	struct scratch project = scratch_new();
	scratch_write(&project, "templates/letter.xml", letter);
	scratch_write(&project, "templates/style.xml",
		"<style xmlns=\"urn:lettermerge:style:1\"><text size=\"11pt\"/></style>");
	for (size_t i = 0; i < sizeof records / sizeof *records; i++)
		scratch_write(&project, records[i].path,
			str_format(project.arena,
				"<recipient xmlns=\"urn:lettermerge:recipient:1\"><name>%s</name>"
				"</recipient>",
				records[i].name)
				.at);
	scratch_write(&project, "versions.py",
		"import sqlite3; print(sqlite3.connect('out/.lettermerge.approvals.db').execute("
		"'SELECT count(*) FROM version').fetchone()[0])");
	struct outcome run = run_in(project.arena, project.dir,
		"printf "
		"'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAAB"
		"JRU5ErkJggg==' | base64 -d >templates/dot.png; export "
		"SOURCE_DATE_EPOCH=1602547200;"
		"'%s' approve -q --by Jo a b && '%s' approve -q --by Al b",
		program, program);
	assert_string_equal(run.err.at, "");
	assert_int_equal(run.code, 0);
	return project;
}

static void holds(void **state)
{
	const struct approval *row = *state;
	struct scratch project = make_project();
	struct outcome run = run_in(project.arena, project.dir,
		"export XDG_CONFIG_HOME=$PWD/config; V='python3 versions.py'; L='%s' B=\"$L batch "
		"--no-sign\"; { %s; } 2>&1",
		program, row->command);
	assert_holds(run.out, row->says);
	scratch_free(&project);
}

int main(int argc, char **argv)
{
	enum { CASES = sizeof cases / sizeof *cases };
	struct CMUnitTest tests[CASES];
	for (int i = 0; i < CASES; i++)
		tests[i] = (struct CMUnitTest){.name = cases[i].name,
			.test_func = holds,
			.initial_state = (void *)(uintptr_t)&cases[i]};
	program = argc > 1 ? plain_link(argv[1]) : "lettermerge";
	return cmocka_run_group_tests(tests, NULL, NULL);
}
