/* Boxes, glue and penalties, mostly with the fake font: 600 of 1000 a letter, 250 a blank; at 10 pt
 * a letter is 6 pt = 393216 sp, a blank 2.5 pt = 163840 sp. */
#include "shaping.h"

#include <stdlib.h>

static int setup_fake(void **state)
{
	return setup_text(state, "fake");
}

static int setup_sans(void **state)
{
	return setup_text(state, "Liberation Sans");
}

static int setup_serif(void **state)
{
	return setup_text(state, "DejaVu Serif");
}

static struct paragraph *shaped(struct desk *desk, const struct node *owner)
{
	struct shape_options options = {&desk->style, &desk->style.block[TAG_P].text, true};
	return text_shape(desk->shaper, desk->arena, owner, &options, desk->diags);
}

static const char *dumped(struct desk *desk, const struct node *owner)
{
	struct buf out = {0};
	paragraph_dump(shaped(desk, owner), &out);
	const char *dump = str_copy(desk->arena, buf_text(&out)).at;
	buf_free(&out);
	return dump;
}

static void words_are_boxes_and_blanks_are_glue(void **state)
{
	struct desk *desk = *state;
	assert_string_equal(dumped(desk, para(desk->arena, "to be")),
		"run 0-5 face 0 node +1 size 655360 lang en-GB (to be)\n"
		"box 0-2 width 786432 (to)\n"
		"glue 2-3 width 163840 stretch 81920 shrink 54613 ( )\n"
		"box 3-5 width 786432 (be)\n"
		"penalty 5 forced\n");
}

static void an_empty_paragraph_is_one_forced_penalty(void **state)
{
	struct desk *desk = *state;
	assert_string_equal(dumped(desk, element(desk->arena, NULL, TAG_P)), "penalty 0 forced\n");
}

static void a_hyphen_has_its_width(void **state)
{
	struct desk *desk = *state;
	assert_string_equal(dumped(desk, para(desk->arena, "inform")),
		"run 0-6 face 0 node +1 size 655360 lang en-GB (inform)\n"
		"box 0-2 width 786432 (in)\n"
		"penalty 2 cost 20 ending 393216 hyphen\n"
		"box 2-6 width 1572864 (form)\n"
		"penalty 6 forced\n");
}

static void a_mark_is_part_of_its_words_box(void **state)
{
	struct desk *desk = *state;
	struct node *p = para(desk->arena, "it");
	note(desk->arena, p, 3);
	assert_string_equal(dumped(desk, p),
		"run 0-2 face 0 node +1 size 655360 lang en-GB (it)\n"
		"run 2-3 face 0 node +2 size 458752 rise 196608 lang en-GB (3)\n"
		"mark node +2 glyph 2\n"
		"box 0-3 width 1061683 (it3)\n"
		"penalty 3 forced\n");
}

static void a_br_forces_and_its_blank_stands_behind(void **state)
{
	struct desk *desk = *state;
	struct node *p = para(desk->arena, "a");
	element(desk->arena, p, TAG_BR);
	chars(desk->arena, p, "b");
	assert_string_equal(dumped(desk, p),
		"run 0-1 face 0 node +1 size 655360 lang en-GB (a)\n"
		"run 1-2 face 0 node +2 size 655360 lang en-GB ( )\n"
		"run 2-3 face 0 node +3 size 655360 lang en-GB (b)\n"
		"box 0-1 width 393216 (a)\n"
		"penalty 1 forced\n"
		"glue 1-2 width 163840 stretch 81920 shrink 54613 ( )\n"
		"box 2-3 width 393216 (b)\n"
		"penalty 3 forced\n");
}

static void a_no_break_space_stretches_but_ends_no_line(void **state)
{
	struct desk *desk = *state;
	struct paragraph *paragraph = shaped(desk, para(desk->arena, "10\u00A0km"));
	assert_int_equal(paragraph->item_count, 5);
	assert_int_equal(paragraph->items[1].penalty, ITEM_FORBIDDEN);
	assert_int_equal(paragraph->items[2].kind, ITEM_GLUE);
	assert_int_equal(paragraph->items[2].stretch, 81920);
}

static void an_address_may_end_a_line_at_a_cost(void **state)
{
	struct desk *desk = *state;
	struct paragraph *paragraph = shaped(desk, para(desk->arena, "https://example.org/page"));
	assert_int_equal(paragraph->item_count, 8);
	assert_int_equal(paragraph->items[1].penalty, 200);
	assert_int_equal(paragraph->items[3].penalty, 600);
	assert_int_equal(paragraph->items[5].penalty, 200);
	assert_false(paragraph->items[1].hyphen);
	assert_int_equal(paragraph->items[1].width, 0);
	paragraph = shaped(desk, para(desk->arena, "www.antislaverycommissioner"));
	assert_int_equal(paragraph->item_count, 44);
	assert_int_equal(paragraph->items[1].penalty, 9000);
}

static void a_word_of_any_length_has_a_width(void **state)
{
	struct desk *desk = *state;
	struct buf word = {0};
	for (int i = 0; i < 1000000; i++)
		buf_char(&word, 'w');
	struct paragraph *paragraph = shaped(desk, para(desk->arena, buf_text(&word).at));
	assert_int_equal(paragraph->item_count, 2);
	assert_int_equal(paragraph->items[0].width, SP_MAX);
	assert_int_equal(text_width(desk->text, paragraph, 0, 1000000), SP_MAX);
	assert_int_equal(text_width(desk->text, paragraph, 10, 20), pt(60));
	buf_free(&word);
}

static void a_ligature_is_not_divided(void **state)
{
	struct desk *desk = *state;
	struct paragraph *paragraph = shaped(desk, para(desk->arena, "office suffer"));
	for (int i = 0; i < paragraph->item_count; i++)
		assert_false(
			paragraph->items[i].kind == ITEM_PENALTY && paragraph->items[i].hyphen);
	assert_true(paragraph->glyph_count < 13);
}

static void a_letter_and_its_mark_are_not_divided(void **state)
{
	struct desk *desk = *state;
	struct paragraph *paragraph = shaped(desk, para(desk->arena, "anti-q\u0308 q\u0308"));
	assert_int_equal(paragraph->glyph_count, 10);
	assert_int_equal(paragraph->item_count, 6);
	assert_int_equal(paragraph->items[2].to - paragraph->items[2].from, 2);
	assert_int_equal(paragraph->items[4].to - paragraph->items[4].from, 2);
}

/* What a text would measure on a line of its own, in units of the font. */
static int64_t alone(struct desk *desk, struct str text)
{
	unsigned count;
	int64_t width = 0;
	hb_buffer_t *buffer = hb_buffer_create();
	hb_buffer_add_utf8(buffer, text.at, text.len, 0, text.len);
	hb_buffer_guess_segment_properties(buffer);
	hb_buffer_set_language(buffer, hb_language_from_string("en-GB", -1));
	hb_shape(desk->text->fonts.at[0].hb, buffer, NULL, 0);
	hb_glyph_position_t *positions = hb_buffer_get_glyph_positions(buffer, &count);
	for (unsigned i = 0; i < count; i++)
		width += positions[i].x_advance;
	hb_buffer_destroy(buffer);
	return width;
}

/* "AV" before a blank, a br, and a soft hyphen. */
static void assert_ends_as_alone(struct desk *desk, const char *word)
{
	static const char *const links[] = {" ", "\u00AD"};
	int units = desk->text->faces.at[0].units_per_em;
	for (int i = 0; i < 2; i++) {
		const char *text = str_format(desk->arena, "%s%sAToll", word, links[i]).at;
		const struct paragraph *paragraph = shaped(desk, para(desk->arena, text));
		struct str set = str_format(desk->arena, "%s%s", word, i ? "-" : "");
		sp expected = length_scale(alone(desk, set), pt(10), units);
		sp width = paragraph->items[0].width + paragraph->items[1].ending;
		if (abs(width - expected) > 2)
			fail_msg("\"%s\" ends %d sp off", text, (int)(width - expected));
	}
}

/* What is kerned against a blank, a hyphen or the letter behind is not so at a line's end; what is
 * kerned against the hyphen that is set there is. */
static void a_line_is_as_wide_as_what_is_set_in_it(void **state)
{
	static const char *const families[] = {
		"Liberation Sans", "Liberation Serif", "DejaVu Serif", "EB Garamond 12"};
	static const char *const ends[] = {"A", "L", "T", "V", "Y", "P", "F", "r", "f", "v", "y",
		"’", "1", ".", "R", "W", "x", "é"};
	int moved = 0;
	for (int f = 0; f < 4; f++) {
		setup_text(state, families[f]);
		struct desk *desk = *state;
		for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
			struct str word = str_format(desk->arena, "na%s", ends[i]);
			assert_ends_as_alone(desk, word.at);
			struct paragraph *paragraph = shaped(desk,
				para(desk->arena, str_format(desk->arena, "%s A", word.at).at));
			moved += paragraph->items[1].ending != 0;
		}
		teardown_text(state);
	}
	assert_true(moved > 10);
}

static void nothing_is_kerned_over_a_br(void **state)
{
	struct desk *desk = *state;
	struct node *p = para(desk->arena, "nA");
	element(desk->arena, p, TAG_BR);
	chars(desk->arena, p, "A");
	const struct paragraph *paragraph = shaped(desk, p);
	assert_int_equal(paragraph->items[1].penalty, ITEM_FORCED);
	assert_int_equal(paragraph->items[1].ending, 0);
	assert_int_equal(
		paragraph->items[0].width, length_scale(alone(desk, str_lit("nA")), pt(10), 2048));
}

static void widths_of_items_are_widths_of_their_glyphs(void **state)
{
	struct desk *desk = *state;
	struct node *p = para(desk->arena, "The ");
	chars(desk->arena, element(desk->arena, p, TAG_EM), "AVAnt-garde");
	chars(desk->arena, element(desk->arena, p, TAG_STRONG), " of Tyne");
	note(desk->arena, p, 1);
	struct paragraph *paragraph = shaped(desk, p);
	int at = 0;
	for (int i = 0; i < paragraph->item_count; i++) {
		const struct item *item = &paragraph->items[i];
		assert_int_equal(item->from, at);
		at = item->to;
		if (item->kind != ITEM_PENALTY)
			assert_int_equal(item->width,
				text_width(desk->text, paragraph, item->from, item->to));
	}
	assert_int_equal(at, paragraph->glyph_count);
}

#define fake_test(test) cmocka_unit_test_setup_teardown(test, setup_fake, teardown_text)
#define sans_test(test) cmocka_unit_test_setup_teardown(test, setup_sans, teardown_text)
#define serif_test(test) cmocka_unit_test_setup_teardown(test, setup_serif, teardown_text)

int main(void)
{
	const struct CMUnitTest tests[] = {
		fake_test(words_are_boxes_and_blanks_are_glue),
		fake_test(an_empty_paragraph_is_one_forced_penalty),
		fake_test(a_hyphen_has_its_width),
		fake_test(a_mark_is_part_of_its_words_box),
		fake_test(a_br_forces_and_its_blank_stands_behind),
		fake_test(a_no_break_space_stretches_but_ends_no_line),
		fake_test(an_address_may_end_a_line_at_a_cost),
		fake_test(a_word_of_any_length_has_a_width),
		serif_test(a_ligature_is_not_divided),
		sans_test(a_letter_and_its_mark_are_not_divided),
		cmocka_unit_test(a_line_is_as_wide_as_what_is_set_in_it),
		sans_test(nothing_is_kerned_over_a_br),
		sans_test(widths_of_items_are_widths_of_their_glyphs),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
