/* fields.c - declarations: their reading, their types, finding one by its name.
 *
 * A template without declarations could not tell a missing field from a misspelt one, so each field
 * is declared, and all types are checked here, for defaults and for the values of records alike. */
#include "template/template_int.h"

#include "base/diag_id.h"
#include "locale/locale.h"

enum { MAX_FIELDS = 1000 };

/* -- types ------------------------------------------------------------------------------------- */

static bool fits_yes_no(struct str text)
{
	return str_is(text, "yes") || str_is(text, "no");
}

static const struct {
	const char *name, *form;
	bool (*fits)(struct str text); /* NULL: any text */
} types[FIELD_TYPE_COUNT] = {
	[FIELD_TEXT] = {"text", "words", NULL},
	[FIELD_LINES] = {"lines", "lines", NULL},
	[FIELD_RICH] = {"rich", "words with inline elements", NULL},
	[FIELD_DATE] = {"date", "a date like 2020-10-13", date_fits},
	[FIELD_MONEY] = {"money", "an amount like £1,160,000", money_fits},
	[FIELD_NUMBER] = {"number", "a number like 12.5", number_fits},
	[FIELD_POSTCODE] = {"postcode", "a postcode like CM8 3HB", postcode_fits},
	[FIELD_YES_NO] = {"yes-no", "yes or no", fits_yes_no},
	[FIELD_LIST] = {"list", "records", NULL},
};

const char *field_type_name(enum field_type type)
{
	return types[type].name;
}

const char *field_value_form(enum field_type type)
{
	return types[type].form;
}

bool field_value_fits(enum field_type type, struct str text)
{
	return !types[type].fits || types[type].fits(str_trim(text));
}

/* -- finding ----------------------------------------------------------------------------------- */

const struct field *template_find_field(const struct field *fields, struct str name)
{
	for (; fields; fields = fields->next)
		if (str_eq(fields->name, name))
			return fields;
	return NULL;
}

struct nearest template_nearest_field(const struct field *fields, struct str name)
{
	struct nearest nearest = nearest_start(name);
	for (; fields; fields = fields->next)
		nearest_try(&nearest, fields->name);
	return nearest;
}

/* -- reading ----------------------------------------------------------------------------------- */

/* Dotted parts, each a name of an XML element, so that a record can hold it. */
static bool is_name(struct str name)
{
	struct str part;
	if (name.len == 0)
		return false;
	while (str_split(&name, '.', &part)) {
		if (part.len == 0 || strchr("-0123456789", part.at[0]))
			return false;
		for (int i = 0; i < part.len; i++) {
			char c = part.at[i];
			bool good = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
				(c >= '0' && c <= '9') || c == '_' || c == '-' || (c & 0x80);
			if (!good)
				return false;
		}
	}
	return true;
}

static enum field_type read_type(
	struct reader *reader, const struct xml_node *xml, struct str written)
{
	struct nearest nearest = nearest_start(written);
	for (int type = 0; type < FIELD_TYPE_COUNT; type++) {
		if (str_is(written, types[type].name))
			return (enum field_type)type;
		nearest_try(&nearest, str_of(types[type].name));
	}
	diag_add(reader->diags, FIELD_TYPE, xml->at, diag_str(reader->diags, written));
	nearest_hint(&nearest, reader->diags);
	return FIELD_TEXT;
}

static bool read_required(struct reader *reader, const struct xml_node *xml, bool has_default)
{
	struct str written = xml_attribute(xml, "required");
	if (written.at && !fits_yes_no(written))
		diag_add(reader->diags, ATTRIBUTE_VALUE, xml->at, "required",
			diag_str(reader->diags, written), types[FIELD_YES_NO].form);
	return written.at ? str_is(written, "yes") : !has_default;
}

static struct str read_currency(struct reader *reader, const struct xml_node *xml)
{
	struct str written = xml_attribute(xml, "currency"), rest = written;
	bool money = str_is(xml_attribute(xml, "type"), types[FIELD_MONEY].name);
	if (!written.at || (money && money_take_currency(&rest) && rest.len == 0))
		return written;
	diag_add(reader->diags, ATTRIBUTE_VALUE, xml->at, "currency",
		diag_str(reader->diags, written),
		money ? "the sign of a currency, like £ or EUR" : "type=\"money\" beside it");
	return (struct str){0};
}

static bool read_debris(struct reader *reader, const struct xml_node *xml)
{
	struct str written = xml_attribute(xml, "debris");
	bool allowed = str_is(written, "allowed");
	if (written.at && !allowed)
		diag_add(reader->diags, ATTRIBUTE_VALUE, xml->at, "debris",
			diag_str(reader->diags, written), "allowed");
	return allowed;
}

static void check_default(struct reader *reader, const struct field *field)
{
	bool list = field->type == FIELD_LIST;
	if (!field->value.at || (!list && field_value_fits(field->type, field->value)))
		return;
	diag_add(reader->diags, FIELD_DEFAULT, field->at, diag_str(reader->diags, field->name),
		diag_str(reader->diags, field->value), types[field->type].form);
	if (list)
		diag_hint(reader->diags, "take it out: a list has no default");
}

static struct field *read_declare(struct reader *reader, const struct xml_node *xml)
{
	static const char *const names[] = {
		"name", "type", "required", "default", "currency", "mentions", "debris"};
	struct str type = xml_attribute(xml, "type"), value = xml_attribute(xml, "default");
	attributes_check_names(xml, names, sizeof names / sizeof *names, reader->diags);
	struct field *field = arena_new_array(reader->arena, struct field, 1);
	*field = (struct field){
		.name = xml_attribute(xml, "name"),
		.type = type.at ? read_type(reader, xml, type) : FIELD_TEXT,
		.required = read_required(reader, xml, value.at != NULL),
		.value = value,
		.currency = read_currency(reader, xml),
		.mentions = xml_attribute(xml, "mentions"),
		.takes_debris = read_debris(reader, xml),
		.at = xml->at,
		.first_use = xml->at,
	};
	check_default(reader, field);
	return field;
}

static void read_parts(struct reader *reader, const struct xml_node *xml, struct field *field)
{
	if (field->type == FIELD_LIST)
		field->parts = fields_read(reader, xml);
	else if (xml->first)
		diag_add(reader->diags, FIELD_PARTS, xml->first->at,
			diag_str(reader->diags, field->name), types[field->type].name);
}

static bool is_declare(struct reader *reader, const struct xml_node *xml)
{
	if (str_is(xml->name, "declare") && str_eq(xml->namespace, reader->namespace))
		return true;
	if (xml->name.len)
		diag_add(reader->diags, ELEMENT_MISPLACED, xml->at,
			diag_str(reader->diags, xml->name), "<fields>",
			"write <declare name=\"…\" type=\"…\"/>");
	else if (str_trim(xml->text).len)
		diag_add(reader->diags, TEXT_MISPLACED, xml_text_place(xml), "fields",
			"write <declare name=\"…\" type=\"…\"/>");
	return false;
}

static bool check_name(struct reader *reader, const struct field *field, const struct field *others)
{
	const struct field *earlier = template_find_field(others, field->name);
	const char *name = diag_str(reader->diags, field->name);
	if (!is_name(field->name))
		diag_add(reader->diags, FIELD_NAME, field->at, name);
	else if (earlier)
		diag_add(reader->diags, FIELD_TWICE, field->at, name,
			diag_int(reader->diags, earlier->at.line));
	else
		return true;
	return false;
}

struct field *fields_read(struct reader *reader, const struct xml_node *parent)
{
	struct field *first = NULL, **end = &first;
	int count = 0;
	for (const struct xml_node *xml = parent->first; xml; xml = xml->next) {
		if (!is_declare(reader, xml))
			continue;
		if (++count > MAX_FIELDS) {
			diag_add(reader->diags, XML_LIMIT, xml->at, "more than 1000 fields");
			break;
		}
		struct field *field = read_declare(reader, xml);
		read_parts(reader, xml, field);
		if (check_name(reader, field, first)) {
			*end = field;
			end = &field->next;
		}
	}
	return first;
}
