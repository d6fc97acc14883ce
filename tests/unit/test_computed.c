/* Values that are computed of others: the arithmetic against that of integers and of ICU's
 * calendar, and what letters of several languages show of it. */
#include "room.h"

#include "locale/decimal.h"

#include <stdio.h>
#include <unicode/ucal.h>
#include <unicode/ustring.h>

/* -- arithmetic -------------------------------------------------------------------------------- */

static uint64_t dice_state = 20201013;

static uint64_t dice(uint64_t sides)
{
	dice_state ^= dice_state << 13;
	dice_state ^= dice_state >> 7;
	dice_state ^= dice_state << 17;
	return dice_state % sides;
}

static struct decimal decimal_of(struct arena *arena, int64_t number, int scale)
{
	uint64_t size = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
	struct str digits = str_format(arena, "%0*llu", scale + 1, (unsigned long long)size);
	return (struct decimal){number < 0, digits, scale};
}

static int64_t power_of_ten(int power)
{
	return power ? 10 * power_of_ten(power - 1) : 1;
}

/* The number times 10^scale. */
static int64_t scaled(const struct decimal *decimal, int scale)
{
	int64_t number = 0;
	for (int i = 0; i < decimal->digits.len; i++)
		number = 10 * number + (decimal->digits.at[i] - '0');
	return (decimal->negative ? -number : number) * power_of_ten(scale - decimal->scale);
}

static void sums_are_those_of_integers(void **state)
{
	struct room *room = *state;
	for (int i = 0; i < 100000; i++) {
		struct arena_mark mark = arena_save(room->arena);
		int widths[] = {(int)dice(10), (int)dice(10)},
		    scales[] = {(int)dice(9), (int)dice(9)};
		struct decimal of[2], sum;
		for (int k = 0; k < 2; k++) {
			int64_t most = power_of_ten(widths[k]);
			int64_t number = (int64_t)dice((uint64_t)most) * (dice(2) ? 1 : -1);
			of[k] = decimal_of(room->arena, number, scales[k]);
		}
		assert_true(decimal_add(room->arena, &of[0], &of[1], &sum));
		int64_t all = scaled(&of[0], 9) + scaled(&of[1], 9);
		assert_true(scaled(&sum, 9) == all);
		assert_int_equal(sum.scale, scales[0] > scales[1] ? scales[0] : scales[1]);
		assert_true(sum.digits.len == sum.scale + 1 ||
			(sum.digits.len > sum.scale && sum.digits.at[0] != '0'));
		assert_int_equal(sum.negative, all < 0);
		arena_restore(room->arena, mark);
	}
}

static void a_sum_of_more_than_a_hundred_digits_is_none(void **state)
{
	struct room *room = *state;
	char digits[DECIMAL_MOST_DIGITS + 1];
	memset(digits, '9', sizeof digits);
	struct decimal sum, one = {false, str_lit("1"), 0};
	struct decimal fits = {false, {digits, DECIMAL_MOST_DIGITS - 1}, 0};
	struct decimal not = {false, {digits, DECIMAL_MOST_DIGITS}, 0};
	assert_true(decimal_add(room->arena, &fits, &one, &sum));
	assert_int_equal(sum.digits.len, DECIMAL_MOST_DIGITS);
	assert_false(decimal_add(room->arena, &not, &one, &sum));
}

/* ICU's calendar, of Gregory before 1582 too. */
static struct day icu_add(UCalendar *calendar, struct day day, int months, int days)
{
	UErrorCode status = U_ZERO_ERROR;
	ucal_clear(calendar);
	ucal_setDate(calendar, day.year, day.month - 1, day.day, &status);
	ucal_add(calendar, UCAL_MONTH, months, &status);
	ucal_add(calendar, UCAL_DAY_OF_MONTH, days, &status);
	assert_int_equal(ucal_get(calendar, UCAL_ERA, &status), 1);
	struct day sum = {ucal_get(calendar, UCAL_YEAR, &status),
		ucal_get(calendar, UCAL_MONTH, &status) + 1,
		ucal_get(calendar, UCAL_DAY_OF_MONTH, &status)};
	assert_true(U_SUCCESS(status));
	return sum;
}

static void days_are_those_of_the_calendar(void **state)
{
	(void)state;
	static const UChar zone[] = {'U', 'T', 'C', 0};
	UErrorCode status = U_ZERO_ERROR;
	UCalendar *calendar = ucal_open(zone, -1, "en", UCAL_GREGORIAN, &status);
	ucal_setGregorianChange(calendar, -8640000000000000.0, &status);
	assert_true(U_SUCCESS(status));
	for (int i = 0; i < 100000; i++) {
		struct day day = {1000 + (int)dice(8000), 1 + (int)dice(12), 1 + (int)dice(31)};
		int months = (int)dice(2401) - 1200, days = (int)dice(40001) - 20000;
		if (!day_fits(day))
			continue;
		struct day is = day_add(day, months, days);
		struct day ought = icu_add(calendar, day, months, days);
		assert_int_equal(day_compare(is, ought), 0);
	}
	ucal_close(calendar);
}

static void the_calendar_has_ends(void **state)
{
	(void)state;
	static const struct {
		struct day day;
		int months, days;
		struct day to;
	} rows[] = {
		{{9999, 12, 31}, 0, 0, {9999, 12, 31}},
		{{9999, 12, 31}, 0, 1, {0}},
		{{9999, 12, 1}, 1, 0, {0}},
		{{1, 1, 1}, 0, 0, {1, 1, 1}},
		{{1, 1, 1}, 0, -1, {0}},
		{{1, 1, 31}, -1, 31, {0}},
		{{2024, 1, 31}, 1, 0, {2024, 2, 29}},
		{{2023, 1, 31}, 1, 0, {2023, 2, 28}},
		{{2024, 3, 31}, -1, 0, {2024, 2, 29}},
		{{2024, 2, 29}, 12, 0, {2025, 2, 28}},
		{{1, 1, 1}, 119987, 30, {9999, 12, 31}},
		{{2024, 2, 29}, 99999, 99999, {0}},
		{{2024, 2, 29}, -99999, -99999, {0}},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct day is = day_add(rows[i].day, rows[i].months, rows[i].days);
		assert_int_equal(is.year, rows[i].to.year);
		if (is.year)
			assert_int_equal(day_compare(is, rows[i].to), 0);
	}
}

/* -- in letters -------------------------------------------------------------------------------- */

static const char declarations[] = "<declare name='rows' type='list' required='no'>"
				   "<declare name='n' type='number' required='no'/>"
				   "<declare name='m' type='money' currency='EUR' required='no'/>"
				   "<declare name='p' type='percent' required='no'/>"
				   "<declare name='d' type='date' required='no'/></declare>"
				   "<declare name='count' type='number' count='rows'/>"
				   "<declare name='n-sum' type='number' sum='rows.n'/>"
				   "<declare name='m-sum' type='money' sum='rows.m'/>"
				   "<declare name='p-max' type='percent' max='rows.p'/>"
				   "<declare name='d-min' type='date' min='rows.d'/>"
				   "<declare name='reply' type='date' from='d-min' days='-14'/>";

/* The first line of a letter with these values, in a language. */
static const char *line_of(
	struct room *room, const char *lang, const char *shown, const char *values)
{
	struct str block = str_format(room->arena, "<p xml:lang='%s'>%s</p>", lang, shown);
	struct template *template = room_template(room, declarations, block.at);
	struct letter *letter = room_letter(room, template, values);
	assert_non_null(letter);
	assert_int_equal(diags_len(room->diags), 0);
	return letter->root->first ? room_text(room, letter->root->first) : "";
}

static void letters_show_them_in_their_language(void **state)
{
	struct room *room = *state;
	static const char few[] =
		"<rows><n>0.1</n><m>0,10</m><p>12.5%</p><d>2024-03-14</d></rows>"
		"<rows><n>0.20</n><m>0.20</m><p>7 %</p><d>1 March 2024</d></rows>";
	static const char many[] =
		"<rows><n>123456.78</n><m>999.999,99</m></rows>"
		"<rows><n>-0.78</n><m>-1</m></rows><rows><n>1</n><m>0.01</m></rows>";
	static const struct {
		const char *lang, *shown, *values, *line;
	} rows[] = {
		{"en-GB", "<field name='count'/>: <field name='n-sum'/>", few, "2: 0.30"},
		{"de", "<field name='m-sum'/>, <field name='p-max'/>", few,
			"0,30\xC2\xA0€, 12,5\xC2\xA0%"},
		{"fr", "<field name='d-min'/>, <field name='reply'/>", few,
			"1er mars 2024, 16 février 2024"},
		{"cy", "<field name='reply'/>", few, "16 Chwefror 2024"},
		{"en-US", "<field name='d-min'/>", few, "March 1, 2024"},
		{"de", "<field name='n-sum'/>; <field name='m-sum'/>", many,
			"123.457,00; 999.999,00\xC2\xA0€"},
		{"pl", "<field name='n-sum'/>", many,
			"123\xC2\xA0"
			"457,00"},
		{"hi", "<field name='m-sum'/>", many, "€9,99,999.00"},
		{"bn", "<field name='count'/>", many, "\xE0\xA7\xA9"},
		{"en-GB", "<field name='count'/>, <field name='m-sum'/>, <field name='n-sum'/>", "",
			"0, €0, 0"},
		{"en-GB", "<if field='p-max'>WRONG</if><if field='reply'>WRONG</if>none", "",
			"none"},
		{"it", "<if field='n-sum' equals='0.3'>un terzo</if>", few, "un terzo"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_string_equal(
			line_of(room, rows[i].lang, rows[i].shown, rows[i].values), rows[i].line);
}

/* Literals of the template are read as declared, whatever form computed values have. */
static void conditions_read_their_own_words(void **state)
{
	struct room *room = *state;
	struct template *template = room_template(
		room, declarations, "<if field='n-sum' greater='1.250'><p>x</p></if><p>.</p>");
	assert_null(template);
	assert_only(room, DIAG_ATTRIBUTE_VALUE);
}

static void what_is_known_of_facts_counts_for_what_is_computed_of_them(void **state)
{
	struct room *room = *state;
	struct template *template = room_template(
		room, declarations, "<p><field name='n-sum'/></p>");
	struct letter *letter = room_letter(room, template,
		"<rows><n standing='seen' source='A list'>1</n></rows>"
		"<rows><n standing='recalled'>2</n></rows>");
	assert_non_null(letter);
	assert_int_equal(letter->standings.count[STANDING_SEEN], 1);
	assert_int_equal(letter->standings.count[STANDING_RECALLED], 1);
}

static void a_record_is_left_as_it_was(void **state)
{
	struct room *room = *state;
	struct template *template = room_template(
		room, declarations, "<p><field name='count'/></p>");
	struct letter *letter = room_letter(room, template, "<rows><n>1</n></rows><count/>");
	assert_non_null(letter);
	const struct value *count = recipient_find(letter->recipient->values, str_lit("count"));
	assert_int_equal(count->text.len, 0);
	assert_null(count->next);
	assert_string_equal(room_text(room, letter->root->first), "1");
	assert_true(str_is(recipient_find(letter->values, str_lit("count"))->text, "1"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		room_test(sums_are_those_of_integers),
		room_test(a_sum_of_more_than_a_hundred_digits_is_none),
		room_test(days_are_those_of_the_calendar),
		room_test(the_calendar_has_ends),
		room_test(letters_show_them_in_their_language),
		room_test(conditions_read_their_own_words),
		room_test(what_is_known_of_facts_counts_for_what_is_computed_of_them),
		room_test(a_record_is_left_as_it_was),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
