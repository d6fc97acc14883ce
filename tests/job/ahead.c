/* ahead.c - loaded before the C library: the time of day is an hour ahead. A record that was
 * written a moment ago then counts as settled, as it would after a while, and is not read again
 * unless its stamp says so. */
#include <dlfcn.h>
#include <string.h>
#include <time.h>

int clock_gettime(clockid_t clock, struct timespec *out)
{
	__typeof__(&clock_gettime) next;
	/* A pointer to data is not one to a function in C, so it is copied. */
	void *symbol = dlsym(RTLD_NEXT, "clock_gettime");
	memcpy(&next, &symbol, sizeof next);
	int result = next(clock, out);
	if (clock == CLOCK_REALTIME)
		out->tv_sec += 3600;
	return result;
}
