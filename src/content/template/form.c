/* form.c - how a field asks for its value to be written: form, case. */
#include "template/template_int.h"

#include "base/diag_id.h"

static const struct {
	const char *name;
	enum field_type type, other;
} forms[FORM_COUNT] = {
	[FORM_USUAL] = {"", FIELD_TYPE_COUNT, FIELD_TYPE_COUNT},
	[FORM_ORDINAL] = {"ordinal", FIELD_NUMBER, FIELD_NUMBER},
	[FORM_LONG] = {"long", FIELD_DATE, FIELD_DATE},
	[FORM_SHORT] = {"short", FIELD_DATE, FIELD_DATE},
	[FORM_WEEKDAY] = {"weekday", FIELD_DATE, FIELD_DATE},
	[FORM_GROUPED] = {"grouped", FIELD_TEXT, FIELD_MONEY},
};

enum form field_form(const struct node *field)
{
	struct str written = node_attribute(field, "form");
	for (int form = FORM_ORDINAL; form < FORM_COUNT; form++)
		if (str_is(written, forms[form].name))
			return (enum form)form;
	return FORM_USUAL;
}

static void report(struct check *check, const struct node *node, const char *name, const char *form)
{
	diag_add(check->diags, ATTRIBUTE_VALUE, node->at, name,
		diag_str(check->diags, node_attribute(node, name)), form);
}

void check_written(struct check *check, const struct node *node, const struct field *field)
{
	enum form form = field_form(node);
	bool words = field->type != FIELD_RICH && field->type != FIELD_LINES;
	if (form && forms[form].type != field->type && forms[form].other != field->type)
		report(check, node, "form",
			str_format(check->arena, "it of a field of type %s%s%s alone",
				field_type_name(forms[form].type),
				forms[form].other == forms[form].type ? "" : " or ",
				forms[form].other == forms[form].type
					? ""
					: field_type_name(forms[form].other))
				.at);
	if (node_attribute(node, "case").at && !words)
		report(check, node, "case", "it of a field of words on one line alone");
}
