/* fallback.c - what a face of a chain lacks is set in a later one, and with a letter its whole
 * word: two faces in a word look like a fault of the printer. A sign that is no letter, and what is
 * written without blanks between words, is set in the other face alone. */
#include "text/text_int.h"

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

/* Once a letter. */
static void say(struct shaping *shaping, const struct segment *segment, struct stretch word, int at,
	const int depths[2])
{
	struct diags *diags = shaping->diags;
	struct str text = shaping->flat->text;
	int next = at, findings = diags_len(diags);
	char name[16];
	snprintf(name, sizeof name, "U+%04X", (unsigned)utf8_next(text, &next));
	diag_add(diags, FALLBACK, shape_place(shaping, at),
		diag_str(diags, str_slice(text, word.from, word.to)),
		file_of(shaping, segment, depths[1]), file_of(shaping, segment, depths[0]), name,
		diag_str(diags, str_slice(text, at, next)));
	for (int i = 0; i < findings; i++)
		if (diags_at(diags, i)->id == DIAG_FALLBACK &&
			strcmp(diags_at(diags, i)->text, diags_at(diags, findings)->text) == 0) {
			diags_truncate(diags, findings);
			return;
		}
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
			if (has_some(shaping->shaper->buffers[depth], word))
				say(shaping, segment, word, at, (const int[]){depth, d});
			return d;
		}
	return 0;
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
			memset(depths + (word.from - from), whole, (size_t)(word.to - word.from));
			done = word.to;
		}
	}
	return depths;
}
