/* arc.c - arcs of ellipses as Bézier curves, a quarter each at most: off by less than three in ten
 * thousand of the radius. */
#include "svg/svg_int.h"

#include <math.h>

/* An ellipse's own space, in which it is a circle of radius 1 about 0. */
static struct point into(const struct matrix *ellipse, struct point p)
{
	double x = p.x - ellipse->e, y = p.y - ellipse->f, det = matrix_determinant(ellipse);
	return (struct point){
		(ellipse->d * x - ellipse->c * y) / det, (ellipse->a * y - ellipse->b * x) / det};
}

static double dot(struct point a, struct point b)
{
	return a.x * b.x + a.y * b.y;
}

/* From one point of the circle to another, at most a quarter on; way is 1 or -1. */
static void put_piece(struct outline *outline, const struct matrix *ellipse, struct point from,
	struct point to, double way)
{
	double cosine = dot(from, to), half = (1 + cosine) / 2;
	double cosine_half = sqrt(half < 0 ? 0 : half);
	double sine_half = sqrt(half > 1 ? 0 : 1 - half);
	double arm = way * 4 / 3 * (sine_half / (1 + cosine_half));
	struct point one = {from.x - arm * from.y, from.y + arm * from.x};
	struct point two = {to.x + arm * to.y, to.y - arm * to.x};
	outline_curve(outline, matrix_apply(ellipse, one), matrix_apply(ellipse, two),
		matrix_apply(ellipse, to));
}

/* Quarter by quarter, until the end is less than one away. */
static void put_pieces(
	struct outline *outline, const struct matrix *ellipse, const struct arc *arc, bool far)
{
	double way = arc->sweep ? 1 : -1;
	struct point at = into(ellipse, outline->at), end = into(ellipse, arc->to);
	for (int quarters = 0; quarters < 4; quarters++) {
		struct point next = {-way * at.y, way * at.x};
		bool near = dot(at, end) >= 0 && dot(next, end) >= 0;
		if (near && !(far && quarters == 0))
			break;
		put_piece(outline, ellipse, at, next, way);
		at = next;
	}
	put_piece(outline, ellipse, at, end, way);
	outline->points.at[outline->points.len - 1] = outline->at = arc->to;
}

void outline_arc(struct outline *outline, struct arc arc)
{
	struct point from = outline->at, turn = turn_of(arc.degrees);
	struct point half = {(from.x - arc.to.x) / 2, (from.y - arc.to.y) / 2};
	double rx = fabs(arc.rx), ry = fabs(arc.ry);
	if (rx <= 0 || ry <= 0 || (half.x == 0 && half.y == 0)) {
		outline_line(outline, arc.to);
		return;
	}
	struct point own = {dot(turn, half) / rx, (turn.x * half.y - turn.y * half.x) / ry};
	double reach = dot(own, own);
	if (reach > 1) { /* too small to get there: as large as it must be */
		rx *= sqrt(reach);
		ry *= sqrt(reach);
		own = (struct point){own.x / sqrt(reach), own.y / sqrt(reach)};
		reach = 1;
	}
	/* The centre is off the chord's middle, square to the chord. */
	double off = sqrt((1 - reach) / reach) * (arc.large == arc.sweep ? -1 : 1);
	struct matrix ellipse = {rx * turn.x, rx * turn.y, -ry * turn.y, ry * turn.x, 0, 0};
	struct point middle = {(from.x + arc.to.x) / 2, (from.y + arc.to.y) / 2};
	struct point centre = matrix_apply(&ellipse, (struct point){off * own.y, -off * own.x});
	ellipse.e = middle.x + centre.x;
	ellipse.f = middle.y + centre.y;
	put_pieces(outline, &ellipse, &arc, arc.large);
}
