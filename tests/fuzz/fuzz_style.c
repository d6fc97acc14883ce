/* fuzz_style.c - any bytes as a style. */
#include "fuzz/fuzz.h"

#include "style/style.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	struct diags *diags = diags_new();
	struct buf out = {0};
	struct style *style = style_read(
		arena, (struct str){(const char *)data, (int)size}, "fuzz.xml", diags);
	if (style)
		style_dump(style, &out);
	buf_free(&out);
	diags_free(diags);
	arena_free(arena);
	return 0;
}
