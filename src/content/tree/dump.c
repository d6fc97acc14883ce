/* dump.c - a tree as text for golden files: one node a line, places as line:column. */
#include "tree/tree.h"

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
