/* verify_list.c - lettermerge verify FILE: does the list beside the file say the same of it?
 *
 * The lists are read before the files, each once, whatever the number of its letters that are asked
 * about; what is kept is what it says of those. */
#include "cli/verify_int.h"

#include "base/diag_id.h"

#include <stdlib.h>

/* A letter that is asked about. */
struct sought_letter {
	struct str list, file;       /* the letter's name in the list */
	struct manifest_entry entry; /* of what the list says of it, what manifest_matches asks */
	struct diags *wrong;         /* with the list, and with it for all its letters; or NULL */
};

/* By list and file. */
struct sought {
	struct arena *arena;
	vec(struct sought_letter) letters;
	struct str list; /* in hand */
};

static int by_file(const void *a, const void *b)
{
	const struct sought_letter *one = a, *other = b;
	int order = str_cmp(one->list, other->list);
	return order ? order : str_cmp(one->file, other->file);
}

/* The manifest in the letter's folder, or in the one above (batch --spread); *file is the letter's
 * name in it. */
static struct str list_of(struct arena *arena, struct str path, struct str *file)
{
	struct str folder = path_dir(path), list;
	*file = path_base(path);
	for (int up = 0; up < 2; up++) {
		list = path_join(arena, folder, str_lit("manifest.json"));
		if (file_exists(list.at) || folder.len == 0)
			return list;
		*file = path_join(arena, path_base(folder), *file);
		folder = path_dir(folder);
	}
	return list;
}

/* The same of those that are equal. */
static struct sought_letter *find(const struct sought *sought, struct str list, struct str file)
{
	const struct sought_letter key = {.list = list, .file = file};
	return sought->letters.len ? bsearch(&key, sought->letters.at, (size_t)sought->letters.len,
					     sizeof key, by_file)
				   : NULL;
}

static void take(void *user, const struct manifest_entry *entry)
{
	struct sought *sought = user;
	struct sought_letter *letter = find(sought, sought->list, entry->file);
	if (letter)
		letter->entry = (struct manifest_entry){.file = letter->file,
			.bytes = entry->bytes,
			.sha256 = str_copy(sought->arena, entry->sha256)};
}

/* NULL: all is well with it. */
static struct diags *read_list(struct sought *sought)
{
	const struct manifest_visit visit = {take, sought};
	struct manifest manifest;
	struct diags *wrong = diags_new();
	if (!manifest_walk(&manifest, sought->arena, sought->list.at, &visit, wrong))
		return wrong;
	diags_free(wrong);
	return NULL;
}

struct sought *cli_seek_records(struct cli *cli)
{
	struct arena *arena = cli->arena;
	struct sought *sought = arena_new_array(arena, struct sought, 1);
	struct diags *wrong = NULL;
	sought->arena = arena;
	for (char **path = cli->arguments; *path; path++) {
		struct str file, list = list_of(arena, str_of(*path), &file);
		if (file_exists(list.at))
			*vec_push(arena, &sought->letters) = (struct sought_letter){
				.list = list, .file = file};
	}
	if (sought->letters.len)
		qsort(sought->letters.at, (size_t)sought->letters.len, sizeof *sought->letters.at,
			by_file);
	for (int i = 0; i < sought->letters.len; i++) {
		struct sought_letter *letter = &sought->letters.at[i];
		bool another = !str_eq(letter->list, sought->list);
		sought->list = letter->list;
		wrong = another ? read_list(sought) : wrong;
		letter->wrong = wrong;
	}
	return sought;
}

void cli_forget_records(struct sought *sought)
{
	struct diags *freed = NULL;
	for (int i = 0; i < sought->letters.len; i++) {
		struct diags *wrong = sought->letters.at[i].wrong;
		if (wrong != freed)
			diags_free(wrong);
		freed = wrong;
	}
}

bool cli_check_record(struct cli *cli, struct verify_desk *verifying, const char *path,
	struct str bytes, struct diags *diags)
{
	struct str file, list = list_of(cli->arena, str_of(path), &file);
	const struct sought_letter *letter = find(verifying->sought, list, file);
	struct place at = place_in(path);
	if (!letter)
		return true;
	if (letter->wrong) {
		diags_append(diags, letter->wrong);
		return false;
	}
	verifying->recorded = letter->entry.file.len && manifest_matches(&letter->entry, bytes);
	if (!letter->entry.file.len)
		diag_add0(diags, NOT_RECORDED, at);
	else if (!verifying->recorded)
		diag_add0(diags, RECORD_DIFFERS, at);
	return verifying->recorded;
}
