/* scan.c - raw bytes → where things stand in them.
 *
 * libxml2 hands over names and values without places, and its position is that of what it has read
 * so far. A tag's start, its attributes and the start of a text are found again from there. That is
 * cheap and safe because a raw "<" can stand neither in an attribute nor in text. */
#include "xml/xml_int.h"

struct cursor cursor_start(struct str bytes, const char *file)
{
	return (struct cursor){bytes, file, 0, 1, 1};
}

struct place cursor_place(struct cursor *cursor, int offset)
{
	if (offset < cursor->offset)
		*cursor = cursor_start(cursor->bytes, cursor->file);
	for (; cursor->offset < offset && cursor->offset < cursor->bytes.len; cursor->offset++) {
		unsigned char c = (unsigned char)cursor->bytes.at[cursor->offset];
		if (c == '\n') {
			cursor->line++;
			cursor->column = 1;
		} else if ((c & 0xC0) != 0x80) {
			cursor->column++;
		}
	}
	return (struct place){cursor->file, cursor->line, cursor->column};
}

int scan_back(struct str bytes, int at, char c)
{
	for (at--; at > 0 && bytes.at[at] != c; at--)
		;
	return at > 0 ? at : 0;
}

int scan_tag_end(struct str bytes, int at)
{
	char quote = 0;
	for (at++; at < bytes.len && bytes.at[at] != '<'; at++) {
		char c = bytes.at[at];
		if (quote)
			quote = c == quote ? 0 : quote;
		else if (c == '"' || c == '\'')
			quote = c;
		else if (c == '>')
			return at + 1;
	}
	return at;
}

/* Behind the first occurrence of end at or after at. */
static int skip_past(struct str bytes, int at, const char *end)
{
	int found = str_find(str_slice(bytes, at, bytes.len), end);
	return found < 0 ? bytes.len : at + found + (int)strlen(end);
}

int scan_text(struct str bytes, int at)
{
	for (;;) {
		struct str rest = str_slice(bytes, at, bytes.len);
		if (str_starts(rest, "<!--"))
			at = skip_past(bytes, at + 4, "-->");
		else if (str_starts(rest, "<?"))
			at = skip_past(bytes, at + 2, "?>");
		else if (str_starts(rest, "<![CDATA[]]>"))
			at += 12;
		else if (str_starts(rest, "<![CDATA["))
			at += 9;
		else
			return at;
	}
}

static bool ends_name(char c)
{
	return strchr(" \t\r\n=/>", c) != NULL;
}

bool scan_attribute(struct str bytes, int *at, struct str *name)
{
	int from = *at, to, quote;
	while (from < bytes.len && strchr(" \t\r\n", bytes.at[from]))
		from++;
	for (to = from; to < bytes.len && !ends_name(bytes.at[to]); to++)
		;
	for (quote = to; quote < bytes.len && !strchr("\"'<>", bytes.at[quote]); quote++)
		;
	if (from == to || quote == bytes.len || strchr("<>", bytes.at[quote]))
		return false;
	*name = str_slice(bytes, from, to);
	char end[2] = {bytes.at[quote]};
	*at = skip_past(bytes, quote + 1, end);
	return true;
}
