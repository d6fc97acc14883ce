/* batch --bundle: all letters in one file, for the printer. Each case is a shell command in a small
 * project of four letters, of which one is longer than a page and one cannot be made. */
#include "support/support.h"

#include <assert.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static const char *program, *root; /* from the command line */

/* The shell stops at the first command that fails; $L stands for the program. */
static const struct bundle {
	const char *name, *command, *says;
	int code;
} bundles[] = {
	{"each letter begins on a sheet of its own, and the summary counts",
		"$L batch --bundle p.pdf", "3 letters, 4 pages and 2 blank in p.pdf, 1 failed", 1},
	{"the letter that failed is named", "$L batch --bundle p.pdf", "recipients/dora.xml", 1},
	{"on one side of the sheet there are no blank pages", "$L batch --bundle p.pdf --simplex",
		"3 letters, 4 pages and 0 blank in p.pdf", 1},
	{"nothing else is written, and nobody signs",
		"$L batch -q --bundle p.pdf || ls -A | tr '\\n' ' '; false",
		"p.pdf people.csv recipients templates", 1},
	{"the file is sound", "$L batch -q --bundle p.pdf || qpdf --check p.pdf",
		"No syntax or stream encoding errors found", 0},
	{"a blank page follows an odd number of pages, and no other",
		"$L batch -q --bundle p.pdf || for p in 1 2 3 4 5 6; do "
		"pdftotext -f $p -l $p p.pdf - | tr -d '\\f' | grep -c . | sed 's/[1-9].*/text/'; "
		"done | xargs",
		"text 0 text text text 0", 0},
	{"bookmarks lead to the letters by their names",
		"$L batch -q --bundle p.pdf || mutool show p.pdf outline | tr -d '\\t|+' | xargs",
		"anna#page=1&view=Fit bela#page=3&view=Fit carl#page=5&view=Fit", 0},
	{"many letters are the same file, however many workers there are",
		"$L batch -q -j 1 -r people.csv --bundle p.pdf; cp p.pdf q.pdf; "
		"$L batch -q -j 7 -r people.csv --bundle p.pdf; cmp p.pdf q.pdf",
		"", 0},
	{"fonts stand in it once",
		"$L batch -q -r people.csv --bundle p.pdf; pdffonts p.pdf | tail -n +3 | wc -l",
		"1", 0},
	{"a page tree of three levels holds all of its pages, in their order",
		"$L batch -q -r people.csv --bundle p.pdf; qpdf --check p.pdf; "
		"pdftotext -f 4999 -l 4999 p.pdf -; pdfinfo p.pdf",
		"Dear number 2500", 0},
	{"no page has more than 64 beside it",
		"for n in 1 32 33 2048 2049; do $L batch -q -r people.csv --limit $n --bundle "
		"p.pdf; qpdf --check p.pdf >&2; [ $(qpdf --show-npages p.pdf) = $((2 * n)) ]; "
		"qpdf --qdf --object-streams=disable p.pdf - | awk '/endobj/ {n = 0} /^ *[0-9]* 0 "
		"R$/ "
		"{n++} "
		"n > 64 {exit 1}'; done",
		"", 0},
	{"it says that it keeps PDF/A-2b, has an identifier and says no more of itself than Info "
	 "does",
		"$L batch -q --bundle p.pdf || { grep -ac 'pdfaid:conformance>B<' p.pdf; grep -ac "
		"'/GTS_PDFA1' p.pdf; grep -aoE '/ID *\\[<[0-9A-Fa-f]{32}>' p.pdf | wc -l; pdfinfo "
		"p.pdf; }",
		"1\n1\n1\nTitle:           p.pdf", 0},
	{"a run that makes no letter leaves the bundle that is there",
		"echo old >p.pdf; $L batch --bundle p.pdf --only dora || cat p.pdf",
		"p.pdf was not written", 0},
	{"what cannot be written is said", "$L batch --bundle nowhere/p.pdf", "[E-FILE-WRITE]", 3},
	{"a folder in its place is left alone",
		"mkdir p.pdf; $L batch --bundle p.pdf || { ls -A | tr '\\n' ' '; exit 4; }",
		"[E-FILE-WRITE]", 4},
	{"a second run at the same bundle says so and stops",
		"echo old >p.pdf; flock .p.pdf.part $L batch --bundle p.pdf || { cat p.pdf; exit "
		"4; }",
		"another run is writing \"p.pdf\", nothing was done [E-BUNDLE-LOCKED]", 4},
	{"a full disk leaves nothing half",
		"echo old >p.pdf; (ulimit -f 100; trap '' XFSZ; $L batch -r people.csv --bundle "
		"p.pdf) || { cat p.pdf; ls -A | tr '\\n' ' '; exit 4; }",
		"File too large", 4},
};

static void write_project(struct scratch *scratch)
{
	static const char *const records[][2] = {
		{"anna", "<name>Anna</name>"},
		{"bela", "<name>Béla ☂</name><long>yes</long>"},
		{"carl", "<name>Carl</name>"},
		{"dora", "<nome>Dora</nome>"},
	};
	struct arena *arena = scratch->arena;
	struct buf text = {0};
	buf_puts(&text,
		"<letter xmlns=\"urn:lettermerge:letter:1\" xml:lang=\"en-GB\"><title>T</title>"
		"<fields><declare name=\"name\"/><declare name=\"long\" required=\"no\"/></fields>"
		"<p>Dear <field name=\"name\"/></p><if field=\"long\">");
	for (int i = 0; i < 30; i++)
		buf_format(&text, "<p>Line %d</p>", i);
	buf_puts(&text, "</if></letter>");
	scratch_write(scratch, "templates/letter.xml", buf_text(&text).at);
	for (int i = 0; i < 4; i++)
		scratch_write(scratch, str_format(arena, "recipients/%s.xml", records[i][0]).at,
			str_format(arena,
				"<recipient xmlns=\"urn:lettermerge:recipient:1\">%s"
				"</recipient>",
				records[i][1])
				.at);
	buf_clear(&text);
	buf_puts(&text, "id,name,long\n");
	for (int i = 1; i <= 2500; i++)
		buf_format(&text, "r%04d,number %d,\n", i, i);
	scratch_write(scratch, "people.csv", buf_text(&text).at);
	buf_free(&text);
}

static void holds(void **state)
{
	const struct bundle *bundle = *state;
	struct scratch scratch = scratch_new();
	write_project(&scratch);
	struct outcome run = run_in(scratch.arena, scratch.dir, "set -e; L='%s'; { %s; } 2>&1",
		program, bundle->command);
	assert_holds(run.out, bundle->says);
	assert_int_equal(run.code, bundle->code);
	assert_false(file_exists(scratch_path(&scratch, ".p.pdf.part")) &&
		!strstr(bundle->command, "flock"));
	scratch_free(&scratch);
}

/* Against the letters' own files, as a printer would draw both. */
static void pages_look_as_the_letters_do(void **state)
{
	struct scratch scratch = scratch_new();
	struct outcome run = run_in(scratch.arena, scratch.dir,
		"set -e; cd '%s'; D='%s'; for o in '--no-sign -o '$D/out '--simplex --bundle '"
		"$D/p.pdf; do '%s' batch -q --only bedfordshire,essex,south-wales $o; done; cd $D; "
		"qpdf --empty --pages out/bedfordshire.pdf out/essex.pdf out/south-wales.pdf -- "
		"all.pdf; for f in all p; do pdftoppm -r 60 $f.pdf $f; done; "
		"[ $(ls all-*.ppm | wc -l) = 6 ]; for i in all-*.ppm; do cmp $i p${i#all}; done",
		root, scratch.dir, program);
	(void)state;
	assert_string_equal(run.err.at, "");
	assert_int_equal(run.code, 0);
	scratch_free(&scratch);
}

int main(int argc, char **argv)
{
	enum { CASES = sizeof bundles / sizeof *bundles };
	struct CMUnitTest tests[CASES + 1];
	assert(argc == 3);
	(void)argc;
	program = plain_link(argv[1]);
	root = argv[2];
	for (int i = 0; i < CASES; i++)
		tests[i] = (struct CMUnitTest){
			bundles[i].name, holds, NULL, NULL, without_const(&bundles[i])};
	tests[CASES] = (struct CMUnitTest)cmocka_unit_test(pages_look_as_the_letters_do);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
