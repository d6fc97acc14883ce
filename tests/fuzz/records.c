/* records.c - see records.h. */
#include "records.h"

#include "letter/letter.h"
#include "template/template.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

const char *records_file(const char *ending, struct str bytes)
{
	static char path[64];
	snprintf(path, sizeof path, "/dev/shm/lettermerge-fuzz-XXXXXX%s", ending);
	int fd = mkstemps(path, (int)strlen(ending));
	if (fd < 0 || !file_write_all(fd, bytes.at, (size_t)bytes.len))
		abort();
	close(fd);
	return path;
}

/* What was known can be read, and is what was there. */
static void read_again(struct recipients *source, struct arena *arena, struct recipient *recipient,
	struct diags *diags)
{
	struct str id = recipient->id;
	if (recipients_read(source, arena, recipient, diags) && !str_eq(recipient->id, id))
		abort();
}

static void merge_each(
	struct recipients *source, const struct template *template, struct diags *diags)
{
	struct arena *record = arena_new();
	struct recipient recipient;
	enum recipients_result result;
	while ((result = recipients_next(source, record, &recipient, diags)) != RECIPIENTS_END) {
		if (result == RECIPIENTS_KNOWN)
			read_again(source, record, &recipient, diags);
		if (result != RECIPIENTS_BAD)
			letter_merge(record, template, &recipient, NULL, diags);
		arena_reset(record);
		diags_clear(diags);
	}
	arena_free(record);
}

void records_merge(const char *path, const char *letter, const struct recipients_options *options)
{
	struct arena *arena = arena_new();
	struct diags *diags = diags_new();
	struct template *template = template_read(arena, str_of(letter), "fuzz.xml", diags);
	struct recipients *source = recipients_open(path, template, options, diags);
	if (source)
		merge_each(source, template, diags);
	recipients_close(source);
	diags_free(diags);
	arena_free(arena);
}
