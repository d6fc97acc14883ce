/* Letters that no office writes: they end, soon, in a letter or in words that help. What is
 * repeated would take hours if anything were worse than linear in it; the runner's time limit says
 * so. */
#include "support/support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static const char *program; /* from the command line */

#define HEAD                                                                             \
	"<letter xmlns=\"urn:lettermerge:letter:1\" xml:lang=\"en-GB\"><title>T</title>" \
	"<fields><declare name=\"x\"/></fields>"
#define FIELD "<field name=\"x\"/>"
#define SENTENCE "the of and a to in is you that it he was for on are as with his they at be this "

#define NOTED                                                                 \
	"<p>" SENTENCE SENTENCE "<note>" SENTENCE SENTENCE "</note>" SENTENCE \
	"<note>" SENTENCE SENTENCE "</note></p>"

static const struct letter {
	const char *name, *before, *repeated, *after;
	int times;
	const char *says; /* NULL: a letter is written, and nothing said */
} letters[] = {
	{"a word of 1 MB", "<p>" FIELD, "a", "</p>", 1000000, "E-LINE-WIDE"},
	{"an address of 100 kB", "<p>https://" FIELD, "a", "</p>", 100000, NULL},
	{"10,000 notes on one line", "<p>word" FIELD, "<note>n</note>", "</p>", 10000,
		"E-LINE-WIDE"},
	{"more notes on one line than a page can begin", "<p>word" FIELD,
		"<note>" SENTENCE SENTENCE "</note>", "</p>", 40, "W-NOTE-LATE"},
	{"10,000 words, each with a note", "<p>" FIELD, " w<note>n</note>", "</p>", 10000, NULL},
	{"a note taller than a page", "<p>word" FIELD "<note>", SENTENCE, "</note></p>", 600, NULL},
	{"a table row taller than a page", "<table><row><cell>" FIELD, SENTENCE,
		"</cell></row></table>", 600, NULL},
	{"a table of 20,000 rows", "<table>", "<row><cell>a</cell><cell>" FIELD "</cell></row>",
		"</table>", 20000, NULL},
	{"10,000 lists in each other", "<p>" FIELD "</p>", "<ul><li>", "", 10000, "E-XML"},
	{"a paragraph of 200,000 words", "<p>" FIELD, SENTENCE, "</p>", 9000, NULL},
	{"a paragraph of 60,000 words, each emphasised", "<p>" FIELD, " <em>w</em>", "</p>", 60000,
		NULL},
	{"50,000 empty paragraphs", "<p>" FIELD "</p>", "<p></p>", "", 50000, NULL},
	{"notes, and a line with more of them than a page can begin",
		NOTED NOTED NOTED "<p>word" FIELD, "<note>" SENTENCE SENTENCE "</note>",
		"</p>" NOTED NOTED NOTED, 40, "W-NOTE-LATE"},
	{"notes, and headings that no page holds together", NOTED "<p>" FIELD "</p>",
		"<heading level=\"1\">Head</heading>", NOTED, 100, "W-PAGE-BREAK"},
	{"notes, and a row taller than a page", NOTED NOTED NOTED "<table><row><cell>" FIELD,
		SENTENCE, "</cell></row></table>" NOTED NOTED NOTED, 600, NULL},
	{"a letter of 500 pages with notes", "<p>" FIELD "</p>",
		"<p>" SENTENCE SENTENCE SENTENCE SENTENCE SENTENCE "</p><p>word<note>" SENTENCE
		"</note> and " FIELD "</p>",
		"", 2200, NULL},
};

static void write_letter(struct scratch *project, const struct letter *letter)
{
	struct buf text = {0};
	buf_puts(&text, HEAD);
	buf_puts(&text, letter->before);
	for (int i = 0; i < letter->times; i++)
		buf_puts(&text, letter->repeated);
	buf_puts(&text, letter->after);
	buf_puts(&text, "</letter>");
	scratch_write(project, "templates/letter.xml", buf_text(&text).at);
	buf_free(&text);
}

static void the_letter_ends(void **state)
{
	const struct letter *letter = *state;
	struct scratch project = scratch_new();
	scratch_write(&project, "recipients/a.xml",
		"<recipient xmlns=\"urn:lettermerge:recipient:1\"><x>y</x></recipient>");
	write_letter(&project, letter);
	struct outcome run = run_in(
		project.arena, project.dir, "'%s' batch --no-sign -q -j1", program);
	if (letter->says)
		assert_holds(run.err, letter->says);
	bool made = !letter->says || letter->says[0] == 'W';
	if (run.code != (made ? 0 : 1))
		fail_msg("code %d: %.*s", run.code, str_arg(str_slice(run.err, 0, 500)));
	assert_int_equal(file_exists(scratch_path(&project, "out/a.pdf")), made);
	scratch_free(&project);
}

int main(int argc, char **argv)
{
	enum { COUNT = sizeof letters / sizeof *letters };
	struct CMUnitTest tests[COUNT];
	program = argc > 1 ? argv[1] : "lettermerge";
	for (int i = 0; i < COUNT; i++)
		tests[i] = (struct CMUnitTest){.name = letters[i].name,
			.test_func = the_letter_ends,
			.initial_state = without_const(&letters[i])};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
