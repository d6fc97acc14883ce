/* The eighteen letters and those of the samples, looked at with other people's tools: qpdf,
 * poppler. */
#include "batches.h"
#include "support/support.h"
#include "words.h"
#include "xml/xml.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static const char *program, *root; /* from the command line */
static struct scratch scratch;

static const struct batch *const vru = &batches[0];

static int write_letters(void **state)
{
	(void)state;
	scratch = scratch_new();
	int code = 0;
	for (int i = 0; i < BATCHES; i++) {
		const struct batch *batch = &batches[i];
		struct outcome run = run_in(scratch.arena, root,
			"'%s' batch -q --no-sign --also text -t '%s' -r '%s' -o '%s/%s'", program,
			batch->template, batch->recipients, scratch.dir, batch->name);
		code |= run.code;
	}
	return code;
}

static int remove_letters(void **state)
{
	(void)state;
	scratch_free(&scratch);
	return 0;
}

/* Calls check for each letter of a batch: "vru/essex". */
static void for_each_of(const struct batch *batch, void (*check)(struct str letter))
{
	struct str folder = str_format(scratch.arena, "%s/%s", scratch.dir, batch->name), name;
	struct str names = list_folder(scratch.arena, folder.at);
	int count = 0;
	while (str_split(&names, '\n', &name)) {
		if (!str_ends(name, ".pdf"))
			continue;
		check(str_format(scratch.arena, "%s/%.*s", batch->name, name.len - 4, name.at));
		count++;
	}
	assert_int_equal(count, batch->letters);
}

static void for_each_letter(void (*check)(struct str letter))
{
	for (int i = 0; i < BATCHES; i++)
		for_each_of(&batches[i], check);
}

static struct outcome tool(struct str letter, const char *format)
{
	struct str command = str_format(scratch.arena, format, letter.at);
	return run_in(scratch.arena, scratch.dir, "%s", command.at);
}

/* -- files ------------------------------------------------------------------------------------- */

static void check_syntax(struct str letter)
{
	struct outcome run = tool(letter, "qpdf --check %s.pdf");
	if (run.code != 0 || run.err.len || str_find(run.out, "WARNING") >= 0)
		fail_msg("%s: %s%s", letter.at, run.out.at, run.err.at);
}

static void qpdf_finds_nothing(void **state)
{
	(void)state;
	if (have_program("qpdf"))
		for_each_letter(check_syntax);
}

/* Columns of pdffonts from the right: object, uni, sub, emb. */
static void check_fonts(struct str letter)
{
	struct str rest = tool(letter, "pdffonts %s.pdf | tail -n +3").out, line;
	int fonts = 0;
	while (str_split(&rest, '\n', &line)) {
		if (!line.len)
			continue;
		if (str_find(line, "yes yes yes") < 0 || line.at[6] != '+')
			fail_msg("%s: %.*s", letter.at, str_arg(line));
		fonts++;
	}
	assert_true(fonts >= 1);
}

static void every_font_is_embedded_subset_and_mapped(void **state)
{
	(void)state;
	if (have_program("pdffonts"))
		for_each_letter(check_fonts);
}

/* -- text -------------------------------------------------------------------------------------- */

static struct str letter_words(struct str letter, const char *options)
{
	struct str command = str_format(scratch.arena, "pdftotext %s %%s.pdf -", options);
	return words_of(scratch.arena, tool(letter, command.at).out);
}

/* What a screen reader is told: the text of the structure tree, a line for each block. */
static struct str structure_words(struct str letter)
{
	struct str rest = tool(letter, "pdfinfo -struct-text %s.pdf").out, line;
	struct buf text = {0};
	while (str_split(&rest, '\n', &line)) {
		struct str piece = str_trim(line);
		if (str_starts(piece, "\"") && str_ends(piece, "\""))
			buf_str(&text, str_slice(piece, 1, piece.len - 1));
		else if (!str_ends(piece, "(inline)") && !str_starts(piece, "Object"))
			buf_char(&text, '\n');
	}
	struct str words = words_of(scratch.arena, buf_text(&text));
	buf_free(&text);
	return words;
}

/* The text of an element and its children, without notes. */
static void put_text(const struct xml_node *node, struct buf *out)
{
	for (const struct xml_node *child = node->first; child; child = child->next) {
		if (!child->name.len)
			buf_str(out, child->text);
		else if (!str_is(child->name, "note"))
			put_text(child, out);
	}
}

static void check_element(struct str letter, struct str words, const struct xml_node *element)
{
	struct buf text = {0};
	put_text(element, &text);
	struct str wanted = words_of(scratch.arena, buf_text(&text));
	if (wanted.len == 0 || str_find(words, wanted.at) < 0)
		fail_msg("%s: no \"%.*s\" in the letter", letter.at, str_arg(wanted));
	buf_free(&text);
}

/* Superscript digits: a note's mark may stand right behind a word of the highlight. */
static struct str without_marks(struct str words)
{
	static const char *const marks[] = {"\xC2\xB9", "\xC2\xB2", "\xC2\xB3", "\xE2\x81\xB4",
		"\xE2\x81\xB5", "\xE2\x81\xB6", "\xE2\x81\xB7"};
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		for (int at; (at = str_find(words, marks[i])) >= 0;)
			words = str_format(scratch.arena, "%.*s%.*s", at, words.at,
				str_arg(str_slice(words, at + (int)strlen(marks[i]), words.len)));
	return words;
}

/* pdfinfo does not show the alternative texts, which are lines in brackets in the twin. */
static struct str without_pictures(struct str twin)
{
	struct buf out = {0};
	struct str line;
	while (str_split(&twin, '\n', &line))
		if (line.len <= 2 || !str_starts(line, "[") || !str_ends(line, "]"))
			buf_format(&out, "%.*s\n", str_arg(line));
	struct str left = str_copy(scratch.arena, buf_text(&out));
	buf_free(&out);
	return left;
}

/* The text twin, which the structure reads like (below) and which is quicker to read. */
static struct str twin_words(struct str letter)
{
	struct str path = str_format(scratch.arena, "%s/%s.txt", scratch.dir, letter.at);
	return words_of(scratch.arena, without_pictures(read_bytes(scratch.arena, path.at)));
}

static void check_text(struct str letter)
{
	struct diags *diags = diags_new();
	struct str path = str_format(
		scratch.arena, "%s/recipients/%s.xml", root, letter.at + strlen(vru->name) + 1);
	struct str bytes = read_bytes(scratch.arena, path.at);
	const struct xml_node *record = xml_read(scratch.arena, bytes, path.at, diags);
	assert_non_null(record);
	struct str words = letter_words(letter, "");
	struct str read = without_marks(twin_words(letter)); /* whole across a page's end */
	for (const struct xml_node *field = record->first; field; field = field->next) {
		if (str_is(field->name, "name") || str_is(field->name, "postcode") ||
			str_is(field->name, "title") || str_is(field->name, "salutation"))
			check_element(letter, words, field);
		for (const struct xml_node *part = field->first; part; part = part->next)
			if (str_is(part->name, "line"))
				check_element(letter, words, part);
			else if (str_is(part->name, "highlight"))
				check_element(letter, read, part);
	}
	diags_free(diags);
}

static void the_text_gives_back_what_the_record_holds(void **state)
{
	(void)state;
	if (have_program("pdftotext"))
		for_each_of(vru, check_text);
}

static void check_order(struct str letter)
{
	assert_string_equal(structure_words(letter).at, twin_words(letter).at);
}

static void the_structure_reads_like_the_text_twin(void **state)
{
	(void)state;
	if (have_program("pdfinfo"))
		for_each_letter(check_order);
}

/* pdftotext joins what stands on both sides of a hyphen at a line's end. */
static struct str without_hyphens(struct str text)
{
	struct buf out = {0};
	for (int i = 0; i < text.len; i++)
		if (text.at[i] != '-')
			buf_char(&out, text.at[i]);
	struct str left = str_copy(scratch.arena, buf_text(&out));
	buf_free(&out);
	return left;
}

/* What stands at a page's head or foot. */
static struct str without(struct str words, const char *phrase)
{
	int at = str_find(words, phrase);
	assert_true(at >= 0);
	return words_of(scratch.arena,
		str_format(scratch.arena, "%.*s %s", at, words.at, words.at + at + strlen(phrase)));
}

/* The notes after all else: where the pages part is not the letter’s business. A mark stands behind
 * its comma. */
static void essex_says_what_the_first_letter_said(void **state)
{
	(void)state;
	if (!have_program("pdftotext"))
		return;
	struct str path = str_format(scratch.arena, "%s/tests/pdf/essex.txt", root);
	struct str wanted = words_of(scratch.arena, read_bytes(scratch.arena, path.at));
	struct str first = letter_words(str_lit("vru/essex"), "-l 1"),
		   second = letter_words(str_lit("vru/essex"), "-f 2");
	second = without(without(second, "Roger Hirst, 13 October 2020"), "Page 2 of 2");
	int start = str_find(first, "13 October 2020"),
	    notes = str_find(first, "\xC2\xB9 Home Office"),
	    later_notes = str_find(second, "\xE2\x81\xB4 Independent");
	assert_true(start > 0 && notes > start && later_notes > 0);
	struct str found = str_format(scratch.arena, "%.*s%.*s%s %s", notes - start,
		first.at + start, later_notes, second.at, first.at + notes,
		second.at + later_notes);
	assert_string_equal(without_hyphens(str_trim(found)).at, without_hyphens(wanted).at);
}

static void a_welsh_line_of_an_address_is_welsh(void **state)
{
	(void)state;
	if (!have_program("qpdf"))
		return;
	struct outcome run = run_in(scratch.arena, root,
		"mkdir '%s/cy' && sed 's|<line>Police Head|<line xml:lang=\"cy\">Tŷ Gwyn</line>&|' "
		"recipients/south-wales.xml > '%s/cy/south-wales.xml' && '%s' batch -q --no-sign "
		"-r '%s/cy' -o '%s/cy'",
		scratch.dir, scratch.dir, program, scratch.dir, scratch.dir);
	assert_int_equal(run.code, 0);
	struct str json = tool(str_lit("cy/south-wales"), "qpdf --json %s.pdf").out;
	assert_holds(json, "\"/Lang\": \"u:cy\"");
	json = tool(str_lit("vru/essex"), "qpdf --json %s.pdf").out;
	assert_true(str_find(json, "u:cy") < 0);
}

/* -- pages ------------------------------------------------------------------------------------- */

static void essex_has_two_a4_pages_with_their_notes(void **state)
{
	(void)state;
	if (!have_program("pdfinfo"))
		return;
	struct str info = tool(str_lit("vru/essex"), "pdfinfo %s.pdf").out;
	assert_holds(info, "Pages:           2\n");
	assert_holds(info, "(A4)");
	struct str first = letter_words(str_lit("vru/essex"), "-l 1");
	struct str second = letter_words(str_lit("vru/essex"), "-f 2");
	assert_holds(first, "\xC2\xB9 Home Office (2019)");
	assert_holds(first, "\xC2\xB3 Association of Police and Crime Commissioners (2020)");
	assert_holds(second, "\xE2\x81\xB4 Independent Anti-Slavery Commissioner (2020)");
	assert_holds(
		second, "\xE2\x81\xB5 Independent Anti-Slavery Commissioner and ECPAT UK (2020)");
}

static void essex_has_working_links(void **state)
{
	(void)state;
	static const char *const wanted[] = {
		"antislaverycommissioner.co.uk/news-insights/"
		"publication-of-the-independent-anti-slavery-"
		"commissioner-s-strategic-plan-2019-2021/",
		"commissioner-s-annual-report-2019-2020/",
		"www.gov.uk/government/news/funding-for-violence-reduction-units-announced",
		"iasc-blog-a-public-health-approach-to-modern-slavery/",
		"apccs.police.uk/our-work/preventing-serious-violence",
		"launch-iasc-and-ecpat-uk-review-on-multi-agency-decision-making-models/",
		"mailto:April.McCoig@iasc.independent.gov.uk",
	};
	if (!have_program("qpdf"))
		return;
	struct str json = tool(str_lit("vru/essex"), "qpdf --json %s.pdf").out;
	for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
		assert_holds(json, wanted[i]);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(qpdf_finds_nothing),
		cmocka_unit_test(every_font_is_embedded_subset_and_mapped),
		cmocka_unit_test(the_text_gives_back_what_the_record_holds),
		cmocka_unit_test(the_structure_reads_like_the_text_twin),
		cmocka_unit_test(a_welsh_line_of_an_address_is_welsh),
		cmocka_unit_test(essex_says_what_the_first_letter_said),
		cmocka_unit_test(essex_has_two_a4_pages_with_their_notes),
		cmocka_unit_test(essex_has_working_links),
	};
	program = argc > 1 ? argv[1] : "lettermerge";
	root = argc > 2 ? argv[2] : ".";
	xml_start();
	int failed = cmocka_run_group_tests(tests, write_letters, remove_letters);
	xml_stop();
	return failed;
}
