/* The set of texts that were read: in memory, in a file, and where the disk has no room. */
#include "recipients/recipients_int.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/resource.h>

#include <cmocka.h>

enum { FEW = 4000, MANY = 300000 };

static struct str text_of(int number, char *room, size_t size)
{
	return (struct str){room, snprintf(room, size, "person-%d", number)};
}

static void add_all(struct seen *seen, int count)
{
	char room[32];
	for (int i = 0; i < count; i++)
		assert_int_equal(seen_add(seen, text_of(i, room, sizeof room), (uint32_t)i), -1);
}

static void all_are_there(struct seen *seen, int count)
{
	char room[32];
	for (int i = 0; i < count; i++)
		assert_int_equal(seen_add(seen, text_of(i, room, sizeof room), 7), i);
	assert_int_equal(seen->len, count);
}

static void few_are_held_in_memory(void **state)
{
	(void)state;
	struct seen seen = {0};
	add_all(&seen, FEW);
	assert_int_equal(seen.fd, -1);
	all_are_there(&seen, FEW);
	seen_free(&seen);
}

static void many_are_in_a_file_and_found_again(void **state)
{
	(void)state;
	struct seen seen = {0};
	add_all(&seen, MANY);
	assert_true(seen.fd >= 0);
	all_are_there(&seen, MANY);
	seen_free(&seen);
}

static void without_room_on_the_disk_many_stay_in_memory(void **state)
{
	(void)state;
	struct rlimit before, least = {1024, 0};
	struct seen seen = {0};
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	least.rlim_max = before.rlim_max;
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &least), 0);
	add_all(&seen, MANY);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	assert_int_equal(seen.fd, -1);
	all_are_there(&seen, MANY);
	seen_free(&seen);
}

static void texts_that_run_over_a_page_are_found_on_the_next(void **state)
{
	(void)state;
	struct seen seen = {0};
	/* One page chosen by all of them, and more than it holds. */
	for (uint64_t i = 0; i < 1000; i++)
		assert_int_equal(seen_add_hash(&seen, (i + 1) << 32, (uint32_t)i), -1);
	for (uint64_t i = 0; i < 1000; i++)
		assert_int_equal(seen_add_hash(&seen, (i + 1) << 32, 0), i);
	seen_free(&seen);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(few_are_held_in_memory),
		cmocka_unit_test(many_are_in_a_file_and_found_again),
		cmocka_unit_test(without_room_on_the_disk_many_stay_in_memory),
		cmocka_unit_test(texts_that_run_over_a_page_are_found_on_the_next),
	};
	return cmocka_run_group_tests_name("seen", tests, NULL, NULL);
}
