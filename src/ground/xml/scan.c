/* scan.c - raw bytes → where things stand in them.
 *
 * libxml2 hands over names and values without places, and its position is that of what it has read
 * so far. A tag's start, its attributes and the start of a text are found again from there. That is
 * cheap and safe because a raw "<" can stand neither in an attribute nor in text. */
#include "xml/xml_int.h"

struct cursor cursor_start(struct str bytes, struct place origin, int from)
{
	return (struct cursor){bytes, origin, from, from, origin.line, origin.column};
}

/* Behind the first line end of bytes[from, to); 0: there is none. */
static int line_end(struct str bytes, int from, int to)
{
	const char *end = from < to ? memchr(bytes.at + from, '\n', (size_t)(to - from)) : NULL;
	return end ? (int)(end - bytes.at) + 1 : 0;
}

struct place cursor_place(struct cursor *cursor, int offset)
{
	if (offset < cursor->offset)
		*cursor = cursor_start(cursor->bytes, cursor->origin, cursor->from);
	int to = offset < cursor->bytes.len ? offset : cursor->bytes.len, characters = 0;
	for (int end; (end = line_end(cursor->bytes, cursor->offset, to)) > 0;) {
		cursor->line++;
		cursor->column = 1;
		cursor->offset = end;
	}
	for (int i = cursor->offset; i < to; i++)
		characters += (cursor->bytes.at[i] & 0xC0) != 0x80;
	cursor->column += characters;
	cursor->offset = to > cursor->offset ? to : cursor->offset;
	return place_of(cursor->origin.file, cursor->line, cursor->column);
}

struct place xml_place_after(struct place at, struct str bytes)
{
	if (at.line == 1 && at.column == 1 && str_starts(bytes, "\xEF\xBB\xBF"))
		bytes = str_slice(bytes, 3, bytes.len);
	struct cursor cursor = cursor_start(bytes, at, 0);
	return cursor_place(&cursor, bytes.len);
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

/* Behind the token that begins with the "<" at, or -1 when its end is not in the bytes. */
static int token_end(struct str bytes, int at)
{
	static const struct {
		const char *start, *end;
	} tokens[] = {{"<!--", "-->"}, {"<![CDATA[", "]]>"}, {"<?", "?>"}};
	struct str rest = str_slice(bytes, at, bytes.len);
	for (size_t i = 0; i < sizeof tokens / sizeof *tokens; i++) {
		int start = (int)strlen(tokens[i].start);
		int shown = rest.len < start ? rest.len : start;
		if (memcmp(rest.at, tokens[i].start, (size_t)shown) != 0)
			continue;
		int end = rest.len < start
			? -1
			: str_find(str_slice(rest, start, rest.len), tokens[i].end);
		if (end >= 0)
			return at + start + end + (int)strlen(tokens[i].end);
		if (rest.len >= start || rest.len > 1)
			return -1;
	}
	int end = scan_tag_end(bytes, at);
	return end < bytes.len || bytes.at[end - 1] == '>' ? end : -1;
}

enum xml_token xml_scan_token(struct str bytes, struct xml_scan *scan)
{
	const char *less = scan->at < bytes.len
		? memchr(bytes.at + scan->at, '<', (size_t)(bytes.len - scan->at))
		: NULL;
	int tag = less ? (int)(less - bytes.at) : bytes.len;
	int end = less ? token_end(bytes, tag) : -1;
	scan->at = end < 0 ? tag : end;
	if (end < 0)
		return XML_TOKEN_NONE;
	if (bytes.at[tag + 1] == '!' || bytes.at[tag + 1] == '?')
		return XML_TOKEN_ASIDE;
	if (bytes.at[tag + 1] == '/') {
		scan->depth--;
		return XML_TOKEN_CLOSE;
	}
	if (end - tag > 2 && bytes.at[end - 2] == '/')
		return XML_TOKEN_EMPTY;
	scan->depth++;
	return XML_TOKEN_OPEN;
}

bool xml_scan_element(struct str bytes, struct xml_scan *scan)
{
	enum xml_token token;
	while ((token = xml_scan_token(bytes, scan)) != XML_TOKEN_NONE)
		if (scan->depth <= 0 && token != XML_TOKEN_ASIDE)
			return true;
	return false;
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

struct str xml_scan_attribute(struct str bytes, const char *name)
{
	struct str found;
	int at = 1;
	while (at < bytes.len && !ends_name(bytes.at[at]))
		at++;
	while (scan_attribute(bytes, &at, &found)) {
		const char *quote = found.at + found.len, *end = bytes.at + at - 1;
		quote += strcspn(quote, "\"'");
		if (str_is(found, name) && quote < end)
			return (struct str){quote + 1, (int)(end - quote - 1)};
	}
	return (struct str){0};
}
