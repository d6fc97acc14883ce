/* write.c - a record → XML, wherever it came from. Its values say the same when they are read
 * again; white space at which lines were turned is not kept. */
#include "recipients/recipients_int.h"

struct writer {
	struct buf *out;
	struct str lang; /* of what is around */
};

static void open_element(struct writer *writer, struct str name, struct str lang, struct str around)
{
	buf_format(writer->out, "<%.*s", str_arg(name));
	if (lang.len && !str_eq(lang, around)) {
		buf_puts(writer->out, " xml:lang=\"");
		buf_xml(writer->out, lang);
		buf_char(writer->out, '"');
	}
}

static void write_values(struct writer *writer, const struct value *values);

static void write_content(struct writer *writer, const struct value *value)
{
	if (value->rich) {
		node_each (node, value->rich)
			node_write(node, false, writer->out);
		return;
	}
	for (int i = 0; i < value->line_count; i++) {
		const struct words *line = &value->lines[i];
		if (value->line_count > 1 || !str_eq(line->lang, value->lang)) {
			open_element(writer, str_lit("line"), line->lang, value->lang);
			buf_char(writer->out, '>');
			buf_xml(writer->out, line->text);
			buf_puts(writer->out, "</line>");
		} else {
			buf_xml(writer->out, line->text);
		}
	}
	if (value->parts) {
		struct writer inner = {writer->out, value->lang};
		buf_char(writer->out, '\n');
		write_values(&inner, value->parts);
	}
}

static void write_value(struct writer *writer, const struct value *value, struct str name)
{
	open_element(writer, name, value->lang, writer->lang);
	buf_char(writer->out, '>');
	write_content(writer, value);
	buf_format(writer->out, "</%.*s>\n", str_arg(name));
}

/* "vru.highlight" stands in <vru>. */
static void write_path(struct writer *writer, const struct value *value, struct str path)
{
	struct str rest = path, step;
	if (str_split(&rest, '.', &step) && rest.len) {
		buf_format(writer->out, "<%.*s>", str_arg(step));
		write_path(writer, value, rest);
		buf_format(writer->out, "</%.*s>\n", str_arg(step));
		return;
	}
	write_value(writer, value, path);
}

static void write_values(struct writer *writer, const struct value *values)
{
	for (; values; values = values->next)
		write_path(writer, values, values->name);
}

/* The language that all values begin with, which then need not say it; empty: they have none. */
static struct str common_lang(const struct value *values)
{
	struct str lang = values ? values->lang : str_lit("");
	for (; values; values = values->next)
		if (!values->lang.len)
			return str_lit("");
	return lang;
}

void recipient_write(const struct recipient *recipient, struct buf *out)
{
	struct writer writer = {out, common_lang(recipient->values)};
	buf_puts(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
	open_element(&writer, str_lit("recipient"), writer.lang, str_lit(""));
	buf_format(out, " xmlns=\"" RECIPIENT_NAMESPACE "\" id=\"%.*s\"", str_arg(recipient->id));
	if (recipient->edition.len) {
		buf_puts(out, " edition=\"");
		buf_xml(out, recipient->edition);
		buf_char(out, '"');
	}
	buf_puts(out, ">\n");
	write_values(&writer, recipient->values);
	buf_puts(out, "</recipient>\n");
}

/* -- as plain text ----------------------------------------------------------------------------- */

static void text_words(struct str text, struct buf *out)
{
	bool space = false, begun = false;
	for (int i = 0; i < text.len; i++) {
		bool white = strchr(" \t\r\n", text.at[i]) != NULL;
		if (!white && space && begun)
			buf_char(out, ' ');
		if (!white)
			buf_char(out, text.at[i]);
		begun = begun || !white;
		space = white;
	}
}

void recipient_text(const struct value *values, struct buf *out)
{
	for (; values; values = values->next) {
		text_words(values->text, out);
		buf_char(out, '\n');
		recipient_text(values->parts, out);
	}
}
