/* alloc_at.c - loaded before the C library: the allocation of the number that LETTERMERGE_ALLOC
 * says finds no memory, whoever asks for it, the program or a library. How many there were goes to
 * the file that LETTERMERGE_ALLOCS names. The file that LETTERMERGE_PATHS names gets a hash for
 * each of them, 8 bytes: of the calls that led there, so that two of one path have one. */
#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static atomic_long count;
static long failing = -1;
static FILE *paths;
static _Thread_local bool noting; /* what noting allocates is nobody's */

__attribute__((constructor)) static void begin(void)
{
	const char *number = getenv("LETTERMERGE_ALLOC"), *path = getenv("LETTERMERGE_PATHS");
	void *first[1];
	paths = path ? fopen(path, "w") : NULL;
	backtrace(first, 1); /* it loads its library now */
	failing = number ? atol(number) : 0;
}

__attribute__((destructor)) static void end(void)
{
	const char *path = getenv("LETTERMERGE_ALLOCS");
	failing = -1;
	if (paths)
		fclose(paths);
	FILE *file = path ? fopen(path, "w") : NULL;
	if (file) {
		fprintf(file, "%ld\n", atomic_load(&count));
		fclose(file);
	}
}

static void note_path(void)
{
	enum { DEEPEST = 40 };
	void *calls[DEEPEST];
	uint64_t hash = 0;
	noting = true;
	int depth = backtrace(calls, DEEPEST);
	for (int i = 0; i < depth; i++)
		hash = (hash ^ (uint64_t)(uintptr_t)calls[i]) * 0x9E3779B97F4A7C15u;
	fwrite(&hash, sizeof hash, 1, paths);
	noting = false;
}

/* What comes before main is counted as well, but is the loader's. */
static bool fails(void)
{
	if (failing < 0 || noting)
		return false;
	if (paths)
		note_path();
	if (atomic_fetch_add(&count, 1) + 1 != failing)
		return false;
	errno = ENOMEM;
	return true;
}

/* The C library's own; a pointer to data is not one to a function in C, so it is copied. */
#define NEXT(function)                                      \
	static __typeof__(&function) next;                  \
	if (!next) {                                        \
		void *symbol = dlsym(RTLD_NEXT, #function); \
		memcpy(&next, &symbol, sizeof next);        \
	}

void *__libc_malloc(size_t size);
void *__libc_malloc(size_t size)
{
	NEXT(__libc_malloc)
	return fails() ? NULL : next(size);
}

void *__libc_calloc(size_t number, size_t size);
void *__libc_calloc(size_t number, size_t size)
{
	NEXT(__libc_calloc)
	return fails() ? NULL : next(number, size);
}

void *__libc_realloc(void *at, size_t size);
void *__libc_realloc(void *at, size_t size)
{
	NEXT(__libc_realloc)
	return size && fails() ? NULL : next(at, size);
}

void *__libc_memalign(size_t alignment, size_t size);
void *__libc_memalign(size_t alignment, size_t size)
{
	NEXT(__libc_memalign)
	return fails() ? NULL : next(alignment, size);
}
