/* beside.c - bytes → a file beside its place → its place. */
#include "base/beside.h"

#include "base/diag_id.h"
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

/* good: whether what was just done went well. */
static void note(struct beside *file, bool good)
{
	if (!good && !file->error)
		file->error = errno;
}

void beside_open(struct beside *file, const char *path, const char *beside)
{
	*file = (struct beside){.path = path, .beside = beside};
	file->fd = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	note(file, file->fd >= 0);
}

/* It is emptied only when it is locked: until then it may be another's. */
void beside_open_alone(struct beside *file, const char *path, const char *beside)
{
	*file = (struct beside){.path = path, .beside = beside, .locked = true};
	file->fd = open(beside, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
	note(file, file->fd >= 0 && flock(file->fd, LOCK_EX | LOCK_NB) == 0);
	note(file, file->error || ftruncate(file->fd, 0) == 0);
}

void beside_write(struct beside *file, const void *bytes, size_t len)
{
	if (!file->error)
		note(file, file_write_all(file->fd, bytes, len));
}

static void close_file(struct beside *file)
{
	if (file->fd >= 0)
		note(file, close(file->fd) == 0);
	file->fd = -1;
}

/* A lock lasts until the file has its name. */
void beside_settle(struct beside *file, bool sync)
{
	if (sync && !file->error)
		note(file, fsync(file->fd) == 0);
	if (!file->locked)
		close_file(file);
}

bool beside_end(struct beside *file, bool keep)
{
	bool foreign = file->locked && file->error == EWOULDBLOCK;
	if (keep && !file->error)
		note(file, rename(file->beside, file->path) == 0);
	bool kept = keep && !file->error;
	if (!kept && !foreign)
		unlink(file->beside);
	close_file(file);
	return kept;
}

void beside_report(const struct beside *file, struct diags *diags)
{
	diag_add(diags, FILE_WRITE, place_in(file->path), file->path, strerror(file->error));
}
