/* heap.c - memory from the heap, and the end of the program where there is none. */
#include "base/heap.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { SYSTEM_FAILED = 3 };

/* By no way that another thread might hold up, or that writes what stands in buffers. */
_Noreturn void program_ends(const char *why)
{
	fprintf(stderr, "lettermerge: %s, the program ends here; earlier letters are untouched\n",
		why);
	_exit(SYSTEM_FAILED);
}

_Noreturn void out_of_memory(void)
{
	program_ends("out of memory");
}

void *heap_new(size_t size)
{
	void *at = calloc(1, size ? size : 1);
	if (!at)
		out_of_memory();
	return at;
}

void *heap_resize(void *at, size_t size)
{
	at = realloc(at, size ? size : 1);
	if (!at)
		out_of_memory();
	return at;
}

char *heap_text(struct str s)
{
	char *at = heap_new((size_t)s.len + 1);
	if (s.len)
		memcpy(at, s.at, (size_t)s.len);
	return at;
}
