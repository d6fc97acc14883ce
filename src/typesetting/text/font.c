/* font.c - one font file → struct face and struct font. HarfBuzz reads it lazily, and its objects
 * are made immutable so that all threads may share them. */
#include "text/text_int.h"

#include <hb-ot.h>

static int metric(hb_font_t *font, hb_ot_metrics_tag_t tag)
{
	hb_position_t value;
	hb_ot_metrics_get_position_with_fallback(font, tag, &value);
	return value;
}

static struct face read_face(struct text *text, hb_font_t *font, const char *path)
{
	hb_face_t *face = hb_font_get_face(font);
	hb_blob_t *blob = hb_face_reference_blob(face);
	unsigned len;
	const char *bytes = hb_blob_get_data(blob, &len);
	int thickness = metric(font, HB_OT_METRICS_TAG_UNDERLINE_SIZE);
	struct face result = {
		.path = str_copy(text->arena, str_of(path)).at,
		.bytes = bytes,
		.len = len,
		.index = (int)hb_face_get_index(face),
		.units_per_em = (int)hb_face_get_upem(face),
		.ascent = metric(font, HB_OT_METRICS_TAG_HORIZONTAL_ASCENDER),
		.descent = metric(font, HB_OT_METRICS_TAG_HORIZONTAL_DESCENDER),
		.cap_height = metric(font, HB_OT_METRICS_TAG_CAP_HEIGHT),
		/* The table 'post' gives the stroke's top. */
		.underline_at = metric(font, HB_OT_METRICS_TAG_UNDERLINE_OFFSET) - thickness / 2,
		.underline_thickness = thickness,
	};
	hb_blob_destroy(blob); /* the face keeps its own reference */
	return result;
}

static bool is_within(hb_font_t *font, int units, int ems)
{
	int64_t most = ems * (int64_t)hb_face_get_upem(hb_font_get_face(font));
	return units <= most && units >= -most;
}

bool font_is_absurd(hb_font_t *font, int units)
{
	enum { MOST = 64 };
	return !is_within(font, units, MOST);
}

int font_advance(hb_font_t *font, hb_codepoint_t glyph)
{
	int advance = hb_font_get_glyph_h_advance(font, glyph);
	return font_is_absurd(font, advance) ? 0 : advance;
}

bool font_extents(hb_font_t *font, hb_codepoint_t glyph, hb_glyph_extents_t *extents)
{
	return hb_font_get_glyph_extents(font, glyph, extents) &&
		!font_is_absurd(font, extents->x_bearing) &&
		!font_is_absurd(font, extents->y_bearing) &&
		!font_is_absurd(font, extents->width) && !font_is_absurd(font, extents->height);
}

/* Less than what glyphs may: heights above and below a line and its leading are still a length. */
static bool has_sane_measures(hb_font_t *font, const struct face *face)
{
	enum { MOST = 16 };
	const int all[] = {face->ascent, face->descent, face->cap_height, face->underline_at,
		face->underline_thickness};
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (!is_within(font, all[i], MOST))
			return false;
	return true;
}

hb_codepoint_t font_nominal(hb_font_t *hb, uint32_t character)
{
	hb_codepoint_t id;
	bool has = hb_font_get_nominal_glyph(hb, character, &id) &&
		id < hb_face_get_glyph_count(hb_font_get_face(hb));
	return has ? id : 0;
}

/* The glyph of a character; 0: none, or one that draws nothing of it. */
static hb_codepoint_t glyph_of(const struct font *font, uint32_t character)
{
	hb_codepoint_t id = font_nominal(font->hb, character);
	return id && (!character_is_seen(character) || font_draws(font, id)) ? id : 0;
}

static struct glyph nominal_glyph(const struct font *font, uint32_t character)
{
	hb_codepoint_t id = glyph_of(font, character);
	return (struct glyph){.id = (uint16_t)id, .advance = font_advance(font->hb, id)};
}

/* U+002D before U+2010: it looks the same, and a letter's text has it already. */
static struct font read_font(struct arena *arena, hb_font_t *hb)
{
	struct font font = {.hb = hb, .regional = regional_read(hb)};
	font.draws = arena_new_array(
		arena, atomic_uchar, hb_face_get_glyph_count(hb_font_get_face(hb)));
	struct glyph space = nominal_glyph(&font, ' ');
	font.space_glyph = space.id;
	font.space = space.advance;
	font.hyphen = nominal_glyph(&font, '-');
	if (!font.hyphen.id)
		font.hyphen = nominal_glyph(&font, 0x2010);
	return font;
}

/* The instance of a variable font; any other face as it is. NULL: it cannot be made. */
static hb_face_t *cut_of(hb_face_t *face, int index, const struct cut *cut)
{
	if (!instance_is_asked(face, index))
		return face;
	hb_face_t *instance = instance_make(face, index, cut);
	hb_face_destroy(face);
	return instance;
}

static bool has_table(hb_face_t *face, hb_tag_t tag)
{
	hb_blob_t *table = hb_face_reference_table(face, tag);
	bool has = hb_blob_get_length(table) > 0;
	hb_blob_destroy(table);
	return has;
}

/* Of those that a PDF takes (ISO 32000-1 table 126): not of CFF2, nor pictures of glyphs. */
static bool has_outlines(hb_face_t *face)
{
	return has_table(face, HB_TAG('g', 'l', 'y', 'f')) ||
		has_table(face, HB_TAG('C', 'F', 'F', ' '));
}

struct opened {
	hb_face_t *face; /* to be destroyed, also when it is refused */
	const char *why; /* it is refused; NULL: it is not */
	bool by_cid, sized;
};

/* A face of a font's file, cut as it is asked for. */
static struct opened open_face(hb_blob_t *file, int index, const struct cut *cut)
{
	struct opened opened = {.face = hb_face_create(file, (unsigned)index & 0xFFFF)};
	unsigned glyphs = hb_face_get_glyph_count(opened.face);
	if (glyphs == 0 || glyphs > UINT16_MAX + 1u) {
		opened.why = "it is not a TrueType or OpenType font";
		return opened;
	}
	opened.face = cff_by_glyph(opened.face, &opened.by_cid);
	if (!opened.face) {
		opened.why = "its CFF outlines are damaged";
		return opened;
	}
	opened.sized = instance_is_sized(opened.face);
	opened.face = cut_of(opened.face, index, cut);
	if (!opened.face)
		opened.why = "it is a variable font that HarfBuzz " HB_VERSION_STRING
			     " makes no static one of (since 6.0 it does of sound TrueType "
			     "outlines), so take the family's static files";
	else if (!has_outlines(opened.face))
		opened.why = "it has neither TrueType nor CFF outlines (but CFF2, or pictures), "
			     "which a PDF shows nothing of, so take other files of the family";
	return opened;
}

const char *font_load(struct text *text, const char *path, int index, const struct cut *cut)
{
	hb_blob_t *blob = font_file_map(path);
	if (!blob)
		return "the file cannot be read";
	const char *file = hb_blob_get_data(blob, NULL);
	struct opened opened = open_face(blob, index, cut);
	hb_blob_destroy(blob);
	if (opened.why) {
		hb_face_destroy(opened.face);
		return opened.why;
	}
	hb_face_make_immutable(opened.face);
	hb_font_t *font = hb_font_create(opened.face);
	hb_face_destroy(opened.face);
	hb_font_make_immutable(font);

	struct face read = read_face(text, font, path);
	if (!has_sane_measures(font, &read)) {
		hb_font_destroy(font);
		return "its height or its underline measures more than 16 ems, so it is damaged";
	}
	struct face *result = vec_push(text->arena, &text->faces);
	*result = read;
	result->bold = cut->bold;
	result->italic = cut->italic;
	result->by_cid = opened.by_cid;
	result->is_file = read.bytes == file;
	struct font *added = vec_push(text->arena, &text->fonts);
	*added = read_font(text->arena, font);
	added->words_apart = arena_alloc(text->arena, sizeof *added->words_apart);
	added->index = index;
	added->size = opened.sized ? cut->size : 0;
	return NULL;
}

void font_free(struct font *font)
{
	hb_font_destroy(font->hb);
}

unsigned font_u16(const unsigned char *bytes, int at)
{
	return (unsigned)bytes[at] << 8 | bytes[at + 1];
}

bool text_face_has(const struct text *text, int face, uint32_t character)
{
	const struct font *font = &text->fonts.at[face];
	return !font->hb || glyph_of(font, character); /* none: fake.c */
}

bool chain_has(const struct text *text, const struct chain *chain, uint32_t character)
{
	for (int i = 0; i < chain->count; i++)
		if (text_face_has(text, chain->faces[i], character))
			return true;
	return false;
}

struct glyph_ink text_ink(const struct text *text, int face, unsigned glyph)
{
	hb_font_t *font = text->fonts.at[face].hb;
	hb_glyph_extents_t box;
	if (!font || !hb_font_get_glyph_extents(font, glyph, &box))
		return (struct glyph_ink){0};
	return (struct glyph_ink){box.x_bearing, box.x_bearing + box.width,
		box.y_bearing + box.height, box.y_bearing};
}
