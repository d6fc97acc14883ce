/* The choosing of a proof set, by facts and measures alone: against a search through all sets. */
#include "choose/choose.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

enum { FACTS = 12, LETTERS = 10 };

struct room {
	struct arena *arena;
	struct facts facts;
	int32_t measures[LETTERS][FACTS];
	bool chosen[LETTERS];
	int count, reasons; /* letters chosen; what is said of all of them */
};

/* Facts of the simplest kind: none of them looks at a template. */
static void draw(struct room *room, uint32_t seed)
{
	srand(seed);
	for (int i = 0; i < LETTERS; i++)
		for (int f = 0; f < FACTS; f++)
			room->measures[i][f] = rand() % 3 == 0 ? MEASURE_NONE
				: f < FACTS / 2                ? 1
							       : rand() % 4;
}

static void choose(struct room *room, int without)
{
	struct choice choice = {.arena = room->arena};
	struct chooser *chooser = chooser_new(&room->facts, &choice);
	memset(room->chosen, 0, sizeof room->chosen);
	for (int i = 0; i < LETTERS; i++)
		if (i != without)
			chooser_take(
				chooser, str_format(room->arena, "%d", i), i, room->measures[i]);
	chooser_end(chooser, &choice);
	chooser_free(chooser);
	room->count = choice.letters.len;
	room->reasons = 0;
	for (int i = 0; i < choice.letters.len; i++) {
		room->chosen[choice.letters.at[i].pages] = true;
		room->reasons += choice.letters.at[i].reasons.len;
	}
}

static int32_t greatest(const struct room *room, int fact, const bool *of)
{
	int32_t most = MEASURE_NONE;
	for (int i = 0; i < LETTERS; i++)
		if ((!of || of[i]) && room->measures[i][fact] > most)
			most = room->measures[i][fact];
	return most;
}

static bool shows_all(const struct room *room, const bool *of)
{
	for (int f = 0; f < FACTS; f++)
		if (greatest(room, f, of) != greatest(room, f, NULL))
			return false;
	return true;
}

static int least_count(const struct room *room)
{
	int least = LETTERS;
	for (unsigned set = 0; set < 1u << LETTERS; set++) {
		bool of[LETTERS];
		int count = 0;
		for (int i = 0; i < LETTERS; i++)
			count += of[i] = set >> i & 1;
		if (count < least && shows_all(room, of))
			least = count;
	}
	return least;
}

/* -- drawn by chance --------------------------------------------------------------------------- */

enum { MANY = 200, DRAWN = 20, SEEDS = 400 };

/* Which of many letters, of which a proof set shows the first alone; backwards: taken so. */
static void draw_sample(const struct room *room, int seed, bool backwards, bool *drawn)
{
	struct choice choice = {.arena = room->arena, .sample = DRAWN, .seed = seed};
	struct chooser *chooser = chooser_new(&room->facts, &choice);
	int32_t measures[FACTS];
	for (int f = 0; f < FACTS; f++)
		measures[f] = 1;
	for (int i = 0; i < MANY; i++) {
		int number = backwards ? MANY - 1 - i : i;
		chooser_take(
			chooser, str_format(room->arena, "letter-%d", number), number, measures);
	}
	chooser_end(chooser, &choice);
	chooser_free(chooser);
	memset(drawn, 0, MANY * sizeof *drawn);
	for (int i = 0; i < choice.letters.len; i++) {
		const struct chosen *letter = &choice.letters.at[i];
		const struct choice_reason *last = &letter->reasons.at[letter->reasons.len - 1];
		assert_false(drawn[letter->pages]); /* none stands there twice */
		drawn[letter->pages] = str_find(last->text, "drawn by chance") == 0;
	}
}

static int count_drawn(const bool *drawn)
{
	int count = 0;
	for (int i = 0; i < MANY; i++)
		count += drawn[i];
	return count;
}

static void a_sample_is_the_same_in_whatever_order_letters_come(void **state)
{
	bool once[MANY], again[MANY];
	draw_sample(*state, 7, false, once);
	draw_sample(*state, 7, true, again);
	assert_int_equal(count_drawn(once), DRAWN);
	assert_memory_equal(once, again, sizeof once);
	draw_sample(*state, 8, false, again);
	assert_memory_not_equal(once, again, sizeof once);
}

/* Of a binomial distribution of 40 with a deviation of 6, 200 times: five deviations. */
static void each_letter_is_as_likely_as_any_other(void **state)
{
	int times[MANY] = {0};
	for (int seed = 1; seed <= SEEDS; seed++) {
		bool drawn[MANY];
		draw_sample(*state, seed, false, drawn);
		for (int i = 0; i < MANY; i++)
			times[i] += drawn[i];
	}
	for (int i = 0; i < MANY; i++)
		assert_in_range(times[i], 10, 70);
}

static int set_up(void **state)
{
	static struct room room;
	room = (struct room){.arena = arena_new()};
	for (int f = 0; f < FACTS; f++)
		*vec_push(room.arena, &room.facts.list) = (struct fact){FACT_BEYOND_ASCII};
	*state = &room;
	return 0;
}

static int tear_down(void **state)
{
	arena_free(((struct room *)*state)->arena);
	return 0;
}

static void the_set_shows_all_and_hardly_more_letters_than_needed(void **state)
{
	struct room *room = *state;
	int more = 0;
	for (uint32_t seed = 1; seed <= 60; seed++) {
		draw(room, seed);
		choose(room, -1);
		assert_true(shows_all(room, room->chosen));
		assert_in_range(room->count, least_count(room), least_count(room) + 1);
		more += room->count - least_count(room);
	}
	assert_in_range(more, 0, 15);
}

static void without_any_one_letter_of_the_set_something_is_lost(void **state)
{
	struct room *room = *state;
	for (uint32_t seed = 1; seed <= 200; seed++) {
		draw(room, seed);
		choose(room, -1);
		for (int i = 0; i < LETTERS; i++) {
			if (!room->chosen[i])
				continue;
			room->chosen[i] = false;
			assert_false(shows_all(room, room->chosen));
			room->chosen[i] = true;
		}
	}
}

static void a_fact_is_a_reason_for_one_letter_alone(void **state)
{
	struct room *room = *state;
	for (uint32_t seed = 1; seed <= 60; seed++) {
		draw(room, seed);
		choose(room, -1);
		assert_in_range(room->reasons, 1, FACTS);
	}
}

static void of_letters_that_are_alike_the_first_is_chosen(void **state)
{
	struct room *room = *state;
	for (int i = 0; i < LETTERS; i++)
		for (int f = 0; f < FACTS; f++)
			room->measures[i][f] = 1;
	choose(room, -1);
	assert_int_equal(room->count, 1);
	assert_true(room->chosen[0]);
	choose(room, 0);
	assert_true(room->chosen[1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			the_set_shows_all_and_hardly_more_letters_than_needed, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			without_any_one_letter_of_the_set_something_is_lost, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			a_fact_is_a_reason_for_one_letter_alone, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			of_letters_that_are_alike_the_first_is_chosen, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			a_sample_is_the_same_in_whatever_order_letters_come, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			each_letter_is_as_likely_as_any_other, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
