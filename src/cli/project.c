/* project.c - lettermerge.xml in the folder at hand: an element for each option that it gives a
 * value. templates/project.rng says the same for editors. */
#include "cli/cli_int.h"

#include "base/diag_id.h"
#include "recipients/recipients.h"
#include "xml/xml.h"

/* The name as messages have it: "<out>". */
static const char *shown_name(struct cli *cli, const struct xml_node *element)
{
	return str_format(cli->arena, "<%.*s>", str_arg(element->name)).at;
}

static void refuse(struct cli *cli, const struct xml_node *element)
{
	const char *name = shown_name(cli, element);
	bool ours = str_is(element->namespace, PROJECT_NAMESPACE);
	if (setting_is_secret(element->name)) {
		diag_add(cli->diags, SETTING_SECRET, element->at, name);
	} else if (ours && option_find(element->name, SAID_ON_LINE) >= 0) {
		diag_add(cli->diags, SETTING_ONCE, element->at, name,
			diag_str(cli->diags, element->name));
	} else {
		struct nearest nearest = nearest_start(element->name);
		for (int i = 0; i < option_row_count; i++)
			if (option_rows[i].weakest == SAID_IN_PROJECT)
				nearest_try(&nearest, str_of(option_rows[i].name));
		diag_add(cli->diags, SETTING_UNKNOWN, element->at, name);
		nearest_hint(&nearest, cli->diags);
	}
}

/* Its words, and where they begin; .at is NULL after an error. */
static struct str value_of(struct cli *cli, const struct xml_node *element, struct place *at)
{
	struct str value = {0};
	for (const struct xml_node *node = element->first; node; node = node->next)
		if (node->name.len) {
			diag_add(cli->diags, SETTING_UNKNOWN, node->at, shown_name(cli, node));
			return value;
		}
	if (element->first)
		value = str_trim(element->first->text);
	*at = element->first ? xml_text_place(element->first) : element->at;
	if (!value.len)
		diag_add(cli->diags, SETTING_EMPTY, element->at, shown_name(cli, element));
	return value.len ? str_copy(cli->arena, value) : (struct str){0};
}

static bool holds_secret(const char *value)
{
	return recipients_has_password(value) || str_find(str_of(value), "pin-value=") >= 0;
}

static void refuse_attributes(struct cli *cli, const struct xml_node *element)
{
	for (const struct xml_attribute *a = element->attributes; a; a = a->next)
		diag_add(cli->diags, ATTRIBUTE_UNKNOWN, a->at, diag_str(cli->diags, element->name),
			diag_str(cli->diags, a->name));
}

static bool stands_before(const struct xml_node *root, const struct xml_node *element)
{
	const struct xml_node *node = root->first;
	while (node != element && !str_eq(node->name, element->name))
		node = node->next;
	return node != element;
}

static void take(struct cli *cli, const struct xml_node *root, const struct xml_node *element)
{
	bool ours = str_is(element->namespace, PROJECT_NAMESPACE);
	int row = ours ? option_find(element->name, SAID_IN_PROJECT) : -1;
	struct place at = element->at;
	if (row < 0) {
		refuse(cli, element);
		return;
	}
	refuse_attributes(cli, element);
	if (!option_rows[row].many && stands_before(root, element)) {
		diag_add(cli->diags, ELEMENT_TWICE, element->at, option_rows[row].name);
		return;
	}
	struct str value = value_of(cli, element, &at);
	if (value.at && holds_secret(value.at))
		diag_add(cli->diags, SETTING_SECRET, at, shown_name(cli, element));
	else if (value.at)
		cli_take(cli,
			(struct setting){
				row, SAID_IN_PROJECT, shown_name(cli, element), value.at, at});
}

static void take_all(struct cli *cli, const struct xml_node *root)
{
	refuse_attributes(cli, root);
	for (const struct xml_node *node = root->first; node; node = node->next)
		if (node->name.len)
			take(cli, root, node);
		else if (str_trim(node->text).len)
			diag_add(cli->diags, TEXT_MISPLACED, xml_text_place(node), "project",
				"put it between the tags of an element, as in <out>letters</out>");
}

bool cli_read_project(struct cli *cli)
{
	bool verifies = cli->bit ==
		1u << COMMAND_VERIFY; /* the letters do not say whom to believe */
	if (cli_stands_alone(cli) || verifies || !file_exists(PROJECT_FILE))
		return true;
	struct str bytes = file_read(cli->arena, PROJECT_FILE, place_none(), cli->diags);
	const struct xml_node *root = NULL;
	if (bytes.at)
		root = xml_read(cli->arena, bytes, PROJECT_FILE, cli->diags);
	if (root && xml_check_root(root, "project", PROJECT_NAMESPACE, cli->diags))
		take_all(cli, root);
	return !diags_failed(cli->diags);
}
