/* word_rules.c - may words of a face be shaped one by one? Asked once for each face that is used.
 *
 * A word may be set apart from its line when no rule for Latin text looks across a blank. Rules are
 * read from GSUB and GPOS; the answer is yes when, of the lookups that Latin text can reach,
 *
 *   - none skips base glyphs or ligatures, as that could skip a word;
 *   - a substitution neither takes nor looks at the blank;
 *   - a position is of a type that looks at one glyph and its mark, or at a pair of which only the
 *     first is moved, or looks not at the blank;
 *   - a contextual rule names its glyphs, not classes: class 0 is "all others", which HarfBuzz does
 *     not list.
 *
 * Fonts with tables of other shaping models (AAT, Graphite) or with kerning in the old table alone
 * are not looked into: no. A no costs time, never quality. */
#include "text/text_int.h"

#include <hb-ot.h>

static const hb_tag_t other_models[] = {HB_TAG('m', 'o', 'r', 'x'), HB_TAG('m', 'o', 'r', 't'),
	HB_TAG('k', 'e', 'r', 'x'), HB_TAG('t', 'r', 'a', 'k'), HB_TAG('S', 'i', 'l', 'f')};

enum { SKIPS_BASES = 0x0002, SKIPS_LIGATURES = 0x0004 };

struct table {
	hb_face_t *face;
	hb_tag_t tag;
	const unsigned char *bytes;
	unsigned len;
	hb_codepoint_t blank;
};

/* Beyond the end all is zero, and no rule begins with zero. */
static unsigned u16(const struct table *table, unsigned at)
{
	return at < table->len && table->len - at >= 2
		? (unsigned)table->bytes[at] << 8 | table->bytes[at + 1]
		: 0;
}

static unsigned u32(const struct table *table, unsigned at)
{
	return u16(table, at) << 16 | u16(table, at + 2);
}

static bool looks_at_blank(const struct table *table, unsigned lookup)
{
	hb_set_t *sets[3];
	bool looks = false;
	for (int i = 0; i < 3; i++)
		sets[i] = hb_set_create();
	hb_ot_layout_lookup_collect_glyphs(
		table->face, table->tag, lookup, sets[0], sets[1], sets[2], NULL);
	for (int i = 0; i < 3; i++) {
		looks |= hb_set_has(sets[i], table->blank);
		hb_set_destroy(sets[i]);
	}
	return looks;
}

struct rule {
	unsigned type, format, at;
	bool looks_at_blank;
};

static bool substitution_is_local(const struct rule *rule)
{
	enum { CONTEXT = 5, CHAINED = 6, REVERSE = 8 };
	switch (rule->type) {
	case CONTEXT:
	case CHAINED:
		return rule->format != 2 && !rule->looks_at_blank;
	default:
		return rule->type && rule->type <= REVERSE && !rule->looks_at_blank;
	}
}

static bool position_is_local(const struct table *table, const struct rule *rule)
{
	enum { SINGLE = 1, PAIR, CURSIVE, TO_BASE, TO_LIGATURE, TO_MARK, CONTEXT, CHAINED };
	enum { SECOND_VALUE_FORMAT = 6 };
	switch (rule->type) {
	case SINGLE:
	case TO_BASE:
	case TO_LIGATURE:
	case TO_MARK:
		return true;
	case PAIR:
		return u16(table, rule->at + SECOND_VALUE_FORMAT) == 0;
	case CURSIVE:
		return !rule->looks_at_blank;
	case CONTEXT:
	case CHAINED:
		return rule->format != 2 && !rule->looks_at_blank;
	default:
		return false;
	}
}

static bool lookup_is_local(const struct table *table, unsigned index)
{
	unsigned extension = table->tag == HB_OT_TAG_GSUB ? 7 : 9;
	unsigned list = u16(table, 8), at = list + u16(table, list + 2 + 2 * index);
	if (u16(table, at + 2) & (SKIPS_BASES | SKIPS_LIGATURES))
		return false;
	struct rule rule = {.looks_at_blank = looks_at_blank(table, index)};
	for (unsigned i = 0, count = u16(table, at + 4); i < count; i++) {
		rule.type = u16(table, at);
		rule.at = at + u16(table, at + 6 + 2 * i);
		if (rule.type == extension) {
			rule.type = u16(table, rule.at + 2);
			rule.at += u32(table, rule.at + 4);
		}
		rule.format = u16(table, rule.at);
		if (!(table->tag == HB_OT_TAG_GSUB ? substitution_is_local(&rule)
						   : position_is_local(table, &rule)))
			return false;
	}
	return true;
}

static bool table_is_local(hb_face_t *face, hb_tag_t tag, hb_codepoint_t blank)
{
	static const hb_tag_t scripts[] = {
		HB_TAG('l', 'a', 't', 'n'), HB_TAG('D', 'F', 'L', 'T'), HB_TAG_NONE};
	hb_blob_t *blob = hb_face_reference_table(face, tag);
	struct table table = {.face = face, .tag = tag, .blank = blank};
	table.bytes = (const unsigned char *)hb_blob_get_data(blob, &table.len);
	hb_set_t *lookups = hb_set_create();
	hb_ot_layout_collect_lookups(face, tag, scripts, NULL, NULL, lookups);
	bool local = true;
	for (hb_codepoint_t i = HB_SET_VALUE_INVALID; local && hb_set_next(lookups, &i);)
		local = lookup_is_local(&table, i);
	hb_set_destroy(lookups);
	hb_blob_destroy(blob);
	return local;
}

static bool has_table(hb_face_t *face, hb_tag_t tag)
{
	hb_blob_t *blob = hb_face_reference_table(face, tag);
	bool has = hb_blob_get_length(blob) > 0;
	hb_blob_destroy(blob);
	return has;
}

static bool read_rules(hb_face_t *face, hb_codepoint_t space_glyph)
{
	for (size_t i = 0; i < sizeof other_models / sizeof *other_models; i++)
		if (has_table(face, other_models[i]))
			return false;
	if (has_table(face, HB_TAG('k', 'e', 'r', 'n')) && !has_table(face, HB_OT_TAG_GPOS))
		return false;
	return space_glyph && table_is_local(face, HB_OT_TAG_GSUB, space_glyph) &&
		table_is_local(face, HB_OT_TAG_GPOS, space_glyph);
}

bool font_words_apart(const struct font *font)
{
	enum { UNKNOWN, NO, YES };
	int answer = font->words_apart ? atomic_load(font->words_apart) : NO;
	if (answer == UNKNOWN) {
		answer = read_rules(hb_font_get_face(font->hb), font->space_glyph) ? YES : NO;
		atomic_store(font->words_apart, answer);
	}
	return answer == YES;
}
