/* written.c - a file on the disk as the record describes it. */
#include "record/record.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

int64_t written_mtime(const struct stat *status)
{
	return (int64_t)status->st_mtim.tv_sec * 1000000000 + status->st_mtim.tv_nsec;
}

/* The first so many bytes; it is an error when there are fewer. */
static bool hash_fd(int fd, int64_t size, struct hash *hash)
{
	char block[65536];
	XXH3_state_t *state = XXH3_createState();
	ssize_t got = 1;
	if (!state || lseek(fd, 0, SEEK_SET) != 0)
		size = got = -1;
	else
		XXH3_128bits_reset(state);
	for (; size > 0 && got > 0; size -= got) {
		got = read(fd, block, size < (int64_t)sizeof block ? (size_t)size : sizeof block);
		if (got > 0)
			XXH3_128bits_update(state, block, (size_t)got);
	}
	if (size == 0 && got > 0)
		*hash = hash_of(XXH3_128bits_digest(state));
	XXH3_freeState(state);
	return size == 0 && got > 0;
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
