/* path.c - outlines, and the little language of an attribute "d" (SVG 2, 9.3). */
#include "svg/svg_int.h"

static void add_point(struct outline *outline, struct point point)
{
	*vec_push(outline->arena, &outline->points) = point;
}

static void add_step(struct outline *outline, enum svg_step step)
{
	*vec_push(outline->arena, &outline->steps) = (uint8_t)step;
}

void outline_move(struct outline *outline, struct point to)
{
	add_step(outline, SVG_MOVE);
	add_point(outline, to);
	outline->start = outline->at = to;
}

void outline_line(struct outline *outline, struct point to)
{
	add_step(outline, SVG_LINE);
	add_point(outline, to);
	outline->at = to;
}

void outline_curve(struct outline *outline, struct point one, struct point two, struct point to)
{
	add_step(outline, SVG_CURVE);
	add_point(outline, one);
	add_point(outline, two);
	add_point(outline, to);
	outline->at = to;
}

void outline_close(struct outline *outline)
{
	add_step(outline, SVG_CLOSE);
	outline->at = outline->start;
}

/* -- "M10 20 c 1,2 3,4 5,6 z" ------------------------------------------------------------------ */

enum { MOST_NUMBERS = 7 };

struct path {
	struct outline *outline;
	char last;         /* command, a capital */
	struct point base; /* what the numbers of a small letter are added to; else 0 */
	struct point arm;  /* the last control point of the curve before */
};

static struct point point_at(const struct path *path, const double *n)
{
	return (struct point){path->base.x + n[0], path->base.y + n[1]};
}

static void put_move(struct path *path, const double *n)
{
	outline_move(path->outline, point_at(path, n));
}

static void put_line(struct path *path, const double *n)
{
	outline_line(path->outline, point_at(path, n));
}

static void put_across(struct path *path, const double *n)
{
	outline_line(path->outline, (struct point){path->base.x + n[0], path->outline->at.y});
}

static void put_down(struct path *path, const double *n)
{
	outline_line(path->outline, (struct point){path->outline->at.x, path->base.y + n[0]});
}

static void put_cubic(struct path *path, const double *n)
{
	path->arm = point_at(path, n + 2);
	outline_curve(path->outline, point_at(path, n), path->arm, point_at(path, n + 4));
}

/* The arm of the curve before, turned about; where that was of another kind, the point itself. */
static struct point mirrored_arm(const struct path *path, char kind, char smooth)
{
	struct point at = path->outline->at;
	if (path->last != kind && path->last != smooth)
		return at;
	return (struct point){2 * at.x - path->arm.x, 2 * at.y - path->arm.y};
}

static void put_smooth_cubic(struct path *path, const double *n)
{
	struct point one = mirrored_arm(path, 'C', 'S');
	path->arm = point_at(path, n);
	outline_curve(path->outline, one, path->arm, point_at(path, n + 2));
}

/* A quadratic curve is a cubic one whose arms are two thirds as long. */
static void put_quadratic_to(struct path *path, struct point arm, struct point to)
{
	struct point at = path->outline->at;
	path->arm = arm;
	outline_curve(path->outline,
		(struct point){at.x + (arm.x - at.x) * 2 / 3, at.y + (arm.y - at.y) * 2 / 3},
		(struct point){to.x + (arm.x - to.x) * 2 / 3, to.y + (arm.y - to.y) * 2 / 3}, to);
}

static void put_quadratic(struct path *path, const double *n)
{
	put_quadratic_to(path, point_at(path, n), point_at(path, n + 2));
}

static void put_smooth_quadratic(struct path *path, const double *n)
{
	put_quadratic_to(path, mirrored_arm(path, 'Q', 'T'), point_at(path, n));
}

static void put_arc(struct path *path, const double *n)
{
	outline_arc(path->outline,
		(struct arc){n[0], n[1], n[2], n[3] != 0, n[4] != 0, point_at(path, n + 5)});
}

static void put_close(struct path *path, const double *n)
{
	(void)n;
	outline_close(path->outline);
}

static const struct command {
	char letter;
	int count; /* of numbers */
	void (*put)(struct path *path, const double *numbers);
} commands[] = {{'M', 2, put_move}, {'L', 2, put_line}, {'H', 1, put_across}, {'V', 1, put_down},
	{'C', 6, put_cubic}, {'S', 4, put_smooth_cubic}, {'Q', 4, put_quadratic},
	{'T', 2, put_smooth_quadratic}, {'A', MOST_NUMBERS, put_arc}, {'Z', 0, put_close}};

static const struct command *command_of(char letter)
{
	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
		if ((letter | 0x20) == (commands[i].letter | 0x20))
			return &commands[i];
	return NULL;
}

/* The flags of an arc are single figures that need no blank behind them. */
static bool read_number(struct str d, int *at, bool flag, double *out)
{
	if (!flag)
		return number_next(d, at, out);
	if (*at >= d.len || (d.at[*at] != '0' && d.at[*at] != '1'))
		return false;
	*out = d.at[(*at)++] - '0';
	return true;
}

static bool read_numbers(struct str d, int *at, const struct command *command, double *numbers)
{
	for (int i = 0; i < command->count; i++) {
		bool flag = command->letter == 'A' && (i == 3 || i == 4);
		number_gap(d, at);
		if (!read_number(d, at, flag, &numbers[i]))
			return false;
	}
	return true;
}

static void put_command(
	struct path *path, const struct command *command, bool relative, const double *numbers)
{
	path->base = relative ? path->outline->at : (struct point){0, 0};
	command->put(path, numbers);
	path->last = command->letter;
}

int outline_read(struct outline *outline, struct str d)
{
	struct path path = {.outline = outline};
	const struct command *command = NULL;
	bool relative = false;
	int at = 0;
	for (number_gap(d, &at); at < d.len; number_gap(d, &at)) {
		double numbers[MOST_NUMBERS];
		int before = at;
		if (command_of(d.at[at])) {
			relative = d.at[at] >= 'a';
			command = command_of(d.at[at++]);
		} else if (!command || command->letter == 'Z') {
			return at;
		}
		if (!path.last && command->letter != 'M')
			return before;
		if (!read_numbers(d, &at, command, numbers))
			return at;
		put_command(&path, command, relative, numbers);
		if (command->letter == 'M')
			command = command_of('L');
		if (outline->points.len > SVG_MAX_POINTS)
			return -1; /* said by who counts all of them */
	}
	return -1;
}
