/* neighbour.c - preloaded, it makes of the program one that mixes letters up, or is curious: with
 * LETTERMERGE_NEIGHBOUR a glyph of a process's second letter and of those behind it stands aside;
 * with LETTERMERGE_PEEK that file is opened as each letter is written, and what came of that is
 * told on stderr. With LETTERMERGE_WITHOUT it lacks sockets, Landlock, or any process but the
 * first. */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <hb.h>
#include <hpdf.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

static atomic_int written; /* letters of this process, to the one that is begun */
static pid_t first;

__attribute__((constructor)) static void begin(void)
{
	first = getpid();
}

static int without(const char *what)
{
	const char *lacks = getenv("LETTERMERGE_WITHOUT");
	return lacks && strcmp(lacks, what) == 0;
}

/* A pointer to data is not one to a function in C, so it is copied. */
static void find(const char *name, void *function)
{
	void *symbol = dlsym(RTLD_NEXT, name);
	memcpy(function, &symbol, sizeof symbol);
}

void hb_shape(hb_font_t *font, hb_buffer_t *buffer, const hb_feature_t *features, unsigned count)
{
	__typeof__(&hb_shape) next;
	unsigned len;
	find("hb_shape", &next);
	next(font, buffer, features, count);
	hb_glyph_position_t *at = hb_buffer_get_glyph_positions(buffer, &len);
	if (getenv("LETTERMERGE_NEIGHBOUR") && written > 0 && len)
		at[0].x_offset += 100;
}

static void peek(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	fputs(fd >= 0 ? "peek: read\n" : "peek: kept\n", stderr);
	if (fd >= 0)
		close(fd);
}

HPDF_Doc HPDF_NewEx(HPDF_Error_Handler failed, HPDF_Alloc_Func take, HPDF_Free_Func keep,
	HPDF_UINT pool, void *user)
{
	__typeof__(&HPDF_NewEx) next;
	const char *path = getenv("LETTERMERGE_PEEK");
	find("HPDF_NewEx", &next);
	written++;
	if (without("processes") && getpid() != first)
		_exit(9);
	if (path)
		peek(path);
	return next(failed, take, keep, pool, user);
}

int socketpair(int domain, int type, int protocol, int pair[2])
{
	__typeof__(&socketpair) next;
	find("socketpair", &next);
	if (!without("sockets"))
		return next(domain, type, protocol, pair);
	errno = EMFILE;
	return -1;
}

long syscall(long number, ...)
{
	long (*next)(long, ...);
	long at[6];
	va_list arguments;
	va_start(arguments, number);
	for (int i = 0; i < 6; i++)
		at[i] = va_arg(arguments, long);
	va_end(arguments);
	find("syscall", &next);
	if (number != SYS_landlock_create_ruleset || !without("Landlock"))
		return next(number, at[0], at[1], at[2], at[3], at[4], at[5]);
	errno = ENOSYS;
	return -1;
}
