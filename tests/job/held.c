/* held.c - loaded before the C library: who opens the record bert.xml waits until somebody opens
 * the pipe "held" of the folder that the program runs in, for writing. Where there is no such pipe,
 * or it was taken away, nobody waits. */
#include <dlfcn.h>
#include <fcntl.h>
#include <stdarg.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

int open64(const char *path, int flags, ...)
{
	__typeof__(&open64) next;
	/* A pointer to data is not one to a function in C, so it is copied. */
	void *symbol = dlsym(RTLD_NEXT, "open64");
	memcpy(&next, &symbol, sizeof next);
	va_list list;
	va_start(list, flags);
	mode_t mode = flags & O_CREAT ? va_arg(list, mode_t) : 0;
	va_end(list);
	const char *slash = strrchr(path, '/');
	int held = slash && strcmp(slash, "/bert.xml") == 0 ? next("held", O_RDONLY | O_CLOEXEC)
							    : -1;
	if (held >= 0)
		close(held);
	return next(path, flags, mode);
}
