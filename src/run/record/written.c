/* written.c - a file on the disk as the record describes it. */
#include "record/record.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

int64_t written_mtime(const struct stat *status)
{
	return (int64_t)status->st_mtim.tv_sec * 1000000000 + status->st_mtim.tv_nsec;
}

static int open_file(const char *path, struct written *out)
{
	struct stat status;
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC);
	if (fd >= 0 && fstat(fd, &status) == 0) {
		out->size = status.st_size;
		out->mtime = written_mtime(&status);
		return fd;
	}
	if (fd >= 0)
		close(fd);
	return -1;
}

bool written_read(const char *path, struct written *out)
{
	int fd = open_file(path, out);
	bool good = fd >= 0 && hash_fd(fd, out->size, &out->hash);
	if (fd >= 0)
		close(fd);
	return good;
}

static bool ends_like_pdf(int fd, int64_t size)
{
	static const char end[] = "%%EOF\n";
	char last[sizeof end - 1];
	return pread(fd, last, sizeof last, size - (int64_t)sizeof last) == sizeof last &&
		memcmp(last, end, sizeof last) == 0;
}

bool written_grew(const char *path, const struct written *before, struct written *out)
{
	struct hash beginning;
	int fd = open_file(path, out);
	bool good = fd >= 0 && out->size > before->size && hash_fd(fd, before->size, &beginning) &&
		hash_same(&beginning, &before->hash) && ends_like_pdf(fd, out->size) &&
		hash_fd(fd, out->size, &out->hash);
	if (fd >= 0)
		close(fd);
	return good;
}
