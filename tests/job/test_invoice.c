/* The example of a German business letter: where poppler finds its words, against the fields of DIN
 * 5008 form B, in millimetres from the paper's top left corner; what its code holds. */
#include "support/support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static const char *program, *root; /* from the command line */

/* A word, and the field that it must lie in. */
static const struct {
	const char *word;
	double left, top, right, bottom;
} fields[] = {
	/* the return address: within the 17.7 mm for it, in their last 5 mm */
	{"Gerberweg", 25, 57.7, 105, 62.7},
	/* the address: 27.3 mm from 62.7 mm on */
	{"Stadtarchiv", 25, 62.7, 105, 67.7},
	{"Rudolstadt", 25, 62.7, 105, 90},
	{"07407", 25, 62.7, 105, 90},
	/* the information block: from 125 mm and 50 mm on, to 10 mm before the edge */
	{"Ihr", 125, 50, 155, 55},
	{"al-02", 155, 50, 200, 55},
	{"rechnung@example.org", 155, 50, 200, 98.5},
	{"7.", 155, 50, 200, 98.5},
	/* the text: below 98.5 mm, between the margins */
	{"Sehr", 25, 98.5, 190, 130},
	{"977,59", 130, 98.5, 190, 260},
	/* the footer, and the page number above it */
	{"Seite", 165, 262, 190, 273},
	{"Volksbank", 60, 273, 120, 287},
	{"162/123/45678", 165, 273, 190, 287},
};

/* The word's box, of the first such line; false: the page has no such word. */
static bool find_word(struct arena *arena, struct str boxes, const char *word, double box[4])
{
	struct str line, end = str_format(arena, "\">%s</word>", word);
	while (str_split(&boxes, '\n', &line)) {
		if (str_find(line, end.at) < 0)
			continue;
		return sscanf(str_chars(arena, str_trim(line)),
			       "<word xMin=\"%lf\" yMin=\"%lf\" xMax=\"%lf\" yMax=\"%lf\"", &box[0],
			       &box[1], &box[2], &box[3]) == 4;
	}
	return false;
}

static struct outcome run_example(struct scratch *scratch, const char *command)
{
	return run_in(scratch->arena, scratch->dir,
		"set -e; '%s' batch -q --no-sign --also text -t "
		"'%s/examples/invoice/templates/letter.xml' "
		"-r '%s/examples/invoice/items.csv' -o .; %s",
		program, root, root, command);
}

static void words_stand_in_the_fields_of_the_standard(void **state)
{
	(void)state;
	if (!have_program("pdftotext"))
		return;
	struct scratch scratch = scratch_new();
	struct outcome run = run_example(&scratch, "pdftotext -bbox albrecht.pdf -");
	assert_string_equal(run.err.at, "");
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
		double box[4];
		if (!find_word(scratch.arena, run.out, fields[i].word, box))
			fail_msg("no word %s", fields[i].word);
		for (int k = 0; k < 4; k++)
			box[k] *= 25.4 / 72;
		/* a box is as high as the face, which is more than its letters are */
		if (box[0] < fields[i].left - 0.1 || box[1] < fields[i].top - 0.4 ||
			box[2] > fields[i].right + 0.1 || box[3] > fields[i].bottom + 0.4)
			fail_msg("%s stands from %.1f, %.1f to %.1f, %.1f mm", fields[i].word,
				box[0], box[1], box[2], box[3]);
	}
	scratch_free(&scratch);
}

/* Label and value beside each other have one baseline: their boxes end by the descents of one face
 * in two sizes, 8.5 and 10 pt. */
static void labels_and_values_stand_on_one_line(void **state)
{
	(void)state;
	if (!have_program("pdftotext"))
		return;
	struct scratch scratch = scratch_new();
	struct outcome run = run_example(&scratch, "pdftotext -bbox albrecht.pdf -");
	double label[4], value[4];
	assert_true(find_word(scratch.arena, run.out, "Ihr", label));
	assert_true(find_word(scratch.arena, run.out, "al-02", value));
	double descent = (value[3] - label[3]) / (10 - 8.5);
	assert_true(descent > 0.19 && descent < 0.24); /* 0.212 of Liberation Sans */
	scratch_free(&scratch);
}

static void it_is_read_in_the_order_of_the_letter(void **state)
{
	static const char *const words[] = {"Binden, Heften", "Gerberweg 9", "Stadtarchiv",
		"Ihr Zeichen", "al-02", "Unser Zeichen", "Datum", "Sehr geehrte Frau", "Leistung",
		"977,59", "Mit freundlichen", "Volksbank", "162/123/45678"};
	struct scratch scratch = scratch_new();
	struct outcome run = run_example(&scratch, "cat albrecht.txt");
	(void)state;
	struct str rest = run.out;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		int at = str_find(rest, words[i]);
		if (at < 0)
			fail_msg("%s does not follow", words[i]);
		rest = str_slice(rest, at, rest.len);
	}
	scratch_free(&scratch);
}

static void a_check_finds_nothing(void **state)
{
	struct scratch scratch = scratch_new();
	struct outcome run = run_in(scratch.arena, scratch.dir,
		"'%s' check -t '%s/examples/invoice/templates/letter.xml' "
		"-r '%s/examples/invoice/items.csv'",
		program, root, root);
	(void)state;
	assert_string_equal(run.err.at, "");
	assert_int_equal(run.code, 0);
	scratch_free(&scratch);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_stand_in_the_fields_of_the_standard),
		cmocka_unit_test(labels_and_values_stand_on_one_line),
		cmocka_unit_test(it_is_read_in_the_order_of_the_letter),
		cmocka_unit_test(a_check_finds_nothing),
	};
	if (argc != 3)
		return 2;
	program = argv[1];
	root = argv[2];
	return cmocka_run_group_tests(tests, NULL, NULL);
}
