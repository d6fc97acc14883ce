/* arena.h - memory with one lifetime.
 *
 * Everything that belongs to one letter, or to one run, is taken from one arena and goes with it;
 * nothing in an arena is freed singly. Foreign objects (an xmlDoc, an hb_buffer_t) do not live in
 * one, but for what libharu makes of a letter. There is always memory (heap.h): no caller tests for
 * NULL. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>
#include <string.h>

struct arena;
struct arena_block;

/* A point in an arena's life, taken by arena_save. */
struct arena_mark {
	struct arena_block *block;
	size_t used;
};

/* A new arena; it belongs to the caller until arena_free. */
struct arena *arena_new(void);
void arena_free(struct arena *arena);

/* Memory aligned for any type, valid until the arena is reset, restored past it or freed; not
 * zeroed: for what is written whole at once. */
void *arena_take(struct arena *arena, size_t size);
/* Likewise, but zeroed; inline because the compiler knows most sizes. */
static inline void *arena_alloc(struct arena *arena, size_t size)
{
	return memset(arena_take(arena, size), 0, size);
}
#define arena_new_array(arena, type, count) \
	((type *)arena_alloc((arena), sizeof(type) * (size_t)(count)))
#define arena_take_array(arena, type, count) \
	((type *)arena_take((arena), sizeof(type) * (size_t)(count)))

/* Gives back all memory taken since the mark; the blocks are kept for reuse. */
struct arena_mark arena_save(const struct arena *arena);
void arena_restore(struct arena *arena, struct arena_mark mark);
/* Gives back everything; the blocks are kept for reuse. */
void arena_reset(struct arena *arena);

/* Bytes in use now, and the most that the arena has asked the system for. */
size_t arena_used(const struct arena *arena);
size_t arena_reserved(const struct arena *arena);

/* An array in an arena that grows: struct { T *at; int len, cap; }, zeroed to begin with.
 * vec_push returns the address of a new, zeroed element; growing moves the elements. */
#define vec(type)             \
	struct {              \
		type *at;     \
		int len, cap; \
	}
#define vec_push(arena, v)                                                           \
	((v)->at = vec_room((arena), (v)->at, (v)->len, &(v)->cap, sizeof *(v)->at), \
		&(v)->at[(v)->len++])
void *vec_grow(struct arena *arena, void *at, int len, int *cap, size_t size); /* for vec_room */
static inline void *vec_room(struct arena *arena, void *at, int len, int *cap, size_t size)
{
	if (len == *cap)
		at = vec_grow(arena, at, len, cap, size);
	memset((char *)at + (size_t)len * size, 0, size);
	return at;
}

#endif
