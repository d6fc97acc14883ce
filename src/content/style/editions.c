/* editions.c - the other looks of a letter, for who needs them: their names, the files of their
 * styles, and the field by which records ask for one. They are no look themselves, so no letter's
 * key has them. */
#include "style/style_int.h"

#include "base/diag_id.h"
#include "xml/xml.h"

const struct edition_rule edition_rules[] = {
	{"edition", "name", true,
		"a name like large-print, of letters from a to z, digits and hyphens",
		"[a-z0-9]+(-[a-z0-9]+)*"},
	{"edition", "style", true, "the file of another style, from this one's folder",
		".*[^\\s].*"},
	{"editions", "field", true, "the name of a field of the letter", ".*[^\\s].*"},
	{"editions", "usual", false, "the word of those who ask for none, like standard",
		".*[^\\s].*"},
};
const int edition_rule_count = sizeof edition_rules / sizeof *edition_rules;

static bool is_name(struct str value)
{
	for (int i = 0; i < value.len; i++) {
		char c = value.at[i];
		bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
		bool hyphen = c == '-' && i > 0 && i + 1 < value.len && value.at[i - 1] != '-';
		if (!plain && !hyphen)
			return false;
	}
	return value.len > 0;
}

static const struct edition_rule *find_rule(struct str element, struct str name)
{
	for (int i = 0; i < edition_rule_count; i++)
		if (str_is(element, edition_rules[i].element) &&
			str_is(name, edition_rules[i].name))
			return &edition_rules[i];
	return NULL;
}

/* Says what is wrong with the element's attributes; false when something is. */
static bool check(const struct xml_node *xml, struct diags *diags)
{
	int before = diags_count(diags, SEVERITY_ERROR);
	for (const struct xml_attribute *given = xml->attributes; given; given = given->next) {
		const struct edition_rule *rule = find_rule(xml->name, given->name);
		bool named = rule && str_is(xml->name, "edition") && str_is(given->name, "name");
		if (!rule)
			diag_add(diags, ATTRIBUTE_UNKNOWN, given->at, diag_str(diags, xml->name),
				diag_str(diags, given->name));
		else if (named ? !is_name(given->value) : !str_trim(given->value).len)
			diag_add(diags, ATTRIBUTE_VALUE, given->at, rule->name,
				diag_str(diags, given->value), rule->form);
	}
	for (int i = 0; i < edition_rule_count; i++) {
		const struct edition_rule *rule = &edition_rules[i];
		if (rule->required && str_is(xml->name, rule->element) &&
			!xml_attribute(xml, rule->name).at)
			diag_add(diags, ATTRIBUTE_MISSING, xml->at, rule->element, rule->name,
				rule->name, rule->form);
	}
	return diags_count(diags, SEVERITY_ERROR) == before;
}

static const struct edition *find_edition(const struct style *style, struct str name)
{
	for (const struct edition *edition = style->editions; edition; edition = edition->next)
		if (str_eq(edition->name, name))
			return edition;
	return NULL;
}

void edition_read(
	struct arena *arena, struct style *style, const struct xml_node *xml, struct diags *diags)
{
	if (!check(xml, diags))
		return;
	struct str name = xml_attribute(xml, "name");
	if (find_edition(style, name)) {
		diag_add(diags, ATTRIBUTE_VALUE, xml->at, "name", diag_str(diags, name),
			"a name that no other edition has");
		return;
	}
	struct edition **end = &style->editions;
	while (*end)
		end = &(*end)->next;
	*end = arena_new_array(arena, struct edition, 1);
	**end = (struct edition){.name = name, .file = xml_attribute(xml, "style"), .at = xml->at};
}

void editions_read(struct style *style, const struct xml_node *xml, struct diags *diags)
{
	if (!check(xml, diags))
		return;
	style->edition_field = xml_attribute(xml, "field");
	style->edition_field_at = xml->at;
	style->edition_usual = str_trim(xml_attribute(xml, "usual"));
}
