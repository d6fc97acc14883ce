/* layers.c - tests/layers.txt, read, and the sources of its rooms. */
#include "layers.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

struct str layers_text(struct layers *layers, struct str path)
{
	struct diags *diags = diags_new();
	struct str whole = path_join(layers->arena, str_of(layers->root), path);
	struct str text = file_read(layers->arena, whole.at, place_none(), diags);
	assert_non_null(text.at);
	diags_free(diags);
	return text;
}

struct layers *layers_read(const char *root)
{
	struct layers *layers = heap_new(sizeof *layers);
	*layers = (struct layers){.arena = arena_new(), .root = root};
	struct str rest = layers_text(layers, str_lit("tests/layers.txt")), line;
	while (str_split(&rest, '\n', &line)) {
		struct str name, rooms;
		if (!line.len || line.at[0] == '#')
			continue;
		assert_true(str_split(&line, ':', &name));
		assert_true(str_split(&line, '|', &rooms));
		*vec_push(layers->arena, &layers->rooms) = (struct room){
			str_trim(name), path_base(str_trim(name)), str_trim(rooms), str_trim(line)};
	}
	return layers;
}

void layers_free(struct layers *layers)
{
	buf_free(&layers->findings);
	arena_free(layers->arena);
	free(layers);
}

bool has_word(struct str list, struct str word)
{
	struct str other;
	while (str_split(&list, ' ', &other))
		if (other.len && str_eq(other, word))
			return true;
	return false;
}

int room_each(struct layers *layers, const struct room *room,
	void (*check)(
		struct layers *layers, const struct room *room, const char *file, struct str text))
{
	struct str folder = path_join(layers->arena, str_lit("src"), room->folder);
	DIR *dir = opendir(path_join(layers->arena, str_of(layers->root), folder).at);
	int files = 0;
	assert_non_null(dir);
	for (struct dirent *entry; (entry = readdir(dir));) {
		struct str name = str_of(entry->d_name);
		if (!str_ends(name, ".c") && !str_ends(name, ".h"))
			continue;
		struct str path = path_join(layers->arena, folder, name);
		check(layers, room, path.at, layers_text(layers, path));
		files++;
	}
	closedir(dir);
	return files;
}
