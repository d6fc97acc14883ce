/* Text set together from words against the same text shaped in one go. */
#include "text/text_int.h"

#include "text_nodes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>

static const char *const words[] = {"Dear", "Mr", "Tudur", "T\u0177", "Gwyn", "\u0175yl", "AVA",
	"To", "Yours", "P.", "V,", "W.", "A", "y", "r.", "fi", "office", "11", "1",
	"2019\u20132021", "\u00A33,000", "(VRU)", "\u201CTo", "be\u201D", "L\u2019Arche", "\u2014",
	"-", "\u00C9t\u00E9", "Llanfair-ym-Muallt", "commissioner\u2019s", "w\u0302yl",
	"wo\u00ADrd", "\u03B1", "a\u00A0b", "Te\u200Bxt", "\u2603", "q\u0308"};

static const char *const usual[] = {"Dear", "Mr", "Tudur", "T\u0177", "Gwyn", "\u0175yl", "AVA",
	"To", "Yours", "P.", "V,", "W.", "A", "y", "r.", "fi", "11", "1", "\u201CTo", "be\u201D",
	"L\u2019Arche"};

static const char *pick(const char *const *from, size_t count)
{
	return from[(size_t)rand() % count];
}

/* Up to 14 words, sometimes with two blanks, a blank at an end, or a few random letters. */
static struct str random_text(struct arena *arena)
{
	struct buf out = {0};
	bool wild = rand() % 4 == 0;
	for (int i = 0, n = 1 + rand() % 14; i < n; i++) {
		if (i || rand() % 8 == 0)
			buf_char(&out, ' ');
		if (rand() % 20 == 0)
			buf_char(&out, ' ');
		if (rand() % 3)
			buf_puts(&out,
				wild ? pick(words, sizeof words / sizeof *words)
				     : pick(usual, sizeof usual / sizeof *usual));
		else
			for (int k = 1 + rand() % 5; k > 0; k--)
				buf_char(&out, (char)('!' + rand() % ('~' - '!' + 1)));
	}
	if (rand() % 8 == 0)
		buf_char(&out, ' ');
	struct str text = str_copy(arena, buf_text(&out));
	buf_free(&out);
	return text;
}

static bool same_glyph(const struct glyph *a, const struct glyph *b)
{
	return a->id == b->id && a->unsafe == b->unsafe && a->advance == b->advance &&
		a->dx == b->dx && a->dy == b->dy && a->cluster == b->cluster;
}

static bool same_glyphs(const struct paragraph *a, const struct paragraph *b)
{
	if (a->glyph_count != b->glyph_count || a->run_count != b->run_count)
		return false;
	for (int i = 0; i < a->glyph_count; i++)
		if (!same_glyph(&a->glyphs[i], &b->glyphs[i]))
			return false;
	return true;
}

static void forbid_words(struct text *text)
{
	for (int i = 0; i < text->fonts.len; i++)
		text->fonts.at[i].words_apart = NULL;
}

/* Compares many texts in all four cuts, with a cache that fills as it goes. */
static void compare(const char *family)
{
	struct style style = plain_style(family);
	struct text_style cut = style.block[TAG_P].text;
	struct diags *diags = diags_new();
	struct text *text = text_new(&style, diags), *plain = text_new(&style, diags);
	assert_true(font_words_apart(&text->fonts.at[0]));
	forbid_words(plain);
	struct shaper *by_words = shaper_new(text), *in_one_go = shaper_new(plain);
	struct arena *arena = arena_new();
	for (int round = 0; round < 12000; round++) {
		struct str sample = random_text(arena);
		cut.bold = round & 1;
		cut.italic = round & 2;
		struct paragraph *a = text_shape_plain(
			by_words, arena, (struct plain_text){sample, str_lit("cy")}, &cut, diags);
		struct paragraph *b = text_shape_plain(
			in_one_go, arena, (struct plain_text){sample, str_lit("cy")}, &cut, diags);
		if (!same_glyphs(a, b))
			fail_msg("\"%s\"", sample.at);
		arena_reset(arena);
		diags_clear(diags);
	}
	arena_free(arena);
	shaper_free(by_words);
	shaper_free(in_one_go);
	text_free(text);
	text_free(plain);
	diags_free(diags);
}

static void words_give_what_the_whole_line_gives(void **state)
{
	(void)state;
	srand(1455);
	compare("Liberation Sans, DejaVu Sans");
	compare("Liberation Serif");
}

static void a_blank_between_two_kerns_is_not_a_blank(void **state)
{
	(void)state;
	struct style style = plain_style("Liberation Sans");
	struct diags *diags = diags_new();
	struct text *text = text_new(&style, diags);
	struct shaper *shaper = shaper_new(text);
	struct arena *arena = arena_new();
	struct paragraph *paragraph = text_shape_plain(shaper, arena,
		(struct plain_text){str_lit("a A a"), str_lit("en")}, &style.block[TAG_P].text,
		diags);
	assert_true(paragraph->glyphs[1].advance < text->fonts.at[0].space);
	assert_int_equal(paragraph->glyphs[3].advance, text->fonts.at[0].space);
	arena_free(arena);
	shaper_free(shaper);
	text_free(text);
	diags_free(diags);
}

static void a_font_whose_rules_go_by_class_is_shaped_in_one_go(void **state)
{
	(void)state;
	struct style style = plain_style("DejaVu Sans");
	struct diags *diags = diags_new();
	struct text *text = text_new(&style, diags);
	assert_false(font_words_apart(&text->fonts.at[0]));
	text_free(text);
	diags_free(diags);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_give_what_the_whole_line_gives),
		cmocka_unit_test(a_blank_between_two_kerns_is_not_a_blank),
		cmocka_unit_test(a_font_whose_rules_go_by_class_is_shaped_in_one_go),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
