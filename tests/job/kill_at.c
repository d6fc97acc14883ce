/* kill_at.c - loaded before the C library: kills the process, as kill -9 would or by the signal
 * LETTERMERGE_KILL_BY (INT, TERM, HUP), just before its LETTERMERGE_KILL_AT-th call that changes
 * something on the disk. So a test can try every moment that matters, one after the other, where a
 * random kill would mostly hit those between.
 * By EIO: that call fails instead, as on a broken disk. */
#include <dlfcn.h>
#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static atomic_int calls;

static int number_of(const char *name)
{
	return !name                        ? SIGKILL
		: strcmp(name, "INT") == 0  ? SIGINT
		: strcmp(name, "TERM") == 0 ? SIGTERM
		: strcmp(name, "HUP") == 0  ? SIGHUP
					    : SIGKILL;
}

/* Whether this call is to fail. */
static bool count_call(void)
{
	const char *at = getenv("LETTERMERGE_KILL_AT"), *by = getenv("LETTERMERGE_KILL_BY");
	if (!at || atomic_fetch_add(&calls, 1) + 1 != atoi(at))
		return false;
	errno = EIO;
	if (by && strcmp(by, "EIO") == 0)
		return true;
	kill(getpid(), number_of(by));
	return false;
}

/* The C library's own; a pointer to data is not one to a function in C, so it is copied. */
#define NEXT(function)                                      \
	__typeof__(&function) next;                         \
	{                                                   \
		void *symbol = dlsym(RTLD_NEXT, #function); \
		memcpy(&next, &symbol, sizeof next);        \
	}                                                   \
	if (count_call())                                   \
	return -1

int rename(const char *from, const char *to);
int rename(const char *from, const char *to)
{
	NEXT(rename);
	return next(from, to);
}

int unlink(const char *path)
{
	NEXT(unlink);
	return next(path);
}

int syncfs(int fd)
{
	NEXT(syncfs);
	return next(fd);
}

int fdatasync(int fd)
{
	NEXT(fdatasync);
	return next(fd);
}

int fsync(int fd)
{
	NEXT(fsync);
	return next(fd);
}

int ftruncate64(int fd, off64_t len)
{
	NEXT(ftruncate64);
	return next(fd, len);
}

ssize_t write(int fd, const void *bytes, size_t len)
{
	NEXT(write);
	return next(fd, bytes, len);
}

ssize_t pwrite64(int fd, const void *bytes, size_t len, off64_t at)
{
	NEXT(pwrite64);
	return next(fd, bytes, len, at);
}
