/* dump.c - a record as text for golden files. */
#include "recipients/recipients.h"
#include "template/template.h"

static void dump_values(const struct value *values, int depth, struct buf *out)
{
	for (; values; values = values->next) {
		buf_format(out, "%*s%.*s %d:%d", 2 * depth, "", str_arg(values->name),
			values->at.line, values->at.column);
		if (values->lang.len)
			buf_format(out, " lang=%.*s", str_arg(values->lang));
		buf_puts(out, values->unconfirmed ? " unconfirmed" : "");
		for (int i = 0; i < values->line_count; i++) {
			buf_puts(out, i ? " | " : " ");
			json_string(out, values->lines[i].text);
			if (!str_eq(values->lines[i].lang, values->lang))
				buf_format(out, " lang=%.*s", str_arg(values->lines[i].lang));
		}
		buf_char(out, '\n');
		if (values->rich)
			node_dump(values->rich, depth + 1, out);
		dump_values(values->parts, depth + 1, out);
	}
}

void recipient_dump(const struct recipient *recipient, struct buf *out)
{
	buf_format(out, "recipient id=%.*s %d:%d\n", str_arg(recipient->id), recipient->at.line,
		recipient->at.column);
	dump_values(recipient->values, 1, out);
}
