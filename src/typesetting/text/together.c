/* together.c - what a line does not end within, whatever UAX #14 allows.
 *
 * A value that a letter writes is one thing: an amount with its sign and its currency, a time, a
 * percentage; of a date, day and month stay together, so that a line ends at most at the blank
 * beside its year. In words, a number holds to its sign and its currency, and by the custom of the
 * language to what counts it: "12 %", "5 kg", "§ 5", "No. 7", "第3条". An abbreviation that means
 * something else does no harm there: a blank that holds is one place less for a line to end. */
#include "text/text_int.h"

#include "base/ascii.h"

#include <unicode/uchar.h>

/* -- characters and words ---------------------------------------------------------------------- */

/* The character at a byte, 0 behind the last. */
static uint32_t character_at(struct str text, int at)
{
	return at < text.len ? utf8_next(text, &at) : 0;
}

/* Where the character before a byte begins. */
static int step_back(struct str text, int at)
{
	do
		at--;
	while (at > 0 && ((unsigned char)text.at[at] & 0xC0) == 0x80);
	return at;
}

static int step(struct str text, int at)
{
	if (at < text.len)
		utf8_next(text, &at);
	return at;
}

int figure_next(struct str text, int at)
{
	while (at < text.len && (unsigned char)(text.at[at] - '0') > 9 &&
		(unsigned char)text.at[at] < 0xD9)
		at++;
	return at;
}

static bool is_digit_at(struct str text, int at)
{
	if (at < 0 || at >= text.len || (unsigned char)text.at[at] < 0x80)
		return at >= 0 && at < text.len && text.at[at] >= '0' && text.at[at] <= '9';
	return (unsigned char)text.at[at] >= 0xD9 && u_isdigit((UChar32)character_at(text, at));
}

static bool is_currency(uint32_t character)
{
	return character == '$' ||
		(character >= 0xA2 && u_charType((UChar32)character) == U_CURRENCY_SYMBOL);
}

static bool is_sign(uint32_t character)
{
	return character == '-' || character == '+' || character == 0x2212 || character == 0xB1;
}

/* What no word opens with before another character. */
static bool is_plain(char c)
{
	return ascii_is_letter((unsigned char)c) || ascii_is_digit((unsigned char)c);
}

struct str word_before(struct str text, int to)
{
	int from = to;
	while (from > 0 && text.at[from - 1] != ' ')
		from--;
	for (int type; from < to && !is_plain(text.at[from]); from = step(text, from)) {
		type = u_charType((UChar32)character_at(text, from));
		if (type != U_START_PUNCTUATION && type != U_INITIAL_PUNCTUATION &&
			text.at[from] != '"')
			break;
	}
	return str_slice(text, from, to);
}

struct str word_behind(struct str text, int from)
{
	const char *blank = from < text.len ? memchr(text.at + from, ' ', (size_t)(text.len - from))
					    : NULL;
	return str_slice(text, from, blank ? (int)(blank - text.at) : text.len);
}

static bool closes(uint32_t character)
{
	int type = u_charType((UChar32)character);
	return type == U_END_PUNCTUATION || type == U_FINAL_PUNCTUATION ||
		(character < 0x80 && strchr(".,;:!?\"'", (int)character));
}

static bool is_unit(struct usage usage, struct str word)
{
	while (word.len) {
		if (is_currency(character_at(word, 0)) || has_custom(usage, BEHIND_NUMBER, word))
			return true;
		int last = step_back(word, word.len);
		if (!closes(character_at(word, last)))
			return false;
		word = str_slice(word, 0, last);
	}
	return false;
}

/* -- numbers ----------------------------------------------------------------------------------- */

/* Whether a text ends in one of the words that are set right before a number. */
static bool ends_glued(struct usage usage, struct str text)
{
	int at = step_back(text, text.len);
	return has_custom(usage, GLUED_BEFORE, str_slice(text, at, text.len));
}

/* What stands before a number: its sign and its currency, and a word that holds to it. */
static void hold_before(struct usage usage, struct str text, int at, unsigned char *may)
{
	while (at > 0) {
		int before = step_back(text, at);
		uint32_t character = character_at(text, before);
		if (!is_sign(character) && !is_currency(character))
			break;
		may[at - 1] = STAY;
		at = before;
	}
	while (at > 0 && text.at[at - 1] == '(')
		at--;
	if (at < 1 || may[at - 1] != MAY_BREAK)
		return;
	if (text.at[at - 1] != ' ') {
		if (ends_glued(usage, str_slice(text, 0, at)))
			may[at - 1] = STAY;
		return;
	}
	struct str word = word_before(text, at - 1);
	word.len -= word.len && word.at[word.len - 1] == ':';
	if (word.len &&
		(is_currency(character_at(text, step_back(text, at - 1))) ||
			has_custom(usage, BEFORE_NUMBER, word)))
		may[at - 1] = STAY;
	else if (has_custom(usage, TIED_TO_NUMBER, word))
		may[at - 1] = MAY_UNTIE;
}

/* Behind the dash in place of no cents, "20,–". */
static int behind_dash(struct str text, int at)
{
	static const char *const dashes[] = {
		",-", ".-", ",\xE2\x80\x93", ".\xE2\x80\x93", ",\xE2\x80\x94", ".\xE2\x80\x94"};
	struct str rest = str_slice(text, at, text.len);
	for (size_t i = 0; i < sizeof dashes / sizeof *dashes; i++)
		if (str_starts(rest, dashes[i]))
			at += (int)strlen(dashes[i]);
	return at;
}

/* What stands behind it: a unit set off by a blank, or the signs that count it, one by one. */
static void hold_behind(struct usage usage, struct str text, int at, unsigned char *may)
{
	at = behind_dash(text, at);
	if (at < text.len && text.at[at] == ' ') {
		struct str unit = word_behind(text, at + 1);
		if (may[at] != MAY_BREAK || !is_unit(usage, unit))
			return;
		may[at] = STAY;
		for (int i = 0; i < unit.len; i++)
			if (unit.at[i] == '/')
				may[at + 1 + i] = STAY;
		return;
	}
	for (int next; at < text.len && (unsigned char)text.at[at] >= 0x80; at = next) {
		next = step(text, at);
		if (!has_custom(usage, GLUED_BEHIND, str_slice(text, at, next)))
			return;
		may[at - 1] = STAY;
	}
}

static void hold_numbers(const struct flat *flat, unsigned char *may)
{
	struct str text = flat->text;
	for (int at = figure_next(text, 0), span = 0, from; at < text.len;
		at = figure_next(text, at + 1)) {
		if (!is_digit_at(text, at))
			continue;
		from = at;
		while (is_digit_at(text, at))
			at = step(text, at);
		while (span + 1 < flat->span_count && flat->spans[span + 1].from <= from)
			span++;
		hold_before(flat_usage(flat, span), text, from, may);
		hold_behind(flat_usage(flat, span), text, at, may);
	}
}

/* -- French ------------------------------------------------------------------------------------ */

static bool is_set_off(uint32_t character)
{
	return character == 0xBB || character == 0x203A ||
		(character && character < 0x80 && strchr(";:!?", (int)character));
}

/* French sets its high marks and guillemets off by a blank: one that is typed holds, too. */
static void hold_french(struct str text, int from, int to, unsigned char *may)
{
	for (int at = from; at < to; at++) {
		if (text.at[at] != ' ' || at == 0)
			continue;
		uint32_t before = character_at(text, step_back(text, at));
		if (before == 0xAB || before == 0x2039 || is_set_off(character_at(text, at + 1)))
			may[at] = may[at] == MUST_BREAK ? MUST_BREAK : STAY;
	}
}

/* -- values ------------------------------------------------------------------------------------ */

/* Whether a word has the four digits of a year. */
static bool has_year(struct str word)
{
	int digits = 0;
	for (int i = 0; i < word.len; i++) {
		digits = is_digit_at(word, i) ? digits + 1 : 0;
		if (digits == 4)
			return true;
	}
	return false;
}

/* A line may end at a blank of a value beside a year, where its date goes on without it. */
static bool is_beside_year(struct str value, int at)
{
	return value.at[at] == ' ' &&
		has_year(word_before(value, at)) != has_year(word_behind(value, at + 1));
}

static void hold_value(struct str value, bool date, unsigned char *may)
{
	for (int i = 0; i + 1 < value.len; i++)
		if (!date || !is_beside_year(value, i))
			may[i] = STAY;
}

/* Words of a record are not divided but where they ask for it, by a soft hyphen. */
static void hold_words(struct str words, unsigned char *may)
{
	for (int i = 0; i < words.len; i++)
		if (is_hyphenation(may[i]) && words.at[i] != '\xAD')
			may[i] = STAY;
		else if (may[i] == MAY_SPLIT)
			may[i] = MAY_SPLIT_ILL;
}

void hold_together(const struct flat *flat, unsigned char *may)
{
	hold_numbers(flat, may);
	for (int i = 0; i < flat->span_count; i++) {
		const struct node *node = flat->spans[i].node;
		if (lang_is(flat->spans[i].lang, "fr"))
			hold_french(flat->text, flat->spans[i].from, flat_span_end(flat, i), may);
		if (!node || node->holds == HOLDS_NOTHING)
			continue;
		int from = flat->spans[i].from;
		struct str value = str_slice(flat->text, from, flat_span_end(flat, i));
		if (node->holds == HOLDS_WORDS)
			hold_words(value, may + from);
		else
			hold_value(value, node->holds == HOLDS_DATE, may + from);
	}
}
