/* memory.c - what the libraries get memory from: where there is none, the program ends with code 3.
 *
 * A library that is refused a few bytes may say so, crash, or go on without: a word not hyphenated,
 * a font said to be damaged, a letter that looks otherwise. Each has ways of its own, and none is
 * tested as often as the rest of it. So none is ever refused, but for pieces so large that who asks
 * for them (a picture's pixels) is prepared for a no. These functions stand before the C library's,
 * for the program and all that it loads (GNU C Library manual, Replacing malloc); sanitizers have
 * their own. */
#include "base/heap.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__has_feature)
#define HAS_FEATURE(name) __has_feature(name)
#else
#define HAS_FEATURE(name) 0
#endif

#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) && \
	!HAS_FEATURE(address_sanitizer) && !HAS_FEATURE(thread_sanitizer) &&                 \
	!HAS_FEATURE(memory_sanitizer)

enum { LARGE = 64 << 20 };

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *at, size_t size);
void *__libc_memalign(size_t alignment, size_t size);

static void *given(void *at, size_t size)
{
	if (!at && size < LARGE)
		out_of_memory();
	return at;
}

void *malloc(size_t size)
{
	return given(__libc_malloc(size), size);
}

void *calloc(size_t count, size_t size)
{
	bool large = size && count > LARGE / size;
	return given(__libc_calloc(count, size), large ? LARGE : count * size);
}

/* Of no size it frees, and gives nothing. */
void *realloc(void *at, size_t size)
{
	void *moved = __libc_realloc(at, size);
	return at && !size ? moved : given(moved, size);
}

void *memalign(size_t alignment, size_t size);
void *memalign(size_t alignment, size_t size)
{
	return given(__libc_memalign(alignment, size), size);
}

void *aligned_alloc(size_t alignment, size_t size)
{
	return memalign(alignment, size);
}

int posix_memalign(void **at, size_t alignment, size_t size)
{
	if (!alignment || alignment % sizeof(void *) || (alignment & (alignment - 1)))
		return EINVAL;
	*at = memalign(alignment, size);
	return *at ? 0 : ENOMEM;
}

/* A file that cannot be looked at for want of memory is not said to be damaged. */
void *mmap(void *at, size_t size, int protection, int flags, int fd, off_t offset)
{
	void *mapped = (void *)syscall(SYS_mmap, at, size, protection, flags, fd, offset);
	if (mapped == MAP_FAILED && errno == ENOMEM && size < LARGE)
		out_of_memory();
	return mapped;
}

#endif
