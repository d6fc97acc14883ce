/* find.c - what a user left unsaid: the only template of a folder, the record that a part of a name
 * means. */
#include "job/job.h"

#include "xml/xml.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>

/* The *.xml names of a folder in the order of their bytes; -1 after an error. */
static int list_xml(struct arena *arena, const char *dir, struct str **names, struct diags *diags)
{
	struct dirent **entries;
	int count = scandir(dir, &entries, NULL, alphasort), kept = 0;
	if (count < 0) {
		diag_add(diags, FILE_READ, ((struct place){dir, 0, 0}), dir, strerror(errno));
		return -1;
	}
	*names = arena_new_array(arena, struct str, count + 1);
	for (int i = 0; i < count; i++) {
		struct str name = str_of(entries[i]->d_name);
		if (str_ends(name, ".xml") && name.at[0] != '.')
			(*names)[kept++] = str_copy(arena, name);
		free(entries[i]);
	}
	free(entries);
	return kept;
}

/* Only the root element counts; what else is wrong with a file is said when it is used. */
static bool is_letter(struct arena *arena, const char *path)
{
	struct diags *diags = diags_new();
	struct str bytes = file_read(arena, path, (struct place){0}, diags);
	const struct xml_node *root = bytes.at ? xml_read(arena, bytes, path, diags) : NULL;
	bool letter = root && str_is(root->name, "letter");
	if (bytes.at && !root)
		letter = str_find(bytes, "<letter") >= 0;
	diags_free(diags);
	return letter;
}

const char *job_find_template(struct arena *arena, const char *dir, struct diags *diags)
{
	struct str *names;
	const char *found = NULL;
	int count = list_xml(arena, dir, &names, diags), letters = 0;
	struct buf all = {0};
	for (int i = 0; i < count; i++) {
		const char *path = path_join(arena, str_of(dir), names[i]).at;
		if (!is_letter(arena, path))
			continue;
		found = path;
		buf_format(&all, "%s%s", letters++ ? ", " : "", path);
	}
	if (count >= 0 && letters == 0)
		diag_add0(diags, TEMPLATE_NONE, ((struct place){dir, 0, 0}));
	if (letters > 1)
		diag_add(diags, TEMPLATE_MANY, ((struct place){dir, 0, 0}), buf_text(&all).at);
	buf_free(&all);
	return letters == 1 ? found : NULL;
}

struct str job_find_record(
	struct arena *arena, const char *recipients, const char *part, struct diags *diags)
{
	struct str *names, found = {0};
	int count = list_xml(arena, recipients, &names, diags), matches = 0;
	struct buf all = {0};
	for (int i = 0; i < count; i++) {
		struct str id = str_copy(arena, str_slice(names[i], 0, names[i].len - 4));
		if (str_is(id, part)) {
			found = id;
			matches = 1;
			break;
		}
		if (str_find(id, part) < 0)
			continue;
		found = id;
		buf_format(&all, "%s%.*s", matches++ ? ", " : "", str_arg(id));
	}
	if (count >= 0 && matches == 0)
		diag_add(diags, RECORD_NONE, ((struct place){recipients, 0, 0}), part, recipients);
	if (matches > 1)
		diag_add(diags, RECORD_MANY, ((struct place){recipients, 0, 0}), part,
			buf_text(&all).at);
	buf_free(&all);
	return matches == 1 ? found : (struct str){0};
}
