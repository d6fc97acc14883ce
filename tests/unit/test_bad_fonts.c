/* Fonts that may not be embedded, that are none, that are damaged: refused by name, or harmless. */
#include "font_folder.h"

/* Each with the version of the table, since when there are more bits than those of usage. */
static void a_font_that_may_not_be_embedded_so_is_refused(void **state)
{
	static const struct {
		char version, high, low;
		const char *says; /* NULL: it is taken */
	} rows[] = {
		{3, 0x00, 0x02, " forbids embedding (OS/2 fsType)"},
		{3, 0x00, 0x06, NULL}, /* and "print and preview": the more lenient holds */
		{3, 0x01, 0x08, " forbids embedding in part"},
		{3, 0x02, 0x00, " allows no embedding but of bitmaps"},
		{1, 0x03, 0x00, NULL},
		{1, 0x03, 0x02, " forbids embedding (OS/2 fsType)"},
	};
	struct desk *desk = *state;
	struct str whole = installed(desk, "Liberation Sans");
	char *at = str_chars(desk->arena, whole), *table = at + table_at(whole, "OS/2");
	struct style style = plain_style("Liberation Sans");
	use_folder(desk);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		table[1] = rows[i].version;
		table[8] = rows[i].high;
		table[9] = rows[i].low;
		write_file(desk, "sans.ttf", (struct str){at, whole.len});
		diags_clear(desk->diags);
		if (rows[i].says) {
			assert_refused(desk, "Liberation Sans", DIAG_FONT_LICENCE);
			assert_non_null(strstr(diags_at(desk->diags, 0)->text, rows[i].says));
			continue;
		}
		struct text *text = text_new(&style, desk->diags);
		assert_non_null(text);
		text_free(text);
	}
}

static void what_is_not_a_font_is_said(void **state)
{
	struct desk *desk = *state;
	struct text text = {.arena = desk->arena};
	write_file(desk, "note.txt", str_lit("this is not a font"));
	assert_non_null(strstr(font_load(&text, path_of(desk, "note.txt"), 0, &(struct cut){0}),
		"not a TrueType"));
	assert_non_null(strstr(
		font_load(&text, path_of(desk, "none"), 0, &(struct cut){0}), "cannot be read"));
	assert_non_null(
		strstr(font_load(&text, path_of(desk, "note.txt"), 1 << 16, &(struct cut){0}),
			"not a TrueType"));
	assert_int_equal(text.faces.len, 0);
}

/* Written over in place, so that fontconfig still takes it for what it was. */
static void a_font_that_was_spoilt_is_said(void **state)
{
	struct desk *desk = *state;
	struct style style = plain_style("Liberation Sans");
	style.block[TAG_STRONG].text.bold = false;
	style.block[TAG_EM].text.italic = false;
	write_file(desk, "sans.ttf", installed(desk, "Liberation Sans"));
	use_folder(desk);
	text_free(text_new(&style, desk->diags));
	assert_int_equal(diags_len(desk->diags), 0);
	FILE *file = fopen(path_of(desk, "sans.ttf"), "w");
	fputs("spoilt", file);
	fclose(file);
	assert_refused(desk, "Liberation Sans", DIAG_FONT_READ);
}

/* The tables of a damaged font lead to glyphs behind its last: by the character alone, and by a
 * rule that joins two that are there. */
static void a_glyph_that_the_font_does_not_have_is_missing(void **state)
{
	enum { GLYPHS = 1000, COUNT_AT = 4 };
	struct desk *desk = *state;
	struct str whole = installed(desk, "DejaVu Sans");
	char *at = str_chars(desk->arena, whole);
	put_u16(at + table_at(whole, "maxp") + COUNT_AT, GLYPHS);
	write_file(desk, "sans.ttf", (struct str){at, whole.len});
	use_folder(desk);
	static const struct {
		const char *text, *missing;
	} rows[] = {{"fi", "U+0066"}, {"x\u2022", "U+2022"}, {"fox", NULL}};
	struct style style = plain_style("DejaVu Sans");
	struct text *text = text_new(&style, desk->diags);
	struct shaper *shaper = shaper_new(text);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		diags_clear(desk->diags);
		struct shape_options options = {.style = &style, .text = &style.block[TAG_P].text};
		struct paragraph *paragraph = text_shape(shaper, desk->arena,
			para(desk->arena, rows[i].text), &options, desk->diags);
		for (int k = 0; k < paragraph->glyph_count; k++)
			assert_true(paragraph->glyphs[k].id < GLYPHS);
		assert_int_equal(diags_failed(desk->diags), rows[i].missing != NULL);
		if (rows[i].missing)
			assert_non_null(strstr(diags_at(desk->diags, 0)->text, rows[i].missing));
	}
	shaper_free(shaper);
	text_free(text);
}

/* Of an em of 1,000 units, the most that a table can hold are 32 ems. */
static void measures_that_no_page_has_are_refused(void **state)
{
	static const struct {
		const char *table;
		int at, units;
	} rows[] = {{"hhea", 4, 0x7FFF}, {"hhea", 6, -0x8000}, {"OS/2", 88, 0x7FFF},
		{"post", 8, -0x8000}, {"post", 10, 0x7FFF}, {"head", 18, 64}};
	struct desk *desk = *state;
	struct str whole = installed(desk, "Liberation Sans");
	use_folder(desk);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char *at = str_chars(desk->arena, whole);
		put_u16(at + table_at(whole, "head") + 18, 1000);
		put_u16(at + table_at(whole, rows[i].table) + (unsigned)rows[i].at, rows[i].units);
		write_file(desk, "sans.ttf", (struct str){at, whole.len});
		diags_clear(desk->diags);
		assert_refused(desk, "Liberation Sans", DIAG_FONT_READ);
		assert_non_null(strstr(diags_at(desk->diags, 0)->text, "more than 16 ems"));
	}
}

static struct str name_table(char *font, struct str whole, const char *tag, const char *other)
{
	for (int i = 0; i < (unsigned char)font[5]; i++)
		if (memcmp(font + 12 + 16 * i, tag, 4) == 0)
			memcpy(font + 12 + 16 * i, other, 4);
	return (struct str){font, whole.len};
}

/* Liberation Sans with the largest advance that HarfBuzz knows for x, and such a kern between a
 * blank and an A, of which it gives half to either. GPOS goes before the table of kerns: it is
 * called otherwise. */
static struct str absurd(struct desk *desk, int units_per_em)
{
	enum { ROW = 4, FIRST_KERN = 4 + 14 + 4 };
	struct str whole = installed(desk, "Liberation Sans");
	struct text text = {.arena = desk->arena};
	write_file(desk, "sans.ttf", whole);
	assert_null(font_load(&text, path_of(desk, "sans.ttf"), 0, &(struct cut){0}));
	hb_codepoint_t x;
	assert_true(hb_font_get_nominal_glyph(text.fonts.at[0].hb, 'x', &x));
	font_free(&text.fonts.at[0]);
	char *at = str_chars(desk->arena, whole);
	put_u16(at + table_at(whole, "head") + 18, units_per_em);
	put_u16(at + table_at(whole, "hmtx") + ROW * x, 0x7FFF);
	put_u16(at + table_at(whole, "kern") + FIRST_KERN, 0x7FFF);
	return name_table(at, whole, "GPOS", "xPOS");
}

/* A glyph that is set in no sane place is missing, and said; what is beside it is set. */
static void a_glyph_that_no_page_has_room_for_is_missing(void **state)
{
	static const struct {
		int units_per_em;
		const char *text, *missing;
	} rows[] = {{500, "ox", "U+0078"}, {520, "ox", NULL}, {250, "o A", "U+0020"},
		{500, "o A", NULL}};
	struct desk *desk = *state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		unsetenv("FONTCONFIG_FILE");
		write_file(desk, "sans.ttf", absurd(desk, rows[i].units_per_em));
		use_folder(desk);
		struct style style = plain_style("Liberation Sans");
		diags_clear(desk->diags);
		struct text *text = text_new(&style, desk->diags);
		assert_non_null(text);
		struct shaper *shaper = shaper_new(text);
		struct shape_options options = {.style = &style, .text = &style.block[TAG_P].text};
		diags_clear(desk->diags);
		struct paragraph *paragraph = text_shape(shaper, desk->arena,
			para(desk->arena, rows[i].text), &options, desk->diags);
		for (int k = 0; k < paragraph->glyph_count; k++)
			assert_in_range(paragraph->glyphs[k].advance, 0, 64 * rows[i].units_per_em);
		assert_int_equal(diags_failed(desk->diags), rows[i].missing != NULL);
		if (rows[i].missing)
			assert_non_null(strstr(diags_at(desk->diags, 0)->text, rows[i].missing));
		shaper_free(shaper);
		text_free(text);
	}
}

static void a_cut_off_font_does_no_harm(void **state)
{
	struct desk *desk = *state;
	struct str bytes = installed(desk, "Liberation Sans");
	for (int len = 0; len < bytes.len; len += bytes.len / 50) {
		struct arena_mark mark = arena_save(desk->arena);
		struct text text = {.arena = desk->arena};
		write_file(desk, "cut.ttf", str_slice(bytes, 0, len));
		if (!font_load(&text, path_of(desk, "cut.ttf"), 0, &(struct cut){0}))
			font_free(&text.fonts.at[0]);
		arena_restore(desk->arena, mark);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		desk_test(a_font_that_may_not_be_embedded_so_is_refused),
		desk_test(what_is_not_a_font_is_said),
		desk_test(a_font_that_was_spoilt_is_said),
		desk_test(a_cut_off_font_does_no_harm),
		desk_test(a_glyph_that_the_font_does_not_have_is_missing),
		desk_test(measures_that_no_page_has_are_refused),
		desk_test(a_glyph_that_no_page_has_room_for_is_missing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
