/* page.c - page breaking by total fit, notes included.
 *
 * Model. The column is a row of slabs; a page break may stand before any of them, at a price that
 * flow.c has set on it. Each slab may hold the marks of some notes, and each note is a few lines
 * that want to stand at the foot of the page of their mark. A page is a stretch of slabs together
 * with a stretch of note lines.
 *
 * Vocabulary. A state is what is still to be set when a page begins: the next slab, and the next
 * note line, which lies behind the marks only when a note was divided or could not begin. A
 * transition is a page. Notes that are due on a page are those whose marks stand on it or before.
 *
 * Invariant. Every slab and every note line is set exactly once and in order. What a page holds of
 * its notes follows from its slabs alone:
 *   - all that are due, where these fit;
 *   - else as many lines as fit, if each note that is due at least begins: the last one is divided;
 *   - else likewise, and the others begin late, but only on the shortest page that this happens to.
 * A slab that turns the page ends the one before it, which need not be full then.
 *
 * Search. The cost of a page depends on its two states alone, so the best division is a shortest
 * path; states are visited in the order (slab, note, line), which every page increases. Costs are
 * compared rank by rank (struct page_cost). The first search keeps no state of a higher rank than
 * pages, nor one whose rest needs more pages than the letter's height does: almost all letters end
 * with it. The second keeps all, but leaves no state that another one at the same slab outdoes:
 * which has set more note lines at a cost less in the ranks above pages. Whatever follows the one
 * may follow the other, and no page of it is dearer there for having fewer notes to set. So there
 * are few states at a slab, and the work is linear in the length of all letters.
 *
 * Rejected: TeX's page builder (greedy, a page at a time, insertions split by their own badness):
 * it cannot give a line back on page 1 to save the close on page 2. Also rejected: a second pass
 * that repairs a greedy result; it needs all these rules again, in the form of exceptions. And
 * trying every number of lines of a note that is divided: no reader sees the difference, and the
 * states are as many as slabs times note lines. */
#include "layout/page_int.h"

#include <assert.h>
#include <limits.h>

/* An underfilled page costs as much as so many pages more; and what is worse, one of enclosures
 * alone. */
enum { UNDERFILLED = 3, TAIL_ALONE = 4 };

/* Beside a break's own price; an empty tenth of a page costs about 300. */
enum { WHITE = 3, LONE_NOTE_LINE = 200 };

struct state {
	struct note_at note;
	struct page_cost cost;
	struct state *before;  /* the state at the start of the page that led here */
	struct page_span page; /* that page */
	struct state *next;    /* at the same slab, by (note, line) */
};

struct divider {
	struct arena *arena;
	const struct column *column;
	int *marks;            /* notes marked before slab i; slab_count + 1 of them */
	int64_t *feet_height;  /* of all notes before note i, spaces included; foot_count + 1 */
	int *least_pages;      /* that the slabs and notes from slab i on need */
	struct state **states; /* by slab; slab_count + 1 */
	bool thorough;         /* the second search */
	int64_t tried;         /* pages */
};

/* -- costs ------------------------------------------------------------------------------------- */

static int compare_above_pages(struct page_cost a, struct page_cost b)
{
	return a.late != b.late        ? a.late - b.late
		: a.broken != b.broken ? a.broken - b.broken
				       : a.divided - b.divided;
}

int page_cost_compare(struct page_cost a, struct page_cost b)
{
	int above = compare_above_pages(a, b);
	if (above != 0)
		return above;
	if (a.pages != b.pages)
		return a.pages - b.pages;
	return (a.looks > b.looks) - (a.looks < b.looks);
}

static struct page_cost sum(struct page_cost a, struct page_cost b)
{
	return (struct page_cost){a.late + b.late, a.broken + b.broken, a.divided + b.divided,
		a.pages + b.pages, a.looks + b.looks};
}

/* What is left free in a letter of so many pages is about the same however it is divided, so it
 * shall be free in one place, and rather late: hence a second free line costs less than the first,
 * and more on early pages. A page that ends short within a paragraph looks like a mistake and costs
 * more. */
static int64_t white_cost(const struct column *column, int64_t height, int64_t used, int to)
{
	int64_t unused = height > used ? (height - used) * 1000 / height : 0;
	int64_t cost = WHITE * unused * (2000 - unused) / 2000;
	cost += cost * (column->slab_count - to) / (5 * (int64_t)column->slab_count);
	return cost + (to < column->slab_count && column->slabs[to].goes_on ? unused : 0);
}

static bool is_first(const struct page_span *page)
{
	return page->from == 0;
}

static int64_t page_height(const struct column *column, const struct page_span *page)
{
	return is_first(page) ? column->geometry.first_height : column->geometry.height;
}

/* A page that ends because the next slab begins one. */
static bool is_turned(const struct column *column, const struct page_span *page)
{
	return page->to > page->from && page->to < column->slab_count &&
		column->slabs[page->to].turns;
}

static bool is_last(const struct column *column, const struct page_span *page)
{
	return page->to == column->slab_count && page->notes_to.note == column->foot_count;
}

/* Of a note that begins on the page, and has more than that, a single line. */
static bool has_lone_line(const struct page_span *page)
{
	return page->notes_to.line == 1 &&
		(page->notes_from.note < page->notes_to.note || page->notes_from.line == 0);
}

/* used: height of all on the page. */
static struct page_cost cost_of(
	const struct column *column, const struct page_span *page, int64_t used)
{
	int64_t height = page_height(column, page);
	bool breaks = page->to > page->from && page->to < column->slab_count;
	struct page_cost cost = {.late = page->late_note,
		.broken = page->broken,
		.divided = page->notes_to.line > 0 || page->late_note,
		.pages = 1,
		.looks = has_lone_line(page) ? LONE_NOTE_LINE : 0};
	bool turned = is_turned(column, page);
	if (breaks && !turned)
		cost.looks += column->slabs[page->to].break_cost - (page->broken ? SLAB_KEEP : 0);
	if (breaks && !turned && column->slabs[page->to].tail)
		cost.pages += TAIL_ALONE;
	if (turned || is_last(column, page))
		return cost;
	cost.looks += white_cost(column, height, used, page->to);
	if (used * 1000 < height * column->geometry.min_fill)
		cost.pages += UNDERFILLED;
	return cost;
}

/* -- heights ----------------------------------------------------------------------------------- */

static int compare(struct note_at a, struct note_at b)
{
	return a.note != b.note ? a.note - b.note : a.line - b.line;
}

static int64_t slab_height(const struct slab *slab, bool first)
{
	return (int64_t)slab->height + (first ? slab->head : slab->before);
}

int64_t page_text_height(const struct column *column, const struct page_span *page)
{
	int64_t height = 0;
	for (int i = page->from; i < page->to; i++)
		height += slab_height(&column->slabs[i], i == page->from);
	return height;
}

int64_t page_notes_height(const struct column *column, struct note_at from, struct note_at to)
{
	if (compare(from, to) >= 0)
		return 0;
	int64_t height = column->geometry.note_space;
	for (int n = from.note; n <= to.note && compare((struct note_at){n, 0}, to) < 0; n++) {
		int first = n == from.note ? from.line : 0;
		int last = n == to.note ? to.line : column->feet[n].lines;
		height += (int64_t)(last - first) * column->feet[n].leading;
		if (n > from.note)
			height += column->feet[n].before;
	}
	return height;
}

/* The same for all note lines from a point up to a whole note, without the walk. */
static int64_t due_height(const struct divider *divider, struct note_at from, int to)
{
	if (from.note >= to)
		return 0;
	const struct foot *foot = &divider->column->feet[from.note];
	return divider->column->geometry.note_space + divider->feet_height[to] -
		divider->feet_height[from.note] - foot->before - (int64_t)from.line * foot->leading;
}

/* -- pages ------------------------------------------------------------------------------------- */

/* Keeps the state in the list if it is new or cheaper than the one of the same place. */
static void reach(struct divider *divider, struct state **list, const struct state *state)
{
	while (*list && compare((*list)->note, state->note) < 0)
		list = &(*list)->next;
	struct state *same = *list;
	if (same && compare(same->note, state->note) == 0) {
		if (page_cost_compare(state->cost, same->cost) >= 0)
			return;
		struct state *next = same->next;
		*same = *state;
		same->next = next;
		return;
	}
	struct state *kept = arena_alloc(divider->arena, sizeof *kept);
	*kept = *state;
	kept->next = same;
	*list = kept;
}

static bool is_worth_it(const struct divider *divider, struct page_cost cost, int slab)
{
	return divider->thorough ||
		(!cost.broken && !cost.divided &&
			cost.pages + divider->least_pages[slab] <= divider->least_pages[0]);
}

/* Makes the page the way to the state behind it, if it is the best so far. */
static void turn_page(
	struct divider *divider, struct state *state, const struct page_span *page, int64_t used)
{
	struct state next = {.note = page->notes_to,
		.cost = sum(state->cost, cost_of(divider->column, page, used)),
		.before = state,
		.page = *page};
	if (is_worth_it(divider, next.cost, page->to))
		reach(divider, page->from == page->to ? &state->next : &divider->states[page->to],
			&next);
}

/* As many lines of the notes that are due as the room holds, two at least on the next page; not all
 * are. */
static struct note_at fill(const struct column *column, struct note_at at, int due, int64_t room)
{
	const struct foot *foot = &column->feet[at.note];
	int lines = 0; /* of this note, that fit */
	room -= column->geometry.note_space;
	for (;;) {
		lines = room < 0 ? 0 : (int)(room / foot->leading);
		if (lines < foot->lines - at.line || at.note + 1 == due)
			break;
		room -= (int64_t)(foot->lines - at.line) * foot->leading;
		at = (struct note_at){at.note + 1, 0};
		foot = &column->feet[at.note];
		room -= foot->before;
	}
	if (at.line + lines == foot->lines - 1 && lines > 2)
		lines--;
	at.line += lines;
	return at;
}

/* Tries the page of slabs from..to after a state. False when a longer one need not be tried. */
static bool try_page(struct divider *divider, struct state *state, int from, int to, int64_t text)
{
	const struct column *column = divider->column;
	int due = divider->marks[to];
	struct page_cost least = {.pages = state->cost.pages + 1};
	if (!is_worth_it(divider, least, to))
		return true;
	struct page_span page = {.from = from, .to = to, .notes_from = state->note};
	int64_t room = page_height(column, &page) - text;
	int64_t notes = due_height(divider, state->note, due);
	divider->tried++;
	if (room < 0)
		return false;
	page.broken = to > from && to < column->slab_count &&
		column->slabs[to].break_cost >= SLAB_KEEP;
	page.notes_to = (struct note_at){due > state->note.note ? due : state->note.note, 0};
	if (notes > room) {
		page.notes_to = fill(column, state->note, due, room);
		page.late_note = page.notes_to.note + 1 < due || page.notes_to.line == 0;
		notes = page_notes_height(column, page.notes_from, page.notes_to);
	}
	turn_page(divider, state, &page, text + notes);
	return !page.late_note;
}

static void leave(struct divider *divider, struct state *state, int slab)
{
	const struct column *column = divider->column;
	int64_t text = 0;
	if (divider->marks[slab] > state->note.note && !try_page(divider, state, slab, slab, 0))
		return;
	for (int to = slab + 1; to <= column->slab_count; to++) {
		text += slab_height(&column->slabs[to - 1], to - 1 == slab);
		if (!try_page(divider, state, slab, to, text))
			return;
		if (to < column->slab_count && column->slabs[to].turns)
			return;
	}
}

/* Another state at the slab has set more of the notes, at a cost less above pages. The list's end
 * has set most. */
static bool is_outdone(const struct state *state)
{
	for (const struct state *other = state->next; other; other = other->next)
		if (compare_above_pages(other->cost, state->cost) < 0)
			return true;
	return false;
}

/* The state in which all is set, or NULL. */
static struct state *search(struct divider *divider)
{
	const struct column *column = divider->column;
	divider->states = arena_new_array(divider->arena, struct state *, column->slab_count + 1);
	reach(divider, &divider->states[0], &(struct state){0});
	for (int slab = 0; slab <= column->slab_count; slab++)
		for (struct state *state = divider->states[slab]; state; state = state->next)
			if (!is_outdone(state))
				leave(divider, state, slab);
	struct state *end = divider->states[column->slab_count];
	while (end && end->note.note < column->foot_count)
		end = end->next;
	return end;
}

/* -- all --------------------------------------------------------------------------------------- */

static void count_marks(struct divider *divider)
{
	const struct column *column = divider->column;
	divider->marks = arena_new_array(divider->arena, int, column->slab_count + 1);
	divider->feet_height = arena_new_array(divider->arena, int64_t, column->foot_count + 1);
	for (int i = 0; i < column->slab_count; i++)
		divider->marks[i + 1] = divider->marks[i] + column->slabs[i].notes;
	assert(divider->marks[column->slab_count] == column->foot_count);
	for (int i = 0; i < column->foot_count; i++)
		divider->feet_height[i + 1] = divider->feet_height[i] + column->feet[i].before +
			(int64_t)column->feet[i].lines * column->feet[i].leading;
}

/* By height alone, without spaces; what stands before a slab that turns the page has pages of its
 * own. */
static void count_least_pages(struct divider *divider)
{
	const struct column *column = divider->column;
	const struct page_geometry *geometry = &column->geometry;
	int64_t height = geometry->height > geometry->first_height ? geometry->height
								   : geometry->first_height;
	int64_t rest = 0;
	int turned = 0;
	height = height > 0 ? height : 1;
	divider->least_pages = arena_new_array(divider->arena, int, column->slab_count + 1);
	for (int i = column->slab_count - 1; i >= 0; i--) {
		rest += column->slabs[i].height;
		for (int n = divider->marks[i]; n < divider->marks[i + 1]; n++)
			rest += (int64_t)column->feet[n].lines * column->feet[n].leading;
		divider->least_pages[i] = turned + (int)((rest + height - 1) / height);
		if (column->slabs[i].turns) {
			turned = divider->least_pages[i];
			rest = 0;
		}
	}
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

int page_divide(
	struct arena *arena, const struct column *column, struct page_span **pages, int64_t *tried)
{
	struct divider divider = {.arena = arena, .column = column};
	count_marks(&divider);
	count_least_pages(&divider);
	struct state *end = search(&divider);
	divider.thorough = true;
	if (!end)
		end = search(&divider);
	assert(end);
	if (tried)
		*tried = divider.tried;
	return collect(arena, end, pages);
}

struct page_cost page_cost_of(const struct column *column, const struct page_span *pages, int count)
{
	struct page_cost cost = {0};
	for (int i = 0; i < count; i++)
		cost = sum(cost,
			cost_of(column, &pages[i],
				page_text_height(column, &pages[i]) +
					page_notes_height(
						column, pages[i].notes_from, pages[i].notes_to)));
	return cost;
}
