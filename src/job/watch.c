/* watch.c - the folders that a letter is made from → a wake-up when a file in them is saved.
 *
 * Folders are watched, not files: editors save by writing another file and renaming it, after which
 * a watched file would be the old one. Which of the files a letter uses is not asked: a letter is
 * made anew in less time than it takes to find out. */
#include "job/job.h"

#include <dirent.h>
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	SAVED = IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE,
	MAX_DEPTH = 4 /* of folders below the template's */
};

struct job_watch {
	const struct job_request *request;
	int notify;
	struct stat out; /* is never watched: letters are written to it */
};

struct job_watch *job_watch_new(const struct job_request *request, struct diags *diags)
{
	struct job_watch *watch = calloc(1, sizeof *watch);
	if (!watch)
		abort();
	*watch = (struct job_watch){
		.request = request, .notify = inotify_init1(IN_NONBLOCK | IN_CLOEXEC)};
	if (watch->notify < 0) {
		diag_add(diags, WATCH, (struct place){0}, strerror(errno));
		free(watch);
		return NULL;
	}
	job_watch_renew(watch);
	return watch;
}

void job_watch_free(struct job_watch *watch)
{
	if (watch)
		close(watch->notify);
	free(watch);
}

static void add_folder(struct job_watch *watch, struct arena *arena, struct str dir, int depth)
{
	const char *path = dir.len ? str_copy(arena, dir).at : ".";
	struct stat status;
	if (stat(path, &status) != 0 || !S_ISDIR(status.st_mode) ||
		(status.st_dev == watch->out.st_dev && status.st_ino == watch->out.st_ino))
		return;
	inotify_add_watch(watch->notify, path, SAVED | IN_CREATE);
	DIR *entries = depth > 0 ? opendir(path) : NULL;
	for (const struct dirent *entry; entries && (entry = readdir(entries));)
		if (entry->d_name[0] != '.' && entry->d_type == DT_DIR)
			add_folder(watch, arena,
				path_join(arena, str_of(path), str_of(entry->d_name)), depth - 1);
	if (entries)
		closedir(entries);
}

void job_watch_renew(struct job_watch *watch)
{
	const struct job_request *request = watch->request;
	struct arena *arena = arena_new();
	struct str records = str_of(request->recipients);
	struct stat status;
	if (!request->out || stat(request->out, &watch->out) != 0)
		watch->out = (struct stat){0};
	add_folder(watch, arena, path_dir(str_of(request->template)), MAX_DEPTH);
	if (request->style)
		add_folder(watch, arena, path_dir(str_of(request->style)), 0);
	bool folder = stat(request->recipients, &status) == 0 && S_ISDIR(status.st_mode);
	add_folder(watch, arena, folder ? records : path_dir(records), folder ? MAX_DEPTH : 0);
	arena_free(arena);
}

/* Backups, locks and the files that editors rename at last. */
static bool is_passing(const char *name)
{
	return name[0] == '.' || name[0] == '#' || str_ends(str_of(name), "~");
}

static bool take_events(struct job_watch *watch)
{
	_Alignas(struct inotify_event) char bytes[16384];
	bool saved = false;
	for (ssize_t len; (len = read(watch->notify, bytes, sizeof bytes)) > 0;)
		for (ssize_t at = 0; at < len;) {
			const struct inotify_event *event = (const void *)(bytes + at);
			bool file = event->mask & SAVED && event->len && !is_passing(event->name);
			bool folder = event->mask & IN_CREATE && event->mask & IN_ISDIR;
			saved |= file || folder || event->mask & IN_Q_OVERFLOW;
			at += (ssize_t)(sizeof *event + event->len);
		}
	return saved;
}

bool job_watch_wait(struct job_watch *watch, int milliseconds)
{
	struct pollfd poll_fd = {.fd = watch->notify, .events = POLLIN};
	return poll(&poll_fd, 1, milliseconds) > 0 && take_events(watch);
}
