/* Page breaking against brute force over all divisions of small random columns with notes, and the
 * rules one by one. */
#include "layout/page_int.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { LINE = pt(10), MAX_SLABS = 12, MAX_FEET = 3, MAX_NOTE_LINES = 6 };

static uint32_t random_below(uint32_t *seed, uint32_t limit)
{
	*seed = *seed * 1664525u + 1013904223u;
	return (*seed >> 8) % limit;
}

/* A column with room of its own. */
struct made {
	struct slab slabs[MAX_SLABS];
	struct foot feet[MAX_FEET];
	struct column column;
};

static struct slab random_slab(uint32_t *seed)
{
	return (struct slab){.height = LINE,
		.before = random_below(seed, 3) ? 0 : LINE / 2,
		.goes_on = random_below(seed, 2),
		.head = random_below(seed, 8) ? 0 : LINE,
		.turns = random_below(seed, 8) == 0,
		.tail = random_below(seed, 8) == 0,
		.break_cost = random_below(seed, 3) ? (int)random_below(seed, 300)
						    : SLAB_KEEP + (int)random_below(seed, 2) * 50};
}

static void make_random(struct made *made, uint32_t *seed)
{
	*made = (struct made){0};
	struct column *column = &made->column;
	*column = (struct column){.slabs = made->slabs, .feet = made->feet};
	column->slab_count = 1 + (int)random_below(seed, MAX_SLABS);
	column->geometry = (struct page_geometry){
		.first_height = LINE * (1 + (sp)random_below(seed, 6)),
		.height = LINE * (3 + (sp)random_below(seed, 4)),
		.note_space = LINE / 2,
		.min_fill = random_below(seed, 2) ? 600 : 0};
	for (int i = 0; i < column->slab_count; i++) {
		made->slabs[i] = random_slab(seed);
		while (column->foot_count < MAX_FEET && random_below(seed, 4) == 0) {
			made->slabs[i].notes++;
			made->feet[column->foot_count++] = (struct foot){
				1 + (int)random_below(seed, MAX_NOTE_LINES), LINE * 4 / 5,
				LINE / 5};
		}
	}
	made->slabs[0].head = 0;
}

/* Least cost of setting the rest, by where the rest begins. */
struct search {
	const struct column *column;
	bool known[MAX_SLABS + 1][MAX_FEET + 1][MAX_NOTE_LINES];
	struct page_cost least[MAX_SLABS + 1][MAX_FEET + 1][MAX_NOTE_LINES];
};

static const struct page_cost no_way = {.late = 1000};

static int marks_before(const struct column *column, int slab)
{
	int marks = 0;
	for (int i = 0; i < slab; i++)
		marks += column->slabs[i].notes;
	return marks;
}

/* One line further, as often as the page has room for it. */
static struct note_at last_that_fits(
	const struct column *column, const struct page_span *page, int due, int64_t height)
{
	struct note_at at = page->notes_from;
	int64_t text = page_text_height(column, page);
	while (at.note < due) {
		struct note_at next = {at.note, at.line + 1};
		if (next.line == column->feet[at.note].lines)
			next = (struct note_at){at.note + 1, 0};
		if (text + page_notes_height(column, page->notes_from, next) > height)
			break;
		at = next;
	}
	int begun = at.note == page->notes_from.note ? page->notes_from.line : 0;
	if (at.note < due && at.line == column->feet[at.note].lines - 1 && at.line - begun > 2)
		at.line--;
	return at;
}

static struct page_cost least_from(struct search *search, int from, struct note_at note);

static struct page_cost plus(struct page_cost a, struct page_cost b)
{
	return (struct page_cost){a.late + b.late, a.broken + b.broken, a.divided + b.divided,
		a.pages + b.pages, a.looks + b.looks};
}

static void try_all_ends(struct search *search, int from, struct note_at note)
{
	const struct column *column = search->column;
	struct page_cost *least = &search->least[from][note.note][note.line];
	int64_t height = from == 0 ? column->geometry.first_height : column->geometry.height;
	int to = note.note < marks_before(column, from) ? from : from + 1;
	for (bool late = false; to <= column->slab_count && !late; to++) {
		struct page_span page = {.from = from, .to = to, .notes_from = note};
		int due = marks_before(column, to);
		if (page_text_height(column, &page) > height)
			break;
		if (to > from + 1 && column->slabs[to - 1].turns)
			break;
		page.notes_to = last_that_fits(column, &page, due, height);
		late = page.notes_to.line ? page.notes_to.note + 1 < due : page.notes_to.note < due;
		page.late_note = late;
		page.broken = to > from && to < column->slab_count &&
			column->slabs[to].break_cost >= SLAB_KEEP;
		struct page_cost cost = plus(
			page_cost_of(column, &page, 1), least_from(search, to, page.notes_to));
		if (page_cost_compare(cost, *least) < 0)
			*least = cost;
	}
}

static struct page_cost least_from(struct search *search, int from, struct note_at note)
{
	const struct column *column = search->column;
	if (from == column->slab_count && note.note == column->foot_count)
		return (struct page_cost){0};
	if (!search->known[from][note.note][note.line]) {
		search->known[from][note.note][note.line] = true;
		search->least[from][note.note][note.line] = no_way;
		try_all_ends(search, from, note);
	}
	return search->least[from][note.note][note.line];
}

static void total_fit_equals_brute_force(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	uint32_t seed = 3;
	int with_notes = 0, pages_seen = 0;
	struct page_cost ranks = {0};
	for (int round = 0; round < 20000; round++) {
		struct made made;
		make_random(&made, &seed);
		struct page_span *pages;
		int count = page_divide(arena, &made.column, &pages, NULL);
		struct page_cost cost = page_cost_of(&made.column, pages, count);
		struct search search = {.column = &made.column};
		struct page_cost least = least_from(&search, 0, (struct note_at){0});
		if (page_cost_compare(cost, least) != 0)
			fail_msg("round %d: %d %d %d %d %lld, but %d %d %d %d %lld is possible",
				round, cost.late, cost.broken, cost.divided, cost.pages,
				(long long)cost.looks, least.late, least.broken, least.divided,
				least.pages, (long long)least.looks);
		with_notes += made.column.foot_count > 0;
		pages_seen += count;
		ranks = plus(ranks, cost);
		arena_reset(arena);
	}
	assert_true(with_notes > 10000 && pages_seen > 40000);
	assert_true(ranks.late > 1000 && ranks.broken > 1000 && ranks.divided > 1000);
	arena_free(arena);
}

/* n lines of one height; the caller sets what is special. */
static void make_plain(struct made *made, int lines, int first_lines, int lines_a_page)
{
	*made = (struct made){0};
	made->column = (struct column){.slabs = made->slabs,
		.slab_count = lines,
		.feet = made->feet,
		.geometry = {.first_height = first_lines * LINE,
			.height = lines_a_page * LINE,
			.note_space = LINE}};
	for (int i = 0; i < lines; i++)
		made->slabs[i].height = LINE;
}

static void add_note(struct made *made, int slab, int lines)
{
	made->slabs[slab].notes++;
	made->feet[made->column.foot_count++] = (struct foot){.lines = lines, .leading = LINE};
}

static void lines_kept_together_move_to_the_next_page(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct made made;
	make_plain(&made, 10, 8, 8);
	for (int i = 6; i < 10; i++)
		made.slabs[i].break_cost = SLAB_KEEP;
	struct page_span *pages;
	assert_int_equal(page_divide(arena, &made.column, &pages, NULL), 2);
	assert_int_equal(pages[0].to, 5);
	arena_free(arena);
}

/* It is not too empty then, and what stands below makes no difference to it. */
static void a_slab_that_turns_the_page_ends_it(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct made made;
	struct page_span *pages;
	make_plain(&made, 10, 8, 8);
	made.column.geometry.min_fill = 900;
	made.slabs[2].turns = true;
	assert_int_equal(page_divide(arena, &made.column, &pages, NULL), 2);
	assert_int_equal(pages[0].to, 2);
	assert_false(pages[0].broken);
	assert_int_equal(page_cost_of(&made.column, pages, 1).looks, 0);
	made.slabs[2].break_cost = SLAB_KEEP;
	assert_int_equal(page_divide(arena, &made.column, &pages, NULL), 2);
	assert_int_equal(pages[0].to, 2);
	assert_true(pages[0].broken);
	arena_free(arena);
}

/* Enclosures take text along, though the page before be half empty then; not where that must not be
 * divided. */
static void a_page_of_nothing_but_enclosures_is_worse_than_an_empty_one(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct made made;
	struct page_span *pages;
	make_plain(&made, 10, 8, 8);
	made.column.geometry.min_fill = 900;
	made.slabs[8].tail = made.slabs[9].tail = true;
	for (int i = 5; i < 8; i++)
		made.slabs[i].break_cost = SLAB_KEEP;
	assert_int_equal(page_divide(arena, &made.column, &pages, NULL), 2);
	assert_int_equal(pages[0].to, 4);
	for (int i = 1; i < 5; i++)
		made.slabs[i].break_cost = SLAB_KEEP;
	assert_int_equal(page_divide(arena, &made.column, &pages, NULL), 2);
	assert_int_equal(pages[0].to, 8);
	arena_free(arena);
}

/* Of two places where neither should be, the one with the lower price. */
static void what_must_be_broken_is_broken_where_it_costs_less(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct made made;
	struct page_span *pages;
	for (int cheap = 5; cheap <= 8; cheap++) {
		make_plain(&made, 12, 8, 8);
		for (int i = 1; i < 12; i++)
			made.slabs[i].break_cost = SLAB_KEEP + (i == cheap ? 0 : 5000);
		assert_int_equal(page_divide(arena, &made.column, &pages, NULL), 2);
		assert_int_equal(pages[0].to, cheap);
	}
	arena_free(arena);
}

static void a_line_goes_back_to_save_its_note_from_division(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct made made;
	make_plain(&made, 8, 6, 8);
	add_note(&made, 5, 2);
	struct page_span *pages;
	assert_int_equal(page_divide(arena, &made.column, &pages, NULL), 2);
	assert_int_equal(pages[0].to, 5);
	assert_int_equal(pages[0].notes_to.note, 0);
	assert_int_equal(pages[1].notes_to.note, 1);
	arena_free(arena);
}

static void a_note_taller_than_a_page_is_divided_and_goes_on(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct made made;
	make_plain(&made, 3, 6, 6);
	add_note(&made, 0, 12);
	struct page_span *pages;
	int count = page_divide(arena, &made.column, &pages, NULL), lines = 0;
	for (int i = 0; i < count; i++) {
		assert_false(pages[i].late_note);
		lines += pages[i].notes_to.note ? 12 - pages[i].notes_from.line
						: pages[i].notes_to.line - pages[i].notes_from.line;
	}
	assert_int_equal(lines, 12);
	assert_true(pages[0].notes_to.line > 0);
	arena_free(arena);
}

/* What is first on page 1 leaves no room there for the second. */
static void page_one_may_end_before_what_is_too_high_for_it(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct made made;
	make_plain(&made, 3, 2, 6);
	made.slabs[0].height = 0;
	made.slabs[1].height = 5 * LINE;
	struct page_span *pages;
	assert_int_equal(page_divide(arena, &made.column, &pages, NULL), 2);
	assert_int_equal(pages[0].to, 1);
	arena_free(arena);
}

/* Ten free lines within a paragraph cost more than a hyphen at the page's end. */
static void a_page_does_not_end_short_within_a_paragraph(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct made made;
	make_plain(&made, 12, 10, 10);
	for (int i = 1; i < 12; i++) {
		made.slabs[i].goes_on = true;
		made.slabs[i].break_cost = i == 6 ? 60 : i == 8 ? 100 : SLAB_KEEP;
	}
	struct page_span *pages;
	assert_int_equal(page_divide(arena, &made.column, &pages, NULL), 2);
	assert_int_equal(pages[0].to, 8);
	arena_free(arena);
}

/* What costs more than pages is rare in a letter and must not make its search slow: the pages that
 * are tried are a few for each slab that a page can hold, in two searches, however long the
 * letter. */
static void long_columns_with_what_must_be_broken_end(void **state)
{
	(void)state;
	enum { SLABS = 60000 };
	struct arena *arena = arena_new();
	struct slab *slabs = arena_new_array(arena, struct slab, SLABS);
	struct foot *feet = arena_new_array(arena, struct foot, SLABS);
	for (int what = 0; what < 3; what++) {
		struct column column = {slabs, SLABS, feet, 0,
			{.first_height = 30 * LINE, .height = 40 * LINE, .note_space = LINE}};
		for (int i = 0; i < SLABS; i++) {
			bool two = i % 3 == 0;
			slabs[i] = (struct slab){.height = LINE, .notes = two ? 1 : 0};
			if (two)
				feet[column.foot_count++] = (struct foot){
					2 + i % 5, LINE, LINE / 2};
		}
		for (int i = 30000; what == 0 && i < 30060; i++)
			slabs[i].break_cost = SLAB_KEEP;
		feet[10000].lines = what == 1 ? 100 : feet[10000].lines;
		slabs[30000].notes += what == 2 ? 40 : 0;
		for (int i = 0; what == 2 && i < 40; i++)
			feet[column.foot_count++] = (struct foot){9, LINE, LINE / 2};
		struct page_span *pages;
		struct arena_mark mark = arena_save(arena);
		int64_t tried;
		int count = page_divide(arena, &column, &pages, &tried);
		struct page_cost cost = page_cost_of(&column, pages, count);
		assert_true(what == 0       ? cost.broken > 0
				: what == 1 ? cost.divided > 0
					    : cost.late > 0);
		arena_restore(arena, mark);
	}
	arena_free(arena);
}

/* Where the letter fills its pages, every other end of a page needs one page more: from there
 * nothing is tried. */
static void pages_that_are_full_are_found_at_once(void **state)
{
	(void)state;
	enum { FIRST = 30, PAGE = 40, MOST = 100 };
	struct arena *arena = arena_new();
	for (int wanted = 2; wanted <= MOST; wanted += 7) {
		int slabs = FIRST + PAGE * (wanted - 1);
		struct slab *slab = arena_new_array(arena, struct slab, slabs);
		for (int i = 0; i < slabs; i++)
			slab[i].height = LINE;
		struct column column = {.slabs = slab,
			.slab_count = slabs,
			.geometry = {.first_height = FIRST * LINE, .height = PAGE * LINE}};
		struct page_span *pages;
		int64_t tried;
		assert_int_equal(page_divide(arena, &column, &pages, &tried), wanted);
		assert_int_equal(pages[0].to, FIRST);
		assert_true(tried <= (int64_t)wanted * (PAGE + 1));
	}
	arena_free(arena);
}

static void ten_thousand_notes_on_one_line_end(void **state)
{
	(void)state;
	enum { NOTES = 10000 };
	struct arena *arena = arena_new();
	struct slab slab = {.height = LINE, .notes = NOTES};
	struct foot *feet = arena_new_array(arena, struct foot, NOTES);
	for (int i = 0; i < NOTES; i++)
		feet[i] = (struct foot){.lines = 1, .leading = LINE};
	struct column column = {&slab, 1, feet, NOTES, {40 * LINE, 40 * LINE, LINE, 0}};
	struct page_span *pages;
	int count = page_divide(arena, &column, &pages, NULL);
	assert_int_equal(pages[count - 1].notes_to.note, NOTES);
	assert_true(pages[0].late_note);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(total_fit_equals_brute_force),
		cmocka_unit_test(lines_kept_together_move_to_the_next_page),
		cmocka_unit_test(a_slab_that_turns_the_page_ends_it),
		cmocka_unit_test(a_page_of_nothing_but_enclosures_is_worse_than_an_empty_one),
		cmocka_unit_test(what_must_be_broken_is_broken_where_it_costs_less),
		cmocka_unit_test(a_line_goes_back_to_save_its_note_from_division),
		cmocka_unit_test(a_note_taller_than_a_page_is_divided_and_goes_on),
		cmocka_unit_test(page_one_may_end_before_what_is_too_high_for_it),
		cmocka_unit_test(a_page_does_not_end_short_within_a_paragraph),
		cmocka_unit_test(long_columns_with_what_must_be_broken_end),
		cmocka_unit_test(pages_that_are_full_are_found_at_once),
		cmocka_unit_test(ten_thousand_notes_on_one_line_end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
