/* map.h - a hash table from 64-bit hashes to numbers, which mostly count the rows of an array of
 * the caller's.
 *
 * A key is its hash and nothing else. Who must be exact compares the row that the number names with
 * what is sought and, where that is another, goes on with hash + 1, in adding as in finding: so
 * stand the few whose hashes agree behind one another. Who need not be compares nothing: of ten
 * million random hashes two agree once in 400,000 times. */
#ifndef BASE_MAP_H
#define BASE_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct map_slot;
struct map_file;

/* Begins zeroed, but for spills. */
struct map {
	struct map_slot *slots; /* all, or the page of the file that was used last */
	struct map_file *file;  /* NULL: all are in memory */
	size_t len;             /* hashes that are in it */
	int bits;               /* there are 1 << bits slots; 0: none */
	bool spills;            /* many go into a file: memory does not grow with them */
};

/* The hash's number, or -1. */
int64_t map_find(const struct map *map, uint64_t hash);
/* The number that the hash had before, which stays; else -1, and it has this one, below
 * UINT32_MAX. */
int64_t map_add(struct map *map, uint64_t hash, uint32_t number);
/* Takes all out; memory is kept. */
void map_clear(struct map *map);
void map_free(struct map *map);

#endif
