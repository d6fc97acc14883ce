/* Styles: defaults, what inherits from what, what is refused. */
#include "room.h"
#include "style/style_int.h"

#include <math.h>

static struct style *read_style(struct room *room, const char *elements)
{
	struct str text = str_format(
		room->arena, "<style xmlns='" STYLE_NAMESPACE "'>%s</style>", elements);
	return style_read(room->arena, text, "s.xml", room->diags);
}

static void the_default_sets_everything_a_page_needs(void **state)
{
	(void)state;
	struct style style = style_default();
	assert_true(style.page_width > style.page_height / 2);
	assert_true(style.window.width > 0 && style.first_top > style.window.top);
	assert_true(
		style.note_rule_thickness > 0 && style.mark_size > 0 && style.page_fill <= 1000);
	for (enum tag tag = 0; tag < TAG_COUNT; tag++) {
		const struct text_style *text = &style.block[tag].text;
		assert_true(text->family.len > 0 && text->size > 0 && text->leading >= text->size);
		assert_false(style.block[tag].hidden);
	}
	assert_true(style.block[TAG_STRONG].text.bold && style.block[TAG_EM].text.italic);
	assert_true(style.block[TAG_NOTE].text.size < style.block[TAG_P].text.size);
	assert_int_equal(style.block[TAG_SIGNATURE].space, 3715427); /* 20 mm */
}

static void an_empty_style_is_the_default(void **state)
{
	struct style *style = read_style(*state, "");
	struct style standard = style_default();
	struct buf read = {0}, given = {0};
	assert_non_null(style);
	style_dump(style, &read);
	style_dump(&standard, &given);
	assert_string_equal(buf_text(&read).at, buf_text(&given).at);
	buf_free(&read);
	buf_free(&given);
}

static void text_changes_all_but_what_is_set_apart(void **state)
{
	struct style *style = read_style(
		*state, "<element name='p' size='13pt'/><text size='12pt' align='justify'/>");
	assert_non_null(style);
	assert_int_equal(style->block[TAG_SALUTATION].text.size, pt(12));
	assert_int_equal(style->block[TAG_NOTE].text.size, pt(17) / 2);
	assert_int_equal(style->block[TAG_P].text.size, pt(13));
	assert_int_equal(style->block[TAG_P].align, ALIGN_JUSTIFY);
}

static void only_running_text_is_justified_hung_and_divided(void **state)
{
	static const enum tag running[] = {TAG_P, TAG_LI, TAG_QUOTE, TAG_NOTE, TAG_POSTSCRIPT};
	static const enum tag display[] = {TAG_LETTERHEAD, TAG_CONTINUATION, TAG_REFERENCE,
		TAG_DATE, TAG_ADDRESS, TAG_SALUTATION, TAG_SUBJECT, TAG_CELL, TAG_SIGNATURE,
		TAG_ENCLOSURES, TAG_COPIES};
	struct style *style = read_style(*state,
		"<text align='justify' hang='yes' hyphenate='yes'/>"
		"<element name='closing' align='justify' hang='yes' hyphenate='yes'/>");
	assert_non_null(style);
	for (size_t i = 0; i < sizeof running / sizeof *running; i++) {
		const struct block_style *block = &style->block[running[i]];
		assert_true(block->align == ALIGN_JUSTIFY && block->hang && block->hyphenate);
	}
	for (size_t i = 0; i < sizeof display / sizeof *display; i++) {
		const struct block_style *block = &style->block[display[i]];
		assert_true(block->align == ALIGN_LEFT && !block->hang && !block->hyphenate);
	}
	for (int i = STYLE_HEADING; i < STYLE_VARIANT; i++)
		assert_true(style->block[i].align == ALIGN_LEFT && !style->block[i].hyphenate);
	const struct block_style *asked = &style->block[TAG_CLOSING];
	assert_true(asked->align == ALIGN_JUSTIFY && asked->hang && asked->hyphenate);
}

static void other_alignments_hold_for_all(void **state)
{
	struct style *style = read_style(*state, "<text align='right'/>");
	assert_non_null(style);
	assert_int_equal(style->block[TAG_SUBJECT].align, ALIGN_RIGHT);
	assert_int_equal(style->block[TAG_CELL].align, ALIGN_RIGHT);
}

static const struct block_style *level(const struct style *style, int number)
{
	return &style->block[STYLE_HEADING + number - 1];
}

static void headings_step_down_from_the_subject(void **state)
{
	struct style *style = read_style(*state, "<text size='20pt' leading='30pt'/>");
	assert_non_null(style);
	assert_int_equal(style->block[TAG_SUBJECT].text.size, pt(24));
	assert_int_equal(level(style, 1)->text.size, pt(22));
	assert_int_equal(level(style, 1)->text.leading, pt(33));
	assert_int_equal(level(style, 1)->before, pt(36));
	for (int i = 2; i <= HEADING_LEVELS; i++) {
		assert_int_equal(level(style, i)->text.size, pt(20));
		assert_true(level(style, i)->before < level(style, i - 1)->before);
		assert_true(level(style, i)->after < level(style, i - 1)->after);
		assert_int_equal(level(style, i)->text.bold, i < 4);
		assert_int_equal(level(style, i)->text.italic, i > 2);
	}
}

static void what_names_a_level_wins_over_what_does_not(void **state)
{
	struct style *style = read_style(*state,
		"<element name='heading' level='2' size='13pt' colour='#123456'/>"
		"<element name='heading' size='15pt' slant='italic'/>");
	assert_non_null(style);
	for (int i = 1; i <= HEADING_LEVELS; i++) {
		assert_int_equal(level(style, i)->text.size, i == 2 ? pt(13) : pt(15));
		assert_int_equal(level(style, i)->text.colour, i == 2 ? 0x123456 : 0);
		assert_true(level(style, i)->text.italic);
	}
}

static void a_heading_looks_as_its_level_says(void **state)
{
	(void)state;
	struct style style = style_default();
	struct attribute attribute = {.name = str_lit("level"), .value = str_lit("3")};
	struct node heading = {.tag = TAG_HEADING}, p = {.tag = TAG_P};
	assert_ptr_equal(style_block(&style, &heading), level(&style, 1));
	assert_ptr_equal(style_block(&style, &p), &style.block[TAG_P]);
	heading.attributes = &attribute;
	assert_ptr_equal(style_block(&style, &heading), level(&style, 3));
}

static void assert_features(const struct style *style, enum tag tag, const char *expected)
{
	struct buf out = {0};
	features_write(&style->block[tag].text.features, &out);
	assert_string_equal(buf_text(&out).at, expected);
	buf_free(&out);
}

static void features_add_to_those_of_the_text(void **state)
{
	struct style *style = read_style(*state,
		"<text features=' onum  -liga'/><element name='p' features='liga ss01=2 ?smcp'/>"
		"<element name='cell' features='kern=0 pnum'/><element name='date' features=''/>");
	assert_non_null(style);
	assert_features(style, TAG_TEXT, "onum -liga");
	assert_features(style, TAG_DATE, "onum -liga");
	assert_features(style, TAG_P, "onum liga ss01=2 ?smcp");
	assert_features(style, TAG_ADDRESS, "-liga ?lnum"); /* old-style ones are out */
	assert_features(style, TAG_CELL, "-liga ?lnum -kern pnum");
}

static void features_are_tags_of_four_letters(void **state)
{
	static const char *const bad[] = {"lnu", "lnums", "l um", "+lnum", "lnum=", "lnum=x",
		"lnum=100", "-lnum=1", "lnum,tnum", "--lnum", "?-lnum", "\xC3\xA4num",
		("a001 a002 a003 a004 a005 a006 a007 a008 a009 a010 a011 a012 a013 a014 a015 a016 "
		 "a017 a018 a019")};
	struct room *room = *state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		diags_clear(room->diags);
		assert_null(read_style(
			room, str_format(room->arena, "<text features='%s'/>", bad[i]).at));
		assert_int_equal(diags_at(room->diags, 0)->id, DIAG_ATTRIBUTE_VALUE);
	}
}

static void flags_are_words(void **state)
{
	struct style *style = read_style(*state,
		"<element name='p' weight='bold' slant='italic' hyphenate='no' show='no'/>"
		"<links underline='yes'/>");
	assert_non_null(style);
	const struct block_style *p = &style->block[TAG_P];
	assert_true(p->text.bold && p->text.italic && !p->hyphenate && p->hidden);
	assert_true(style->underline_links);
}

static void papers_have_names(void **state)
{
	struct style *style = read_style(*state, "<page size='A4' first-top='60mm'/>");
	assert_non_null(style);
	sp width, height;
	assert_true(length_read(str_lit("210mm"), &width));
	assert_true(length_read(str_lit("297mm"), &height));
	assert_int_equal(style->page_width, width);
	assert_int_equal(style->page_height, height);
}

static void width_goes_before_the_paper(void **state)
{
	struct style *style = read_style(*state, "<page width='200mm' size='A4'/>");
	sp width;
	assert_non_null(style);
	assert_true(length_read(str_lit("200mm"), &width));
	assert_int_equal(style->page_width, width);
}

static void what_is_no_numbering_of_headings_is_refused(void **state)
{
	static const char *const bad[] = {"", "x", "11", "1a", "2", ".", "1.1.1.1.1.1", "yes"},
				 *const good[] = {"no", "1", "\xC2\xA7 1", "A.1.a.i", "(I)"};
	struct block_style block;
	const struct style_row *row = style_find_block_row(str_lit("numbering"));
	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_false(style_set(row, &block, str_of(bad[i])));
	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		assert_true(style_set(row, &block, str_of(good[i])));
}

static void colours_are_six_digits(void **state)
{
	struct room *room = *state;
	struct style *style = read_style(room, "<text colour='#0a5F9c'/>");
	assert_non_null(style);
	assert_int_equal(style->block[TAG_P].text.colour, 0x0A5F9C);
	static const char *const bad[] = {"#fff", "0aF09f0", "#0aF09g", "red", "#"};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_null(read_style(
			room, str_format(room->arena, "<text colour='%s'/>", bad[i]).at));
}

static void contrast_is_that_of_wcag(void **state)
{
	(void)state;
	static const struct {
		uint32_t colour;
		int contrast; /* hundredths, rounded down */
	} rows[] = {{0x000000, 2100}, {0xFFFFFF, 100}, {0x767676, 454}, {0x777777, 447},
		{0xFF0000, 399}, {0x00FF00, 137}, {0x0000FF, 859}, {0x1D4F8F, 818}};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_int_equal(contrast_to_white(rows[i].colour), rows[i].contrast);
}

/* WCAG 2.1, relative luminance, in floating point: of all greys, so that no shade is wrong. */
static void contrast_of_every_grey_is_that_of_the_formula(void **state)
{
	(void)state;
	for (uint32_t shade = 0; shade < 256; shade++) {
		double part = shade / 255.0;
		double light = part <= 0.03928 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4);
		double contrast = 105 / (light + 0.05);
		int found = contrast_to_white(shade << 16 | shade << 8 | shade);
		assert_true(found <= contrast + 1 && found >= contrast - 2);
	}
}

static void the_shade_proposed_is_good(void **state)
{
	(void)state;
	for (uint32_t colour = 0; colour < 0x1000000; colour += 0x1357B)
		for (int least = 300; least <= 450; least += 150)
			assert_true(contrast_to_white(contrast_darken(colour, least)) >= least);
}

static void links_are_underlined_or_of_quite_another_colour(void **state)
{
	struct room *room = *state;
	assert_non_null(read_style(room, "<links underline='yes'/>"));
	assert_null(read_style(room, "<links underline='no'/>"));
	assert_null(
		read_style(room, "<links underline='no'/><element name='link' colour='#b35900'/>"));
	assert_non_null(read_style(room,
		"<links underline='no'/><element name='link' "
		"colour='#b35900'/><element name='email' colour='#b35900'/>"));
	assert_int_equal(contrast_between(0xFF0000, 0x0000FF), 214);
	assert_int_equal(contrast_between(0x0000FF, 0xFF0000), 214);
}

static void large_text_may_be_paler(void **state)
{
	struct room *room = *state;
	assert_null(read_style(room, "<text colour='#949494' size='17.9pt'/>"));
	assert_null(read_style(room,
		"<element name='subject' colour='#949494' size='13.9pt' "
		"weight='bold'/>"));
	assert_non_null(read_style(
		room, "<element name='subject' colour='#949494' size='14pt' weight='bold'/>"));
	assert_non_null(read_style(room, "<element name='p' colour='#949494' size='18pt'/>"));
	assert_null(read_style(room, "<element name='em' colour='#949494' size='18pt'/>"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_no_numbering_of_headings_is_refused),
		cmocka_unit_test(the_default_sets_everything_a_page_needs),
		room_test(an_empty_style_is_the_default),
		room_test(text_changes_all_but_what_is_set_apart),
		room_test(only_running_text_is_justified_hung_and_divided),
		room_test(other_alignments_hold_for_all),
		room_test(headings_step_down_from_the_subject),
		room_test(what_names_a_level_wins_over_what_does_not),
		cmocka_unit_test(a_heading_looks_as_its_level_says),
		room_test(features_add_to_those_of_the_text),
		room_test(features_are_tags_of_four_letters),
		room_test(flags_are_words),
		room_test(papers_have_names),
		room_test(width_goes_before_the_paper),
		room_test(colours_are_six_digits),
		cmocka_unit_test(contrast_is_that_of_wcag),
		cmocka_unit_test(contrast_of_every_grey_is_that_of_the_formula),
		cmocka_unit_test(the_shade_proposed_is_good),
		room_test(links_are_underlined_or_of_quite_another_colour),
		room_test(large_text_may_be_paler),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
