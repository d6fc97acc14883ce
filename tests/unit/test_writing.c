/* Values as the words of a language: what stands here was written by hand for each
 * language, not taken from what the program printed. */
#include "locale/locales.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define NBSP "\xC2\xA0"
#define NARROW "\xE2\x80\xAF"
#define MINUS "\xE2\x88\x92"

struct bench {
	struct arena *arena;
	struct locales *locales;
};

static int bench_open(void **state)
{
	static struct bench bench;
	bench = (struct bench){arena_new(), locales_new()};
	*state = &bench;
	return 0;
}

static int bench_close(void **state)
{
	struct bench *bench = *state;
	locales_free(bench->locales);
	arena_free(bench->arena);
	return 0;
}

/* "-1234.50" */
static struct decimal decimal_of(struct bench *bench, const char *text)
{
	struct decimal decimal = {.negative = *text == '-'};
	struct buf digits = {0};
	bool behind = false;
	for (text += decimal.negative; *text; text++) {
		if (*text != '.')
			buf_char(&digits, *text);
		decimal.scale += behind;
		behind |= *text == '.';
	}
	decimal.digits = str_copy(bench->arena, buf_text(&digits));
	buf_free(&digits);
	return decimal;
}

static void check(const char *lang, const char *what, struct str written, const char *expected)
{
	if (!str_is(written, expected))
		fail_msg("%s in %s: \"%.*s\", not \"%s\"", what, lang, str_arg(written), expected);
}

static void amounts_stand_as_their_language_has_them(void **state)
{
	static const struct {
		const char *lang, *amount, *currency, *expected;
	} rows[] = {
		{"en-GB", "1234.5", "£", "£1,234.50"},
		{"en-GB", "950", "£", "£950"},
		{"en-GB", "1160000", "£", "£1,160,000"},
		{"en-GB", "-57.93", "£", MINUS "£57.93"},
		{"en-GB", "1250", "EUR", "€1,250"},
		{"en-GB", "1250", "USD", "US$1,250"},
		{"en-GB", "1250", "CHF", "CHF" NBSP "1,250"},
		{"en-GB", "12.345", "£", "£12.345"},
		{"en-GB", "12", "US$", "US$12"},
		{"en-US", "1234.5", "$", "$1,234.50"},
		{"en", "1234.5", "$", "$1,234.50"},
		{"cy", "1234.5", "£", "£1,234.50"},
		{"cy", "-3", "£", MINUS "£3"},
		{"ga", "1234.5", "€", "€1,234.50"},
		{"de", "1234.5", "€", "1.234,50" NBSP "€"},
		{"de", "1234.5", "EUR", "1.234,50" NBSP "€"},
		{"de", "-1234.5", "€", MINUS "1.234,50" NBSP "€"},
		{"de-CH", "1234.5", "CHF", "CHF" NBSP "1’234.50"},
		{"de-AT", "1234.5", "€", "€" NBSP "1.234,50"},
		{"fr", "1234.5", "€", "1" NARROW "234,50" NBSP "€"},
		{"es", "12345.6", "€", "12.345,60" NBSP "€"},
		{"it", "1234567.8", "€", "1.234.567,80" NBSP "€"},
		{"nl", "1234.5", "€", "€" NBSP "1.234,50"},
		{"pl", "12345.6", "zł", "12" NBSP "345,60" NBSP "zł"},
		{"sv", "-1234.5", "kr", MINUS "1" NBSP "234,50" NBSP "kr"},
		{"cs", "1234.5", "Kč", "1" NBSP "234,50" NBSP "Kč"},
		{"ja", "1250", "￥", "￥1,250"},
		{"pt-BR", "1234.5", "R$", "R$" NBSP "1.234,50"},
		{"hi", "1234567", "₹", "₹12,34,567"},
	};
	struct bench *bench = *state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct money money = {decimal_of(bench, rows[i].amount), str_of(rows[i].currency)};
		check(rows[i].lang, rows[i].amount,
			money_text(bench->arena, bench->locales, &money, str_of(rows[i].lang)),
			rows[i].expected);
	}
}

static void numbers_and_percentages_keep_their_decimals(void **state)
{
	static const struct {
		const char *lang, *number, *expected, *percent;
	} rows[] = {
		{"en-GB", "2024", "2024", "2,024%"},
		{"en-GB", "12345.50", "12,345.50", "12,345.50%"},
		{"en-GB", "-0.5", MINUS "0.5", MINUS "0.5%"},
		{"cy", "12.5", "12.5", "12.5%"},
		{"de", "12345.5", "12.345,5", "12.345,5" NBSP "%"},
		{"fr", "12345.5", "12" NARROW "345,5", "12" NARROW "345,5" NBSP "%"},
		{"sv", "12.50", "12,50", "12,50" NBSP "%"},
		{"tr", "12.5", "12,5", "%12,5"},
		{"eu", "12.5", "12,5", "%" NBSP "12,5"},
		{"en-GB", "123456789012345678901234567890.12",
			"123,456,789,012,345,678,901,234,567,890.12",
			"123,456,789,012,345,678,901,234,567,890.12%"},
		{"de", "0.1234567890123456789012345678901234567890123",
			"0,1234567890123456789012345678901234567890123",
			"0,1234567890123456789012345678901234567890123" NBSP "%"},
	};
	struct bench *bench = *state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct decimal decimal = decimal_of(bench, rows[i].number);
		struct str lang = str_of(rows[i].lang);
		check(rows[i].lang, rows[i].number,
			decimal_text(bench->arena, bench->locales, &decimal, lang),
			rows[i].expected);
		check(rows[i].lang, rows[i].number,
			percent_text(bench->arena, bench->locales, &decimal, lang),
			rows[i].percent);
	}
}

static void days_and_times_stand_as_their_language_has_them(void **state)
{
	static const struct {
		const char *lang;
		struct day day;
		const char *written, *figures, *weekday;
	} rows[] = {
		{"en-GB", {2020, 10, 13}, "13 October 2020", "13/10/2020",
			"Tuesday, 13 October 2020"},
		{"en", {2020, 10, 13}, "13 October 2020", "13/10/2020", "Tuesday, 13 October 2020"},
		{"en-US", {2020, 10, 13}, "October 13, 2020", "10/13/2020",
			"Tuesday, October 13, 2020"},
		{"cy", {2024, 5, 7}, "7 Mai 2024", "07/05/2024", "Dydd Mawrth, 7 Mai 2024"},
		{"de", {2025, 12, 31}, "31. Dezember 2025", "31.12.2025",
			"Mittwoch, 31. Dezember 2025"},
		{"de-AT", {2025, 1, 2}, "2. Jänner 2025", "02.01.2025",
			"Donnerstag, 2. Jänner 2025"},
		{"fr", {2024, 5, 1}, "1er mai 2024", "01/05/2024", "mercredi 1er mai 2024"},
		{"fr", {2024, 5, 2}, "2 mai 2024", "02/05/2024", "jeudi 2 mai 2024"},
		{"it", {2024, 5, 1}, "1º maggio 2024", "01/05/2024", "mercoledì 1º maggio 2024"},
		{"es", {2024, 5, 7}, "7 de mayo de 2024", "7/5/2024", "martes, 7 de mayo de 2024"},
		{"pl", {2024, 5, 7}, "7 maja 2024", "7.05.2024", "wtorek, 7 maja 2024"},
		{"fi", {2024, 5, 7}, "7. toukokuuta 2024", "7.5.2024",
			"tiistai 7. toukokuuta 2024"},
		{"ja", {2024, 5, 7}, "2024年5月7日", "2024/05/07", "2024年5月7日火曜日"},
		{"nb", {1582, 10, 10}, "10. oktober 1582", "10.10.1582", "søndag 10. oktober 1582"},
		{"nl", {1, 1, 1}, "1 januari 1", "01-01-1", "maandag 1 januari 1"},
	};
	struct bench *bench = *state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const char *expected[DATE_FORMS] = {
			rows[i].written, rows[i].figures, rows[i].weekday};
		for (int form = 0; form < DATE_FORMS; form++)
			check(rows[i].lang, "a day",
				day_text(bench->arena, bench->locales, rows[i].day,
					(enum date_form)form, str_of(rows[i].lang)),
				expected[form]);
	}
	int half_past_two = (14 * 60 + 30) * 60;
	check("en-GB", "a time",
		time_text(bench->arena, bench->locales, half_past_two, str_lit("en-GB")), "14:30");
	check("da", "a time", time_text(bench->arena, bench->locales, half_past_two, str_lit("da")),
		"14.30");
	check("en-US", "a time",
		time_text(bench->arena, bench->locales, half_past_two, str_lit("en-US")),
		"2:30" NARROW "PM");
	check("en-US", "a time with seconds",
		time_text(bench->arena, bench->locales, half_past_two + 5, str_lit("en-US")),
		"2:30:05" NARROW "PM");
	check("fi", "a time with seconds",
		time_text(bench->arena, bench->locales, half_past_two + 5, str_lit("fi")),
		"14.30.05");
}

static void plurals_are_by_the_number_as_it_is_written(void **state)
{
	static const struct {
		const char *lang, *number;
		bool ordinal;
		enum plural plural;
	} rows[] = {
		{"en-GB", "1", false, PLURAL_ONE},
		{"en-GB", "1.0", false, PLURAL_OTHER},
		{"en-GB", "2", true, PLURAL_TWO},
		{"en-GB", "3", true, PLURAL_FEW},
		{"en-GB", "12", true, PLURAL_OTHER},
		{"fr", "0", false, PLURAL_ONE},
		{"fr", "1.5", false, PLURAL_ONE},
		{"de", "0", false, PLURAL_OTHER},
		{"pl", "1", false, PLURAL_ONE},
		{"pl", "22", false, PLURAL_FEW},
		{"pl", "12", false, PLURAL_MANY},
		{"pl", "1.5", false, PLURAL_OTHER},
		{"cy", "0", false, PLURAL_ZERO},
		{"cy", "2", false, PLURAL_TWO},
		{"cy", "3", false, PLURAL_FEW},
		{"cy", "6", false, PLURAL_MANY},
		{"cy", "4", false, PLURAL_OTHER},
		{"ja", "1", false, PLURAL_OTHER},
		{"ga", "7", false, PLURAL_MANY},
		{"sl", "102", false, PLURAL_TWO},
		{"tlh", "1", false, PLURAL_OTHER},
	};
	struct bench *bench = *state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct decimal decimal = decimal_of(bench, rows[i].number);
		enum plural plural = plural_of(
			bench->locales, &decimal, rows[i].ordinal, str_of(rows[i].lang));
		if (plural != rows[i].plural)
			fail_msg("%s in %s: %s, not %s", rows[i].number, rows[i].lang,
				plural_name(plural), plural_name(rows[i].plural));
	}
}

/* The items with their joints; nothing where there are none. */
static struct str joined(struct bench *bench, enum list_kind kind, const struct str *items,
	int count, struct str lang)
{
	struct list list = {kind, items, count};
	struct str joints[8], text = items[0];
	if (!list_joints(bench->arena, bench->locales, &list, lang, joints))
		return (struct str){0};
	for (int i = 1; i < count; i++)
		text = str_format(bench->arena, "%.*s%.*s%.*s", str_arg(text),
			str_arg(joints[i - 1]), str_arg(items[i]));
	return text;
}

static struct str list_of(struct bench *bench, const struct str *items, int count, struct str lang)
{
	return joined(bench, LIST_AND, items, count, lang);
}

/* By what ICU says of the whole list, the joints' own words apart. */
static void lists_are_icu_s(void **state)
{
	static const struct {
		const char *lang, *and, * or ;
		const char *items[3];
	} rows[] = {
		{"es", "Ana, Bea e Inés", "Ana, Bea o Inés", {"Ana", "Bea", "Inés"}},
		{"es", "uno, dos y ocho", "uno, dos u ocho", {"uno", "dos", "ocho"}},
		{"en-GB", "a, and and b", "a, and or b", {"a", "and", "b"}},
		{"ja", "甲、乙、丙", "甲、乙、または丙", {"甲", "乙", "丙"}},
		{"pl", "a, b i c", "a, b lub c", {"a", "b", "c"}},
	};
	struct bench *bench = *state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct str items[3], lang = str_of(rows[i].lang);
		for (int k = 0; k < 3; k++)
			items[k] = str_of(rows[i].items[k]);
		check(rows[i].lang, "and", joined(bench, LIST_AND, items, 3, lang), rows[i].and);
		check(rows[i].lang, "or", joined(bench, LIST_OR, items, 3, lang), rows[i].or);
	}
}

static void lists_ordinals_and_quotation_marks(void **state)
{
	static const struct {
		const char *lang, *two, *three, *third;
		const char *marks[QUOTES];
	} rows[] = {
		{"en-GB", "Ann and Bob", "Ann, Bob and Cy", "3rd", {"“", "”", "‘", "’"}},
		{"en-US", "Ann and Bob", "Ann, Bob, and Cy", "3rd", {"“", "”", "‘", "’"}},
		{"cy", "", "", "", {"“", "”", "‘", "’"}},
		{"de", "Ann und Bob", "Ann, Bob und Cy", "3.", {"„", "“", "‚", "‘"}},
		{"fr", "Ann et Bob", "Ann, Bob et Cy", "3e", {"«", "»", "«", "»"}},
		{"sv", "Ann och Bob", "Ann, Bob och Cy", "3:e", {"”", "”", "’", "’"}},
	};
	const struct str items[] = {str_lit("Ann"), str_lit("Bob"), str_lit("Cy")};
	struct bench *bench = *state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const char *name = rows[i].lang;
		struct str lang = str_of(name), marks[QUOTES];
		if (rows[i].two[0]) {
			check(name, "one", list_of(bench, items, 1, lang), "Ann");
			check(name, "two", list_of(bench, items, 2, lang), rows[i].two);
			check(name, "three", list_of(bench, items, 3, lang), rows[i].three);
		} else {
			assert_null(list_of(bench, items, 2, lang).at);
		}
		check(name, "the third", ordinal_text(bench->arena, bench->locales, 3, lang),
			rows[i].third);
		assert_true(quotes_text(bench->arena, bench->locales, lang, marks));
		for (int k = 0; k < QUOTES; k++)
			check(name, "a mark", marks[k], rows[i].marks[k]);
	}
}

static void signs_lead_to_currencies(void **state)
{
	static const struct {
		const char *lang, *sign, *code;
		int decimals;
	} rows[] = {{"en-GB", "£", "GBP", 2}, {"de", "€", "EUR", 2}, {"en-US", "$", "USD", 2},
		{"en-CA", "$", "CAD", 2}, {"en-GB", "$", "USD", 2}, {"ja", "￥", "JPY", 0},
		{"nb-NO", "kr", "NOK", 2}, {"is-IS", "ISK", "ISK", 0}, {"ar-KW", "KWD", "KWD", 3},
		{"pl", "zł", "PLN", 2}, {"en-GB", "zł", "PLN", 2}, {"en-GB", "₪", "ILS", 2},
		{"en-GB", "#", "XXX", 2}};
	struct bench *bench = *state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct str code = currency_find(
			bench->arena, bench->locales, str_of(rows[i].sign), str_of(rows[i].lang));
		check(rows[i].lang, rows[i].sign, code, rows[i].code);
		assert_int_equal(currency_places(code), rows[i].decimals);
	}
}

/* Nothing is said in a language that the environment has set. */
static void a_language_that_is_not_known_is_not_guessed(void **state)
{
	struct bench *bench = *state;
	struct str lang = str_lit("tlh"), marks[QUOTES];
	const struct str items[] = {str_lit("Ann"), str_lit("Bob")};
	struct decimal decimal = decimal_of(bench, "-12345.5");
	struct money money = {decimal, str_lit("£")};
	assert_null(
		day_text(bench->arena, bench->locales, (struct day){2020, 10, 13}, DATE_LONG, lang)
			.at);
	assert_null(list_of(bench, items, 2, lang).at);
	assert_null(ordinal_text(bench->arena, bench->locales, 3, lang).at);
	assert_false(quotes_text(bench->arena, bench->locales, lang, marks));
	check("tlh", "a number", decimal_text(bench->arena, bench->locales, &decimal, lang),
		MINUS "12345.5");
	check("tlh", "an amount", money_text(bench->arena, bench->locales, &money, lang),
		MINUS "£" NBSP "12,345.50");
}

/* More languages and forms than are kept: the first are opened again. */
static void what_is_kept_is_bounded(void **state)
{
	struct bench *bench = *state;
	for (int turn = 0; turn < 2; turn++)
		for (int i = 0; i < 100; i++) {
			struct str lang = str_format(bench->arena, "de-x-a%d", i);
			struct decimal decimal = {false, str_lit("12345678901"), i % 11};
			struct str text = decimal_text(
				bench->arena, bench->locales, &decimal, lang);
			assert_int_equal(str_find(text, ",") >= 0, i % 11 > 0);
		}
}

/* A language has room for a few of them: each amount is written by its own, whether that is there
 * still, or was put out by others. */
static void each_number_has_its_own_form(void **state)
{
	enum { MOST = 12 };
	static const int order[] = {0, 1, 0, 2, 3, 4, 5, 6, 7, 7, 0, 8, 1, 9, 10, 11, 2, 11, 3, 0};
	struct bench *bench = *state;
	for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
		static const char zeros[] = "000000000000", fives[] = "555555555555";
		int scale = order[i];
		assert_in_range(scale, 0, MOST);
		struct decimal decimal = {
			false, str_format(bench->arena, "7%.*s", scale, fives), scale};
		struct money money = {
			{false, str_format(bench->arena, "7%.*s", scale, zeros), scale},
			scale % 2 ? str_lit("kr") : str_lit("EUR")};
		struct str lang = str_lit("sv");
		check("sv", "a number", decimal_text(bench->arena, bench->locales, &decimal, lang),
			str_format(bench->arena, "7%s%.*s", scale ? "," : "", scale, fives).at);
		check("sv", "an amount", money_text(bench->arena, bench->locales, &money, lang),
			str_format(bench->arena, "7%s%.*s" NBSP "%s", scale ? "," : "",
				scale == 1 ? 2 : scale, zeros, scale % 2 ? "kr" : "€")
				.at);
	}
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, bench_open, bench_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(amounts_stand_as_their_language_has_them),
		CASE(numbers_and_percentages_keep_their_decimals),
		CASE(days_and_times_stand_as_their_language_has_them),
		CASE(plurals_are_by_the_number_as_it_is_written),
		CASE(lists_are_icu_s),
		CASE(lists_ordinals_and_quotation_marks),
		CASE(signs_lead_to_currencies),
		CASE(a_language_that_is_not_known_is_not_guessed),
		CASE(what_is_kept_is_bounded),
		CASE(each_number_has_its_own_form),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
