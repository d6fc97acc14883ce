/* portrait_compare.c - what two portraits show differently, located: what words are set in and, in
 * portrait_places.c, where all stands. Words that were kept are held against each other one by
 * one. */
#include "compare/align_int.h"
#include "compare/portrait_int.h"

enum { NAMED_WORDS = 4 };

void portrait_put(
	const struct comparing *comparing, struct str what, struct str old, struct str new)
{
	*vec_push(comparing->arena, &comparing->out->list) = (struct said_change){
		.what = what, .old = old, .new = new};
}

int portrait_hundredths(sp length)
{
	return (int)((int64_t)length * 2540 / (72 * (int64_t)SP_PER_PT));
}

/* -- words for people -------------------------------------------------------------------------- */

struct str portrait_quote(const struct comparing *comparing, struct span span)
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
	int tenths = (portrait_hundredths(length) + 5) / 10;
	buf_format(out, "%s%d.%d%s", before, tenths / 10, tenths % 10, after);
}

struct str portrait_where(const struct comparing *comparing, const struct word_box *box, bool sized)
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
		portrait_put(comparing,
			str_format(comparing->arena, "%s of %.*s on page %d", aspects[aspect],
				str_arg(portrait_quote(comparing, (struct span){from, to})),
				words->boxes.at[comparing->first_new[from]].page + 1),
			old, new);
	}
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
	portrait_put(comparing, str_lit("paper"), size[0], size[1]);
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
	portrait_compare_places(&comparing);
	portrait_compare_placed(&comparing);
	portrait_compare_underlines(&comparing);
}
