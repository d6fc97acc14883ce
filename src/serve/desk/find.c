/* find.c - what the filter of the list finds: a kind of letters, and words in the id, the label,
 * the values of the record or the template. */
#include "desk/desk.h"

#include <stdlib.h>

/* -- words ------------------------------------------------------------------------------------- */

struct finder finder_new(const struct listing *listing, const struct view *view)
{
	struct finder finder = {
		.kind = kind_find(view->state), .me = view->me.name, .listing = listing};
	fold(str_trim(view->query), listing->locale, &finder.words);
	while (finder.words.len && finder.words.at[finder.words.len - 1] == ' ')
		finder.words.at[--finder.words.len] = '\0';
	return finder;
}

void finder_free(struct finder *finder)
{
	buf_free(&finder->words);
	buf_free(&finder->text);
	free(finder->of_words);
}

/* A blank on either side alone is passed over; one of the text only in words that are found from
 * their beginning: "hen" is not in "the north". */
static bool holds_at(struct str text, int at, struct str words)
{
	bool from_beginning = at == 0 || text.at[at - 1] == ' ' || text.at[at - 1] == FOLD_END;
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

static bool holds(struct str folded, struct str words)
{
	const char *at = folded.at;
	while ((at = memchr(at, words.at[0], (size_t)(folded.at + folded.len - at)))) {
		if (holds_at(folded, (int)(at - folded.at), words))
			return true;
		at++;
	}
	return false;
}

static struct str fold_now(struct finder *finder, const struct folding *folding)
{
	buf_clear(&finder->text);
	fold_each(folding, finder->listing->locale, &finder->text);
	return buf_text(&finder->text);
}

struct str finder_row(struct finder *finder, const struct row *row)
{
	const struct folding folding = folding_of_row(row);
	return row->folded.at ? row->folded : fold_now(finder, &folding);
}

struct str finder_template(struct finder *finder, int words)
{
	const struct listing *listing = finder->listing;
	const struct folding folding = {{listing->words.list.at[words]}, 1};
	struct str folded = listing->folded_words.at[words];
	return folded.at ? folded : fold_now(finder, &folding);
}

/* Letters that took the same turns are asked once. */
static bool template_holds(struct finder *finder, int words)
{
	if (words < 0)
		return false;
	if (!finder->of_words)
		finder->of_words = heap_new((size_t)finder->listing->words.list.len);
	signed char *known = &finder->of_words[words];
	if (!*known)
		*known = holds(finder_template(finder, words), buf_text(&finder->words)) ? 1 : -1;
	return *known > 0;
}

bool finder_fits(struct finder *finder, const struct row *row)
{
	if (!row_is_of(finder->listing, row, finder->kind, finder->me))
		return false;
	return !finder->words.len ||
		(finder->in_template ? template_holds(finder, row->words)
				     : holds(finder_row(finder, row), buf_text(&finder->words)));
}
