/* fuzz_source.c - any bytes as a file of many recipients: as XML if they begin with "<", else as a
 * table; its records are merged with a small letter. */
#include "fuzz/fuzz.h"

#include "records.h"

#include <unistd.h>

static const char letter[] =
	"<letter xmlns='urn:lettermerge:letter:1' xml:lang='en-GB'><title>T</title><fields>"
	"<declare name='name' required='no'/><declare name='address' type='lines' required='no'/>"
	"<declare name='due' type='date' required='no'/>"
	"<declare name='list' type='list' required='no'><declare name='x'/></declare></fields>"
	"<address><line><field name='name'/></line><field name='address'/></address>"
	"<p><field name='due'/><each field='list'><field name='x'/></each></p></letter>";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str bytes = {(const char *)data, (int)size};
	const char *path = records_file(str_starts(bytes, "<") ? ".xml" : ".csv", bytes);
	records_merge(path, letter, &(struct recipients_options){.name = "{id}-{name}"});
	unlink(path);
	return 0;
}
