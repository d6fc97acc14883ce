/* cache.c - words that were seen before. A table with open addressing whose keys and values lie in
 * its own arena; when it is three quarters full it forgets everything. Shaping and hyphenation are
 * pure, so forgetting changes no result, and a run of a million letters takes no more memory than
 * one of a thousand. A list by age would keep the commonest words over the emptying, but an
 * office's letters do not fill the table. */
#include "text/text_int.h"

#include <assert.h>
#include <stdlib.h>

enum { SLOTS = 16384, FULL = SLOTS / 4 * 3, MAX_BYTES = 8 << 20 };

struct slot {
	uint64_t hash, tag;
	struct str key; /* .at is NULL: free */
	void *value;
};

struct cache {
	struct arena *arena;
	struct slot *slots;
	int count;
	size_t bytes;
};

struct cache *cache_new(void)
{
	struct cache *cache = heap_new(sizeof *cache);
	struct slot *slots = heap_new(SLOTS * sizeof *slots);
	*cache = (struct cache){.arena = arena_new(), .slots = slots};
	return cache;
}

void cache_free(struct cache *cache)
{
	if (!cache)
		return;
	arena_free(cache->arena);
	free(cache->slots);
	free(cache);
}

static uint64_t hash_of(uint64_t tag, struct str key)
{
	uint64_t hash = (str_hash(key) ^ tag) * UINT64_C(0x9E3779B97F4A7C15);
	return hash ^ hash >> 32;
}

/* The key's slot, or the free one where it would stand. */
static struct slot *find_slot(
	const struct cache *cache, uint64_t hash, uint64_t tag, struct str key)
{
	for (uint64_t i = hash % SLOTS;; i = (i + 1) % SLOTS) {
		struct slot *slot = &cache->slots[i];
		if (!slot->key.at ||
			(slot->hash == hash && slot->tag == tag && str_eq(slot->key, key)))
			return slot;
	}
}

void *cache_find(const struct cache *cache, uint64_t tag, struct str key)
{
	return find_slot(cache, hash_of(tag, key), tag, key)->value;
}

void *cache_put(struct cache *cache, uint64_t tag, struct str key, size_t size)
{
	size_t bytes = size + (size_t)key.len;
	if (cache->count >= FULL || cache->bytes + bytes > MAX_BYTES) {
		memset(cache->slots, 0, SLOTS * sizeof *cache->slots);
		arena_reset(cache->arena);
		cache->count = 0;
		cache->bytes = 0;
	}
	uint64_t hash = hash_of(tag, key);
	struct slot *slot = find_slot(cache, hash, tag, key);
	assert(!slot->key.at);
	*slot = (struct slot){
		hash, tag, str_copy(cache->arena, key), arena_alloc(cache->arena, size)};
	cache->count++;
	cache->bytes += bytes;
	return slot->value;
}
