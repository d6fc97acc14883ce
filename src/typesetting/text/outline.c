/* outline.c - a glyph → a hash of what it draws: the same for the same curves, whatever the font's
 * file is called, whatever else is in it, and whatever number the glyph has there.
 *
 * A font that is packaged anew has other bytes and draws the same letters; so the file's hash,
 * which is simpler, would tell of changes that nobody can see. */
#include "text/text_int.h"

/* In 64ths of a unit; those of a damaged font may be beyond all numbers, or none. */
static int32_t sixty_fourths(float units)
{
	enum { MOST = 1 << 24 };
	return !(units > -MOST) ? -64 * MOST : units < MOST ? (int32_t)(units * 64) : 64 * MOST;
}

/* Points in font units, to the 64th: curves between points given may begin halfway. */
static void put_point(struct buf *out, float x, float y)
{
	const int32_t point[2] = {sixty_fourths(x), sixty_fourths(y)};
	buf_put(out, point, sizeof point);
}

static void move_to(
	hb_draw_funcs_t *draw, void *user, hb_draw_state_t *state, float x, float y, void *unused)
{
	(void)draw, (void)state, (void)unused;
	buf_char(user, 'm');
	put_point(user, x, y);
}

static void line_to(
	hb_draw_funcs_t *draw, void *user, hb_draw_state_t *state, float x, float y, void *unused)
{
	(void)draw, (void)state, (void)unused;
	buf_char(user, 'l');
	put_point(user, x, y);
}

static void quadratic_to(hb_draw_funcs_t *draw, void *user, hb_draw_state_t *state, float x1,
	float y1, float x, float y, void *unused)
{
	(void)draw, (void)state, (void)unused;
	buf_char(user, 'q');
	put_point(user, x1, y1);
	put_point(user, x, y);
}

static void cubic_to(hb_draw_funcs_t *draw, void *user, hb_draw_state_t *state, float x1, float y1,
	float x2, float y2, float x, float y, void *unused)
{
	(void)draw, (void)state, (void)unused;
	buf_char(user, 'c');
	put_point(user, x1, y1);
	put_point(user, x2, y2);
	put_point(user, x, y);
}

static void close_path(hb_draw_funcs_t *draw, void *user, hb_draw_state_t *state, void *unused)
{
	(void)draw, (void)state, (void)unused;
	buf_char(user, 'z');
}

void outline_put(hb_font_t *font, unsigned glyph, struct buf *out)
{
	hb_draw_funcs_t *funcs = hb_draw_funcs_create();
	hb_draw_funcs_set_move_to_func(funcs, move_to, NULL, NULL);
	hb_draw_funcs_set_line_to_func(funcs, line_to, NULL, NULL);
	hb_draw_funcs_set_quadratic_to_func(funcs, quadratic_to, NULL, NULL);
	hb_draw_funcs_set_cubic_to_func(funcs, cubic_to, NULL, NULL);
	hb_draw_funcs_set_close_path_func(funcs, close_path, NULL, NULL);
#if HB_VERSION_ATLEAST(7, 0, 0)
	hb_font_draw_glyph(font, glyph, funcs, out);
#else
	hb_font_get_glyph_shape(font, glyph, funcs, out);
#endif
	hb_draw_funcs_destroy(funcs);
}

static uint64_t hash_outline(const struct text *text, int face, unsigned glyph)
{
	struct buf curves = {0};
	uint64_t hash = 0;
	int em = text->faces.at[face].units_per_em;
	if (!text->fonts.at[face].hb)
		return (uint64_t)glyph + 1;
	outline_put(text->fonts.at[face].hb, glyph, &curves);
	if (curves.len) {
		buf_put(&curves, &em, sizeof em);
		hash = str_hash(buf_text(&curves));
	}
	buf_free(&curves);
	return hash;
}

static uint64_t find_outline(struct shaper *shaper, int face, unsigned glyph)
{
	struct str key = {(const char *)&glyph, sizeof glyph};
	if (!shaper->outlines)
		shaper->outlines = cache_new();
	uint64_t *known = cache_find(shaper->outlines, (uint64_t)face, key);
	if (known)
		return *known;
	uint64_t hash = hash_outline(shaper->text, face, glyph);
	known = cache_put(shaper->outlines, (uint64_t)face, key, sizeof *known);
	*known = hash;
	return hash;
}

uint64_t shaper_outline(struct shaper *shaper, int face, unsigned glyph)
{
	struct outline_seen *seen = &shaper->seen[(glyph + 128 * (unsigned)face) % OUTLINES_SEEN];
	if (seen->face != face || seen->number != glyph + 1)
		*seen = (struct outline_seen){face, glyph + 1, find_outline(shaper, face, glyph)};
	return seen->hash;
}
