/* cff.c - CFF outlines whose glyphs can be shown by their numbers (Adobe TN 5176).
 *
 * A PDF shows a glyph of a font that is keyed by CIDs by its CID (ISO 32000-1 9.7.4.2), and what is
 * written here are numbers of glyphs. Fonts of Chinese, Japanese and Korean as they are made have
 * both alike; in parts that were cut out of them the list that leads from one to the other is made
 * anew. Nothing else goes by CIDs: the private dictionaries are chosen by the numbers (FDSelect),
 * and what a PDF says of the ordering is Identity. */
#include "text/cff.h"
#include "text/text_int.h"

unsigned cff_number(struct cff *cff, unsigned at, unsigned size)
{
	unsigned value = 0;
	if (size > 4 || at > cff->len || cff->len - at < size) {
		cff->cut_off = true;
		return 0;
	}
	for (unsigned i = 0; i < size; i++)
		value = value << 8 | cff->at[at + i];
	return value;
}

unsigned cff_skip_index(struct cff *cff, unsigned at, unsigned *first, unsigned *end)
{
	unsigned count = cff_number(cff, at, 2), size = cff_number(cff, at + 2, 1);
	*first = *end = at + 2;
	if (!count || cff->cut_off)
		return at + 2;
	unsigned data = at + 3 + (count + 1) * size - 1; /* offsets count from 1 */
	*first = data + cff_number(cff, at + 3, size);
	*end = data + cff_number(cff, at + 3 + size, size);
	return data + cff_number(cff, at + 3 + count * size, size);
}

int cff_read_token(struct cff *cff, unsigned *at, int *value)
{
	enum {
		TWO_BYTES = 12,
		LAST = 21,
		SHORT = 28,
		LONG,
		REAL,
		ONE = 32,
		TWO = 247,
		MINUS = 251
	};
	unsigned c = cff_number(cff, (*at)++, 1);
	if (c == TWO_BYTES)
		return (int)(TWO_BYTES << 8 | cff_number(cff, (*at)++, 1));
	if (c <= LAST)
		return (int)c;
	if (c == SHORT) {
		*value = (int16_t)cff_number(cff, *at, 2);
		*at += 2;
	} else if (c == LONG) {
		*value = (int32_t)cff_number(cff, *at, 4);
		*at += 4;
	} else if (c == REAL) {
		unsigned pair;
		*value = CFF_NO_INTEGER;
		do
			pair = cff_number(cff, (*at)++, 1);
		while ((pair & 0xF) != 0xF && pair >> 4 != 0xF && !cff->cut_off);
	} else if (c >= TWO) {
		int more = (int)(((c - TWO) & 3) * 256 + cff_number(cff, (*at)++, 1)) + 108;
		*value = c < MINUS ? more : -more;
	} else if (c >= ONE) {
		*value = (int)c - 139;
	}
	return CFF_NUMBER;
}

/* Where the list of CIDs is, if the font is keyed by them. */
static unsigned find_charset(struct cff *cff, bool *by_cid)
{
	enum { CHARSET = 15, ROS = 12 << 8 | 30 };
	unsigned at, end, charset = 0;
	int value = 0;
	at = cff_skip_index(cff, cff_number(cff, 2, 1), &at, &end);
	cff_skip_index(cff, at, &at, &end);
	while (at < end && !cff->cut_off) {
		int token = cff_read_token(cff, &at, &value);
		*by_cid |= token == ROS;
		if (token == CHARSET)
			charset = (unsigned)value;
	}
	return *by_cid ? charset : 0;
}

/* Reads it to its end. */
static bool is_identity(struct cff *cff, unsigned at, unsigned glyphs)
{
	unsigned format = cff_number(cff, at++, 1);
	bool is = true;
	cff->cut_off |= format > 2;
	for (unsigned glyph = 1; glyph < glyphs && !cff->cut_off;) {
		is &= cff_number(cff, at, 2) == glyph;
		glyph += 1 + (format ? cff_number(cff, at + 2, format) : 0);
		at += 2 + format;
	}
	return is;
}

/* One range for all, which takes no more room than any list that is another. */
static void put_identity(unsigned char *at, unsigned glyphs)
{
	const unsigned left = glyphs - 2;
	*at++ = glyphs == 2 ? 0 : left > 0xFF ? 2 : 1;
	*at++ = 0;
	*at++ = 1;
	if (left > 0xFF)
		*at++ = (unsigned char)(left >> 8);
	if (left)
		*at = (unsigned char)left;
}

/* The table with the list at charset, which was read to its end, made anew. */
static hb_blob_t *numbered(hb_blob_t *table, unsigned charset, unsigned glyphs)
{
	hb_blob_t *copy = hb_blob_copy_writable_or_fail(table);
	if (!copy)
		out_of_memory();
	put_identity((unsigned char *)hb_blob_get_data_writable(copy, NULL) + charset, glyphs);
	return copy;
}

/* The face with another table for outlines. */
static hb_face_t *rebuilt(hb_face_t *face, hb_tag_t outlines, hb_blob_t *table)
{
	enum { MOST = 64 };
	hb_tag_t tags[MOST];
	unsigned count = MOST;
	hb_face_t *builder = hb_face_builder_create();
	hb_face_get_table_tags(face, 0, &count, tags);
	for (unsigned i = 0; i < count; i++) {
		hb_blob_t *one = tags[i] == outlines ? hb_blob_reference(table)
						     : hb_face_reference_table(face, tags[i]);
		hb_face_builder_add_table(builder, tags[i], one);
		hb_blob_destroy(one);
	}
	hb_blob_t *bytes = hb_face_reference_blob(builder);
	hb_face_t *made = hb_face_create(bytes, 0);
	hb_blob_destroy(bytes);
	hb_face_destroy(builder);
	return made;
}

hb_face_t *cff_by_glyph(hb_face_t *face, bool *by_cid)
{
	enum { PREDEFINED = 2 };
	const hb_tag_t outlines = HB_TAG('C', 'F', 'F', ' ');
	hb_blob_t *table = hb_face_reference_table(face, outlines);
	unsigned glyphs = hb_face_get_glyph_count(face);
	struct cff cff = {0};
	cff.at = (const unsigned char *)hb_blob_get_data(table, &cff.len);
	*by_cid = false;
	unsigned charset = cff.len ? find_charset(&cff, by_cid) : 0;
	*by_cid &= charset > PREDEFINED;
	bool good = charset <= PREDEFINED || is_identity(&cff, charset, glyphs);
	hb_face_t *made = cff.cut_off ? NULL : face;
	if (made && !good) {
		hb_blob_t *other = numbered(table, charset, glyphs);
		made = rebuilt(face, outlines, other);
		hb_blob_destroy(other);
	}
	if (made != face)
		hb_face_destroy(face);
	hb_blob_destroy(table);
	return made;
}
