/* map.c - hashes → numbers, by open addressing: a hash's place is the top bits of its product with
 * an odd constant, and where another stands there, the next free slot. When three quarters are
 * taken the table is laid out anew with twice the slots. They keep their order in that, so that it
 * goes from page to page.
 *
 * A table that spills is held in memory up to some 6,000 hashes. Then it moves to a file that has
 * no name any more, so that it is gone with the process however that ends, and one page at a time
 * is read and written; the system's cache makes that two short calls. A disk without room leaves it
 * in memory. The keys themselves are not kept: of ten million ids they would fill a gigabyte.
 *
 * Rejected: a Bloom filter in front of sorted runs, for what spills. It saves the reads of new
 * hashes, which are nearly all, and costs a merge and a second structure to be right about the few.
 * uthash: links of 56 bytes in each row, where a slot takes 12, and nothing that spills. */
#include "base/map.h"

#include "base/file.h"
#include "base/heap.h"

#include <assert.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PAGE_BITS = 8, ON_PAGE = 1 << PAGE_BITS, BITS_IN_MEMORY = 13 };

/* Of 12 bytes, not 16. */
struct map_slot {
	uint64_t hash;
	uint32_t number; /* + 1; 0: free */
} __attribute__((packed, aligned(4)));

struct map_file {
	int fd;
	size_t page; /* that is in the map's slots */
	bool changed;
};

/* -- slots, in memory or in a file ------------------------------------------------------------- */

enum { PAGE_BYTES = ON_PAGE * (int)sizeof(struct map_slot) };

/* A file of that many empty slots without a name; -1: there is no room for it. */
static int open_nameless(size_t slots)
{
	int fd = file_nameless();
	if (fd < 0)
		return -1;
	if (posix_fallocate(fd, 0, (off_t)(slots * sizeof(struct map_slot))) == 0)
		return fd;
	close(fd);
	return -1;
}

static struct map map_of(int bits, bool spills)
{
	struct map map = {.bits = bits, .spills = spills};
	size_t slots = (size_t)1 << bits;
	int fd = spills && bits > BITS_IN_MEMORY ? open_nameless(slots) : -1;
	if (fd >= 0) {
		map.file = heap_new(sizeof *map.file);
		*map.file = (struct map_file){.fd = fd};
	}
	map.slots = heap_new((map.file ? ON_PAGE : slots) * sizeof *map.slots);
	return map;
}

/* Kept out of the way of those that are in memory. */
__attribute__((cold)) static void turn_to(const struct map *map, size_t page)
{
	struct map_file *file = map->file;
	off_t from = (off_t)(file->page * PAGE_BYTES), to = (off_t)(page * PAGE_BYTES);
	if (page == file->page)
		return;
	if (file->changed && pwrite(file->fd, map->slots, PAGE_BYTES, from) != PAGE_BYTES)
		program_ends("a temporary file in /var/tmp cannot be written");
	if (pread(file->fd, map->slots, PAGE_BYTES, to) != PAGE_BYTES)
		program_ends("a temporary file in /var/tmp cannot be read back");
	file->page = page;
	file->changed = false;
}

static struct map_slot *slot_at(const struct map *map, size_t at)
{
	if (!map->file)
		return map->slots + at;
	turn_to(map, at >> PAGE_BITS);
	return map->slots + (at & (ON_PAGE - 1));
}

static void fill(const struct map *map, struct map_slot *slot, const struct map_slot *with)
{
	*slot = *with;
	if (map->file)
		map->file->changed = true;
}

/* -- the table --------------------------------------------------------------------------------- */

/* The slot of a hash, or the free one where it would stand. */
static inline struct map_slot *find_slot(const struct map *map, uint64_t hash)
{
	size_t at = (size_t)(hash * UINT64_C(0x9E3779B97F4A7C15) >> (64 - map->bits));
	size_t last = ((size_t)1 << map->bits) - 1;
	struct map_slot *slot = slot_at(map, at);
	while (slot->number && slot->hash != hash) {
		at = (at + 1) & last;
		slot = slot_at(map, at);
	}
	return slot;
}

static void grow(struct map *map)
{
	struct map larger = map_of(map->bits ? map->bits + 1 : PAGE_BITS, map->spills);
	for (size_t at = 0; map->bits && at < (size_t)1 << map->bits; at++) {
		const struct map_slot *slot = slot_at(map, at);
		if (slot->number)
			fill(&larger, find_slot(&larger, slot->hash), slot);
	}
	larger.len = map->len;
	map_free(map);
	*map = larger;
}

int64_t map_find(const struct map *map, uint64_t hash)
{
	return map->len ? (int64_t)find_slot(map, hash)->number - 1 : -1;
}

int64_t map_add(struct map *map, uint64_t hash, uint32_t number)
{
	assert(number < UINT32_MAX);
	if (!map->bits || map->len >= (size_t)3 << (map->bits - 2))
		grow(map);
	struct map_slot *slot = find_slot(map, hash);
	if (slot->number)
		return (int64_t)slot->number - 1;
	fill(map, slot, &(struct map_slot){hash, number + 1});
	map->len++;
	return -1;
}

void map_clear(struct map *map)
{
	if (map->file)
		map_free(map);
	else if (map->len)
		memset(map->slots, 0, sizeof *map->slots << map->bits);
	map->len = 0;
}

void map_free(struct map *map)
{
	if (map->file)
		close(map->file->fd);
	free(map->file);
	free(map->slots);
	*map = (struct map){.spills = map->spills};
}
