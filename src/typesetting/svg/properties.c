/* properties.c - the attributes of an element of SVG → its look and its transform. Each is known
 * here or in look.c, or refused. */
#include "svg/read_int.h"

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
		svg_refuse_value(reader, at, name, value, wanted);
		break;
	case LOOK_REFUSED:
		svg_refuse(reader, at,
			str_format(reader->arena, "%.*s=%.*s", str_arg(name),
				str_arg(str_quoted(reader->arena, value))),
			wanted);
		break;
	case LOOK_UNKNOWN:
		svg_refuse(reader, at,
			str_format(reader->arena, "the property %.*s", str_arg(name)), NULL);
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
			svg_refuse_value(reader, attribute->at, attribute->name, attribute->value,
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
			svg_refuse(reader, a->at,
				str_format(reader->arena, "the script in %.*s", str_arg(a->name)),
				"take it out: nothing runs in a letter");
		const char *wanted;
		struct look unused = *look;
		if (look_set(&unused, a->name, a->value, &wanted) == LOOK_UNKNOWN)
			svg_refuse(reader, a->at,
				str_format(reader->arena, "%.*s of <%.*s>", str_arg(a->name),
					str_arg(node->name)),
				NULL);
		set_property(reader, a->at, a->name, a->value, look);
	}
	for (const struct xml_attribute *a = node->attributes; a; a = a->next)
		if (str_is(a->name, "style"))
			read_declarations(reader, a, look);
}

const struct xml_attribute *svg_attribute(const struct xml_node *node, const char *name)
{
	const struct xml_attribute *a = node->attributes;
	while (a && !str_is(a->name, name))
		a = a->next;
	return a;
}

bool properties_enter(struct reader *reader, const struct xml_node *node, const char *own,
	const struct around *around, struct around *inner)
{
	const struct xml_attribute *transform = svg_attribute(node, "transform");
	struct matrix matrix;
	*inner = (struct around){around->matrix, look_within(&around->look)};
	read_properties(reader, node, own, &inner->look);
	if (transform && !matrix_read(transform->value, &matrix))
		svg_refuse_value(reader, transform->at, transform->name, transform->value,
			"transforms like translate(10, 20) scale(2)");
	else if (transform)
		inner->matrix = matrix_product(&around->matrix, &matrix);
	return !reader->failed && !inner->look.absent && inner->look.opacity > 0;
}
