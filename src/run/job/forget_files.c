/* forget_files.c - the files of a folder that are about somebody: letters, previews, what a broken
 * run left; and others, which are named and left. */
#include "job/forget_int.h"

#include "base/diag_id.h"
#include "publish/publish.h"
#include "verify/manifest.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

/* -- letters */

static const char *letter(
	const struct forgetting *forgetting, struct str id, bool spread, enum file_kind kind)
{
	const struct destination to = {.out = forgetting->out, .spread = spread};
	const struct entry entry = {.id = id, .folder = publish_folder(&to, forgetting->arena, id)};
	return publish_path(&to, forgetting->arena, &entry, kind);
}

static bool remove_file(const char *path, struct diags *diags)
{
	return unlink(path) == 0 || errno == ENOENT || errno == ENOTDIR ||
		file_not_written(path, diags);
}

static bool remove_letters(const struct forgetting *forgetting, struct diags *diags)
{
	bool good = true;
	for (int i = 0; i < forgetting->count; i++)
		for (int at = 0; at < 2 * FILE_KINDS; at++)
			good &= remove_file(letter(forgetting, forgetting->ids[i], at % 2,
						    (enum file_kind)(at / 2)),
				diags);
	return good;
}

/* -- previews, and pictures: ID.pdf, ID-1.png, ID-old-1.png */

static bool is_page(struct str rest)
{
	int digits = 0;
	if (str_starts(rest, "-old") || str_starts(rest, "-new"))
		rest = str_slice(rest, 4, rest.len);
	if (!str_starts(rest, "-"))
		return false;
	while (1 + digits < rest.len && rest.at[1 + digits] >= '0' && rest.at[1 + digits] <= '9')
		digits++;
	return digits && str_is(str_slice(rest, 1 + digits, rest.len), ".png");
}

static bool is_preview(struct str name, struct str id)
{
	if (name.len <= id.len || !str_eq(str_slice(name, 0, id.len), id))
		return false;
	struct str rest = str_slice(name, id.len, name.len);
	return (rest.at[0] == '.' || is_page(rest));
}

/* The names in a folder, none where there is no folder; -1 after an error, which is said unless
 * diags is NULL. */
static int list(struct arena *arena, const char *folder, struct str **names, struct diags *diags)
{
	int count = folder_list(arena, folder, NULL, names);
	if (count < 0 && errno == ENOENT)
		return 0;
	if (count < 0 && diags)
		file_not_read(folder, diags);
	return count;
}

/* Removes them or, with diags NULL, only sees whose they are. */
static bool each_preview(const struct forgetting *forgetting, struct diags *diags)
{
	struct arena *arena = arena_new();
	struct str folder = path_join(arena, str_of(forgetting->out), str_lit("preview"));
	struct str *names;
	int count = list(arena, folder.at, &names, diags);
	bool good = count >= 0;
	for (int i = 0; i < count; i++) {
		struct str name = names[i];
		for (int j = 0; j < forgetting->count; j++) {
			if (!is_preview(name, forgetting->ids[j]))
				continue;
			forgetting->persons[j].known = true;
			good &= !diags || remove_file(path_join(arena, folder, name).at, diags);
		}
	}
	arena_free(arena);
	return good;
}

bool forget_files(const struct forgetting *forgetting, struct diags *diags)
{
	bool good = remove_letters(forgetting, diags);
	return each_preview(forgetting, diags) && good;
}

void forget_look_for_files(struct forgetting *forgetting)
{
	for (int i = 0; i < forgetting->count; i++)
		for (int at = 0; at < 2 * FILE_KINDS; at++)
			forgetting->persons[i].known |= file_exists(letter(
				forgetting, forgetting->ids[i], at % 2, (enum file_kind)(at / 2)));
}

/* -- others */

/* Speaks a file of a record that batch has not written? A receipt says so in its second line. */
static bool speaks_of(struct arena *arena, const char *path, struct str name, struct str id)
{
	struct diags *unsaid = diags_new();
	struct str stem = str_format(arena, "%.*s.", str_arg(id));
	struct str member = str_format(arena, "{\"id\":\"%.*s\",", str_arg(manifest_id(arena, id)));
	bool is_its = str_starts(name, stem.at);
	if (!is_its && str_ends(name, ".json") && name.at[0] != '.') {
		struct str text = file_read(arena, path, place_none(), unsaid);
		is_its = text.at && str_starts(text, "{\"receipt\":") &&
			str_find(text, member.at) >= 0;
	}
	diags_free(unsaid);
	return is_its;
}

/* The files that still do are named, or with NULL only taken as a sign that it is known. */
void forget_look_for_others(struct forgetting *forgetting, struct diags *diags)
{
	struct arena *arena = arena_new();
	struct str *names;
	int count = list(arena, forgetting->out, &names, diags);
	for (int i = 0; i < count; i++) {
		struct arena_mark mark = arena_save(arena);
		struct str name = names[i];
		const char *path = path_join(arena, str_of(forgetting->out), name).at;
		for (int j = 0; j < forgetting->count; j++) {
			if (!speaks_of(arena, path, name, forgetting->ids[j]))
				continue;
			forgetting->persons[j].known = true;
			if (diags)
				diag_add(diags, FORGET_LEFT, place_in(path), forgetting->ids[j].at);
		}
		arena_restore(arena, mark);
	}
	arena_free(arena);
}

/* -- what a run left */

/* What a run that was killed left: what it was writing, and the list that stood before. */
bool forget_left(const struct forgetting *forgetting, struct shard part, struct diags *diags)
{
	static const char *const lists[] = {"failed", "run", "manifest"};
	const struct destination to = {.out = forgetting->out, .shard = part};
	struct arena *arena = forgetting->arena;
	struct publisher *publisher = publisher_new(&to, NULL, 0);
	bool good = publisher_clear(publisher, diags);
	for (int i = 0; i < 3; i++) {
		struct str list = str_of(names_list(arena, to.out, part, lists[i]));
		struct str hidden = str_format(arena, ".%.*s.tmp", str_arg(path_base(list)));
		good &= remove_file(names_hidden(arena, to.out, part, lists[i]), diags) &&
			remove_file(path_join(arena, path_dir(list), hidden).at, diags) &&
			remove_file(str_format(arena, "%.*s.old", str_arg(list)).at, diags) &&
			remove_file(str_format(arena, "%.*s.p7s.old", str_arg(list)).at, diags);
	}
	publisher_free(publisher);
	return good;
}
