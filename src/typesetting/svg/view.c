/* view.c - how large a picture of SVG is, and what of the user's space it shows. */
#include "svg/read_int.h"

#include <math.h>

static bool read_side(
	struct reader *reader, const struct xml_node *root, const char *name, double *out)
{
	const struct xml_attribute *a = svg_attribute(root, name);
	*out = 0;
	if (!a || str_ends(str_trim(a->value), "%") || str_is(a->value, "auto"))
		return true;
	if (number_length(a->value, out) && *out > 0)
		return true;
	svg_refuse_value(reader, a->at, a->name, a->value, "a length like 40mm or 120");
	return false;
}

static bool read_alignment(struct str text, struct view *view)
{
	static const char *const places[] = {"Min", "Mid", "Max"};
	struct str rest = str_trim(text), align = {0}, slice = {0};
	str_split(&rest, ' ', &align);
	view->stretch = str_is(align, "none");
	if (!view->stretch) {
		if (align.len != 8 || align.at[0] != 'x' || align.at[4] != 'Y')
			return false;
		view->across = view->down = -1;
		for (int i = 0; i < 3; i++) {
			if (str_is(str_slice(align, 1, 4), places[i]))
				view->across = i / 2.0;
			if (str_is(str_slice(align, 5, 8), places[i]))
				view->down = i / 2.0;
		}
	}
	slice = str_trim(rest);
	view->meet = !str_is(slice, "slice");
	return view->across >= 0 && view->down >= 0 &&
		(slice.len == 0 || str_is(slice, "meet") || !view->meet);
}

static bool read_view(struct reader *reader, const struct xml_node *root, struct view *view)
{
	const struct xml_attribute *box = svg_attribute(root, "viewBox");
	const struct xml_attribute *aspect = svg_attribute(root, "preserveAspectRatio");
	*view = (struct view){.across = 0.5, .down = 0.5, .meet = true};
	if (!read_side(reader, root, "width", &view->width) ||
		!read_side(reader, root, "height", &view->height))
		return false;
	if (box &&
		(number_list(box->value, view->box, 4) != 4 || view->box[2] <= 0 ||
			view->box[3] <= 0)) {
		svg_refuse_value(reader, box->at, box->name, box->value,
			"left, top, width and height, like 0 0 120 80");
		return false;
	}
	if (aspect && !read_alignment(aspect->value, view)) {
		svg_refuse_value(reader, aspect->at, aspect->name, aspect->value,
			"xMidYMid meet and its like, or none");
		return false;
	}
	if (box || (view->width > 0 && view->height > 0))
		return true;
	svg_refuse(reader, root->at, str_lit("a picture that does not say how large it is"),
		"give <svg> a viewBox=\"0 0 WIDTH HEIGHT\"");
	return false;
}

/* A side that is not said follows from the other, or is that of the box. */
static void complete(struct view *view)
{
	double *box = view->box;
	if (box[2] <= 0) {
		box[2] = view->width;
		box[3] = view->height;
	}
	if (view->width <= 0)
		view->width = view->height > 0 ? view->height * box[2] / box[3] : box[2];
	if (view->height <= 0)
		view->height = view->width * box[3] / box[2];
}

bool view_read(
	struct reader *reader, const struct xml_node *root, struct view *view, struct svg *out)
{
	if (!read_view(reader, root, view))
		return false;
	complete(view);
	double longer = fmax(view->width, view->height), shorter = fmin(view->width, view->height);
	double points = view->width * 72 / 96, most = SP_MAX / SP_PER_PT;
	if (!(longer < shorter * 10000) || !(longer > 0.01)) {
		svg_refuse_limit(reader, root->at,
			"the picture is more than ten thousand times as long as it is wide, or "
			"nothing");
		return false;
	}
	out->width = (int)(view->width / longer * SVG_FRAME + 0.5);
	out->height = (int)(view->height / longer * SVG_FRAME + 0.5);
	out->natural_width = (sp)(fmin(points, most) * SP_PER_PT);
	return true;
}

struct matrix view_matrix(const struct view *view)
{
	double unit = SVG_FRAME / fmax(view->width, view->height);
	const double *box = view->box;
	double x = view->width * unit / box[2], y = view->height * unit / box[3];
	if (!view->stretch)
		x = y = view->meet ? fmin(x, y) : fmax(x, y);
	return (struct matrix){x, 0, 0, y,
		(view->width * unit - box[2] * x) * view->across - box[0] * x,
		(view->height * unit - box[3] * y) * view->down - box[1] * y};
}
