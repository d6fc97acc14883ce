/* Labels of list items, the marks of notes, the numbers of pages. */
#include "room.h"

#include "locale/locale.h"
#include "locale/locales.h"

#include <unicode/uloc.h>
#include <unicode/unumsys.h>

/* An item of a list at a depth: lists around it are of the same kind. */
static const char *label(struct room *room, enum tag list, int depth, int number)
{
	struct node *outer = NULL;
	for (int i = 0; i <= depth; i++) {
		struct node *item = arena_new_array(room->arena, struct node, 1);
		struct node *around = arena_new_array(room->arena, struct node, 1);
		*around = (struct node){.tag = list, .parent = outer};
		*item = (struct node){.tag = TAG_LI, .parent = around};
		outer = item;
	}
	char out[LABEL_SIZE];
	letter_label(letter_label_kind(outer->parent), number, str_lit("en"), out);
	return str_copy(room->arena, str_of(out)).at;
}

static void items_are_labelled_by_kind_and_depth(void **state)
{
	struct room *room = *state;
	static const struct {
		enum tag list;
		int depth, number;
		const char *label;
	} rows[] = {
		{TAG_UL, 0, 7, "•"},
		{TAG_UL, 1, 7, "–"},
		{TAG_UL, 2, 7, "•"},
		{TAG_OL, 0, 1, "1."},
		{TAG_OL, 0, 2000000000, "2000000000."},
		{TAG_OL, 1, 1, "a."},
		{TAG_OL, 1, 26, "z."},
		{TAG_OL, 1, 27, "aa."},
		{TAG_OL, 1, 703, "aaa."},
		{TAG_OL, 2, 4, "iv."},
		{TAG_OL, 2, 88, "lxxxviii."},
		{TAG_OL, 2, 100, "100."},
		{TAG_OL, 3, 1, "1."},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		print_message("# row %zu\n", i);
		assert_string_equal(
			label(room, rows[i].list, rows[i].depth, rows[i].number), rows[i].label);
	}
}

static void a_list_counts_as_it_says(void **state)
{
	static const struct {
		const char *numbering, *start;
		int item;
		const char *label, *lang;
	} rows[] = {
		{NULL, "7", 1, "7."},
		{"a", NULL, 3, "c"},
		{"(a)", NULL, 28, "(ab)"},
		{"A.", "26", 2, "AA."},
		{"i)", "4", 1, "iv)"},
		{"[I]", NULL, 88, "[LXXXVIII]"},
		{"I", NULL, 100, "100"},
		{"§ 1", "9", 2, "§ 10"},
		{"§ 1", "9", 2, "§ ১০", "bn"},
		{"(1)", NULL, 3, "(۳)", "fa"},
		{NULL, NULL, 2, "٢.", "ar"},
		{"I", "99", 2, "۱۰۰", "fa"},
		{"a", NULL, 3, "c", "fa"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct attribute start = {.name = str_lit("start"), .value = str_of(rows[i].start)};
		struct attribute numbering = {
			.name = str_lit("numbering"), .value = str_of(rows[i].numbering)};
		struct node list = {.tag = TAG_OL, .lang = str_of(rows[i].lang)};
		char out[LABEL_SIZE];
		if (rows[i].start)
			list.attributes = &start;
		if (rows[i].numbering) {
			numbering.next = list.attributes;
			list.attributes = &numbering;
		}
		letter_item_label(&list, rows[i].item, out);
		assert_string_equal(out, rows[i].label);
	}
}

/* Four lists, of two items each, and paragraphs between them. */
static void a_continued_list_goes_on_from_the_one_before(void **state)
{
	static const struct {
		const char *numbering, *start, *label; /* of its second item */
	} rows[] = {{"(a)", "continued", "(b)"}, {NULL, "continued", "(d)"},
		{"i)", "continued", "vi)"}, {NULL, "continued", "viii)"}, {"1", "30", "31"},
		{NULL, "continued", "33"}, {NULL, NULL, "2."}, {NULL, "continued", "4."}};
	enum { COUNT = sizeof rows / sizeof *rows };
	struct attribute numberings[COUNT], starts[COUNT];
	struct node holder = {.tag = TAG_LETTER}, nodes[2 * COUNT], items[2 * COUNT];
	struct node **end = &holder.first;
	(void)state;
	for (int i = 0; i < COUNT; i++) {
		struct node *list = &nodes[2 * i], *item = &items[2 * i];
		numberings[i] = (struct attribute){
			.name = str_lit("numbering"), .value = str_of(rows[i].numbering)};
		starts[i] = (struct attribute){
			.name = str_lit("start"), .value = str_of(rows[i].start)};
		*list = (struct node){.tag = TAG_OL, .parent = &holder, .first = item};
		item[0] = (struct node){.tag = TAG_LI, .parent = list, .next = &item[1]};
		item[1] = (struct node){.tag = TAG_LI, .parent = list};
		numberings[i].next = rows[i].start ? &starts[i] : NULL;
		list->attributes = rows[i].numbering ? &numberings[i] : numberings[i].next;
		list[1] = (struct node){.tag = TAG_P, .parent = &holder};
		list->next = &list[1];
		*end = list;
		end = &list[1].next;
	}
	for (int i = 0; i < COUNT; i++) {
		char out[LABEL_SIZE];
		letter_item_label(&nodes[2 * i], 2, out);
		assert_string_equal(out, rows[i].label);
		assert_int_equal(node_goes_on(&nodes[2 * i]),
			i > 0 && str_is(str_of(rows[i].start), "continued"));
	}
}

static void what_is_no_numbering_is_none(void **state)
{
	static const char *const bad[] = {
		"", "x", "b", "12", "((((((1", "1)))", "1a", "(a)x", "-1"};
	struct str before, after;
	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_int_equal(numbering_read(str_of(bad[i]), &before, &after), 0);
}

static void marks_are_superscript_digits(void **state)
{
	(void)state;
	char mark[NOTE_MARK_SIZE];
	letter_note_mark(12, mark);
	assert_string_equal(mark, "¹²");
	letter_note_mark(2147483640, mark);
	assert_string_equal(mark, "²¹⁴⁷⁴⁸³⁶⁴⁰");
	letter_superscript(str_lit(",۱২3"), mark);
	assert_string_equal(mark, ",¹²³");
}

static void pages_are_numbered_in_the_letters_language(void **state)
{
	struct room *room = *state;
	static const struct {
		const char *lang, *words;
	} rows[] = {
		{"en-GB", "Page 2 of 13"},
		{"cy", "Tudalen 2 o 13"},
		{"de-AT", "Seite 2 von 13"},
		{"fr", "Page 2 sur 13"},
		{"pl", "Strona 2 z 13"},
		{"fi", "Sivu 2/13"},
		{"uk", "Сторінка 2 з 13"},
		{"tlh", "2/13"},
		{"fa", "۲/۱۳"},
		{"ar-EG", "٢/١٣"},
		{"ar-TN", "2/13"},
		{"fr-u-nu-arab", "Page ٢ sur ١٣"},
		{"", "2/13"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_string_equal(page_number_text(room->arena, 2, 13, str_of(rows[i].lang)).at,
			rows[i].words);
}

/* All of a text's characters that are figures. */
static void keep_figures(struct str text, struct buf *out)
{
	buf_clear(out);
	for (int at = 0; at < text.len;) {
		int from = at;
		if (figure_value(utf8_next(text, &at)) >= 0)
			buf_str(out, str_slice(text, from, at));
	}
}

/* As numbers are written in each language that ICU knows, so a page has one set of figures; and
 * none is left out of those of which ICU is asked. */
static void what_is_counted_has_the_figures_of_numbers(void **state)
{
	struct room *room = *state;
	struct locales *locales = locales_new();
	const struct decimal all = {false, str_lit("1234567890"), 0};
	struct buf figures = {0};
	int own = 0;
	for (int i = 0; i < uloc_countAvailable(); i++) {
		char tag[ULOC_FULLNAME_CAPACITY], out[FIGURES_SIZE];
		UErrorCode error = U_ZERO_ERROR;
		uloc_toLanguageTag(uloc_getAvailable(i), tag, sizeof tag, true, &error);
		figures_write(1234567890, str_of(tag), out);
		keep_figures(decimal_text(room->arena, locales, &all, str_of(tag)), &figures);
		print_message("# %s\n", tag);
		assert_string_equal(buf_text(&figures).at, out);
		UNumberingSystem *system = unumsys_open(uloc_getAvailable(i), &error);
		assert_int_equal(
			figures_are_own(str_of(tag)), strcmp(unumsys_getName(system), "latn") != 0);
		unumsys_close(system);
		own += figures_are_own(str_of(tag));
	}
	assert_true(own > 50);
	buf_free(&figures);
	locales_free(locales);
}

static void a_tag_says_which_figures(void **state)
{
	(void)state;
	static const struct {
		const char *lang, *figures;
		bool fits;
	} rows[] = {
		{"fa", "۴۰۷", true},
		{"FA-ir", "۴۰۷", true},
		{"ar-EG", "٤٠٧", true},
		{"ar-MA", "407", true},
		{"ur", "407", true},
		{"ur-IN", "۴۰۷", true},
		{"ur-u-nu-arabext", "۴۰۷", true},
		{"ar-EG-u-nu-latn", "407", true},
		{"ar-u-ca-gregory-nu-latn", "407", true},
		{"fa-x-u-nu-latn", "۴۰۷", true},
		{"en-u-nu-tibt", "༤༠༧", true},
		{"ja-u-nu-hanidec", "四〇七", true},
		{"bn", "৪০৭", true},
		{"he", "407", true},
		{"hi", "407", true},
		{"hi-u-nu-deva", "४०७", true},
		{"tlh", "407", true},
		{"tlh-u-nu-arab", "٤٠٧", true},
		{"ff-Adlm", "𞥔𞥐𞥗", true},
		{"he-u-nu-hebr", "407", false},
		{"en-u-nu-roman", "407", false},
		{"en-u-nu-xyz", "407", false},
		{"en-u-nu", "407", true},
		{"", "407", true},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char out[FIGURES_SIZE];
		const struct str lang = str_of(rows[i].lang);
		figures_write(407, lang, out);
		print_message("# %.*s\n", str_arg(lang));
		assert_string_equal(out, rows[i].figures);
		assert_int_equal(figures_fit(lang), rows[i].fits);
		assert_int_equal(!attribute_fault(TAG_P, str_lit("xml:lang"), lang),
			rows[i].fits && lang.len > 0);
	}
}

/* An extension is no script and no direction: nu-latn is not Latin letters. */
static void extensions_say_nothing_of_the_script(void **state)
{
	(void)state;
	assert_true(lang_is_right_to_left(str_lit("ar-u-nu-latn")));
	assert_true(lang_is_right_to_left(str_lit("fa-IR-u-nu-latn")));
	assert_false(lang_is_right_to_left(str_lit("uz-Latn-u-nu-arab")));
	assert_true(lang_is_right_to_left(str_lit("uz-Arab-u-nu-latn")));
	assert_true(lang_is_written_in(str_lit("en-u-nu-arab"), "Latn"));
	assert_true(str_is(lang_bare(str_lit("fa-IR-u-nu-latn")), "fa-IR"));
	assert_true(str_is(lang_bare(str_lit("fa-x-latn")), "fa"));
	assert_true(str_is(lang_bare(str_lit("de-CH-1901")), "de-CH-1901"));
}

/* Also those that are known without ICU. */
static void dates_have_the_figures_that_a_tag_says(void **state)
{
	struct room *room = *state;
	struct locales *locales = locales_new();
	struct str day = day_text(
		room->arena, locales, (struct day){2024, 5, 7}, DATE_LONG, str_lit("de-u-nu-arab"));
	assert_string_equal(day.at, "٧. Mai ٢٠٢٤");
	locales_free(locales);
}

static void notes_are_named_where_the_language_is_known(void **state)
{
	(void)state;
	struct buf out = {0};
	note_name_write(2, str_lit("en-GB"), false, &out);
	note_name_write(2, str_lit("cy"), false, &out);
	note_name_write(2, str_lit("de"), true, &out);
	assert_string_equal(buf_text(&out).at, "Note 2Nodyn 22");
	buf_free(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		room_test(items_are_labelled_by_kind_and_depth),
		room_test(a_list_counts_as_it_says),
		room_test(a_continued_list_goes_on_from_the_one_before),
		room_test(what_is_no_numbering_is_none),
		cmocka_unit_test(marks_are_superscript_digits),
		room_test(pages_are_numbered_in_the_letters_language),
		room_test(what_is_counted_has_the_figures_of_numbers),
		cmocka_unit_test(a_tag_says_which_figures),
		cmocka_unit_test(extensions_say_nothing_of_the_script),
		room_test(dates_have_the_figures_that_a_tag_says),
		cmocka_unit_test(notes_are_named_where_the_language_is_known),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
