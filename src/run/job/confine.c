/* confine.c - a process that may read all but some files, held to it by the kernel (Landlock, Linux
 * 5.13). Landlock knows only what is allowed: so everything is, entry by entry, along the way down
 * to what is not. What comes into these folders later is not allowed either. */
#include "job/isolated.h"

#include <dirent.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

struct confining {
	struct arena *arena;
	const char *records, *letters; /* by their real paths; NULL: none */
	int rules;
};

/* What stands behind a link is judged where it is. */
static bool allow(const struct confining *confining, const char *path)
{
	const uint64_t files = LANDLOCK_ACCESS_FS_READ_FILE, dirs = LANDLOCK_ACCESS_FS_READ_DIR;
	struct stat status;
	int fd = open(path, O_PATH | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return true; /* gone, or not ours to read */
	bool good = fstat(fd, &status) == 0;
	struct landlock_path_beneath_attr rule = {
		.allowed_access = S_ISDIR(status.st_mode) ? files | dirs : files, .parent_fd = fd};
	if (good && !S_ISLNK(status.st_mode))
		good = syscall(SYS_landlock_add_rule, confining->rules, LANDLOCK_RULE_PATH_BENEATH,
			       &rule, 0) == 0;
	close(fd);
	return good;
}

static bool is(struct str path, const char *other)
{
	return other && str_is(path, other);
}

static bool leads_to(struct str path, const char *other)
{
	return other && str_starts(str_of(other), path.at) &&
		(path.len == 1 || other[path.len] == '/');
}

static bool allow_below(const struct confining *confining, struct str dir);

static bool allow_entry(const struct confining *confining, struct str path)
{
	struct stat status;
	bool folder = stat(path.at, &status) == 0 && S_ISDIR(status.st_mode);
	if (is(path, confining->letters) || (is(path, confining->records) && !folder))
		return true;
	if (folder &&
		(is(path, confining->records) || leads_to(path, confining->records) ||
			leads_to(path, confining->letters)))
		return allow_below(confining, path);
	return allow(confining, path.at);
}

/* Of the folder of records all is allowed but its *.xml. */
static bool allow_below(const struct confining *confining, struct str dir)
{
	bool records = is(dir, confining->records), good = true;
	DIR *entries = opendir(dir.at);
	if (!entries)
		return true;
	for (struct dirent *entry; good && (entry = readdir(entries));) {
		struct str name = str_of(entry->d_name);
		if (!str_is(name, ".") && !str_is(name, "..") &&
			!(records && str_ends(name, ".xml")))
			good = allow_entry(confining, path_join(confining->arena, dir, name));
	}
	closedir(entries);
	return good;
}

bool confine(const char *records, const char *letters)
{
	const struct landlock_ruleset_attr handled = {
		.handled_access_fs = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR};
	char *real[] = {
		records ? realpath(records, NULL) : NULL, letters ? realpath(letters, NULL) : NULL};
	struct confining confining = {.arena = arena_new(), .records = real[0], .letters = real[1]};
	confining.rules = (int)syscall(SYS_landlock_create_ruleset, &handled, sizeof handled, 0);
	bool good = confining.rules >= 0 && allow_below(&confining, str_lit("/")) &&
		prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
		syscall(SYS_landlock_restrict_self, confining.rules, 0) == 0;
	if (confining.rules >= 0)
		close(confining.rules);
	free(real[0]);
	free(real[1]);
	arena_free(confining.arena);
	return good;
}
