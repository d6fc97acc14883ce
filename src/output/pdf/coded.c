/* coded.c - what runs from right to left, numbers in Arabic digits and the scripts of India and of
 * South-East Asia, shown by codes of their own (ISO 32000-1 9.7.4.2 and 9.10.3).
 *
 * A reader that takes text off a page looks at it as the eye does, from the left, and turns round
 * what is of a script from right to left. That goes well where each glyph says what it stands for
 * and all of a run is in one font; ActualText, which is in the order of the text, some turn round
 * once more. But one glyph says one thing only: a bracket that is turned round says the other one,
 * and one shape with dots of its own stands for three letters in Nastaliq; and glyphs are moved: a
 * sign beside its place is a blank to many. So here a code is not a glyph, but a character: a
 * letter has a small font of its own for that (R0), made anew. Of a cluster, what HarfBuzz makes of
 * some characters together, the first character's glyph draws all, and moves the pen as far as all
 * do; the others draw nothing and do not move it (placed.c). Fonts with CFF outlines have no map
 * from codes to glyphs, and are shown as all else is.
 *
 * A second such font (S0) has the glyphs that stand between Han and western characters, each with
 * the quarter of an em behind it as part of its width: a gap would be a blank to readers. Of CFF
 * outlines there is one only where they are keyed by CIDs, and its codes are glyphs. */
#include "pdf/content_int.h"

enum { MOST_CODES = 0xFFFF };

/* What is said where there is nothing to say: readers know no code without a text. Letters that are
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

bool is_coded(const struct font *font, const struct mark *mark, bool superior)
{
	if (font->cff || !mark->glyph_count)
		return false;
	int from = mark->glyphs[0].cluster, to = mark->text_to;
	bool other = superior && font_glyph_kind(font, mark->glyphs[0].id, true) == FONT_OVERFLOW;
	return other || mark->leftwards || begins_with_arabic_digit(mark) ||
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

static int cluster_of(const struct mark *mark, int glyph)
{
	return mark->glyphs[glyph].cluster;
}

struct coded_cluster coded_cluster(struct arena *arena, const struct mark *mark, int glyph)
{
	struct coded_cluster cluster = {.from = glyph, .to = glyph + 1};
	while (cluster.from > 0 && cluster_of(mark, cluster.from - 1) == cluster_of(mark, glyph))
		cluster.from--;
	while (cluster.to < mark->glyph_count &&
		cluster_of(mark, cluster.to) == cluster_of(mark, glyph))
		cluster.to++;
	cluster.text = coded_said(arena,
		str_slice(
			mark->text, cluster_of(mark, glyph), spell_cluster_end(mark, cluster.to)));
	if (!cluster.text.len)
		cluster.text = str_lit(JOINER);
	for (int i = cluster.from; i < cluster.to; i++)
		cluster.advance += mark->glyphs[i].advance;
	return cluster;
}

/* Whether readers think that a character moves the pen: not a mark on another, nor one that is not
 * seen. */
static bool moves_pen(struct str character)
{
	int at = 0;
	hb_unicode_general_category_t category = hb_unicode_general_category(
		hb_unicode_funcs_get_default(), utf8_next(character, &at));
	return category != HB_UNICODE_GENERAL_CATEGORY_NON_SPACING_MARK &&
		category != HB_UNICODE_GENERAL_CATEGORY_ENCLOSING_MARK &&
		category != HB_UNICODE_GENERAL_CATEGORY_FORMAT;
}

/* All but nothing: a step that readers see, and nobody else does. */
static int least_advance(const struct font *font)
{
	return font->units_per_em / 1000 + (font->units_per_em < 1000);
}

/* Of no width at all is to pdf.js what the pen stepped back for. */
int coded_advance(const struct coded_cluster *cluster, const struct font *font)
{
	int64_t advance = cluster->advance, least = least_advance(font);
	return advance < least ? (int)least : advance > INT16_MAX ? INT16_MAX : (int)advance;
}

/* Of one that draws nothing: so wide that they stand apart, as readers take a character for shown
 * twice where the same stands in one place; a mark is all but of no width, so that it stands before
 * what follows. */
static int silent_advance(
	const struct coded_cluster *cluster, const struct font *font, struct str character)
{
	int count = 0, whole = coded_advance(cluster, font), least = least_advance(font);
	for (int at = 0, from = 0; at < cluster->text.len; from = at) {
		utf8_next(cluster->text, &at);
		count += from == 0 || moves_pen(str_slice(cluster->text, from, at));
	}
	int share = whole / count;
	return moves_pen(character) || share < least ? share : least;
}

struct code coded_silent(
	const struct coded_cluster *cluster, const struct font *font, struct str character)
{
	return (struct code){
		.advance = silent_advance(cluster, font, character), .text = character};
}

static int silent_advances(const struct coded_cluster *cluster, const struct font *font, int first)
{
	int sum = 0;
	for (int at = first, from = first; at < cluster->text.len; from = at) {
		utf8_next(cluster->text, &at);
		sum += silent_advance(cluster, font, str_slice(cluster->text, from, at));
	}
	return sum;
}

struct code coded_drawing(struct arena *arena, const struct mark *mark,
	const struct coded_cluster *cluster, const struct font *font)
{
	int count = cluster->to - cluster->from, first = 0;
	struct piece *pieces = arena_alloc(arena, (size_t)count * sizeof *pieces);
	utf8_next(cluster->text, &first);
	int silent = silent_advances(cluster, font, first);
	int64_t pen = mark->leftwards ? -silent : 0;
	for (int n = 0; n < count; n++) {
		int i = mark->leftwards ? cluster->to - 1 - n : cluster->from + n;
		const struct glyph *glyph = &mark->glyphs[i];
		pieces[n] = (struct piece){glyph->id, (int)pen + glyph->dx, glyph->dy};
		pen += glyph->advance;
	}
	return (struct code){.pieces = pieces,
		.piece_count = count,
		.advance = coded_advance(cluster, font) - silent,
		.text = str_slice(cluster->text, 0, first)};
}

struct code coded_glyph(struct arena *arena, const struct mark *mark, int glyph, int advance)
{
	struct coded_cluster cluster = coded_cluster(arena, mark, glyph);
	struct piece *piece = arena_alloc(arena, sizeof *piece);
	*piece = (struct piece){.glyph = mark->glyphs[glyph].id};
	return (struct code){.pieces = piece,
		.piece_count = 1,
		.advance = advance,
		.text = glyph == cluster.from ? cluster.text : str_lit(JOINER)};
}

static bool is_same(const struct code *a, const struct code *b)
{
	bool same = a->piece_count == b->piece_count && a->advance == b->advance &&
		str_eq(a->text, b->text);
	for (int i = 0; same && i < a->piece_count; i++)
		same = a->pieces[i].glyph == b->pieces[i].glyph &&
			a->pieces[i].dx == b->pieces[i].dx && a->pieces[i].dy == b->pieces[i].dy;
	return same;
}

static uint64_t hash_of(const struct code *code)
{
	uint64_t hash = str_hash(code->text) + (uint64_t)code->advance;
	for (int i = 0; i < code->piece_count; i++) {
		const struct piece *piece = &code->pieces[i];
		hash = (hash ^ piece->glyph) * UINT64_C(0x9E3779B97F4A7C15);
		hash += (uint64_t)piece->dx * 0x10001 + (uint64_t)piece->dy;
	}
	return hash;
}

unsigned coded_find(struct arena *arena, struct coded *coded, const struct code *code)
{
	uint64_t hash = hash_of(code);
	for (int64_t at; (at = map_find(&coded->by_key, hash)) >= 0; hash++)
		if (is_same(&coded->codes.at[at], code))
			return (unsigned)at + 1;
	map_add(&coded->by_key, hash, (uint32_t)coded->codes.len);
	*vec_push(arena, &coded->codes) = *code;
	for (int i = 0; i < code->piece_count; i++)
		hb_set_add(coded->glyphs, code->pieces[i].glyph);
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
	if (coded->codes.len > MOST_CODES || !subset_make_program(coded, font, deflate))
		return false;
	to_unicode_begin(&unicode);
	buf_put(&ids, "\0\0", 2);
	buf_puts(&subset->widths, "1[");
	for (int i = 0; i < coded->codes.len; i++) {
		const struct code *code = &coded->codes.at[i];
		buf_char(&ids, (char)(code->id >> 8));
		buf_char(&ids, (char)code->id);
		if (i)
			buf_char(&subset->widths, ' ');
		put_milli(&subset->widths,
			length_scale(code->advance + coded->wider, 1000000, font->units_per_em));
		to_unicode_put(&unicode, (unsigned)i + 1, code->text);
	}
	buf_char(&subset->widths, ']');
	put_deflated(&subset->glyph_ids, buf_text(&ids), deflate);
	to_unicode_end(&unicode, &subset->unicode, deflate);
	buf_free(&ids);
	return true;
}
