/* Glyphs that draw nothing of what they stand for, as those of fonts of pictures: missing, by name;
 * what is blank by its nature is not. */
#include "font_folder.h"

static hb_codepoint_t nominal(hb_font_t *hb, uint32_t character)
{
	hb_codepoint_t id = 0;
	assert_true(hb_font_get_nominal_glyph(hb, character, &id));
	return id;
}

static unsigned u32_at(const char *at)
{
	const unsigned char *byte = (const unsigned char *)at;
	return (unsigned)byte[0] << 24 | (unsigned)byte[1] << 16 | (unsigned)byte[2] << 8 | byte[3];
}

/* Where a glyph's outline is in Liberation Sans, whose table loca is of 32 bits. */
struct outline {
	char *row, *at; /* in loca, in glyf */
	unsigned len;
};
static struct outline outline_of(
	struct desk *desk, char *font, struct str whole, uint32_t character)
{
	struct text text = {.arena = desk->arena};
	write_file(desk, "whole.ttf", whole);
	assert_null(font_load(&text, path_of(desk, "whole.ttf"), 0, &(struct cut){0}));
	char *row = font + table_at(whole, "loca") + 4 * nominal(text.fonts.at[0].hb, character);
	font_free(&text.fonts.at[0]);
	unlink(path_of(desk, "whole.ttf"));
	unsigned from = u32_at(row), to = u32_at(row + 4);
	assert_true(from < to);
	return (struct outline){row, font + table_at(whole, "glyf") + from, to - from};
}

/* It begins where the next does. */
static void make_empty(const struct outline *outline)
{
	memcpy(outline->row, outline->row + 4, 4);
}

/* One contour of the points (0, 0) and (255, 255), as in fonts of pictures to have a box. */
static void make_line(const struct outline *outline)
{
	static const char line[] = {0, 1, 0, 0, 0, 0, 0, (char)255, 0, (char)255, 0, 1, 0, 0, 0x31,
		0x37, (char)255, (char)255};
	assert_true(outline->len > sizeof line);
	memcpy(outline->at, line, sizeof line);
}

/* Liberation Sans whose x is empty and whose hyphen is, and whose w is a line. */
static void open_text(struct desk *desk, const char *family)
{
	struct str whole = installed(desk, "Liberation Sans"),
		   other = installed(desk, "DejaVu Sans");
	char *font = str_chars(desk->arena, whole);
	struct outline x = outline_of(desk, font, whole, 'x'),
		       w = outline_of(desk, font, whole, 'w'),
		       hyphen = outline_of(desk, font, whole, '-'),
		       u2010 = outline_of(desk, font, whole, 0x2010);
	make_empty(&x);
	make_line(&w);
	make_empty(&hyphen);
	make_empty(&u2010);
	write_file(desk, "sans.ttf", (struct str){font, whole.len});
	write_file(desk, "other.ttf", other);
	use_folder(desk);
	desk->style = plain_style(family);
	desk->text = text_new(&desk->style, desk->diags);
	assert_non_null(desk->text);
	desk->shaper = shaper_new(desk->text);
	diags_clear(desk->diags);
}

static struct paragraph *shaped(struct desk *desk, const char *text)
{
	struct shape_options options = {
		.style = &desk->style, .text = &desk->style.block[TAG_P].text};
	diags_clear(desk->diags);
	return text_shape(
		desk->shaper, desk->arena, para(desk->arena, text), &options, desk->diags);
}

static void what_would_not_be_seen_is_missing(void **state)
{
	static const struct {
		const char *text, *missing;
	} rows[] = {{"fox", "U+0078"}, {"wide", "U+0077"}, {"x", "U+0078"}, {"hide", NULL},
		{"hi\u00A0de it", NULL}, {"hi\u00ADde", NULL}, {"hi\u200Bde", NULL}};
	struct desk *desk = *state;
	open_text(desk, "Liberation Sans");
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		shaped(desk, rows[i].text);
		assert_int_equal(diags_failed(desk->diags), rows[i].missing != NULL);
		if (!rows[i].missing)
			continue;
		const struct diag *diag = diags_at(desk->diags, 0);
		assert_int_equal(diag->id, DIAG_GLYPH);
		assert_non_null(strstr(diag->text, rows[i].missing));
		assert_non_null(strstr(diag->text, "a picture or an empty glyph"));
	}
}

static void its_word_is_set_in_the_next_family(void **state)
{
	struct desk *desk = *state;
	open_text(desk, "Liberation Sans, DejaVu Sans");
	struct paragraph *paragraph = shaped(desk, "a quick fox hides");
	assert_int_equal(diags_len(desk->diags), 1);
	assert_int_equal(diags_at(desk->diags, 0)->id, DIAG_FALLBACK);
	assert_non_null(strstr(diags_at(desk->diags, 0)->text, "\"fox\" is set in other.ttf"));
	assert_int_equal(paragraph->run_count, 3);
	const struct run *fox = &paragraph->runs[1];
	assert_int_equal(fox->face, paragraph->runs[0].face + 1);
	assert_int_equal(paragraph->glyphs[fox->from].cluster, 8);
	assert_int_equal(fox->to - fox->from, 3);
}

/* Else a line would end in the glyph of a missing character, or in nothing. */
static void no_word_is_divided_by_a_hyphen_that_is_not_seen(void **state)
{
	struct desk *desk = *state;
	open_text(desk, "Liberation Sans");
	struct paragraph *paragraph = shaped(desk, "hi\u00ADde");
	for (int i = 0; i < paragraph->item_count; i++)
		assert_false(paragraph->items[i].hyphen);
}

/* A buffer as a rule of the font left it: an empty glyph in place of the first of two characters,
 * each a cluster; the same in place of both. */
static void an_empty_glyph_in_place_of_a_drawn_one_is_no_fault(void **state)
{
	struct desk *desk = *state;
	open_text(desk, "DejaVu Sans");
	const struct font *font = &desk->text->fonts.at[0];
	hb_codepoint_t blank = nominal(font->hb, ' '), arrow = nominal(font->hb, 0x2192);
	const struct {
		const char *text;
		hb_codepoint_t glyphs[2];
		unsigned clusters[2];
		bool missing;
	} rows[] = {{"->", {blank, arrow}, {0, 1}, false}, {"->", {blank, arrow}, {0, 0}, false},
		{"->", {blank, blank}, {0, 0}, true}, {"  ", {blank, blank}, {0, 0}, false}};
	hb_buffer_t *buffer = hb_buffer_create();
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		hb_buffer_clear_contents(buffer);
		for (int k = 0; k < 2; k++)
			hb_buffer_add(buffer, rows[i].glyphs[k], rows[i].clusters[k]);
		const struct shape_input input = {.text = str_of(rows[i].text), .to = 2};
		seen_drop(buffer, font, &input);
		assert_int_equal(hb_buffer_get_glyph_infos(buffer, NULL)[0].codepoint,
			rows[i].missing ? 0 : blank);
	}
	hb_buffer_destroy(buffer);
}

static void what_is_blank_by_its_nature_is_not_to_be_seen(void **state)
{
	static const uint32_t blank[] = {' ', 0xA0, 0xAD, 0x3000, 0x200D, 0xFE0F, 0x2800, 0x3164,
		0x17D2, 0x1039, 0x180B, 0xE0061, 0x206A},
			      seen[] = {'a', '-', 0x301, 0x600, 0x94D, 0x1F600, 0xE000, 0x20E3};
	(void)state;
	for (size_t i = 0; i < sizeof blank / sizeof *blank; i++)
		assert_false(character_is_seen(blank[i]));
	for (size_t i = 0; i < sizeof seen / sizeof *seen; i++)
		assert_true(character_is_seen(seen[i]));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		desk_test(what_would_not_be_seen_is_missing),
		desk_test(its_word_is_set_in_the_next_family),
		desk_test(no_word_is_divided_by_a_hyphen_that_is_not_seen),
		desk_test(an_empty_glyph_in_place_of_a_drawn_one_is_no_fault),
		desk_test(what_is_blank_by_its_nature_is_not_to_be_seen),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
