/* coded.c - what runs from right to left, numbers in Arabic digits and the scripts of India and of
 * South-East Asia, shown by codes of their own (ISO 32000-1 9.7.4.2 and 9.10.3).
 *
 * A reader that takes text off a page looks at it as the eye does, from the left, and turns round
 * what is of a script from right to left. That goes well where each glyph says what it stands for
 * and all of a run is in one font; ActualText, which is in the order of the text, some turn round
 * once more. But one glyph says one thing only: a bracket that is turned round says the other one,
 * and one shape with dots of its own stands for three letters in Nastaliq. So here a code is not a
 * glyph, but a glyph and what it says: a letter has a small font of its own for that (R0), made
 * anew. From right to left, of a cluster of several glyphs each says one character when there are
 * as many; else the first says all. From left to right, where signs are joined and change places,
 * each says the next share of the cluster's text, whichever it draws. Fonts with CFF outlines have
 * no map from codes to glyphs, and are shown as all else is.
 *
 * A second such font (S0) has the glyphs that stand between Han and western characters, each with
 * the quarter of an em behind it as part of its width: a gap would be a blank to readers. Of CFF
 * outlines there is one only where they are keyed by CIDs, and its codes are glyphs. */
#include "pdf/content_int.h"

enum { MOST_CODES = 0xFFFF };

/* What a glyph says that has nothing to say: readers know no code without a text. Letters that are
 * joined already are not changed by it. */
#define JOINER "\xE2\x80\x8D" /* U+200D */

/* U+0660 to U+066C, U+06F0 to U+06F9: many fonts have one glyph for two of them. */
static bool begins_with_arabic_digit(const struct mark *mark)
{
	const char *at = mark->text.at + mark->glyphs[0].cluster;
	return (at[0] == '\xD9' && (unsigned char)at[1] >= 0xA0 && (unsigned char)at[1] <= 0xAC) ||
		(at[0] == '\xDB' && (unsigned char)at[1] >= 0xB0 && (unsigned char)at[1] <= 0xB9);
}

/* U+0900 to U+0FFF, U+1000 to U+10BF, U+1700 to U+1CFF, U+A800 to U+ABFF: by two bytes. */
static const struct {
	unsigned char first, from, to;
} joined[] = {{0xE0, 0xA4, 0xBF}, {0xE1, 0x80, 0x82}, {0xE1, 0x9C, 0xB3}, {0xEA, 0xA0, 0xAF}};

/* Whether some characters are of scripts whose signs are joined and change places. */
static bool has_joined(struct str text)
{
	for (size_t i = 0; i < sizeof joined / sizeof *joined; i++) {
		const char *end = text.at + text.len, *at = text.at;
		for (; (at = memchr(at, joined[i].first, (size_t)(end - at))); at++)
			if ((unsigned char)at[1] >= joined[i].from &&
				(unsigned char)at[1] <= joined[i].to)
				return true;
	}
	return false;
}

bool is_coded(const struct font *font, const struct mark *mark)
{
	if (font->cff || !mark->glyph_count)
		return false;
	int from = mark->glyphs[0].cluster, to = mark->text_to;
	return mark->leftwards || begins_with_arabic_digit(mark) ||
		(font->joined && has_joined(str_slice(mark->text, from, to)));
}

struct str coded_said(struct arena *arena, struct str text)
{
	char *to = arena_alloc(arena, (size_t)text.len);
	struct str said = {to, 0};
	for (int at = 0; at < text.len;) {
		int from = at;
		if (!text_is_said(utf8_next(text, &at)))
			continue;
		memcpy(to + said.len, text.at + from, (size_t)(at - from));
		said.len += at - from;
	}
	return said;
}

static int characters_of(struct str text)
{
	int count = 0;
	for (int at = 0; at < text.len; count++)
		utf8_next(text, &at);
	return count;
}

/* As a reader meets it that turns characters round, not codes: the last one first. */
static struct str turned(struct arena *arena, struct str text)
{
	char *to = arena_alloc(arena, (size_t)text.len);
	for (int at = 0, from = 0; at < text.len; from = at) {
		utf8_next(text, &at);
		memcpy(to + text.len - at, text.at + from, (size_t)(at - from));
	}
	return (struct str){to, text.len};
}

/* A character for each of the first glyphs, what is left for the last; n: the glyph. */
static struct str next_share(struct str text, int n, int glyphs)
{
	int from = 0, to = 0;
	for (int i = 0; i <= n && from < text.len; i++) {
		from = to;
		if (from < text.len)
			utf8_next(text, &to);
	}
	if (n + 1 == glyphs)
		to = text.len;
	return from < to ? str_slice(text, from, to) : str_lit(JOINER);
}

/* A vowel that stands on two sides of its letter is two characters as well, of which both are the
 * same text (UAX #15). */
static struct str decomposed(struct arena *arena, struct str text)
{
	enum { MOST = 8 }; /* bytes of two characters */
	struct str result = {arena_alloc(arena, (size_t)text.len * MOST), 0};
	for (int at = 0; at < text.len;) {
		hb_codepoint_t first = utf8_next(text, &at), second = 0;
		char *to = (char *)(uintptr_t)result.at;
		hb_unicode_decompose(hb_unicode_funcs_get_default(), first, &first, &second);
		result.len += utf8_encode(first, to + result.len);
		if (second)
			result.len += utf8_encode(second, to + result.len);
	}
	return result;
}

/* The share of the nth of some glyphs in what their cluster says. */
static struct str share_of(
	struct arena *arena, const struct mark *mark, struct str text, int n, int glyphs)
{
	if (mark->leftwards && characters_of(text) != glyphs)
		return n || !text.len ? str_lit(JOINER) : text;
	if (characters_of(text) < glyphs)
		text = decomposed(arena, text);
	return next_share(text, n, glyphs);
}

static struct str text_of(struct arena *arena, const struct mark *mark, int glyph)
{
	const struct glyph *glyphs = mark->glyphs;
	int first = glyph, end = glyph + 1;
	while (first > 0 && glyphs[first - 1].cluster == glyphs[glyph].cluster)
		first--;
	while (end < mark->glyph_count && glyphs[end].cluster == glyphs[glyph].cluster)
		end++;
	struct str text = str_slice(
		mark->text, glyphs[glyph].cluster, spell_cluster_end(mark, end));
	struct str share = share_of(
		arena, mark, coded_said(arena, text), glyph - first, end - first);
	return mark->leftwards ? turned(arena, share) : share;
}

unsigned coded_find(struct arena *arena, struct coded *coded, const struct mark *mark, int glyph)
{
	struct code code = {mark->glyphs[glyph].id, text_of(arena, mark, glyph)};
	uint64_t hash = str_hash(code.text) + code.glyph * UINT64_C(0x9E3779B97F4A7C15);
	for (int64_t at; (at = map_find(&coded->by_key, hash)) >= 0; hash++)
		if (coded->codes.at[at].glyph == code.glyph &&
			str_eq(coded->codes.at[at].text, code.text))
			return (unsigned)at + 1;
	map_add(&coded->by_key, hash, (uint32_t)coded->codes.len);
	*vec_push(arena, &coded->codes) = code;
	hb_set_add(coded->glyphs, code.glyph);
	return (unsigned)coded->codes.len;
}

void coded_clear(struct coded *coded)
{
	hb_set_clear(coded->glyphs);
	map_clear(&coded->by_key);
	memset(&coded->codes, 0, sizeof coded->codes);
}

void coded_free(struct coded *coded)
{
	hb_set_destroy(coded->glyphs);
	map_free(&coded->by_key);
	subset_free(&coded->subset);
}

bool coded_make(struct coded *coded, const struct font *font, struct libdeflate_compressor *deflate)
{
	struct subset *subset = &coded->subset;
	struct buf ids = {0};
	struct to_unicode unicode;
	subset_clear(subset);
	if (font->cff)
		return subset_make(subset, font, coded->glyphs, coded->wider, deflate);
	if (coded->codes.len > MOST_CODES ||
		!subset_make_program(subset, font, coded->glyphs, coded->wider, deflate))
		return false;
	to_unicode_begin(&unicode);
	buf_put(&ids, "\0\0", 2);
	buf_puts(&subset->widths, "1[");
	for (int i = 0; i < coded->codes.len; i++) {
		unsigned glyph = coded->codes.at[i].glyph;
		buf_char(&ids, (char)(glyph >> 8));
		buf_char(&ids, (char)glyph);
		if (i)
			buf_char(&subset->widths, ' ');
		put_milli(&subset->widths,
			length_scale(font->slots[glyph].advance + coded->wider, 1000000,
				font->units_per_em));
		to_unicode_put(&unicode, (unsigned)i + 1, coded->codes.at[i].text);
	}
	buf_char(&subset->widths, ']');
	put_deflated(&subset->glyph_ids, buf_text(&ids), deflate);
	to_unicode_end(&unicode, &subset->unicode, deflate);
	buf_free(&ids);
	return true;
}
