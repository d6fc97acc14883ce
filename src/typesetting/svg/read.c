/* read.c - the elements of a file of SVG → shapes. Each element and each attribute is known here,
 * or refused: what is left out of a coat of arms silently would be printed a thousand times. */
#include "svg/read_int.h"

#define SVG_NAMESPACE "http://www.w3.org/2000/svg"

/* Fill and stroke overlap: one opacity for both would show the seam. */
static bool check_opacity(
	struct reader *reader, const struct xml_node *node, const struct look *look)
{
	if (look->opacity < 1 && look->fill.on && look->stroke.on)
		svg_refuse(reader, node->at,
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
		svg_refuse_limit(reader, node->at, "the drawing has more than 200,000 points");
	else if (!shape_make(outline, &inner->matrix, &inner->look, &shape, &seen))
		svg_refuse_limit(reader, node->at,
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
			svg_refuse(reader, kid->at,
				str_format(reader->arena, "<%.*s> in <%.*s>", str_arg(kid->name),
					str_arg(node->name)),
				known ? known->hint : NULL);
	}
	if (!properties_enter(reader, node, element->attributes, around, &inner))
		return;
	if (element->outline(node, &outline, &name)) {
		add_shape(reader, node, &outline, &inner);
		return;
	}
	const struct xml_attribute *a = svg_attribute(node, name);
	svg_refuse_value(reader, a ? a->at : node->at, str_of(name), xml_attribute(node, name),
		wanted_of(name));
}

static void read_children(
	struct reader *reader, const struct xml_node *node, const struct around *around);

static void read_group(struct reader *reader, const struct xml_node *node, const char *own,
	const struct around *around)
{
	struct around inner;
	if (!properties_enter(reader, node, own, around, &inner))
		return;
	if (inner.look.opacity < 1)
		svg_refuse(reader, node->at,
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
		svg_refuse(reader, node->at,
			str_format(reader->arena, "<%.*s>", str_arg(node->name)), NULL);
	} else if (element->kind == SVG_GROUP) {
		read_group(reader, node, element->attributes, around);
	} else if (element->kind == SVG_SHAPE) {
		read_shape(reader, node, element, around);
	} else if (element->kind == SVG_REFUSED && !is_empty_sheet(node)) {
		svg_refuse(reader, node->at,
			str_format(reader->arena, "<%.*s>", str_arg(node->name)), element->hint);
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

struct svg *svg_read(struct arena *arena, struct str bytes, const char *file, struct diags *diags)
{
	static const char own[] =
		"width height viewBox preserveAspectRatio version baseProfile x y "
		"zoomAndPan contentScriptType contentStyleType";
	struct reader reader = {.arena = arena, .diags = diags};
	struct svg *svg = arena_new_array(arena, struct svg, 1);
	struct view view;
	if (bytes.len > SVG_MAX_BYTES) {
		svg_refuse_limit(&reader, place_in(file), "the file is larger than 8 MiB");
		return NULL;
	}
	struct xml_node *root = xml_read(arena, bytes, file, diags);
	if (!root || !xml_check_root(root, "svg", SVG_NAMESPACE, diags) ||
		!view_read(&reader, root, &view, svg))
		return NULL;
	struct around around = {view_matrix(&view), look_start()};
	read_group(&reader, root, own, &around);
	svg->shapes = reader.shapes.at;
	svg->shape_count = reader.shapes.len;
	return reader.failed ? NULL : svg;
}
