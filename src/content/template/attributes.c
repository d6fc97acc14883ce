/* attributes.c - attributes of an element, read by the rules of the vocabulary. */
#include "template/template_int.h"

#include "base/diag_id.h"

/* Sets has_fields, and resolves doubled braces when it is not set; false after an error. */
static bool read_pattern(struct reader *reader, struct attribute *attribute)
{
	struct str rest = attribute->value, piece;
	struct buf words = {0};
	bool good = true;
	for (enum pattern_piece kind; (kind = pattern_next(&rest, &piece)) != PATTERN_END;) {
		good &= kind != PATTERN_BAD;
		if (kind == PATTERN_BAD)
			diag_add(reader->diags, BRACE, attribute->at,
				diag_str(reader->diags, attribute->name));
		attribute->has_fields |= kind == PATTERN_NAME;
		buf_str(&words, kind == PATTERN_WORDS ? piece : (struct str){0});
	}
	if (!attribute->has_fields)
		attribute->value = str_copy(reader->arena, buf_text(&words));
	buf_free(&words);
	return good;
}

/* -- reading ----------------------------------------------------------------------------------- */

static void report_unknown(struct reader *reader, enum tag tag, const struct xml_node *xml,
	const struct xml_attribute *attribute)
{
	struct diags *diags = reader->diags;
	diag_add(diags, ATTRIBUTE_UNKNOWN, attribute->at, diag_str(diags, xml->name),
		diag_str(diags, attribute->name));
	struct nearest nearest = nearest_start(attribute->name);
	for (int i = 0; i < attribute_rule_count; i++)
		if (attribute_rules[i].tag == tag)
			nearest_try(&nearest, str_of(attribute_rules[i].name));
	nearest_try(&nearest, str_lit("xml:lang"));
	nearest_hint(&nearest, diags);
	const char *hint = foreign_attribute_hint(reader->arena, xml->name, attribute);
	if (hint)
		diag_hint(diags, hint);
}

static void read_attribute(struct reader *reader, const struct attribute_rule *rule,
	const struct xml_attribute *given, struct node *node, struct attribute ***end)
{
	bool pattern = attribute_rule_is_pattern(rule) && !reader->rich;
	struct attribute *attribute = arena_new_array(reader->arena, struct attribute, 1);
	*attribute = (struct attribute){
		.name = given->name, .value = given->value, .at = given->at};
	bool good = !pattern || read_pattern(reader, attribute);
	if (good && !attribute->has_fields && !attribute_fits(rule, attribute->value))
		diag_add(reader->diags, ATTRIBUTE_VALUE, given->at,
			diag_str(reader->diags, given->name), diag_str(reader->diags, given->value),
			attribute_form(rule));
	if (rule->kind == KIND_LANG) {
		node->lang = given->value;
		return;
	}
	**end = attribute;
	*end = &attribute->next;
}

void attributes_read(struct reader *reader, const struct xml_node *xml, struct node *node)
{
	struct attribute **end = &node->attributes;
	for (const struct xml_attribute *given = xml->attributes; given; given = given->next) {
		const struct attribute_rule *rule = attribute_find_rule(node->tag, given->name);
		if (rule)
			read_attribute(reader, rule, given, node, &end);
		else
			report_unknown(reader, node->tag, xml, given);
	}
	for (int i = 0; i < attribute_rule_count; i++) {
		const struct attribute_rule *rule = &attribute_rules[i];
		if (rule->tag == node->tag && rule->required &&
			!node_attribute(node, rule->name).at)
			diag_add(reader->diags, ATTRIBUTE_MISSING, xml->at, tag_element(node->tag),
				rule->name, rule->name, attribute_form(rule));
	}
}

void attributes_check_names(
	const struct xml_node *xml, const char *const *names, int count, struct diags *diags)
{
	for (const struct xml_attribute *given = xml->attributes; given; given = given->next) {
		struct nearest nearest = nearest_start(given->name);
		bool known = false;
		for (int i = 0; i < count; i++) {
			known |= str_is(given->name, names[i]);
			nearest_try(&nearest, str_of(names[i]));
		}
		if (known)
			continue;
		diag_add(diags, ATTRIBUTE_UNKNOWN, given->at, diag_str(diags, xml->name),
			diag_str(diags, given->name));
		nearest_hint(&nearest, diags);
	}
}
