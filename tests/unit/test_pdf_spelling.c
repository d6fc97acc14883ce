/* What glyphs say whose order is not that of the text, and which words state their text. */
#include "pdf/content_int.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* A mark of glyphs 1, 2, …, each of the cluster that begins at its byte. */
static struct mark mark_of(struct glyph *glyphs, const char *text, const int *clusters)
{
	struct mark mark = {.kind = MARK_GLYPHS, .glyphs = glyphs, .text = str_of(text)};
	for (; clusters[mark.glyph_count] >= 0; mark.glyph_count++)
		glyphs[mark.glyph_count] = (struct glyph){.id = (uint16_t)(mark.glyph_count + 1),
			.cluster = clusters[mark.glyph_count]};
	mark.text_to = mark.text.len;
	return mark;
}

/* The codes of a mark, in the order in which they stand on the page, each "says advance/glyphs". */
static const char *shown(struct arena *arena, struct mark *mark)
{
	struct slot slots[8] = {{0}};
	struct font font = {.slots = slots, .units_per_em = 1000, .glyph_count = 8, .joined = true};
	const struct pdf pdf = {.fonts = &font, .font_count = 1};
	struct font_use use = {.coded.glyphs = hb_set_create()};
	struct pdf_writer writer = {.pdf = &pdf, .arena = arena, .fonts = &use};
	struct buf page = {0}, out = {0};
	struct content content = {.writer = &writer, .out = &page, .face = -1};
	mark->height = pt(10);
	glyphs_put(&content, mark, 0, mark->glyph_count);
	for (int i = 0; i < use.coded.codes.len; i++) {
		const struct code *code = &use.coded.codes.at[i];
		buf_format(&out, "%s%.*s %d/%d", i ? "|" : "", str_arg(code->text), code->advance,
			code->piece_count);
	}
	hb_set_destroy(use.coded.glyphs);
	map_free(&use.coded.by_key);
	const char *result = str_copy(arena, buf_text(&out)).at;
	buf_free(&page);
	buf_free(&out);
	return result;
}

static void each_character_has_a_code_and_the_first_draws_all(void **state)
{
	static const struct {
		const char *text;
		int clusters[6];
		bool leftwards;
		const char *shown;
	} cases[] = {
		{"\u0915\u093F", {0, 0, -1}, false, "\u0915 600/2|\u093F 600/0"},
		{"\u0938\u094D\u0925", {0, 0, -1}, false, "\u0938 599/2|\u094D 1/0|\u0925 600/0"},
		{"\u0915\u094D\u0937", {0, -1}, false, "\u0915 299/1|\u094D 1/0|\u0937 300/0"},
		{"\u0B95\u0BCB", {0, 0, 0, -1}, false, "\u0B95 900/3|\u0BCB 900/0"},
		{"\u179F\u17C0", {0, 0, 0, -1}, false, "\u179F 900/3|\u17C0 900/0"},
		{"\u0915 \u0916", {0, 3, 4, -1}, false, "\u0915 600/1|  600/1|\u0916 600/1"},
		{"\u0644\u0627", {0, -1}, true, "\u0627 300/0|\u0644 300/1"},
		{"\u0628\u0651", {0, 0, -1}, true, "\u0651 1/0|\u0628 1199/2"},
		{"\u0628\u062D", {0, 2, -1}, true, "\u062D 600/1|\u0628 600/1"},
		{"\u200F", {0, -1}, true, "\u200D 600/1"},
	};
	struct arena *arena = arena_new();
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct glyph glyphs[6];
		struct mark mark = mark_of(glyphs, cases[i].text, cases[i].clusters);
		mark.leftwards = cases[i].leftwards;
		for (int k = 0; k < mark.glyph_count; k++)
			glyphs[k].advance = 600;
		assert_string_equal(shown(arena, &mark), cases[i].shown);
	}
	arena_free(arena);
}

/* From the left: the pen stands at the first character's share, which comes last. */
static void what_draws_all_stands_where_all_begins(void **state)
{
	struct glyph glyphs[2];
	struct mark mark = mark_of(glyphs, "\u0644\u0627", (const int[]){0, 0, -1});
	const struct font font = {.units_per_em = 1000};
	struct arena *arena = arena_new();
	(void)state;
	glyphs[0].advance = 500;
	glyphs[1].advance = 300;
	glyphs[1].dy = 70;
	for (int i = 0; i < 2; i++) {
		mark.leftwards = i == 1;
		struct coded_cluster cluster = coded_cluster(arena, &mark, 1);
		struct code code = coded_drawing(arena, &mark, &cluster, &font);
		assert_int_equal(code.advance, 400);
		assert_int_equal(code.pieces[0].glyph, mark.leftwards ? 2 : 1);
		assert_int_equal(code.pieces[0].dx, mark.leftwards ? -400 : 0);
		assert_int_equal(code.pieces[0].dy, mark.leftwards ? 70 : 0);
		assert_int_equal(code.pieces[1].dx, mark.leftwards ? -100 : 500);
	}
	arena_free(arena);
}

/* A step back would part a word, and a glyph of no width is one that was stepped back for. */
static void what_is_of_no_width_moves_the_pen_by_a_little(void **state)
{
	struct slot slots[8] = {{0}};
	struct font font = {.slots = slots, .units_per_em = 1000, .glyph_count = 8};
	const struct pdf pdf = {.fonts = &font, .font_count = 1};
	struct font_use use = {.coded.glyphs = hb_set_create()};
	struct arena *arena = arena_new();
	struct pdf_writer writer = {.pdf = &pdf, .arena = arena, .fonts = &use};
	struct buf page = {0};
	struct content content = {.writer = &writer, .out = &page, .face = -1};
	struct glyph glyphs[4];
	struct mark mark = mark_of(glyphs, "\u0644\u0627\u0628", (const int[]){0, 2, 4, -1});
	(void)state;
	mark.leftwards = true;
	mark.height = pt(10);
	glyphs[0].advance = glyphs[2].advance = 600;
	glyphs_put(&content, &mark, 0, 3);
	assert_int_equal(use.coded.codes.at[1].advance, 1);
	assert_true(str_find(buf_text(&page), "[(") >= 0);
	assert_int_equal(str_find(buf_text(&page), ")-") + str_find(buf_text(&page), ")1"), -2);
	hb_set_destroy(use.coded.glyphs);
	map_free(&use.coded.by_key);
	buf_free(&page);
	arena_free(arena);
}

static void scripts_whose_signs_are_joined_have_codes(void **state)
{
	static const struct {
		const char *text;
		bool coded;
	} cases[] = {{"word", false}, {"Tŷ Gwyn", false}, {"Việt", false}, {"日本", false},
		{"안내", false}, {"\u1EB8\u0300", false}, {"नमस्ते", true}, {"สวน", true},
		{"ភូមិ", true}, {"a ကို", true}, {"བོད", true}, {"\uA98F", true}};
	const struct font font = {.joined = true}, cff = {.joined = true, .cff = true};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct glyph glyph = {0};
		struct mark mark = mark_of(&glyph, cases[i].text, (const int[]){0, -1});
		assert_int_equal(is_coded(&font, &mark, false), cases[i].coded);
		assert_false(is_coded(&cff, &mark, false));
	}
}

/* "ab cde f": no glyph is beside its place but the one in question. */
static void a_word_with_a_glyph_beside_its_place_states_its_text(void **state)
{
	static const int clusters[] = {0, 1, 2, 3, 4, 5, 6, 7, -1};
	static const struct {
		int glyph, from, end, next;
	} cases[] = {{0, 0, 2, 0}, {1, 0, 2, 0}, {4, 0, 0, 3}, {4, 3, 6, 3}, {5, 2, 0, 3},
		{7, 7, 8, 7}, {1, 3, 0, 8}, {2, 0, 0, 8}};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct glyph glyphs[8];
		struct mark mark = mark_of(glyphs, "ab cde f", clusters);
		int next = -1;
		glyphs[cases[i].glyph].dy = 100;
		assert_int_equal(spell_displaced(&mark, cases[i].from, &next), cases[i].end);
		if (!cases[i].end)
			assert_int_equal(next, cases[i].next);
	}
}

/* Digits say superscript ones in a font of their own, which fonts of other characters have not. */
static void the_mark_of_a_note_has_a_code_where_no_font_says_it(void **state)
{
	struct slot slots[3] = {{0}, {.unicode = '1'}, {.unicode = '1', .group = 1}};
	const struct font font = {.slots = slots, .units_per_em = 1000, .glyph_count = 3};
	struct glyph glyphs[1];
	struct mark mark = mark_of(glyphs, "\u00B9", (const int[]){0, -1});
	(void)state;
	assert_true(is_coded(&font, &mark, true));
	assert_false(is_coded(&font, &mark, false));
	glyphs[0].id = 2;
	assert_false(is_coded(&font, &mark, true));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_character_has_a_code_and_the_first_draws_all),
		cmocka_unit_test(what_draws_all_stands_where_all_begins),
		cmocka_unit_test(what_is_of_no_width_moves_the_pen_by_a_little),
		cmocka_unit_test(scripts_whose_signs_are_joined_have_codes),
		cmocka_unit_test(a_word_with_a_glyph_beside_its_place_states_its_text),
		cmocka_unit_test(the_mark_of_a_note_has_a_code_where_no_font_says_it),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
