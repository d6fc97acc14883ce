/* leftwards.c - glyphs of what runs from right to left, as they come from HarfBuzz: which are not
 * seen, and signs without a letter. */
#include "text/text_int.h"

#include <unicode/uchar.h>

bool text_is_said(uint32_t c)
{
	return c != 0xAD && c != 0x61C && c != 0x200E && c != 0x200F &&
		!(c >= 0x202A && c <= 0x202E) && !(c >= 0x2066 && c <= 0x2069) && c != 0xFEFF;
}

void leftwards_drop_unsaid(struct shaping *shaping, int count)
{
	struct buf *bytes = &shaping->shaper->glyphs;
	struct glyph *glyphs = (struct glyph *)(void *)bytes->at + shape_count(shaping) - count;
	int kept = 0;
	for (int i = 0; i < count; i++) {
		int at = glyphs[i].cluster;
		if (glyphs[i].advance || text_is_said(utf8_next(shaping->flat->text, &at)))
			glyphs[kept++] = glyphs[i];
	}
	bytes->len -= (size_t)(count - kept) * sizeof *glyphs;
}

static UCharDirection direction_at(struct str text, int at)
{
	return u_charDirection((UChar32)utf8_next(text, &at));
}

void leftwards_part_signs(struct shaping *shaping, int face, int from)
{
	struct str text = shaping->flat->text;
	const struct glyph *glyphs = (const void *)shaping->shaper->glyphs.at;
	int to = shape_count(shaping);
	for (int i = from; i < to; i++) {
		UCharDirection direction = direction_at(text, glyphs[i].cluster);
		if (direction == U_RIGHT_TO_LEFT || direction == U_RIGHT_TO_LEFT_ARABIC)
			return;
	}
	for (int i = from; i < to; i++)
		if (i > 0 && glyphs[i].cluster != glyphs[i - 1].cluster &&
			shaping->pieces.at[shaping->pieces.len - 1].from != i)
			*vec_push(shaping->shaper->scratch, &shaping->pieces) = (struct piece){
				face, i, shaping->level};
}
