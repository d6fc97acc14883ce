/* read.c - the elements of a file of SVG → shapes. Each element and each attribute is known here,
 * or refused: what is left out of a coat of arms silently would be printed a thousand times. */
#include "svg/svg_int.h"

#include "base/diag_id.h"

#include <math.h>

#define SVG_NAMESPACE "http://www.w3.org/2000/svg"

struct reader {
	struct arena *arena;
	struct diags *diags;
	vec(struct svg_shape) shapes;
	int points;
	bool failed;
};

/* What an element has from those around it. */
struct around {
	struct matrix matrix; /* to the frame */
	struct look look;
};

/* -- findings: the first of them counts -------------------------------------------------------- */

static void refuse(struct reader *reader, struct place at, struct str what, const char *hint)
{
	if (reader->failed)
		return;
	reader->failed = true;
	diag_add(reader->diags, SVG_REFUSED, at, diag_str(reader->diags, what));
	if (hint)
		diag_hint(reader->diags, hint);
}

static void refuse_value(struct reader *reader, struct place at, struct str name, struct str value,
	const char *wanted)
{
	enum { SHOWN = 60 };
	if (reader->failed)
		return;
	reader->failed = true;
	bool cut = value.len > SHOWN;
	int end = cut ? SHOWN : value.len;
	while (cut && end > 0 && ((unsigned char)value.at[end] & 0xC0) == 0x80)
		end--;
	struct str shown = str_format(
		reader->arena, "%.*s%s", end, value.at ? value.at : "", cut ? "…" : "");
	diag_add(reader->diags, SVG_VALUE, at, diag_str(reader->diags, name), shown.at, wanted);
}

static void refuse_limit(struct reader *reader, struct place at, const char *what)
{
	if (!reader->failed)
		diag_add(reader->diags, SVG_LIMIT, at, what);
	reader->failed = true;
}

/* -- attributes -------------------------------------------------------------------------------- */

static bool is_one_of(struct str name, const char *words)
{
	struct str rest = str_of(words), word;
	while (str_split(&rest, ' ', &word))
		if (str_eq(name, word))
			return true;
	return false;
}

static void set_property(struct reader *reader, struct place at, struct str name, struct str value,
	struct look *look)
{
	const char *wanted = NULL;
	switch (look_set(look, name, value, &wanted)) {
	case LOOK_GOOD:
		break;
	case LOOK_VALUE:
		refuse_value(reader, at, name, value, wanted);
		break;
	case LOOK_REFUSED:
		refuse(reader, at,
			str_format(reader->arena, "%.*s=\"%.*s\"", str_arg(name), str_arg(value)),
			wanted);
		break;
	case LOOK_UNKNOWN:
		refuse(reader, at, str_format(reader->arena, "the property %.*s", str_arg(name)),
			NULL);
		break;
	}
}

/* "fill: #1d4f8f; stroke: none" */
static void read_declarations(
	struct reader *reader, const struct xml_attribute *attribute, struct look *look)
{
	struct str rest = attribute->value, one, name;
	while (str_split(&rest, ';', &one)) {
		if (str_trim(one).len == 0)
			continue;
		struct str value = one;
		if (str_find(one, ":") < 0 || !str_split(&value, ':', &name)) {
			refuse_value(reader, attribute->at, attribute->name, attribute->value,
				"declarations like fill: #1d4f8f; stroke: none");
			return;
		}
		set_property(reader, attribute->at, str_trim(name), value, look);
	}
}

/* What says nothing of how a shape looks: names, roles, what programs note for themselves. */
static bool is_silent(const struct xml_attribute *attribute)
{
	static const char *const prefixes[] = {"aria-", "data-"};
	for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
		if (str_starts(attribute->name, prefixes[i]))
			return true;
	return str_find(attribute->name, ":") >= 0 ||
		is_one_of(attribute->name, "id class lang role tabindex style transform");
}

static void read_properties(
	struct reader *reader, const struct xml_node *node, const char *own, struct look *look)
{
	for (const struct xml_attribute *a = node->attributes; a; a = a->next) {
		if (is_silent(a) || is_one_of(a->name, own))
			continue;
		if (str_starts(a->name, "on"))
			refuse(reader, a->at,
				str_format(reader->arena, "the script in %.*s", str_arg(a->name)),
				"take it out: nothing runs in a letter");
		const char *wanted;
		struct look unused = *look;
		if (look_set(&unused, a->name, a->value, &wanted) == LOOK_UNKNOWN)
			refuse(reader, a->at,
				str_format(reader->arena, "%.*s of <%.*s>", str_arg(a->name),
					str_arg(node->name)),
				NULL);
		set_property(reader, a->at, a->name, a->value, look);
	}
	for (const struct xml_attribute *a = node->attributes; a; a = a->next)
		if (str_is(a->name, "style"))
			read_declarations(reader, a, look);
}

static const struct xml_attribute *attribute_of(const struct xml_node *node, const char *name)
{
	const struct xml_attribute *a = node->attributes;
	while (a && !str_is(a->name, name))
		a = a->next;
	return a;
}

/* What holds within an element; false: nothing of it is to be seen. */
static bool enter(struct reader *reader, const struct xml_node *node, const char *own,
	const struct around *around, struct around *inner)
{
	const struct xml_attribute *transform = attribute_of(node, "transform");
	struct matrix matrix;
	*inner = (struct around){around->matrix, look_within(&around->look)};
	read_properties(reader, node, own, &inner->look);
	if (transform && !matrix_read(transform->value, &matrix))
		refuse_value(reader, transform->at, transform->name, transform->value,
			"transforms like translate(10, 20) scale(2)");
	else if (transform)
		inner->matrix = matrix_product(&around->matrix, &matrix);
	return !reader->failed && !inner->look.absent && inner->look.opacity > 0;
}

/* -- elements ---------------------------------------------------------------------------------- */

/* Fill and stroke overlap: one opacity for both would show the seam. */
static bool check_opacity(
	struct reader *reader, const struct xml_node *node, const struct look *look)
{
	if (look->opacity < 1 && look->fill.on && look->stroke.on)
		refuse(reader, node->at,
			str_format(reader->arena, "one opacity for fill and stroke of <%.*s>",
				str_arg(node->name)),
			"draw fill and stroke as two shapes, or give fill-opacity and "
			"stroke-opacity");
	return !reader->failed;
}

static void add_shape(struct reader *reader, const struct xml_node *node,
	const struct outline *outline, const struct around *inner)
{
	struct svg_shape shape;
	bool seen;
	reader->points += outline->points.len;
	if (reader->points > SVG_MAX_POINTS)
		refuse_limit(reader, node->at, "the drawing has more than 200,000 points");
	else if (!shape_make(outline, &inner->matrix, &inner->look, &shape, &seen))
		refuse_limit(reader, node->at,
			"this shape reaches a thousand times as far as the picture");
	else if (seen && !inner->look.hidden && check_opacity(reader, node, &inner->look))
		*vec_push(reader->arena, &reader->shapes) = shape;
}

static const char *wanted_of(const char *attribute)
{
	return strcmp(attribute, "d") == 0         ? "commands of a path, like M 0 0 L 10 5 Z"
		: strcmp(attribute, "points") == 0 ? "pairs of numbers, like 0,0 10,5"
						   : "a length like 12.5, without a percentage";
}

static void read_shape(struct reader *reader, const struct xml_node *node,
	const struct svg_element *element, const struct around *around)
{
	struct around inner;
	const char *name = NULL;
	struct outline outline = {.arena = reader->arena};
	for (const struct xml_node *kid = node->first; kid; kid = kid->next) {
		const struct svg_element *known = svg_element(kid->name);
		if (kid->name.len && str_is(kid->namespace, SVG_NAMESPACE) &&
			!(known && known->kind == SVG_UNSEEN))
			refuse(reader, kid->at,
				str_format(reader->arena, "<%.*s> in <%.*s>", str_arg(kid->name),
					str_arg(node->name)),
				known ? known->hint : NULL);
	}
	if (!enter(reader, node, element->attributes, around, &inner))
		return;
	if (element->outline(node, &outline, &name)) {
		add_shape(reader, node, &outline, &inner);
		return;
	}
	const struct xml_attribute *a = attribute_of(node, name);
	refuse_value(reader, a ? a->at : node->at, str_of(name), xml_attribute(node, name),
		wanted_of(name));
}

static void read_children(
	struct reader *reader, const struct xml_node *node, const struct around *around);

static void read_group(struct reader *reader, const struct xml_node *node, const char *own,
	const struct around *around)
{
	struct around inner;
	if (!enter(reader, node, own, around, &inner))
		return;
	if (inner.look.opacity < 1)
		refuse(reader, node->at,
			str_format(reader->arena, "the opacity of a <%.*s>", str_arg(node->name)),
			"give its shapes the colours that are to be seen, or fill-opacity to "
			"each");
	else
		read_children(reader, node, &inner);
}

/* An empty style sheet, as many programs write it, says nothing. */
static bool is_empty_sheet(const struct xml_node *node)
{
	const struct xml_node *text = node->first;
	return str_is(node->name, "style") &&
		(!text || (!text->next && !text->name.len && str_trim(text->text).len == 0));
}

static void read_element(
	struct reader *reader, const struct xml_node *node, const struct around *around)
{
	const struct svg_element *element = svg_element(node->name);
	if (!element) {
		refuse(reader, node->at, str_format(reader->arena, "<%.*s>", str_arg(node->name)),
			NULL);
	} else if (element->kind == SVG_GROUP) {
		read_group(reader, node, element->attributes, around);
	} else if (element->kind == SVG_SHAPE) {
		read_shape(reader, node, element, around);
	} else if (element->kind == SVG_REFUSED && !is_empty_sheet(node)) {
		refuse(reader, node->at, str_format(reader->arena, "<%.*s>", str_arg(node->name)),
			element->hint);
	} else if (str_is(node->name, "defs")) {
		/* A style sheet acts wherever it stands. */
		for (const struct xml_node *kid = node->first; kid; kid = kid->next)
			if (str_is(kid->name, "style") || str_is(kid->name, "script"))
				read_element(reader, kid, around);
	}
}

/* Elements of other namespaces are what programs note for themselves. */
static void read_children(
	struct reader *reader, const struct xml_node *node, const struct around *around)
{
	for (const struct xml_node *kid = node->first; kid && !reader->failed; kid = kid->next)
		if (kid->name.len && str_is(kid->namespace, SVG_NAMESPACE))
			read_element(reader, kid, around);
}

/* -- the root ---------------------------------------------------------------------------------- */

/* How wide and high the picture is, in pixels, and what of the user's space it shows. */
struct view {
	double width, height; /* 0: not said */
	double box[4];        /* x, y, width, height */
	double across, down;  /* where it stands in what is left over: 0, 0.5 or 1 */
	bool meet, stretch;   /* all of it is seen; its proportions are not kept */
};

static bool read_side(
	struct reader *reader, const struct xml_node *root, const char *name, double *out)
{
	const struct xml_attribute *a = attribute_of(root, name);
	*out = 0;
	if (!a || str_ends(str_trim(a->value), "%") || str_is(a->value, "auto"))
		return true;
	if (number_length(a->value, out) && *out > 0)
		return true;
	refuse_value(reader, a->at, a->name, a->value, "a length like 40mm or 120");
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
	const struct xml_attribute *box = attribute_of(root, "viewBox");
	const struct xml_attribute *aspect = attribute_of(root, "preserveAspectRatio");
	*view = (struct view){.across = 0.5, .down = 0.5, .meet = true};
	if (!read_side(reader, root, "width", &view->width) ||
		!read_side(reader, root, "height", &view->height))
		return false;
	if (box &&
		(number_list(box->value, view->box, 4) != 4 || view->box[2] <= 0 ||
			view->box[3] <= 0)) {
		refuse_value(reader, box->at, box->name, box->value,
			"left, top, width and height, like 0 0 120 80");
		return false;
	}
	if (aspect && !read_alignment(aspect->value, view)) {
		refuse_value(reader, aspect->at, aspect->name, aspect->value,
			"xMidYMid meet and its like, or none");
		return false;
	}
	if (box || (view->width > 0 && view->height > 0))
		return true;
	refuse(reader, root->at, str_lit("a picture that does not say how large it is"),
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

static bool frame_of(
	struct reader *reader, const struct xml_node *root, struct view *view, struct svg *out)
{
	complete(view);
	double longer = fmax(view->width, view->height), shorter = fmin(view->width, view->height);
	double points = view->width * 72 / 96, most = SP_MAX / SP_PER_PT;
	if (!(longer < shorter * 10000) || !(longer > 0.01)) {
		refuse_limit(reader, root->at,
			"the picture is more than ten thousand times as long as it is wide, or "
			"nothing");
		return false;
	}
	out->width = (int)(view->width / longer * SVG_FRAME + 0.5);
	out->height = (int)(view->height / longer * SVG_FRAME + 0.5);
	out->natural_width = (sp)(fmin(points, most) * SP_PER_PT);
	return true;
}

/* From the user's space to the frame (SVG 2, 8.2 and 8.6). */
static struct matrix view_matrix(const struct view *view)
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

struct svg *svg_read(struct arena *arena, struct str bytes, const char *file, struct diags *diags)
{
	static const char own[] =
		"width height viewBox preserveAspectRatio version baseProfile x y "
		"zoomAndPan contentScriptType contentStyleType";
	struct reader reader = {.arena = arena, .diags = diags};
	struct svg *svg = arena_new_array(arena, struct svg, 1);
	struct view view;
	if (bytes.len > SVG_MAX_BYTES) {
		refuse_limit(&reader, place_in(file), "the file is larger than 8 MiB");
		return NULL;
	}
	struct xml_node *root = xml_read(arena, bytes, file, diags);
	if (!root || !xml_check_root(root, "svg", SVG_NAMESPACE, diags) ||
		!read_view(&reader, root, &view) || !frame_of(&reader, root, &view, svg))
		return NULL;
	struct around around = {view_matrix(&view), look_start()};
	read_group(&reader, root, own, &around);
	svg->shapes = reader.shapes.at;
	svg->shape_count = reader.shapes.len;
	return reader.failed ? NULL : svg;
}
