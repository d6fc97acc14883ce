/* source.c - a letter → XML in the template's vocabulary, for machines: no fields and conditions
 * are left, so it is a template of this one letter, and read as one it gives the same letter
 * again. */
#include "letter/letter.h"

#include "template/template.h"

static void write_attribute(const char *name, struct str value, struct buf *out)
{
	if (!value.len)
		return;
	buf_format(out, " %s=\"", name);
	buf_xml(out, value);
	buf_char(out, '"');
}

/* One in which a template takes {name} for a field. */
static void write_pattern(const char *name, struct str value, struct buf *out)
{
	struct buf doubled = {0};
	for (int i = 0; i < value.len; i++) {
		bool brace = value.at[i] == '{' || value.at[i] == '}';
		buf_char(&doubled, value.at[i]);
		if (brace)
			buf_char(&doubled, value.at[i]);
	}
	write_attribute(name, buf_text(&doubled), out);
	buf_free(&doubled);
}

static void write_meta(const char *element, struct str text, struct buf *out)
{
	if (!text.len)
		return;
	buf_format(out, "<%s>", element);
	buf_xml(out, text);
	buf_format(out, "</%s>\n", element);
}

void letter_source(const struct letter *letter, struct buf *out)
{
	buf_puts(out,
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		"<letter xmlns=\"" TEMPLATE_NAMESPACE "\"");
	write_attribute("xml:lang", letter->lang, out);
	write_attribute("style", letter->template->style, out);
	write_attribute("date", letter->date, out);
	write_attribute("dir", node_attribute(letter->root, "dir"), out);
	write_pattern("watermark", node_attribute(letter->root, "watermark"), out);
	buf_puts(out, ">\n");
	write_meta("title", letter->title, out);
	write_meta("author", letter->author, out);
	write_meta("description", letter->description, out);
	write_meta("keywords", letter->keywords, out);
	node_each (block, letter->root)
		node_write(block, true, out);
	buf_puts(out, "</letter>\n");
}
