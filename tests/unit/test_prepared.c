/* The plain forms that are known without ICU, and all others, against ICU asked in another way: by
 * its older functions, in 48 languages. */
#include "locale_desk.h"

#include "locale/reading.h"

#include <unicode/ucal.h>
#include <unicode/udat.h>
#include <unicode/unum.h>
#include <unicode/ustring.h>

static const char *const langs[] = {"en-GB", "en-US", "cy", "ga", "gd", "de-DE", "de-CH", "de-AT",
	"fr-FR", "fr-CA", "es-ES", "es-MX", "it", "pt-PT", "pt-BR", "nl", "da", "sv", "nb", "nn",
	"fi", "is", "et", "lv", "lt", "pl", "cs", "sk", "sl", "hr", "hu", "ro", "bg", "el", "ru",
	"uk", "tr", "ja", "zh-CN", "ko", "vi", "id", "hi", "ca", "eu", "mt", "lb", "sq"};
enum { LANGS = sizeof langs / sizeof *langs, MINUS = 0x2212 };

static void hold(const char *lang, struct str found, struct str expected)
{
	if (!str_eq(found, expected))
		fail_msg("%s: \"%.*s\", ICU has \"%.*s\"", lang, str_arg(found), str_arg(expected));
}

static struct str utf8_of(struct desk *desk, UChar *text, int len)
{
	UErrorCode error = U_ZERO_ERROR;
	char *bytes = arena_alloc(desk->arena, (size_t)len * 3 + 1);
	u_strToUTF8(bytes, len * 3 + 1, NULL, text, len, &error);
	assert_true(U_SUCCESS(error));
	return str_of(bytes);
}

static struct str asked(struct desk *desk, UNumberFormatStyle style, const char *lang,
	const char *currency, const char *number)
{
	UErrorCode error = U_ZERO_ERROR;
	UChar code[4], text[100];
	const char *point = strchr(number, '.');
	UNumberFormat *format = unum_open(style, NULL, 0, lang, NULL, &error);
	u_uastrcpy(code, currency);
	if (*currency)
		unum_setTextAttribute(format, UNUM_CURRENCY_CODE, code, 3, &error);
	unum_setAttribute(format, UNUM_FRACTION_DIGITS, point ? (int)strlen(point + 1) : 0);
	int len = unum_formatDecimal(format, number, (int)strlen(number), text, 100, NULL, &error);
	unum_close(format);
	assert_true(U_SUCCESS(error));
	for (int i = 0; i < len; i++)
		text[i] = text[i] == '-' ? MINUS : text[i];
	return utf8_of(desk, text, len);
}

static struct decimal decimal_of(struct desk *desk, const char *text)
{
	struct declared number = {.kind = VALUE_NUMBER, .decimal = '.', .lang = str_lit("en")};
	struct readings read = reading_of(desk->arena, str_of(text), str_lit("en"), &number);
	assert_int_equal(read.count, 1);
	return read.as[0].decimal;
}

static void numbers_are_written_as_icu_writes_them(void **state)
{
	struct desk *desk = *state;
	static const char *const numbers[] = {
		"0", "7", "-12.5", "20240", "1234567.891", "0.05", "-99999"};
	for (int i = 0; i < LANGS; i++)
		for (size_t k = 0; k < sizeof numbers / sizeof *numbers; k++) {
			struct decimal number = decimal_of(desk, numbers[k]);
			hold(langs[i],
				decimal_text(desk->arena, desk->locales, &number, str_of(langs[i])),
				asked(desk, UNUM_DECIMAL, langs[i], "", numbers[k]));
		}
}

static void amounts_are_written_as_icu_writes_them(void **state)
{
	struct desk *desk = *state;
	static const char *const amounts[] = {"0.00", "950.00", "-57.93", "12345.60", "1160000.00"};
	static const char *const codes[] = {"EUR", "GBP", "USD", "PLN", "CHF"};
	for (int i = 0; i < LANGS; i++)
		for (size_t k = 0; k < 25; k++) {
			struct money money = {
				decimal_of(desk, amounts[k % 5]), str_of(codes[k / 5])};
			hold(langs[i],
				money_text(desk->arena, desk->locales, &money, str_of(langs[i])),
				asked(desk, UNUM_CURRENCY, langs[i], codes[k / 5], amounts[k % 5]));
		}
}

/* The first of a month has an ordinal in French and Italian, which the CLDR's date lacks. */
static bool has_ordinal(const char *lang, struct day day)
{
	return day.day == 1 && (lang_is(str_of(lang), "fr") || lang_is(str_of(lang), "it"));
}

static void every_day_of_a_year_is_written_as_icu_writes_it(void **state)
{
	struct desk *desk = *state;
	static const UChar utc[] = {'U', 'T', 'C', 0};
	static const int lengths[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	for (int i = 0; i < LANGS; i++) {
		UErrorCode error = U_ZERO_ERROR;
		UDateFormat *format = udat_open(
			UDAT_NONE, UDAT_LONG, langs[i], utc, -1, NULL, 0, &error);
		UCalendar *calendar = ucal_open(utc, -1, langs[i], UCAL_GREGORIAN, &error);
		for (struct day day = {2024, 1, 1}; day.month <= 12;) {
			UChar text[100];
			ucal_setDateTime(calendar, 2024, day.month - 1, day.day, 12, 0, 0, &error);
			int len = udat_format(
				format, ucal_getMillis(calendar, &error), text, 100, NULL, &error);
			if (!has_ordinal(langs[i], day))
				hold(langs[i],
					day_text(desk->arena, desk->locales, day, DATE_LONG,
						str_of(langs[i])),
					utf8_of(desk, text, len));
			day.day = day.day < lengths[day.month - 1] ? day.day + 1 : 1;
			day.month += day.day == 1;
		}
		ucal_close(calendar);
		udat_close(format);
	}
}

/* Languages in whose data months have no names. */
static bool is_nameless(const char *lang)
{
	static const char *const nameless[] = {"lrc", "lrc-IR", "mzn", "mzn-IR", "uz-Arab",
		"uz-Arab-AF", "vai-Latn", "vai-Latn-LR"};
	bool found = false;
	for (size_t i = 0; i < sizeof nameless / sizeof *nameless; i++)
		found |= strcmp(lang, nameless[i]) == 0;
	return found;
}

/* Those of which ICU has no name of their era in their letters, nor is one written. */
static bool has_foreign_era(const char *lang)
{
	return lang_is(str_of(lang), "ps") || strcmp(lang, "ckb-IR") == 0;
}

/* "en" of no country has the day before the month, which is decided here. */
static void each_region_writes_dates_as_icu_does(void **state)
{
	struct desk *desk = *state;
	static const UChar utc[] = {'U', 'T', 'C', 0};
	for (int i = 0; i < uloc_countAvailable(); i++) {
		UErrorCode error = U_ZERO_ERROR;
		UChar text[100];
		char lang[ULOC_FULLNAME_CAPACITY];
		uloc_toLanguageTag(uloc_getAvailable(i), lang, sizeof lang, false, &error);
		UDateFormat *format = udat_open(
			UDAT_NONE, UDAT_LONG, uloc_getAvailable(i), utc, -1, NULL, 0, &error);
		struct day day = {1994, 1, 4};
		int len = udat_format(
			format, (UDate)day_number(day) * 86400000, text, 100, NULL, &error);
		assert_true(U_SUCCESS(error));
		if (strcmp(lang, "en") != 0 && !is_nameless(lang) && !has_foreign_era(lang))
			hold(lang,
				day_text(desk->arena, desk->locales, day, DATE_LONG, str_of(lang)),
				utf8_of(desk, text, len));
		udat_close(format);
	}
}

static void dates_by_hand(void **state)
{
	struct desk *desk = *state;
	static const struct {
		const char *day, *lang, *text;
	} rows[] = {
		{"2020-10-13", "en-GB", "13 October 2020"},
		{"2020-10-13", "en", "13 October 2020"},
		{"2024-02-01", "cy", "1 Chwefror 2024"},
		{"2024-12-31", "cy-GB", "31 Rhagfyr 2024"},
		{"2020-10-13", "sr", "13. октобар 2020."},
		{"2024-05-07", "en-US", "May 7, 2024"},
		{"2024-05-07", "cs", "7. května 2024"},
		{"2024-05-07", "da", "7. maj 2024"},
		{"2024-05-07", "de", "7. Mai 2024"},
		{"2024-01-01", "de-DE", "1. Januar 2024"},
		{"2024-01-01", "de-AT", "1. Jänner 2024"},
		{"2024-05-07", "es-MX", "7 de mayo de 2024"},
		{"2024-05-07", "fi", "7. toukokuuta 2024"},
		{"2024-05-07", "fr-CA", "7 mai 2024"},
		{"2024-05-01", "fr", "1er mai 2024"},
		{"2024-05-11", "fr", "11 mai 2024"},
		{"2024-09-07", "ga", "7 Meán Fómhair 2024"},
		{"2024-05-07", "hu", "2024. május 7."},
		{"2024-05-07", "is", "7. maí 2024"},
		{"2024-05-01", "it", "1º maggio 2024"},
		{"2024-12-07", "it", "7 dicembre 2024"},
		{"2024-03-07", "lb", "7. Mäerz 2024"},
		{"2024-12-07", "nb-NO", "7. desember 2024"},
		{"2024-05-07", "nl-BE", "7 mei 2024"},
		{"2024-05-07", "nn", "7. mai 2024"},
		{"2024-05-07", "no", "7. mai 2024"},
		{"2024-10-07", "pl", "7 października 2024"},
		{"2024-05-07", "pt-BR", "7 de maio de 2024"},
		{"2024-05-07", "ro", "7 mai 2024"},
		{"2024-08-07", "sv", "7 augusti 2024"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		hold(rows[i].lang,
			day_text(desk->arena, desk->locales, day_of(str_of(rows[i].day)), DATE_LONG,
				str_of(rows[i].lang)),
			str_of(rows[i].text));
	/* Of the language there is nothing, or not in that script, or no names of months. */
	static const char *const unknown[] = {"enm", "mn-Mong", "uz-Arab", "kk-Arab", "vai-Latn"};
	for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++)
		assert_null(day_text(desk->arena, desk->locales, (struct day){2020, 10, 13},
			DATE_LONG, str_of(unknown[i]))
				    .at);
}

static void what_a_language_writes_is_read_back(void **state)
{
	struct desk *desk = *state;
	static const char *const numbers[] = {"0", "-12.5", "20240", "1234567.891", "0.05"};
	for (int i = 0; i < LANGS; i++)
		for (size_t k = 0; k < sizeof numbers / sizeof *numbers; k++) {
			struct str lang = str_of(langs[i]);
			struct decimal half = decimal_of(desk, "0.5"),
				       number = decimal_of(desk, numbers[k]);
			struct str sample = decimal_text(desk->arena, desk->locales, &half, lang);
			struct declared declared = {.kind = VALUE_NUMBER,
				.decimal = str_find(sample, ",") >= 0 ? ',' : '.',
				.lang = lang};
			struct str written = decimal_text(
				desk->arena, desk->locales, &number, lang);
			struct readings read = reading_of(desk->arena, written, lang, &declared);
			print_message("# %s %.*s\n", langs[i], str_arg(written));
			assert_int_equal(read.count, 1);
			assert_int_equal(decimal_compare(&read.as[0].decimal, &number), 0);
			assert_int_equal(read.as[0].decimal.scale, number.scale);
		}
}

static void directions_are_those_of_icu(void **state)
{
	(void)state;
	int right_to_left = 0;
	for (int i = 0; i < uloc_countAvailable(); i++) {
		char tag[80];
		UErrorCode error = U_ZERO_ERROR;
		const char *locale = uloc_getAvailable(i);
		uloc_toLanguageTag(locale, tag, sizeof tag, 1, &error);
		assert_true(U_SUCCESS(error));
		print_message("# %s\n", tag);
		assert_int_equal(lang_is_right_to_left(str_of(tag)), uloc_isRightToLeft(locale));
		right_to_left += uloc_isRightToLeft(locale);
	}
	assert_in_range(right_to_left, 30, uloc_countAvailable());
	assert_true(lang_is_right_to_left(str_lit("he-IL")));
	assert_true(lang_is_right_to_left(str_lit("pa-Arab")));
	assert_false(lang_is_right_to_left(str_lit("az-Latn")));
	assert_false(lang_is_right_to_left(str_lit("ar-Latn")));
	assert_false(lang_is_right_to_left(str_lit("en-GB")));
}

#define with_desk(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		with_desk(numbers_are_written_as_icu_writes_them),
		with_desk(amounts_are_written_as_icu_writes_them),
		with_desk(every_day_of_a_year_is_written_as_icu_writes_it),
		with_desk(dates_by_hand),
		with_desk(each_region_writes_dates_as_icu_does),
		cmocka_unit_test(directions_are_those_of_icu),
		with_desk(what_a_language_writes_is_read_back),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
