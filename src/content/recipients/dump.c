/* dump.c - a record as text for golden files. */
#include "recipients/recipients.h"
#include "template/template.h"

static void dump_standing(const struct value *value, struct buf *out)
{
	const char *standing = standing_name(value_standing(value));
	buf_format(out, "%s%s", *standing ? " " : "", standing);
	if (value->about && value->about->valid.len)
		buf_format(out, " valid=%.*s", str_arg(value->about->valid));
}

static void dump_evidence(const struct about *about, int depth, struct buf *out)
{
	for (int i = 0; about && i < about->evidence_count; i++) {
		const struct evidence *evidence = about->evidence[i];
		const struct {
			const char *name;
			struct str text;
		} parts[] = {{"", evidence->words}, {" href=", evidence->href},
			{" date=", evidence->date}, {" quote=", evidence->quote},
			{" remark=", evidence->remark}};
		buf_format(out, "%*ssource %d:%d ", 2 * depth, "", evidence->at.line,
			evidence->at.column);
		for (size_t k = 0; k < sizeof parts / sizeof *parts; k++) {
			if (k && !parts[k].text.len)
				continue;
			buf_puts(out, parts[k].name);
			json_string(out, parts[k].text);
		}
		buf_char(out, '\n');
	}
}

static void dump_values(const struct value *values, int depth, struct buf *out)
{
	for (; values; values = values->next) {
		buf_format(out, "%*s%.*s %d:%d", 2 * depth, "", str_arg(values->name),
			values->at.line, values->at.column);
		if (values->lang.len)
			buf_format(out, " lang=%.*s", str_arg(values->lang));
		dump_standing(values, out);
		for (int i = 0; i < values->line_count; i++) {
			buf_puts(out, i ? " | " : " ");
			json_string(out, values->lines[i].text);
			if (!str_eq(values->lines[i].lang, values->lang))
				buf_format(out, " lang=%.*s", str_arg(values->lines[i].lang));
		}
		buf_char(out, '\n');
		dump_evidence(values->about, depth + 1, out);
		if (values->rich)
			node_dump(values->rich, depth + 1, out);
		dump_values(values->parts, depth + 1, out);
	}
}

void recipient_dump(const struct recipient *recipient, struct buf *out)
{
	buf_format(out, "recipient id=%.*s %d:%d", str_arg(recipient->id), recipient->at.line,
		recipient->at.column);
	if (recipient->edition.len)
		buf_format(out, " edition=%.*s", str_arg(recipient->edition));
	buf_char(out, '\n');
	dump_values(recipient->values, 1, out);
}
