/* cache.c - words that were seen before. Keys and values lie in the cache's own arena; when it is
 * full it forgets everything. Shaping and hyphenation are pure, so forgetting changes no result,
 * and a run of a million letters takes no more memory than one of a thousand. A list by age would
 * keep the commonest words over the emptying, but an office's letters do not fill the table. */
#include "text/text_int.h"

#include <assert.h>
#include <stdlib.h>

enum { MAX_ENTRIES = 6144, MAX_BYTES = 8 << 20 };

struct entry {
	uint64_t tag;
	struct str key;
	void *value;
};

struct cache {
	struct arena *arena;
	struct map by_key; /* to the entries */
	struct entry *entries;
	int count;
	size_t bytes;
};

struct cache *cache_new(void)
{
	struct cache *cache = heap_new(sizeof *cache);
	struct entry *entries = heap_new(MAX_ENTRIES * sizeof *entries);
	*cache = (struct cache){.arena = arena_new(), .entries = entries};
	return cache;
}

void cache_free(struct cache *cache)
{
	if (!cache)
		return;
	arena_free(cache->arena);
	map_free(&cache->by_key);
	free(cache->entries);
	free(cache);
}

static uint64_t hash_of(uint64_t tag, struct str key)
{
	return str_hash(key) ^ tag;
}

void *cache_find(const struct cache *cache, uint64_t tag, struct str key)
{
	uint64_t hash = hash_of(tag, key);
	for (int64_t at; (at = map_find(&cache->by_key, hash)) >= 0; hash++) {
		const struct entry *entry = &cache->entries[at];
		if (entry->tag == tag && str_eq(entry->key, key))
			return entry->value;
	}
	return NULL;
}

void *cache_put(struct cache *cache, uint64_t tag, struct str key, size_t size)
{
	size_t bytes = size + (size_t)key.len;
	assert(!cache_find(cache, tag, key));
	if (cache->count == MAX_ENTRIES || cache->bytes + bytes > MAX_BYTES) {
		map_clear(&cache->by_key);
		arena_reset(cache->arena);
		cache->count = 0;
		cache->bytes = 0;
	}
	uint64_t hash = hash_of(tag, key);
	while (map_add(&cache->by_key, hash, (uint32_t)cache->count) >= 0)
		hash++;
	struct entry *entry = &cache->entries[cache->count++];
	*entry = (struct entry){tag, str_copy(cache->arena, key), arena_alloc(cache->arena, size)};
	cache->bytes += bytes;
	return entry->value;
}
