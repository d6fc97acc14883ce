/* spans.c - whether a hyphen between figures means "to", of pages, years, amounts, hours.
 *
 * Only where nothing else can be meant: the figures rise, as those of 0300-123 do not, nothing
 * before them says that they are a number of something, and they are of a length that telephone
 * numbers, postcodes and codes have not. What is left out stays as it is written. */
#include "letter/signs.h"

#include <ctype.h>

/* Words behind which figures are the name of something, in the languages that have spans. */
static const char identifiers[] =
	" account aktenzeichen az bestellnummer box call case code dial edition ext extension fax "
	"ffôn file flat form id invoice isbn issn kode kod konto kontonummer kundennummer mobil "
	"mobile model mob nr no number nummer order part-no phone pin plot plz postcode puh "
	"puhelin "
	"rechnung ref reference rhif room serial sort tel telefax telefon telephone tlf tunnus "
	"unit "
	"version ";

/* Words behind which they count pages and the like. */
static const char counters[] =
	" art articles lines nos p page pages paragraphs pg pp s sections seite seiten sid side "
	"sider sidor sidorna ss str strana strany strona strony sivut tt tudalennau ";

/* Words that stand between one of those and its figures. */
static const char between[] = " and & a ac is are was of und ist og är ";

/* -- figures ----------------------------------------------------------------------------------- */

struct figures {
	int64_t value;
	int digits, decimals; /* digits in all; 0: these are no figures */
	bool amount;          /* with a currency, a per cent sign or a decimal one */
	bool time;            /* 9:30 */
	bool half_day;        /* 5pm */
	bool zero;            /* 05 */
};

enum { MOST_DIGITS = 12, GROUP = 3 };

static int skip_currency(struct str word)
{
	static const char *const signs[] = {"£", "$", "€"};
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
		if (str_starts(word, signs[i]))
			return (int)strlen(signs[i]);
	return 0;
}

/* Reads figures from a byte on, with the signs within; gives where they end. Of several signs all
 * stand before groups. */
static int read_digits(struct str word, int at, struct figures *figures)
{
	int signs = 0, group = 0;
	bool grouped = true;
	for (; ascii_is_digit(sign_char_at(word, at)) ||
		(strchr(".,:", sign_char_at(word, at)) &&
			ascii_is_digit(sign_char_at(word, at + 1)));
		at++) {
		if (ascii_is_digit(word.at[at])) {
			group++;
			if (++figures->digits <= MOST_DIGITS)
				figures->value = figures->value * 10 + (word.at[at] - '0');
			continue;
		}
		figures->time |= word.at[at] == ':';
		grouped &= !signs++ || group == GROUP;
		group = 0;
	}
	figures->amount |= signs && !figures->time;
	figures->decimals = signs && group != GROUP ? group : 0;
	grouped &= signs < 2 || group == GROUP;
	if (!grouped || figures->digits > MOST_DIGITS)
		figures->digits = 0;
	return at;
}

static bool read_suffix(struct str suffix, struct figures *figures)
{
	static const char *const suffixes[] = {"", "%", ".", "am", "pm", "st", "nd", "rd", "th"};
	figures->half_day = str_is(suffix, "am") || str_is(suffix, "pm");
	figures->amount |= str_is(suffix, "%");
	for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++)
		if (str_is(suffix, suffixes[i]))
			return true;
	return false;
}

static struct figures read_figures(struct str word)
{
	struct figures figures = {0};
	int at = skip_currency(word);
	figures.amount = at > 0;
	figures.zero = sign_char_at(word, at) == '0' && ascii_is_digit(sign_char_at(word, at + 1));
	at = read_digits(word, at, &figures);
	if (!read_suffix(str_slice(word, at, word.len), &figures))
		figures.digits = 0;
	return figures;
}

/* -- spans ------------------------------------------------------------------------------------- */

static int64_t power(int digits)
{
	int64_t value = 1;
	while (digits-- > 0)
		value *= 10;
	return value;
}

static bool rises(const struct figures *a, const struct figures *b)
{
	return a->value * power(b->decimals) < b->value * power(a->decimals);
}

/* 123-7, 2020-21: the end without the digits that it shares. */
static bool rises_shortened(const struct figures *a, const struct figures *b)
{
	return b->digits < a->digits && a->value % power(b->digits) < b->value;
}

static bool is_year(const struct figures *figures)
{
	return figures->digits == 4 && figures->value >= 1000 && figures->value < 2200;
}

/* 2010-12 may be a month. */
static bool is_span_of_years(const struct figures *a, const struct figures *b)
{
	return is_year(a) &&
		((is_year(b) && rises(a, b)) ||
			(b->digits == 2 && b->value > 12 && rises_shortened(a, b)));
}

static bool is_span(const struct figures *a, const struct figures *b, bool counted)
{
	if (!a->digits || !b->digits || a->decimals > GROUP || b->decimals > GROUP)
		return false;
	if (a->time || b->time)
		return a->time && b->time;
	if (b->half_day)
		return a->digits <= 2 && b->digits <= 2;
	if (a->zero || b->zero || a->half_day)
		return false;
	if (a->amount || b->amount || (a->digits <= 2 && b->digits <= 3))
		return rises(a, b);
	return is_span_of_years(a, b) ||
		(counted && a->digits <= 4 && b->digits <= 4 &&
			(rises_shortened(a, b) || rises(a, b)));
}

/* -- what stands before ------------------------------------------------------------------------ */

/* An acronym, which may have its numbers: ISO, DIN. */
static bool is_in_capitals(struct str word)
{
	for (int i = 0; i < word.len; i++)
		if (word.at[i] < 'A' || word.at[i] > 'Z')
			return false;
	return word.len > 1;
}

static bool is_number(struct str word)
{
	return ascii_is_digit(sign_char_at(word, 0)) || sign_char_at(word, 0) == '+' ||
		(sign_char_at(word, 0) == '(' && ascii_is_digit(sign_char_at(word, 1)));
}

static bool goes_on(struct str word)
{
	return word.len && strchr(",;", word.at[word.len - 1]);
}

/* The word that says what the figures are which begin at a byte: "pages" of the last of "pages 2-4,
 * 5-7 and 8-9". A number that stands right before them is one thing with them. */
static struct str governor(struct str text, int at)
{
	bool linked = false, links;
	struct str word;
	do {
		word = sign_word_before(text, &at);
		links = sign_is_listed(between, word);
		if (is_number(word) && !linked && !goes_on(word))
			return word;
		linked = links;
	} while (links || is_number(word));
	return sign_bare(word);
}

static bool is_followed_by_number(struct str text, int at)
{
	return sign_char_at(text, at) == ' ' && ascii_is_digit(sign_char_at(text, at + 1));
}

bool sign_is_span(struct str text, struct sign_word word, int hyphen)
{
	struct str before = governor(text, word.from);
	struct figures a = read_figures(str_slice(text, word.from, hyphen));
	struct figures b = read_figures(str_slice(text, hyphen + 1, word.to));
	return !is_number(before) && !is_followed_by_number(text, word.to) &&
		!sign_is_listed(identifiers, before) && !is_in_capitals(before) &&
		is_span(&a, &b, sign_is_listed(counters, before));
}
