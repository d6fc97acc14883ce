/* Trees → flat text and spans. */
#include "text/text_int.h"

#include "text_nodes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

struct desk {
	struct arena *arena;
	struct style style;
	struct text *text;
	struct shaper *shaper;
	struct node *p;
};

static int setup(void **state)
{
	struct arena *arena = arena_new();
	struct desk *desk = arena_alloc(arena, sizeof *desk);
	*desk = (struct desk){.arena = arena, .style = plain_style("fake")};
	desk->text = text_new_fake();
	desk->shaper = shaper_new(desk->text);
	desk->p = element(arena, NULL, TAG_P);
	*state = desk;
	return 0;
}

static int teardown(void **state)
{
	struct desk *desk = *state;
	shaper_free(desk->shaper);
	text_free(desk->text);
	arena_free(desk->arena);
	return 0;
}

static struct flat flat_of(struct desk *desk)
{
	struct shape_options options = {&desk->style, &desk->style.block[TAG_P].text, false};
	return flatten(desk->shaper, desk->arena, desk->p, &options);
}

#define assert_text(desk, expected)                                    \
	do {                                                           \
		struct flat flat_ = flat_of(desk);                     \
		assert_string_equal(flat_.text.at, expected);          \
		assert_int_equal(flat_.text.len, sizeof expected - 1); \
	} while (0)

static void white_space_folds_over_the_borders_of_elements(void **state)
{
	struct desk *desk = *state;
	chars(desk->arena, desk->p, "  one ");
	chars(desk->arena, element(desk->arena, desk->p, TAG_EM), " two\n\t");
	chars(desk->arena, element(desk->arena, desk->p, TAG_FIELD), " ");
	chars(desk->arena, desk->p, "three ");
	assert_text(desk, "one two three");
}

static void nothing_but_white_space_is_an_empty_text(void **state)
{
	struct desk *desk = *state;
	chars(desk->arena, desk->p, " \n ");
	element(desk->arena, desk->p, TAG_BR);
	chars(desk->arena, desk->p, " ");
	assert_text(desk, "");
	assert_int_equal(flat_of(desk).span_count, 0);
}

static void a_blank_belongs_to_the_node_that_has_it_first(void **state)
{
	struct desk *desk = *state;
	struct node *one = chars(desk->arena, desk->p, "one ");
	struct node *two = chars(desk->arena, element(desk->arena, desk->p, TAG_EM), " two");
	struct flat flat = flat_of(desk);
	assert_int_equal(flat.span_count, 2);
	assert_ptr_equal(flat.spans[0].node, one);
	assert_ptr_equal(flat.spans[1].node, two);
	assert_int_equal(flat.spans[1].from, 4);
	assert_int_equal(flat_span_end(&flat, 0), 4);
	assert_int_equal(flat_span_end(&flat, 1), 7);
	assert_int_equal(flat.spans[1].node_offset, two->id - desk->p->id);
}

static void a_br_is_a_blank_of_its_own_without_others_beside_it(void **state)
{
	struct desk *desk = *state;
	chars(desk->arena, desk->p, "one ");
	element(desk->arena, desk->p, TAG_BR);
	chars(desk->arena, desk->p, " two");
	assert_text(desk, "one two");
	struct flat flat = flat_of(desk);
	assert_int_equal(flat.span_count, 3);
	assert_true(flat.spans[1].forced);
	assert_int_equal(flat.spans[1].from, 3);
}

static void a_br_at_either_end_is_nothing(void **state)
{
	struct desk *desk = *state;
	element(desk->arena, desk->p, TAG_BR);
	chars(desk->arena, desk->p, "one");
	element(desk->arena, desk->p, TAG_BR);
	element(desk->arena, desk->p, TAG_BR);
	chars(desk->arena, desk->p, "  ");
	assert_text(desk, "one");
}

static void a_note_is_its_number_small_and_raised(void **state)
{
	struct desk *desk = *state;
	chars(desk->arena, desk->p, "word");
	chars(desk->arena, note(desk->arena, desk->p, 12), "the note's own text");
	chars(desk->arena, desk->p, " on");
	assert_text(desk, "word12 on");
	struct flat flat = flat_of(desk);
	assert_true(flat.spans[1].mark);
	assert_int_equal(flat.spans[1].size, pt(7));
	assert_int_equal(flat.spans[1].rise, pt(3));
	assert_int_equal(flat.spans[2].size, pt(10));
	assert_int_equal(flat.spans[2].rise, 0);
}

static void a_notes_number_is_in_the_letters_figures(void **state)
{
	struct desk *desk = *state;
	desk->p->lang = str_lit("fa");
	chars(desk->arena, desk->p, "word");
	note(desk->arena, desk->p, 12)->lang = str_lit("en");
	assert_text(desk, "word۱۲");
	struct flat flat = flat_of(desk);
	assert_true(flat.spans[1].mark);
	assert_int_equal(flat.spans[1].size, pt(7));
	assert_int_equal(flat.spans[1].rise, pt(3));
}

static void an_inline_takes_colour_only_where_its_style_has_one(void **state)
{
	struct desk *desk = *state;
	for (int tag = 0; tag < TAG_COUNT; tag++)
		desk->style.block[tag].text.colour = 0x111111;
	desk->style.block[TAG_P].text.colour = 0x102030;
	desk->style.block[TAG_LINK].text.colour = 0x0000FF;
	chars(desk->arena, desk->p, "a");
	struct node *link = element(desk->arena, desk->p, TAG_LINK);
	chars(desk->arena, element(desk->arena, link, TAG_EM), "b");
	chars(desk->arena, element(desk->arena, desk->p, TAG_EM), "c");
	struct flat flat = flat_of(desk);
	assert_int_equal(flat.spans[0].colour, 0x102030);
	assert_int_equal(flat.spans[1].colour, 0x0000FF);
	assert_int_equal(flat.spans[2].colour, 0x102030);
}

static void a_letter_in_bold_leaves_its_plain_blocks_plain(void **state)
{
	struct desk *desk = *state;
	struct text *text = desk->text;
	*vec_push(text->arena, &text->chains) = (struct chain){
		.family = str_lit("fake"), .bold = true, .count = 1};
	for (int tag = 0; tag < TAG_COUNT; tag++)
		desk->style.block[tag].text.bold = true;
	desk->style.block[TAG_P].text.bold = false;
	chars(desk->arena, element(desk->arena, desk->p, TAG_FIELD), "a");
	assert_int_equal(flat_of(desk).spans[0].chain, 0);
	desk->style.block[TAG_TEXT].text.bold = false;
	assert_int_equal(flat_of(desk).spans[0].chain, 1);
}

static void an_address_is_known_as_one(void **state)
{
	struct desk *desk = *state;
	chars(desk->arena, desk->p, "to ");
	chars(desk->arena, element(desk->arena, desk->p, TAG_EMAIL), "a@b.uk");
	struct flat flat = flat_of(desk);
	assert_false(flat.spans[0].email);
	assert_true(flat.spans[1].email);
}

#define desk_test(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

/* EB Garamond's face for 8 pt has no U+2212, Liberation Sans has. */
static void the_minus_of_a_value_is_a_hyphen_where_no_face_has_it(void **state)
{
	static const struct {
		const char *family, *text, *expected;
		enum holds holds;
	} rows[] = {
		{"EB Garamond 08", "−£57.93", "-£57.93", HOLDS_VALUE},
		{"EB Garamond 08", "£−57.93", "£-57.93", HOLDS_VALUE},
		{"EB Garamond 08, Liberation Sans", "−57,93 €", "−57,93 €", HOLDS_VALUE},
		{"Liberation Sans", "−57,93 €", "−57,93 €", HOLDS_VALUE},
		{"EB Garamond 08", "−57", "−57", HOLDS_NOTHING},
	};
	struct desk *desk = *state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct diags *diags = diags_new();
		struct desk real = {.arena = desk->arena, .style = plain_style(rows[i].family)};
		real.text = text_new(&real.style, diags);
		assert_non_null(real.text);
		real.shaper = shaper_new(real.text);
		real.p = element(real.arena, NULL, TAG_P);
		chars(real.arena, real.p, rows[i].text)->holds = rows[i].holds;
		assert_string_equal(flat_of(&real).text.at, rows[i].expected);
		shaper_free(real.shaper);
		text_free(real.text);
		diags_free(diags);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		desk_test(white_space_folds_over_the_borders_of_elements),
		desk_test(nothing_but_white_space_is_an_empty_text),
		desk_test(a_blank_belongs_to_the_node_that_has_it_first),
		desk_test(a_br_is_a_blank_of_its_own_without_others_beside_it),
		desk_test(a_br_at_either_end_is_nothing),
		desk_test(a_note_is_its_number_small_and_raised),
		desk_test(a_notes_number_is_in_the_letters_figures),
		desk_test(an_inline_takes_colour_only_where_its_style_has_one),
		desk_test(a_letter_in_bold_leaves_its_plain_blocks_plain),
		desk_test(an_address_is_known_as_one),
		cmocka_unit_test_setup_teardown(
			the_minus_of_a_value_is_a_hyphen_where_no_face_has_it, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
