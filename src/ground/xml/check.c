/* check.c - what is refused before libxml2 sees it: bytes that are not UTF-8, other encodings,
 * sizes that would cost memory or time out of proportion. */
#include "xml/xml_int.h"

#include "base/diag_id.h"

#include <stdio.h>
#include <strings.h>

enum { MAX_TAG_BYTES = 64 * 1024 };

static bool check_bytes(struct cursor *cursor, struct diags *diags)
{
	struct str bytes = cursor->bytes;
	const char *nul = bytes.len ? memchr(bytes.at, 0, (size_t)bytes.len) : NULL;
	int bad = utf8_invalid_at(bytes);
	if (nul && (bad < 0 || nul < bytes.at + bad))
		bad = (int)(nul - bytes.at);
	if (bad < 0)
		return true;
	char hex[3];
	snprintf(hex, sizeof hex, "%02X", (unsigned)(unsigned char)bytes.at[bad]);
	diag_add(diags, XML_UTF8, cursor_place(cursor, bad), hex);
	return false;
}

/* The encoding that the XML declaration names, or a str with .at == NULL. */
static struct str declared_encoding(struct str bytes)
{
	struct str name;
	int at = 5;
	if (!str_starts(bytes, "<?xml ") && !str_starts(bytes, "<?xml\t") &&
		!str_starts(bytes, "<?xml\n") && !str_starts(bytes, "<?xml\r"))
		return (struct str){0};
	struct str declaration = str_slice(bytes, 0, scan_tag_end(bytes, 0));
	while (scan_attribute(declaration, &at, &name)) {
		int end = at - 1, from = scan_back(declaration, end, declaration.at[end]) + 1;
		if (str_is(name, "encoding") && from <= end)
			return str_slice(declaration, from, end);
	}
	return (struct str){0};
}

bool xml_is_ascii(struct str bytes)
{
	struct str encoding = declared_encoding(bytes);
	return encoding.len >= 5 && strncasecmp(encoding.at + encoding.len - 5, "ASCII", 5) == 0;
}

static bool check_encoding(struct cursor *cursor, struct diags *diags)
{
	static const char *const good[] = {"UTF-8", "UTF8", "US-ASCII", "ASCII"};
	struct str encoding = declared_encoding(cursor->bytes);
	if (!encoding.at)
		return true;
	const char *name = diag_str(diags, encoding);
	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		if (strcasecmp(name, good[i]) == 0)
			return true;
	diag_add(diags, XML_ENCODING, cursor_place(cursor, (int)(encoding.at - cursor->bytes.at)),
		name);
	return false;
}

/* libxml2 compares each attribute of a tag with all others, so a tag has a limit of its own. */
static bool check_tags(struct cursor *cursor, struct diags *diags)
{
	struct str bytes = cursor->bytes;
	const char *less;
	for (int at = 0; (less = memchr(bytes.at + at, '<', (size_t)(bytes.len - at)));) {
		int tag = (int)(less - bytes.at), text = scan_text(bytes, tag);
		at = text > tag ? text : scan_tag_end(bytes, tag);
		if (text == tag && at - tag > MAX_TAG_BYTES) {
			diag_add(diags, XML_LIMIT, cursor_place(cursor, tag),
				"a tag is longer than 64 KiB");
			return false;
		}
	}
	return true;
}

bool check_before(struct cursor *cursor, struct diags *diags)
{
	if (cursor->bytes.len > XML_MAX_BYTES) {
		diag_add(diags, XML_LIMIT, cursor_place(cursor, 0),
			"the file is larger than 64 MiB");
		return false;
	}
	if (str_trim(cursor->bytes).len == 0) {
		diag_add(diags, XML_SYNTAX, cursor_place(cursor, 0), "there is nothing in it");
		return false;
	}
	return check_bytes(cursor, diags) && check_encoding(cursor, diags) &&
		check_tags(cursor, diags);
}
