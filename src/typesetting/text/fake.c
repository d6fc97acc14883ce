/* fake.c - a face that needs no font file: for tests of what comes after shaping, which then do not
 * change with HarfBuzz or with the fonts of a machine. It goes the same way as a real face, but for
 * the one function that turns characters into glyphs. */
#include "text/text_int.h"

enum { FAKE_EM = 1000, FAKE_ADVANCE = 600, FAKE_SPACE = 250, NBSP = 0xA0, SOFT_HYPHEN = 0xAD };

struct text *text_new_fake(void)
{
	struct arena *arena = arena_new();
	struct text *text = arena_alloc(arena, sizeof *text);
	text->arena = arena;
	text->patterns = pattern_files_new();
	*vec_push(arena, &text->faces) = (struct face){
		.path = "fake",
		.units_per_em = FAKE_EM,
		.ascent = 800,
		.descent = -200,
		.cap_height = 700,
		.underline_at = -100,
		.underline_thickness = 50,
	};
	*vec_push(arena, &text->fonts) = (struct font){
		.space_glyph = ' ',
		.space = FAKE_SPACE,
		.hyphen = {.id = '-', .advance = FAKE_ADVANCE},
	};
	*vec_push(arena, &text->chains) = (struct chain){.family = str_lit("fake"), .count = 1};
	return text;
}

void fake_shape(struct shaping *shaping, const struct segment *segment)
{
	struct str text = shaping->flat->text;
	shape_piece(shaping, segment->chain->faces[0]);
	for (int at = segment->from; at < segment->to;) {
		int cluster = at;
		uint32_t character = utf8_next(text, &at);
		if (character == SOFT_HYPHEN)
			continue;
		*shape_add(shaping, 1) = (struct glyph){
			.id = (uint16_t)character,
			.advance = character == ' ' || character == NBSP ? FAKE_SPACE
									 : FAKE_ADVANCE,
			.cluster = cluster,
		};
	}
}
