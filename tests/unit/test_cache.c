/* The bounded table of words. */
#include "text/text_int.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

static int put_and_read(struct cache *cache, uint64_t tag, const char *key, int value)
{
	*(int *)cache_put(cache, tag, str_of(key), sizeof value) = value;
	int *found = cache_find(cache, tag, str_of(key));
	return found ? *found : -1;
}

static void finds_what_was_put_by_tag_and_key(void **state)
{
	(void)state;
	struct cache *cache = cache_new();
	assert_null(cache_find(cache, 1, str_lit("word")));
	assert_int_equal(put_and_read(cache, 1, "word", 11), 11);
	assert_null(cache_find(cache, 2, str_lit("word")));
	assert_null(cache_find(cache, 1, str_lit("wor")));
	assert_int_equal(put_and_read(cache, 2, "word", 22), 22);
	assert_int_equal(*(int *)cache_find(cache, 1, str_lit("word")), 11);
	cache_free(cache);
}

static void keeps_its_own_copy_of_the_key(void **state)
{
	(void)state;
	struct cache *cache = cache_new();
	char key[] = "word";
	assert_int_equal(put_and_read(cache, 0, key, 1), 1);
	key[0] = 'l';
	assert_null(cache_find(cache, 0, str_lit("lord")));
	assert_non_null(cache_find(cache, 0, str_lit("word")));
	cache_free(cache);
}

static void forgets_everything_when_full_and_goes_on(void **state)
{
	(void)state;
	struct cache *cache = cache_new();
	char key[16];
	bool forgot = false;
	for (int i = 0; i < 100000; i++) {
		snprintf(key, sizeof key, "w%d", i);
		assert_int_equal(put_and_read(cache, 7, key, i), i);
		forgot |= !cache_find(cache, 7, str_lit("w0"));
	}
	assert_true(forgot);
	cache_free(cache);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_what_was_put_by_tag_and_key),
		cmocka_unit_test(keeps_its_own_copy_of_the_key),
		cmocka_unit_test(forgets_everything_when_full_and_goes_on),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
