/* fields.c - what is declared: types, how values of them are read, finding a field by its name. */
#include "template/template_int.h"

/* -- types ------------------------------------------------------------------------------------- */

static const struct {
	const char *name, *form, *choice;
	enum value_kind kind;
} types[FIELD_TYPE_COUNT] = {
	[FIELD_TEXT] = {"text", "words", "", VALUE_WORDS},
	[FIELD_LINES] = {"lines", "lines", "", VALUE_WORDS},
	[FIELD_RICH] = {"rich", "words with inline elements", "", VALUE_WORDS},
	[FIELD_DATE] = {"date", "a date like 2020-10-13",
		"a date like 2020-10-13, or declare how dates are written: "
		"format=\"dd/MM/yyyy\" or format=\"MM/dd/yyyy\"",
		VALUE_DATE},
	[FIELD_MONEY] = {"money", "an amount like £1,160,000",
		"it without groups, or declare the decimal sign: decimal=\".\" or decimal=\",\"",
		VALUE_MONEY},
	[FIELD_NUMBER] = {"number", "a number like 12.5",
		"it without groups, or declare the decimal sign: decimal=\".\" or decimal=\",\"",
		VALUE_NUMBER},
	[FIELD_PERCENT] = {"percent", "a percentage like 12.5 %", "it with its sign: 12.5 %",
		VALUE_PERCENT},
	[FIELD_TIME] = {"time", "a time like 14:30", "a time like 14:30", VALUE_TIME},
	[FIELD_POSTCODE] = {"postcode", "a postcode like CM8 3HB", "", VALUE_POSTCODE},
	[FIELD_YES_NO] = {"yes-no", "yes or no", "yes or no", VALUE_YES_NO},
	[FIELD_LIST] = {"list", "records", "", VALUE_WORDS},
};

const char *field_type_name(enum field_type type)
{
	return types[type].name;
}

enum value_kind field_type_kind(enum field_type type)
{
	return types[type].kind;
}

bool field_type_has_form(enum field_type type)
{
	return types[type].kind != VALUE_WORDS;
}

const char *field_value_form(enum field_type type)
{
	return types[type].form;
}

const char *field_value_choice(enum field_type type)
{
	return types[type].choice;
}

/* -- values ------------------------------------------------------------------------------------ */

struct readings field_read(struct arena *arena, const struct field *field, struct str text,
	struct str lang, bool stored)
{
	struct declared declared = field->declared;
	if (stored) {
		declared.decimal = '.';
		declared.pattern = declared.lang = lang = (struct str){0};
	}
	return reading_of(arena, fold_text(arena, text), lang, &declared);
}

bool field_same(const struct field *field, const struct typed *a, const struct typed *b)
{
	return typed_compare(field->declared.kind, a, b) == 0;
}

const struct literal *field_find(
	const struct field *field, const struct literal *literals, const struct typed *value)
{
	while (literals && !field_same(field, &literals->value, value))
		literals = literals->next;
	return literals;
}

/* -- finding ----------------------------------------------------------------------------------- */

const struct field *template_find_field(const struct field *fields, struct str name)
{
	for (; fields; fields = fields->next)
		if (str_eq(fields->name, name))
			return fields;
	return NULL;
}

const char *field_said(struct diags *diags, const struct field *field)
{
	return diag_field(diags, field->name, field->label);
}

struct nearest template_nearest_field(const struct field *fields, struct str name)
{
	struct nearest nearest = nearest_start(name);
	for (; fields; fields = fields->next)
		nearest_try(&nearest, fields->name);
	return nearest;
}
