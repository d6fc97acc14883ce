/* steady.c - a file of records that somebody writes while it is read.
 *
 * What was read before and what comes after would be of two tables: the end of one row behind the
 * beginning of another is a person with another's letter. So a file is looked at after each piece
 * that is read of it, and no piece is used unless the file is as it was when it was opened.
 *
 * The clock for files ticks some hundred times a second, and what is written twice in a tick has
 * one time. So a file that was written just now is opened when the next tick has come. */
#include "recipients/recipients_int.h"

#include "base/diag_id.h"

#include <sys/stat.h>
#include <time.h>

static struct steady steady_now(int fd)
{
	struct stat status;
	if (fstat(fd, &status) != 0 || !S_ISREG(status.st_mode))
		return (struct steady){0};
	return (struct steady){true, status.st_size, status.st_mtim.tv_sec, status.st_mtim.tv_nsec};
}

/* Whether it was written in the tick that is now. One of the future was not. */
static bool is_of_this_tick(const struct steady *steady)
{
	struct timespec now;
	clock_gettime(CLOCK_REALTIME_COARSE, &now);
	return steady->seconds == now.tv_sec && steady->nanoseconds >= now.tv_nsec;
}

struct steady steady_begin(int fd)
{
	enum { MOST = 100, MS = 1000000 };
	struct steady steady = steady_now(fd);
	for (int i = 0; i < MOST && steady.asked && is_of_this_tick(&steady); i++) {
		nanosleep(&(struct timespec){0, MS}, NULL);
		steady = steady_now(fd);
	}
	return steady;
}

bool steady_is(const struct steady *steady, int fd)
{
	struct steady now = steady_now(fd);
	return !steady->asked ||
		(now.size == steady->size && now.seconds == steady->seconds &&
			now.nanoseconds == steady->nanoseconds);
}

struct errors_before errors_before(const struct diags *diags)
{
	return (struct errors_before){
		diags_count(diags, SEVERITY_ERROR), diags_count(diags, SEVERITY_SYSTEM)};
}

enum recipients_result no_record(struct errors_before before, const struct diags *diags)
{
	struct errors_before now = errors_before(diags);
	return now.errors > before.errors && now.failures == before.failures ? RECIPIENTS_BAD
									     : RECIPIENTS_END;
}

bool steady_check(const struct steady *steady, int fd, const char *path, struct diags *diags)
{
	if (steady_is(steady, fd))
		return true;
	diag_add(diags, FILE_READ, place_in(path), path, "it was changed while it was read");
	diag_hint(diags, "run the command again when nobody writes the file");
	return false;
}
