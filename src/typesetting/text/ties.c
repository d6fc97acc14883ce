/* ties.c - blanks that hold words together, at a cost: a day and its month, a title and a name, a
 * part of a book and its number in letters, the names of a person in a record.
 *
 * Nothing in the text changes for it. What holds to a figure is found with the figures, in
 * together.c; here it is what holds to a word that begins with a capital, and months. */
#include "text/text_int.h"

#include <unicode/uchar.h>

bool begins_with_capital(struct str text, int at)
{
	if (at >= text.len)
		return false;
	unsigned char c = (unsigned char)text.at[at];
	return c < 0x80 ? c >= 'A' && c <= 'Z'
			: c >= 0xC3 && u_isUUppercase((UChar32)utf8_next(text, &at));
}

/* Without what closes behind it. */
static struct str bare(struct str word)
{
	while (word.len && strchr(".,;:!?)]\"'", word.at[word.len - 1]))
		word.len--;
	return word;
}

/* "IV", "B": what counts as a number, but in figures. */
static bool is_number_in_letters(struct str word)
{
	for (int i = 0; i < word.len; i++)
		if (!strchr("IVXLC", word.at[i]))
			return word.len == 1;
	return word.len > 0;
}

/* -- months ------------------------------------------------------------------------------------ */

/* Whether "7", "7th", "7." or "1er" ends before a blank. */
static bool ends_in_day(struct str text, int blank)
{
	int digits = 0, near = blank;
	while (near > 0 && blank - near < 4 && (text.at[near - 1] < '0' || text.at[near - 1] > '9'))
		near--;
	if (near == 0 || blank - near == 4)
		return false;
	struct str word = word_before(text, blank);
	while (digits < word.len && word.at[digits] >= '0' && word.at[digits] <= '9')
		digits++;
	return (digits == 1 || digits == 2) && word.len - digits <= 3;
}

/* The blank at a byte, where behind it a month begins ("5 May", "5 de mayo"). */
static void tie_month(struct usage usage, struct str text, int blank, unsigned char *may)
{
	struct str word = word_behind(text, blank + 1);
	int next = blank + 1 + word.len;
	bool leads = str_is(word, "de") && next < text.len && may[next] == MAY_BREAK;
	struct str month = leads ? word_behind(text, next + 1) : word;
	if (!has_custom(usage, TIED_TO_DAY, bare(month)))
		return;
	may[blank] = MAY_UNTIE;
	if (leads)
		may[next] = MAY_UNTIE;
}

/* -- names ------------------------------------------------------------------------------------- */

static bool is_words(const struct flat *flat, int span)
{
	return span >= 0 && span < flat->span_count && flat->spans[span].node &&
		flat->spans[span].node->holds == HOLDS_WORDS;
}

/* Whether a blank in a span stands between words of records. */
static bool is_between_words(const struct flat *flat, int span, int blank)
{
	return is_words(flat, blank > flat->spans[span].from ? span : span - 1) &&
		is_words(flat, blank + 1 < flat_span_end(flat, span) ? span : span + 1);
}

/* Between two words with capitals: those of a record are a name, others may be. */
static enum opportunity between_capitals(const struct flat *flat, int span, int blank)
{
	char last = flat->text.at[blank - 1];
	if (strchr(".,;:!?", last))
		return MAY_BREAK;
	if (is_between_words(flat, span, blank))
		return MAY_UNTIE;
	return has_capital_nouns(flat->spans[span].lang) ? MAY_BREAK : MAY_UNTIE_NAMES;
}

/* The blank before a capital. */
static enum opportunity before_capital(const struct flat *flat, int span, int blank)
{
	struct str text = flat->text, before = word_before(text, blank);
	struct usage usage = flat_usage(flat, span);
	if (has_custom(usage, TIED_TO_NAME, before) ||
		(is_number_in_letters(bare(word_behind(text, blank + 1))) &&
			has_custom(usage, TIED_TO_NUMBER, before)))
		return MAY_UNTIE;
	return begins_with_capital(before, 0) ? between_capitals(flat, span, blank) : MAY_BREAK;
}

/* The next blank from a byte on, or the text's length. */
static int blank_next(struct str text, int at)
{
	const char *blank = at < text.len ? memchr(text.at + at, ' ', (size_t)(text.len - at))
					  : NULL;
	return blank ? (int)(blank - text.at) : text.len;
}

void tie_words(const struct flat *flat, unsigned char *may)
{
	struct str text = flat->text;
	int span = 0;
	for (int i = blank_next(text, 1); i < text.len; i = blank_next(text, i + 1)) {
		if (may[i] != MAY_BREAK)
			continue;
		while (span + 1 < flat->span_count && flat->spans[span + 1].from <= i)
			span++;
		if (begins_with_capital(text, i + 1))
			may[i] = (unsigned char)before_capital(flat, span, i);
		if (may[i] == MAY_BREAK && ends_in_day(text, i))
			tie_month(flat_usage(flat, span), text, i, may);
	}
}
