/* fields.c - lettermerge fields: what the template needs of a record, and computes of it. */
#include "cli/cli_int.h"

#include "template/template.h"

#include <stdio.h>

/* Lines of the template in which a field is used. */
static void print_uses(const struct template *template, struct str name)
{
	int last = 0;
	for (const struct node *node = template->root; node;
		node = node_following(node, template->root)) {
		bool used = (node->tag == TAG_FIELD &&
				    str_eq(node_attribute(node, "name"), name)) ||
			str_eq(node_attribute(node, "field"), name);
		if (used && node->at.line != last)
			say_to(stdout, "%s%d", last ? "," : "  lines ", node->at.line);
		last = used ? node->at.line : last;
	}
	say_to(stdout, "\n");
}

static void print_fields(const struct template *template, const struct field *fields, int depth)
{
	for (const struct field *field = fields; field; field = field->next) {
		const struct computation *computation = &field->computation;
		say_to(stdout, "%*s%-*.*s %-7s %-8s", depth * 2, "", 24 - depth * 2,
			str_arg(field->name), field_type_name(field->type),
			computation->how          ? "computed"
				: field->required ? "required"
						  : "optional");
		if (computation->source.len)
			say_to(stdout, " %s \"%.*s\"", compute_name(computation->how),
				str_arg(computation->source));
		if (field->value.at)
			say_to(stdout, " default \"%.*s\"", str_arg(field->value));
		print_uses(template, field->name);
		print_fields(template, field->parts, depth + 1);
	}
}

int command_fields(struct cli *cli)
{
	const struct job_source source = {
		.template = cli_template(cli), .template_bytes = cli->template_bytes};
	const struct template *template = source.template
		? job_read_template(cli->arena, &source, cli->diags)
		: NULL;
	if (!template)
		return cli_fail(cli);
	cli_fail(cli);
	print_fields(template, template->fields, 0);
	return EXIT_GOOD;
}
