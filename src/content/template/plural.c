/* plural.c - choices by a number: their arms against the categories that numbers of the language
 * where they stand have (Unicode CLDR's plural rules). */
#include "template/template_int.h"

#include "base/diag_id.h"

static void check_field(struct check *check, const struct scope *scope, const struct node *plural)
{
	struct str name = node_attribute(plural, "field");
	const struct field *field = name.at ? field_use(check, scope, name, plural->at) : NULL;
	if (field && field->type != FIELD_NUMBER)
		diag_add(check->diags, ATTRIBUTE_VALUE, plural->at, "field",
			diag_str(check->diags, name), "the name of a field of type number");
}

const struct node *plural_arm(const struct node *plural, enum plural category)
{
	node_each (arm, plural)
		if (arm->tag == (enum tag)(TAG_ZERO + category))
			return arm;
	return NULL;
}

static void check_twice(struct check *check, const struct node *plural)
{
	node_each (arm, plural)
		if (plural_arm(plural, (enum plural)(arm->tag - TAG_ZERO)) != arm)
			diag_add(check->diags, ELEMENT_TWICE, arm->at, tag_element(arm->tag));
}

/* A category of numbers beyond a million alone is asked for by the letter that has one. */
static void check_category(
	struct check *check, const struct node *plural, enum plural category, const char *example)
{
	const struct node *arm = plural_arm(plural, category);
	const char *name = plural_name(category), *lang = diag_str(check->diags, plural->lang);
	if (!arm && example && example[0])
		diag_add(check->diags, PLURAL_MISSING, plural->at, name, lang, example, name, name);
	else if (arm && !example)
		diag_add(check->diags, PLURAL_NEVER, arm->at, name, lang);
}

void check_plural(struct check *check, const struct scope *scope, const struct node *plural)
{
	struct plural_examples examples;
	check_field(check, scope, plural);
	check_twice(check, plural);
	if (!plural_arm(plural, PLURAL_OTHER)) {
		diag_add0(check->diags, PLURAL_OTHER_MISSING, plural->at);
		return;
	}
	if (!plural_examples_find(plural->lang, &examples))
		return;
	for (enum plural category = PLURAL_ZERO; category < PLURAL_OTHER; category++)
		check_category(check, plural, category, examples.of[category]);
}
