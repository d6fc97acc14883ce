/* The name that was meant: cases, and against the definition of the distance written down as it
 * stands in the books. */
#include "base/base.h"
#include "base/diag_id.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

static void a_name_is_meant_only_when_it_is_near(void **state)
{
	(void)state;
	static const struct {
		const char *wanted, *candidate;
		int edits; /* 0: as many as its length allows */
		bool meant;
	} rows[] = {
		{"highlight", "highlight", 3, true},
		{"highlihgt", "highlight", 2, true},
		{"highlihgt", "highlight", 1, false},
		{"nam", "name", 1, true},
		{"abc", "xyz", 2, false},
		{"abc", "xyz", 3, true},
		{"a", "abcdef", 2, false},
		{"", "ab", 2, true},
		{"", "ab", 1, false},
		{"ix", "id", 0, true},
		{"xx", "id", 0, false},
		{"Name", "name", 0, true},
		{"Nmae", "name", 0, false},
		{"highlihtg", "highlight", 0, true},
		{"postcode", "street", 0, false},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct str wanted = str_of(rows[i].wanted);
		struct nearest nearest = rows[i].edits ? nearest_within(wanted, rows[i].edits)
						       : nearest_start(wanted);
		print_message("# row %zu\n", i);
		assert_true(nearest_try(&nearest, str_of(rows[i].candidate)) == rows[i].meant);
		assert_true((nearest.best.at != NULL) == rows[i].meant);
	}
}

static void the_first_of_the_nearest_stays(void **state)
{
	(void)state;
	struct nearest nearest = nearest_start(str_lit("salutatoin"));
	assert_true(nearest_try(&nearest, str_lit("salutatio")));
	assert_false(nearest_try(&nearest, str_lit("closing")));
	assert_false(nearest_try(&nearest, str_lit("salutation")));
	assert_string_equal(nearest.best.at, "salutatio");
	assert_true(nearest_try(&nearest, str_lit("salutatoi")));
	assert_string_equal(nearest.best.at, "salutatoi");
}

static void a_long_name_is_never_meant(void **state)
{
	(void)state;
	char a[200];
	memset(a, 'a', sizeof a);
	for (int len = 62; len < 66; len++) {
		struct nearest nearest = nearest_start((struct str){a, len});
		assert_true(nearest_try(&nearest, (struct str){a, len}) == (len < 64));
	}
}

static void the_hint_names_it(void **state)
{
	(void)state;
	struct diags *diags = diags_new();
	struct nearest nearest = nearest_start(str_lit("nme"));
	diag_add(diags, OPTION_UNKNOWN, place_none(), "nme");
	const char *before = diags_at(diags, 0)->hint;
	nearest_hint(&nearest, diags);
	assert_string_equal(diags_at(diags, 0)->hint, before);
	nearest_try(&nearest, str_lit("name"));
	nearest_hint(&nearest, diags);
	assert_string_equal(diags_at(diags, 0)->hint, "did you mean \"name\"?");
	diags_free(diags);
}

/* Levenshtein's distance as it is defined, by recursion. */
static int distance(const char *a, const char *b)
{
	if (!*a || !*b)
		return (int)(strlen(a) + strlen(b));
	if (*a == *b)
		return distance(a + 1, b + 1);
	int replaced = distance(a + 1, b + 1), taken = distance(a + 1, b);
	int put = distance(a, b + 1);
	int least = replaced < taken ? replaced : taken;
	return 1 + (put < least ? put : least);
}

static void random_word(char word[static 7])
{
	int len = rand() % 7;
	for (int i = 0; i < len; i++)
		word[i] = (char)('a' + rand() % 3);
	word[len] = 0;
}

static void the_nearest_of_random_words_is_the_nearest_by_definition(void **state)
{
	(void)state;
	srand(20);
	for (int round = 0; round < 2000; round++) {
		char wanted[7], words[5][7];
		int edits = rand() % 4, best = -1, least = edits + 1;
		random_word(wanted);
		struct nearest nearest = nearest_within(str_of(wanted), edits);
		for (int i = 0; i < 5; i++) {
			random_word(words[i]);
			int far = distance(wanted, words[i]);
			assert_true(nearest_try(&nearest, str_of(words[i])) == (far < least));
			best = far < least ? i : best;
			least = far < least ? far : least;
		}
		assert_ptr_equal(nearest.best.at, best < 0 ? NULL : words[best]);
		assert_int_equal(nearest.distance, least);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_name_is_meant_only_when_it_is_near),
		cmocka_unit_test(the_first_of_the_nearest_stays),
		cmocka_unit_test(a_long_name_is_never_meant),
		cmocka_unit_test(the_hint_names_it),
		cmocka_unit_test(the_nearest_of_random_words_is_the_nearest_by_definition),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
