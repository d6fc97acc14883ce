/* Lengths: read, scaled and shown without floating point. */
#include "base/arena.h"
#include "base/length.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void reads_every_unit(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		sp length;
	} rows[] = {
		{"11pt", 11 * 65536},
		{"0.5pt", 32768},
		{" 1in ", 72 * 65536},
		{"25.4mm", 72 * 65536},
		{"2.54cm", 72 * 65536},
		{"210mm", 39011981},
		{"-1pt", -65536},
		{"0", 0},
		{"0mm", 0},
		{".5in", 36 * 65536},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		sp length = 12345;
		print_message("# row %zu\n", i);
		assert_true(length_read(str_of(rows[i].text), &length));
		assert_int_equal(length, rows[i].length);
	}
}

static void refuses_what_is_no_length(void **state)
{
	(void)state;
	static const char *const rows[] = {"", "pt", "1", "1px", "1 pt", "mm1", "1.2.3pt", "--1pt",
		"1e3pt", "32767pt", "99999999999999999999pt", "1000001mm", "+1pt"};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		sp length;
		print_message("# row %zu\n", i);
		assert_false(length_read(str_of(rows[i]), &length));
	}
}

static void scales_to_the_nearest_away_from_zero(void **state)
{
	(void)state;
	assert_int_equal(length_scale(5, 1, 2), 3);
	assert_int_equal(length_scale(-5, 1, 2), -3);
	assert_int_equal(length_scale(4, 1, 3), 1);
	assert_int_equal(length_scale(pt(11), 620, 1000), 446956);
	assert_int_equal(length_scale(SP_MAX, 1000, 1000), SP_MAX);
	assert_int_equal(length_scale(SP_MAX, 1001, 1000), SP_MAX);
	assert_int_equal(length_scale(-SP_MAX, INT32_MAX, 1), -SP_MAX);
}

static void sums_end_at_the_largest_length(void **state)
{
	(void)state;
	assert_int_equal(length_sum(3, -5), -2);
	assert_int_equal(length_sum(SP_MAX, 1), SP_MAX);
	assert_int_equal(length_sum(-SP_MAX, -1), -SP_MAX);
	assert_int_equal(length_sum(-(INT64_C(1) << 40), 0), -SP_MAX);
}

static void shows_millimetres(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	static const struct {
		int64_t length;
		const char *text;
	} rows[] = {
		{72 * 65536, "25.4 mm"},
		{0, "0.0 mm"},
		{-72 * 65536, "-25.4 mm"},
		{INT64_C(100) * 72 * 65536, "2540.0 mm"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_string_equal(length_text(arena, rows[i].length).at, rows[i].text);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_every_unit),
		cmocka_unit_test(refuses_what_is_no_length),
		cmocka_unit_test(scales_to_the_nearest_away_from_zero),
		cmocka_unit_test(sums_end_at_the_largest_length),
		cmocka_unit_test(shows_millimetres),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
