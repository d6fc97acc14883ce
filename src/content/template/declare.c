/* declare.c - declarations read.
 *
 * A template without declarations could not tell a missing field from a misspelt one, so each field
 * is declared, and what it says of its values is checked here, as those of records will be. */
#include "template/template_int.h"

#include "base/diag_id.h"

enum { MAX_FIELDS = 1000 };

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
		const char *name = field_type_name((enum field_type)type);
		if (str_is(written, name))
			return (enum field_type)type;
		nearest_try(&nearest, str_of(name));
	}
	diag_add(reader->diags, FIELD_TYPE, xml->at, diag_str(reader->diags, written));
	nearest_hint(&nearest, reader->diags);
	return FIELD_TEXT;
}

/* -- what is declared of values ---------------------------------------------------------------- */

static void report_value(struct reader *reader, const struct xml_node *xml, const char *name,
	struct str written, const char *form)
{
	diag_add(reader->diags, ATTRIBUTE_VALUE, xml->at, name, diag_str(reader->diags, written),
		form);
}

static bool read_required(struct reader *reader, const struct xml_node *xml, bool has_default)
{
	struct str written = xml_attribute(xml, "required");
	if (written.at && !str_is(written, "yes") && !str_is(written, "no"))
		report_value(reader, xml, "required", written, "yes or no");
	return written.at ? str_is(written, "yes") : !has_default;
}

static struct str read_currency(
	struct reader *reader, const struct xml_node *xml, enum field_type type)
{
	struct str written = xml_attribute(xml, "currency"), rest = written;
	bool money = type == FIELD_MONEY;
	if (!written.at || (money && currency_take(&rest).len && rest.len == 0))
		return written;
	report_value(reader, xml, "currency", written,
		money ? "the sign of a currency, like £ or EUR" : "type=\"money\" beside it");
	return str_lit("");
}

static char read_decimal(struct reader *reader, const struct xml_node *xml, enum field_type type)
{
	struct str written = xml_attribute(xml, "decimal");
	bool number = type == FIELD_NUMBER || type == FIELD_MONEY || type == FIELD_PERCENT;
	if (!written.at)
		return '\0';
	if (number && (str_is(written, ".") || str_is(written, ",")))
		return written.at[0];
	report_value(reader, xml, "decimal", written,
		number ? "the sign before the decimals, . or ,"
		       : "type=\"number\", \"money\" or \"percent\" beside it");
	return '\0';
}

/* Two digits of a year are completed by the letter's date, so there must be one. */
static struct str read_format(
	struct reader *reader, const struct xml_node *xml, enum field_type type)
{
	struct str written = xml_attribute(xml, "format");
	const char *form = NULL;
	if (!written.at)
		return written;
	if (type != FIELD_DATE)
		form = "type=\"date\" beside it";
	else if (!date_pattern_fits(written))
		form = "day, month and year as dates have them, like dd.MM.yyyy or d MMMM yyyy";
	else if (date_pattern_is_short(written) && !reader->year)
		form = "yyyy, or date=\"…\" in <letter>, by which two digits are completed";
	if (!form)
		return written;
	report_value(reader, xml, "format", written, form);
	return (struct str){0};
}

static struct declared read_declared(
	struct reader *reader, const struct xml_node *xml, enum field_type type)
{
	return (struct declared){
		.kind = field_type_kind(type),
		.decimal = read_decimal(reader, xml, type),
		.pattern = read_format(reader, xml, type),
		.currency = read_currency(reader, xml, type),
		.lang = reader->lang,
		.year = reader->year,
	};
}

/* -- its values in the template ---------------------------------------------------------------- */

struct literal *literal_add(
	struct arena *arena, struct literal **list, struct str words, const struct typed *value)
{
	struct literal *literal = arena_new_array(arena, struct literal, 1);
	*literal = (struct literal){fold_text(arena, words), *value, NULL};
	while (*list)
		list = &(*list)->next;
	return *list = literal;
}

/* Words with blanks in them are divided by |, others by blanks. */
static void read_allowed(struct reader *reader, const struct xml_node *xml, struct field *field)
{
	struct str rest = xml_attribute(xml, "values"), words;
	char separator = str_find(rest, "|") >= 0 ? '|' : ' ';
	bool fits = field->type != FIELD_LIST && field->type != FIELD_RICH;
	if (!rest.at)
		return;
	for (struct str all = rest; fits && str_split(&all, separator, &words);) {
		words = str_trim(words);
		struct readings reading = field_read(
			reader->arena, field, words, str_lit(""), false);
		if (words.len && reading.count == 1)
			literal_add(reader->arena, &field->allowed, words, &reading.as[0]);
		else if (words.len)
			report_value(reader, xml, "values", words, field_value_form(field->type));
	}
	if (!fits || str_trim(rest).len == 0)
		report_value(reader, xml, "values", rest,
			fits ? "the values that may stand, with blanks or | between them"
			     : "a type of words, numbers or dates beside it");
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

/* A character that ends a line, acts on a machine, or turns or hides the words around it. */
static bool is_foreign_to_a_line(uint32_t c)
{
	return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x2028 && c <= 0x202E) ||
		(c >= 0x2060 && c <= 0x206F) || c == 0x200B || c == 0xFEFF;
}

static bool is_label(struct str label)
{
	enum { MOST = 80 };
	int count = 0;
	bool seen = false;
	for (int at = 0; at < label.len; count++) {
		uint32_t c = utf8_next(label, &at);
		if (is_foreign_to_a_line(c))
			return false;
		seen |= c != ' ' && c != 0xA0;
	}
	return seen && count <= MOST;
}

static struct str read_label(struct reader *reader, const struct xml_node *xml)
{
	struct str written = xml_attribute(xml, "label");
	if (!written.at)
		return written;
	if (is_label(written))
		return fold_text(reader->arena, written);
	report_value(reader, xml, "label", written,
		"a name for the field on one line, of at most 80 characters, or leave it out");
	return (struct str){0};
}

static void check_default(struct reader *reader, const struct field *field)
{
	if (!field->value.at)
		return;
	struct readings reading = field_read(
		reader->arena, field, field->value, str_lit(""), false);
	bool list = field->type == FIELD_LIST, one = !list && reading.count == 1;
	if (one && (!field->allowed || field_find(field, field->allowed, &reading.as[0])))
		return;
	diag_add(reader->diags, FIELD_DEFAULT, field->at, field_said(reader->diags, field),
		diag_str(reader->diags, field->value),
		one                         ? "one of its values=\"…\""
			: reading.count > 1 ? field_value_choice(field->type)
					    : field_value_form(field->type));
	if (list)
		diag_hint(reader->diags, "take it out: a list has no default");
}

static struct field *read_declare(struct reader *reader, const struct xml_node *xml)
{
	static const char *const names[] = {"name", "type", "required", "default", "currency",
		"decimal", "format", "values", "mentions", "debris", "label", "count", "sum", "min",
		"max", "from", "days", "months"};
	struct str type = xml_attribute(xml, "type"), value = xml_attribute(xml, "default");
	attributes_check_names(xml, names, sizeof names / sizeof *names, reader->diags);
	struct field *field = arena_new_array(reader->arena, struct field, 1);
	*field = (struct field){
		.name = xml_attribute(xml, "name"),
		.label = read_label(reader, xml),
		.type = type.at ? read_type(reader, xml, type) : FIELD_TEXT,
		.required = read_required(reader, xml, value.at != NULL),
		.value = value,
		.mentions = xml_attribute(xml, "mentions"),
		.takes_debris = read_debris(reader, xml),
		.at = xml->at,
		.first_use = xml->at,
	};
	field->declared = read_declared(reader, xml, field->type);
	field->computation = computation_read(reader, xml);
	field->required &= !field->computation.how;
	read_allowed(reader, xml, field);
	check_default(reader, field);
	return field;
}

static void read_parts(struct reader *reader, const struct xml_node *xml, struct field *field)
{
	if (field->type == FIELD_LIST)
		field->parts = fields_read(reader, xml);
	else if (xml->first)
		diag_add(reader->diags, FIELD_PARTS, xml->first->at,
			field_said(reader->diags, field), field_type_name(field->type));
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
	else if (str_is(field->name, LETTER_DATE))
		diag_add(reader->diags, FIELD_RESERVED, field->at, name);
	else if (earlier)
		diag_add(reader->diags, FIELD_TWICE, field->at, field_said(reader->diags, field),
			diag_int(reader->diags, earlier->at.line));
	else
		return true;
	return false;
}

static void refuse_label(struct reader *reader, struct field *field, const struct field *other)
{
	diag_add(reader->diags, FIELD_LABEL, field->at, diag_str(reader->diags, field->label),
		diag_field(reader->diags, field->name, (struct str){0}),
		diag_str(reader->diags, other->name));
	field->label = (struct str){0};
}

/* Two that are called alike nobody could tell apart, be it that a field's own name is meant. */
static void check_label(struct reader *reader, struct field *others, struct field *field)
{
	for (; others; others = others->next) {
		if (others->label.len && name_is_called(others->label, field->name))
			refuse_label(reader, others, field);
		if (field->label.len &&
			(name_is_called(field->label, others->name) ||
				name_is_called(field->label, others->label)))
			refuse_label(reader, field, others);
	}
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
			check_label(reader, first, field);
			*end = field;
			end = &field->next;
		}
	}
	return first;
}
