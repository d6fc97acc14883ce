/* fold.c - words as they are compared: "zoe unlu" is Zoë Ünlü, also over two lines of an address,
 * "oneill" O’Neill.
 *
 * What a list is searched in is folded once, when the list is made: of 20,000 letters that is some
 * 5 MB. What is beyond FOLDED_MOST is folded at each search. */
#include "desk/desk.h"

#include <wctype.h>

enum { FOLDED_MOST = 16 << 20 };
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

static void put_folded(struct buf *out, size_t begin, uint32_t c, locale_t locale)
{
	enum fold how = fold_of(c);
	if (how == FOLD_KEPT)
		put_small(out, c, locale);
	else if (how == FOLD_BLANK && out->len > begin && out->at[out->len - 1] != ' ')
		buf_char(out, ' ');
}

void fold(struct str text, locale_t locale, struct buf *out)
{
	size_t begin = out->len;
	for (int at = 0; at < text.len;)
		put_folded(out, begin, utf8_unmarked(utf8_next(text, &at)), locale);
}

void fold_each(const struct folding *folding, locale_t locale, struct buf *out)
{
	for (int i = 0; i < folding->count; i++) {
		if (i)
			buf_char(out, FOLD_END);
		size_t begin = out->len;
		fold(folding->text[i], locale, out);
		while (out->len > begin && out->at[out->len - 1] == ' ')
			out->at[--out->len] = '\0';
	}
}

struct folding folding_of_row(const struct row *row)
{
	return (struct folding){{row->id, row->name, row->place, row->values}, 4};
}

/* Where the text goes on that is so many bytes long when it is folded: with what is dropped and, if
 * a word is to begin there, with blanks. */
static int find_end(struct str text, locale_t locale, int len, bool begins)
{
	struct buf folded = {0};
	int at = 0, next = 0;
	for (; at < text.len; at = next) {
		uint32_t c = utf8_unmarked(utf8_next(text, &next));
		enum fold how = fold_of(c);
		if ((int)folded.len >= len && (how == FOLD_KEPT || (how == FOLD_BLANK && !begins)))
			break;
		put_folded(&folded, 0, c, locale);
	}
	buf_free(&folded);
	return at;
}

struct str folding_find(const struct folding *folding, locale_t locale, int from, int to)
{
	struct buf folded = {0};
	int i = 0;
	for (; i < folding->count; i++) {
		buf_clear(&folded);
		fold(folding->text[i], locale, &folded);
		if (from <= (int)folded.len)
			break;
		from -= (int)folded.len + 1;
		to -= (int)folded.len + 1;
	}
	buf_free(&folded);
	if (i == folding->count)
		return (struct str){0};
	struct str text = folding->text[i];
	return str_slice(
		text, find_end(text, locale, from, true), find_end(text, locale, to, false));
}

struct str listing_fold(struct listing *listing, const struct folding *folding)
{
	struct buf folded = {0};
	struct str kept = {0};
	fold_each(folding, listing->locale, &folded);
	if (folded.len <= FOLDED_MOST && listing->folded <= FOLDED_MOST - (int)folded.len) {
		kept = str_copy(listing->arena, buf_text(&folded));
		listing->folded += kept.len;
	}
	buf_free(&folded);
	return kept;
}
