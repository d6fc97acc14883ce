/* written.c - a file on the disk as the record describes it. */
#include "job/record_int.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

int64_t written_mtime(const struct stat *status)
{
	return (int64_t)status->st_mtim.tv_sec * 1000000000 + status->st_mtim.tv_nsec;
}

static bool hash_fd(int fd, struct hash *hash)
{
	char block[65536];
	XXH3_state_t *state = XXH3_createState();
	ssize_t got = state ? 1 : -1;
	if (state)
		XXH3_128bits_reset(state);
	while (got > 0 && (got = read(fd, block, sizeof block)) > 0)
		XXH3_128bits_update(state, block, (size_t)got);
	if (got == 0)
		*hash = hash_of(XXH3_128bits_digest(state));
	XXH3_freeState(state);
	return got == 0;
}

bool written_read(const char *path, struct written *out)
{
	struct stat status;
	int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	bool good = fd >= 0 && fstat(fd, &status) == 0 && hash_fd(fd, &out->hash);
	if (good) {
		out->size = status.st_size;
		out->mtime = written_mtime(&status);
	}
	if (fd >= 0)
		close(fd);
	return good;
}
