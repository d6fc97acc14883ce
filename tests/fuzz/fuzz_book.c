/* fuzz_book.c - any bytes as a workbook: as they are if they begin like a zip, else as the parts of
 * one, each behind a line "=== NAME"; its records are merged with a small letter. */
#include "fuzz/fuzz.h"

#include "letter/letter.h"
#include "support/zip.h"
#include "template/template.h"

#include <stdio.h>
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

static void write_bytes(const char *path, struct str bytes)
{
	FILE *file = fopen(path, "wb");
	if (!file || fwrite(bytes.at, 1, (size_t)bytes.len, file) != (size_t)bytes.len)
		abort();
	fclose(file);
}

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
	char path[] = "/tmp/lettermerge-fuzz-XXXXXX.xlsx";
	struct arena *arena = arena_new(), *record = arena_new();
	struct diags *diags = diags_new();
	struct recipient recipient;
	enum recipients_result result;
	struct str bytes = str_copy(arena, (struct str){(const char *)data, (int)size});
	int fd = mkstemps(path, 5);
	if (fd < 0)
		abort();
	close(fd);
	if (str_starts(bytes, "PK"))
		write_bytes(path, bytes);
	else
		write_parts(path, arena, bytes);
	struct template *template = template_read(arena, str_of(letter), "fuzz.xml", diags);
	struct recipients *source = recipients_open(path, template, NULL, diags);
	while (source &&
		(result = recipients_next(source, record, &recipient, diags)) != RECIPIENTS_END) {
		if (result == RECIPIENTS_GOOD)
			letter_merge(record, template, &recipient, NULL, diags);
		arena_reset(record);
	}
	recipients_close(source);
	unlink(path);
	diags_free(diags);
	arena_free(record);
	arena_free(arena);
	return 0;
}
