/* dump.c - a template as text for golden files: one thing a line, places as line:column. */
#include "template/template.h"

static void dump_member(struct str name, struct str value, struct buf *out)
{
	buf_format(out, " %.*s=", str_arg(name));
	json_string(out, value);
}

static void dump_one(const struct node *node, int depth, struct buf *out)
{
	buf_format(out, "%*s%d %s %d:%d", 2 * depth, "", node->id,
		node->tag == TAG_TEXT ? "text" : tag_element(node->tag), node->at.line,
		node->at.column);
	for (const struct attribute *a = node->attributes; a; a = a->next)
		dump_member(a->name, a->value, out);
	if (!node->parent || !str_eq(node->lang, node->parent->lang))
		dump_member(str_lit("lang"), node->lang, out);
	if (node->note_number)
		buf_format(out, " number=%d", node->note_number);
	if (node->constant && (!node->parent || !node->parent->constant))
		buf_puts(out, " constant");
	if (node->tag == TAG_TEXT) {
		buf_char(out, ' ');
		json_string(out, node->text);
	}
	buf_char(out, '\n');
}

void node_dump(const struct node *node, int depth, struct buf *out)
{
	dump_one(node, depth, out);
	node_each (child, node)
		node_dump(child, depth + 1, out);
}

static void dump_fields(const struct field *field, int depth, struct buf *out)
{
	for (; field; field = field->next) {
		buf_format(out, "%*s%.*s %s %d:%d%s", 2 * depth, "", str_arg(field->name),
			field_type_name(field->type), field->at.line, field->at.column,
			field->required ? " required" : "");
		if (field->value.at)
			dump_member(str_lit("default"), field->value, out);
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
