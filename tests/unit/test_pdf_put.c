#include "pdf/put_int.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

static struct buf out;

static int clear(void **state)
{
	(void)state;
	buf_clear(&out);
	return 0;
}

static int release(void **state)
{
	(void)state;
	buf_free(&out);
	return 0;
}

static void numbers_waste_no_digit(void **state)
{
	static const struct {
		int64_t thousandths;
		const char *text;
	} rows[] = {{0, "0"}, {1000, "1"}, {-1000, "-1"}, {500, ".5"}, {-5, "-.005"},
		{12340, "12.34"}, {841890, "841.89"}, {10, ".01"}, {99999, "99.999"}};
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		buf_clear(&out);
		put_milli(&out, rows[i].thousandths);
		assert_string_equal(buf_text(&out).at, rows[i].text);
	}
}

static void integers_reach_the_limits(void **state)
{
	(void)state;
	put_int(&out, INT64_MIN);
	buf_char(&out, ' ');
	put_int(&out, INT64_MAX);
	assert_string_equal(buf_text(&out).at, "-9223372036854775808 9223372036854775807");
}

static void lengths_round_to_the_nearest_thousandth(void **state)
{
	(void)state;
	assert_int_equal(milli(pt(1)), 1000);
	assert_int_equal(milli(32), 0);
	assert_int_equal(milli(33), 1);
	assert_int_equal(milli(-33), -1);
	assert_int_equal(milli(SP_MAX), 32768000);
}

static void names_escape_what_is_not_regular(void **state)
{
	(void)state;
	put_name(&out, "A b#/\xC3\xA9(1)");
	assert_string_equal(buf_text(&out).at, "/A#20b#23#2F#C3#A9#281#29");
}

static void texts_are_literal_in_ascii_and_utf16_otherwise(void **state)
{
	static const struct {
		const char *text, *written;
	} rows[] = {{"", "()"}, {"a(b)\\c", "(a\\(b\\)\\\\c)"}, {"T\xC5\xB7", "<FEFF00540177>"},
		{"\xF0\x9F\x98\x80", "<FEFFD83DDE00>"}, {"a\nb", "<FEFF0061000A0062>"}};
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		buf_clear(&out);
		put_text(&out, str_of(rows[i].text));
		assert_string_equal(buf_text(&out).at, rows[i].written);
	}
}

static void long_texts_are_cut_between_characters(void **state)
{
	struct buf text = {0};
	(void)state;
	buf_char(&text, 'x');
	for (int i = 0; i < 40000; i++)
		buf_puts(&text, "\xC5\xB7");
	put_text(&out, buf_text(&text));
	buf_free(&text);
	assert_true(out.len < 2 * 32767);
	assert_memory_equal(out.at + out.len - 5, "0177>", 5);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(numbers_waste_no_digit, clear),
		cmocka_unit_test_setup(integers_reach_the_limits, clear),
		cmocka_unit_test_setup(lengths_round_to_the_nearest_thousandth, clear),
		cmocka_unit_test_setup(names_escape_what_is_not_regular, clear),
		cmocka_unit_test_setup(texts_are_literal_in_ascii_and_utf16_otherwise, clear),
		cmocka_unit_test_setup(long_texts_are_cut_between_characters, clear),
	};
	return cmocka_run_group_tests(tests, NULL, release);
}
