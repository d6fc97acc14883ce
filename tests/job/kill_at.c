/* kill_at.c - loaded before the C library: kills the process, as kill -9 would or by the signal
 * LETTERMERGE_KILL_BY (INT, TERM, HUP), just before its LETTERMERGE_KILL_AT-th call that changes
 * something on the disk. So a test can try every moment that matters, one after the other, where a
 * random kill would mostly hit those between.
 * By EIO that call fails instead, as on a broken disk, and by ENOSPC as on a full one; by READ it
 * is calls that read which are counted, and one of them that fails. How many calls there were goes
 * to the file that LETTERMERGE_KILL_CALLS names. */
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

static const struct way {
	const char *name;
	int signal, error;
	bool reads;
} ways[] = {{"KILL", SIGKILL, 0, false}, {"INT", SIGINT, 0, false}, {"TERM", SIGTERM, 0, false},
	{"HUP", SIGHUP, 0, false}, {"EIO", 0, EIO, false}, {"ENOSPC", 0, ENOSPC, false},
	{"READ", 0, EIO, true}};

static atomic_int calls;
static const struct way *way = ways;
static int failing = -1; /* -1: before main */

__attribute__((constructor)) static void begin(void)
{
	const char *number = getenv("LETTERMERGE_KILL_AT"), *by = getenv("LETTERMERGE_KILL_BY");
	for (size_t i = 0; by && i < sizeof ways / sizeof *ways; i++)
		if (strcmp(ways[i].name, by) == 0)
			way = &ways[i];
	failing = number ? atoi(number) : 0;
}

__attribute__((destructor)) static void end(void)
{
	const char *path = getenv("LETTERMERGE_KILL_CALLS");
	int count = atomic_load(&calls);
	failing = -1;
	FILE *file = path ? fopen(path, "w") : NULL;
	if (file) {
		fprintf(file, "%d\n", count);
		fclose(file);
	}
}

/* Whether this call is to fail. */
static bool count_call(bool reads)
{
	if (failing < 0 || reads != way->reads || atomic_fetch_add(&calls, 1) + 1 != failing)
		return false;
	errno = way->error;
	if (!way->signal)
		return true;
	kill(getpid(), way->signal);
	return false;
}

/* The C library's own; a pointer to data is not one to a function in C, so it is copied. */
#define NEXT(function, reads) NEXT_OR(function, reads, -1)
#define NEXT_OR(function, reads, failed)                    \
	__typeof__(&function) next;                         \
	{                                                   \
		void *symbol = dlsym(RTLD_NEXT, #function); \
		memcpy(&next, &symbol, sizeof next);        \
	}                                                   \
	if (count_call(reads))                              \
	return failed

int rename(const char *from, const char *to);
int rename(const char *from, const char *to)
{
	NEXT(rename, false);
	return next(from, to);
}

int unlink(const char *path)
{
	NEXT(unlink, false);
	return next(path);
}

int syncfs(int fd)
{
	NEXT(syncfs, false);
	return next(fd);
}

int fdatasync(int fd)
{
	NEXT(fdatasync, false);
	return next(fd);
}

int fsync(int fd)
{
	NEXT(fsync, false);
	return next(fd);
}

int ftruncate64(int fd, off64_t len)
{
	NEXT(ftruncate64, false);
	return next(fd, len);
}

ssize_t write(int fd, const void *bytes, size_t len)
{
	NEXT(write, false);
	return next(fd, bytes, len);
}

ssize_t pwrite64(int fd, const void *bytes, size_t len, off64_t at)
{
	NEXT(pwrite64, false);
	return next(fd, bytes, len, at);
}

int mkdir(const char *path, mode_t mode)
{
	NEXT(mkdir, false);
	return next(path, mode);
}

/* Only what may make a file counts. */
int open64(const char *path, int flags, ...)
{
	va_list list;
	va_start(list, flags);
	mode_t mode = flags & O_CREAT ? va_arg(list, mode_t) : 0;
	va_end(list);
	if (!(flags & O_CREAT)) {
		int (*plain)(const char *, int, ...);
		void *symbol = dlsym(RTLD_NEXT, "open64");
		memcpy(&plain, &symbol, sizeof plain);
		return plain(path, flags);
	}
	NEXT(open64, false);
	return next(path, flags, mode);
}

/* At the end of a folder there is no error. */
struct dirent64 *readdir64(DIR *dir)
{
	NEXT_OR(readdir64, true, NULL);
	return next(dir);
}

ssize_t read(int fd, void *bytes, size_t len)
{
	NEXT(read, true);
	return next(fd, bytes, len);
}

ssize_t pread64(int fd, void *bytes, size_t len, off64_t from)
{
	NEXT(pread64, true);
	return next(fd, bytes, len, from);
}
