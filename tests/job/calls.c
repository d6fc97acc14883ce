/* calls.c - loaded before the C library: writes a line for each call that opens a record of
 * recipients/, a font of fonts-here/ or rules for fonts, or changes something on the disk, to the
 * file that LETTERMERGE_CALLS names, so that a test sees in which order they come: "rename a.pdf".
 * What is laid down beside the letters is called "beside", the files of the run's record "record".
 * LETTERMERGE_CLOCK is the time of day, in seconds since 1970. */
#include <dlfcn.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

/* The C library's own; a pointer to data is not one to a function in C, so it is copied. */
#define NEXT(function)                                      \
	__typeof__(&function) next;                         \
	{                                                   \
		void *symbol = dlsym(RTLD_NEXT, #function); \
		memcpy(&next, &symbol, sizeof next);        \
	}

static void note(const char *call, const char *path)
{
	const char *slash = strrchr(path, '/');
	FILE *calls = fopen(getenv("LETTERMERGE_CALLS"), "a");
	if (!calls)
		abort();
	fprintf(calls, "%s %s\n", call,
		strstr(path, "/.lettermerge.db")             ? "record"
			: strstr(path, "/.lettermerge.tmp/") ? "beside"
			: slash                              ? slash + 1
							     : path);
	fclose(calls);
}

/* Only files count, no streams. */
static void note_fd(const char *call, int fd)
{
	char link[64], path[4096] = "";
	snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
	if (readlink(link, path, sizeof path - 1) > 0 && path[0] == '/' && fd > 2)
		note(call, path);
}

int open64(const char *path, int flags, ...)
{
	NEXT(open64)
	va_list list;
	va_start(list, flags);
	mode_t mode = flags & O_CREAT ? va_arg(list, mode_t) : 0;
	va_end(list);
	if (strstr(path, "recipients/") || strstr(path, "fonts-here/"))
		note("open", path);
	return next(path, flags, mode);
}

/* What fontconfig reads by. */
int __open_2(const char *path, int flags);
int __open_2(const char *path, int flags)
{
	NEXT(__open_2)
	if (strstr(path, "/fonts.conf"))
		note("open", path);
	return next(path, flags);
}

ssize_t write(int fd, const void *bytes, size_t len)
{
	NEXT(write)
	note_fd("write", fd);
	return next(fd, bytes, len);
}

ssize_t pwrite64(int fd, const void *bytes, size_t len, off64_t at)
{
	NEXT(pwrite64)
	note_fd("write", fd);
	return next(fd, bytes, len, at);
}

int rename(const char *from, const char *to)
{
	NEXT(rename)
	note("rename", to);
	return next(from, to);
}

int syncfs(int fd)
{
	NEXT(syncfs)
	note("sync", "all");
	return next(fd);
}

int fsync(int fd)
{
	NEXT(fsync)
	note_fd("sync", fd);
	return next(fd);
}

int fdatasync(int fd)
{
	NEXT(fdatasync)
	note_fd("sync", fd);
	return next(fd);
}

int clock_gettime(clockid_t clock, struct timespec *out)
{
	NEXT(clock_gettime)
	const char *seconds = getenv("LETTERMERGE_CLOCK");
	int result = next(clock, out);
	if (clock == CLOCK_REALTIME && seconds) {
		char *rest;
		out->tv_sec = strtoll(seconds, &rest, 10);
		out->tv_nsec = strtol(*rest == '.' ? rest + 1 : "0", NULL, 10);
	}
	return result;
}
