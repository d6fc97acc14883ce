/* steady.c - a file of records that somebody writes while it is read.
 *
 * What was read before and what comes after would be of two tables: the end of one row behind the
 * beginning of another is a person with another's letter. So a file is looked at after each piece
 * that is read of it, and no piece is used unless the file is as it was when it was opened. */
#include "recipients/recipients_int.h"

#include "base/diag_id.h"

#include <sys/stat.h>

struct steady steady_begin(int fd)
{
	struct stat status;
	if (fstat(fd, &status) != 0 || !S_ISREG(status.st_mode))
		return (struct steady){0};
	return (struct steady){true, status.st_size, status.st_mtim.tv_sec, status.st_mtim.tv_nsec};
}

bool steady_is(const struct steady *steady, int fd)
{
	struct steady now = steady_begin(fd);
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
