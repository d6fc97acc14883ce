/* keep.c - a drawn letter as files, in a folder of its own: letter.xml, its style, its parts, and a
 * record each in recipients. */
#include "keep.h"

#include <stdio.h>
#include <sys/stat.h>

static bool keep_file(const struct twig *root, const char *folder, const char *name)
{
	struct buf text = {0}, path = {0};
	struct diags *diags = diags_new();
	twig_write(root, &text);
	buf_format(&path, "%s/%s", folder, name);
	bool good = file_publish(buf_text(&path).at, text.at, text.len, false, diags);
	diags_free(diags);
	buf_free(&text);
	buf_free(&path);
	return good;
}

static bool make_folder(const char *folder)
{
	return mkdir(folder, 0777) == 0 || file_exists(folder);
}

bool keep(const struct drawn *drawn, const char *folder)
{
	struct arena *arena = arena_new();
	const char *at = str_format(arena, "%s/%llu", folder, (unsigned long long)drawn->seed).at;
	const char *records = str_format(arena, "%s/recipients", at).at;
	bool good = make_folder(at) && make_folder(records) &&
		keep_file(drawn->letter, at, "letter.xml") &&
		keep_file(drawn->style, at, DRAWN_STYLE);
	for (int i = 0; i < drawn->part_count && good; i++)
		good = keep_file(drawn->parts[i], at, drawn->parts[i]->text.at);
	for (int i = 0; i < drawn->record_count && good; i++)
		good = keep_file(drawn->records[i], records, str_format(arena, "%d.xml", i + 1).at);
	arena_free(arena);
	return good;
}
