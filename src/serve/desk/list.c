/* list.c - the rows of the list, and how letters stood in the one before. */
#include "desk/desk.h"

#include "record/versions.h"

#include <stdlib.h>
#include <unistd.h>

enum { TEXTS_MOST = 16 << 20 };

struct listing *listing_new(const struct desk *desk)
{
	int approvals = desk->options->update->approvals;
	struct listing *listing = heap_new(sizeof *listing);
	listing->arena = arena_new();
	listing->locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
	listing->file = -1;
	listing->wanted = approvals ? approvals : 1;
	return listing;
}

/* On the heap, where an array grows without leaving its smaller ones behind: of 20,000 rows they
 * would be 9 MB. */
struct row *listing_add(struct listing *listing)
{
	if (listing->rows.len == listing->rows.cap) {
		listing->rows.cap = listing->rows.cap ? 2 * listing->rows.cap : 64;
		listing->rows.at = heap_resize(
			listing->rows.at, (size_t)listing->rows.cap * sizeof *listing->rows.at);
	}
	struct row *row = &listing->rows.at[listing->rows.len++];
	*row = (struct row){0};
	return row;
}

void listing_free(struct listing *listing)
{
	if (!listing)
		return;
	map_free(&listing->by_id);
	map_free(&listing->words.by_hash);
	map_free(&listing->approvers.by_hash);
	if (listing->locale)
		freelocale(listing->locale);
	if (listing->file >= 0)
		close(listing->file);
	versions_free(listing->versions);
	arena_free(listing->arena);
	free(listing->rows.at);
	free(listing);
}

/* Of two rows with one id, which only broken records have, the later is found. */
void listing_index(struct listing *listing)
{
	map_clear(&listing->by_id);
	for (int i = listing->rows.len - 1; i >= 0; i--) {
		struct str id = listing->rows.at[i].id;
		uint64_t hash = str_hash(id);
		int64_t other;
		while ((other = map_add(&listing->by_id, hash, (uint32_t)i)) >= 0 &&
			!str_eq(listing->rows.at[other].id, id))
			hash++;
	}
}

struct row *listing_find(const struct listing *listing, struct str id)
{
	uint64_t hash = str_hash(id);
	for (int64_t at; (at = map_find(&listing->by_id, hash)) >= 0; hash++)
		if (str_eq(listing->rows.at[at].id, id))
			return &listing->rows.at[at];
	return NULL;
}

bool listing_approves(const struct listing *listing, int approved)
{
	return approved > 0 && approved >= listing->wanted;
}

/* Its number; -1 when there are too many already. */
static int keep_once(struct arena *arena, struct texts *texts, struct str text)
{
	uint64_t hash = str_hash(text);
	for (int64_t at; (at = map_find(&texts->by_hash, hash)) >= 0; hash++)
		if (str_eq(texts->list.at[at], text))
			return (int)at;
	if (texts->bytes > TEXTS_MOST - text.len)
		return -1;
	texts->bytes += text.len;
	map_add(&texts->by_hash, hash, (uint32_t)texts->list.len);
	*vec_push(arena, &texts->list) = str_copy(arena, text);
	return texts->list.len - 1;
}

int listing_words(struct listing *listing, struct str words)
{
	int before = listing->words.list.len;
	int number = keep_once(listing->arena, &listing->words, words);
	const struct folding folding = {{words}, 1};
	if (listing->words.list.len > before)
		*vec_push(listing->arena, &listing->folded_words) = listing_fold(listing, &folding);
	return number;
}

void listing_fold_row(struct listing *listing, struct row *row)
{
	const struct folding folding = folding_of_row(row);
	row->folded = listing_fold(listing, &folding);
}

void listing_stand(struct listing *listing, struct row *row, const struct stance *stance)
{
	int by = keep_once(listing->arena, &listing->approvers, stance->by);
	row->stance = *stance;
	row->stance.by = by < 0 ? (struct str){0} : listing->approvers.list.at[by];
}

bool listing_take_standing(struct listing *listing, const struct listing *old)
{
	bool known = true;
	for (int i = 0; i < listing->rows.len; i++) {
		struct row *row = &listing->rows.at[i];
		const struct row *before = listing_find(old, row->id);
		known &= before != NULL;
		if (before)
			listing_stand(listing, row, &before->stance);
	}
	return known;
}

void listing_copy(struct listing *listing, const struct listing *old)
{
	for (int i = 0; i < old->rows.len; i++) {
		struct row *row = listing_add(listing);
		*row = old->rows.at[i];
		row->id = str_copy(listing->arena, row->id);
		row->name = str_copy(listing->arena, row->name);
		row->place = str_copy(listing->arena, row->place);
		row->values = str_copy(listing->arena, row->values);
		if (row->words >= 0)
			row->words = listing_words(listing, old->words.list.at[row->words]);
		listing_fold_row(listing, row);
		row->why = str_copy(listing->arena, row->why);
		row->ready = NULL;
		listing_stand(listing, row, &row->stance);
	}
	listing_index(listing);
}
