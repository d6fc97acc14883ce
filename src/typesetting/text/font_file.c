/* font_file.c - a font's file, mapped and not copied.
 *
 * HarfBuzz would map it as well, but where it cannot it copies, and does not tell: and of a copy
 * nothing may be given back. */
#include "text/text_int.h"

#include <limits.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

struct mapping {
	void *at;
	size_t len;
};

static void unmap(void *user)
{
	struct mapping *mapping = user;
	munmap(mapping->at, mapping->len);
	free(mapping);
}

static hb_blob_t *map(int fd, size_t len)
{
	void *at = mmap(NULL, len, PROT_READ, MAP_PRIVATE, fd, 0);
	if (at == MAP_FAILED)
		return NULL;
	struct mapping *mapping = heap_new(sizeof *mapping);
	*mapping = (struct mapping){at, len};
	return hb_blob_create_or_fail(at, (unsigned)len, HB_MEMORY_MODE_READONLY, mapping, unmap);
}

hb_blob_t *font_file_map(const char *path)
{
	struct stat status;
	hb_blob_t *blob = NULL;
	int fd = file_open(path);
	if (fd >= 0 && fstat(fd, &status) == 0 && status.st_size <= INT_MAX)
		blob = status.st_size ? map(fd, (size_t)status.st_size) : hb_blob_get_empty();
	if (fd >= 0)
		close(fd);
	return blob;
}

void font_file_rest(const struct face *face)
{
	if (face->is_file)
		madvise(without_const(face->bytes), face->len, MADV_DONTNEED);
}
