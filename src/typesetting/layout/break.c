/* break.c - line breaking by total fit.
 *
 * Model. A paragraph is boxes, glue and penalties (Knuth and Plass, "Breaking Paragraphs into
 * Lines", 1981). A break is a glue after a box or a penalty below ITEM_FORBIDDEN; a line runs from
 * the first box after one break to the next break. Each line has demerits: they grow with how
 * far its glue must stretch or shrink, and with the cube of it, with the penalty of its break, and
 * with a hyphen under a hyphen. The chosen breaks are those of least total demerits. Where a word
 * is divided at a hyphen that is written, that costs what one that is set does (TeX's
 * \exhyphenpenalty).
 *
 * Ragged text is set by the same search: its glue keeps its width, and the room left over on the
 * right plays the part of the stretch, against a tolerance. So a ragged margin swings little,
 * without the pits that first-fit breaking leaves.
 *
 * Glyphs may be set a little wider or narrower (Zapf's hz, microtype's expansion). Nobody sees that
 * by itself: in justified text it takes what room it can, at no cost, before the glue stretches or
 * shrinks for the rest. In ragged text it lets a word more into a line, at no cost either; room at
 * a line's end the glyphs only take their share of, beside the tolerance, and the margin stays
 * ragged.
 *
 * Search. The demerits of a line depend on its two breaks, and on how many hyphens stand one under
 * the other before it: none, one, or more. So the best way to end a line at a break, with its
 * hyphen the first of some or not, is a shortest path over earlier breaks. It begins at the longest
 * line that fits: the earlier a line begins the wider it is (that a mark at its start hangs does
 * not change it, since no mark hangs by more than its box is wide), so each search goes on where
 * the one before began. Later starts leave more room; once the room alone costs more than the best
 * way found so far, none can help. Where nothing fits the nearest break is taken, so there is
 * always a result; its excess is for the caller to report.
 *
 * Rejected: TeX's fitness classes (lines that differ much in tightness). They make a line's cost
 * depend on the line before the last break, multiply the states by four, and change nothing that
 * shows at the measures of a letter. Nor do steps and hollows in a ragged margin have a price: by
 * classes of a third of the tolerance it took a tenth of a point from the deviation, made more
 * hyphens, and the widest gaps stayed. */
#include "layout/break_int.h"

#include <assert.h>

enum {
	LINE_DEMERITS = 10,
	MAX_BADNESS =
		337500, /* at fifteen times the stretch: a loose line is worse than ten poor ones */
	LOOSEST = 6,    /* times the stretch: spaces four times as wide as they are */
	EVEN_SPACES = 60,        /* for spaces stretched by all they may, 100 for the cube of it */
	HYPHEN_LADDER = 500000,  /* a hyphen right under a hyphen */
	THIRD_HYPHEN = 25000000, /* one under two: worse than blanks three times too wide */
	FIRST_HYPHEN = 10000,    /* a hyphen at the end of a paragraph's first line */
	LAST_HYPHEN = 20000,     /* a hyphen before the last line */
	SHORT_LAST = 1000,       /* a justified last line shorter than a seventh of the measure */
	SHORT_RAGGED = 60000,    /* the same, where room at a line's end is hardly seen */
	LONE_WORD = 4000000,     /* a last line of one word, however long */
	LONE_REST = 4000000,     /* and more where it is the rest of a word that is divided */
	MAX_CANDIDATES = 4000    /* breaks tried for one line: a bound for hostile input */
};
static const int64_t OVERFULL = INT64_C(1000000000000);

/* Sums of the items before an index. */
struct sums {
	int64_t width, stretch, shrink;
};

/* A way to a break. */
struct way {
	int64_t demerits; /* INT64_MAX: there is none */
	int before;       /* break before this one; -1: the start */
	int on;           /* which of the ways to that break it goes on */
};

enum { MOST_HYPHENS = 2 }; /* in a row, that are told apart */

struct node_of_path {
	struct way ways[MOST_HYPHENS]; /* the best; the second with two hyphens in a row or more */
};

struct breaker {
	const struct item *items;
	int count;
	const struct break_options *options;
	struct sums *sums; /* count + 1 */
	int *breaks;       /* items */
	int *starts;       /* at b + 1: where a line behind break b starts; at 0: the first */
	int break_count;
	struct node_of_path *path; /* by break */
};

/* evenness: what stretching by all the give costs beside 100, which grow with the cube */
static int64_t badness(int64_t difference, int64_t give, int evenness)
{
	if (difference == 0)
		return 0;
	if (give <= 0 || difference > 15 * give)
		return MAX_BADNESS;
	int64_t ratio = difference * 1000 / give;
	int64_t bad = ratio * evenness / 1000 + ratio * ratio / 1000 * ratio / 10000;
	return bad < MAX_BADNESS ? bad : MAX_BADNESS;
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

/* Glue and penalties after a break vanish, as far as the next box or forced break. */
static int line_start(const struct item *items, int count, int after)
{
	int i = after + 1;
	while (i < count && items[i].kind != ITEM_BOX && !is_forced(&items[i]))
		i++;
	return i;
}

static bool ends_in_hyphen(const struct item *end)
{
	return end->hyphen || end->behind_hyphen;
}

struct fit {
	int64_t natural, stretch, shrink, excess;
	int64_t give; /* of the glyphs, to either side */
	bool one_word;
};

/* What stands beside the measure at the end of a line: a hyphen's share or else the last box's. */
static sp hang_end(const struct item *first, const struct item *end)
{
	if (end->hyphen)
		return end->hang_end;
	return end > first && end[-1].kind == ITEM_BOX ? end[-1].hang_end : 0;
}

/* The line of the items from first to the break at end; from, to: the sums before both. */
static struct fit fit_line(struct sums from, struct sums to, const struct item *first,
	const struct item *end, const struct break_options *options)
{
	bool justify = options->align == ALIGN_JUSTIFY;
	struct fit fit = {
		.natural = to.width - from.width + end->ending - first->hang_start -
			hang_end(first, end),
		.stretch = justify ? to.stretch - from.stretch : options->tolerance,
		.shrink = justify ? to.shrink - from.shrink : 0,
		.one_word = to.stretch == from.stretch,
	};
	fit.give = fit.natural * options->expansion / 1000;
	if (!justify)
		fit.stretch += fit.give;
	fit.excess = fit.natural - fit.give - fit.shrink - options->measure;
	if (fit.excess < 0)
		fit.excess = 0;
	return fit;
}

/* What is left of the measure, or lacks, when the glyphs have given what they can; of a ragged line
 * all that is left. */
static int64_t room_for_glue(const struct fit *fit, const struct break_options *options)
{
	int64_t room = options->measure - fit->natural;
	if (room > 0 && options->align != ALIGN_JUSTIFY)
		return room;
	if (room > 0)
		return room > fit->give ? room - fit->give : 0;
	return -room > fit->give ? room + fit->give : 0;
}

/* Where a line stands in its paragraph; alone: a last line of one word. */
struct place_of_line {
	bool first, last, alone;
};

static struct place_of_line place_in_paragraph(
	const struct fit *fit, const struct item *end, bool first)
{
	bool last = is_forced(end) && !first;
	return (struct place_of_line){first, last, last && fit->one_word};
}

/* What its room and its end cost. A paragraph on one line has no other to be uneven with. */
static int64_t line_demerits(const struct fit *fit, const struct item *end, bool first,
	const struct break_options *options)
{
	if (fit->excess > 0)
		return OVERFULL + fit->excess;
	if (is_forced(end) && (first || fit->natural <= options->measure))
		return LINE_DEMERITS * LINE_DEMERITS;
	int64_t room = room_for_glue(fit, options);
	int even = options->align == ALIGN_JUSTIFY ? EVEN_SPACES : 0;
	int64_t base = LINE_DEMERITS +
		(room < 0 ? badness(-room, fit->shrink, even) : badness(room, fit->stretch, even));
	if (!is_forced(end))
		base += end->penalty + (ends_in_hyphen(end) ? options->hyphen_penalty : 0);
	return base * base;
}

static int64_t place_demerits(const struct fit *fit, const struct item *end,
	struct place_of_line place, const struct break_options *options)
{
	int64_t demerits = place.first && ends_in_hyphen(end) ? FIRST_HYPHEN : 0;
	if (place.last && fit->natural < options->measure / 7)
		demerits += options->align == ALIGN_JUSTIFY ? SHORT_LAST : SHORT_RAGGED;
	return demerits + (place.alone ? LONE_WORD : 0);
}

/* hyphens: in a row, before the line. */
static int64_t row_demerits(const struct item *end, struct place_of_line place, int hyphens)
{
	static const int64_t rows[MOST_HYPHENS + 1] = {0, HYPHEN_LADDER, THIRD_HYPHEN};
	int64_t demerits = ends_in_hyphen(end) ? rows[hyphens] : 0;
	if (hyphens && place.last)
		demerits += LAST_HYPHEN + (place.alone ? LONE_REST : 0);
	return demerits;
}

int64_t break_demerits(const struct item *items, int first, int last, int hyphens,
	const struct break_options *options)
{
	struct sums sums = {0};
	for (int i = first; i < last; i++) {
		sums.width += items[i].width;
		sums.stretch += items[i].stretch;
		sums.shrink += items[i].shrink;
	}
	struct fit fit = fit_line((struct sums){0}, sums, &items[first], &items[last], options);
	struct place_of_line place = place_in_paragraph(&fit, &items[last], first == 0);
	return line_demerits(&fit, &items[last], first == 0, options) +
		place_demerits(&fit, &items[last], place, options) +
		row_demerits(&items[last], place, hyphens);
}

/* Whether no break is forced but the last. */
static bool sum_items(struct breaker *breaker)
{
	int forced = 0;
	breaker->sums[0] = (struct sums){0};
	for (int i = 0; i < breaker->count; i++) {
		const struct item *item = &breaker->items[i];
		struct sums *next = &breaker->sums[i + 1];
		*next = breaker->sums[i];
		next->width += item->width;
		next->stretch += item->stretch;
		next->shrink += item->shrink;
		forced += is_forced(item);
	}
	return forced == 1;
}

/* Behind a forced one, only those where the line that starts there may end. */
static void find_breaks(struct breaker *breaker)
{
	const struct item *items = breaker->items;
	int earliest = breaker->starts[0] = line_start(items, breaker->count, -1);
	for (int i = earliest; i < breaker->count; i++) {
		if (i < earliest || !is_break(items, i))
			continue;
		int start = line_start(items, breaker->count, i);
		if (is_forced(&items[i]))
			earliest = start;
		breaker->breaks[breaker->break_count++] = i;
		breaker->starts[breaker->break_count] = start;
	}
}

/* A line from break a to break b, which stands at a place, on each of the ways to a. */
static void add_ways(
	struct breaker *breaker, int a, int b, int64_t demerits, struct place_of_line place)
{
	static const struct node_of_path start = {{{.demerits = 0}, {.demerits = INT64_MAX}}};
	const struct item *end = &breaker->items[breaker->breaks[b]];
	const struct node_of_path *from = a < 0 ? &start : &breaker->path[a];
	bool behind = a >= 0 && ends_in_hyphen(&breaker->items[breaker->breaks[a]]);
	for (int i = 0; i < (behind ? MOST_HYPHENS : 1); i++) {
		if (from->ways[i].demerits == INT64_MAX)
			continue;
		int hyphens = behind ? i + 1 : 0;
		int64_t total = from->ways[i].demerits + demerits;
		if (behind)
			total += row_demerits(end, place, hyphens);
		struct way *way = &breaker->path[b].ways[ends_in_hyphen(end) && hyphens > 0];
		if (total <= way->demerits)
			*way = (struct way){total, a, i};
	}
}

/* The line from break a to break b; a is -1 at the paragraph's start. */
static struct fit fit_between(const struct breaker *breaker, int a, int b)
{
	int start = breaker->starts[a + 1], end = breaker->breaks[b];
	return fit_line(breaker->sums[start], breaker->sums[end], &breaker->items[start],
		&breaker->items[end], breaker->options);
}

/* Whether it is no wider than glyphs and blanks give. */
static bool fits(const struct breaker *breaker, int a, int b)
{
	return fit_between(breaker, a, b).excess == 0;
}

/* The break before the longest line that fits and ends at break b, or before the shortest if none
 * does, not before `least`. from: what it was for the break before b. */
static int longest_line(const struct breaker *breaker, int b, int least, int from)
{
	int nearest = b - 1;
	while (breaker->starts[nearest + 1] > breaker->breaks[b])
		nearest--;
	int a = from > nearest ? nearest : from > least ? from : least;
	if (a > least && fits(breaker, a - 1, b)) {
		do
			a--;
		while (a > least && fits(breaker, a - 1, b));
		return a;
	}
	while (a < nearest && !fits(breaker, a, b))
		a++;
	return a;
}

/* Finds the best line that ends at break b, of those from break a on. */
static void end_line_at(struct breaker *breaker, int b, int a)
{
	const struct break_options *options = breaker->options;
	const struct item *end = &breaker->items[breaker->breaks[b]];
	struct way *best = breaker->path[b].ways;
	for (int i = 0; i < MOST_HYPHENS; i++)
		best[i] = (struct way){.demerits = INT64_MAX, .before = -1};
	for (; a < b && breaker->starts[a + 1] <= breaker->breaks[b]; a++) {
		struct fit fit = fit_between(breaker, a, b);
		int64_t demerits = line_demerits(&fit, end, a < 0, options);
		if (demerits > best->demerits && fit.natural < options->measure)
			break;
		struct place_of_line place = place_in_paragraph(&fit, end, a < 0);
		demerits += place_demerits(&fit, end, place, options);
		add_ways(breaker, a, b, demerits, place);
	}
}

/* Ends a line at each break. */
static void find_ways(struct breaker *breaker)
{
	int forced = -1, longest = -1;
	for (int b = 0; b < breaker->break_count; b++) {
		int least = b - MAX_CANDIDATES > forced ? b - MAX_CANDIDATES : forced;
		longest = longest_line(breaker, b, least, longest);
		end_line_at(breaker, b, longest);
		if (is_forced(&breaker->items[breaker->breaks[b]]))
			forced = b;
	}
}

/* Per mille: of a line that fills its measure the nearest, glue gives the rest; of a ragged one
 * what keeps it within. */
static int expansion_of(const struct fit *fit, const struct break_options *options)
{
	int64_t room = options->measure - fit->natural, rounding = 0;
	if (fit->give == 0)
		return 0;
	if (options->align == ALIGN_JUSTIFY)
		rounding = (room < 0 ? -fit->natural : fit->natural) / 2;
	else if (room < 0)
		rounding = 1 - fit->natural;
	else
		room = room * fit->give / fit->stretch;
	int64_t wanted = (room * 1000 + rounding) / fit->natural;
	int64_t most = options->expansion;
	return (int)(wanted > most ? most : wanted < -most ? -most : wanted);
}

static struct line make_line(const struct breaker *breaker, int start, int b)
{
	const struct item *items = breaker->items, *end = &items[breaker->breaks[b]];
	int last = breaker->breaks[b];
	bool blank = last + 1 < breaker->count && items[last + 1].kind == ITEM_GLUE;
	const struct break_options *options = breaker->options;
	bool justify = options->align == ALIGN_JUSTIFY;
	struct fit fit = fit_line(
		breaker->sums[start], breaker->sums[last], &items[start], end, options);
	int64_t room = room_for_glue(&fit, options);
	bool loose = justify && !is_forced(end) && room > LOOSEST * fit.stretch;
	bool gives = !loose && fit.excess == 0 &&
		(!is_forced(end) || fit.natural > options->measure);
	return (struct line){
		.loose = loose,
		.expansion = gives ? expansion_of(&fit, options) : 0,
		.first = start,
		.last = last,
		.from = items[start].from,
		.to = end->from,
		.tail = end->kind == ITEM_GLUE ? end->to
			: blank                ? end[1].to
					       : end->from, /* of a br */
		.hyphen = end->hyphen,
		.in_name = end->in_name,
		.in_number = end->in_number,
		.unties = end->kind == ITEM_GLUE && end->penalty > 0,
		.natural = length_sum(fit.natural, 0),
		.hang_start = items[start].hang_start,
		.hyphen_width = end->hyphen ? end->ending : 0,
		.excess = length_sum(fit.excess, 0),
	};
}

/* All of it as one line, if that fits: it costs what a last line does at least, and each line does
 * where there are two, since no price is below 0. */
static bool is_one_line(struct breaker *breaker)
{
	int start = line_start(breaker->items, breaker->count, -1), last = breaker->count - 1;
	breaker->breaks[0] = last;
	return fit_line(breaker->sums[start], breaker->sums[last], &breaker->items[start],
		       &breaker->items[last], breaker->options)
		       .excess == 0;
}

int break_lines(struct arena *arena, const struct item *items, int count,
	const struct break_options *options, struct line **lines)
{
	if (count == 0)
		return 0;
	assert(is_forced(&items[count - 1]));
	struct breaker breaker = {.items = items, .count = count, .options = options};
	breaker.sums = arena_take_array(arena, struct sums, count + 1);
	breaker.breaks = arena_take_array(arena, int, count);
	if (sum_items(&breaker) && is_one_line(&breaker)) {
		*lines = arena_take_array(arena, struct line, 1);
		**lines = make_line(&breaker, line_start(items, count, -1), 0);
		return 1;
	}
	breaker.starts = arena_take_array(arena, int, count + 1);
	find_breaks(&breaker);
	breaker.path = arena_take_array(arena, struct node_of_path, breaker.break_count);
	find_ways(&breaker);

	int n = 0, last = breaker.break_count - 1;
	for (struct way way = {.before = last}; way.before >= 0; n++)
		way = breaker.path[way.before].ways[way.on];
	*lines = arena_new_array(arena, struct line, n);
	struct way way = {.before = last};
	for (int i = n - 1; i >= 0; i--) {
		int b = way.before;
		way = breaker.path[b].ways[way.on];
		(*lines)[i] = make_line(&breaker, breaker.starts[way.before + 1], b);
	}
	return n;
}
