/* crossing.c - where a glyph reaches into the line under it: so an underline can leave out the
 * tails of g and y. Integers: points are 64ths of a font's unit, and a curve is so many straight
 * pieces. */
#include "text/text_int.h"

enum { PIECES = 16 };

struct point {
	int64_t x, y;
};

/* The band between two heights, and how far the outline reaches in it to either side. */
struct band {
	int64_t bottom, top, left, right;
	bool crossed;
};

static void widen(struct band *band, int64_t x)
{
	if (!band->crossed || x < band->left)
		band->left = x;
	if (!band->crossed || x > band->right)
		band->right = x;
	band->crossed = true;
}

static int64_t x_at(struct point a, struct point b, int64_t y)
{
	return b.y == a.y ? a.x : a.x + (b.x - a.x) * (y - a.y) / (b.y - a.y);
}

/* What of the straight line from a to b is in the band. */
static void cross_line(struct band *band, struct point a, struct point b)
{
	if ((a.y < band->bottom && b.y < band->bottom) || (a.y > band->top && b.y > band->top))
		return;
	const struct point ends[] = {a, b};
	for (int i = 0; i < 2; i++) {
		int64_t y = ends[i].y < band->bottom ? band->bottom
			: ends[i].y > band->top      ? band->top
						     : ends[i].y;
		widen(band, y == ends[i].y ? ends[i].x : x_at(a, b, y));
	}
}

/* Of a curve of one to three control points behind its start (Bézier's), at step/PIECES of the way:
 * by de Casteljau. */
static struct point point_at(const struct point *points, int count, int step)
{
	struct point at[4];
	memcpy(at, points, (size_t)count * sizeof *at);
	for (int left = count - 1; left > 0; left--)
		for (int i = 0; i < left; i++) {
			at[i].x += (at[i + 1].x - at[i].x) * step / PIECES;
			at[i].y += (at[i + 1].y - at[i].y) * step / PIECES;
		}
	return at[0];
}

static void cross_curve(struct band *band, const struct point *points, int count)
{
	struct point before = points[0];
	for (int step = 1; step <= (count > 2 ? PIECES : 1); step++) {
		struct point next = count > 2 ? point_at(points, count, step) : points[1];
		cross_line(band, before, next);
		before = next;
	}
}

static struct point read_point(const char *at)
{
	int32_t point[2];
	memcpy(point, at, sizeof point);
	return (struct point){point[0], point[1]};
}

/* Follows what outline_put wrote. */
static void cross(struct band *band, struct str curves)
{
	struct point points[4] = {{0}}, start = {0};
	for (int at = 0; at < curves.len;) {
		char verb = curves.at[at++];
		int count = verb == 'z' ? 0 : verb == 'q' ? 2 : verb == 'c' ? 3 : 1;
		for (int i = 1; i <= count; i++, at += OUTLINE_POINT)
			points[i] = read_point(curves.at + at);
		if (verb == 'm')
			start = points[1];
		else if (verb == 'z')
			cross_line(band, points[0], start);
		else
			cross_curve(band, points, count + 1);
		points[0] = verb == 'z' ? start : points[count];
	}
}

/* A negative number is rounded down too. */
static int units(int64_t sixty_fourths)
{
	return (int)(sixty_fourths >= 0 ? sixty_fourths / 64 : -((63 - sixty_fourths) / 64));
}

/* By its box, which is cheap: few letters reach so far down. */
static bool may_cross(hb_font_t *font, unsigned glyph, const struct band *band)
{
	hb_glyph_extents_t box;
	if (!font || !font_extents(font, glyph, &box))
		return false;
	return (int64_t)(box.y_bearing + box.height) * 64 <= band->top &&
		(int64_t)box.y_bearing * 64 >= band->bottom;
}

static struct crossing find_crossing(const struct text *text, int face, unsigned glyph, int dy)
{
	const struct face *of = text_face(text, face);
	struct buf curves = {0};
	int64_t middle = (int64_t)of->underline_at - dy, half = of->underline_thickness * 32;
	struct band band = {.bottom = middle * 64 - half, .top = middle * 64 + half};
	if (may_cross(text->fonts.at[face].hb, glyph, &band))
		outline_put(text->fonts.at[face].hb, glyph, &curves);
	cross(&band, buf_text(&curves));
	buf_free(&curves);
	return (struct crossing){units(band.left), units(band.right) + 1, band.crossed};
}

struct crossing shaper_crossing(struct shaper *shaper, int face, unsigned glyph, int dy)
{
	const int key_of[] = {(int)glyph, dy};
	struct str key = {(const char *)key_of, sizeof key_of};
	if (!shaper->crossings)
		shaper->crossings = cache_new();
	const struct crossing *known = cache_find(shaper->crossings, (uint64_t)face, key);
	if (known)
		return *known;
	struct crossing *kept = cache_put(shaper->crossings, (uint64_t)face, key, sizeof *kept);
	return *kept = find_crossing(shaper->text, face, glyph, dy);
}
