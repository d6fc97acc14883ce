/* directory.c - a directory of records, one at a time, in the order of their names' bytes.
 *
 * The names are read and sorted at once, since the order of a directory is an accident and the run
 * must not depend on it; the records themselves are never held together. */
#include "recipients/recipients.h"
#include "template/template.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>

#define uthash_fatal(message) abort()
#include <uthash.h>

struct seen {
	UT_hash_handle hh;
	struct str id;
};

struct recipients {
	struct arena *arena;
	const char *path;
	const struct template *template;
	vec(struct str) names; /* of files, sorted */
	int next;
	struct seen *seen; /* ids that were read */
};

static int compare_names(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

static bool list_names(struct recipients *source, struct diags *diags)
{
	DIR *dir = opendir(source->path);
	if (!dir) {
		diag_add(diags, FILE_READ, ((struct place){source->path, 0, 0}), source->path,
			strerror(errno));
		return false;
	}
	for (struct dirent *entry; (entry = readdir(dir));) {
		struct str name = str_of(entry->d_name);
		if (str_ends(name, ".xml") && entry->d_name[0] != '.')
			*vec_push(source->arena, &source->names) = str_copy(source->arena, name);
	}
	closedir(dir);
	if (source->names.len == 0) {
		diag_add(
			diags, RECIPIENTS_NONE, ((struct place){source->path, 0, 0}), source->path);
		return false;
	}
	qsort(source->names.at, (size_t)source->names.len, sizeof *source->names.at, compare_names);
	return true;
}

static bool read_file(struct recipients *source, struct str name, struct arena *arena,
	struct recipient *out, struct diags *diags)
{
	struct str path = path_join(arena, str_of(source->path), name);
	struct str bytes = file_read(arena, path.at, (struct place){0}, diags);
	*out = (struct recipient){.id = str_slice(name, 0, name.len - 4), .at = {path.at, 0, 0}};
	return bytes.at && recipient_read(arena, bytes, path.at, source->template, out, diags);
}

/* -- only some of them ----------------------------------------------------------------------- */

struct selection {
	struct recipients *source;
	const struct str *only;
	int only_count;
	bool *found; /* by id asked for */
	bool *taken; /* by file */
};

/* Takes a file if its record has one of the ids. A file that cannot be read goes by its name, so
 * that what is wrong with it is said when its turn comes. */
static void try_file(struct selection *selection, int file, struct nearest *nearest)
{
	struct arena *arena = arena_new();
	struct diags *unsaid = diags_new();
	struct recipient recipient;
	read_file(selection->source, selection->source->names.at[file], arena, &recipient, unsaid);
	for (int i = 0; i < selection->only_count; i++) {
		if (str_eq(selection->only[i], recipient.id) && !selection->found[i])
			selection->found[i] = selection->taken[file] = true;
		struct str before = nearest[i].best;
		nearest_try(&nearest[i], recipient.id);
		if (nearest[i].best.at != before.at)
			nearest[i].best = str_copy(selection->source->arena, nearest[i].best);
	}
	diags_free(unsaid);
	arena_free(arena);
}

static int find_file(const struct recipients *source, struct str id)
{
	struct arena_mark mark = arena_save(source->arena);
	struct str name = str_format(source->arena, "%.*s.xml", str_arg(id));
	struct str *found = bsearch(&name, source->names.at, (size_t)source->names.len,
		sizeof *source->names.at, compare_names);
	arena_restore(source->arena, mark);
	return found ? (int)(found - source->names.at) : -1;
}

static int first_unfound(const struct selection *selection)
{
	int i = 0;
	while (i < selection->only_count && selection->found[i])
		i++;
	return i;
}

static bool find_all(struct selection *selection, struct diags *diags)
{
	struct recipients *source = selection->source;
	struct nearest *nearest = arena_new_array(
		source->arena, struct nearest, selection->only_count);
	for (int i = 0; i < selection->only_count; i++) {
		int file = find_file(source, selection->only[i]);
		nearest[i] = nearest_start(selection->only[i]);
		if (file >= 0 && !selection->taken[file])
			try_file(selection, file, nearest);
	}
	for (int file = 0;
		file < source->names.len && first_unfound(selection) < selection->only_count;
		file++)
		if (!selection->taken[file])
			try_file(selection, file, nearest);
	for (int i = 0; i < selection->only_count; i++) {
		if (selection->found[i])
			continue;
		diag_add(diags, RECIPIENT_UNKNOWN, ((struct place){source->path, 0, 0}),
			diag_str(diags, selection->only[i]));
		nearest_hint(&nearest[i], diags);
	}
	return first_unfound(selection) == selection->only_count;
}

static bool select_only(
	struct recipients *source, const struct str *only, int only_count, struct diags *diags)
{
	struct selection selection = {source, only, only_count,
		arena_new_array(source->arena, bool, only_count),
		arena_new_array(source->arena, bool, source->names.len)};
	if (!find_all(&selection, diags))
		return false;
	int kept = 0;
	for (int file = 0; file < source->names.len; file++)
		if (selection.taken[file])
			source->names.at[kept++] = source->names.at[file];
	source->names.len = kept;
	return true;
}

/* -- the source ------------------------------------------------------------------------------ */

struct recipients *recipients_open(const char *path, const struct template *template,
	const struct str *only, int only_count, struct diags *diags)
{
	struct arena *arena = arena_new();
	struct recipients *source = arena_new_array(arena, struct recipients, 1);
	source->arena = arena;
	source->path = str_copy(arena, str_of(path)).at;
	source->template = template;
	if (list_names(source, diags) && (!only || select_only(source, only, only_count, diags)))
		return source;
	recipients_close(source);
	return NULL;
}

void recipients_close(struct recipients *source)
{
	if (!source)
		return;
	HASH_CLEAR(hh, source->seen);
	arena_free(source->arena);
}

static bool is_first(struct recipients *source, const struct recipient *recipient)
{
	struct seen *seen;
	HASH_FIND(hh, source->seen, recipient->id.at, (unsigned)recipient->id.len, seen);
	if (seen)
		return false;
	seen = arena_new_array(source->arena, struct seen, 1);
	seen->id = str_copy(source->arena, recipient->id);
	HASH_ADD_KEYPTR(hh, source->seen, seen->id.at, (unsigned)recipient->id.len, seen);
	return true;
}

enum recipients_result recipients_next(
	struct recipients *source, struct arena *arena, struct recipient *out, struct diags *diags)
{
	*out = (struct recipient){0};
	if (source->next == source->names.len)
		return RECIPIENTS_END;
	if (!read_file(source, source->names.at[source->next++], arena, out, diags))
		return RECIPIENTS_BAD;
	if (is_first(source, out))
		return RECIPIENTS_GOOD;
	diag_add(diags, RECIPIENT_TWICE, out->at, diag_str(diags, out->id));
	return RECIPIENTS_BAD;
}

int recipients_count(const struct recipients *source)
{
	return source->names.len;
}
