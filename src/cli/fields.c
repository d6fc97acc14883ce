/* fields.c - lettermerge fields: what the template needs of a record, and computes of it. */
#include "cli/cli_int.h"

#include "template/template.h"

#include <stdio.h>

/* Lines of the template in which a field is used, with commas between. */
static void put_uses(const struct template *template, struct str name, struct buf *out)
{
	int last = 0;
	for (const struct node *node = template->root; node;
		node = node_following(node, template->root)) {
		bool used = (node->tag == TAG_FIELD &&
				    str_eq(node_attribute(node, "name"), name)) ||
			str_eq(node_attribute(node, "field"), name);
		if (used && node->at.line != last)
			buf_format(out, "%s%d", last ? "," : "", node->at.line);
		last = used ? node->at.line : last;
	}
}

/* How a record comes by a value. */
static const char *need_of(const struct field *field)
{
	return field->computation.how ? "computed" : field->required ? "required" : "optional";
}

enum { NAMES = 25, FACTS = NAMES + 16 }; /* columns */

/* What is told of a field behind its type. */
static void put_facts(const struct field *field, struct str uses, struct buf *out)
{
	const struct computation *computation = &field->computation;
	if (computation->source.len) {
		buf_say(out, " %s ", compute_name(computation->how));
		buf_quoted(out, computation->source);
	}
	if (field->value.at) {
		buf_puts(out, " default ");
		buf_quoted(out, field->value);
	}
	if (field->label.len) {
		buf_puts(out, " label ");
		buf_quoted(out, field->label);
	}
	for (struct str rest = uses, line; str_split(&rest, ',', &line);)
		buf_say(out, "%s%.*s%s", line.at == uses.at ? "  lines " : " ", str_arg(line),
			rest.at ? "," : "");
}

/* A name that is longer than its column has a line of its own. */
static void put_text(const struct field *field, int depth, struct str uses, struct buf *out)
{
	struct buf facts = {0};
	bool is_long = field->name.len >= NAMES - depth * 2;
	put_facts(field, uses, &facts);
	buf_say(out, "%*s%-*.*s", depth * 2, "", NAMES - depth * 2, str_arg(field->name));
	if (is_long)
		buf_say(out, "\n%*s", NAMES, "");
	buf_say(out, "%-7s %-8s", field_type_name(field->type), need_of(field));
	cli_wrap(out, buf_text(&facts), FACTS, NAMES);
	buf_char(out, '\n');
	buf_free(&facts);
}

/* list: in which the field is, as it is declared; "" for none. */
static void put_json(const struct field *field, struct str list, struct str uses, struct buf *out)
{
	const struct computation *computation = &field->computation;
	buf_puts(out, "{\"name\":");
	json_string(out, field->name);
	if (field->label.len)
		json_member(out, "label", field->label);
	if (list.len)
		json_member(out, "list", list);
	buf_format(out, ",\"type\":\"%s\",\"need\":\"%s\"", field_type_name(field->type),
		need_of(field));
	if (computation->source.len) {
		json_member(out, "by", str_of(compute_name(computation->how)));
		json_member(out, "of", computation->source);
	}
	if (field->value.at)
		json_member(out, "default", field->value);
	buf_format(out, ",\"lines\":[%.*s]}\n", str_arg(uses));
}

struct listing {
	const struct cli *cli;
	const struct template *template;
};

static void print_fields(
	struct listing listing, const struct field *fields, struct str list, int depth)
{
	for (const struct field *field = fields; field; field = field->next) {
		struct buf out = {0}, uses = {0};
		put_uses(listing.template, field->name, &uses);
		if (listing.cli->run.json_letters)
			put_json(field, list, buf_text(&uses), &out);
		else
			put_text(field, depth, buf_text(&uses), &out);
		say_as_is(stdout, buf_text(&out));
		buf_free(&out);
		buf_free(&uses);
		print_fields(listing, field->parts, field->name, depth + 1);
	}
}

int command_fields(struct cli *cli)
{
	const struct job_source source = {
		.template = cli_template(cli), .template_bytes = cli->opened.template_bytes};
	const struct template *template = source.template
		? job_read_template(cli->arena, &source, cli->diags)
		: NULL;
	if (!template)
		return cli_fail(cli);
	cli_fail(cli);
	print_fields((struct listing){cli, template}, template->fields, str_lit(""), 0);
	return EXIT_GOOD;
}
