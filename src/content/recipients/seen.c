/* seen.c - a set of texts by their hashes, in a memory that does not grow with it.
 *
 * The set is a hash table of pages: a hash's low bits choose the page, and a full page runs over
 * into the next. The first 30,000 or so texts are held in memory. Then the pages move to a file
 * that has no name any more, so that it is gone with the process however that ends, and one page at
 * a time is read and written; the system's cache makes that two short calls. When three quarters
 * are taken the table is laid out anew with twice the pages. A disk without room leaves the set in
 * memory. The texts themselves are not kept: of ten million ids they would fill a gigabyte.
 *
 * Rejected: a Bloom filter in front of sorted runs. It saves the reads of new texts, which are
 * nearly all, and costs a merge and a second structure to be right about the few. */
#include "recipients/recipients_int.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

enum { ON_PAGE = 340, PAGES_IN_MEMORY = 128 };

struct seen_page {
	uint64_t hashes[ON_PAGE];
	uint32_t ordinals[ON_PAGE];
	uint32_t len;
};

/* FNV's low bits are weak; the table takes them. */
uint64_t seen_hash(struct str text)
{
	uint64_t h = str_hash(text);
	h ^= h >> 33;
	h *= 0xFF51AFD7ED558CCDu;
	h ^= h >> 33;
	return h ? h : 1;
}

/* -- pages, in memory or in a file ------------------------------------------------------------- */

/* A file of that many empty pages without a name; -1: there is no room for it. */
static int open_nameless(size_t pages)
{
	char path[] = "/var/tmp/lettermerge-XXXXXX";
	int fd = mkstemp(path);
	if (fd < 0)
		return -1;
	unlink(path);
	if (posix_fallocate(fd, 0, (off_t)(pages * sizeof(struct seen_page))) == 0)
		return fd;
	close(fd);
	return -1;
}

/* Pages are all zeros at first. */
static struct seen seen_of(size_t pages)
{
	struct seen seen = {.pages = pages, .fd = -1};
	if (pages > PAGES_IN_MEMORY)
		seen.fd = open_nameless(pages);
	seen.page = heap_new((seen.fd < 0 ? pages : 1) * sizeof *seen.page);
	return seen;
}

static struct seen_page *load(const struct seen *seen, size_t page)
{
	if (seen->fd < 0)
		return seen->page + page;
	off_t at = (off_t)(page * sizeof *seen->page);
	if (pread(seen->fd, seen->page, sizeof *seen->page, at) != sizeof *seen->page)
		program_ends("a temporary file in /var/tmp cannot be read back");
	return seen->page;
}

static void store(const struct seen *seen, size_t page)
{
	off_t at = (off_t)(page * sizeof *seen->page);
	if (seen->fd >= 0 &&
		pwrite(seen->fd, seen->page, sizeof *seen->page, at) != sizeof *seen->page)
		program_ends("a temporary file in /var/tmp cannot be written");
}

/* -- the table --------------------------------------------------------------------------------- */

/* The ordinal of a hash that is there, else -1, and it is put there. */
static int64_t put(struct seen *seen, uint64_t hash, uint32_t ordinal)
{
	size_t at = (size_t)hash & (seen->pages - 1);
	struct seen_page *page = load(seen, at);
	for (;; page = load(seen, at)) {
		for (uint32_t i = 0; i < page->len; i++)
			if (page->hashes[i] == hash)
				return page->ordinals[i];
		if (page->len < ON_PAGE)
			break;
		at = (at + 1) & (seen->pages - 1);
	}
	page->hashes[page->len] = hash;
	page->ordinals[page->len++] = ordinal;
	store(seen, at);
	seen->len++;
	return -1;
}

static void grow(struct seen *seen)
{
	struct seen larger = seen_of(seen->pages ? seen->pages * 2 : 1);
	for (size_t at = 0; at < seen->pages; at++) {
		const struct seen_page *page = load(seen, at);
		for (uint32_t i = 0; i < page->len; i++)
			put(&larger, page->hashes[i], page->ordinals[i]);
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
	if (seen->len * 4 >= seen->pages * ON_PAGE * 3)
		grow(seen);
	return put(seen, hash, ordinal);
}

void seen_free(struct seen *seen)
{
	if (seen->pages && seen->fd >= 0)
		close(seen->fd);
	free(seen->page);
	*seen = (struct seen){0};
}
