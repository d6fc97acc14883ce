/* Characters that are written without blanks: what stands between them, what of brackets and stops
 * goes where they meet and at the ends of lines. */
#include "shaping.h"

static int setup_fake(void **state)
{
	return setup_text(state, "fake");
}

/* Of Debian's fonts-ipaexfont-mincho: all its signs of Japanese stand on squares. */
static int setup_mincho(void **state)
{
	return setup_text(state, "IPAexMincho");
}

/* Of Debian's fonts-noto-cjk: the characters of all regions in each of its faces. */
static int setup_regions(void **state)
{
	return setup_text(state, "Noto Sans CJK JP");
}

static struct paragraph *shaped(struct desk *desk, const char *lang, const char *text)
{
	struct shape_options options = {&desk->style, &desk->style.block[TAG_P].text};
	struct node *p = para(desk->arena, text);
	p->lang = p->first->lang = str_of(lang);
	return text_shape(desk->shaper, desk->arena, p, &options, desk->diags);
}

/* A joint after each character: "+" wider, "±" wider or narrower, "=" a quarter that stays. */
static const char *joints(struct desk *desk, const char *lang, const char *text)
{
	static const char *const signs[] = {"", "=", "+", "±"};
	struct paragraph *paragraph = shaped(desk, lang, text);
	char out[400] = "";
	for (int i = 0; i < paragraph->glyph_count; i++) {
		int at = paragraph->glyphs[i].cluster, from = at;
		utf8_next(paragraph->text, &at);
		strncat(out, paragraph->text.at + from, (size_t)(at - from));
		strcat(out, signs[paragraph->glyphs[i].joint]);
	}
	return str_copy(desk->arena, str_of(out)).at;
}

static void a_line_gives_between_characters_where_it_may_end(void **state)
{
	static const char *const cases[][3] = {
		{"ja", "本を、読む。", "本+を、+読+む。"},
		{"ja", "本「を」読む", "本+「を」+読+む"},
		{"ja", "ちょっと", "ちょっ+と"},
		{"zh", "第3条", "第=3=条"},
		{"zh", "用APP看", "用±APP±看"},
		{"zh", "用 APP 看", "用 APP 看"},
		{"zh", "ＡＢＣ", "Ａ+Ｂ+Ｃ"},
		{"en", "a 本 b", "a 本 b"},
		{"ko", "도서관 안내", "도서관 안내"},
		{"ko", "제3조", "제3조"},
		{"en", "word by word", "word by word"},
		{"th", "ห้องสมุดชุมชน", "ห้อง+สมุด+ชุมชน"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(joints(*state, cases[i][0], cases[i][1]), cases[i][2]);
}

/* 600 of 1000 a letter, and a quarter of an em; at 10 pt, a 20th to stretch, and half the quarter
 * to shrink. */
static void between_han_and_western_is_a_quarter_that_goes_at_a_lines_end(void **state)
{
	struct paragraph *paragraph = shaped(*state, "zh", "用A");
	const struct item *glue = &paragraph->items[1];
	assert_int_equal(paragraph->glyphs[0].advance, 850);
	assert_int_equal(paragraph->glyphs[1].advance, 600);
	assert_int_equal(glue->kind, ITEM_GLUE);
	assert_int_equal(glue->width, 0);
	assert_int_equal(glue->stretch, pt(1) / 2);
	assert_int_equal(glue->shrink, pt(5) / 4);
	assert_int_equal(glue->ending, -pt(5) / 2);
}

static void what_no_line_is_widened_at_is_not_glue(void **state)
{
	struct paragraph *paragraph = shaped(*state, "ko", "안내");
	assert_int_equal(paragraph->item_count, 4);
	assert_int_equal(paragraph->items[1].kind, ITEM_PENALTY);
	assert_int_equal(paragraph->items[1].penalty, 9000);
	assert_false(paragraph->wide);
}

/* Thousandths of an em. */
static int advance(struct desk *desk, const struct paragraph *paragraph, int glyph)
{
	int em = text_face(desk->text, paragraph->runs[0].face)->units_per_em;
	return paragraph->glyphs[glyph].advance * 1000 / em;
}

static void where_brackets_and_stops_meet_one_half_goes(void **state)
{
	static const struct {
		const char *text;
		int advances[4];
	} cases[] = {
		{"本。」と", {1000, 500, 1000, 1000}},
		{"本」「と", {1000, 500, 1000, 1000}},
		{"「『本と", {1000, 500, 1000, 1000}},
		{"本」、と", {1000, 500, 1000, 1000}},
		{"本。と本", {1000, 1000, 1000, 1000}},
		{"本「と本", {1000, 1000, 1000, 1000}},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct paragraph *paragraph = shaped(*state, "ja", cases[i].text);
		assert_int_equal(paragraph->glyph_count, 4);
		for (int k = 0; k < 4; k++)
			if (advance(*state, paragraph, k) != cases[i].advances[k])
				fail_msg("%s: glyph %d is %d wide", cases[i].text, k,
					advance(*state, paragraph, k));
	}
}

/* The ink of the second bracket stands where it would without its empty half. */
static void an_opening_bracket_is_drawn_to_what_opens_before_it(void **state)
{
	struct paragraph *paragraph = shaped(*state, "ja", "（「本");
	assert_int_equal(paragraph->glyphs[0].dx, 0);
	assert_int_equal(paragraph->glyphs[1].dx, paragraph->glyphs[1].advance - 2048);
}

static void at_a_lines_start_and_end_the_empty_half_stands_beside_it(void **state)
{
	struct paragraph *paragraph = shaped(*state, "ja", "「本」本。");
	const struct item *items = paragraph->items;
	assert_int_equal(paragraph->item_count, 4);
	assert_int_equal(items[0].hang_start, pt(5));
	assert_int_equal(items[0].hang_end, pt(5));
	assert_int_equal(items[2].hang_start, 0);
	assert_int_equal(items[2].hang_end, pt(5));
}

/* A character that is written in another way in each region. */
static void the_language_tells_the_form_of_a_character(void **state)
{
	static const char *const languages[] = {"ja", "zh-CN", "zh-TW", "ko"};
	unsigned ids[4];
	if (!((struct desk *)*state)->shaper) {
		print_message("# fonts-noto-cjk is not installed: skipped\n");
		return;
	}
	for (int i = 0; i < 4; i++) {
		struct paragraph *paragraph = shaped(*state, languages[i], "\u9AA8");
		ids[i] = paragraph->glyphs[0].id;
	}
	assert_int_not_equal(ids[0], ids[1]);
	assert_int_not_equal(ids[1], ids[2]);
	assert_int_equal(shaped(*state, "zh-Hans", "\u9AA8")->glyphs[0].id, ids[1]);
	assert_int_equal(shaped(*state, "zh-Hant", "\u9AA8")->glyphs[0].id, ids[2]);
}

#define regions_test(test) cmocka_unit_test_setup_teardown(test, setup_regions, teardown_text)
#define fake_test(test) cmocka_unit_test_setup_teardown(test, setup_fake, teardown_text)
#define mincho_test(test) cmocka_unit_test_setup_teardown(test, setup_mincho, teardown_text)

int main(void)
{
	const struct CMUnitTest tests[] = {
		fake_test(a_line_gives_between_characters_where_it_may_end),
		fake_test(between_han_and_western_is_a_quarter_that_goes_at_a_lines_end),
		fake_test(what_no_line_is_widened_at_is_not_glue),
		mincho_test(where_brackets_and_stops_meet_one_half_goes),
		mincho_test(an_opening_bracket_is_drawn_to_what_opens_before_it),
		mincho_test(at_a_lines_start_and_end_the_empty_half_stands_beside_it),
		regions_test(the_language_tells_the_form_of_a_character),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
