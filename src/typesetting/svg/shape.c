/* shape.c - an outline in the user's space → a shape in the frame's thousandths. */
#include "svg/svg_int.h"

#include <math.h>

static const double MOST = 1000.0 * SVG_FRAME;    /* fits an int32 */
static const double MOST_DASH = 15.0 * SVG_FRAME; /* so does the sum of all */
static const double MILLION = 1e6;

static int32_t whole(double number)
{
	return (int32_t)(number < 0 ? number - 0.5 : number + 0.5);
}

/* Whether circles stay circles: turned, mirrored, larger or smaller, but not stretched. */
static bool is_similar(const struct matrix *m)
{
	double size = fabs(m->a) + fabs(m->b) + fabs(m->c) + fabs(m->d), least = size * 1e-9;
	return (fabs(m->a - m->d) < least && fabs(m->b + m->c) < least) ||
		(fabs(m->a + m->d) < least && fabs(m->b - m->c) < least);
}

/* Splits a matrix: what stretches, about 0 and without a change of area, is given; the rest stays,
 * which only makes larger and moves. */
static struct matrix split_stretch(struct matrix *matrix, double scale)
{
	struct matrix stretch = {
		matrix->a / scale, matrix->b / scale, matrix->c / scale, matrix->d / scale, 0, 0};
	double det = matrix_determinant(&stretch), e = matrix->e, f = matrix->f;
	*matrix = (struct matrix){scale, 0, 0, scale, (stretch.d * e - stretch.c * f) / det,
		(stretch.a * f - stretch.b * e) / det};
	return stretch;
}

static bool map_points(
	const struct outline *outline, const struct matrix *matrix, struct svg_shape *shape)
{
	int32_t(*points)[2] = arena_alloc(
		outline->arena, sizeof *points * (size_t)outline->points.len);
	for (int i = 0; i < outline->points.len; i++) {
		struct point point = matrix_apply(matrix, outline->points.at[i]);
		if (!(fabs(point.x) < MOST && fabs(point.y) < MOST))
			return false;
		points[i][0] = whole(point.x);
		points[i][1] = whole(point.y);
	}
	shape->points = (const int32_t(*)[2])points;
	shape->steps = outline->steps.at;
	shape->step_count = outline->steps.len;
	return true;
}

static struct svg_paint paint_of(const struct look *look, const struct brush *brush)
{
	int opacity = whole(brush->opacity * look->opacity * 1000);
	return (struct svg_paint){
		brush->on && opacity > 0, brush->current ? look->colour : brush->colour, opacity};
}

/* Dashes and gaps that are odd in number change places the second time (SVG 2, 13.5.6); PDF says
 * the same, but not all that show it heed it. */
static void set_dashes(const struct look *look, double scale, struct svg_shape *shape)
{
	int64_t period = 0;
	shape->dash_count = look->dash_count * (1 + look->dash_count % 2);
	for (int i = 0; i < shape->dash_count; i++) {
		double dash = look->dashes[i % look->dash_count] * scale;
		period += shape->dashes[i] = whole(fmin(dash, MOST_DASH));
	}
	if (period == 0) {
		shape->dash_count = 0; /* too fine to be seen as dashes */
		return;
	}
	int64_t phase = whole(fmax(fmin(look->dash_phase * scale, MOST), -MOST));
	shape->dash_phase = (int)((phase % period + period) % period);
}

static void set_pen(const struct look *look, double scale, struct svg_shape *shape)
{
	shape->width = whole(fmin(look->width * scale, MOST));
	shape->width = shape->width ? shape->width : 1;
	shape->cap = look->cap;
	shape->join = look->join;
	shape->miter = whole(look->miter * 1000);
	set_dashes(look, scale, shape);
}

bool shape_make(const struct outline *outline, const struct matrix *matrix, const struct look *look,
	struct svg_shape *shape, bool *seen)
{
	struct matrix rest = *matrix;
	double scale = sqrt(fabs(matrix_determinant(matrix)));
	*shape = (struct svg_shape){.even_odd = look->even_odd,
		.fill = paint_of(look, &look->fill),
		.stroke = paint_of(look, &look->stroke)};
	shape->stroke.on &= look->width > 0;
	*seen = outline->steps.len && scale > 0 && (shape->fill.on || shape->stroke.on);
	if (!*seen)
		return true;
	shape->stretched = shape->stroke.on && !is_similar(matrix);
	if (shape->stretched) {
		struct matrix stretch = split_stretch(&rest, scale);
		const double parts[] = {stretch.a, stretch.b, stretch.c, stretch.d};
		for (int i = 0; i < 4; i++) {
			if (!(fabs(parts[i]) < 1000))
				return false;
			shape->stretch[i] = whole(parts[i] * MILLION);
		}
	}
	set_pen(look, scale, shape);
	return map_points(outline, &rest, shape);
}
