/* write_number.c - numbers, percentages and amounts. ICU is handed the digits, never a number in
 * floating point, and never rounds one: it is told how many decimals there are. */
#include "locale/locales_int.h"

#include "base/heap.h"

#include <stdio.h>
#include <stdlib.h>
#include <unicode/uchar.h>
#include <unicode/ucurr.h>
#include <unicode/uenum.h>
#include <unicode/ustring.h>

/* -- by a skeleton ----------------------------------------------------------------------------- */

static UNumberFormatter *formatter_open(const char *skeleton, const char *locale)
{
	UChar units[MAX_SKELETON];
	UErrorCode status = U_ZERO_ERROR;
	u_uastrncpy(units, skeleton, MAX_SKELETON);
	UNumberFormatter *formatter = icu()->unumf_openForSkeletonAndLocale(
		units, -1, locale, &status);
	if (U_SUCCESS(status))
		return formatter;
	icu()->unumf_close(formatter);
	return NULL;
}

static const UNumberFormatter *formatter_of(struct language *language, const char *skeleton)
{
	for (int i = 0; i < MAX_FIGURES; i++)
		if (language->figures[i].formatter &&
			strcmp(language->figures[i].skeleton, skeleton) == 0)
			return language->figures[i].formatter;
	struct figures *figures = &language->figures[language->figures_next];
	language->figures_next = (language->figures_next + 1) % MAX_FIGURES;
	if (figures->formatter)
		icu()->unumf_close(figures->formatter);
	figures->formatter = formatter_open(skeleton, language->name);
	strcpy(figures->skeleton, skeleton);
	return figures->formatter;
}

const UFormattedNumber *number_write(struct locales *locales, struct language *language,
	const char *skeleton, const struct decimal *decimal)
{
	struct buf digits = {0};
	UErrorCode status = U_ZERO_ERROR;
	const UNumberFormatter *formatter = formatter_of(language, skeleton);
	if (!formatter)
		return NULL;
	if (!locales->number)
		locales->number = icu()->unumf_openResult(&status);
	decimal_write(decimal, &digits);
	icu()->unumf_formatDecimal(
		formatter, digits.at, (int32_t)digits.len, locales->number, &status);
	buf_free(&digits);
	return U_SUCCESS(status) ? locales->number : NULL;
}

/* What stands in place of a part that ICU has written: its sign, its currency. */
struct part {
	UNumberFormatFields field;
	const char *was; /* only where it was this; NULL: always */
	struct str becomes;
	int from, to; /* where it stands */
};

static void find_part(const UFormattedNumber *number, struct part *part)
{
	UFieldPosition position = {.field = part->field};
	UErrorCode status = U_ZERO_ERROR;
	bool found = icu()->unumf_resultNextFieldPosition(number, &position, &status);
	part->from = found && U_SUCCESS(status) ? position.beginIndex : -1;
	part->to = position.endIndex;
}

static void put_part(struct buf *out, const struct part *part, const UChar *units)
{
	struct buf was = {0};
	buf_utf16(&was, units + part->from, part->to - part->from);
	struct str text = buf_text(&was);
	int at = part->was ? str_find(text, part->was) : 0;
	int len = part->was ? (int)strlen(part->was) : text.len;
	if (at < 0)
		buf_str(out, text);
	else
		buf_format(out, "%.*s%.*s%.*s", at, text.at, str_arg(part->becomes),
			text.len - at - len, text.at + at + len);
	buf_free(&was);
}

/* The first that stands at a place or behind it. */
static const struct part *next_part(const struct part *parts, int count, int at)
{
	const struct part *next = NULL;
	for (int i = 0; i < count; i++)
		if (parts[i].from >= at && parts[i].to > parts[i].from &&
			(!next || parts[i].from < next->from))
			next = &parts[i];
	return next;
}

/* The number's text with the parts in place of ICU's. */
static void put_number(
	struct buf *out, const UFormattedNumber *number, struct part *parts, int count)
{
	UErrorCode status = U_ZERO_ERROR;
	int len = icu()->unumf_resultToString(number, NULL, 0, &status);
	UChar *units = heap_new(sizeof(UChar) * ((size_t)len + 1));
	status = U_ZERO_ERROR;
	icu()->unumf_resultToString(number, units, len + 1, &status);
	for (int i = 0; i < count; i++)
		find_part(number, &parts[i]);
	for (int at = 0; at < len;) {
		const struct part *part = next_part(parts, count, at);
		int to = part ? part->from : len;
		buf_utf16(out, units + at, to - at);
		if (part)
			put_part(out, part, units);
		at = part ? part->to : len;
	}
	free(units);
}

/* currency.at == NULL: it stays as ICU has it. */
static struct str text_of(struct arena *arena, const UFormattedNumber *number, struct str currency)
{
	struct buf out = {0};
	struct part parts[] = {{UNUM_SIGN_FIELD, "-", str_lit("\xE2\x88\x92")},
		{UNUM_CURRENCY_FIELD, NULL, currency}};
	if (!number)
		return (struct str){0};
	put_number(&out, number, parts, currency.at ? 2 : 1);
	return buf_taken(arena, &out);
}

void skeleton_make(char out[MAX_SKELETON], const char *stem, int decimals)
{
	static const char zeros[] = "0000000000000000000000000000000000000000";
	bool many = decimals >= (int)sizeof zeros;
	snprintf(out, MAX_SKELETON, "%s %s%.*s", stem,
		many               ? ".+"
			: decimals ? "."
				   : "precision-integer",
		many ? 0 : decimals, zeros);
}

static struct str figures_text(struct arena *arena, struct locales *locales, const char *stem,
	const struct decimal *decimal, struct str lang)
{
	char skeleton[MAX_SKELETON];
	struct language *language = language_of(locales, lang);
	skeleton_make(skeleton, stem, decimal->scale);
	return text_of(arena, number_write(locales, language, skeleton, decimal), (struct str){0});
}

/* A number of four digits may be a year; an amount or a share is none. */
enum { LEAST_GROUPED = 5, LEAST_GROUPED_AMOUNT = 4 };

struct str decimal_text(struct arena *arena, struct locales *locales, const struct decimal *decimal,
	struct str lang)
{
	static const struct str nothing[2];
	struct buf prepared = {0};
	if (prepared_number(decimal, LEAST_GROUPED, lang, nothing, &prepared))
		return buf_taken(arena, &prepared);
	bool known = language_of(locales, lang)->known;
	return figures_text(arena, locales, known ? "group-min2" : "group-off", decimal, lang);
}

struct str percent_text(struct arena *arena, struct locales *locales, const struct decimal *decimal,
	struct str lang)
{
	const struct str around[2] = {str_lit(""), str_lit("%")};
	struct buf prepared = {0};
	if (prepared_number(decimal, LEAST_GROUPED_AMOUNT, lang, around, &prepared))
		return buf_taken(arena, &prepared);
	return figures_text(arena, locales, "percent", decimal, lang);
}

/* -- amounts ----------------------------------------------------------------------------------- */

static void code_units(struct str code, UChar out[4])
{
	for (int i = 0; i < 3; i++)
		out[i] = (UChar)code.at[i];
	out[3] = 0;
}

/* Whether a currency's sign is this, in the language or with nothing beside it. */
static bool has_sign(const UChar *code, const char *locale, struct str sign)
{
	static const UCurrNameStyle styles[] = {UCURR_SYMBOL_NAME, UCURR_NARROW_SYMBOL_NAME};
	bool found = false;
	for (size_t i = 0; i < sizeof styles / sizeof *styles && !found; i++) {
		struct buf name = {0};
		int32_t len = 0;
		UErrorCode status = U_ZERO_ERROR;
		const UChar *units = ucurr_getName(code, locale, styles[i], NULL, &len, &status);
		if (U_SUCCESS(status))
			buf_utf16(&name, units, len);
		found = str_eq(buf_text(&name), sign);
		buf_free(&name);
	}
	return found;
}

/* One of all currencies that has the sign in the language. */
static struct str find_code(struct arena *arena, struct str sign, const char *locale)
{
	struct str found = {0};
	UErrorCode status = U_ZERO_ERROR;
	UEnumeration *codes = ucurr_openISOCurrencies(UCURR_COMMON | UCURR_NON_DEPRECATED, &status);
	const char *code;
	while (U_SUCCESS(status) && !found.at && (code = uenum_next(codes, NULL, &status))) {
		UChar units[4];
		code_units(str_of(code), units);
		if (has_sign(units, locale, sign))
			found = str_copy(arena, str_of(code));
	}
	uenum_close(codes);
	return found;
}

struct str currency_find(
	struct arena *arena, struct locales *locales, struct str currency, struct str lang)
{
	const char *locale = language_of(locales, lang)->name;
	UChar own[4];
	UErrorCode status = U_ZERO_ERROR;
	if (currency_is_code(currency))
		return currency;
	if (ucurr_forLocale(locale, own, 4, &status) == 3 && U_SUCCESS(status) &&
		has_sign(own, locale, currency)) {
		struct buf code = {0};
		buf_utf16(&code, own, 3);
		return buf_taken(arena, &code);
	}
	struct str found = currency_likely(currency);
	if (!found.at)
		found = find_code(arena, currency, locale);
	return found.at ? found : str_lit("XXX");
}

/* A blank stands between digits and what is a word. */
static bool is_word(struct str currency)
{
	for (int at = 0; at < currency.len;) {
		uint32_t c = utf8_next(currency, &at);
		if (at == currency.len)
			return u_isalpha((UChar32)c) || c == '.';
	}
	return false;
}

/* The sign that English puts before an amount of a currency, of those that are known without ICU;
 * else .at is NULL. */
static struct str prepared_sign(struct str currency)
{
	static const char *const own[][2] = {
		{"£", "£"}, {"€", "€"}, {"$", "$"}, {"GBP", "£"}, {"EUR", "€"}};
	for (size_t i = 0; i < sizeof own / sizeof *own; i++)
		if (str_is(currency, own[i][0]))
			return str_of(own[i][1]);
	return (struct str){0};
}

/* With the decimals of its currency, unless it has none. */
static struct decimal with_decimals(struct arena *arena, struct decimal amount, int decimals)
{
	static const char zeros[] = "0000000000";
	int more = amount.scale ? decimals - amount.scale : 0;
	if (more <= 0 || more >= (int)sizeof zeros)
		return amount;
	amount.digits = str_format(arena, "%.*s%.*s", str_arg(amount.digits), more, zeros);
	amount.scale += more;
	return amount;
}

/* A code is written by the sign that the language has for its currency; a sign as it is. */
struct str money_text(
	struct arena *arena, struct locales *locales, const struct money *money, struct str lang)
{
	char stem[MAX_SKELETON / 2], skeleton[MAX_SKELETON];
	struct str around[2] = {prepared_sign(money->currency)};
	struct buf prepared = {0};
	if (money->currency.len == 0)
		return decimal_text(arena, locales, &money->decimal, lang);
	if (around[0].at) {
		struct decimal amount = with_decimals(arena, money->decimal, 2);
		if (prepared_number(&amount, LEAST_GROUPED_AMOUNT, lang, around, &prepared))
			return buf_taken(arena, &prepared);
	}
	struct str code = currency_find(arena, locales, money->currency, lang);
	bool is_own = str_eq(code, money->currency);
	struct decimal amount = with_decimals(arena, money->decimal, currency_places(code));
	snprintf(stem, sizeof stem, "currency/%.*s unit-width-%s", str_arg(code),
		is_own                             ? "short"
			: is_word(money->currency) ? "iso-code"
						   : "narrow");
	skeleton_make(skeleton, stem, amount.scale);
	return text_of(arena, number_write(locales, language_of(locales, lang), skeleton, &amount),
		is_own ? (struct str){0} : money->currency);
}
