/* Line breaking against brute force over all sets of breaks, and the cases that brute force is too
 * blunt for. */
#include "layout/break_int.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { MEASURE = pt(100), MAX_ITEMS = 26 };

static uint32_t random_below(uint32_t *seed, uint32_t limit)
{
	*seed = *seed * 1664525u + 1013904223u;
	return (*seed >> 8) % limit;
}

static struct item box(sp width)
{
	return (struct item){.kind = ITEM_BOX, .width = width};
}

static struct item glue(void)
{
	return (struct item){.kind = ITEM_GLUE, .width = pt(5), .stretch = pt(3), .shrink = pt(2)};
}

static struct item penalty(int cost, bool hyphen)
{
	return (struct item){.kind = ITEM_PENALTY,
		.penalty = cost,
		.hyphen = hyphen,
		.width = hyphen ? pt(3) : 0};
}

/* Up to twelve boxes, with glue, hyphens or nothing between them, now and then a forced break, and
 * marks that hang. */
static int random_items(uint32_t *seed, struct item *items)
{
	int count = 0, words = 2 + (int)random_below(seed, 10);
	for (int word = 0; word < words; word++) {
		items[count] = box((sp)random_below(seed, pt(70)) + pt(5));
		items[count].hang_start = random_below(seed, 4) ? 0 : pt(2);
		items[count++].hang_end = random_below(seed, 4) ? 0 : pt(3);
		switch (random_below(seed, 12)) {
		case 3:
		case 4:
			items[count] = penalty(random_below(seed, 2) ? 0 : 400, false);
			items[count++].behind_hyphen = true;
			break;
		case 5:
			items[count] = glue();
			items[count++].penalty = 600;
			break;
		case 0:
		case 6:
			items[count] = penalty(50, true);
			items[count++].hang_end = pt(1);
			break;
		case 1:
			items[count++] = penalty(ITEM_FORCED, false);
			break;
		case 2:
			items[count++] = penalty(20, false);
			break;
		default:
			items[count++] = glue();
		}
	}
	items[count++] = box(pt(10));
	items[count++] = penalty(ITEM_FORCED, false);
	return count;
}

static bool is_break(const struct item *items, int i)
{
	if (items[i].kind == ITEM_GLUE)
		return i > 0 && items[i - 1].kind == ITEM_BOX;
	return items[i].kind == ITEM_PENALTY && items[i].penalty < ITEM_FORBIDDEN;
}

static bool is_forced(const struct item *item)
{
	return item->kind == ITEM_PENALTY && item->penalty <= ITEM_FORCED;
}

static int start_after(const struct item *items, int count, int at)
{
	for (at++; at < count && items[at].kind != ITEM_BOX && !is_forced(&items[at]);)
		at++;
	return at;
}

static sp least_width(
	const struct item *items, int first, int last, const struct break_options *options)
{
	bool justify = options->align == ALIGN_JUSTIFY;
	sp width = items[last].ending, shrink = 0;
	if (items[last].hyphen)
		width -= items[last].hang_end;
	else if (last > first && items[last - 1].kind == ITEM_BOX)
		width -= items[last - 1].hang_end;
	width -= items[first].hang_start;
	for (int i = first; i < last; i++) {
		width += items[i].width;
		shrink += items[i].shrink;
	}
	width -= (sp)((int64_t)width * options->expansion / 1000);
	return justify ? width - shrink : width;
}

/* How many lines in a row, up to two, end in a hyphen when the next one ends there. */
static int hyphens_to(const struct item *end, int hyphens)
{
	if (!end->hyphen && !end->behind_hyphen)
		return 0;
	return hyphens < 2 ? hyphens + 1 : 2;
}

/* Least demerits of all ways to set the items from `first` on. A line may be too wide only when it
 * has no break inside. */
static int64_t brute_force(const struct item *items, int count, int first, int hyphens,
	const struct break_options *options)
{
	int64_t best = INT64_MAX;
	bool nearest = true;
	for (int last = first; last < count; last++) {
		if (!is_break(items, last) || start_after(items, count, first - 1) > last)
			continue;
		bool fits = least_width(items, first, last, options) <= options->measure;
		if (fits || nearest) {
			int64_t rest = last == count - 1
				? 0
				: brute_force(items, count, start_after(items, count, last),
					  hyphens_to(&items[last], hyphens), options);
			int64_t total = rest + break_demerits(items, first, last, hyphens, options);
			best = total < best ? total : best;
		}
		nearest = false;
		if (is_forced(&items[last]))
			break;
	}
	return best;
}

static void total_fit_equals_brute_force(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	uint32_t seed = 1;
	for (int round = 0; round < 4000; round++) {
		struct item items[MAX_ITEMS];
		int count = random_items(&seed, items);
		struct break_options options = {MEASURE, round % 2 ? ALIGN_JUSTIFY : ALIGN_LEFT, 60,
			round % 3 * 10, MEASURE / 10};
		struct line *lines;
		int n = break_lines(arena, items, count, &options, &lines);
		int64_t total = 0;
		for (int i = 0, hyphens = 0; i < n; i++) {
			total += break_demerits(
				items, lines[i].first, lines[i].last, hyphens, &options);
			hyphens = hyphens_to(&items[lines[i].last], hyphens);
		}
		if (total != brute_force(items, count, 0, 0, &options))
			fail_msg("round %d: %d lines of %lld demerits", round, n, (long long)total);
		arena_reset(arena);
	}
	arena_free(arena);
}

static void lines_hold_every_box_once_and_in_order(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	uint32_t seed = 7;
	for (int round = 0; round < 500; round++) {
		struct item items[MAX_ITEMS];
		int count = random_items(&seed, items), at = 0;
		struct break_options options = {MEASURE, ALIGN_JUSTIFY, 60};
		struct line *lines;
		int n = break_lines(arena, items, count, &options, &lines);
		for (int i = 0; i < n; i++) {
			for (; at < lines[i].first; at++)
				assert_int_not_equal(items[at].kind, ITEM_BOX);
			assert_int_equal(at, lines[i].first);
			at = lines[i].last;
		}
		assert_int_equal(at, count - 1);
		arena_reset(arena);
	}
	arena_free(arena);
}

static void a_word_wider_than_the_measure_is_told_with_its_excess(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct item items[] = {box(pt(20)), glue(), box(pt(130)), glue(), box(pt(20)),
		penalty(ITEM_FORCED, false)};
	struct break_options options = {MEASURE, ALIGN_LEFT, .tolerance = MEASURE / 10};
	struct line *lines;
	assert_int_equal(break_lines(arena, items, 6, &options, &lines), 3);
	assert_int_equal(lines[0].excess, 0);
	assert_int_equal(lines[1].excess, pt(30));
	assert_int_equal(lines[2].excess, 0);
	arena_free(arena);
}

static void a_forced_break_ends_a_line_however_short(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct item items[] = {box(pt(2)), penalty(ITEM_FORCED, false), box(pt(2)), glue(),
		box(pt(2)), penalty(ITEM_FORCED, false)};
	struct break_options options = {MEASURE, ALIGN_JUSTIFY, 0};
	struct line *lines;
	assert_int_equal(break_lines(arena, items, 6, &options, &lines), 2);
	assert_int_equal(lines[0].last, 1);
	arena_free(arena);
}

/* Of a measure of 100 pt, in the order of the lines: wider, narrower, and the last as it is. */
static void glyphs_are_expanded_to_fill_the_measure(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct item items[] = {box(pt(45)), glue(), box(pt(48.8)), penalty(0, false), box(pt(47)),
		glue(), box(pt(50)), penalty(0, false), box(pt(40)), glue(), box(pt(40)),
		penalty(0, false), box(pt(20)), penalty(ITEM_FORCED, false)};
	struct break_options options = {MEASURE, ALIGN_JUSTIFY, 0, 20, MEASURE / 10};
	struct line *lines;
	assert_int_equal(break_lines(arena, items, 14, &options, &lines), 4);
	assert_int_equal(lines[0].expansion, 12);  /* 98.8 wide, 12.1 per mille lack */
	assert_int_equal(lines[1].expansion, -20); /* 102 wide */
	assert_int_equal(lines[2].expansion, 20);  /* 85 wide, the blank gives the rest */
	assert_int_equal(lines[3].expansion, 0);
	options.expansion = 0;
	int count = break_lines(arena, items, 14, &options, &lines);
	for (int i = 0; i < count; i++)
		assert_int_equal(lines[i].expansion, 0);
	arena_free(arena);
}

/* The same: of room at a line's end its share, 2 % beside the tolerance; what is too wide, narrower
 * so that it is within. */
static void glyphs_of_ragged_lines_take_their_share(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct item items[] = {box(pt(45)), glue(), box(pt(48.8)), penalty(0, false), box(pt(47)),
		glue(), box(pt(50)), penalty(0, false), box(pt(40)), glue(), box(pt(40)),
		penalty(0, false), box(pt(20)), penalty(ITEM_FORCED, false)};
	struct break_options options = {MEASURE, ALIGN_LEFT, 0, 20, MEASURE / 10};
	struct line *lines;
	assert_int_equal(break_lines(arena, items, 14, &options, &lines), 4);
	assert_int_equal(lines[0].expansion, 2);   /* of 1.2 pt 0.2 */
	assert_int_equal(lines[1].expansion, -20); /* 102 wide, 19.7 per mille too much */
	assert_int_equal(lines[2].expansion, 20);  /* 85 wide, of 15 pt 2.2 */
	assert_int_equal(lines[3].expansion, 0);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(total_fit_equals_brute_force),
		cmocka_unit_test(lines_hold_every_box_once_and_in_order),
		cmocka_unit_test(glyphs_are_expanded_to_fill_the_measure),
		cmocka_unit_test(glyphs_of_ragged_lines_take_their_share),
		cmocka_unit_test(a_word_wider_than_the_measure_is_told_with_its_excess),
		cmocka_unit_test(a_forced_break_ends_a_line_however_short),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
