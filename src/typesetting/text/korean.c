/* korean.c - Korean is written with blanks: a line ends there, and between the syllables of a word
 * where hardly a line has room for it. */
#include "text/text_int.h"

#include <unicode/uchar.h>

static bool is_hangul(uint32_t character)
{
	return character >= 0x1100 && (character < 0x1200 || character >= 0x3130) &&
		hb_unicode_script(hb_unicode_funcs_get_default(), character) == HB_SCRIPT_HANGUL;
}

/* The next that is not of Latin, Greek and the like. */
static uint32_t wide_next(struct str text, int *at)
{
	return (unsigned char)text.at[*at] < 0xE1 ? (unsigned char)text.at[(*at)++]
						  : utf8_next(text, at);
}

/* A word: what stands between two blanks. */
static int word_end(struct str text, int at)
{
	const char *blank = memchr(text.at + at, ' ', (size_t)(text.len - at));
	return blank ? (int)(blank - text.at) : text.len;
}

static bool has_hangul(struct str text, int at, int to)
{
	while (at < to)
		if (is_hangul(wide_next(text, &at)))
			return true;
	return false;
}

/* A Chinese character is one, too, in the letter's language, and in another that has blanks if the
 * word has a Korean one. */
static bool is_syllable(uint32_t character, struct str lang, bool in_hangul)
{
	if (is_hangul(character))
		return true;
	return character >= 0x3400 && u_hasBinaryProperty((UChar32)character, UCHAR_IDEOGRAPHIC) &&
		(lang_is(lang, "ko") || (in_hangul && breaker_is_same(lang, str_lit("ko"))));
}

void keep_korean_words(const struct flat *flat, unsigned char *may)
{
	struct str text = flat->text;
	bool hangul = false, before = false;
	for (int at = 0, end = 0, span = 0; at < text.len;) {
		int from = at;
		if (at >= end) {
			end = word_end(text, at + 1);
			hangul = has_hangul(text, at, end);
		}
		while (span + 1 < flat->span_count && flat->spans[span + 1].from <= at)
			span++;
		uint32_t character = wide_next(text, &at);
		bool syllable = is_syllable(character, flat->spans[span].lang, hangul);
		if (from && may[from - 1] == MAY_BREAK && text.at[from - 1] != ' ' &&
			(before || syllable))
			may[from - 1] = MAY_PART;
		before = syllable;
	}
}
