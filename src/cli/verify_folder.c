/* verify_folder.c - lettermerge verify --manifest: which letters lie beside the list, or in a
 * folder below it, and are not on it? */
#include "cli/verify_int.h"

#include "base/diag_id.h"

#include <strings.h>
#include <sys/stat.h>

struct folder {
	struct cli *cli;
	const struct names_listed *listed;
	struct str path;
	int found;
	bool good; /* all folders could be read */
};

static bool is_letter(struct str name)
{
	return name.len > 4 && strcasecmp(name.at + name.len - 4, ".pdf") == 0;
}

/* name: below the list's folder, as the list has it. */
static void look_at(struct folder *folder, struct str name)
{
	if (names_listed_has(folder->listed, name))
		return;
	struct diags *diags = diags_new();
	diag_add0(diags, UNLISTED, place_in(path_join(folder->cli->arena, folder->path, name).at));
	cli_show(folder->cli, diags_at(diags, 0));
	diags_free(diags);
	folder->found++;
}

static bool is_seen(struct str name)
{
	return name.at[0] != '.';
}

static bool is_folder(struct str path)
{
	struct stat status;
	return stat(path.at, &status) == 0 && S_ISDIR(status.st_mode);
}

/* below: "" for the list's folder, or one in it (batch --spread). */
static void look_through(struct folder *folder, struct str below)
{
	struct arena *arena = folder->cli->arena;
	struct str *names, path = path_join(arena, folder->path, below);
	const char *there = path.len ? path.at : ".";
	int count = folder_list(arena, there, is_seen, &names);
	if (count < 0)
		folder->good = file_not_read(there, folder->cli->diags);
	for (int i = 0; i < count; i++) {
		struct arena_mark mark = arena_save(arena);
		struct str name = path_join(arena, below, names[i]);
		if (is_letter(names[i]))
			look_at(folder, name);
		else if (!below.len && is_folder(path_join(arena, folder->path, name)))
			look_through(folder, name);
		arena_restore(arena, mark);
	}
}

bool cli_find_unlisted(
	struct cli *cli, struct str path, const struct names_listed *listed, int *found)
{
	struct folder folder = {.cli = cli, .listed = listed, .path = path, .good = true};
	look_through(&folder, str_lit(""));
	*found = folder.found;
	return folder.good;
}
