/* compute.c - fields whose values are computed of others: their declarations, and the fields that
 * they name. What they are computed of stands above them, so no value is computed of itself. */
#include "template/template_int.h"

#include "base/diag_id.h"

#include <stdlib.h>

static const char *const names[] = {
	[COMPUTE_COUNT] = "count",
	[COMPUTE_SUM] = "sum",
	[COMPUTE_MIN] = "min",
	[COMPUTE_MAX] = "max",
	[COMPUTE_FROM] = "from",
};

const char *compute_name(enum compute compute)
{
	return compute == COMPUTE_NOTHING || compute == COMPUTE_LETTER ? "" : names[compute];
}

/* -- the declaration --------------------------------------------------------------------------- */

static const struct xml_attribute *find_attribute(const struct xml_node *xml, const char *name)
{
	const struct xml_attribute *attribute = xml->attributes;
	while (attribute && !str_is(attribute->name, name))
		attribute = attribute->next;
	return attribute;
}

static void refuse(struct reader *reader, const struct xml_node *xml, const char *name,
	const struct computation *computation)
{
	const struct xml_attribute *attribute = find_attribute(xml, name);
	if (attribute)
		diag_add(reader->diags, COMPUTED_WITH, attribute->at, name,
			compute_name(computation->how));
}

/* -99999 to 99999; false when there is none. */
static bool read_count(
	struct reader *reader, const struct xml_node *xml, const char *name, int *count)
{
	const struct xml_attribute *attribute = find_attribute(xml, name);
	if (!attribute)
		return false;
	struct str digits = attribute->value;
	if (str_starts(digits, "-") || str_starts(digits, "+"))
		digits = str_slice(digits, 1, digits.len);
	bool fits = digits.len >= 1 && digits.len <= 5;
	for (int i = 0; i < digits.len; i++)
		fits &= digits.at[i] >= '0' && digits.at[i] <= '9';
	if (fits)
		*count = atoi(attribute->value.at);
	else
		diag_add(reader->diags, ATTRIBUTE_VALUE, attribute->at, name,
			diag_str(reader->diags, attribute->value), "a whole number, like 28 or -7");
	return true;
}

static void read_distance(
	struct reader *reader, const struct xml_node *xml, struct computation *computation)
{
	bool months = read_count(reader, xml, "months", &computation->months);
	bool days = read_count(reader, xml, "days", &computation->days);
	bool from = computation->how == COMPUTE_FROM;
	if (from && !months && !days)
		diag_add(reader->diags, ATTRIBUTE_MISSING, xml->at, "declare", "days", "days",
			"how many days later it is, or months=\"…\"");
	else if (computation->how == COMPUTE_NOTHING && (months || days))
		diag_add(reader->diags, ATTRIBUTE_MISSING, xml->at, "declare", "from", "from",
			"the date that it is counted from");
	else if (!from && months)
		refuse(reader, xml, "months", computation);
	else if (!from && days)
		refuse(reader, xml, "days", computation);
}

struct computation computation_read(struct reader *reader, const struct xml_node *xml)
{
	/* They say something of values in records. */
	static const char *const others[] = {
		"required", "default", "decimal", "format", "values", "mentions", "debris"};
	struct computation computation = {0};
	for (enum compute how = COMPUTE_COUNT; how <= COMPUTE_FROM; how++) {
		const struct xml_attribute *attribute = find_attribute(xml, names[how]);
		if (attribute && computation.how)
			refuse(reader, xml, names[how], &computation);
		else if (attribute)
			computation = (struct computation){
				.how = how, .source = attribute->value, .at = attribute->at};
	}
	read_distance(reader, xml, &computation);
	for (size_t i = 0; computation.how && i < sizeof others / sizeof *others; i++)
		refuse(reader, xml, others[i], &computation);
	return computation;
}

/* -- the fields that it names ------------------------------------------------------------------ */

static void report(struct check *check, const struct field *field, const char *form)
{
	const struct computation *computation = &field->computation;
	diag_add(check->diags, ATTRIBUTE_VALUE, computation->at, compute_name(computation->how),
		diag_str(check->diags, computation->source), form);
}

static bool may_be(enum compute how, enum field_type type)
{
	bool number = type == FIELD_NUMBER || type == FIELD_MONEY || type == FIELD_PERCENT;
	bool day = type == FIELD_DATE || type == FIELD_TIME;
	switch (how) {
	case COMPUTE_COUNT:
		return type != FIELD_LIST;
	case COMPUTE_SUM:
		return number;
	case COMPUTE_MIN:
	case COMPUTE_MAX:
		return number || day;
	default:
		return type == FIELD_DATE;
	}
}

/* Whether a source may be what the field is computed of: of its type, and above it. */
static bool fits(struct check *check, const struct field *field, const struct field *source)
{
	enum compute how = field->computation.how;
	enum field_type type = how == COMPUTE_COUNT ? FIELD_NUMBER : source->type;
	if (!may_be(how, source->type))
		report(check, field,
			how == COMPUTE_COUNT         ? "a list, or a field of its own in one"
				: how == COMPUTE_SUM ? "a field of numbers, percentages or amounts"
				: how == COMPUTE_FROM
				? "a field of type date, or " LETTER_DATE
				: "a field of numbers, amounts, dates or times");
	else if (field->type != type)
		report(check, field,
			str_format(check->arena, "type=\"%s\" beside it", field_type_name(type))
				.at);
	else if (source == field)
		report(check, field, "another field than itself");
	else if (source->id > field->id && source->computation.how != COMPUTE_LETTER)
		report(check, field,
			str_format(check->arena, "this declaration below that of %.*s",
				str_arg(str_quoted(check->arena, source->name)))
				.at);
	else
		return true;
	return false;
}

/* The list that a path begins with, and what is left of the path. */
static struct field *find_list(
	const struct scope *scope, struct str path, struct str *rest, const struct scope **where)
{
	for (*where = scope; *where; *where = (*where)->outer)
		for (struct field *field = (*where)->fields; field; field = field->next) {
			int len = field->name.len;
			bool begins = len <= path.len &&
				str_eq(str_slice(path, 0, len), field->name);
			*rest = str_slice(path, begins ? len : path.len, path.len);
			if (begins && field->type == FIELD_LIST &&
				(rest->len == 0 || rest->at[0] == '.'))
				return field;
		}
	return NULL;
}

/* Whether the scope is that of a list's own records. */
static bool is_inside(const struct scope *scope, const struct field *list)
{
	for (; scope; scope = scope->outer)
		if (scope->fields && scope->fields == list->parts)
			return true;
	return false;
}

static struct field *use_part(
	struct check *check, const struct field *field, struct field *list, struct str name)
{
	struct scope parts = {list->parts, NULL};
	for (struct field *part = list->parts; part; part = part->next)
		if (str_eq(part->name, name))
			return field_use(check, &parts, name, field->computation.at);
	struct nearest nearest = nearest_start(name);
	for (const struct field *part = list->parts; part; part = part->next)
		nearest_try(&nearest, part->name);
	report(check, field, "a list and a field of it, with a dot between them: items.amount");
	nearest_hint(&nearest, check->diags);
	return NULL;
}

/* "items.amount", "items" */
static void find_in_list(struct check *check, const struct scope *scope, struct field *field)
{
	struct computation *computation = &field->computation;
	const struct scope *where;
	struct str rest;
	struct field *list = find_list(scope, computation->source, &rest, &where), *part = NULL;
	bool counts = computation->how == COMPUTE_COUNT;
	if (!list || is_inside(scope, list) || (rest.len == 0 && !counts)) {
		report(check, field,
			counts ? "the name of a list, or a field of one: items.amount"
			       : "a list and a field of it, with a dot between them: items.amount");
		return;
	}
	field_use(check, where, list->name, computation->at);
	if (rest.len)
		part = use_part(check, field, list, str_slice(rest, 1, rest.len));
	if (rest.len && (!part || !fits(check, field, part)))
		return;
	if (counts && field->type != FIELD_NUMBER)
		report(check, field, "type=\"number\" beside it");
	else if (list->id > field->id)
		report(check, field, "this declaration below that of its list");
	computation->list = list;
	computation->value = part;
}

static void find_date(struct check *check, const struct scope *scope, struct field *field)
{
	struct computation *computation = &field->computation;
	struct field *source = field_use(check, scope, computation->source, computation->at);
	if (source && fits(check, field, source))
		computation->value = source;
}

void check_computed(struct check *check, const struct scope *scope)
{
	for (struct field *field = scope->fields; field; field = field->next) {
		struct scope parts = {field->parts, scope};
		enum compute how = field->computation.how;
		if (how == COMPUTE_FROM)
			find_date(check, scope, field);
		else if (how != COMPUTE_NOTHING && how != COMPUTE_LETTER)
			find_in_list(check, scope, field);
		check_computed(check, &parts);
	}
}
