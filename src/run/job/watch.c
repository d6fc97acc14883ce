/* watch.c - the folders that a letter is made from → a wake-up when a file in them is saved.
 *
 * Folders are watched, not files: editors save by writing another file and renaming it, after which
 * a watched file would be the old one. A folder may itself be replaced, so the one above it is
 * watched for its name. Which of the files a letter uses is not asked: a letter is made anew in
 * less time than it takes to find out. */
#include "job/job.h"

#include "base/diag_id.h"

#include <dirent.h>
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	SAVED = IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE,
	GONE = IN_MOVE_SELF | IN_DELETE_SELF,
	MAX_DEPTH = 4, /* of folders below the template's */
	QUIET_MS = 20, /* then a save that takes several steps has ended */
	STEPS = 6      /* most of them, or who saves all the time is never heard */
};

/* What events of a watched folder mean something: all, or with names only those of these. */
struct watched {
	int number; /* inotify's */
	bool all;
	vec(struct str) names;
};

struct job_watch {
	const struct job_source *source;
	const char *written; /* the folder that is written to, or NULL */
	struct arena *arena; /* of what is watched, since it was last renewed */
	vec(struct watched) folders;
	int notify;
	struct stat out; /* is not watched for saves: letters are written to it */
	int out_number;  /* inotify's, or -1 */
	bool lost;       /* a letter was removed from there */
};

/* -- what is watched --------------------------------------------------------------------------- */

static struct watched *find_watched(struct job_watch *watch, int number)
{
	for (int i = 0; i < watch->folders.len; i++)
		if (watch->folders.at[i].number == number)
			return &watch->folders.at[i];
	return NULL;
}

/* NULL when the folder is not there. One may be watched for two reasons. */
static struct watched *add_watch(struct job_watch *watch, const char *path)
{
	int number = inotify_add_watch(watch->notify, path, SAVED | GONE | IN_CREATE | IN_ONLYDIR);
	struct watched *watched = find_watched(watch, number);
	if (number >= 0 && !watched) {
		watched = vec_push(watch->arena, &watch->folders);
		*watched = (struct watched){.number = number};
	}
	return watched;
}

/* A file or folder by its name in the one above. */
static void add_name(struct job_watch *watch, struct str path)
{
	struct str name = path_base(path), above = path_dir(path);
	struct watched *watched = add_watch(
		watch, above.len ? str_copy(watch->arena, above).at : ".");
	if (watched)
		*vec_push(watch->arena, &watched->names) = str_copy(watch->arena, name);
}

/* What is behind a link to a file is saved where it stands. */
static void add_link(struct job_watch *watch, const char *path)
{
	char *end = realpath(path, NULL);
	if (end)
		add_name(watch, str_of(end));
	free(end);
}

static void add_folder(struct job_watch *watch, struct str dir, int depth)
{
	const char *path = dir.len ? str_copy(watch->arena, dir).at : ".";
	struct stat status;
	if (stat(path, &status) != 0 || !S_ISDIR(status.st_mode) ||
		(status.st_dev == watch->out.st_dev && status.st_ino == watch->out.st_ino))
		return;
	struct watched *watched = add_watch(watch, path);
	if (watched)
		watched->all = true;
	DIR *entries = depth > 0 ? opendir(path) : NULL;
	for (const struct dirent *entry; entries && (entry = readdir(entries));) {
		if (entry->d_name[0] == '.' || entry->d_type == DT_REG)
			continue;
		struct str below = path_join(watch->arena, str_of(path), str_of(entry->d_name));
		bool link = entry->d_type == DT_LNK;
		if (link)
			add_link(watch, below.at);
		add_folder(watch, below, link ? 0 : depth - 1); /* links may lead in circles */
	}
	if (entries)
		closedir(entries);
}

/* A folder, and its name in the one above. */
static void add_root(struct job_watch *watch, struct str dir, int depth)
{
	struct str name = path_base(dir);
	add_folder(watch, dir, depth);
	if (name.len && !str_is(name, ".") && !str_is(name, ".."))
		add_name(watch, dir);
}

static void add_all(struct job_watch *watch)
{
	const struct job_source *source = watch->source;
	const char *out = watch->written;
	struct str records = str_of(source->recipients);
	struct stat status;
	if (!out || stat(out, &watch->out) != 0)
		watch->out = (struct stat){0};
	while (records.len > 1 && str_ends(records, "/"))
		records.len--;
	add_root(watch, path_dir(str_of(source->template)), MAX_DEPTH);
	if (source->style)
		add_root(watch, path_dir(str_of(source->style)), 0);
	bool file = stat(source->recipients, &status) == 0 && !S_ISDIR(status.st_mode);
	if (file)
		add_root(watch, path_dir(records), 0);
	else if (!recipients_is_server(source->recipients))
		add_root(watch, records, MAX_DEPTH);
	watch->out_number = out
		? inotify_add_watch(watch->notify, out, IN_DELETE | IN_MOVED_FROM | IN_MASK_ADD)
		: -1;
}

struct job_watch *job_watch_new(
	const struct job_source *source, const char *out, struct diags *diags)
{
	struct job_watch *watch = heap_new(sizeof *watch);
	*watch = (struct job_watch){.source = source,
		.written = out,
		.arena = arena_new(),
		.notify = inotify_init1(IN_NONBLOCK | IN_CLOEXEC)};
	if (watch->notify >= 0) {
		add_all(watch);
		return watch;
	}
	diag_add(diags, WATCH, place_none(), strerror(errno));
	job_watch_free(watch);
	return NULL;
}

void job_watch_free(struct job_watch *watch)
{
	if (!watch)
		return;
	if (watch->notify >= 0)
		close(watch->notify);
	arena_free(watch->arena);
	free(watch);
}

/* -- events ------------------------------------------------------------------------------------ */

/* Backups, locks and the files that editors rename at last. */
static bool is_passing(struct str name)
{
	static const char *const endings[] = {"~", ".tmp", ".swp", ".part", "___jb_tmp___"};
	bool passing = str_starts(name, ".") || str_starts(name, "#");
	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
		passing |= str_ends(name, endings[i]);
	return passing;
}

static bool is_meant(const struct watched *watched, struct str name)
{
	bool meant = watched->all && !is_passing(name);
	for (int i = 0; i < watched->names.len; i++)
		meant |= str_eq(watched->names.at[i], name);
	return meant;
}

/* An XML file that stands there is all of a save; another one may be renamed to it at once, and one
 * that went may be on its way. */
enum save { SAVE_NONE, SAVE_BEGUN, SAVE_DONE };

static enum save save_of(struct job_watch *watch, const struct inotify_event *event)
{
	const struct watched *watched = find_watched(watch, event->wd);
	if (event->mask & IN_Q_OVERFLOW)
		return SAVE_DONE;
	if (watched && event->mask & GONE)
		return watched->all ? SAVE_BEGUN : SAVE_NONE;
	bool made = event->mask & SAVED || (event->mask & IN_CREATE && event->mask & IN_ISDIR);
	if (!watched || !made || !event->len || !is_meant(watched, str_of(event->name)))
		return SAVE_NONE;
	bool whole = event->mask & (IN_CLOSE_WRITE | IN_MOVED_TO) &&
		str_ends(str_of(event->name), ".xml");
	return whole ? SAVE_DONE : SAVE_BEGUN;
}

static bool is_loss(const struct job_watch *watch, const struct inotify_event *event)
{
	return event->wd == watch->out_number && event->mask & (IN_DELETE | IN_MOVED_FROM) &&
		event->len && str_ends(str_of(event->name), ".pdf");
}

/* The furthest of the saves that were seen since. */
static enum save take_events(struct job_watch *watch)
{
	_Alignas(struct inotify_event) char bytes[16384];
	enum save furthest = SAVE_NONE;
	for (ssize_t len; (len = read(watch->notify, bytes, sizeof bytes)) > 0;)
		for (ssize_t at = 0; at < len;) {
			const struct inotify_event *event = (const void *)(bytes + at);
			watch->lost |= is_loss(watch, event);
			enum save save = save_of(watch, event);
			furthest = save > furthest ? save : furthest;
			at += (ssize_t)(sizeof *event + event->len);
		}
	return furthest;
}

/* A folder that was moved away would still be watched. Rejected: to open all anew, since to close
 * what watches takes as long as to make a letter. */
void job_watch_renew(struct job_watch *watch)
{
	struct arena *arena = watch->arena;
	const struct watched *before = watch->folders.at;
	int count = watch->folders.len;
	watch->arena = arena_new();
	memset(&watch->folders, 0, sizeof watch->folders);
	add_all(watch);
	for (int i = 0; i < count; i++)
		if (!find_watched(watch, before[i].number) && before[i].number != watch->out_number)
			inotify_rm_watch(watch->notify, before[i].number);
	arena_free(arena);
}

static enum save wait_for(struct job_watch *watch, int milliseconds)
{
	struct pollfd poll_fd = {.fd = watch->notify, .events = POLLIN};
	return poll(&poll_fd, 1, milliseconds) > 0 ? take_events(watch) : SAVE_NONE;
}

/* Who saves by writing beside and renaming, or by several renames, is heard once. */
bool job_watch_wait(struct job_watch *watch, int milliseconds)
{
	enum save save = wait_for(watch, milliseconds);
	enum save next = milliseconds ? save : SAVE_NONE;
	for (int i = 0; next == SAVE_BEGUN && i < STEPS; i++)
		next = wait_for(watch, QUIET_MS);
	return save != SAVE_NONE;
}

bool job_watch_lost(struct job_watch *watch)
{
	bool lost = watch->lost;
	watch->lost = false;
	return lost;
}
