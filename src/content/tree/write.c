/* write.c - nodes → XML in the vocabulary that they were read from. */
#include "tree/vocabulary.h"

static void write_value(struct str name, struct str value, struct buf *out)
{
	buf_format(out, " %.*s=\"", str_arg(name));
	buf_xml(out, value);
	buf_char(out, '"');
}

/* Braces that stand for themselves are doubled where a {name} might stand. */
static void write_attribute(
	const struct node *node, const struct attribute *a, bool patterns, struct buf *out)
{
	if (!patterns || !attribute_is_pattern(node->tag, a->name)) {
		write_value(a->name, a->value, out);
		return;
	}
	struct buf doubled = {0};
	for (int i = 0; i < a->value.len; i++) {
		if (a->value.at[i] == '{' || a->value.at[i] == '}')
			buf_char(&doubled, a->value.at[i]);
		buf_char(&doubled, a->value.at[i]);
	}
	write_value(a->name, buf_text(&doubled), out);
	buf_free(&doubled);
}

static void write_start(
	const struct node *node, const char *element, bool patterns, struct buf *out)
{
	buf_format(out, "<%s", element);
	if (node->tag != TAG_FIELD)
		for (const struct attribute *a = node->attributes; a; a = a->next)
			write_attribute(node, a, patterns, out);
	if (node->parent && node->lang.len && !str_eq(node->lang, node->parent->lang))
		write_value(str_lit("xml:lang"), node->lang, out);
}

/* A field is its value, in a span when that has a language of its own. */
static const char *element_of(const struct node *node)
{
	bool foreign = node->parent && !str_eq(node->lang, node->parent->lang);
	if (node->tag == TAG_FIELD)
		return foreign ? tag_element(TAG_SPAN) : NULL;
	return tag_element(node->tag);
}

void node_write(const struct node *node, bool patterns, struct buf *out)
{
	const char *element = element_of(node);
	bool apart = tag_is_block(node->tag) || tag_class(node->tag) == CLASS_PART;
	if (node->tag == TAG_TEXT) {
		buf_xml(out, node->counted ? str_lit("") : node->text);
		return;
	}
	if (element)
		write_start(node, element, patterns, out);
	if (element && tag_content(node->tag) == CONTENT_NONE && node->tag != TAG_FIELD) {
		buf_puts(out, apart ? "/>\n" : "/>");
		return;
	}
	if (element)
		buf_puts(out, apart && !tag_is_paragraph(node->tag) ? ">\n" : ">");
	node_each (child, node)
		node_write(child, patterns, out);
	if (element)
		buf_format(out, "</%s>%s", element, apart ? "\n" : "");
}
