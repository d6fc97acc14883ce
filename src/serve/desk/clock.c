/* clock.c - the one clock of the desk and of who serves it. */
#include "desk/desk.h"

#include <time.h>

int64_t desk_clock(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}
