/* fuzz_svg.c - any bytes as a file of SVG. One that is drawn can be written, and what is written is
 * read again but where its numbers are at their end. */
#include "fuzz/fuzz.h"

#include "base/diag_id.h"
#include "svg/svg.h"

#include <stdlib.h>

static void read_again(struct arena *arena, const struct svg *svg, struct diags *diags)
{
	struct buf out = {0};
	svg_write(svg, &out);
	if (!svg_read(arena, buf_text(&out), "again.svg", diags) &&
		diags_at(diags, diags_len(diags) - 1)->id != DIAG_SVG_LIMIT)
		abort();
	buf_free(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	struct diags *diags = diags_new();
	const struct svg *svg = svg_read(
		arena, (struct str){(const char *)data, (int)size}, "picture.svg", diags);
	if (svg && (svg->width < 1 || svg->height < 1))
		abort();
	if (svg)
		read_again(arena, svg, diags);
	else if (!diags_failed(diags))
		abort();
	arena_free(arena);
	diags_free(diags);
	return 0;
}
