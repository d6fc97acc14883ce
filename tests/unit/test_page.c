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

struct column {
	struct slab slabs[MAX_SLABS];
	int slab_count;
	struct foot feet[MAX_FEET];
	int foot_count;
	struct page_geometry geometry;
};

static struct column random_column(uint32_t *seed)
{
	struct column column = {.slab_count = 1 + (int)random_below(seed, MAX_SLABS)};
	column.geometry = (struct page_geometry){
		.first_height = LINE * (3 + (sp)random_below(seed, 4)),
		.height = LINE * (4 + (sp)random_below(seed, 3)),
		.note_space = LINE / 2,
		.min_fill = random_below(seed, 2) ? 600 : 0};
	for (int i = 0; i < column.slab_count; i++) {
		struct slab *slab = &column.slabs[i];
		*slab = (struct slab){
			.height = LINE, .before = random_below(seed, 3) ? 0 : LINE / 2};
		slab->break_cost = random_below(seed, 3) ? (int)random_below(seed, 300) : SLAB_KEEP;
		if (column.foot_count < MAX_FEET && random_below(seed, 4) == 0) {
			slab->notes = 1;
			column.feet[column.foot_count++] = (struct foot){
				1 + (int)random_below(seed, MAX_NOTE_LINES), LINE * 4 / 5,
				LINE / 5};
		}
	}
	return column;
}

/* Least cost of setting the rest, by where the rest begins; -1: not worked out yet. */
struct search {
	const struct column *column;
	int64_t least[MAX_SLABS + 1][MAX_FEET + 1][MAX_NOTE_LINES];
};

static int marks_before(const struct column *column, int slab)
{
	int marks = 0;
	for (int i = 0; i < slab; i++)
		marks += column->slabs[i].notes;
	return marks;
}

static struct note_at line_after(const struct column *column, struct note_at at)
{
	if (++at.line < column->feet[at.note].lines)
		return at;
	return (struct note_at){at.note + 1, 0};
}

static int64_t least_from(struct search *search, int from, struct note_at note);

static int64_t least_with(struct search *search, struct page_span page, int due)
{
	const struct column *column = search->column;
	page.late_note = page.notes_to.line > 0 ? page.notes_to.note + 1 < due
						: page.notes_to.note < due;
	return page_cost(column->slabs, column->slab_count, column->feet, column->foot_count,
		       &column->geometry, &page, 1) +
		least_from(search, page.to, page.notes_to);
}

/* The best page of slabs page.from..page.to: any number of note lines that it has room for. */
static int64_t least_of_fills(
	struct search *search, struct page_span page, int64_t height, int64_t text)
{
	const struct column *column = search->column;
	int due = marks_before(column, page.to);
	int64_t least = INT64_MAX;
	bool moved = page.to > page.from;
	page.overfull = text > height;
	for (;;) {
		int64_t cost = moved ? least_with(search, page, due) : INT64_MAX;
		least = cost < least ? cost : least;
		if (page.notes_to.note >= due)
			return least;
		struct note_at next = line_after(column, page.notes_to);
		bool fits = text +
				page_notes_height(
					column->feet, &column->geometry, page.notes_from, next) <=
			height;
		if (!fits && moved)
			return least;
		page.overfull |= !fits;
		page.notes_to = next;
		moved = true;
		if (!fits)
			return least_with(search, page, due);
	}
}

static int64_t least_from(struct search *search, int from, struct note_at note)
{
	const struct column *column = search->column;
	if (from == column->slab_count && note.note == column->foot_count)
		return 0;
	int64_t *least = &search->least[from][note.note][note.line];
	if (*least >= 0)
		return *least;
	*least = INT64_MAX;
	bool first = from == 0 && note.note == 0 && note.line == 0;
	int64_t height = first ? column->geometry.first_height : column->geometry.height;
	bool due_now = note.note < marks_before(column, from);
	for (int to = due_now ? from : from + 1; to <= column->slab_count; to++) {
		struct page_span page = {
			.from = from, .to = to, .notes_from = note, .notes_to = note};
		int64_t text = page_text_height(column->slabs, &page);
		if (text > height && to > from + 1)
			break;
		int64_t cost = least_of_fills(search, page, height, text);
		*least = cost < *least ? cost : *least;
	}
	return *least;
}

static void total_fit_equals_brute_force(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	uint32_t seed = 3;
	int with_notes = 0, pages_seen = 0;
	for (int round = 0; round < 4000; round++) {
		struct column column = random_column(&seed);
		struct page_span *pages;
		int count = page_divide(arena, column.slabs, column.slab_count, column.feet,
			column.foot_count, &column.geometry, &pages);
		int64_t cost = page_cost(column.slabs, column.slab_count, column.feet,
			column.foot_count, &column.geometry, pages, count);
		struct search search = {.column = &column};
		memset(search.least, 0xFF, sizeof search.least);
		int64_t least = least_from(&search, 0, (struct note_at){0});
		if (cost != least)
			fail_msg("round %d: %lld, but %lld is possible (%d slabs, %d notes)", round,
				(long long)cost, (long long)least, column.slab_count,
				column.foot_count);
		with_notes += column.foot_count > 0;
		pages_seen += count;
		arena_reset(arena);
	}
	assert_true(with_notes > 2000 && pages_seen > 8000);
	arena_free(arena);
}

/* n lines of one height; the caller sets what is special. */
static struct column plain_column(int lines, int first_lines, int lines_a_page)
{
	struct column column = {.slab_count = lines};
	for (int i = 0; i < lines; i++)
		column.slabs[i].height = LINE;
	column.geometry = (struct page_geometry){.first_height = first_lines * LINE,
		.height = lines_a_page * LINE,
		.note_space = LINE};
	return column;
}

static int divide(struct arena *arena, const struct column *column, struct page_span **pages)
{
	return page_divide(arena, column->slabs, column->slab_count, column->feet,
		column->foot_count, &column->geometry, pages);
}

static void lines_kept_together_move_to_the_next_page(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct column column = plain_column(10, 8, 8);
	for (int i = 6; i < 10; i++)
		column.slabs[i].break_cost = SLAB_KEEP;
	struct page_span *pages;
	assert_int_equal(divide(arena, &column, &pages), 2);
	assert_int_equal(pages[0].to, 5);
	arena_free(arena);
}

static void a_line_goes_back_to_save_its_note_from_division(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct column column = plain_column(8, 6, 8);
	column.slabs[5].notes = 1;
	column.feet[column.foot_count++] = (struct foot){.lines = 2, .leading = LINE};
	struct page_span *pages;
	assert_int_equal(divide(arena, &column, &pages), 2);
	assert_int_equal(pages[0].to, 5);
	assert_int_equal(pages[0].notes_to.note, 0);
	assert_int_equal(pages[1].notes_to.note, 1);
	arena_free(arena);
}

static void a_note_taller_than_a_page_is_divided_and_goes_on(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct column column = plain_column(3, 6, 6);
	column.slabs[0].notes = 1;
	column.feet[column.foot_count++] = (struct foot){.lines = 12, .leading = LINE};
	struct page_span *pages;
	int count = divide(arena, &column, &pages), lines = 0;
	for (int i = 0; i < count; i++) {
		assert_false(pages[i].overfull);
		assert_false(pages[i].late_note);
		lines += pages[i].notes_to.note ? 12 - pages[i].notes_from.line
						: pages[i].notes_to.line - pages[i].notes_from.line;
	}
	assert_int_equal(lines, 12);
	assert_true(pages[0].notes_to.line > 0);
	arena_free(arena);
}

static void what_is_taller_than_the_page_is_marked_overfull(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct column column = plain_column(3, 6, 6);
	column.slabs[1].height = 9 * LINE;
	struct page_span *pages;
	int count = divide(arena, &column, &pages), overfull = 0;
	for (int i = 0; i < count; i++)
		overfull += pages[i].overfull && pages[i].from == 1 && pages[i].to == 2;
	assert_int_equal(overfull, 1);
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
	struct page_geometry geometry = {40 * LINE, 40 * LINE, LINE, 0};
	struct page_span *pages;
	int count = page_divide(arena, &slab, 1, feet, NOTES, &geometry, &pages);
	assert_int_equal(pages[count - 1].notes_to.note, NOTES);
	assert_true(pages[0].late_note);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(total_fit_equals_brute_force),
		cmocka_unit_test(lines_kept_together_move_to_the_next_page),
		cmocka_unit_test(a_line_goes_back_to_save_its_note_from_division),
		cmocka_unit_test(a_note_taller_than_a_page_is_divided_and_goes_on),
		cmocka_unit_test(what_is_taller_than_the_page_is_marked_overfull),
		cmocka_unit_test(ten_thousand_notes_on_one_line_end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
