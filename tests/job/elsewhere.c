/* elsewhere.c - preloaded, it makes of this system another one: a HarfBuzz of another version,
 * which sets glyphs where it always did or, with LETTERMERGE_ELSEWHERE=aside, beside that. */
#include <dlfcn.h>
#include <hb.h>
#include <stdlib.h>
#include <string.h>

const char *hb_version_string(void)
{
	return "99.0.0";
}

void hb_shape(hb_font_t *font, hb_buffer_t *buffer, const hb_feature_t *features, unsigned count)
{
	void (*shape)(hb_font_t *, hb_buffer_t *, const hb_feature_t *, unsigned);
	const char *how = getenv("LETTERMERGE_ELSEWHERE");
	unsigned len;
	*(void **)&shape = dlsym(RTLD_NEXT, "hb_shape");
	shape(font, buffer, features, count);
	hb_glyph_position_t *at = hb_buffer_get_glyph_positions(buffer, &len);
	for (unsigned i = 0; how && strcmp(how, "aside") == 0 && i < len; i++)
		at[i].x_offset += 100;
}
