/* seen.c - whether a glyph draws what its character is there for. Fonts of pictures (sbix, CBDT,
 * COLR, SVG) have outlines that draw nothing, or a line without width, and damaged ones may; a PDF
 * shows the outlines alone. A character that would not be seen is one that the face lacks.
 *
 * Fonts also draw two characters by the glyph of one, and put an empty one in place of the other
 * ("->" for an arrow). So an empty glyph counts where it is what its character has of itself, or
 * all that there is of several characters. */
#include "text/text_int.h"

#include <unicode/uchar.h>

struct seen_point {
	int64_t x, y;
};

static struct seen_point read_point(const char *at)
{
	int32_t point[2];
	memcpy(point, at, sizeof point);
	return (struct seen_point){point[0], point[1]};
}

/* Whether points of a contour, on its curves or beside them, are not all on one line. */
static bool has_area(struct str curves)
{
	struct seen_point start = {0}, along = {0};
	for (int at = 0; at < curves.len;) {
		char verb = curves.at[at++];
		int count = verb == 'z' ? 0 : verb == 'q' ? 2 : verb == 'c' ? 3 : 1;
		for (int i = 0; i < count; i++, at += OUTLINE_POINT) {
			struct seen_point point = read_point(curves.at + at);
			if (verb == 'm') {
				start = point;
				along = (struct seen_point){0};
				continue;
			}
			struct seen_point to = {point.x - start.x, point.y - start.y};
			if (along.x * to.y != along.y * to.x)
				return true;
			if (!along.x && !along.y)
				along = to;
		}
	}
	return false;
}

bool font_draws(const struct font *font, unsigned glyph)
{
	enum { UNKNOWN, NO, YES };
	int answer = atomic_load_explicit(&font->draws[glyph], memory_order_relaxed);
	if (answer == UNKNOWN) {
		struct buf curves = {0};
		outline_put(font->hb, glyph, &curves);
		answer = has_area(buf_text(&curves)) ? YES : NO;
		buf_free(&curves);
		atomic_store_explicit(
			&font->draws[glyph], (unsigned char)answer, memory_order_relaxed);
	}
	return answer == YES;
}

/* Fillers and blanks that are no white space by their category. */
static bool is_empty_by_name(UChar32 c)
{
	enum { BRAILLE = 0x2800, KHITAN = 0x16FE4, EGYPTIAN = 0x13441, NULL_NOTE = 0x1D159 };
	return c == BRAILLE || c == KHITAN || c == EGYPTIAN || c == EGYPTIAN + 1 || c == NULL_NOTE;
}

static bool only_joins(UChar32 c)
{
	int syllabic = u_getIntPropertyValue(c, UCHAR_INDIC_SYLLABIC_CATEGORY);
	return syllabic == U_INSC_INVISIBLE_STACKER || syllabic == U_INSC_NUMBER_JOINER;
}

bool character_is_seen(uint32_t character)
{
	UChar32 c = (UChar32)character;
	if (c < 0xA0)
		return c > ' ' && c < 0x7F;
	if (U_MASK(u_charType(c)) & (U_GC_Z_MASK | U_GC_CC_MASK))
		return false;
	if (u_charType(c) == U_FORMAT_CHAR)
		return u_hasBinaryProperty(c, UCHAR_PREPENDED_CONCATENATION_MARK);
	return !u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) &&
		!is_empty_by_name(c) && !only_joins(c);
}

/* Of text[from, to): whether a character is to be seen whose own glyph draws nothing, or several
 * are. */
static bool lacks_ink(const struct font *font, struct str text, int from, int to, bool drawn)
{
	int seen = 0;
	for (int at = from; at < to;) {
		uint32_t c = utf8_next(text, &at);
		if (!character_is_seen(c))
			continue;
		hb_codepoint_t glyph = font_nominal(font->hb, c);
		if (glyph && !font_draws(font, glyph))
			return true;
		seen++;
	}
	return seen > 1 && !drawn;
}

void seen_drop(hb_buffer_t *buffer, const struct font *font, const struct shape_input *input)
{
	unsigned count;
	hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(buffer, &count);
	for (unsigned i = 0, end; i < count; i = end) {
		int drawn = 0, empty = 0;
		for (end = i; end < count && infos[end].cluster == infos[i].cluster; end++)
			if (infos[end].codepoint)
				*(font_draws(font, infos[end].codepoint) ? &drawn : &empty) += 1;
		int to = end < count ? (int)infos[end].cluster : input->to;
		if (empty && lacks_ink(font, input->text, (int)infos[i].cluster, to, drawn > 0))
			infos[i].codepoint = 0;
	}
}
