/* verify_folder.c - lettermerge verify --manifest: which letters lie beside the list, or in a
 * folder below it, and are not on it? */
#include "cli/verify_int.h"

#include "base/diag_id.h"

#include <dirent.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/stat.h>

struct folder {
	struct cli *cli;
	const struct manifest *manifest;
	struct str path;
	int found;
};

static bool is_letter(const char *name)
{
	struct str text = str_of(name);
	return text.len > 4 && strcasecmp(name + text.len - 4, ".pdf") == 0;
}

/* name: below the list's folder, as the list has it. */
static void look_at(struct folder *folder, struct str name)
{
	if (manifest_find(folder->manifest, name))
		return;
	struct diags *diags = diags_new();
	diag_add0(diags, UNLISTED, place_in(path_join(folder->cli->arena, folder->path, name).at));
	cli_show(folder->cli, diags_at(diags, 0));
	diags_free(diags);
	folder->found++;
}

static int is_seen(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
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
	struct dirent **entries;
	struct str path = path_join(arena, folder->path, below);
	int count = scandir(path.len ? path.at : ".", &entries, is_seen, alphasort);
	for (int i = 0; i < count; i++) {
		struct arena_mark mark = arena_save(arena);
		struct str name = path_join(arena, below, str_of(entries[i]->d_name));
		if (is_letter(entries[i]->d_name))
			look_at(folder, name);
		else if (!below.len && is_folder(path_join(arena, folder->path, name)))
			look_through(folder, name);
		arena_restore(arena, mark);
		free(entries[i]);
	}
	if (count >= 0)
		free(entries);
}

int cli_find_unlisted(struct cli *cli, struct str path, const struct manifest *manifest)
{
	struct folder folder = {.cli = cli, .manifest = manifest, .path = path};
	if (!manifest->head.shard.len)
		look_through(&folder, str_lit(""));
	return folder.found;
}
