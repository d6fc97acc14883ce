/* json_text.c - what yajl lets pass, or alters in silence: bytes that are not UTF-8, and escapes
 * that stand for no character. */
#include "recipients/json.h"

#include "base/diag_id.h"

/* The four digits behind "\u" at that place, or -1. */
static int escape_at(struct str bytes, int at)
{
	static const char digits[] = "0123456789abcdef";
	int code = 0;
	if (at + 6 > bytes.len || bytes.at[at] != '\\' || bytes.at[at + 1] != 'u')
		return -1;
	for (int i = at + 2; i < at + 6; i++) {
		char c = bytes.at[i];
		const char *digit = c ? strchr(digits, c >= 'A' && c <= 'F' ? c + 32 : c) : NULL;
		if (!digit)
			return -1;
		code = code * 16 + (int)(digit - digits);
	}
	return code;
}

/* The first escape that stands for no character of a text: half a pair, or the character 0. -1:
 * there is none. */
static int find_bad_escape(struct str bytes)
{
	for (int at = 0; at < bytes.len; at++) {
		if (bytes.at[at] != '\\')
			continue;
		int code = escape_at(bytes, at), second = escape_at(bytes, at + 6);
		bool pair = code >= 0xD800 && code <= 0xDBFF && second >= 0xDC00 &&
			second <= 0xDFFF;
		if (code == 0 || (code >= 0xD800 && code <= 0xDFFF && !pair))
			return at;
		at += pair ? 11 : code < 0 ? 1 : 5;
	}
	return -1;
}

bool json_check_text(struct str bytes, struct place at, struct diags *diags)
{
	int bad = utf8_invalid_at(bytes);
	if (bad >= 0) {
		char hex[3];
		snprintf(hex, sizeof hex, "%02X", (unsigned)(unsigned char)bytes.at[bad]);
		diag_add(diags, JSON_BYTE, xml_place_after(at, str_slice(bytes, 0, bad)), hex);
		return false;
	}
	bad = find_bad_escape(bytes);
	if (bad >= 0)
		diag_add(diags, JSON_ESCAPE, xml_place_after(at, str_slice(bytes, 0, bad)),
			diag_str(diags, str_slice(bytes, bad, bad + 6)));
	return bad < 0;
}
