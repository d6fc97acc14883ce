/* fuzz_json.c - any bytes as a file of JSON: its records are merged with a small letter. Each is
 * read twice, as one that is known, and must be the same then. */
#include "fuzz/fuzz.h"

#include "records.h"

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

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const endings[] = {".json", ".jsonl"};
	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
		const char *path = records_file(
			endings[i], (struct str){(const char *)data, (int)size});
		records_merge(path, letter, &(struct recipients_options){.known = is_known});
		unlink(path);
	}
	return 0;
}
