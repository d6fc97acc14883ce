/* main.c - FUZZ FOLDER...: each file once, in memory of its exact size, so that a sanitizer sees
 * the first byte too far. The beginnings of each file follow, as if it had been cut off. */
#include "fuzz/fuzz.h"

#include "base/base.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

static void feed(struct str bytes)
{
	uint8_t *exact = malloc((size_t)bytes.len + 1);
	if (!exact)
		abort();
	memcpy(exact, bytes.at, (size_t)bytes.len);
	exact = realloc(exact, bytes.len ? (size_t)bytes.len : 1);
	if (!exact)
		abort();
	LLVMFuzzerTestOneInput(exact, (size_t)bytes.len);
	free(exact);
}

static int feed_folder(const char *path)
{
	struct arena *arena = arena_new();
	struct diags *diags = diags_new();
	DIR *dir = opendir(path);
	int count = 0;
	for (struct dirent *entry; dir && (entry = readdir(dir));) {
		if (entry->d_name[0] == '.')
			continue;
		struct str name = path_join(arena, str_of(path), str_of(entry->d_name));
		struct str bytes = file_read(arena, name.at, place_none(), diags);
		for (int cut = 0; cut < 8 && bytes.at; cut++)
			feed(str_slice(bytes, 0, bytes.len - bytes.len * cut / 8));
		count += bytes.at != NULL;
	}
	if (dir)
		closedir(dir);
	diags_free(diags);
	arena_free(arena);
	return count;
}

int main(int argc, char **argv)
{
	int count = 0;
	for (int i = 1; i < argc; i++)
		count += feed_folder(argv[i]);
	printf("1..1\n%s 1 - %d seeds\n", count ? "ok" : "not ok", count);
	return count ? 0 : 1;
}
