/* words.c - a segment set together from words that were shaped before.
 *
 * Most of the time of shaping goes into words that came up a hundred times in the run. But a word
 * shaped alone is not the word in its line: fonts kern against the blank ("r " and " A" differ), so
 * "word + blank" is not a unit either. So each word is shaped between the blanks that it really has
 * beside it, and a blank between two words is put together from what the word before and the word
 * after do to it:
 *
 *   shape(" one ") = b1 o n e B1     shape(" two ") = b2 t w o B2
 *   shape(" one two ") = b1 o n e (blank + change of B1 + change of b2) t w o B2
 *
 * That is exact when no rule of the font reaches across the blank but pair kerning that moves the
 * first of its two glyphs: word_rules.c reads that from the font. Words with characters that might
 * reach further (marks, joiners, anything but plain Latin) or that the font lacks make the whole
 * segment be shaped in one go; the unit tests compare both ways. */
#include "text/text_int.h"

#include <assert.h>
#include <hb-ot.h>

enum { MAX_WORD = 250 }; /* bytes */

/* A word as shaped, clusters from its start. before and after: what it changes in the blanks. */
struct word {
	bool whole;   /* cannot be set apart from its line */
	bool shifted; /* as of struct paragraph */
	int count;
	struct glyph before, after;
	struct glyph glyphs[];
};

/* A word and its neighbourhood: the bytes that are shaped. */
struct source {
	char at[MAX_WORD + 2];
	int len, from, to; /* the word without its blanks */
};

struct composer {
	struct shaping *shaping;
	const struct segment *segment;
	const struct font *font;
	int face;
};

static struct source source_of(
	struct str text, int from, int to, bool blank_before, bool blank_after)
{
	struct source source;
	source.at[0] = ' ';
	memcpy(source.at + blank_before, text.at + from, (size_t)(to - from));
	source.from = blank_before;
	source.to = source.from + to - from;
	source.at[source.to] = ' ';
	source.len = source.to + blank_after;
	return source;
}

/* Latin letters and the punctuation and signs that stand beside them; no marks, nothing
 * invisible. */
static bool is_plain(uint32_t c)
{
	return (c > 0x20 && c < 0x7F) || (c > 0xA0 && c < 0x250 && c != 0xAD) ||
		(c >= 0x1E00 && c < 0x1F00) || (c >= 0x2010 && c <= 0x2027) ||
		(c >= 0x2030 && c <= 0x205E) || (c >= 0x20A0 && c <= 0x20BF);
}

static bool is_plain_word(struct str word)
{
	for (int at = 0; at < word.len;)
		if (!is_plain(utf8_next(word, &at)))
			return false;
	return true;
}

static bool is_plain_glyph(const struct composer *composer, hb_codepoint_t glyph)
{
	return glyph != 0 &&
		hb_ot_layout_get_glyph_class(hb_font_get_face(composer->font->hb), glyph) !=
		HB_OT_LAYOUT_GLYPH_CLASS_MARK;
}

/* The blanks of the source must have come out as blanks of their own. */
static bool is_apart(const struct composer *composer, const struct source *source,
	const hb_glyph_info_t *infos, int count)
{
	hb_codepoint_t blank = composer->font->space_glyph;
	int first = source->from, last = count - (source->len - source->to);
	if (last <= first)
		return false;
	if (first && infos[0].codepoint != blank)
		return false;
	if (last < count &&
		(infos[last].codepoint != blank || (int)infos[last].cluster != source->to))
		return false;
	for (int i = first; i < last; i++)
		if ((int)infos[i].cluster < source->from || (int)infos[i].cluster >= source->to ||
			!is_plain_glyph(composer, infos[i].codepoint))
			return false;
	return true;
}

static struct glyph change_of_blank(const struct composer *composer, const hb_glyph_info_t *info,
	const hb_glyph_position_t *position)
{
	struct glyph glyph = shape_glyph(info, position);
	glyph.advance -= composer->font->space;
	return glyph;
}

static struct word *store(const struct composer *composer, uint64_t tag, struct str key, int count)
{
	struct word *word = cache_put(composer->shaping->shaper->words, tag, key,
		sizeof *word + (size_t)count * sizeof(struct glyph));
	word->count = count;
	return word;
}

static const struct word *shape_word(
	const struct composer *composer, uint64_t tag, const struct source *source)
{
	struct shaper *shaper = composer->shaping->shaper;
	hb_buffer_t *buffer = shaper->buffers[0];
	struct str bytes = {source->at, source->len};
	struct str key = str_slice(bytes, source->from, source->to);
	unsigned count = 0;
	const hb_glyph_info_t *infos = NULL;
	const hb_glyph_position_t *positions = NULL;
	if (is_plain_word(key)) {
		struct shape_input input = {bytes, 0, bytes.len, HB_SCRIPT_LATIN,
			shaper->languages.at[composer->segment->language].hb,
			shaper_features(shaper, composer->segment->features)};
		shape_buffer(buffer, composer->font, &input);
		infos = hb_buffer_get_glyph_infos(buffer, &count);
		positions = hb_buffer_get_glyph_positions(buffer, NULL);
	}
	int first = source->from, last = (int)count - (source->len - source->to);
	struct word *word = NULL;
	if (!is_apart(composer, source, infos, (int)count)) {
		word = store(composer, tag, key, 0);
		word->whole = true;
		return word;
	}
	word = store(composer, tag, key, last - first);
	for (int i = first; i < last; i++) {
		word->glyphs[i - first] = shape_glyph(&infos[i], &positions[i]);
		word->glyphs[i - first].cluster -= source->from;
		word->shifted |= positions[i].x_offset || positions[i].y_offset;
	}
	if (first)
		word->before = change_of_blank(composer, &infos[0], &positions[0]);
	if (last < (int)count)
		word->after = change_of_blank(composer, &infos[last], &positions[last]);
	return word;
}

/* The shaped word text[from, to), valid until the next call; NULL when it cannot be set apart. */
static const struct word *find_word(const struct composer *composer, int from, int to)
{
	const struct segment *segment = composer->segment;
	struct str text = composer->shaping->flat->text;
	bool before = from > segment->from, after = to < segment->to;
	if (to - from > MAX_WORD)
		return NULL;
	uint64_t tag = (uint64_t)segment->features << 48 | (uint64_t)composer->face << 32 |
		(uint64_t)segment->language << 2 | (uint64_t)before << 1 | (uint64_t)after;
	const struct word *word = cache_find(
		composer->shaping->shaper->words, tag, str_slice(text, from, to));
	if (!word) {
		struct source source = source_of(text, from, to, before, after);
		word = shape_word(composer, tag, &source);
	}
	return word->whole ? NULL : word;
}

static void put_blank(
	const struct composer *composer, struct glyph left, struct glyph right, int at)
{
	*shape_add(composer->shaping, 1) = (struct glyph){
		.id = (uint16_t)composer->font->space_glyph,
		.unsafe = left.unsafe,
		.advance = composer->font->space + left.advance + right.advance,
		.dx = left.dx + right.dx,
		.dy = left.dy + right.dy,
		.cluster = at,
	};
}

static void put_word(const struct composer *composer, const struct word *word, int at)
{
	struct glyph *glyphs = shape_add(composer->shaping, word->count);
	composer->shaping->shifted |= word->shifted;
	for (int i = 0; i < word->count; i++) {
		glyphs[i] = word->glyphs[i];
		glyphs[i].cluster += at;
	}
}

static int word_end(struct str text, int from, int to)
{
	const char *blank = memchr(text.at + from, ' ', (size_t)(to - from));
	return blank ? (int)(blank - text.at) : to;
}

static bool compose(const struct composer *composer)
{
	const struct segment *segment = composer->segment;
	struct str text = composer->shaping->flat->text;
	struct glyph left = {0};
	for (int at = segment->from, end; at < segment->to; at = end) {
		bool blank = text.at[at] == ' ';
		int from = at + blank;
		end = word_end(text, from, segment->to);
		if (end == from && end < segment->to)
			return false; /* two blanks side by side */
		const struct word *word = end > from ? find_word(composer, from, end) : NULL;
		if (end > from && !word)
			return false;
		if (blank)
			put_blank(composer, left, word ? word->before : (struct glyph){0}, at);
		if (word) {
			put_word(composer, word, from);
			left = word->after;
		}
	}
	return true;
}

bool words_shape(struct shaping *shaping, const struct segment *segment)
{
	int face = segment->chain->faces[0];
	struct composer composer = {shaping, segment, &shaping->shaper->text->fonts.at[face], face};
	if (segment->script != HB_SCRIPT_LATIN || !font_words_apart(composer.font))
		return false;
	size_t glyphs = shaping->shaper->glyphs.len;
	int pieces = shaping->pieces.len;
	shape_piece(shaping, face);
	if (compose(&composer))
		return true;
	shaping->shaper->glyphs.len = glyphs;
	shaping->pieces.len = pieces;
	return false;
}
