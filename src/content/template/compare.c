/* compare.c - what conditions ask of a field's value: their attributes, checked by its type. */
#include "template/template_int.h"

#include "base/diag_id.h"

static const struct {
	const char *name;
	bool days;             /* of dates and times; else of numbers */
	bool less, same, more; /* which it holds of */
} comparisons[COMPARISON_COUNT] = {
	[COMPARE_EQUALS] = {"equals", false, false, true, false},
	[COMPARE_GREATER] = {"greater", false, false, false, true},
	[COMPARE_LESS] = {"less", false, true, false, false},
	[COMPARE_AFTER] = {"after", true, false, false, true},
	[COMPARE_BEFORE] = {"before", true, true, false, false},
};

const char *comparison_name(enum comparison comparison)
{
	return comparisons[comparison].name;
}

bool comparison_holds(enum comparison comparison, int order)
{
	return order < 0    ? comparisons[comparison].less
		: order > 0 ? comparisons[comparison].more
			    : comparisons[comparison].same;
}

bool condition_compares(const struct node *condition)
{
	for (int i = 0; i < COMPARISON_COUNT; i++)
		if (node_attribute(condition, comparisons[i].name).at)
			return true;
	return false;
}

/* NULL, or which types it is for. */
static const char *why_unsuited(enum comparison comparison, enum value_kind kind)
{
	bool days = kind == VALUE_DATE || kind == VALUE_TIME;
	bool numbers = kind == VALUE_NUMBER || kind == VALUE_MONEY || kind == VALUE_PERCENT;
	if (comparison == COMPARE_EQUALS || (comparisons[comparison].days ? days : numbers))
		return NULL;
	return comparisons[comparison].days
		? "it of a field of type date or time alone"
		: "it of a field of type number, money or percent alone";
}

static const struct attribute *find_attribute(const struct node *node, const char *name)
{
	const struct attribute *attribute = node->attributes;
	while (attribute && !str_is(attribute->name, name))
		attribute = attribute->next;
	return attribute;
}

static void report(const struct attribute *attribute, const char *form, struct diags *diags)
{
	diag_add(diags, ATTRIBUTE_VALUE, attribute->at, diag_str(diags, attribute->name),
		diag_str(diags, attribute->value), form);
}

/* What a record can never hold. */
static void report_not_allowed(
	const struct attribute *attribute, const struct field *field, struct diags *diags)
{
	struct nearest nearest = nearest_start(attribute->value);
	for (const struct literal *literal = field->allowed; literal; literal = literal->next)
		if (!field_type_has_form(field->type))
			nearest_try(&nearest, literal->words);
	report(attribute, "one of the values that are declared for the field", diags);
	nearest_hint(&nearest, diags);
}

static void check_literal(struct arena *arena, const struct attribute *attribute,
	enum comparison comparison, struct field *field, struct str lang, struct diags *diags)
{
	struct readings reading = field_read(arena, field, attribute->value, lang, false);
	const char *unsuited = why_unsuited(comparison, field->declared.kind);
	bool blank = str_trim(attribute->value).len == 0 && comparison == COMPARE_EQUALS;
	if (unsuited)
		report(attribute, unsuited, diags);
	else if (blank)
		return;
	else if (reading.count != 1)
		report(attribute,
			reading.count ? field_value_choice(field->type)
				      : field_value_form(field->type),
			diags);
	else if (comparison == COMPARE_EQUALS && field->allowed &&
		!field_find(field, field->allowed, &reading.as[0]))
		report_not_allowed(attribute, field, diags);
	else
		literal_add(arena, &field->compared, attribute->value, &reading.as[0]);
}

void check_comparisons(
	struct arena *arena, const struct node *condition, struct field *field, struct diags *diags)
{
	for (int i = 0; i < COMPARISON_COUNT; i++) {
		const struct attribute *attribute = find_attribute(condition, comparisons[i].name);
		if (attribute)
			check_literal(arena, attribute, (enum comparison)i, field, condition->lang,
				diags);
	}
}
