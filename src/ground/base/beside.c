/* beside.c - bytes → a file beside its place → its place. */
#include "base/beside.h"

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* good: whether what was just done went well. */
static void note(struct beside *file, bool good)
{
	if (!good && !file->error)
		file->error = errno;
}

/* A pipe or a device that has its name is left alone. */
static bool begin(struct beside *file, int flags)
{
	struct stat status;
	flags |= O_WRONLY | O_CREAT | O_NONBLOCK | O_CLOEXEC;
	file->fd = open(file->beside, flags, 0666);
	if (file->fd >= 0 && (fstat(file->fd, &status) != 0 || !S_ISREG(status.st_mode))) {
		close(file->fd);
		file->fd = -1;
		errno = ENXIO;
	}
	note(file, file->fd >= 0);
	return file->fd >= 0;
}

void beside_open(struct beside *file, const char *path, const char *beside)
{
	*file = (struct beside){.path = path, .beside = beside};
	file->there = begin(file, O_TRUNC);
}

void beside_open_new(struct beside *file, const char *path, const char *beside)
{
	*file = (struct beside){.path = path, .beside = beside};
	file->there = begin(file, O_EXCL);
}

/* It is emptied only when it is locked: until then it may be another's. And it is when the other
 * ended between our opening and our lock: then we hold what it has published, or removed. */
void beside_open_alone(struct beside *file, const char *path, const char *beside)
{
	*file = (struct beside){.path = path, .beside = beside, .locked = true};
	while (begin(file, O_NOFOLLOW)) {
		note(file, flock(file->fd, LOCK_EX | LOCK_NB) == 0);
		file->there = !file->error && file_has_name(file->fd, beside);
		if (file->error || file->there)
			break;
		close(file->fd);
	}
	if (file->there)
		note(file, ftruncate(file->fd, 0) == 0);
}

void beside_set_mode(struct beside *file, unsigned mode)
{
	if (!file->error)
		note(file, fchmod(file->fd, (mode_t)mode) == 0);
}

void beside_make_private(struct beside *file)
{
	beside_set_mode(file, 0600);
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
	bool kept = keep && file->there && !file->error;
	if (kept)
		note(file, rename(file->beside, file->path) == 0);
	kept = kept && !file->error;
	if (file->there && !kept)
		unlink(file->beside);
	file->there = false;
	close_file(file);
	return kept;
}

void beside_report(const struct beside *file, struct diags *diags)
{
	errno = file->error;
	file_not_written(file->path, diags);
}
