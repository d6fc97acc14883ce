/* fuzz_json.c - any bytes as a file of JSON: its records are merged with a small letter. Each is
 * read twice, as one that is known, and must be the same then. */
#include "fuzz/fuzz.h"

#include "letter/letter.h"
#include "template/template.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const char letter[] =
	"<letter xmlns='urn:lettermerge:letter:1' xml:lang='en-GB'><title>T</title><fields>"
	"<declare name='name' required='no'/><declare name='address' type='lines' required='no'/>"
	"<declare name='due' type='money' required='no'/><declare name='x.y' required='no'/>"
	"<declare name='n' type='number' required='no'/>"
	"<declare name='books' type='list' required='no'><declare name='title' required='no'/>"
	"<declare name='at' type='lines' required='no'/></declare>"
	"<declare name='tags' type='list' required='no'><declare name='tag'/></declare></fields>"
	"<p><field name='due'/><field name='address'/><field name='n'/><each field='books'>"
	"<field name='title'/><field name='at'/></each></p></letter>";

static bool is_known(void *user, struct arena *arena, struct recipient *recipient)
{
	(void)user;
	(void)arena;
	return recipient->stamp % 2; /* half of them */
}

/* What was known can be read, and is what was there. */
static void read_again(struct recipients *source, struct arena *arena, struct recipient *recipient,
	struct diags *diags)
{
	struct str id = recipient->id;
	if (recipients_read(source, arena, recipient, diags) && !str_eq(recipient->id, id))
		abort();
}

static void read_all(const char *path, const struct template *template, struct diags *diags)
{
	struct arena *record = arena_new();
	struct recipient recipient;
	enum recipients_result result;
	struct recipients *source = recipients_open(
		path, template, &(struct recipients_options){.known = is_known}, diags);
	while (source &&
		(result = recipients_next(source, record, &recipient, diags)) != RECIPIENTS_END) {
		if (result == RECIPIENTS_KNOWN)
			read_again(source, record, &recipient, diags);
		if (result != RECIPIENTS_BAD)
			letter_merge(record, template, &recipient, NULL, diags);
		arena_reset(record);
		diags_clear(diags);
	}
	recipients_close(source);
	arena_free(record);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const endings[] = {".json", ".jsonl"};
	struct arena *arena = arena_new();
	struct diags *diags = diags_new();
	struct template *template = template_read(arena, str_of(letter), "fuzz.xml", diags);
	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
		char path[64];
		snprintf(path, sizeof path, "/tmp/lettermerge-fuzz-XXXXXX%s", endings[i]);
		int fd = mkstemps(path, (int)strlen(endings[i]));
		if (fd < 0 || write(fd, data, size) != (ssize_t)size)
			abort();
		close(fd);
		read_all(path, template, diags);
		diags_clear(diags);
		unlink(path);
	}
	diags_free(diags);
	arena_free(arena);
	return 0;
}
