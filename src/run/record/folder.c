/* folder.c - a folder of letters: made, and seen by who only looks on: whether somebody has
 * approved a letter or a run has written there since, and whether one is at work.
 *
 * What a file says of itself is enough to tell. Rejected: the time of the folder, which changes
 * when SQLite reads, too. */
#include "record/folder.h"

#include "record/lock.h"
#include "record/names.h"

#include <errno.h>
#include <sys/stat.h>

bool folder_make(const char *out, struct diags *diags)
{
	struct arena *arena = arena_new();
	struct str all = str_of(out);
	int error = 0; /* of the first that could not be made */
	for (int i = 1; i <= all.len; i++)
		if ((i == all.len || out[i] == '/') &&
			mkdir(str_copy(arena, str_slice(all, 0, i)).at, 0777) != 0 &&
			errno != EEXIST && !error)
			error = errno;
	arena_free(arena);
	struct stat status;
	bool there = stat(out, &status) == 0;
	if (there && S_ISDIR(status.st_mode))
		return true;
	if (error || there)
		errno = error ? error : ENOTDIR;
	return file_not_written(out, diags);
}

static uint64_t mark_of(const char *path)
{
	struct stat status;
	struct buf text = {0};
	if (stat(path, &status) == 0)
		buf_format(&text, "%llu %lld %lld %ld", (unsigned long long)status.st_ino,
			(long long)status.st_size, (long long)status.st_mtim.tv_sec,
			status.st_mtim.tv_nsec);
	uint64_t mark = str_hash(buf_text(&text));
	buf_free(&text);
	return mark;
}

struct folder_marks folder_look(const char *out)
{
	const struct shard whole = {0};
	struct arena *arena = arena_new();
	struct folder_marks folder = {.record = mark_of(names_hidden(arena, out, whole, "db")),
		.approvals = mark_of(names_hidden(arena, out, whole, "approvals.db"))};
	arena_free(arena);
	return folder;
}

bool folder_is_busy(const char *out)
{
	struct diags *unsaid = diags_new();
	int lock = -1;
	bool busy = !lock_folder(&lock, out, (struct shard){0}, false, unsaid);
	lock_release(lock);
	diags_free(unsaid);
	return busy;
}
