/* A letter whose record asks for an edition, on the desk. */
#include "support/served.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

static const char *program; /* from the command line */

static int tear_down(void **state)
{
	return desk_stop(*state) ? 0 : -1;
}

static void write_large(struct desk *desk, const char *size)
{
	scratch_write(&desk->scratch, "templates/large.xml",
		str_format(desk->scratch.arena,
			"<style xmlns=\"urn:lettermerge:style:1\"><text family=\"Liberation Sans\" "
			"size=\"%s\" leading=\"30pt\"/></style>",
			size)
			.at);
}

static void write_record(struct desk *desk, const char *edition)
{
	scratch_write(&desk->scratch, "recipients/anna.xml",
		str_format(desk->scratch.arena,
			"<recipient xmlns=\"urn:lettermerge:recipient:1\"%s><name>Anna</name>"
			"</recipient>",
			edition)
			.at);
}

static int set_up_editions(void **state)
{
	static struct desk desk;
	static char nothing[] = "UNUSED=";
	desk_write_project(&desk);
	scratch_write(&desk.scratch, "templates/letter.xml",
		"<letter xmlns=\"urn:lettermerge:letter:1\" xml:lang=\"en-GB\" style=\"style.xml\">"
		"<title>Letter</title><fields><declare name=\"name\"/></fields>"
		"<p>Dear <field name=\"name\"/></p></letter>");
	scratch_write(&desk.scratch, "templates/style.xml",
		"<style xmlns=\"urn:lettermerge:style:1\"><text family=\"Liberation Sans\" "
		"size=\"11pt\"/><edition name=\"large-print\" style=\"large.xml\"/></style>");
	write_large(&desk, "18pt");
	write_record(&desk, "");
	desk_start(&desk, program, "--no-sign", nothing);
	*state = &desk;
	return 0;
}

/* The sizes of the letter's type, as mutool reads the file that the desk gives. */
static struct str sizes(struct desk *desk)
{
	struct str answer = desk_fetch(desk, "pdf/anna");
	struct str pdf = str_slice(answer, str_find(answer, "%PDF-"), answer.len);
	FILE *file = fopen(scratch_path(&desk->scratch, "anna.pdf"), "wb");
	assert_non_null(file);
	assert_int_equal(fwrite(pdf.at, 1, (size_t)pdf.len, file), pdf.len);
	fclose(file);
	return run_in(desk->scratch.arena, desk->scratch.dir,
		"mutool draw -q -F stext anna.pdf | sed -n 's/.*<font "
		".*size=\"\\([0-9]*\\).*/\\1/p' | sort "
		"-u | xargs")
		.out;
}

/* What the page says, until it says or no more says of which edition the letter is. */
static void assert_edition(struct desk *desk, const char *edition, const char *size)
{
	const char *named = "Edition: ";
	struct str page;
	do
		page = desk_fetch(desk, "letter/anna");
	while (str_find(page, "Download PDF") < 0 || (str_find(page, named) >= 0) != !!*edition);
	if (*edition)
		assert_holds(page, str_format(desk->scratch.arena, "%s%s<", named, edition).at);
	while (str_find(sizes(desk), size) < 0) /* the page may be a moment ahead */
		;
}

static void a_letter_is_shown_in_its_edition(void **state)
{
	struct desk *desk = *state;
	desk_wait_for_list(desk);
	assert_edition(desk, "", "11");
	write_record(desk, " edition=\"large-print\"");
	assert_edition(desk, "large-print", "18");
	write_large(desk, "23pt");
	assert_edition(desk, "large-print", "23");
	write_record(desk, " edition=\"huge\"");
	assert_holds(desk_fetch_until(desk, "letter/anna", "the edition &quot;huge&quot;"),
		"This letter cannot be made. Below is the last good one.");
	write_record(desk, "");
	assert_edition(desk, "", "11");
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			a_letter_is_shown_in_its_edition, set_up_editions, tear_down),
	};
	assert_int_equal(argc, 2);
	program = argv[1];
	return cmocka_run_group_tests(tests, NULL, NULL);
}
