/* Glyphs that a letter's own font is given: made of others, where they stand, as HarfBuzz sees
 * them. */
#include "pdf/pdf_int.h"
#include "text_nodes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

struct desk {
	struct diags *diags;
	struct style style;
	struct text *text; /* NULL: the family is not installed */
};

static int setup(void **state)
{
	static struct desk desk;
	desk.diags = diags_new();
	desk.style = plain_style("Liberation Serif");
	desk.text = text_new(&desk.style, desk.diags);
	*state = &desk;
	return 0;
}

static int teardown(void **state)
{
	struct desk *desk = *state;
	text_free(desk->text);
	diags_free(desk->diags);
	return 0;
}

struct drawn {
	int left, bottom, right, top, advance;
};

static struct drawn drawn_of(hb_face_t *face, unsigned glyph)
{
	hb_font_t *font = hb_font_create(face);
	hb_glyph_extents_t box;
	assert_true(hb_font_get_glyph_extents(font, glyph, &box));
	struct drawn drawn = {box.x_bearing, box.y_bearing + box.height, box.x_bearing + box.width,
		box.y_bearing, hb_font_get_glyph_h_advance(font, glyph)};
	hb_font_destroy(font);
	return drawn;
}

static void assert_drawn(struct drawn drawn, struct drawn expected)
{
	assert_int_equal(drawn.left, expected.left);
	assert_int_equal(drawn.bottom, expected.bottom);
	assert_int_equal(drawn.right, expected.right);
	assert_int_equal(drawn.top, expected.top);
	assert_int_equal(drawn.advance, expected.advance);
}

/* Of the box around all glyphs (ISO/IEC 14496-22 5.2.2). */
static int top_of(hb_face_t *face)
{
	hb_blob_t *head = hb_face_reference_table(face, HB_TAG('h', 'e', 'a', 'd'));
	const unsigned char *bytes = (const unsigned char *)hb_blob_get_data(head, NULL);
	int top = (int16_t)(bytes[42] << 8 | bytes[43]);
	hb_blob_destroy(head);
	return top;
}

static unsigned glyph_of(const struct font *font, uint32_t character)
{
	hb_codepoint_t glyph;
	assert_true(hb_font_get_nominal_glyph(font->shaping, character, &glyph));
	return glyph;
}

/* A font of these glyphs, and of codes 1, 2, … with a glyph each. */
static hb_face_t *placed(struct font *font, struct coded *coded, struct code *codes, int count)
{
	coded->glyphs = hb_set_create();
	coded->codes.at = codes;
	coded->codes.len = count;
	for (int i = 0; i < count; i++)
		for (int k = 0; k < codes[i].piece_count; k++)
			hb_set_add(coded->glyphs, codes[i].pieces[k].glyph);
	hb_face_t *face = placed_face(font->bare, coded);
	hb_set_destroy(coded->glyphs);
	return face;
}

static bool open_font(void **state, struct font *font)
{
	struct desk *desk = *state;
	*font = (struct font){0};
	return desk->text && font_open(font, text_face(desk->text, 0));
}

static void pieces_stand_where_they_are_put(void **state)
{
	struct font font;
	if (!open_font(state, &font))
		skip();
	unsigned b = glyph_of(&font, 'b'), acute = glyph_of(&font, 0xB4);
	struct drawn low = drawn_of(font.face, b), high = drawn_of(font.face, acute);
	const struct piece pieces[] = {{b, 0, 0}, {acute, 300, 900}}, moved[] = {{b, -40, -200}};
	const struct piece high_up[] = {{b, 0, 3000}};
	struct code codes[] = {{.pieces = pieces, .piece_count = 2, .advance = 1100},
		{.pieces = moved, .piece_count = 1, .advance = 7}, {.advance = 3},
		{.pieces = pieces, .piece_count = 1, .advance = low.advance},
		{.pieces = high_up, .piece_count = 1, .advance = 9}};
	struct coded coded = {0};
	hb_face_t *face = placed(&font, &coded, codes, 5);
	assert_non_null(face);
	assert_drawn(drawn_of(face, codes[0].id),
		(struct drawn){low.left, low.bottom,
			high.right + 300 > low.right ? high.right + 300 : low.right, high.top + 900,
			1100});
	assert_drawn(drawn_of(face, codes[1].id),
		(struct drawn){low.left - 40, low.bottom - 200, low.right - 40, low.top - 200, 7});
	assert_drawn(drawn_of(face, codes[2].id), (struct drawn){0, 0, 0, 0, 3});
	assert_int_equal(codes[3].id, b);
	assert_int_equal(top_of(face), 3000 + low.top);
	for (unsigned c = 'A'; c <= 'z'; c++)
		assert_drawn(drawn_of(face, glyph_of(&font, c)),
			drawn_of(font.face, glyph_of(&font, c)));
	hb_face_destroy(face);
	font_close(&font);
}

/* ISO/IEC 14496-22 5.3.4: offsets have 16 bits. */
static void what_is_too_far_away_makes_no_font(void **state)
{
	static const int far[][2] = {{40000, 0}, {0, -40000}, {32767, 0}, {0, 32767}};
	struct font font;
	if (!open_font(state, &font))
		skip();
	for (size_t i = 0; i < sizeof far / sizeof *far; i++) {
		const struct piece piece = {glyph_of(&font, 'b'), far[i][0], far[i][1]};
		struct code code = {.pieces = &piece, .piece_count = 1, .advance = 5};
		struct coded coded = {0};
		assert_null(placed(&font, &coded, &code, 1));
	}
	font_close(&font);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(pieces_stand_where_they_are_put, setup, teardown),
		cmocka_unit_test_setup_teardown(
			what_is_too_far_away_makes_no_font, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
