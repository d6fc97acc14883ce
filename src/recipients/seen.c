/* seen.c - a set of texts in 12 bytes each and the room of an open-addressed table.
 *
 * The texts themselves are not kept: of ten million ids they would fill a gigabyte. */
#include "recipients/recipients_int.h"

#include <stdlib.h>

/* FNV's low bits are weak; the table takes them. */
uint64_t seen_hash(struct str text)
{
	uint64_t h = str_hash(text);
	h ^= h >> 33;
	h *= 0xFF51AFD7ED558CCDu;
	h ^= h >> 33;
	return h ? h : 1;
}

static size_t find(const struct seen *seen, uint64_t hash)
{
	size_t at = (size_t)hash & (seen->cap - 1);
	while (seen->hashes[at] && seen->hashes[at] != hash)
		at = (at + 1) & (seen->cap - 1);
	return at;
}

static void grow(struct seen *seen)
{
	enum { FIRST = 1024 };
	struct seen larger = {.len = seen->len, .cap = seen->cap ? seen->cap * 2 : FIRST};
	larger.hashes = calloc(larger.cap, sizeof *larger.hashes);
	larger.ordinals = calloc(larger.cap, sizeof *larger.ordinals);
	if (!larger.hashes || !larger.ordinals)
		abort();
	for (size_t i = 0; i < seen->cap; i++) {
		if (!seen->hashes[i])
			continue;
		size_t at = find(&larger, seen->hashes[i]);
		larger.hashes[at] = seen->hashes[i];
		larger.ordinals[at] = seen->ordinals[i];
	}
	seen_free(seen);
	*seen = larger;
}

int64_t seen_add(struct seen *seen, struct str text, uint32_t ordinal)
{
	return seen_add_hash(seen, seen_hash(text), ordinal);
}

int64_t seen_add_hash(struct seen *seen, uint64_t hash, uint32_t ordinal)
{
	if (seen->len * 4 >= seen->cap * 3)
		grow(seen);
	size_t at = find(seen, hash);
	if (seen->hashes[at])
		return seen->ordinals[at];
	seen->hashes[at] = hash;
	seen->ordinals[at] = ordinal;
	seen->len++;
	return -1;
}

void seen_free(struct seen *seen)
{
	free(seen->hashes);
	free(seen->ordinals);
	*seen = (struct seen){0};
}
