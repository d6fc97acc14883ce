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

/* What each says, with bars between. */
static const char *said(struct arena *arena, const struct mark *mark)
{
	struct coded coded = {.glyphs = hb_set_create()};
	struct buf out = {0};
	for (int i = 0; i < mark->glyph_count; i++) {
		unsigned code = coded_find(arena, &coded, mark, i);
		if (i)
			buf_char(&out, '|');
		buf_str(&out, coded.codes.at[code - 1].text);
	}
	hb_set_destroy(coded.glyphs);
	map_free(&coded.by_key);
	const char *result = str_copy(arena, buf_text(&out)).at;
	buf_free(&out);
	return result;
}

static void glyphs_of_a_cluster_say_its_text_one_after_the_other(void **state)
{
	static const struct {
		const char *text;
		int clusters[6];
		const char *said;
	} cases[] = {
		{"\u0915\u093F", {0, 0, -1}, "\u0915|\u093F"}, /* drawn in the other order */
		{"\u0938\u094D\u0925", {0, 0, -1}, "\u0938|\u094D\u0925"},
		{"\u0915\u094D\u0937", {0, -1}, "\u0915\u094D\u0937"},
		{"\u0B95\u0BCB", {0, 0, 0, -1}, "\u0B95|\u0BC7|\u0BBE"}, /* a vowel on two sides */
		{"\u179F\u17C0", {0, 0, 0, -1}, "\u179F|\u17C0|\u200D"}, /* one that is no two */
		{"\u0915 \u0916", {0, 3, 4, -1}, "\u0915| |\u0916"},
	};
	struct arena *arena = arena_new();
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct glyph glyphs[6];
		struct mark mark = mark_of(glyphs, cases[i].text, cases[i].clusters);
		assert_string_equal(said(arena, &mark), cases[i].said);
	}
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
		assert_int_equal(is_coded(&font, &mark), cases[i].coded);
		assert_false(is_coded(&cff, &mark));
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
		assert_int_equal(spell_displaced(NULL, &mark, cases[i].from, &next), cases[i].end);
		if (!cases[i].end)
			assert_int_equal(next, cases[i].next);
	}
}

static void so_does_a_word_with_more_glyphs_than_characters(void **state)
{
	struct slot slots[4] = {{0}, {.advance = 600}, {.advance = 600}, {.advance = 600}};
	const struct font font = {.units_per_em = 1000, .glyph_count = 4, .slots = slots};
	struct glyph glyphs[5];
	int next;
	struct mark mark = mark_of(glyphs, "a\u17C0", (const int[]){0, 1, 1, -1});
	(void)state;
	for (int i = 0; i < mark.glyph_count; i++)
		glyphs[i].advance = 600;
	assert_int_equal(spell_displaced(&font, &mark, 0, &next), 3);
	mark = mark_of(glyphs, "a\u17C0", (const int[]){0, 0, -1});
	for (int i = 0; i < mark.glyph_count; i++)
		glyphs[i].advance = 600;
	assert_int_equal(spell_displaced(&font, &mark, 0, &next), 0);
	assert_int_equal(next, 2);
}

static void so_does_one_with_a_sign_that_is_moved_by_far_or_narrow(void **state)
{
	struct slot slots[4] = {{0}, {.advance = 600}, {.advance = 600}, {.advance = 600}};
	const struct font font = {.units_per_em = 1000, .glyph_count = 4, .slots = slots};
	struct glyph glyphs[3];
	int next;
	struct mark mark = mark_of(glyphs, "abc", (const int[]){0, 1, 2, -1});
	(void)state;
	for (int i = 0; i < 3; i++)
		glyphs[i].advance = 600;
	glyphs[1].advance = 510;
	assert_int_equal(spell_displaced(&font, &mark, 0, &next), 0);
	glyphs[1].advance = 500;
	assert_int_equal(spell_displaced(&font, &mark, 0, &next), 3);
	assert_int_equal(spell_displaced(NULL, &mark, 0, &next), 0);
	slots[2].advance = 99;
	glyphs[1].advance = 99;
	assert_int_equal(spell_displaced(&font, &mark, 0, &next), 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(glyphs_of_a_cluster_say_its_text_one_after_the_other),
		cmocka_unit_test(scripts_whose_signs_are_joined_have_codes),
		cmocka_unit_test(a_word_with_a_glyph_beside_its_place_states_its_text),
		cmocka_unit_test(so_does_a_word_with_more_glyphs_than_characters),
		cmocka_unit_test(so_does_one_with_a_sign_that_is_moved_by_far_or_narrow),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
