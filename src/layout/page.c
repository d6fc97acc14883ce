/* page.c - page breaking by total fit, notes included.
 *
 * Model. The column is a row of slabs; a page break may stand before any of them, at a price that
 * flow.c has set on it. Each slab may hold the marks of some notes, and each note is a few lines
 * that want to stand at the foot of the page of their mark. A page is a stretch of slabs together
 * with a stretch of note lines.
 *
 * Vocabulary. A state is what is still to be set when a page begins: the next slab, and the next
 * note line (behind the marks only when a note was divided or pushed back). A transition is a page.
 *
 * Invariant. Every slab and every note line is set exactly once and in order; a page holds all note
 * lines that are due on it, unless they do not fit.
 *
 * Search. Pages cost what is listed below, each rank outweighing all lower ones together in any
 * letter; the cost of a page depends on its two states alone, so the best division is a shortest
 * path. States are visited in the order (slab, note, line), which every page increases. A page
 * tries its ends only as far as its text fits. Notes could be pushed back further and further, and
 * the states would be as many as slabs times notes: so the search is made below a ceiling first,
 * that of a letter of the fewest pages that its height allows, and repeated below the next rank's
 * when that has no end. A state counts with the pages that its rest must take at least. A cost
 * never falls, so what is found below a ceiling is the best. Thus the work is linear in
 * the length of all letters but those whose notes cannot stand where they should.
 *
 * Rejected: TeX's page builder (greedy, a page at a time, insertions split by their own badness):
 * it cannot give a line back on page 1 to save the close on page 2. Also rejected: a second pass
 * that repairs a greedy result; it needs all these rules again, in the form of exceptions. */
#include "layout/page_int.h"

#include <assert.h>

/* What a page costs, by rank. */
static const int64_t PAGE = 1000000;            /* each page */
static const int64_t UNDERFILLED = 3 * 1000000; /* below the stated fill, not the last */
static const int64_t DIVIDED_NOTE = 100 * 1000000;
static const int64_t BROKEN_KEEP = INT64_C(10000000000); /* a break at SLAB_KEEP */
static const int64_t LATE_NOTE = INT64_C(1000000000000);
static const int64_t OVERFULL_PAGE = INT64_C(100000000000000);

struct state {
	struct note_at note;
	int64_t cost;
	struct state *before;  /* the state at the start of the page that led here */
	struct page_span page; /* that page */
	struct state *next;    /* at the same slab, by (note, line) */
};

struct divider {
	struct arena *arena;
	const struct slab *slabs;
	int slab_count;
	const struct foot *feet;
	int foot_count;
	const struct page_geometry *geometry;
	int *marks;            /* notes marked before slab i; slab_count + 1 of them */
	int64_t *feet_height;  /* of all notes before note i, spaces included; foot_count + 1 */
	int64_t *least_height; /* of all slabs and notes from slab i on, without spaces */
	struct state **states; /* by slab; slab_count + 1 */
	int64_t ceiling;       /* states of this cost are not kept */
};

static int compare(struct note_at a, struct note_at b)
{
	return a.note != b.note ? a.note - b.note : a.line - b.line;
}

static bool is_first(const struct page_span *page)
{
	return page->from == 0 && page->notes_from.note == 0 && page->notes_from.line == 0;
}

static int64_t slab_height(const struct slab *slab, bool first)
{
	return (int64_t)slab->height + (first ? slab->head : slab->before);
}

int64_t page_text_height(const struct slab *slabs, const struct page_span *page)
{
	int64_t height = 0;
	for (int i = page->from; i < page->to; i++)
		height += slab_height(&slabs[i], i == page->from);
	return height;
}

int64_t page_notes_height(const struct foot *feet, const struct page_geometry *geometry,
	struct note_at from, struct note_at to)
{
	if (compare(from, to) >= 0)
		return 0;
	int64_t height = geometry->note_space;
	for (int n = from.note; n <= to.note && compare((struct note_at){n, 0}, to) < 0; n++) {
		int first = n == from.note ? from.line : 0;
		int last = n == to.note ? to.line : feet[n].lines;
		height += (int64_t)(last - first) * feet[n].leading;
		if (n > from.note)
			height += feet[n].before;
	}
	return height;
}

/* The same for all note lines from a point up to a whole note, without the walk. */
static int64_t due_height(const struct divider *divider, struct note_at from, int to)
{
	if (from.note >= to)
		return 0;
	const struct foot *foot = &divider->feet[from.note];
	return divider->geometry->note_space + divider->feet_height[to] -
		divider->feet_height[from.note] - foot->before - (int64_t)from.line * foot->leading;
}

static struct note_at next_line(const struct divider *divider, struct note_at at)
{
	if (++at.line < divider->feet[at.note].lines)
		return at;
	return (struct note_at){at.note + 1, 0};
}

/* What is left free in a letter of so many pages is about the same however it is divided, so it
 * shall be free in one place, and rather late: a page that ends short in the middle of a paragraph
 * looks like a mistake. Hence a second free line costs less than the first, and more on early
 * pages. rest: slabs behind the page, of count. */
static int64_t fill_cost(
	const struct page_geometry *geometry, int64_t height, int64_t used, int rest, int count)
{
	int64_t unused = height > used ? (height - used) * 1000 / height : 0;
	int64_t cost = unused * (2000 - unused) / 2000;
	cost += cost * rest / (5 * (int64_t)count);
	return cost + (1000 - unused < geometry->min_fill ? UNDERFILLED : 0);
}

/* used: height of all on the page; last: nothing is left after it. */
static int64_t span_cost(const struct slab *slabs, int slab_count,
	const struct page_geometry *geometry, const struct page_span *page, bool last, int64_t used)
{
	int64_t height = is_first(page) ? geometry->first_height : geometry->height;
	int64_t cost = PAGE;
	if (!last)
		cost += fill_cost(geometry, height, used, slab_count - page->to, slab_count);
	if (page->to > page->from && page->to < slab_count)
		cost += slabs[page->to].break_cost == SLAB_KEEP ? BROKEN_KEEP
								: slabs[page->to].break_cost;
	if (page->notes_to.line > 0)
		cost += DIVIDED_NOTE;
	if (page->late_note)
		cost += LATE_NOTE;
	if (page->overfull)
		cost += OVERFULL_PAGE;
	return cost;
}

/* Keeps the state in the list if it is new or cheaper than the one of the same place. */
static void reach(struct divider *divider, struct state **list, struct state state)
{
	while (*list && compare((*list)->note, state.note) < 0)
		list = &(*list)->next;
	if (*list && compare((*list)->note, state.note) == 0) {
		if (state.cost < (*list)->cost) {
			state.next = (*list)->next;
			**list = state;
		}
		return;
	}
	struct state *kept = arena_alloc(divider->arena, sizeof *kept);
	*kept = state;
	kept->next = *list;
	*list = kept;
}

/* What the slabs from one on, and the notes marked in them, cost at least. */
static int64_t least_cost(const struct divider *divider, int slab)
{
	const struct page_geometry *geometry = divider->geometry;
	int64_t height = geometry->height > geometry->first_height ? geometry->height
								   : geometry->first_height;
	return (divider->least_height[slab] + height - 1) / height * PAGE;
}

/* Makes the page the way to the state behind it, if it is the best so far. */
static void turn_page(
	struct divider *divider, struct state *state, struct page_span page, int64_t text)
{
	const struct page_geometry *geometry = divider->geometry;
	if (state->cost + PAGE + least_cost(divider, page.to) >= divider->ceiling)
		return;
	int due = divider->marks[page.to];
	page.late_note = page.notes_to.line > 0 ? page.notes_to.note + 1 < due
						: page.notes_to.note < due;
	bool last = page.to == divider->slab_count && page.notes_to.note == divider->foot_count;
	int64_t used = text +
		page_notes_height(divider->feet, geometry, page.notes_from, page.notes_to);
	int64_t cost = state->cost +
		span_cost(divider->slabs, divider->slab_count, geometry, &page, last, used);
	if (cost >= divider->ceiling)
		return;
	reach(divider, page.from == page.to ? &state->next : &divider->states[page.to],
		(struct state){.note = page.notes_to, .cost = cost, .before = state, .page = page});
}

/* The notes due do not all fit: tries every number of lines that does. A page without text takes
 * one line even then, so that there is an end. */
static void divide_notes(struct divider *divider, struct state *state, struct page_span page,
	int64_t height, int64_t text)
{
	bool moved = page.to > page.from;
	page.notes_to = page.notes_from;
	page.overfull = text > height;
	if (moved)
		turn_page(divider, state, page, text);
	while (page.notes_to.note < divider->marks[page.to]) {
		page.notes_to = next_line(divider, page.notes_to);
		int64_t notes = page_notes_height(
			divider->feet, divider->geometry, page.notes_from, page.notes_to);
		bool fits = text + notes <= height;
		if (!fits && moved)
			return;
		page.overfull |= !fits;
		turn_page(divider, state, page, text);
		moved = true;
	}
}

/* Tries the pages of slabs from..to after a state. False when their text alone is too high. */
static bool try_pages(struct divider *divider, struct state *state, int from, int to, int64_t text)
{
	const struct page_geometry *geometry = divider->geometry;
	struct page_span page = {.from = from,
		.to = to,
		.notes_from = state->note,
		.notes_to = {.note = divider->marks[to]}};
	int64_t height = is_first(&page) ? geometry->first_height : geometry->height;
	if (text > height && to - from > 1)
		return false;
	if (text + due_height(divider, state->note, divider->marks[to]) <= height)
		turn_page(divider, state, page, text);
	else
		divide_notes(divider, state, page, height, text);
	return text <= height;
}

static void leave(struct divider *divider, struct state *state, int slab)
{
	int64_t text = 0;
	if (divider->marks[slab] > state->note.note)
		try_pages(divider, state, slab, slab, 0);
	for (int to = slab + 1; to <= divider->slab_count; to++) {
		text += slab_height(&divider->slabs[to - 1], to - 1 == slab);
		if (!try_pages(divider, state, slab, to, text))
			return;
	}
}

static void prepare(struct divider *divider)
{
	divider->marks = arena_new_array(divider->arena, int, divider->slab_count + 1);
	divider->feet_height = arena_new_array(divider->arena, int64_t, divider->foot_count + 1);
	for (int i = 0; i < divider->slab_count; i++)
		divider->marks[i + 1] = divider->marks[i] + divider->slabs[i].notes;
	assert(divider->marks[divider->slab_count] == divider->foot_count);
	divider->least_height = arena_new_array(divider->arena, int64_t, divider->slab_count + 1);
	for (int i = 0; i < divider->foot_count; i++)
		divider->feet_height[i + 1] = divider->feet_height[i] + divider->feet[i].before +
			(int64_t)divider->feet[i].lines * divider->feet[i].leading;
	for (int i = divider->slab_count - 1; i >= 0; i--) {
		divider->least_height[i] = divider->least_height[i + 1] + divider->slabs[i].height;
		for (int n = divider->marks[i]; n < divider->marks[i + 1]; n++)
			divider->least_height[i] += (int64_t)divider->feet[n].lines *
				divider->feet[n].leading;
	}
}

/* The state in which all is set, or NULL when there is none below the ceiling. */
static struct state *search(struct divider *divider, int64_t ceiling)
{
	divider->ceiling = ceiling;
	divider->states = arena_new_array(divider->arena, struct state *, divider->slab_count + 1);
	reach(divider, &divider->states[0], (struct state){0});
	for (int slab = 0; slab <= divider->slab_count; slab++)
		for (struct state *state = divider->states[slab]; state; state = state->next)
			leave(divider, state, slab);
	struct state *end = divider->states[divider->slab_count];
	while (end && end->note.note < divider->foot_count)
		end = end->next;
	return end;
}

static int collect(struct arena *arena, const struct state *end, struct page_span **pages)
{
	int count = 0;
	for (const struct state *state = end; state->before; state = state->before)
		count++;
	*pages = arena_new_array(arena, struct page_span, count + 1);
	struct page_span *page = *pages + count;
	for (const struct state *state = end; state->before; state = state->before)
		*--page = state->page;
	return count ? count : 1;
}

int page_divide(struct arena *arena, const struct slab *slabs, int slab_count,
	const struct foot *feet, int foot_count, const struct page_geometry *geometry,
	struct page_span **pages)
{
	struct divider divider = {.arena = arena,
		.slabs = slabs,
		.slab_count = slab_count,
		.feet = feet,
		.foot_count = foot_count,
		.geometry = geometry};
	prepare(&divider);
	const int64_t ceilings[] = {
		least_cost(&divider, 0) + PAGE, DIVIDED_NOTE, BROKEN_KEEP, LATE_NOTE, INT64_MAX};
	struct state *end = NULL;
	for (int i = 0; !end; i++)
		end = search(&divider, ceilings[i]);
	return collect(arena, end, pages);
}

int64_t page_cost(const struct slab *slabs, int slab_count, const struct foot *feet, int foot_count,
	const struct page_geometry *geometry, const struct page_span *pages, int count)
{
	int64_t cost = 0;
	for (int i = 0; i < count; i++) {
		int64_t used = page_text_height(slabs, &pages[i]) +
			page_notes_height(feet, geometry, pages[i].notes_from, pages[i].notes_to);
		bool last = pages[i].to == slab_count && pages[i].notes_to.note == foot_count;
		cost += span_cost(slabs, slab_count, geometry, &pages[i], last, used);
	}
	return cost;
}
