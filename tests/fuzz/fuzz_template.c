/* fuzz_template.c - any bytes as a letter template. */
#include "fuzz/fuzz.h"

#include "template/template.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	struct diags *diags = diags_new();
	struct buf out = {0};
	struct template *template = template_read(
		arena, (struct str){(const char *)data, (int)size}, "fuzz.xml", diags);
	if (template)
		template_dump(template, &out);
	buf_free(&out);
	diags_free(diags);
	arena_free(arena);
	return 0;
}
