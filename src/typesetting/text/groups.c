/* groups.c - numbers that are written in groups, with blanks between them: an account, a card, a
 * telephone, a postcode, a case at court, a large amount. A line ends within one only if all else
 * is far worse, and it is said.
 *
 *   0532 0130 00    (020) 7035 0000    12 345,67    SW1A 1AA    GB29 NWBK 6016 1331 9268 19
 *   12 C 34/24      VI ZR 12/24 */
#include "text/text_int.h"

#include "base/ascii.h"

#include <unicode/uchar.h>

static bool is_capital(char c)
{
	return c >= 'A' && c <= 'Z';
}

static bool is_digit(uint32_t c)
{
	return c < 0x80 ? ascii_is_digit((char)c) : c >= 0x660 && u_isdigit((UChar32)c);
}

/* Signs that stand in groups, and at their ends. */
static bool is_sign_of_number(uint32_t c)
{
	return (c && c < 0x80 && strchr("+-/.'()", (int)c)) || c == ',' || c == 0x2019 ||
		c == 0x2013 || c == 0x2212;
}

/* "12." may go on, as a date does; "2019." ends a sentence. */
static bool goes_on(struct str word)
{
	enum { DAY = 3 };
	char last = word.at[word.len - 1];
	return last != ',' && (last != '.' || word.len <= DAY);
}

/* Figures, and capitals and signs between them. */
static bool is_group(struct str word)
{
	bool digit = false;
	for (int at = 0; at < word.len;) {
		uint32_t c = utf8_next(word, &at);
		digit |= is_digit(c);
		if (!is_digit(c) && !is_sign_of_number(c) && !(c < 0x80 && is_capital((char)c)))
			return false;
	}
	return digit;
}

/* Without what closes behind it. */
static struct str bare(struct str word)
{
	while (word.len && strchr(".,;:!?\"'", word.at[word.len - 1]))
		word.len--;
	return word;
}

/* -- cases ------------------------------------------------------------------------------------- */

/* "34/24": of which year. */
static bool is_of_year(struct str word)
{
	int slash = 0;
	for (int i = 0; i < word.len; i++) {
		if (word.at[i] == '/' && i && !slash)
			slash = i;
		else if (!ascii_is_digit(word.at[i]))
			return false;
	}
	return slash && (word.len - slash == 3 || word.len - slash == 5);
}

/* "C", "BvR": a kind of case. */
static bool is_kind(struct str word)
{
	enum { MOST = 4 };
	if (word.len < 1 || word.len > MOST || !is_capital(word.at[0]))
		return false;
	for (int i = 1; i < word.len; i++)
		if (!is_capital(word.at[i]) && (word.at[i] < 'a' || word.at[i] > 'z'))
			return false;
	return true;
}

/* "12", "VI", "L": which chamber. */
static bool is_chamber(struct str word)
{
	bool figures = true, letters = true;
	for (int i = 0; i < word.len; i++) {
		figures &= ascii_is_digit(word.at[i]);
		letters &= word.at[i] && strchr("IVXLB", word.at[i]);
	}
	return word.len && (figures || letters);
}

/* -- blanks ------------------------------------------------------------------------------------ */

static void hold(unsigned char *may, int blank)
{
	if (may[blank] == MAY_BREAK || may[blank] == MAY_UNTIE || may[blank] == MAY_UNTIE_NAMES)
		may[blank] = MAY_PART_NUMBER;
}

/* A postcode of five figures before its place, "99001 Ilmtal", where there are such; a number of
 * that size before a noun does not mind. */
static bool is_postcode(struct usage usage, struct str before, struct str behind)
{
	static const char *const langs[] = {"de", "fr", "it", "es"};
	enum { FIGURES = 5 };
	if (before.len != FIGURES || !begins_with_capital(behind, 0))
		return false;
	for (int i = 0; i < FIGURES; i++)
		if (!ascii_is_digit(before.at[i]))
			return false;
	for (size_t i = 0; i < sizeof langs / sizeof *langs; i++)
		if (lang_is(usage.lang, langs[i]))
			return true;
	return false;
}

/* The words beside a blank. What goes on in a small letter is none of them. */
static void hold_pair(const struct flat *flat, int span, int blank, unsigned char *may)
{
	struct str text = flat->text;
	if (blank + 1 < text.len && text.at[blank + 1] >= 'a' && text.at[blank + 1] <= 'z')
		return;
	struct str before = word_before(text, blank), behind = bare(word_behind(text, blank + 1));
	if (!before.len || !behind.len)
		return;
	if (is_group(before) && is_group(behind) && goes_on(before))
		hold(may, blank);
	else if (lang_is(flat->spans[span].lang, "nl") && before.len == 4 && is_group(before) &&
		behind.len == 2 && is_capital(behind.at[0]) && is_capital(behind.at[1]))
		hold(may, blank);
	else if (may[blank] == MAY_BREAK && is_postcode(flat_usage(flat, span), before, behind))
		may[blank] = MAY_UNTIE;
	int first = blank - before.len - 1;
	if (is_of_year(behind) && is_kind(before) && first > 0 && text.at[first] == ' ' &&
		is_chamber(word_before(text, first))) {
		hold(may, first);
		hold(may, blank);
	}
}

/* Where an IBAN ends (ISO 13616) that would begin at a byte; there: none does. */
static int iban_end(struct str text, int at)
{
	enum { GROUP = 4, LEAST = 15 };
	int characters = 0, end = at;
	if (at + GROUP > text.len || !is_capital(text.at[at]) || !is_capital(text.at[at + 1]) ||
		!ascii_is_digit(text.at[at + 2]) || !ascii_is_digit(text.at[at + 3]))
		return at;
	for (int from = at, count = GROUP; count == GROUP; from = end + 1) {
		for (count = 0; from + count < text.len &&
			(is_capital(text.at[from + count]) ||
				ascii_is_digit(text.at[from + count]));)
			count++;
		if (count == 0 || count > GROUP)
			break;
		characters += count;
		end = from + count;
		if (end == text.len || text.at[end] != ' ')
			break;
	}
	return characters >= LEAST ? end : at;
}

/* What is longer than any number is a list of them, text[from, to). */
static void let_go(struct str text, int from, int to, unsigned char *may)
{
	enum { MOST = 42 }; /* an IBAN of 34 characters with its blanks */
	for (int i = from; to - from > MOST && i < to; i++)
		if (text.at[i] == ' ')
			may[i] = MAY_BREAK;
}

static void let_lists_go(struct str text, unsigned char *may)
{
	int from = 0;
	if (!text.len || !memchr(may, MAY_PART_NUMBER, (size_t)text.len))
		return;
	for (int i = 0; i <= text.len; i++)
		if (i == text.len || (text.at[i] == ' ' && may[i] != MAY_PART_NUMBER)) {
			let_go(text, from, i, may);
			from = i + 1;
		}
}

/* Goes to the next word with a figure, from its end on; false: there is none. */
static bool word_next(struct str text, struct str *word)
{
	int figure = figure_next(text, (int)(word->at - text.at) + word->len), from = figure;
	while (from > 0 && text.at[from - 1] != ' ')
		from--;
	*word = word_behind(text, from);
	return figure < text.len;
}

/* The blanks beside a word, those after *last. */
static void hold_beside(const struct flat *flat, struct str word, int *last, unsigned char *may)
{
	int from = (int)(word.at - flat->text.at), beside[] = {from - 1, from + word.len};
	for (int i = 0, span = 0; i < 2; i++) {
		if (beside[i] <= *last || beside[i] == flat->text.len)
			continue;
		*last = beside[i];
		while (span + 1 < flat->span_count && flat->spans[span + 1].from <= *last)
			span++;
		hold_pair(flat, span, *last, may);
	}
}

/* Those within an IBAN that begins at a word; gives where it ends. */
static int hold_iban(struct str text, int from, unsigned char *may)
{
	int end = iban_end(text, from);
	for (int i = from; i < end; i++)
		if (text.at[i] == ' ')
			hold(may, i);
	return end;
}

/* Each of these numbers has figures in all of its words, but for a case's kind and chamber. */
void hold_groups(const struct flat *flat, unsigned char *may)
{
	struct str text = flat->text, word = {text.at, 0};
	for (int last = 0, iban = 0; text.len && word_next(text, &word);) {
		int from = (int)(word.at - text.at);
		hold_beside(flat, word, &last, may);
		if (from >= iban)
			iban = hold_iban(text, from, may);
	}
	let_lists_go(text, may);
}
