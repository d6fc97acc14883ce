/* dump.c - a template as text for golden files: one thing a line, places as line:column. */
#include "template/template.h"

static void dump_fields(const struct field *field, int depth, struct buf *out)
{
	for (; field; field = field->next) {
		buf_format(out, "%*s%.*s %s %d:%d%s", 2 * depth, "", str_arg(field->name),
			field_type_name(field->type), field->at.line, field->at.column,
			field->required ? " required" : "");
		if (field->value.at) {
			buf_puts(out, " default=");
			json_string(out, field->value);
		}
		if (field->computation.how)
			buf_format(out, " %s=%.*s", compute_name(field->computation.how),
				str_arg(field->computation.source));
		if (field->used)
			buf_format(
				out, " used=%d:%d", field->first_use.line, field->first_use.column);
		buf_char(out, '\n');
		dump_fields(field->parts, depth + 1, out);
	}
}

void template_dump(const struct template *template, struct buf *out)
{
	const struct node *const meta[] = {
		template->title, template->author, template->description, template->keywords};
	buf_format(out, "template lang=%.*s style=%.*s date=%.*s nodes=%d\n",
		str_arg(template->lang), str_arg(template->style), str_arg(template->date),
		template->node_count);
	buf_puts(out, "fields\n");
	dump_fields(template->fields, 1, out);
	for (size_t i = 0; i < sizeof meta / sizeof *meta; i++)
		if (meta[i])
			node_dump(meta[i], 0, out);
	node_dump(template->root, 0, out);
}
