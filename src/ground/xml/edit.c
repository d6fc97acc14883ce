/* edit.c - bytes of a file that somebody wrote → the same with other attributes on a tag. Nothing
 * else moves: comments, the order of attributes, white space and line ends stay. */
#include "xml/xml_int.h"

int xml_offset(struct str bytes, struct place at)
{
	int from = str_starts(bytes, "\xEF\xBB\xBF") ? 3 : 0;
	struct cursor cursor = cursor_start(bytes, place_of(at.file, 1, 1), from);
	for (int offset = from; offset < bytes.len; offset++) {
		if (bytes.at[offset] != '<')
			continue;
		struct place here = cursor_place(&cursor, offset);
		if (here.line > at.line)
			break;
		if (here.line == at.line && here.column == at.column)
			return offset;
	}
	return -1;
}

struct xml_span xml_span_of(struct str bytes, int tag)
{
	struct xml_span span = {.tag = tag, .from = scan_tag_end(bytes, tag)};
	struct xml_scan scan = {tag, 0};
	xml_scan_element(bytes, &scan);
	span.end = scan.at;
	span.empty = span.end == span.from;
	span.to = span.empty ? span.from : scan_back(bytes, span.end, '<');
	return span;
}

static bool is_among(struct str name, const char *const *names)
{
	while (*names && !str_is(name, *names))
		names++;
	return *names != NULL;
}

int xml_rewrite_tag(struct str bytes, int tag, const char *const *drop,
	const struct xml_attribute *add, struct buf *out)
{
	int end = scan_tag_end(bytes, tag), at = tag, kept;
	struct str inside = str_slice(bytes, 0, end), name;
	while (!strchr(" \t\r\n/>", bytes.at[at]))
		at++;
	buf_str(out, str_slice(bytes, tag, at));
	for (kept = at; scan_attribute(inside, &at, &name); kept = at)
		if (!is_among(name, drop))
			buf_str(out, str_slice(bytes, kept, at));
	for (; add; add = add->next) {
		buf_format(out, " %.*s=\"", str_arg(add->name));
		buf_xml(out, add->value);
		buf_char(out, '"');
	}
	buf_str(out, str_slice(bytes, kept, end));
	return end;
}
