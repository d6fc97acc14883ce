/* font.c - a face becomes a PDF font: what each glyph means and how wide it is.
 *
 * What a glyph stands for: the lowest character that the font gives it. Ligatures are found by
 * shaping the usual ones. Reading GSUB was the alternative: much code over untrusted bytes, for
 * nothing, because content.c checks every cluster against its source text and states the text where
 * the glyphs do not say it (ActualText). */
#include "pdf/pdf_int.h"

#include <assert.h>
#include <hb-ot.h>
#include <stdlib.h>

static const char *const ligatures[] = {"ff", "fi", "fl", "ffi", "ffl", "fj", "ffj", "fb", "fh",
	"fk", "ft", "tt", "ti", "tf", "tj", "ct", "st", "Th", "ij", "IJ"};
enum { LIGATURE_COUNT = sizeof ligatures / sizeof *ligatures };

static bool is_private(uint32_t c)
{
	return (c >= 0xE000 && c <= 0xF8FF) || c >= 0xF0000;
}

/* Signs of dictionaries, in many fonts the glyph of a character that is written. */
static bool is_radical(uint32_t c)
{
	return c >= 0x2E80 && c <= 0x2FDF;
}

/* Of a script whose signs are joined and change places: see coded.c. */
static bool is_joined(uint32_t c)
{
	return (c >= 0x900 && c <= 0x109F) || (c >= 0x1700 && c <= 0x1CFF) ||
		(c >= 0xA800 && c <= 0xABFF);
}

/* Ascending, so that a glyph of several characters gets the lowest. */
static void learn_characters(struct font *font)
{
	hb_set_t *all = hb_set_create();
	hb_face_collect_unicodes(font->face, all);
	for (hb_codepoint_t c = HB_SET_VALUE_INVALID, glyph; hb_set_next(all, &c);) {
		if (is_private(c) || !hb_font_get_nominal_glyph(font->shaping, c, &glyph))
			continue;
		font->joined |= is_joined(c);
		if ((int)glyph < font->glyph_count &&
			(!font->slots[glyph].unicode || is_radical(font->slots[glyph].unicode)))
			font->slots[glyph].unicode = c;
	}
	hb_set_destroy(all);
}

static void learn_ligatures(struct font *font)
{
	hb_buffer_t *buffer = hb_buffer_create();
	for (uint32_t i = 0; i < LIGATURE_COUNT; i++) {
		hb_buffer_clear_contents(buffer);
		hb_buffer_add_utf8(buffer, ligatures[i], -1, 0, -1);
		hb_buffer_guess_segment_properties(buffer);
		hb_shape(font->shaping, buffer, NULL, 0);
		unsigned count;
		const hb_glyph_info_t *glyphs = hb_buffer_get_glyph_infos(buffer, &count);
		if (count == 1 && (int)glyphs->codepoint < font->glyph_count)
			font->slots[glyphs->codepoint].unicode = GLYPH_LIGATURE | i;
	}
	hb_buffer_destroy(buffer);
}

/* ISO 32000-1 7.3.4.2: a CR left as it is would be read as LF. */
void slot_set_code(struct slot *slot, unsigned code)
{
	const unsigned char bytes[] = {(unsigned char)(code >> 8), (unsigned char)code};
	slot->code_len = 0;
	for (int i = 0; i < 2; i++) {
		if (bytes[i] == '\r' || bytes[i] == '(' || bytes[i] == ')' || bytes[i] == '\\')
			slot->code[slot->code_len++] = '\\';
		slot->code[slot->code_len++] = bytes[i] == '\r' ? 'r' : (char)bytes[i];
	}
}

/* Some faces have none, or a blank; the glyph must be one of its own to say U+00AD. */
static uint16_t find_soft_hyphen(const struct font *font)
{
	hb_codepoint_t soft, hard;
	hb_glyph_extents_t a, b;
	if (!hb_font_get_nominal_glyph(font->shaping, 0xAD, &soft) ||
		!hb_font_get_nominal_glyph(font->shaping, '-', &hard) ||
		(int)soft >= font->glyph_count || (int)hard >= font->glyph_count ||
		!hb_font_get_glyph_extents(font->shaping, soft, &a) ||
		!hb_font_get_glyph_extents(font->shaping, hard, &b))
		return 0;
	bool same = soft != hard && font->slots[soft].unicode == 0xAD &&
		font->slots[soft].advance == font->slots[hard].advance &&
		memcmp(&a, &b, sizeof a) == 0;
	return same ? (uint16_t)soft : 0;
}

static void make_slots(struct font *font)
{
	font->slots = heap_new((size_t)font->glyph_count * sizeof *font->slots);
	for (int glyph = 0; glyph < font->glyph_count; glyph++) {
		struct slot *slot = &font->slots[glyph];
		slot->advance = (uint16_t)hb_font_get_glyph_h_advance(
			font->shaping, (hb_codepoint_t)glyph);
		slot_set_code(slot, (unsigned)glyph);
	}
	learn_characters(font);
	learn_ligatures(font);
	font->soft_hyphen = find_soft_hyphen(font);
}

static int thousandths(const struct font *font, int units)
{
	return length_scale(units, 1000, font->units_per_em);
}

/* A 16-bit field of a table; 0 where the table is too short. */
static int table_field(hb_face_t *face, const char *table, unsigned offset)
{
	hb_blob_t *blob = hb_face_reference_table(face, hb_tag_from_string(table, -1));
	unsigned len;
	const unsigned char *bytes = (const unsigned char *)hb_blob_get_data(blob, &len);
	int field = len >= offset + 2 ? (int16_t)(bytes[offset] << 8 | bytes[offset + 1]) : 0;
	hb_blob_destroy(blob);
	return field;
}

static bool has_table(hb_face_t *face, const char *table)
{
	hb_blob_t *blob = hb_face_reference_table(face, hb_tag_from_string(table, -1));
	bool has = hb_blob_get_length(blob) > 0;
	hb_blob_destroy(blob);
	return has;
}

static void read_name(struct font *font)
{
	unsigned size = sizeof font->name;
	char name[sizeof font->name];
	hb_ot_name_get_utf8(
		font->face, HB_OT_NAME_ID_POSTSCRIPT_NAME, HB_LANGUAGE_INVALID, &size, name);
	int len = 0;
	for (unsigned i = 0; i < size && i < sizeof name; i++)
		if ((name[i] >= '0' && name[i] <= '9') || (name[i] >= 'A' && name[i] <= 'Z') ||
			(name[i] >= 'a' && name[i] <= 'z') || name[i] == '-')
			font->name[len++] = name[i];
	if (len == 0)
		strcpy(font->name, "Unnamed");
}

bool font_open(struct font *font, const struct face *face)
{
	assert(face->bytes);
	hb_blob_t *blob = hb_blob_create(
		face->bytes, (unsigned)face->len, HB_MEMORY_MODE_READONLY, NULL, NULL);
	font->face = hb_face_create(blob, (unsigned)face->index);
	hb_blob_destroy(blob);
	font->bare = subset_source(font->face);
	font->shaping = hb_font_create(font->face);
	font->units_per_em = (int)hb_face_get_upem(font->face);
	font->glyph_count = (int)hb_face_get_glyph_count(font->face);
	if (font->glyph_count < 1 || font->glyph_count > 0xFFFF)
		return false;
	font->cff = has_table(font->face, "CFF ");
	font->by_cid = face->by_cid;
	font->fixed_pitch = table_field(font->face, "post", 12) ||
		table_field(font->face, "post", 14);
	font->bold = face->bold;
	font->italic = face->italic;
	for (unsigned i = 0; i < 4; i++)
		font->box[i] = thousandths(font, table_field(font->face, "head", 36 + 2 * i));
	font->ascent = thousandths(font, face->ascent);
	font->descent = thousandths(font, face->descent);
	font->cap_height = thousandths(font, face->cap_height);
	read_name(font);
	make_slots(font);
	return true;
}

void font_close(struct font *font)
{
	hb_font_destroy(font->shaping);
	hb_face_destroy(font->bare);
	hb_face_destroy(font->face);
	free(font->slots);
	font->shaping = NULL;
	font->bare = font->face = NULL;
	font->slots = NULL;
	base_free(font);
	buf_free(&font->superior);
}

enum font_kind font_glyph_kind(const struct font *font, unsigned glyph, bool superior)
{
	const struct slot *slot = &font->slots[glyph];
	if (!slot->group)
		return FONT_OVERFLOW;
	return superior && slot->unicode >= '0' && slot->unicode <= '9' ? FONT_SUPERIOR : FONT_BASE;
}

static uint32_t superscript(uint32_t digit)
{
	static const uint16_t low[] = {0x2070, 0xB9, 0xB2, 0xB3};
	return digit < '4' ? low[digit - '0'] : 0x2070 + digit - '0';
}

/* U+FFFD: a glyph that only a rule of the font makes. Its cluster then has an ActualText, and
 * mostly the letter's own subset a reading for it. */
int font_glyph_text(const struct font *font, unsigned glyph, bool superior, char text[8])
{
	uint32_t unicode = font->slots[glyph].unicode;
	if (font_glyph_kind(font, glyph, superior) == FONT_SUPERIOR)
		return utf8_encode(superscript(unicode), text);
	if (unicode & GLYPH_LIGATURE) {
		const char *letters = ligatures[unicode & ~(uint32_t)GLYPH_LIGATURE];
		strcpy(text, letters);
		return (int)strlen(letters);
	}
	return utf8_encode(unicode ? unicode : 0xFFFD, text);
}
