/* The hash table against a plain array, in memory, in a file, and where the disk has no room. */
#include "base/base.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/resource.h>

#include <cmocka.h>

enum { FEW = 4000, MANY = 300000 };

/* A hash of its own for each number, by a bijection (splitmix64's). */
static uint64_t hash_of(uint64_t number)
{
	uint64_t z = number + UINT64_C(0x9E3779B97F4A7C15);
	z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
	return z ^ z >> 31;
}

static void add_all(struct map *map, int count)
{
	for (int i = 0; i < count; i++)
		assert_int_equal(map_add(map, hash_of((uint64_t)i), (uint32_t)i), -1);
	assert_int_equal(map->len, count);
}

static void all_are_there(struct map *map, int count)
{
	for (int i = 0; i < count; i++) {
		assert_int_equal(map_find(map, hash_of((uint64_t)i)), i);
		assert_int_equal(map_add(map, hash_of((uint64_t)i), 7), i);
	}
	for (int i = count; i < 2 * count; i++)
		assert_int_equal(map_find(map, hash_of((uint64_t)i)), -1);
	assert_int_equal(map->len, count);
}

static void an_empty_one_finds_nothing(void **state)
{
	(void)state;
	struct map map = {0};
	assert_int_equal(map_find(&map, 0), -1);
	map_clear(&map);
	map_free(&map);
	assert_int_equal(map_find(&map, 0), -1);
}

static void many_stay_in_memory_unless_they_may_spill(void **state)
{
	(void)state;
	struct map map = {0};
	add_all(&map, MANY);
	assert_null(map.file);
	all_are_there(&map, MANY);
	map_free(&map);
}

static void few_do_not_spill(void **state)
{
	(void)state;
	struct map map = {.spills = true};
	add_all(&map, FEW);
	assert_null(map.file);
	all_are_there(&map, FEW);
	map_free(&map);
}

static void many_are_in_a_file_and_found_again(void **state)
{
	(void)state;
	struct map map = {.spills = true};
	add_all(&map, MANY);
	assert_non_null(map.file);
	all_are_there(&map, MANY);
	map_clear(&map);
	assert_true(map.spills);
	assert_int_equal(map_find(&map, hash_of(0)), -1);
	add_all(&map, FEW);
	map_free(&map);
}

static void without_room_on_the_disk_many_stay_in_memory(void **state)
{
	(void)state;
	struct rlimit before, least = {1024, 0};
	struct map map = {.spills = true};
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	least.rlim_max = before.rlim_max;
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &least), 0);
	add_all(&map, MANY);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	assert_null(map.file);
	all_are_there(&map, MANY);
	map_free(&map);
}

/* Multiples of a power of two differ in their high bits alone, neighbours in their low ones. */
static void hashes_of_any_bits_are_told_apart(void **state)
{
	(void)state;
	for (int shift = 0; shift <= 48; shift += 16) {
		struct map map = {0};
		for (uint64_t i = 0; i < 10000; i++)
			assert_int_equal(map_add(&map, i << shift, (uint32_t)i), -1);
		for (uint64_t i = 0; i < 10000; i++)
			assert_int_equal(map_find(&map, i << shift), i);
		assert_int_equal(map_find(&map, UINT64_C(10000) << shift), -1);
		map_free(&map);
	}
}

/* -- against an array ------------------------------------------------------------------------- */

enum { KEYS = 60000 };

/* What the table should hold: a number for each key, or -1. */
struct model {
	int64_t number[KEYS];
	size_t len;
};

static void forget(struct model *model)
{
	model->len = 0;
	for (int key = 0; key < KEYS; key++)
		model->number[key] = -1;
}

static void act(struct map *map, struct model *model, uint64_t (*hash)(uint64_t))
{
	int key = rand() % KEYS, act = rand() % 100000;
	uint32_t number = rand() % 5 ? (uint32_t)rand() : UINT32_MAX - 1;
	if (act == 0) {
		map_clear(map);
		forget(model);
	} else if (act < 50000) {
		assert_int_equal(map_find(map, hash((uint64_t)key)), model->number[key]);
	} else {
		assert_int_equal(map_add(map, hash((uint64_t)key), number), model->number[key]);
		if (model->number[key] < 0) {
			model->number[key] = number;
			model->len++;
		}
	}
	assert_int_equal(map->len, model->len);
}

static uint64_t as_it_is(uint64_t number)
{
	return number;
}

static void does_what_an_array_does(void **state)
{
	(void)state;
	static struct model model;
	static uint64_t (*const hashes[])(uint64_t) = {hash_of, as_it_is, hash_of};
	srand(20);
	for (int i = 0; i < 3; i++) {
		struct map map = {.spills = i == 2};
		bool spilt = false;
		forget(&model);
		for (int round = 0; round < 400000; round++, spilt |= map.file != NULL)
			act(&map, &model, hashes[i]);
		assert_true(spilt == map.spills);
		map_free(&map);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_empty_one_finds_nothing),
		cmocka_unit_test(many_stay_in_memory_unless_they_may_spill),
		cmocka_unit_test(few_do_not_spill),
		cmocka_unit_test(many_are_in_a_file_and_found_again),
		cmocka_unit_test(without_room_on_the_disk_many_stay_in_memory),
		cmocka_unit_test(hashes_of_any_bits_are_told_apart),
		cmocka_unit_test(does_what_an_array_does),
	};
	return cmocka_run_group_tests_name("map", tests, NULL, NULL);
}
