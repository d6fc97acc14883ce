#include "pdf/put_int.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
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

static void check_number(int64_t n)
{
	char text[32];
	buf_clear(&out);
	put_key_int(&out, "/K", n);
	put_key_ref(&out, "/L", (unsigned)n);
	put_int(&out, -n);
	snprintf(text, sizeof text, "/K %lld/L ", (long long)n);
	assert_true(str_starts(buf_text(&out), text));
	snprintf(text, sizeof text, "/L %u 0 R%s", (unsigned)n, n ? "-" : "");
	assert_true(str_find(buf_text(&out), text) > 0);
	snprintf(text, sizeof text, "R%lld", (long long)-n);
	assert_true(str_ends(buf_text(&out), text));
}

/* One by one, and around each power of ten, where a digit more begins. */
static void numbers_are_as_printf_writes_them(void **state)
{
	(void)state;
	for (int n = 0; n < 12000; n++)
		check_number(n);
	for (int64_t power = 10000; power <= INT64_MAX / 10; power *= 10)
		for (int n = -2; n <= 2; n++)
			check_number(power + n);
}

static void offsets_have_ten_digits(void **state)
{
	static const uint32_t rows[] = {
		0, 1, 999, 1000, 999999, 1000000, 123456789, 1000000000, UINT32_MAX};
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char text[16], at[11] = "";
		put_offset_at(at, rows[i]);
		snprintf(text, sizeof text, "%010u", (unsigned)rows[i]);
		assert_string_equal(at, text);
	}
}

static void thousandths_are_as_printf_writes_them(void **state)
{
	char text[32];
	(void)state;
	for (int n = -12000; n <= 1200000; n += n < 12000 ? 1 : 997) {
		int size = n < 0 ? -n : n, len = 0;
		buf_clear(&out);
		put_milli(&out, n);
		len = snprintf(
			text, sizeof text, "%s%d.%03d", n < 0 ? "-" : "", size / 1000, size % 1000);
		while (text[len - 1] == '0')
			text[--len] = '\0';
		if (text[len - 1] == '.')
			text[--len] = '\0';
		char *zero = text + (n < 0);
		if (zero[0] == '0' && zero[1])
			memmove(zero, zero + 1, strlen(zero));
		assert_string_equal(buf_text(&out).at, text);
	}
}

static void addresses_are_escaped_where_they_must_be(void **state)
{
	static const struct {
		const char *iri, *written;
	} rows[] = {{"", ""}, {"https://example.org/a?b=c", "https://example.org/a?b=c"},
		{"https://example.org/(a)\\", "https://example.org/\\(a\\)\\\\"},
		{"a b(c)", "a%20b\\(c\\)"}, {"\xC3\xA9~\x7F", "%C3%A9~%7F"}};
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		buf_clear(&out);
		put_uri(&out, str_of(rows[i].iri));
		assert_string_equal(buf_text(&out).at, rows[i].written);
	}
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
		cmocka_unit_test_setup(numbers_are_as_printf_writes_them, clear),
		cmocka_unit_test_setup(offsets_have_ten_digits, clear),
		cmocka_unit_test_setup(thousandths_are_as_printf_writes_them, clear),
		cmocka_unit_test_setup(addresses_are_escaped_where_they_must_be, clear),
		cmocka_unit_test_setup(lengths_round_to_the_nearest_thousandth, clear),
		cmocka_unit_test_setup(names_escape_what_is_not_regular, clear),
		cmocka_unit_test_setup(texts_are_literal_in_ascii_and_utf16_otherwise, clear),
		cmocka_unit_test_setup(long_texts_are_cut_between_characters, clear),
	};
	return cmocka_run_group_tests(tests, NULL, release);
}
