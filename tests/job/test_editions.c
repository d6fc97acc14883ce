/* Editions: a record asks for large print, and its letter is set so, in the run of the others. Each
 * case is a shell command in a small project of three records, of which bela asks for it. */
#include "support/support.h"

#include <assert.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static const char *program; /* from the command line */

/* The shell stops at the first command that fails; $L stands for the program, sizes for those of
 * the types in a PDF. */
static const struct edition_case {
	const char *name, *command, *says;
	int code;
} cases[] = {
	{"who asks for large print gets it, who does not gets the usual look",
		"$L batch -q --no-sign; for r in anna bela carl; do sizes out/$r.pdf; done | xargs",
		"11 18 11", 0},
	{"its web page and text go with it",
		"$L batch -q --no-sign --also html,text; ls out | grep -c bela", "3", 0},
	{"the run says who", "$L batch -q --no-sign; cat out/run.json",
		"\"editions\":[\n{\"id\":\"bela\",\"edition\":\"large-print\"}],\n\"failed\":[]}",
		0},
	{"a run without such a letter says nothing of it",
		"rm recipients/bela.xml; $L batch -q --no-sign; grep -c edition out/run.json || "
		"true",
		"0", 0},
	{"status and a run that tells say it", "$L status; $L batch -v --no-sign",
		"out/bela.pdf: large-print, to be written", 0},
	{"in JSON, too", "$L status --json",
		"\"file\":\"out/bela.pdf\",\"edition\":\"large-print\",", 0},
	{"another edition is one that the style must have",
		"sed -i 's/large-print/braille/' recipients/bela.xml; $L batch --no-sign",
		"bela.xml:1:48: error: the record asks for the edition \"braille\", which the "
		"style "
		"does not have, the letter was not made [E-EDITION]",
		1},
	{"its message names those that there are",
		"sed -i 's/large-print/braille/' recipients/bela.xml; $L check --no-pages",
		"write one that it has: large-print", 1},
	{"the others are made all the same",
		"sed -i 's/large-print/braille/' recipients/bela.xml; $L batch -q --no-sign || ls "
		"out "
		"| xargs",
		"anna.pdf carl.pdf failed.json run.json", 0},
	{"a style that has none says how to name one",
		"sed -i '/edition/d' templates/style.xml; $L check",
		"<edition name=\"large-print\" style=", 1},
	{"a field may ask for it, as people write it",
		"$L batch -q --no-sign -r people.csv; for r in dora emil fina; do sizes "
		"out/$r.pdf; done "
		"| xargs",
		"18 11 11", 0},
	{"what the field says must be known, too",
		"echo 'gina,Gina,huge' >>people.csv; $L batch --no-sign -r people.csv",
		"the record asks for the edition \"huge\"", 1},
	{"the field must be one of the template's",
		"sed -i 's/field=\"print\"/field=\"prnt\"/' templates/style.xml; $L check",
		"<editions> names \"prnt\", which the template does not declare, no letter was "
		"made "
		"[E-OPTION-FIELD]",
		1},
	{"a style of an edition that is not there is said", "rm templates/large.xml; $L check",
		"templates/large.xml\": No such file", 3},
	{"what is wrong in it, too", "sed -i s/18pt/18px/ templates/large.xml; $L check",
		"large.xml:1:", 1},
	{"fonts that it lacks stop its letter, in a check the others stand",
		"sed -i 's/Liberation Sans/Nowhere/' templates/large.xml; $L check -v || true",
		"3 = 2 letters + 1 rejected", 0},
	{"and are not looked for when nobody asks",
		"sed -i 's/Liberation Sans/Nowhere/' templates/large.xml; rm recipients/bela.xml; "
		"$L check",
		"2 letters", 0},
	{"two who ask are both told, by any thread",
		"sed -i 's/Liberation Sans/Nowhere/' templates/large.xml; sed 's/bela/dora/' "
		"recipients/bela.xml >recipients/dora.xml; $L check -j 4 >said 2>&1 || grep -c "
		"E-FONT-FAMILY said",
		"2", 0},
	{"a second run writes nothing", "$L batch -q --no-sign; $L batch --no-sign",
		"0 letters written to out, 3 unchanged", 0},
	{"who asks anew gets it, and the run says why",
		"$L batch -q --no-sign; sed -i 's/ edition=\"large-print\"//' recipients/bela.xml; "
		"sed -i 's/<recipient/<recipient edition=\"large-print\"/' recipients/carl.xml; "
		"$L batch -v --no-sign",
		"out/carl.pdf: large-print, written: its edition is large-print, was the usual", 0},
	{"who asks no more, likewise",
		"$L batch -q --no-sign; sed -i 's/ edition=\"large-print\"//' recipients/bela.xml; "
		"$L batch -v --no-sign",
		"out/bela.pdf: written: its edition is the usual, was large-print", 0},
	{"the style of an edition changes its letters alone",
		"$L batch -q --no-sign; sed -i s/18pt/19pt/ templates/large.xml; $L batch "
		"--no-sign",
		"1 letter written to out, 2 unchanged", 0},
	{"one more edition changes no letter",
		"$L batch -q --no-sign; sed 's/18pt/30pt/' templates/large.xml "
		">templates/giant.xml; sed "
		"-i 's|<editions|<edition name=\"giant\" style=\"giant.xml\"/><editions|' "
		"templates/style.xml; $L batch --no-sign",
		"0 letters written to out, 3 unchanged", 0},
	{"a preview is what the letter will be",
		"$L preview -q bela --no-sign >/dev/null; sizes out/preview/bela.pdf", "18", 0},
	{"a letter from its record alone is the same", "$L check --isolated",
		"3 letters made from their records alone as well, all of them the same", 0},
	{"a proof set shows each edition", "$L preview --proof --no-sign",
		"its edition is large-print", 0},
	{"an approval is of what the edition shows",
		"$L approve -q bela; $L batch -q --no-sign --approved-only || true; sed -i "
		"s/18pt/19pt/ templates/large.xml; $L status --approved-only",
		"out/bela.pdf: large-print, held", 0},
	{"the record that goes with a letter says it",
		"$L batch -q --no-sign --attach-source; pdfdetach -saveall out/bela.pdf; cat "
		"record.xml",
		"id=\"bela\" edition=\"large-print\">", 0},
	{"a bundle holds both", "$L batch -q --bundle p.pdf; qpdf --check p.pdf >&2; sizes p.pdf",
		"11 18", 0},
	{"it is signed as the others are, and the list has it",
		"export XDG_CONFIG_HOME=$PWD/.config; $L identity new -q T; $L batch -q; $L verify "
		"--trust $(ls .config/lettermerge/*root*) --manifest out/manifest.json out/*.pdf; "
		"grep "
		"bela out/manifest.json",
		"\"x-edition\":\"large-print\"}", 0},
	{"who is forgotten asked for nothing",
		"$L batch -q --no-sign; rm recipients/bela.xml; $L forget -q bela; cat "
		"out/run.json",
		"\"editions\":[\n],\n", 0},
	{"what letters are made from counts its style", "$L batch -q --no-sign --deps d; cat d",
		"templates/large.xml", 0},
};

static void write_project(struct scratch *scratch)
{
	static const char *const records[][2] = {{"recipients/anna.xml", ""},
		{"recipients/bela.xml", " edition=\"large-print\""}, {"recipients/carl.xml", ""}};
	scratch_write(scratch, "templates/letter.xml",
		"<letter xmlns=\"urn:lettermerge:letter:1\" xml:lang=\"en-GB\" style=\"style.xml\">"
		"<title>T</title><fields><declare name=\"name\"/><declare name=\"print\" "
		"required=\"no\"/></fields><p>Dear <field name=\"name\"/></p></letter>");
	scratch_write(scratch, "templates/style.xml",
		"<style xmlns=\"urn:lettermerge:style:1\">\n"
		"<text family=\"Liberation Sans\" size=\"11pt\"/>\n"
		"<edition name=\"large-print\" style=\"large.xml\"/>"
		"<editions field=\"print\" usual=\"Standard\"/>\n</style>");
	scratch_write(scratch, "templates/large.xml",
		"<style xmlns=\"urn:lettermerge:style:1\"><text family=\"Liberation Sans\" "
		"size=\"18pt\" "
		"leading=\"25pt\"/></style>");
	for (size_t i = 0; i < sizeof records / sizeof *records; i++)
		scratch_write(scratch, records[i][0],
			str_format(scratch->arena,
				"<recipient xmlns=\"urn:lettermerge:recipient:1\"%s>"
				"<name>Somebody</name></recipient>",
				records[i][1])
				.at);
	scratch_write(scratch, "people.csv",
		"id,name,print\ndora,Dora,Large print\nemil,Emil,standard\nfina,Fina,\n");
}

static void holds(void **state)
{
	const struct edition_case *one = *state;
	struct scratch scratch = scratch_new();
	write_project(&scratch);
	struct outcome run = run_in(scratch.arena, scratch.dir,
		"set -e; L='%s'; sizes() { mutool draw -q -F stext \"$1\" | "
		"sed -n 's/.*<font .*size=\"\\([0-9]*\\).*/\\1/p' | sort -u | xargs; }; { %s; } "
		"2>&1",
		program, one->command);
	assert_holds(run.out, one->says);
	assert_int_equal(run.code, one->code);
	scratch_free(&scratch);
}

int main(int argc, char **argv)
{
	enum { CASES = sizeof cases / sizeof *cases };
	struct CMUnitTest tests[CASES];
	assert(argc >= 2);
	(void)argc;
	program = plain_link(argv[1]);
	for (int i = 0; i < CASES; i++)
		tests[i] = (struct CMUnitTest){
			cases[i].name, holds, NULL, NULL, without_const(&cases[i])};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
