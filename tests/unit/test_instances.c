/* Faces of variable fonts and of collections, in the fonts of a project of the test's own. */
#include "font_folder.h"
#include "text/cff.h"

#include <hb-ot.h>
#include <hb-subset.h>

#define INTER "/usr/share/fonts/truetype/inter-vf/Inter-roman.var.ttf"

static const char *put_font(struct desk *desk, const char *name, struct str bytes)
{
	mkdir(path_of(desk, "fonts"), 0700);
	name = str_format(desk->arena, "fonts/%s", name).at;
	write_file(desk, name, bytes);
	return path_of(desk, name);
}

/* Two copies of it are the same to all the tests; the family is no other's. */
static char *inter(struct desk *desk, struct str *whole)
{
	if (access(INTER, R_OK) != 0)
		skip();
	*whole = file_read(desk->arena, INTER, place_none(), desk->diags);
	return str_chars(desk->arena, *whole);
}

static struct text *open_text(struct desk *desk, const char *family, struct style *style)
{
	*style = plain_style(family);
	style->file = path_of(desk, "style.xml");
	return text_new(style, desk->diags);
}

static const struct face *cut_face(
	const struct text *text, const struct style *style, bool bold, bool italic)
{
	struct text_style look = style->block[TAG_TEXT].text;
	look.bold = bold;
	look.italic = italic;
	return text_face(text, text_style_face(text, &look));
}

static hb_font_t *font_of(const void *bytes, size_t len, int index)
{
	hb_blob_t *blob = hb_blob_create(bytes, (unsigned)len, HB_MEMORY_MODE_READONLY, NULL, NULL);
	hb_face_t *face = hb_face_create(blob, (unsigned)index);
	hb_font_t *font = hb_font_create(face);
	hb_face_destroy(face);
	hb_blob_destroy(blob);
	return font;
}

/* What HarfBuzz makes of the variable font itself at that weight. */
static void assert_like_weight(const struct face *face, struct str whole, float weight)
{
	hb_font_t *varied = font_of(whole.at, (size_t)whole.len, 0);
	hb_font_t *ours = font_of(face->bytes, face->len, face->index);
	const hb_variation_t at = {HB_TAG('w', 'g', 'h', 't'), weight};
	hb_font_set_variations(varied, &at, 1);
	assert_false(hb_ot_var_has_data(hb_font_get_face(ours)));
	unsigned count = hb_face_get_glyph_count(hb_font_get_face(varied));
	assert_int_equal(hb_face_get_glyph_count(hb_font_get_face(ours)), count);
	for (unsigned glyph = 0; glyph < count; glyph++) {
		hb_glyph_extents_t a = {0}, b = {0};
		hb_font_get_glyph_extents(varied, glyph, &a);
		hb_font_get_glyph_extents(ours, glyph, &b);
		assert_int_equal(hb_font_get_glyph_h_advance(varied, glyph),
			hb_font_get_glyph_h_advance(ours, glyph));
		assert_true(abs(a.width - b.width) <= 2 && abs(a.height - b.height) <= 2);
	}
	hb_font_destroy(varied);
	hb_font_destroy(ours);
}

static void a_named_instance_is_a_face(void **state)
{
	struct desk *desk = *state;
	struct str whole;
	struct style style;
	inter(desk, &whole);
	put_font(desk, "inter.ttf", whole);
	struct text *text = open_text(desk, "Inter", &style);
	assert_non_null(text);
	assert_like_weight(cut_face(text, &style, true, false), whole, 700);
	assert_true(cut_face(text, &style, true, false) != cut_face(text, &style, false, false));
	text_free(text);
}

static void without_instances_the_axes_are_asked(void **state)
{
	enum { INSTANCES_AT = 12 };
	struct desk *desk = *state;
	struct str whole;
	struct style style;
	char *bytes = inter(desk, &whole);
	unsigned table = table_at(whole, "fvar");
	bytes[table + INSTANCES_AT] = bytes[table + INSTANCES_AT + 1] = 0;
	put_font(desk, "inter.ttf", (struct str){bytes, whole.len});
	struct text *text = open_text(desk, "Inter", &style);
	assert_non_null(text);
	assert_like_weight(cut_face(text, &style, true, false), whole, 700);
	text_free(text);
}

/* Outlines that this HarfBuzz makes nothing of are said to be so. */
static void an_instance_that_cannot_be_made_is_said(void **state)
{
	struct desk *desk = *state;
	struct str whole;
	char *bytes = inter(desk, &whole);
	memcpy(bytes + table_entry(whole, "glyf"), "CFF2", 4);
	const char *path = put_font(desk, "inter.ttf", (struct str){bytes, whole.len});
	struct text text = {.arena = desk->arena};
	const char *problem = font_load(&text, path, 1 << 16, &(struct cut){.bold = true});
	assert_non_null(problem);
	assert_non_null(strstr(problem, "variable font"));
	assert_int_equal(text.faces.len, 0);
}

/* Of CFF2 and of pictures a PDF shows nothing, and no reader of it says so. */
static void a_face_without_outlines_is_none(void **state)
{
	static const char *const others[] = {"CFF2", "CBDT", "SVG "};
	struct desk *desk = *state;
	struct str whole = installed(desk, "Liberation Serif");
	char *bytes = arena_alloc(desk->arena, (size_t)whole.len);
	memcpy(bytes, whole.at, (size_t)whole.len);
	unsigned entry = table_entry(whole, "glyf");
	for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
		memcpy(bytes + entry, others[i], 4);
		const char *path = put_font(desk, "serif.ttf", (struct str){bytes, whole.len});
		struct text text = {.arena = desk->arena};
		const char *problem = font_load(&text, path, 0, &(struct cut){.size = pt(11)});
		assert_non_null(problem);
		assert_non_null(strstr(problem, "neither TrueType nor CFF outlines"));
		assert_int_equal(text.faces.len, 0);
	}
}

/* Whatever is broken in what varies: a face, or a reason. */
static void a_damaged_variable_font_does_no_harm(void **state)
{
	static const char *const tables[] = {"fvar", "gvar", "HVAR", "avar", "loca", "GDEF"};
	enum { PLACES = 12 };
	struct desk *desk = *state;
	struct str whole;
	char *bytes = inter(desk, &whole);
	for (size_t i = 0; i < sizeof tables / sizeof *tables * PLACES; i++) {
		unsigned entry = table_entry(whole, tables[i / PLACES]);
		if (!entry)
			continue;
		unsigned at = offset_at(whole, entry) + 2 * (unsigned)(i % PLACES);
		struct text text = {.arena = desk->arena};
		char kept = bytes[at];
		bytes[at] = (char)(kept ^ 0xFF);
		const char *path = put_font(desk, "inter.ttf", (struct str){bytes, whole.len});
		if (!font_load(&text, path, 7 << 16, &(struct cut){.bold = true, .size = pt(11)}))
			font_free(&text.fonts.at[0]);
		bytes[at] = kept;
	}
}

static void put_u32(char *at, unsigned number)
{
	for (int i = 0; i < 4; i++)
		at[i] = (char)(number >> (24 - 8 * i));
}

/* ISO 14496-22, 4.6: a header, and the fonts with their tables where they are now. */
static struct str collection(struct desk *desk, const struct str fonts[2])
{
	enum { HEADER = 20 };
	int len = HEADER;
	char *out = arena_alloc(desk->arena, (size_t)(HEADER + fonts[0].len + fonts[1].len + 8));
	memcpy(out, "ttcf\0\1\0\0\0\0\0\2", 12);
	for (int i = 0; i < 2; i++) {
		struct str font = {out + len, fonts[i].len};
		memcpy(out + len, fonts[i].at, (size_t)font.len);
		put_u32(out + 12 + 4 * i, (unsigned)len);
		unsigned tables = font_u16((const unsigned char *)font.at, 4);
		for (unsigned k = 0; k < tables; k++)
			put_u32(out + len + 12 + 16 * k + 8,
				offset_at(font, 12 + 16 * k) + (unsigned)len);
		len += (font.len + 3) & ~3;
	}
	return (struct str){out, len};
}

/* One of TrueType outlines, one of CFF. */
static void each_face_of_a_collection_is_found(void **state)
{
	static const char *const families[] = {"Liberation Serif", "EB Garamond"};
	struct desk *desk = *state;
	struct style style;
	const struct str fonts[] = {installed(desk, families[0]), installed(desk, families[1])};
	const char *path = put_font(desk, "both.ttc", collection(desk, fonts));
	for (int i = 0; i < 2; i++) {
		struct text *text = open_text(desk, families[i], &style);
		assert_non_null(text);
		const struct face *face = cut_face(text, &style, false, false);
		assert_string_equal(face->path, path);
		assert_int_equal(face->index, i);
		hb_font_t *alone = font_of(fonts[i].at, (size_t)fonts[i].len, 0);
		hb_font_t *ours = font_of(face->bytes, face->len, face->index);
		for (unsigned glyph = 0; glyph < 200; glyph++)
			assert_int_equal(hb_font_get_glyph_h_advance(alone, glyph),
				hb_font_get_glyph_h_advance(ours, glyph));
		hb_font_destroy(alone);
		hb_font_destroy(ours);
		text_free(text);
	}
}

/* A bold face that says it is as heavy as the regular one, as some are made of a variable font. */
static void a_cut_is_known_by_its_name_too(void **state)
{
	enum { WEIGHT_AT = 4 };
	struct desk *desk = *state;
	struct style style = plain_style("Liberation Serif");
	struct text *text = text_new(&style, desk->diags);
	const struct face *face = cut_face(text, &style, true, false);
	struct str bold = str_copy(desk->arena, (struct str){face->bytes, (int)face->len});
	char *weight = str_chars(desk->arena, bold);
	unsigned at = table_at(bold, "OS/2") + WEIGHT_AT;
	weight[at] = 400 >> 8;
	weight[at + 1] = (char)(400 & 0xFF);
	bold.at = weight;
	text_free(text);
	const char *second = put_font(desk, "b.ttf", installed(desk, "Liberation Serif"));
	const char *first = put_font(desk, "a.ttf", bold);
	text = open_text(desk, "Liberation Serif", &style);
	assert_string_equal(cut_face(text, &style, false, false)->path, second);
	assert_string_equal(cut_face(text, &style, true, false)->path, first);
	assert_int_equal(diags_len(desk->diags), 0);
	text_free(text);
}

/* A hash of what a character's glyph draws. */
static uint64_t drawn(hb_face_t *face, hb_codepoint_t character)
{
	hb_font_t *font = hb_font_create(face);
	hb_codepoint_t glyph = 0;
	struct buf curves = {0};
	assert_true(hb_font_get_nominal_glyph(font, character, &glyph));
	outline_put(font, glyph, &curves);
	assert_true(curves.len > 0);
	uint64_t hash = str_hash(buf_text(&curves));
	buf_free(&curves);
	hb_font_destroy(font);
	return hash;
}

/* A part of one: the first glyphs by new numbers, each with the CID that it had. Loaded it is the
 * same font, and needs nothing done when it is loaded again. */
static void a_part_of_a_font_of_cids_is_numbered_anew(void **state)
{
	static const char cjk[] = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc";
	struct desk *desk = *state;
	struct text text = {.arena = desk->arena};
	hb_blob_t *blob = hb_blob_create_from_file_or_fail(cjk);
	if (!blob) {
		print_message("# fonts-noto-cjk is not installed: skipped\n");
		return;
	}
	hb_face_t *whole = hb_face_create(blob, 0);
	hb_subset_input_t *input = hb_subset_input_create_or_fail();
	hb_set_add_range(hb_subset_input_unicode_set(input), 0x3041, 0x3096);
	hb_face_t *part = hb_subset_or_fail(whole, input);
	hb_blob_t *bytes = hb_face_reference_blob(part);
	struct str before = {hb_blob_get_data(bytes, NULL), (int)hb_blob_get_length(bytes)};
	const char *path = put_font(desk, "part.otf", before);
	assert_null(font_load(&text, path, 0, &(struct cut){0}));
	const struct face *face = &text.faces.at[0];
	struct str after = {face->bytes, (int)face->len};
	assert_false(str_eq(before, after));
	hb_face_t *loaded = hb_font_get_face(text.fonts.at[0].hb);
	for (hb_codepoint_t c = 0x3041; c <= 0x3096; c++)
		assert_true(drawn(loaded, c) == drawn(part, c));
	assert_null(font_load(&text, put_font(desk, "again.otf", after), 0, &(struct cut){0}));
	assert_true(str_eq(after, (struct str){text.faces.at[1].bytes, (int)text.faces.at[1].len}));
	font_free(&text.fonts.at[0]);
	font_free(&text.fonts.at[1]);
	hb_blob_destroy(bytes);
	hb_face_destroy(part);
	hb_face_destroy(whole);
	hb_subset_input_destroy(input);
	hb_blob_destroy(blob);
}

/* One dictionary of a font, with a private one that has a usual width of 1000, another that others
 * are added to of -20, and a subroutine. */
static const unsigned char outlines[] = {1, 0, 4, 4, 0, 1, 1, 1, 2, 'A', /* 10: the top one */
	0, 1, 1, 1, 8, 29, 0, 0, 0, 24, 12, 36, 0, 0,                    /* 24: the fonts' */
	0, 1, 1, 1, 10, 28, 0, 7, 29, 0, 0, 0, 38, 18,                   /* 38: private */
	250, 124, 20, 119, 21, 146, 19, 0, 1, 1, 1, 2, 11};
enum { PRIVATE_SIZE_AT = 30, PRIVATE_PLACE_AT = 33 };

static void outlines_are_made_wider(void **state)
{
	static const unsigned char private[] = {
		29, 0, 0, 4, 226, 20, 29, 0, 0, 0, 230, 21, 29, 0, 0, 0, 18, 19, 0, 1, 1, 1, 2, 11};
	struct buf out = {0};
	buf_puts(&out, "before");
	(void)state;
	assert_true(
		cff_put_wider((struct str){(const char *)outlines, sizeof outlines}, 250, &out));
	assert_int_equal(out.len, 6 + sizeof outlines + sizeof private);
	const unsigned char *made = (const unsigned char *)out.at + 6;
	assert_memory_equal(made + sizeof outlines, private, sizeof private);
	assert_int_equal(made[PRIVATE_SIZE_AT + 1], 18);
	assert_int_equal(made[PRIVATE_PLACE_AT + 3], sizeof outlines);
	for (size_t i = 0; i < sizeof outlines; i++)
		if (i != PRIVATE_SIZE_AT + 1 && i != PRIVATE_PLACE_AT + 3)
			assert_int_equal(made[i], outlines[i]);
	buf_free(&out);
}

/* Nor is anything read behind their end, whichever byte is another and wherever they end. */
static void damaged_outlines_do_no_harm(void **state)
{
	static const unsigned char others[] = {0, 1, 29, 0x7F, 251, 0xFF};
	(void)state;
	for (size_t len = 0; len < sizeof outlines; len++) {
		char *cut = heap_new(len + 1);
		struct buf out = {0};
		memcpy(cut, outlines, len);
		assert_false(cff_put_wider((struct str){cut, (int)len}, 250, &out));
		buf_free(&out);
		free(cut);
	}
	for (size_t i = 0; i < sizeof outlines * sizeof others; i++) {
		char *other = heap_new(sizeof outlines);
		struct buf out = {0};
		memcpy(other, outlines, sizeof outlines);
		other[i / sizeof others] = (char)others[i % sizeof others];
		cff_put_wider((struct str){other, sizeof outlines}, 250, &out);
		buf_free(&out);
		free(other);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		desk_test(a_named_instance_is_a_face),
		desk_test(without_instances_the_axes_are_asked),
		desk_test(an_instance_that_cannot_be_made_is_said),
		desk_test(a_face_without_outlines_is_none),
		desk_test(a_damaged_variable_font_does_no_harm),
		desk_test(each_face_of_a_collection_is_found),
		desk_test(a_cut_is_known_by_its_name_too),
		desk_test(a_part_of_a_font_of_cids_is_numbered_anew),
		cmocka_unit_test(outlines_are_made_wider),
		cmocka_unit_test(damaged_outlines_do_no_harm),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
