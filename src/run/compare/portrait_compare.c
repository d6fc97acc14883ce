/* portrait_compare.c - what two portraits show differently, located: what words are set in, where
 * they stand, where lines, pictures and codes are.
 *
 * Words that were kept are held against each other one by one. Those of neighbouring paragraphs
 * that moved alike are told as one: a line more moves all below it. */
#include "compare/align_int.h"
#include "compare/portrait.h"

#include "layout/layout.h"

#include <stdlib.h>

enum { NAMED_WORDS = 4, NONE = -1 };

/* In hundredths of a millimetre. */
struct shift {
	int page, across, down;
};
struct span {
	int from, to; /* words of the new version */
};

struct comparing {
	struct arena *arena;
	const struct portrait *old, *new;
	struct said_changes *out;
	int *partner;               /* of each new word: the old one, or NONE */
	int *first_old, *first_new; /* of each word: its first box */
	vec(struct shift) told;
};

static void put(const struct comparing *comparing, struct str what, struct str old, struct str new)
{
	*vec_push(comparing->arena, &comparing->out->list) = (struct said_change){
		.what = what, .old = old, .new = new};
}

static int hundredths(sp length)
{
	return (int)((int64_t)length * 2540 / (72 * (int64_t)SP_PER_PT));
}

/* -- words for people -------------------------------------------------------------------------- */

/* "Dear Ann … sincerely," */
static struct str quote(const struct comparing *comparing, struct span span)
{
	const struct page_words *words = &comparing->new->words;
	struct buf text = {0};
	int shown = span.to - span.from > NAMED_WORDS + 1 ? span.from + NAMED_WORDS : span.to;
	for (int i = span.from; i < shown; i++)
		buf_format(
			&text, "%s%.*s", i > span.from ? " " : "", str_arg(words->list.at[i].text));
	if (shown < span.to)
		buf_format(&text, " … %.*s", str_arg(words->list.at[span.to - 1].text));
	struct str quoted = str_quoted(comparing->arena, buf_text(&text));
	buf_free(&text);
	return quoted;
}

static void put_length(struct buf *out, const char *before, sp length, const char *after)
{
	int tenths = (hundredths(length) + 5) / 10;
	buf_format(out, "%s%d.%d%s", before, tenths / 10, tenths % 10, after);
}

/* sized: with its width and height. */
static struct str where(const struct comparing *comparing, const struct word_box *box, bool sized)
{
	struct buf text = {0};
	buf_format(&text, "page %d", box->page + 1);
	put_length(&text, ", ", box->left, " mm from the left");
	put_length(&text, ", ", box->top, " mm from the top");
	if (sized) {
		put_length(&text, ", ", box->right - box->left, "");
		put_length(&text, " × ", box->bottom - box->top, " mm");
	}
	struct str copy = str_copy(comparing->arena, buf_text(&text));
	buf_free(&text);
	return copy;
}

/* -- looks ------------------------------------------------------------------------------------- */

/* What a look's name is made of: "LiberationSans-Bold, 11.0 pt, #000000". */
static const char *const aspects[] = {"typeface", "size", "colour"};
enum { ASPECTS = sizeof aspects / sizeof *aspects };

static struct str aspect_of(const struct page_words *words, int word, int aspect)
{
	struct str rest = words->looks.at[words->list.at[word].look].name, part = {0};
	for (int i = 0; i <= aspect; i++)
		str_split(&rest, ',', &part);
	return str_trim(part);
}

static bool is_kept(const struct comparing *comparing, int word)
{
	return comparing->partner[word] != NONE;
}

/* Whether it went from old to new there. */
static bool goes(
	const struct comparing *comparing, int word, int aspect, struct str old, struct str new)
{
	return str_eq(aspect_of(&comparing->old->words, comparing->partner[word], aspect), old) &&
		str_eq(aspect_of(&comparing->new->words, word, aspect), new);
}

/* As far as it goes from old to new as in the first word; what is new between them goes along. */
static int end_of_look(
	const struct comparing *comparing, int from, int aspect, struct str old, struct str new)
{
	int end = from;
	for (int i = from; i < comparing->new->words.list.len; i++) {
		if (!is_kept(comparing, i))
			continue;
		if (!goes(comparing, i, aspect, old, new))
			break;
		end = i + 1;
	}
	return end;
}

static void compare_looks(const struct comparing *comparing, int aspect)
{
	const struct page_words *words = &comparing->new->words, *was = &comparing->old->words;
	for (int from = 0, to; from < words->list.len; from = to) {
		to = from + 1;
		if (!is_kept(comparing, from))
			continue;
		struct str old = aspect_of(was, comparing->partner[from], aspect);
		struct str new = aspect_of(words, from, aspect);
		if (str_eq(old, new))
			continue;
		to = end_of_look(comparing, from, aspect, old, new);
		put(comparing,
			str_format(comparing->arena, "%s of %.*s on page %d", aspects[aspect],
				str_arg(quote(comparing, (struct span){from, to})),
				words->boxes.at[comparing->first_new[from]].page + 1),
			old, new);
	}
}

/* -- places ------------------------------------------------------------------------------------ */

static struct shift shift_between(const struct word_box *old, const struct word_box *new)
{
	return (struct shift){new->page - old->page, hundredths(new->left) - hundredths(old->left),
		hundredths(new->top) - hundredths(old->top)};
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
	put(comparing,
		str_format(comparing->arena, "place of %.*s",
			str_arg(quote(comparing, (struct span){word, moved->words.to}))),
		where(comparing, &comparing->old->words.boxes.at[comparing->first_old[partner]],
			false),
		where(comparing, &comparing->new->words.boxes.at[comparing->first_new[word]],
			false));
}

/* Of paragraphs whose words stand otherwise the first is named, as one mostly brings the others. */
static void put_broken(const struct comparing *comparing, struct span first, int count)
{
	const struct str none = {0};
	if (!count)
		return;
	int page = comparing->new->words.boxes.at[comparing->first_new[first.from]].page + 1;
	struct str words = quote(comparing, first), rest = str_lit("");
	if (count > 1)
		rest = str_format(comparing->arena, " and in %d more places", count - 1);
	put(comparing,
		str_format(comparing->arena, "where words stand in %.*s on page %d%.*s",
			str_arg(words), page, str_arg(rest)),
		none, none);
}

static void compare_places(struct comparing *comparing)
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
		put(comparing, str_format(comparing->arena, "colour of the %.*s", str_arg(name)),
			str_format(comparing->arena, "#%06x", (unsigned)old->colour),
			str_format(comparing->arena, "#%06x", (unsigned)new->colour));
	if (same_size(&old->box, &new->box) &&
		(same_shift(shift, (struct shift){0}) || is_told(comparing, shift)))
		return;
	put(comparing, str_format(comparing->arena, "place of the %.*s", str_arg(name)),
		where(comparing, &old->box, true), where(comparing, &new->box, true));
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
	struct str place = where(comparing, &placed->box, true);
	*vec_push(comparing->arena, &comparing->out->list) = (struct said_change){
		.how = new ? SAID_NEW : SAID_GONE,
		.what = placed->name,
		.old = new ? (struct str){0} : place,
		.new = new ? place : (struct str){0}};
}

/* The first with the first of its kind, and so on. */
static void compare_placed(const struct comparing *comparing)
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
static void compare_underlines(const struct comparing *comparing)
{
	bool old = nth(comparing->old, str_lit(PLACED_UNDERLINE), 0) != NULL;
	bool new = nth(comparing->new, str_lit(PLACED_UNDERLINE), 0) != NULL;
	if (old != new)
		*vec_push(comparing->arena, &comparing->out->list) = (struct said_change){
			.how = new ? SAID_NEW : SAID_GONE, .what = str_lit("lines under links")};
}

/* -- all --------------------------------------------------------------------------------------- */

static int *first_boxes(struct arena *arena, const struct page_words *words)
{
	int *first = arena_new_array(arena, int, words->list.len + 1);
	for (int i = words->boxes.len - 1; i >= 0; i--)
		first[words->boxes.at[i].word] = i;
	return first;
}

/* What no change holds was kept, in order. */
static int *partners(struct arena *arena, const struct portraits *portraits)
{
	int count = portraits->new->words.list.len, old = 0, at = 0;
	int *partner = arena_new_array(arena, int, count + 1);
	for (int i = 0; i <= portraits->word_count; i++) {
		bool last = i == portraits->word_count;
		int to = last ? count : portraits->words[i].from_new;
		while (at < to)
			partner[at++] = old++;
		while (!last && at < portraits->words[i].to_new)
			partner[at++] = NONE;
		old = last ? old : portraits->words[i].to_old;
	}
	return partner;
}

static void compare_paper(const struct comparing *comparing)
{
	const struct portrait *old = comparing->old, *new = comparing->new;
	const struct portrait *const both[] = {old, new};
	struct str size[2];
	if (old->width == new->width && old->height == new->height)
		return;
	for (int i = 0; i < 2; i++) {
		struct buf text = {0};
		put_length(&text, "", both[i]->width, " × ");
		put_length(&text, "", both[i]->height, " mm");
		size[i] = str_copy(comparing->arena, buf_text(&text));
		buf_free(&text);
	}
	put(comparing, str_lit("paper"), size[0], size[1]);
}

void portrait_compare(
	struct arena *arena, const struct portraits *portraits, struct said_changes *out)
{
	struct comparing comparing = {.arena = arena,
		.old = portraits->old,
		.new = portraits->new,
		.out = out,
		.partner = partners(arena, portraits),
		.first_old = first_boxes(arena, &portraits->old->words),
		.first_new = first_boxes(arena, &portraits->new->words)};
	said_compare(arena, &portraits->old->said, &portraits->new->said, out);
	compare_paper(&comparing);
	for (int aspect = 0; aspect < ASPECTS; aspect++)
		compare_looks(&comparing, aspect);
	compare_places(&comparing);
	compare_placed(&comparing);
	compare_underlines(&comparing);
}
