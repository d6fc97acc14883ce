/* forget_files.c - the files of a folder that are about somebody: letters, previews, pictures, what
 * a broken run left; and others, which are named and left. */
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

static bool remove_letters(const struct forgetting *forgetting, struct diags *diags)
{
	bool good = true;
	for (int i = 0; i < forgetting->count; i++)
		for (int at = 0; at < 2 * FILE_KINDS; at++)
			good &= file_remove(letter(forgetting, forgetting->ids[i], at % 2,
						    (enum file_kind)(at / 2)),
				diags);
	return good;
}

/* -- previews and what diff made pictures of: ID.pdf, ID-1.png; ID-old-1.png; all chosen letters in
 * one file, +proof.pdf; and each of them half written, .ID.pdf.tmp */

static const struct look {
	const char *folder;
	const char *const *stems; /* of its pictures */
} looks[] = {{"preview", (const char *const[]){"", NULL}},
	{"diff", (const char *const[]){"-old", "-new", NULL}}};

static bool is_page(struct str rest)
{
	int digits = 0;
	if (!str_starts(rest, "-"))
		return false;
	while (1 + digits < rest.len && rest.at[1 + digits] >= '0' && rest.at[1 + digits] <= '9')
		digits++;
	return digits && str_is(str_slice(rest, 1 + digits, rest.len), ".png");
}

static bool is_form(struct str rest)
{
	bool found = false;
	for (int kind = 0; kind < FILE_KINDS; kind++)
		found |= str_starts(rest, ".") &&
			str_is(str_slice(rest, 1, rest.len), file_endings[kind]);
	return found;
}

static struct str without_tmp(struct str name)
{
	bool half = str_starts(name, ".") && str_ends(name, ".tmp");
	return half ? str_slice(name, 1, name.len - (int)strlen(".tmp")) : name;
}

/* Ids may go on with a dot or a dash: what is hers is known by all that stands behind. */
static bool is_its(const struct look *look, struct str name, struct str id)
{
	bool begins = name.len > id.len && str_eq(str_slice(name, 0, id.len), id);
	struct str rest = begins ? str_slice(name, id.len, name.len) : str_lit("");
	bool found = is_form(rest);
	for (const char *const *stem = look->stems; *stem; stem++)
		found |= str_starts(rest, *stem) &&
			is_page(str_slice(rest, (int)strlen(*stem), rest.len));
	return found;
}

/* Nobody can say whose letters are in it, and it is made anew at each call. */
static bool is_of_many(struct str name)
{
	return str_is(name, "+proof.pdf") || str_is(name, ".+proof.pdf.part");
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
static bool each_in(
	const struct forgetting *forgetting, const struct look *look, struct diags *diags)
{
	struct arena *arena = arena_new();
	struct str folder = path_join(arena, str_of(forgetting->out), str_of(look->folder));
	struct str *names;
	int count = list(arena, folder.at, &names, diags);
	bool good = count >= 0;
	for (int i = 0; i < count; i++) {
		bool goes = is_of_many(names[i]);
		for (int j = 0; j < forgetting->count; j++) {
			if (!is_its(look, without_tmp(names[i]), forgetting->ids[j]))
				continue;
			forgetting->persons[j].known = goes = true;
		}
		if (goes && diags)
			good &= file_remove(path_join(arena, folder, names[i]).at, diags);
	}
	arena_free(arena);
	return good;
}

static bool each_look(const struct forgetting *forgetting, struct diags *diags)
{
	bool good = true;
	for (size_t i = 0; i < sizeof looks / sizeof *looks; i++)
		good &= each_in(forgetting, &looks[i], diags);
	return good;
}

bool forget_files(const struct forgetting *forgetting, struct diags *diags)
{
	bool good = remove_letters(forgetting, diags);
	return each_look(forgetting, diags) && good;
}

void forget_look_for_files(struct forgetting *forgetting)
{
	for (int i = 0; i < forgetting->count; i++)
		for (int at = 0; at < 2 * FILE_KINDS; at++)
			forgetting->persons[i].known |= file_exists(letter(
				forgetting, forgetting->ids[i], at % 2, (enum file_kind)(at / 2)));
	each_look(forgetting, NULL);
}

/* -- others */

static bool knows(const struct forgetting *forgetting, struct shard part, struct str id)
{
	struct diags *unsaid = diags_new();
	struct arena *arena = arena_new();
	struct entry entry;
	struct record *record = record_open(
		forgetting->out, part, RECORD_READ, DURABILITY_SAFE, unsaid);
	bool found = record && record_find(record, arena, id, &entry);
	record_close(record);
	arena_free(arena);
	diags_free(unsaid);
	return found;
}

/* The letter of somebody whose id begins likewise: that of a.b, where a is forgotten. */
static bool is_anothers(const struct forgetting *forgetting, struct str name, struct str id)
{
	bool found = false;
	int dot = name.len;
	while (dot > 0 && name.at[dot - 1] != '.')
		dot--;
	struct str stem = str_slice(name, 0, dot ? dot - 1 : 0);
	bool is_letter = dot && is_form(str_slice(name, dot - 1, name.len)) && !str_eq(stem, id);
	for (int i = 0; is_letter && i < forgetting->part_count; i++)
		found |= knows(forgetting, forgetting->parts[i], stem);
	return found;
}

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
			if (!speaks_of(arena, path, name, forgetting->ids[j]) ||
				is_anothers(forgetting, name, forgetting->ids[j]))
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
		good &= file_remove(names_hidden(arena, to.out, part, lists[i]), diags) &&
			file_remove(path_join(arena, path_dir(list), hidden).at, diags) &&
			file_remove(str_format(arena, "%.*s.old", str_arg(list)).at, diags) &&
			file_remove(str_format(arena, "%.*s.p7s.old", str_arg(list)).at, diags);
	}
	publisher_free(publisher);
	return good;
}
