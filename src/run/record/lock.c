/* lock.c - one run at a time in a folder: an open file description's lock on .lettermerge.lock,
 * which also tells the other's process. */
#include "record/lock.h"

#include "base/diag_id.h"
#include "record/names.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* " (process 1234)", or nothing when it is not known. */
static struct str holder(struct arena *arena, int fd)
{
	char text[32] = "";
	ssize_t got = pread(fd, text, sizeof text - 1, 0);
	struct str number = str_trim((struct str){text, got > 0 ? (int)got : 0});
	return number.len ? str_format(arena, " (process %.*s)", str_arg(number)) : str_lit("");
}

static void write_holder(int fd)
{
	if (ftruncate(fd, 0) == 0)
		dprintf(fd, "%ld\n", (long)getpid());
}

/* Whoever only reads is soon done: a run that writes waits for them, but not for one that
 * writes. */
static bool hold(int fd, bool write)
{
	enum { PAUSE_MS = 20, PAUSES = 500 };
	for (int i = 0; i < PAUSES; i++) {
		if (flock(fd, (write ? LOCK_EX : LOCK_SH) | LOCK_NB) == 0)
			return true;
		if (!write || flock(fd, LOCK_SH | LOCK_NB) != 0)
			return false;
		flock(fd, LOCK_UN);
		poll(NULL, 0, PAUSE_MS);
	}
	return false;
}

/* merge-record removes a shard's lock: who opened it before holds a file that has lost its name. */
static int open_lock(const char *path, bool write, bool *held)
{
	int flags = (write ? O_RDWR | O_CREAT : O_RDONLY) | O_NONBLOCK | O_CLOEXEC;
	for (;;) {
		int fd = open(path, flags, 0666);
		*held = fd >= 0 && hold(fd, write);
		if (!*held || file_has_name(fd, path))
			return fd;
		close(fd);
	}
}

bool lock_folder(int *lock, const char *out, struct shard shard, bool write, struct diags *diags)
{
	struct arena *arena = arena_new();
	const char *path = names_hidden(arena, out, shard, "lock");
	struct place place = place_in(out);
	bool held;
	int fd = open_lock(path, write, &held), error = errno;
	bool needless = !write && fd < 0 && error == ENOENT;
	if (fd < 0 && !needless) {
		diag_add(diags, FILE_WRITE, place, path, strerror(error));
		file_hint_permission(error, diags);
	} else if (fd >= 0 && !held)
		diag_add(diags, LOCKED, place, out, holder(arena, fd).at);
	else if (write)
		write_holder(fd);
	if (fd >= 0 && !held)
		close(fd);
	*lock = held ? fd : -1;
	arena_free(arena);
	return held || needless;
}

void lock_release(int lock)
{
	if (lock >= 0)
		close(lock);
}
