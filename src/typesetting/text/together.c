/* together.c - what a line does not end within, whatever UAX #14 allows.
 *
 * A value that a letter writes is one thing: an amount with its sign and its currency, a time, a
 * percentage; of a date, day and month stay together, so that a line ends at most at the blank
 * beside its year. In words, a number holds to what counts it: "12 %", "5 kg", "§ 5", "No. 7". The
 * words for that are one list for all languages: a unit is the same in most, and where an
 * abbreviation means something else, a blank that holds does no harm. */
#include "text/text_int.h"

/* Before a number, with a blank between. */
static const char *const before[] = {"§", "§§", "№", "#", "No.", "Nos.", "no.", "nos.", "Nr.",
	"nr.", "Nrn.", "n°", "N°", "nº", "Nº", "nos", "núm.", "č.", "p.", "pp.", "S.", "s.", "str.",
	"Art.", "art.", "Abs.", "Ziff.", "Kap.", "ch.", "chap.", "cap.", "vol.", "Bd.", "fig.",
	"Fig.", "Abb.", "Tab.", "tab.", "£", "€", "$", "¥", "EUR", "GBP", "USD", "CHF"};
/* Behind a number, likewise. */
static const char *const behind[] = {"%", "‰", "°", "°C", "°F", "€", "£", "$", "¥", "kr", "kr.",
	"zł", "Kč", "Ft", "lei", "лв.", "₽", "EUR", "GBP", "USD", "CHF", "m", "m²", "m³", "km",
	"km²", "cm", "mm", "kg", "g", "mg", "t", "l", "ml", "h", "min", "kWh", "MWh", "kW", "MB",
	"GB", "ha", "px", "pt", "Uhr", "Mio.", "Mrd."};

static bool is_among(const char *const *words, size_t count, struct str word)
{
	for (size_t i = 0; i < count; i++)
		if (str_is(word, words[i]))
			return true;
	return false;
}

static bool is_digit_at(struct str text, int at)
{
	return at >= 0 && at < text.len && text.at[at] >= '0' && text.at[at] <= '9';
}

/* The word that ends before a byte, without what opens before it. */
static struct str word_before(struct str text, int to)
{
	int from = to;
	while (from > 0 && text.at[from - 1] != ' ')
		from--;
	while (from < to && strchr("([", text.at[from]))
		from++;
	return str_slice(text, from, to);
}

/* The word that begins at a byte, without what closes behind it. */
static struct str word_behind(struct str text, int from)
{
	int to = from;
	while (to < text.len && text.at[to] != ' ')
		to++;
	while (to > from + 1 && strchr(",;:!?)]", text.at[to - 1]))
		to--;
	return str_slice(text, from, to);
}

static bool is_unit(struct str word)
{
	if (is_among(behind, sizeof behind / sizeof *behind, word))
		return true;
	return str_ends(word, ".") && /* the end of a sentence */
		is_among(behind, sizeof behind / sizeof *behind, str_slice(word, 0, word.len - 1));
}

/* Numbers and what counts them. */
static void hold_numbers(struct str text, unsigned char *may)
{
	for (int at = 1; at + 1 < text.len; at++) {
		if (text.at[at] != ' ' || may[at] != MAY_BREAK)
			continue;
		if ((is_digit_at(text, at + 1) &&
			    is_among(before, sizeof before / sizeof *before,
				    word_before(text, at))) ||
			(is_digit_at(text, at - 1) && is_unit(word_behind(text, at + 1))))
			may[at] = STAY;
	}
}

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

void hold_together(const struct flat *flat, unsigned char *may)
{
	hold_numbers(flat->text, may);
	for (int i = 0; i < flat->span_count; i++) {
		const struct node *node = flat->spans[i].node;
		if (!node || node->holds == HOLDS_NOTHING)
			continue;
		int from = flat->spans[i].from;
		hold_value(str_slice(flat->text, from, flat_span_end(flat, i)),
			node->holds == HOLDS_DATE, may + from);
	}
}
