/* locales.h - values → the words of a language, by the Unicode CLDR's data of ICU.
 *
 * A language is a BCP 47 tag; one that ICU does not know gives .at == NULL where words are asked
 * for, and plain figures where figures are. One without a country is that of no country: "en" has
 * the day before the month. What comes back is in the arena. A minus is U+2212. */
#ifndef LOCALE_LOCALES_H
#define LOCALE_LOCALES_H

#include "locale/currency.h"
#include "locale/decimal.h"

/* ICU's tools by language, each opened when it is first asked for: one thread's. */
struct locales;
struct locales *locales_new(void);
void locales_free(struct locales *locales);

/* -- numbers: as many decimals as the value has */

/* Groups from five digits on, as one of four may be a year: "12,345.50", "12.345,50". */
struct str decimal_text(struct arena *arena, struct locales *locales, const struct decimal *decimal,
	struct str lang);
/* 12.5 is "12.5%", "12,5 %". */
struct str percent_text(struct arena *arena, struct locales *locales, const struct decimal *decimal,
	struct str lang);

struct money {
	struct decimal decimal;
	struct str currency; /* "£": shown so; "GBP", by ISO 4217: as the language has it */
};
/* "£1,234.50", "1.234,50 €": with no decimals, or with at least those that the currency has. A code
 * is shown by the sign that the language has for it. */
struct str money_text(
	struct arena *arena, struct locales *locales, const struct money *money, struct str lang);
/* The code of a currency of which the sign is known: of the language's country, if it has that
 * sign there, else of the one most used; a code is its own. "XXX": not known. */
struct str currency_find(
	struct arena *arena, struct locales *locales, struct str currency, struct str lang);
/* "3rd", "3.", "3e"; of genders' forms the CLDR's first. .at == NULL: not known. */
struct str ordinal_text(struct arena *arena, struct locales *locales, int number, struct str lang);

/* Whether a language is written in Latin letters, by its tag or as it mostly is: "sr-Latn", "en",
 * and what is not known. */
bool lang_is_latin(struct str lang);

/* -- days, times */

enum date_form {
	DATE_LONG,    /* "13 October 2020", "1er mai 2024" */
	DATE_SHORT,   /* in figures, its year whole: "13/10/2020", "13.10.2020" */
	DATE_WEEKDAY, /* "Tuesday 13 October 2020" */
	DATE_FORMS
};
/* In the calendar of the language: that of Thai counts the years of the Buddha. */
struct str day_text(struct arena *arena, struct locales *locales, struct day day,
	enum date_form form, struct str lang);
/* Of the day, by the minute: "14:30", "2:30 pm"; with seconds where there are any: "14:30:05". */
struct str time_text(struct arena *arena, struct locales *locales, int seconds, struct str lang);
/* -- words */

/* "a, b and c", or "a, b or c" */
enum list_kind { LIST_AND, LIST_OR, LIST_KINDS };
struct list {
	enum list_kind kind;
	const struct str *items; /* what follows may change a word: "padres e hijos" */
	int count;
};
/* joints[i]: what stands between item i and the next, in the arena. False: the language is not
 * known, or its word depends on more than the items' letters. */
bool list_joints(struct arena *arena, struct locales *locales, const struct list *list,
	struct str lang, struct str *joints);

/* With its first letter as one at the beginning of a sentence, by the language: "Été", Dutch "IJs",
 * Turkish "İyi". */
struct str capital_text(struct arena *arena, struct str text, struct str lang);

enum plural { PLURAL_ZERO, PLURAL_ONE, PLURAL_TWO, PLURAL_FEW, PLURAL_MANY, PLURAL_OTHER, PLURALS };
/* The words of the CLDR: "zero" to "other". */
const char *plural_name(enum plural plural);
/* Of "1 letter", "2 letters"; ordinal: of "1st", "2nd". Decimals count: 1.0 is of another than 1 in
 * some. PLURAL_OTHER in a language that is not known. */
enum plural plural_of(
	struct locales *locales, const struct decimal *decimal, bool ordinal, struct str lang);

/* A number below a thousand of each category that a language's cardinal numbers have, "1.5"; "":
 * one of greater numbers alone; NULL: of none. False in a language that is not known. */
struct plural_examples {
	const char *of[PLURALS];
};
bool plural_examples_find(struct str lang, struct plural_examples *out);

enum { QUOTES = 4 }; /* “ ” ‘ ’ */
/* Those of a language, the outer ones first; false when it is not known. */
bool quotes_text(
	struct arena *arena, struct locales *locales, struct str lang, struct str out[QUOTES]);

#endif
