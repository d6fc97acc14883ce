/* fuzz_source.c - any bytes as a file of many recipients: as XML if they begin with "<", else as a
 * table; its records are merged with a small letter. */
#include "fuzz/fuzz.h"

#include "letter/letter.h"
#include "template/template.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const char letter[] =
	"<letter xmlns='urn:lettermerge:letter:1' xml:lang='en-GB'><title>T</title><fields>"
	"<declare name='name' required='no'/><declare name='address' type='lines' required='no'/>"
	"<declare name='due' type='date' required='no'/>"
	"<declare name='list' type='list' required='no'><declare name='x'/></declare></fields>"
	"<address><line><field name='name'/></line><field name='address'/></address>"
	"<p><field name='due'/><each field='list'><field name='x'/></each></p></letter>";

/* Sources are files. */
static void write_file(char *path, int ending, const uint8_t *data, size_t size)
{
	int fd = mkstemps(path, ending);
	if (fd < 0 || write(fd, data, size) != (ssize_t)size)
		abort();
	close(fd);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char xml[] = "/tmp/lettermerge-fuzz-XXXXXX.xml", csv[] = "/tmp/lettermerge-fuzz-XXXXXX.csv";
	char *path = size && data[0] == '<' ? xml : csv;
	struct arena *arena = arena_new(), *record = arena_new();
	struct diags *diags = diags_new();
	struct recipient recipient;
	enum recipients_result result;
	write_file(path, 4, data, size);
	struct template *template = template_read(arena, str_of(letter), "fuzz.xml", diags);
	struct recipients *source = recipients_open(
		path, template, &(struct recipients_options){.name = "{id}-{name}"}, diags);
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
