/* subset.c - glyphs of a face → an embedded font (ISO 32000-1 9.7.4 and 9.10.3): its program, the
 * widths and what each glyph says.
 *
 * Glyph ids stay as they are in the face, so that codes are glyph ids, two subsets of one face
 * agree, and no map is needed; the empty ids cost 200 bytes once deflated. Outlines keyed by CIDs
 * would pay 100 kB for them. There the glyphs are numbered anew, and codes are CIDs, which are the
 * ids of the face's glyphs (text/cff.c): the subset's own list leads from one to the other. The tag
 * before the font's name is a hash of the program: same bytes, same tag. */
#include "pdf/pdf_int.h"

#include "text/cff.h"

#include <hb-subset.h>

/* Given a set of glyphs, the subsetter looks for their characters and rules as well, in all of the
 * face's cmap and layout tables, only to drop them. So it is shown a face without them: a twentieth
 * of the time. The tables here are all that a reader of PDF uses: codes are glyph ids, placed by
 * us. */
static hb_blob_t *bare_table(hb_face_t *bare, hb_tag_t tag, void *whole)
{
	static const char *const kept[] = {"head", "hhea", "hmtx", "maxp", "loca", "glyf", "CFF "};
	(void)bare;
	for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
		if (tag == hb_tag_from_string(kept[i], -1))
			return hb_face_reference_table(whole, tag);
	return NULL;
}

hb_face_t *subset_source(hb_face_t *whole)
{
	return hb_face_create_for_tables(bare_table, whole, NULL);
}

/* A face whose glyphs are all wider by so many units: in hmtx, of which hhea tells how many have an
 * advance of their own (ISO/IEC 14496-22 5.2.4 and 5.2.5). */
struct widening {
	hb_face_t *bare;
	int by;
};

static hb_blob_t *widened_table(hb_face_t *face, hb_tag_t tag, void *user)
{
	enum { COUNT_AT = 34, METRIC = 4 };
	const struct widening *widening = user;
	hb_blob_t *table = hb_face_reference_table(widening->bare, tag);
	(void)face;
	if (tag != HB_TAG('h', 'm', 't', 'x'))
		return table;
	hb_blob_t *wide = hb_blob_copy_writable_or_fail(table);
	hb_blob_t *head = hb_face_reference_table(widening->bare, HB_TAG('h', 'h', 'e', 'a'));
	unsigned len = 0, head_len;
	const unsigned char *counts = (const unsigned char *)hb_blob_get_data(head, &head_len);
	unsigned char *at = wide ? (unsigned char *)hb_blob_get_data_writable(wide, &len) : NULL;
	unsigned count = head_len >= COUNT_AT + 2
		? (unsigned)counts[COUNT_AT] << 8 | counts[COUNT_AT + 1]
		: 0;
	for (unsigned i = 0; at && i < count && (i + 1) * METRIC <= len; i++, at += METRIC) {
		unsigned advance = ((unsigned)at[0] << 8 | at[1]) + (unsigned)widening->by;
		at[0] = (unsigned char)(advance >> 8);
		at[1] = (unsigned char)advance;
	}
	hb_blob_destroy(head);
	hb_blob_destroy(table);
	return wide;
}

/* The source of a subset whose glyphs are so much wider; widening lives as long as it does. */
static hb_face_t *source_of(const struct font *font, struct widening *widening)
{
	return widening->by ? hb_face_create_for_tables(widened_table, widening, NULL)
			    : hb_face_reference(font->bare);
}

static hb_subset_plan_t *plan_of(const struct font *font, hb_face_t *source, const hb_set_t *glyphs)
{
	hb_subset_input_t *input = hb_subset_input_create_or_fail();
	if (!input)
		return NULL;
	hb_set_union(hb_subset_input_glyph_set(input), glyphs);
	hb_subset_input_set_flags(input,
		HB_SUBSET_FLAGS_NO_HINTING | (font->by_cid ? 0 : HB_SUBSET_FLAGS_RETAIN_GIDS));
	hb_subset_plan_t *plan = hb_subset_plan_create_or_fail(source, input);
	hb_subset_input_destroy(input);
	return plan;
}

/* CFF outlines have widths of their own. NULL when these cannot be made wider. */
static hb_blob_t *outlines_of(hb_face_t *face, int wider)
{
	struct buf wide = {0};
	unsigned len;
	hb_blob_t *table = hb_face_reference_table(face, HB_TAG('C', 'F', 'F', ' '));
	if (!wider)
		return table;
	struct str narrow = {.at = hb_blob_get_data(table, &len)};
	narrow.len = (int)len;
	bool good = cff_put_wider(narrow, wider, &wide);
	hb_blob_destroy(table);
	table = good
		? hb_blob_create(wide.at, (unsigned)wide.len, HB_MEMORY_MODE_DUPLICATE, NULL, NULL)
		: NULL;
	buf_free(&wide);
	return table;
}

/* NULL when it cannot be made, or came out with other widths. */
static hb_face_t *make_face(const struct font *font, const hb_set_t *glyphs, int wider)
{
	struct widening widening = {font->bare, wider};
	hb_face_t *source = source_of(font, &widening);
	hb_subset_plan_t *plan = plan_of(font, source, glyphs);
	hb_face_t *face = plan ? hb_subset_plan_execute_or_fail(plan) : NULL;
	if (face &&
		!conform_widths(
			font, face, glyphs, hb_subset_plan_old_to_new_glyph_mapping(plan), wider)) {
		hb_face_destroy(face);
		face = NULL;
	}
	hb_subset_plan_destroy(plan);
	hb_face_destroy(source);
	return face;
}

static void make_tag(struct subset *subset, struct str program)
{
	uint64_t hash = str_hash(program);
	for (int i = 0; i < 6; i++, hash /= 26)
		subset->tag[i] = (char)('A' + hash % 26);
}

/* "3[277.832 556.152]17[…]": neighbours share a list. Glyph 0 is never shown. */
static void make_widths(
	struct subset *subset, const struct font *font, const hb_set_t *glyphs, int wider)
{
	hb_codepoint_t last = 0;
	for (hb_codepoint_t glyph = 0; hb_set_next(glyphs, &glyph); last = glyph) {
		if (last && glyph == last + 1) {
			buf_char(&subset->widths, ' ');
		} else {
			if (last)
				buf_char(&subset->widths, ']');
			put_int(&subset->widths, glyph);
			buf_char(&subset->widths, '[');
		}
		put_milli(&subset->widths,
			length_scale(
				font->slots[glyph].advance + wider, 1000000, font->units_per_em));
	}
	if (last)
		buf_char(&subset->widths, ']');
}

/* subset: where the glyph may have a reading, NULL: as a superior figure. */
static struct str glyph_says(
	const struct font *font, const struct subset *subset, unsigned glyph, char text[8])
{
	for (int i = 0; subset && i < subset->readings.len; i++)
		if (subset->readings.at[i].glyph == glyph)
			return subset->readings.at[i].text;
	return (struct str){text, font_glyph_text(font, glyph, !subset, text)};
}

static void make_unicode(struct buf *out, const struct font *font, const hb_set_t *glyphs,
	const struct subset *subset, struct libdeflate_compressor *deflate)
{
	struct to_unicode unicode;
	char text[8];
	to_unicode_begin(&unicode);
	for (hb_codepoint_t glyph = 0; hb_set_next(glyphs, &glyph);)
		to_unicode_put(&unicode, glyph, glyph_says(font, subset, glyph, text));
	to_unicode_end(&unicode, out, deflate);
}

/* Takes the face. */
static bool put_program(struct subset *subset, hb_face_t *face, hb_blob_t *blob,
	struct libdeflate_compressor *deflate)
{
	hb_face_destroy(face);
	if (!blob)
		return false;
	struct str program = {.at = hb_blob_get_data(blob, NULL)};
	program.len = (int)hb_blob_get_length(blob);
	subset->program_len = program.len;
	put_deflated(&subset->program, program, deflate);
	make_tag(subset, program);
	hb_blob_destroy(blob);
	return true;
}

/* In thousandths of an em, as the program's head has it. */
static void read_box(struct subset *subset, const struct font *font, hb_face_t *face)
{
	enum { BOX_AT = 36 };
	unsigned len;
	hb_blob_t *head = hb_face_reference_table(face, HB_TAG('h', 'e', 'a', 'd'));
	const unsigned char *at = (const unsigned char *)hb_blob_get_data(head, &len);
	subset->boxed = len >= BOX_AT + 8;
	for (int i = 0; subset->boxed && i < 4; i++) {
		int units = (int16_t)(at[BOX_AT + 2 * i] << 8 | at[BOX_AT + 2 * i + 1]);
		int reach = length_scale(units, 1000, font->units_per_em), own = font->box[i];
		subset->box[i] = (i < 2 ? reach < own : reach > own) ? reach : own;
	}
	hb_blob_destroy(head);
}

bool subset_make_program(
	struct coded *coded, const struct font *font, struct libdeflate_compressor *deflate)
{
	hb_face_t *face = make_face(font, coded->glyphs, coded->wider);
	hb_face_t *placed = face ? placed_face(face, coded) : NULL;
	hb_face_destroy(face);
	if (placed)
		read_box(&coded->subset, font, placed);
	return put_program(
		&coded->subset, placed, placed ? hb_face_reference_blob(placed) : NULL, deflate);
}

bool subset_make(struct subset *subset, const struct font *font, const hb_set_t *glyphs, int wider,
	struct libdeflate_compressor *deflate)
{
	hb_face_t *face = make_face(font, glyphs, wider);
	hb_blob_t *program = !face ? NULL
		: font->cff        ? outlines_of(face, wider)
				   : hb_face_reference_blob(face);
	if (!put_program(subset, face, program, deflate))
		return false;
	make_widths(subset, font, glyphs, wider);
	make_unicode(&subset->unicode, font, glyphs, subset, deflate);
	return true;
}

void subset_make_superior(struct font *font, struct libdeflate_compressor *deflate)
{
	hb_set_t *digits = hb_set_create();
	for (int glyph = 1; glyph < font->glyph_count; glyph++)
		if (font_glyph_kind(font, (unsigned)glyph, true) == FONT_SUPERIOR)
			hb_set_add(digits, (hb_codepoint_t)glyph);
	make_unicode(&font->superior, font, digits, NULL, deflate);
	hb_set_destroy(digits);
}

void subset_clear(struct subset *subset)
{
	buf_clear(&subset->program);
	buf_clear(&subset->unicode);
	buf_clear(&subset->widths);
	buf_clear(&subset->glyph_ids);
}

void subset_free(struct subset *subset)
{
	buf_free(&subset->program);
	buf_free(&subset->unicode);
	buf_free(&subset->widths);
	buf_free(&subset->glyph_ids);
}

static unsigned embed_program(
	struct pdf_writer *writer, const struct font *font, const struct subset *subset)
{
	HPDF_Dict dict = object_stream(
		writer, (struct str){subset->program.at, (int)subset->program.len});
	struct buf *out = object_open(writer, dict);
	buf_puts(out, "/Filter/FlateDecode");
	if (font->cff)
		buf_puts(out, "/Subtype/CIDFontType0C");
	else
		put_key_int(out, "/Length1", subset->program_len);
	return object_close(writer, dict);
}

static void put_base_font(
	struct buf *out, const char *key, const struct font *font, const struct subset *subset)
{
	buf_puts(out, key);
	buf_char(out, '/');
	buf_puts(out, subset->tag);
	buf_char(out, '+');
	buf_puts(out, font->name);
}

/* Flags: ISO 32000-1 table 123; a CID font of glyph ids is symbolic. */
static unsigned embed_descriptor(struct pdf_writer *writer, const struct font *font,
	const struct subset *subset, unsigned program)
{
	enum { FIXED_PITCH = 1, SYMBOLIC = 4, ITALIC = 64 };
	HPDF_Dict dict = object_new(writer);
	struct buf *out = object_open(writer, dict);
	put_base_font(out, "/Type/FontDescriptor/FontName", font, subset);
	put_key_int(out, "/Flags",
		SYMBOLIC | (font->fixed_pitch ? FIXED_PITCH : 0) | (font->italic ? ITALIC : 0));
	for (int i = 0; i < 4; i++)
		put_key_int(
			out, i ? "" : "/FontBBox[", subset->boxed ? subset->box[i] : font->box[i]);
	put_key_int(out, "]/ItalicAngle", font->italic ? -12 : 0);
	put_key_int(out, "/Ascent", font->ascent);
	put_key_int(out, "/Descent", font->descent);
	put_key_int(out, "/CapHeight", font->cap_height);
	put_key_int(out, "/StemV", font->bold ? 140 : 80);
	put_key_ref(out, font->cff ? "/FontFile3" : "/FontFile2", program);
	return object_close(writer, dict);
}

static unsigned embed_descendant(struct pdf_writer *writer, const struct font *font,
	const struct subset *subset, unsigned descriptor)
{
	unsigned map = 0;
	if (subset->glyph_ids.len)
		map = object_text(writer,
			object_stream(writer,
				(struct str){subset->glyph_ids.at, (int)subset->glyph_ids.len}),
			"/Filter/FlateDecode");
	HPDF_Dict dict = object_new(writer);
	struct buf *out = object_open(writer, dict);
	buf_puts(out,
		font->cff ? "/Type/Font/Subtype/CIDFontType0" : "/Type/Font/Subtype/CIDFontType2");
	if (map)
		put_key_ref(out, "/CIDToGIDMap", map);
	else if (!font->cff)
		buf_puts(out, "/CIDToGIDMap/Identity");
	put_base_font(out, "/BaseFont", font, subset);
	buf_puts(out, "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>");
	put_key_ref(out, "/FontDescriptor", descriptor);
	buf_puts(out, "/W[");
	buf_str(out, (struct str){subset->widths.at, (int)subset->widths.len});
	buf_char(out, ']');
	return object_close(writer, dict);
}

unsigned font_embed_glyphs(
	struct pdf_writer *writer, const struct font *font, const struct subset *subset)
{
	unsigned program = embed_program(writer, font, subset);
	unsigned descriptor = embed_descriptor(writer, font, subset, program);
	return embed_descendant(writer, font, subset, descriptor);
}

unsigned font_embed(struct pdf_writer *writer, const struct font *font, const struct subset *subset,
	unsigned glyphs, const struct buf *unicode)
{
	unsigned map = object_text(writer,
		object_stream(writer, (struct str){unicode->at, (int)unicode->len}),
		"/Filter/FlateDecode");
	HPDF_Dict dict = object_new(writer);
	struct buf *out = object_open(writer, dict);
	put_base_font(out, "/Type/Font/Subtype/Type0/Encoding/Identity-H/BaseFont", font, subset);
	put_key_ref(out, "/DescendantFonts[", glyphs);
	put_key_ref(out, "]/ToUnicode", map);
	return object_close(writer, dict);
}
