/* fuzz_book.c - any bytes as a workbook: as they are if they begin like a zip, else as the parts of
 * one, each behind a line "=== NAME"; its records are merged with a small letter. */
#include "fuzz/fuzz.h"

#include "records.h"
#include "support/zip.h"

#include <unistd.h>

static const char letter[] =
	"<letter xmlns='urn:lettermerge:letter:1' xml:lang='en-GB'><title>T</title><fields>"
	"<declare name='name' required='no'/><declare name='address' type='lines' required='no'/>"
	"<declare name='due' type='date' required='no'/>"
	"<declare name='owed' type='money' currency='GBP' required='no'/>"
	"<declare name='list' type='list' required='no'><declare name='x'/></declare></fields>"
	"<address><line><field name='name'/></line><field name='address'/></address>"
	"<p><field name='due'/><field name='owed'/><each field='list'><field name='x'/></each></p>"
	"</letter>";

/* The next part, its name first. False: there is none. */
static bool take_part(struct arena *arena, struct str *rest, struct zip_part *part)
{
	static const char mark[] = "=== ";
	struct str line;
	if (!str_starts(*rest, mark) || !str_split(rest, '\n', &line))
		return false;
	part->name = str_copy(arena, str_slice(line, sizeof mark - 1, line.len)).at;
	int end = rest->at ? str_find(*rest, "\n=== ") : -1;
	part->bytes = rest->at ? str_slice(*rest, 0, end < 0 ? rest->len : end) : str_lit("");
	*rest = end < 0 ? str_lit("") : str_slice(*rest, end + 1, rest->len);
	return *part->name != '\0';
}

static void write_parts(const char *path, struct arena *arena, struct str bytes)
{
	enum { MOST = 16 };
	struct zip_part parts[MOST];
	int count = 0;
	while (count < MOST && take_part(arena, &bytes, &parts[count]))
		count++;
	zip_write(path, parts, count, true);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	struct str bytes = {(const char *)data, (int)size};
	const char *path = records_file(".xlsx", bytes);
	if (!str_starts(bytes, "PK"))
		write_parts(path, arena, bytes);
	records_merge(path, letter, NULL);
	unlink(path);
	arena_free(arena);
	return 0;
}
