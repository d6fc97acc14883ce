/* fallback.c - what a face of a chain lacks is set in a later one, and with a letter its whole
 * word, and the figures in it: two faces in a word look like a fault of the printer. A sign that is
 * no letter, and what is written without blanks between words, is set in the other face alone. */
#include "text/text_int.h"

#include "base/ascii.h"
#include "base/diag_id.h"

#include <stdio.h>

static bool is_letter(uint32_t c)
{
	switch (hb_unicode_general_category(hb_unicode_funcs_get_default(), c)) {
	case HB_UNICODE_GENERAL_CATEGORY_LOWERCASE_LETTER:
	case HB_UNICODE_GENERAL_CATEGORY_MODIFIER_LETTER:
	case HB_UNICODE_GENERAL_CATEGORY_OTHER_LETTER:
	case HB_UNICODE_GENERAL_CATEGORY_TITLECASE_LETTER:
	case HB_UNICODE_GENERAL_CATEGORY_UPPERCASE_LETTER:
	case HB_UNICODE_GENERAL_CATEGORY_SPACING_MARK:
	case HB_UNICODE_GENERAL_CATEGORY_ENCLOSING_MARK:
	case HB_UNICODE_GENERAL_CATEGORY_NON_SPACING_MARK:
		return true;
	default:
		return c == '\'' || c == 0x2019 || c == 0xAD || c == 0x200C || c == 0x200D;
	}
}

static bool has_words(hb_script_t script)
{
	static const hb_script_t without[] = {HB_SCRIPT_HAN, HB_SCRIPT_HIRAGANA, HB_SCRIPT_KATAKANA,
		HB_SCRIPT_BOPOMOFO, HB_SCRIPT_THAI, HB_SCRIPT_LAO, HB_SCRIPT_KHMER,
		HB_SCRIPT_MYANMAR};
	for (size_t i = 0; i < sizeof without / sizeof *without; i++)
		if (script == without[i])
			return false;
	return true;
}

struct stretch {
	int from, to;
};

/* An apostrophe is of a word only where it is in the midst of it. */
static struct stretch without_quotes(struct str text, struct stretch word, int at)
{
	static const char *const quotes[] = {"'", "\xE2\x80\x99"};
	for (size_t i = 0; i < sizeof quotes / sizeof *quotes; i++) {
		int len = (int)strlen(quotes[i]);
		if (word.to - len > at &&
			str_is(str_slice(text, word.to - len, word.to), quotes[i]))
			word.to -= len;
		if (word.from + len <= at &&
			str_is(str_slice(text, word.from, word.from + len), quotes[i]))
			word.from += len;
	}
	return word;
}

/* The letters around a byte, within those of a range; none where it is no letter. */
static struct stretch word_around(struct str text, struct stretch range, int at)
{
	struct stretch word = {at, at};
	int next = at;
	while (next < range.to && is_letter(utf8_next(text, &next)))
		word.to = next;
	while (word.to > at && word.from > range.from) {
		int before = word.from - 1;
		while (before > range.from && (text.at[before] & 0xC0) == 0x80)
			before--;
		next = before;
		if (!is_letter(utf8_next(text, &next)))
			break;
		word.from = before;
	}
	return without_quotes(text, word, at);
}

/* Of figures and signs of ASCII, those that end in a figure: "-12/34" behind "AB", "?id=7". In a
 * paragraph that runs the other way a word and the numbers behind it are one thing, with their
 * blanks: "EG38 0019 0005". */
static struct stretch with_figures(
	const struct flat *flat, struct stretch range, struct stretch word, bool leftwards)
{
	static const char all[] = " 0123456789-/.:=&_#+,";
	const char *signs = flat->leftwards && !leftwards ? all : all + 1;
	struct str text = flat->text;
	for (int at = word.to; at < range.to && strchr(signs, text.at[at]); at++)
		if (ascii_is_digit(text.at[at]))
			word.to = at + 1;
	for (int at = word.from - 1; at >= range.from && strchr(signs, text.at[at]); at--)
		if (ascii_is_digit(text.at[at]))
			word.from = at;
	return word;
}

static bool has_all(
	struct shaping *shaping, const struct segment *segment, struct stretch word, int depth)
{
	struct shaper *shaper = shaping->shaper;
	hb_buffer_t *buffer = shaper->buffers[depth];
	struct shape_input input = {shaping->flat->text, word.from, word.to, segment->script,
		shaper->languages.at[segment->language].hb,
		shaper_features(shaper, segment->features), segment->leftwards};
	unsigned count;
	shape_buffer(buffer, &shaper->text->fonts.at[segment->chain->faces[depth]], &input);
	const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(buffer, &count);
	for (unsigned i = 0; i < count; i++)
		if (infos[i].codepoint == 0)
			return false;
	return true;
}

static const char *file_of(struct shaping *shaping, const struct segment *segment, int depth)
{
	const struct text *text = shaping->shaper->text;
	return diag_str(shaping->diags,
		path_base(str_of(text->faces.at[segment->chain->faces[depth]].path)));
}

/* The first character from a byte on that a face of the segment's lacks, or the one there. */
static int first_lacking(
	const struct shaping *shaping, const struct segment *segment, int at, int to, int depth)
{
	for (int next = at, from = at; next < to; from = next)
		if (!text_face_has(shaping->shaper->text, segment->chain->faces[depth],
			    utf8_next(shaping->flat->text, &next)))
			return from;
	return at;
}

/* Once a letter; other: the cut of the family that has it, or NULL. */
static void say(struct shaping *shaping, const struct segment *segment, struct stretch word, int at,
	const int depths[2])
{
	struct diags *diags = shaping->diags;
	struct str text = shaping->flat->text;
	at = first_lacking(shaping, segment, at, word.to, depths[0]);
	int next = at, findings = diags_len(diags);
	char name[16];
	uint32_t character = utf8_next(text, &next);
	snprintf(name, sizeof name, "U+%04X", (unsigned)character);
	if (word.from == word.to)
		word = (struct stretch){at, next};
	const struct chain *other = cuts_with_character(
		shaping->shaper->text, segment->chain, depths[0], character);
	const char *shown = diag_str(diags, str_slice(text, word.from, word.to));
	const char *sign = diag_str(diags, str_slice(text, at, next));
	const char *set_in = file_of(shaping, segment, depths[1]);
	const char *lacks = file_of(shaping, segment, depths[0]);
	if (other)
		diag_add(diags, FALLBACK_CUT, shape_place(shaping, at), shown, set_in, lacks, name,
			sign, chain_cut_name(other), chain_cut_name(other),
			chain_cut_name(segment->chain));
	else
		diag_add(diags, FALLBACK, shape_place(shaping, at), shown, set_in, lacks, name,
			sign);
	said_once(diags, findings);
}

/* Whether a face's family has in another cut what it lacks there. */
static bool is_of_family(
	const struct shaping *shaping, const struct segment *segment, int at, int depth)
{
	uint32_t character = utf8_next(shaping->flat->text, &at);
	return cuts_with_character(shaping->shaper->text, segment->chain, depth, character) != NULL;
}

/* Whether a glyph of the word is there; else nobody thought that the face would set it. */
static bool has_some(hb_buffer_t *buffer, struct stretch word)
{
	unsigned count;
	const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(buffer, &count);
	for (unsigned i = 0; i < count; i++)
		if (infos[i].codepoint && (int)infos[i].cluster >= word.from &&
			(int)infos[i].cluster < word.to)
			return true;
	return false;
}

/* The face of a whole word: the next that has all of it; 0: none, or it is no word. */
static int word_depth(struct shaping *shaping, const struct segment *segment, struct stretch word,
	int at, int depth)
{
	if (word.from == word.to || !has_words(segment->script))
		return 0;
	for (int d = depth + 1; d < segment->chain->count; d++)
		if (has_all(shaping, segment, word, d)) {
			if (has_some(shaping->shaper->buffers[depth], word) ||
				is_of_family(shaping, segment, at, depth))
				say(shaping, segment, word, at, (const int[]){depth, d});
			return d;
		}
	return 0;
}

/* A sign that is set alone is worth a word where it would not be in another cut. */
static void say_alone(struct shaping *shaping, const struct segment *segment, int at, int depth)
{
	int next = at;
	uint32_t character = utf8_next(shaping->flat->text, &next);
	if (!is_of_family(shaping, segment, at, depth))
		return;
	for (int d = depth + 1; d < segment->chain->count; d++)
		if (text_face_has(shaping->shaper->text, segment->chain->faces[d], character)) {
			say(shaping, segment, (struct stretch){at, next}, at,
				(const int[]){depth, d});
			return;
		}
}

const unsigned char *fallback_find(
	struct shaping *shaping, const struct segment *segment, int from, int to, int depth)
{
	unsigned count;
	const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(
		shaping->shaper->buffers[depth], &count);
	unsigned char *depths = NULL;
	int done = from;
	for (unsigned i = 0; i < count; i++) {
		int at = (int)infos[i].cluster;
		if (infos[i].codepoint != 0 || at < done)
			continue;
		if (!depths)
			depths = arena_new_array(
				shaping->shaper->scratch, unsigned char, to - from);
		struct stretch word = word_around(
			shaping->flat->text, (struct stretch){from, to}, at);
		int whole = word_depth(shaping, segment, word, at, depth);
		depths[at - from] = (unsigned char)(depth + 1);
		if (whole) {
			struct stretch more = with_figures(shaping->flat,
				(struct stretch){from, to}, word, segment->leftwards);
			word = has_all(shaping, segment, more, whole) ? more : word;
			memset(depths + (word.from - from), whole, (size_t)(word.to - word.from));
			done = word.to;
		} else {
			say_alone(shaping, segment, at, depth);
		}
	}
	return depths;
}

/* -- from right to left ------------------------------------------------------------------------ */

static bool is_joiner(uint32_t c)
{
	return c == 0x200C || c == 0x200D;
}

static bool is_later(
	const struct text *text, const struct chain *chain, int depth, uint32_t character)
{
	while (depth < chain->count && !text_face_has(text, chain->faces[depth], character))
		depth++;
	return depth < chain->count;
}

/* Whether a face of the segment's has all of its letters and marks, and it or a later one each of
 * the signs. */
static bool sets_segment(const struct shaping *shaping, const struct segment *segment, int depth)
{
	const struct text *text = shaping->shaper->text;
	const struct chain *chain = segment->chain;
	for (int at = segment->from; at < segment->to;) {
		uint32_t c = utf8_next(shaping->flat->text, &at);
		bool letter = is_letter(c) && c != '\'' && c != 0x2019;
		if (!text_is_said(c) || is_joiner(c))
			continue;
		if (letter ? !text_face_has(text, chain->faces[depth], c)
			   : !is_later(text, chain, depth, c))
			return false;
	}
	return true;
}

/* Says that the first face was to set a segment's letters, and does not. */
static void say_whole(struct shaping *shaping, const struct segment *segment, int depth)
{
	const struct text *text = shaping->shaper->text;
	struct str bytes = shaping->flat->text;
	struct stretch all = {segment->from, segment->to};
	int at = first_lacking(shaping, segment, all.from, all.to, 0);
	bool some = false;
	for (int i = all.from; i < all.to && !some;) {
		uint32_t c = utf8_next(bytes, &i);
		some = is_letter(c) && text_face_has(text, segment->chain->faces[0], c);
	}
	if (some || is_of_family(shaping, segment, at, 0))
		say(shaping, segment, word_around(bytes, all, at), at, (const int[]){0, depth});
}

int fallback_whole(struct shaping *shaping, const struct segment *segment)
{
	for (int depth = 0; depth < segment->chain->count; depth++)
		if (sets_segment(shaping, segment, depth)) {
			if (depth)
				say_whole(shaping, segment, depth);
			return depth;
		}
	return 0;
}
