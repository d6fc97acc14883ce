/* arena.c - a chain of blocks, filled in order. Freed memory is poisoned under AddressSanitizer,
 * so that a use after reset is found although the block is kept. */
#include "base/arena.h"

#include "base/heap.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#else
#define ASAN_POISON_MEMORY_REGION(at, size) ((void)(at), (void)(size))
#define ASAN_UNPOISON_MEMORY_REGION(at, size) ((void)(at), (void)(size))
#endif

enum { BLOCK_SIZE = 64 * 1024, ALIGNMENT = 16 };

struct arena_block {
	struct arena_block *next;
	size_t size, used; /* of bytes[] */
	_Alignas(ALIGNMENT) unsigned char bytes[];
};

struct arena {
	struct arena_block *first, *last; /* last: the one being filled */
	size_t reserved;
};

static struct arena_block *block_new(struct arena *arena, size_t size)
{
	struct arena_block *block = heap_resize(NULL, sizeof *block + size);
	*block = (struct arena_block){.size = size};
	ASAN_POISON_MEMORY_REGION(block->bytes, size);
	arena->reserved += size;
	return block;
}

struct arena *arena_new(void)
{
	struct arena *arena = heap_new(sizeof *arena);
	arena->first = arena->last = block_new(arena, BLOCK_SIZE);
	return arena;
}

void arena_free(struct arena *arena)
{
	if (!arena)
		return;
	for (struct arena_block *block = arena->first, *next; block; block = next) {
		next = block->next;
		ASAN_UNPOISON_MEMORY_REGION(block->bytes, block->size);
		free(block);
	}
	free(arena);
}

/* Makes last a block with room for size bytes: a kept one if it is large enough, else a new one. */
static void advance(struct arena *arena, size_t size)
{
	struct arena_block *next = arena->last->next;
	if (!next || next->size < size) {
		struct arena_block *block = block_new(arena, size > BLOCK_SIZE ? size : BLOCK_SIZE);
		block->next = next;
		arena->last->next = block;
		next = block;
	}
	next->used = 0;
	arena->last = next;
}

void *arena_take(struct arena *arena, size_t size)
{
	assert(size < SIZE_MAX / 2);
	size_t rounded = (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
	if (arena->last->size - arena->last->used < rounded)
		advance(arena, rounded);
	void *at = arena->last->bytes + arena->last->used;
	arena->last->used += rounded;
	ASAN_UNPOISON_MEMORY_REGION(at, size);
	return at;
}

struct arena_mark arena_save(const struct arena *arena)
{
	return (struct arena_mark){arena->last, arena->last->used};
}

void arena_restore(struct arena *arena, struct arena_mark mark)
{
	arena->last = mark.block;
	arena->last->used = mark.used;
	ASAN_POISON_MEMORY_REGION(mark.block->bytes + mark.used, mark.block->size - mark.used);
	for (struct arena_block *block = mark.block->next; block; block = block->next)
		ASAN_POISON_MEMORY_REGION(block->bytes, block->size);
}

void arena_reset(struct arena *arena)
{
	arena_restore(arena, (struct arena_mark){arena->first, 0});
}

size_t arena_used(const struct arena *arena)
{
	size_t used = 0;
	for (const struct arena_block *block = arena->first;; block = block->next) {
		used += block->used;
		if (block == arena->last)
			return used;
	}
}

size_t arena_reserved(const struct arena *arena)
{
	return arena->reserved;
}

void *vec_grow(struct arena *arena, void *at, int len, int *cap, size_t size)
{
	*cap = *cap ? *cap * 2 : 8;
	void *grown = arena_take(arena, (size_t)*cap * size);
	return len ? memcpy(grown, at, (size_t)len * size) : grown;
}
