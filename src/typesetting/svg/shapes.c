/* shapes.c - the elements of SVG, and the outlines of the basic shapes (SVG 2, 10). */
#include "svg/svg_int.h"

#include <math.h>

/* A length of an element, or what goes without saying; false when it cannot be read. */
static bool length_of(const struct xml_node *node, const char *name, double *out)
{
	struct str value = xml_attribute(node, name);
	return !value.at || number_length(value, out);
}

/* Several lengths, 0 if nothing is said; those that may not be negative come first. */
static bool lengths_of(const struct xml_node *node, const char *const *names, int positive,
	double *out, const char **attribute)
{
	for (int i = 0; names[i]; i++) {
		*attribute = names[i];
		out[i] = 0;
		if (!length_of(node, names[i], &out[i]) || (i < positive && out[i] < 0))
			return false;
	}
	return true;
}

static void put_corner(struct outline *outline, double rx, double ry, struct point to)
{
	outline_arc(outline, (struct arc){rx, ry, 0, false, true, to});
}

static void put_rounded(
	struct outline *outline, double x, double y, const double size[2], const double radius[2])
{
	double rx = radius[0], ry = radius[1], right = x + size[0], bottom = y + size[1];
	outline_move(outline, (struct point){x + rx, y});
	outline_line(outline, (struct point){right - rx, y});
	put_corner(outline, rx, ry, (struct point){right, y + ry});
	outline_line(outline, (struct point){right, bottom - ry});
	put_corner(outline, rx, ry, (struct point){right - rx, bottom});
	outline_line(outline, (struct point){x + rx, bottom});
	put_corner(outline, rx, ry, (struct point){x, bottom - ry});
	outline_line(outline, (struct point){x, y + ry});
	put_corner(outline, rx, ry, (struct point){x + rx, y});
	outline_close(outline);
}

static void put_square(struct outline *outline, double x, double y, const double size[2])
{
	outline_move(outline, (struct point){x, y});
	outline_line(outline, (struct point){x + size[0], y});
	outline_line(outline, (struct point){x + size[0], y + size[1]});
	outline_line(outline, (struct point){x, y + size[1]});
	outline_close(outline);
}

/* Each radius is the other's if nothing, or "auto", is said of it, and half the side at most. */
static bool rect(const struct xml_node *node, struct outline *outline, const char **attribute)
{
	static const char *const names[] = {"width", "height", "x", "y", NULL};
	static const char *const round[] = {"rx", "ry"};
	double n[4], radius[2] = {-1, -1};
	if (!lengths_of(node, names, 2, n, attribute))
		return false;
	for (int i = 0; i < 2; i++) {
		struct str value = xml_attribute(node, round[i]);
		*attribute = round[i];
		if (value.at && !str_is(value, "auto") &&
			(!number_length(value, &radius[i]) || radius[i] < 0))
			return false;
	}
	for (int i = 0; i < 2; i++)
		radius[i] = radius[i] >= 0 ? radius[i] : radius[1 - i];
	for (int i = 0; i < 2; i++)
		radius[i] = radius[i] > n[i] / 2 ? n[i] / 2 : radius[i];
	if (n[0] <= 0 || n[1] <= 0)
		return true;
	if (radius[0] > 0 && radius[1] > 0)
		put_rounded(outline, n[2], n[3], n, radius);
	else
		put_square(outline, n[2], n[3], n);
	return true;
}

static void put_ellipse(struct outline *outline, double x, double y, double rx, double ry)
{
	if (rx <= 0 || ry <= 0)
		return;
	outline_move(outline, (struct point){x + rx, y});
	put_corner(outline, rx, ry, (struct point){x, y + ry});
	put_corner(outline, rx, ry, (struct point){x - rx, y});
	put_corner(outline, rx, ry, (struct point){x, y - ry});
	put_corner(outline, rx, ry, (struct point){x + rx, y});
	outline_close(outline);
}

static bool circle(const struct xml_node *node, struct outline *outline, const char **attribute)
{
	static const char *const names[] = {"r", "cx", "cy", NULL};
	double n[3];
	if (!lengths_of(node, names, 1, n, attribute))
		return false;
	put_ellipse(outline, n[1], n[2], n[0], n[0]);
	return true;
}

static bool ellipse(const struct xml_node *node, struct outline *outline, const char **attribute)
{
	static const char *const names[] = {"rx", "ry", "cx", "cy", NULL};
	double n[4];
	if (!lengths_of(node, names, 2, n, attribute))
		return false;
	put_ellipse(outline, n[2], n[3], n[0], n[1]);
	return true;
}

static bool line(const struct xml_node *node, struct outline *outline, const char **attribute)
{
	static const char *const names[] = {"x1", "y1", "x2", "y2", NULL};
	double n[4];
	if (!lengths_of(node, names, 0, n, attribute))
		return false;
	outline_move(outline, (struct point){n[0], n[1]});
	outline_line(outline, (struct point){n[2], n[3]});
	return true;
}

static bool polyline(const struct xml_node *node, struct outline *outline, const char **attribute)
{
	struct str text = str_trim(xml_attribute(node, "points"));
	*attribute = "points";
	for (int at = 0; at < text.len; number_gap(text, &at)) {
		struct point point;
		bool first = outline->steps.len == 0;
		if (!number_next(text, &at, &point.x))
			return false;
		number_gap(text, &at);
		if (!number_next(text, &at, &point.y))
			return false;
		(first ? outline_move : outline_line)(outline, point);
	}
	return true;
}

static bool polygon(const struct xml_node *node, struct outline *outline, const char **attribute)
{
	if (!polyline(node, outline, attribute))
		return false;
	if (outline->steps.len)
		outline_close(outline);
	return true;
}

static bool path(const struct xml_node *node, struct outline *outline, const char **attribute)
{
	struct str d = xml_attribute(node, "d");
	*attribute = "d";
	return str_is(str_trim(d), "none") || outline_read(outline, d) < 0;
}

#define UNSEEN(name)                             \
	{                                        \
		name, SVG_UNSEEN, "", NULL, NULL \
	}
#define REFUSED(name, hint)                       \
	{                                         \
		name, SVG_REFUSED, "", NULL, hint \
	}
#define TO_PATHS \
	"convert text to paths: Path > Object to Path in Inkscape, Create Outlines in Illustrator"
#define STANDS_STILL "take it out: a letter stands still"

static const struct svg_element elements[] = {
	{"g", SVG_GROUP, "", NULL, NULL},
	{"path", SVG_SHAPE, "d", path, NULL},
	{"rect", SVG_SHAPE, "x y width height rx ry", rect, NULL},
	{"circle", SVG_SHAPE, "cx cy r", circle, NULL},
	{"ellipse", SVG_SHAPE, "cx cy rx ry", ellipse, NULL},
	{"line", SVG_SHAPE, "x1 y1 x2 y2", line, NULL},
	{"polyline", SVG_SHAPE, "points", polyline, NULL},
	{"polygon", SVG_SHAPE, "points", polygon, NULL},
	/* Nothing of these is seen unless another element names it, which is refused there. */
	UNSEEN("title"),
	UNSEEN("desc"),
	UNSEEN("metadata"),
	UNSEEN("defs"),
	UNSEEN("linearGradient"),
	UNSEEN("radialGradient"),
	UNSEEN("pattern"),
	UNSEEN("clipPath"),
	UNSEEN("mask"),
	UNSEEN("filter"),
	UNSEEN("marker"),
	UNSEEN("symbol"),
	UNSEEN("view"),
	REFUSED("text", TO_PATHS),
	REFUSED("tspan", TO_PATHS),
	REFUSED("textPath", TO_PATHS),
	REFUSED("image", "trace it, or save the whole as PNG or JPEG"),
	REFUSED("use", "make the clone a copy: Edit > Clone > Unlink Clone in Inkscape"),
	REFUSED("style",
		"save it with presentation attributes: fill=\"#1d4f8f\" at each shape, no style "
		"sheet"),
	REFUSED("script", "take it out: nothing runs in a letter"),
	REFUSED("foreignObject", "take it out, or draw it as paths"),
	REFUSED("svg", "make the inner <svg> a <g> with a transform"),
	REFUSED("switch", "keep one of its branches, without <switch>"),
	REFUSED("a", "take the <a> out and keep what is in it: a picture has no links"),
	REFUSED("mesh", "give the shape one colour"),
	REFUSED("hatch", "give the shape one colour"),
	REFUSED("animate", STANDS_STILL),
	REFUSED("animateMotion", STANDS_STILL),
	REFUSED("animateTransform", STANDS_STILL),
	REFUSED("set", STANDS_STILL),
	REFUSED("video", STANDS_STILL),
	REFUSED("audio", STANDS_STILL),
};

const struct svg_element *svg_element(struct str name)
{
	for (size_t i = 0; i < sizeof elements / sizeof *elements; i++)
		if (str_is(name, elements[i].name))
			return &elements[i];
	return NULL;
}
