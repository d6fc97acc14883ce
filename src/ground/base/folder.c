/* folder.c - the names in a folder, sorted, since their order there is an accident. */
#include "base/folder.h"

#include "base/arena.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>

struct listing {
	struct arena *arena;
	bool (*wanted)(struct str name);
	vec(struct str) names;
};

static void add(struct listing *listing, struct str name)
{
	bool itself = str_is(name, ".") || str_is(name, "..");
	if (!itself && (!listing->wanted || listing->wanted(name)))
		*vec_push(listing->arena, &listing->names) = str_copy(listing->arena, name);
}

/* 0 or errno. */
static int read_names(struct listing *listing, const char *path)
{
	DIR *dir = opendir(path);
	if (!dir)
		return errno;
	errno = 0;
	for (struct dirent *entry; (entry = readdir(dir)); errno = 0)
		add(listing, str_of(entry->d_name));
	int error = errno;
	closedir(dir);
	return error;
}

int folder_list(
	struct arena *arena, const char *path, bool (*wanted)(struct str name), struct str **names)
{
	struct listing listing = {.arena = arena, .wanted = wanted};
	int error = read_names(&listing, path);
	*names = listing.names.at;
	if (listing.names.len)
		qsort(listing.names.at, (size_t)listing.names.len, sizeof *listing.names.at,
			str_order);
	errno = error;
	return error ? -1 : listing.names.len;
}
