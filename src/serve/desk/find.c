/* find.c - what the filter of the list finds: a kind of letters, and words in the id, the label,
 * the values of the record or the template.
 *
 * Words are compared folded: "zoe unlu" finds Zoë Ünlü, also over two lines of an address, "oneill"
 * O’Neill, and "CM83HB" CM8 3HB. Values are folded at each search, 20,000 of them in some 50 ms,
 * which needs no second copy of them. */
#include "desk/desk.h"

#include <locale.h>
#include <stdlib.h>
#include <wctype.h>

/* -- folding ----------------------------------------------------------------------------------- */

enum fold { FOLD_KEPT, FOLD_DROPPED, FOLD_BLANK };

/* Apostrophes say nothing, and hyphens no more than blanks do. */
static enum fold fold_of(uint32_t c)
{
	if (c <= ' ' || c == '-' || c == '_')
		return c ? FOLD_BLANK : FOLD_DROPPED; /* 0: a mark */
	if (c < 0x80)
		return c == '\'' || c == '`' ? FOLD_DROPPED : FOLD_KEPT;
	if (c == 0xAD || c == 0xB4 || c == 0x2032 || (c >= 0x2B9 && c <= 0x2BC) ||
		(c >= 0x2018 && c <= 0x201B) || (c >= 0x200B && c <= 0x200D) || c == 0x2060)
		return FOLD_DROPPED;
	return (c >= 0x2010 && c <= 0x2015) || c == 0x2212 || blank_is(c) ? FOLD_BLANK : FOLD_KEPT;
}

static void put_small(struct buf *out, uint32_t c, locale_t locale)
{
	char bytes[4];
	if (c < 0x80)
		buf_char(out, (char)(c >= 'A' && c <= 'Z' ? c + 32 : c));
	else
		buf_put(out, bytes, (size_t)utf8_encode(locale ? towlower_l(c, locale) : c, bytes));
}

/* Small letters without marks, one blank between words. ASCII alone is folded where the system has
 * no C.UTF-8. */
static void fold(struct str text, locale_t locale, struct buf *out)
{
	buf_clear(out);
	for (int at = 0; at < text.len;) {
		uint32_t c = utf8_unmarked(utf8_next(text, &at));
		enum fold how = fold_of(c);
		if (how == FOLD_KEPT)
			put_small(out, c, locale);
		else if (how == FOLD_BLANK && out->len && out->at[out->len - 1] != ' ')
			buf_char(out, ' ');
	}
}

/* -- words ------------------------------------------------------------------------------------- */

struct finder finder_new(const struct listing *listing, const struct view *view)
{
	struct finder finder = {.kind = kind_find(view->state),
		.me = view->me.name,
		.locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0),
		.listing = listing};
	fold(str_trim(view->query), finder.locale, &finder.words);
	while (finder.words.len && finder.words.at[finder.words.len - 1] == ' ')
		finder.words.at[--finder.words.len] = '\0';
	return finder;
}

void finder_free(struct finder *finder)
{
	if (finder->locale)
		freelocale(finder->locale);
	buf_free(&finder->words);
	buf_free(&finder->text);
	free(finder->of_words);
}

/* A blank on either side alone is passed over; one of the text only in words that are found from
 * their beginning: "hen" is not in "the north". */
static bool holds_at(struct str text, int at, struct str words)
{
	bool from_beginning = at == 0 || text.at[at - 1] == ' ';
	int i = 0;
	while (i < words.len && at < text.len)
		if (words.at[i] == text.at[at]) {
			i++;
			at++;
		} else if (words.at[i] == ' ')
			i++;
		else if (text.at[at] == ' ' && from_beginning)
			at++;
		else
			return false;
	return i == words.len;
}

static bool holds(struct finder *finder, struct str text)
{
	fold(text, finder->locale, &finder->text);
	struct str folded = buf_text(&finder->text), words = buf_text(&finder->words);
	const char *at = folded.at;
	while ((at = memchr(at, words.at[0], (size_t)(folded.at + folded.len - at)))) {
		if (holds_at(folded, (int)(at - folded.at), words))
			return true;
		at++;
	}
	return false;
}

/* Letters that took the same turns are asked once. */
static bool template_holds(struct finder *finder, int words)
{
	const struct listing *listing = finder->listing;
	if (words < 0)
		return false;
	if (!finder->of_words)
		finder->of_words = heap_new((size_t)listing->words.list.len);
	signed char *known = &finder->of_words[words];
	if (!*known)
		*known = holds(finder, listing->words.list.at[words]) ? 1 : -1;
	return *known > 0;
}

static bool own_words_hold(struct finder *finder, const struct row *row)
{
	return holds(finder, row->id) || holds(finder, row->name) || holds(finder, row->place) ||
		holds(finder, row->values);
}

bool finder_fits(struct finder *finder, const struct row *row)
{
	if (!row_is_of(finder->listing, row, finder->kind, finder->me))
		return false;
	return !finder->words.len ||
		(finder->in_template ? template_holds(finder, row->words)
				     : own_words_hold(finder, row));
}

/* -- near misses ------------------------------------------------------------------------------- */

static int count_words(struct str text)
{
	int count = 1;
	for (int i = 0; i < text.len; i++)
		count += text.at[i] == ' ';
	return count;
}

static bool is_near(const struct near *near, uint64_t folded)
{
	for (int i = 0; i < near->count; i++)
		if (near->folded[i] == folded)
			return true;
	return false;
}

/* Kept among the nearest, in their order. */
static void keep_near(struct near *near, struct str text, uint64_t folded, int edits)
{
	int at = near->count < NEAR_MOST ? near->count++ : NEAR_MOST - 1;
	for (; at > 0 && near->edits[at - 1] > edits; at--) {
		near->text[at] = near->text[at - 1];
		near->folded[at] = near->folded[at - 1];
		near->edits[at] = near->edits[at - 1];
	}
	near->text[at] = text;
	near->folded[at] = folded;
	near->edits[at] = edits;
}

static void try_near(struct finder *finder, struct str text, struct near *near)
{
	struct nearest nearest = nearest_start(buf_text(&finder->words));
	if (near->count == NEAR_MOST && near->edits[NEAR_MOST - 1] < nearest.distance)
		nearest.distance = near->edits[NEAR_MOST - 1];
	if (text.len > 2 * (int)finder->words.len + nearest.distance)
		return;
	fold(text, finder->locale, &finder->text);
	uint64_t folded = str_hash(buf_text(&finder->text));
	if (nearest_try(&nearest, buf_text(&finder->text)) && nearest.distance > 0 &&
		!is_near(near, folded))
		keep_near(near, text, folded, nearest.distance);
}

/* The end of the word that begins there. */
static int end_of_word(struct str text, int at)
{
	while (at < text.len && !strchr(" \n,;()", text.at[at]))
		at++;
	return at;
}

/* As many words after each other as are looked for, from each word on. */
static void search_near(struct finder *finder, struct str text, int count, struct near *near)
{
	for (int from = 0; from < text.len; from = end_of_word(text, from) + 1) {
		int to = end_of_word(text, from);
		for (int i = 1; i < count && to < text.len; i++)
			to = end_of_word(text, to + 1);
		if (to > from)
			try_near(finder, str_slice(text, from, to), near);
	}
}

void finder_near(struct finder *finder, struct near *out)
{
	const struct listing *listing = finder->listing;
	int count = count_words(buf_text(&finder->words));
	*out = (struct near){0};
	for (int i = 0; i < listing->rows.len; i++) {
		try_near(finder, listing->rows.at[i].id, out);
		search_near(finder, listing->rows.at[i].name, count, out);
		search_near(finder, listing->rows.at[i].place, count, out);
		search_near(finder, listing->rows.at[i].values, count, out);
	}
	for (int i = 0; i < listing->words.list.len; i++)
		search_near(finder, listing->words.list.at[i], count, out);
}
