/* matrix.c - affine transforms. */
#include "svg/svg_int.h"

static const double PI = 3.14159265358979323846;

struct point matrix_apply(const struct matrix *matrix, struct point p)
{
	return (struct point){matrix->a * p.x + matrix->c * p.y + matrix->e,
		matrix->b * p.x + matrix->d * p.y + matrix->f};
}

struct matrix matrix_product(const struct matrix *first, const struct matrix *second)
{
	const struct matrix *m = first, *n = second;
	struct point origin = matrix_apply(m, (struct point){n->e, n->f});
	return (struct matrix){m->a * n->a + m->c * n->b, m->b * n->a + m->d * n->b,
		m->a * n->c + m->c * n->d, m->b * n->c + m->d * n->d, origin.x, origin.y};
}

double matrix_determinant(const struct matrix *matrix)
{
	return matrix->a * matrix->d - matrix->b * matrix->c;
}

/* The C library's sine is not the same everywhere. Between -45 and 45 degrees so many members of
 * the series are more than a double holds. */
static struct point turn_near_zero(double angle)
{
	struct point turn = {0, 0};
	double member = 1;
	for (int n = 0; n < 20; n++) {
		double sign = n & 2 ? -1 : 1;
		if (n & 1)
			turn.y += sign * member;
		else
			turn.x += sign * member;
		member = member * angle / (n + 1);
	}
	return turn;
}

struct point turn_of(double degrees)
{
	double quarters = degrees / 90;
	int64_t whole = (int64_t)(quarters < 0 ? quarters - 0.5 : quarters + 0.5);
	struct point turn = turn_near_zero((degrees - (double)whole * 90) * PI / 180);
	for (int64_t left = ((whole % 4) + 4) % 4; left > 0; left--)
		turn = (struct point){-turn.y, turn.x};
	return turn;
}

/* -- "translate(10, 20) rotate(45)" ------------------------------------------------------------ */

static struct matrix translate(const double *n, int count)
{
	return (struct matrix){1, 0, 0, 1, n[0], count > 1 ? n[1] : 0};
}

static struct matrix scale(const double *n, int count)
{
	return (struct matrix){n[0], 0, 0, count > 1 ? n[1] : n[0], 0, 0};
}

static struct matrix rotate(const double *n, int count)
{
	struct point turn = turn_of(n[0]);
	struct matrix matrix = {turn.x, turn.y, -turn.y, turn.x, 0, 0};
	if (count > 1) {
		struct point centre = matrix_apply(&matrix, (struct point){n[1], n[2]});
		matrix.e = n[1] - centre.x;
		matrix.f = n[2] - centre.y;
	}
	return matrix;
}

/* 90 degrees would be an infinite number. */
static double tangent(double degrees)
{
	struct point turn = turn_of(degrees);
	double least = 1e-9;
	return turn.y / (turn.x > -least && turn.x < least ? least : turn.x);
}

static struct matrix skew_x(const double *n, int count)
{
	(void)count;
	return (struct matrix){1, 0, tangent(n[0]), 1, 0, 0};
}

static struct matrix skew_y(const double *n, int count)
{
	(void)count;
	return (struct matrix){1, tangent(n[0]), 0, 1, 0, 0};
}

static struct matrix whole(const double *n, int count)
{
	(void)count;
	return (struct matrix){n[0], n[1], n[2], n[3], n[4], n[5]};
}

static const struct transform {
	const char *name;
	int least, most; /* numbers; nothing between them */
	struct matrix (*make)(const double *numbers, int count);
} transforms[] = {{"translate", 1, 2, translate}, {"scale", 1, 2, scale}, {"rotate", 1, 3, rotate},
	{"skewX", 1, 1, skew_x}, {"skewY", 1, 1, skew_y}, {"matrix", 6, 6, whole}};

static const struct transform *transform_named(struct str name)
{
	for (size_t i = 0; i < sizeof transforms / sizeof *transforms; i++)
		if (str_is(name, transforms[i].name))
			return &transforms[i];
	return NULL;
}

static bool read_transform(struct str name, struct str inner, struct matrix *out)
{
	double numbers[6];
	const struct transform *transform = transform_named(str_trim(name));
	int count = transform ? number_list(inner, numbers, transform->most) : -1;
	if (count < 1 || (count != transform->least && count != transform->most))
		return false;
	*out = transform->make(numbers, count);
	return true;
}

bool matrix_read(struct str text, struct matrix *out)
{
	*out = (struct matrix){1, 0, 0, 1, 0, 0};
	text = str_trim(text);
	for (int at = 0; at < text.len; number_gap(text, &at)) {
		struct str rest = str_slice(text, at, text.len);
		int open = str_find(rest, "("), close = str_find(rest, ")");
		struct matrix next;
		if (open < 0 || close < open ||
			!read_transform(
				str_slice(rest, 0, open), str_slice(rest, open + 1, close), &next))
			return false;
		*out = matrix_product(out, &next);
		at += close + 1;
	}
	return true;
}
