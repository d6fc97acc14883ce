/* directory.c - a directory of records, one at a time, in the order of their names' bytes.
 *
 * The names are read and sorted at once, since the order of a directory is an accident and the run
 * must not depend on it; the records themselves are never held together. */
#include "recipients/recipients_int.h"

#include "base/diag_id.h"

#include <stdlib.h>
#include <sys/stat.h>

struct directory {
	struct source source;
	struct str *names; /* of files, sorted */
	int count, next;
};

static struct directory *directory_of(struct source *source)
{
	return (struct directory *)source;
}

static bool is_record(struct str name)
{
	return str_ends(name, ".xml") && name.at[0] != '.';
}

static bool list_names(struct directory *directory, struct diags *diags)
{
	const char *path = directory->source.path;
	int count = folder_list(directory->source.arena, path, is_record, &directory->names);
	if (count < 0)
		return file_not_read(path, diags);
	if (count == 0)
		diag_add(diags, RECIPIENTS_NONE, place_in(path), path);
	directory->count = count;
	return count > 0;
}

static bool read_file(const struct directory *directory, int file, struct arena *arena,
	struct recipient *out, struct diags *diags)
{
	struct str path = path_join(arena, str_of(directory->source.path), directory->names[file]);
	struct str name = path_base(path);
	struct str bytes = file_read(arena, path.at, place_none(), diags);
	*out = (struct recipient){
		.id = record_stem(name), .at = place_in(path.at), .where = path.at};
	const struct xml_node *root = bytes.at ? xml_read(arena, bytes, path.at, diags) : NULL;
	struct record_rules rules = {
		directory->source.template, directory->source.grammar, str_lit("")};
	return root && recipient_read_element(arena, root, &rules, out, diags);
}

/* What the system tells of a file without its being read. */
static void stamp(struct directory *directory, int file, struct arena *arena, struct recipient *out)
{
	struct str path = path_join(arena, str_of(directory->source.path), directory->names[file]);
	struct str name = path_base(path);
	struct stat status;
	*out = (struct recipient){
		.id = record_stem(name), .at = place_in(path.at), .where = path.at};
	if (stat(path.at, &status) != 0)
		return;
	int64_t written = (int64_t)status.st_mtim.tv_sec * 1000000000 + status.st_mtim.tv_nsec;
	int64_t moved = (int64_t)status.st_ctim.tv_sec * 1000000000 + status.st_ctim.tv_nsec;
	int64_t facts[] = {status.st_size, written, moved, (int64_t)status.st_ino};
	out->changed = written > moved ? written : moved;
	out->stamp = str_hash((struct str){(const char *)facts, sizeof facts}) ^ str_hash(name);
}

/* -- only some of them ------------------------------------------------------------------------- */

struct selection {
	struct directory *directory;
	const struct str *only;
	int only_count;
	bool *found; /* by id asked for */
	bool *taken; /* by file */
};

/* Takes a file if its record has one of the ids. A file that cannot be read goes by its name, so
 * that what is wrong with it is said when its turn comes. */
static void try_file(struct selection *selection, int file, struct nearest *nearest)
{
	struct arena *arena = arena_new(), *keep = selection->directory->source.arena;
	struct diags *unsaid = diags_new();
	struct recipient recipient;
	read_file(selection->directory, file, arena, &recipient, unsaid);
	for (int i = 0; i < selection->only_count; i++) {
		if (str_eq(selection->only[i], recipient.id) && !selection->found[i])
			selection->found[i] = selection->taken[file] = true;
		if (nearest_try(&nearest[i], recipient.id))
			nearest[i].best = str_copy(keep, nearest[i].best);
	}
	diags_free(unsaid);
	arena_free(arena);
}

static int find_file(const struct directory *directory, struct str id)
{
	struct arena_mark mark = arena_save(directory->source.arena);
	struct str name = str_format(directory->source.arena, "%.*s.xml", str_arg(id));
	struct str *found = bsearch(&name, directory->names, (size_t)directory->count,
		sizeof *directory->names, str_order);
	arena_restore(directory->source.arena, mark);
	return found ? (int)(found - directory->names) : -1;
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
	struct directory *directory = selection->directory;
	struct nearest *nearest = arena_new_array(
		directory->source.arena, struct nearest, selection->only_count);
	for (int i = 0; i < selection->only_count; i++) {
		int file = find_file(directory, selection->only[i]);
		nearest[i] = nearest_start(selection->only[i]);
		if (file >= 0 && !selection->taken[file])
			try_file(selection, file, nearest);
	}
	for (int file = 0;
		file < directory->count && first_unfound(selection) < selection->only_count; file++)
		if (!selection->taken[file])
			try_file(selection, file, nearest);
	for (int i = 0; i < selection->only_count; i++) {
		if (selection->found[i])
			continue;
		diag_add(diags, RECIPIENT_UNKNOWN, place_in(directory->source.path),
			diag_str(diags, selection->only[i]));
		nearest_hint(&nearest[i], diags);
	}
	return first_unfound(selection) == selection->only_count;
}

bool directory_select(
	struct source *source, const struct str *only, int only_count, struct diags *diags)
{
	struct directory *directory = directory_of(source);
	struct selection selection = {directory, only, only_count,
		arena_new_array(source->arena, bool, only_count),
		arena_new_array(source->arena, bool, directory->count)};
	if (!find_all(&selection, diags))
		return false;
	int kept = 0;
	for (int file = 0; file < directory->count; file++)
		if (selection.taken[file])
			directory->names[kept++] = directory->names[file];
	directory->count = kept;
	return true;
}

/* -- the source -------------------------------------------------------------------------------- */

static enum recipients_result next(
	struct source *source, struct arena *arena, struct recipient *out, struct diags *diags)
{
	struct directory *directory = directory_of(source);
	if (directory->next == directory->count)
		return RECIPIENTS_END;
	struct recipient before;
	source->ordinal = directory->next++;
	stamp(directory, source->ordinal, arena, &before);
	if (source->known && before.stamp && source->known(source->user, arena, &before)) {
		*out = before;
		return RECIPIENTS_KNOWN;
	}
	bool good = read_file(directory, source->ordinal, arena, out, diags);
	out->stamp = before.stamp;
	out->changed = before.changed;
	return good ? RECIPIENTS_GOOD : RECIPIENTS_BAD;
}

static bool read(const struct source *source, struct arena *arena, struct recipient *out,
	struct diags *diags)
{
	const char *path = out->at.file;
	struct str bytes = file_read(arena, path, place_none(), diags);
	return bytes.at && recipient_read(arena, bytes, path, source->template, out, diags);
}

static int count(const struct source *source)
{
	return ((const struct directory *)source)->count;
}

static struct str file_name(const struct source *source, int ordinal)
{
	return ((const struct directory *)source)->names[ordinal];
}

static const struct source_kind kind = {next, read, count, file_name, NULL};

struct source *directory_open(
	const char *path, const struct template *template, struct diags *diags)
{
	struct source *source = source_new(&kind, sizeof(struct directory), path, template);
	if (list_names(directory_of(source), diags))
		return source;
	source_free(source);
	return NULL;
}

struct source *directory_of_one(const char *path, const struct template *template)
{
	struct str dir = path_dir(str_of(path));
	struct source *source = source_new(&kind, sizeof(struct directory), "", template);
	struct directory *directory = directory_of(source);
	source->path = str_copy(source->arena, dir).at;
	directory->names = arena_new_array(source->arena, struct str, 1);
	directory->names[0] = str_copy(source->arena, path_base(str_of(path)));
	directory->count = 1;
	return source;
}
