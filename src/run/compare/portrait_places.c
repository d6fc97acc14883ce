/* portrait_places.c - where words stand in two portraits, and where lines, pictures and codes are.
 *
 * Neighbouring paragraphs that moved alike are told as one: a line more moves all below it. */
#include "compare/portrait_int.h"

#include <stdlib.h>

/* -- words ------------------------------------------------------------------------------------- */

static struct shift shift_between(const struct word_box *old, const struct word_box *new)
{
	return (struct shift){new->page - old->page,
		portrait_hundredths(new->left) - portrait_hundredths(old->left),
		portrait_hundredths(new->top) - portrait_hundredths(old->top)};
}

static bool same_shift(struct shift a, struct shift b)
{
	enum { NEARLY = 2 };
	return a.page == b.page && abs(a.across - b.across) <= NEARLY &&
		abs(a.down - b.down) <= NEARLY;
}

static struct shift shift_of(const struct comparing *comparing, int word)
{
	int partner = comparing->partner[word];
	return shift_between(&comparing->old->words.boxes.at[comparing->first_old[partner]],
		&comparing->new->words.boxes.at[comparing->first_new[word]]);
}

/* How a paragraph stands to what it was. */
struct moved {
	struct span words;
	enum { STAYED, MOVED, BROKEN_OTHERWISE, UNKNOWN } how;
	struct shift shift; /* MOVED */
};

static struct span paragraph_at(const struct comparing *comparing, int from)
{
	const struct page_words *words = &comparing->new->words;
	int to = from;
	while (to < words->list.len &&
		words->list.at[to].paragraph == words->list.at[from].paragraph)
		to++;
	return (struct span){from, to};
}

/* Whether it has the words that it had. */
static bool is_whole(const struct comparing *comparing, struct span span)
{
	const struct page_words *was = &comparing->old->words;
	int first = comparing->partner[span.from];
	bool whole = first != NONE;
	for (int i = span.from; whole && i < span.to; i++)
		whole = comparing->partner[i] == first + i - span.from;
	int after = first + span.to - span.from;
	return whole &&
		(after >= was->list.len ||
			was->list.at[after].paragraph != was->list.at[first].paragraph);
}

static struct moved look_at(const struct comparing *comparing, int from)
{
	struct moved moved = {.words = paragraph_at(comparing, from), .how = UNKNOWN};
	bool even = true, whole = is_whole(comparing, moved.words);
	for (int i = from; i < moved.words.to; i++) {
		if (comparing->partner[i] == NONE)
			continue;
		struct shift shift = shift_of(comparing, i);
		if (!whole) /* words that come and go push the others along the line */
			shift.across = 0;
		if (moved.how == UNKNOWN)
			moved.shift = shift;
		even &= same_shift(shift, moved.shift);
		moved.how = MOVED;
	}
	if (moved.how == MOVED && !even)
		moved.how = whole ? BROKEN_OTHERWISE : UNKNOWN; /* words moved its lines */
	if (moved.how == MOVED && same_shift(moved.shift, (struct shift){0}))
		moved.how = STAYED;
	return moved;
}

static int first_kept(const struct comparing *comparing, struct span span)
{
	while (comparing->partner[span.from] == NONE)
		span.from++;
	return span.from;
}

static void put_moved(struct comparing *comparing, const struct moved *moved)
{
	if (moved->how != MOVED)
		return;
	int word = first_kept(comparing, moved->words), partner = comparing->partner[word];
	*vec_push(comparing->arena, &comparing->told) = moved->shift;
	portrait_put(comparing,
		str_format(comparing->arena, "place of %.*s",
			str_arg(portrait_quote(comparing, (struct span){word, moved->words.to}))),
		portrait_where(comparing,
			&comparing->old->words.boxes.at[comparing->first_old[partner]], false),
		portrait_where(comparing,
			&comparing->new->words.boxes.at[comparing->first_new[word]], false));
}

/* Of paragraphs whose words stand otherwise the first is named, as one mostly brings the others. */
static void put_broken(const struct comparing *comparing, struct span first, int count)
{
	const struct str none = {0};
	if (!count)
		return;
	int page = comparing->new->words.boxes.at[comparing->first_new[first.from]].page + 1;
	struct str words = portrait_quote(comparing, first), rest = str_lit("");
	if (count > 1)
		rest = str_format(comparing->arena, " and in %d more places", count - 1);
	portrait_put(comparing,
		str_format(comparing->arena, "where words stand in %.*s on page %d%.*s",
			str_arg(words), page, str_arg(rest)),
		none, none);
}

void portrait_compare_places(struct comparing *comparing)
{
	struct moved last = {.how = UNKNOWN};
	struct span broken = {0};
	int count = 0;
	for (int at = 0; at < comparing->new->words.list.len; at = last.words.to) {
		struct moved moved = look_at(comparing, at);
		if (moved.how == BROKEN_OTHERWISE)
			broken = count++ ? broken : moved.words;
		if (moved.how == last.how &&
			(moved.how != MOVED || same_shift(moved.shift, last.shift))) {
			last.words.to = moved.words.to;
			continue;
		}
		put_moved(comparing, &last);
		last = moved;
	}
	put_moved(comparing, &last);
	put_broken(comparing, broken, count);
}

/* -- lines, pictures, codes -------------------------------------------------------------------- */

static bool is_told(const struct comparing *comparing, struct shift shift)
{
	for (int i = 0; i < comparing->told.len; i++)
		if (same_shift(comparing->told.at[i], shift))
			return true;
	return false;
}

static bool same_size(const struct word_box *a, const struct word_box *b)
{
	return a->right - a->left == b->right - b->left && a->bottom - a->top == b->bottom - b->top;
}

static void compare_two(
	const struct comparing *comparing, const struct placed *old, const struct placed *new)
{
	struct shift shift = shift_between(&old->box, &new->box);
	struct str name = str_format(
		comparing->arena, "%.*s on page %d", str_arg(new->name), new->box.page + 1);
	if (old->colour != new->colour)
		portrait_put(comparing,
			str_format(comparing->arena, "colour of the %.*s", str_arg(name)),
			str_format(comparing->arena, "#%06x", (unsigned)old->colour),
			str_format(comparing->arena, "#%06x", (unsigned)new->colour));
	if (same_size(&old->box, &new->box) &&
		(same_shift(shift, (struct shift){0}) || is_told(comparing, shift)))
		return;
	portrait_put(comparing, str_format(comparing->arena, "place of the %.*s", str_arg(name)),
		portrait_where(comparing, &old->box, true),
		portrait_where(comparing, &new->box, true));
}

static const struct placed *nth(const struct portrait *portrait, struct str name, int n)
{
	for (int i = 0; i < portrait->placed.len; i++)
		if (str_eq(portrait->placed.at[i].name, name) && n-- == 0)
			return &portrait->placed.at[i];
	return NULL;
}

static void put_lone(const struct comparing *comparing, const struct placed *placed, bool new)
{
	struct str place = portrait_where(comparing, &placed->box, true);
	*vec_push(comparing->arena, &comparing->out->list) = (struct said_change){
		.how = new ? SAID_NEW : SAID_GONE,
		.what = placed->name,
		.old = new ? (struct str){0} : place,
		.new = new ? place : (struct str){0}};
}

/* The first with the first of its kind, and so on. */
void portrait_compare_placed(const struct comparing *comparing)
{
	static const char *const names[] = {PLACED_LINE, PLACED_PICTURE, PLACED_CODE};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const struct placed *old, *new;
		int n = 0;
		do {
			old = nth(comparing->old, str_of(names[i]), n);
			new = nth(comparing->new, str_of(names[i]), n);
			if (old && new)
				compare_two(comparing, old, new);
			else if (old || new)
				put_lone(comparing, new ? new : old, new != NULL);
			n++;
		} while (old || new);
	}
}

/* They go along with their words; whether there are any is a matter of style. */
void portrait_compare_underlines(const struct comparing *comparing)
{
	bool old = nth(comparing->old, str_lit(PLACED_UNDERLINE), 0) != NULL;
	bool new = nth(comparing->new, str_lit(PLACED_UNDERLINE), 0) != NULL;
	if (old != new)
		*vec_push(comparing->arena, &comparing->out->list) = (struct said_change){
			.how = new ? SAID_NEW : SAID_GONE, .what = str_lit("lines under links")};
}
