/* put.c - PDF's syntax into a buffer: numbers, names, strings (ISO 32000-1 7.3).
 *
 * Numbers are integers in thousandths, written with up to three decimals. libharu's own HPDF_Real
 * prints a float, differently from release to release. */
#include "pdf/put_int.h"

/* Bytes of a string, below PDF/A's 32,767. */
enum { TEXT_MAX = 32000 };

int64_t milli(sp length)
{
	return ((int64_t)length * 1000 + (length < 0 ? -SP_PER_PT / 2 : SP_PER_PT / 2)) / SP_PER_PT;
}

static char *digits_at(char *out, uint64_t number)
{
	char digits[20];
	int at = sizeof digits;
	do
		digits[--at] = (char)('0' + number % 10);
	while (number /= 10);
	memcpy(out, digits + at, sizeof digits - (size_t)at);
	return out + sizeof digits - (size_t)at;
}

void put_int(struct buf *out, int64_t number)
{
	buf_reserve(out, 24);
	char *at = out->at + out->len;
	if (number < 0)
		*at++ = '-';
	at = digits_at(at, number < 0 ? 0 - (uint64_t)number : (uint64_t)number);
	out->len = (size_t)(at - out->at);
}

char *put_milli_at(char *out, int64_t thousandths)
{
	uint64_t number = thousandths < 0 ? 0 - (uint64_t)thousandths : (uint64_t)thousandths;
	unsigned part = (unsigned)(number % 1000);
	if (thousandths < 0)
		*out++ = '-';
	if (number >= 1000 || part == 0)
		out = digits_at(out, number / 1000);
	if (part) {
		*out++ = '.';
		for (unsigned unit = 100; part; part %= unit, unit /= 10)
			*out++ = (char)('0' + part / unit);
	}
	return out;
}

void put_milli(struct buf *out, int64_t thousandths)
{
	buf_reserve(out, 24);
	out->len = (size_t)(put_milli_at(out->at + out->len, thousandths) - out->at);
}

void put_ref(struct buf *out, unsigned id)
{
	put_int(out, id);
	buf_put(out, " 0 R", 4);
}

void put_key_int(struct buf *out, const char *key, int64_t number)
{
	buf_puts(out, key);
	buf_char(out, ' ');
	put_int(out, number);
}

void put_key_ref(struct buf *out, const char *key, unsigned id)
{
	put_key_int(out, key, id);
	buf_put(out, " 0 R", 4);
}

void put_hex(struct buf *out, uint64_t number, int digits)
{
	for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4)
		buf_char(out, "0123456789ABCDEF"[number >> shift & 15]);
}

void put_name(struct buf *out, const char *name)
{
	buf_char(out, '/');
	for (; *name; name++) {
		if (*name > ' ' && *name < 127 && !strchr("()<>[]{}/%#", *name)) {
			buf_char(out, *name);
		} else {
			buf_char(out, '#');
			put_hex(out, (unsigned char)*name, 2);
		}
	}
}

void put_utf16_hex(struct buf *out, struct str utf8)
{
	for (int at = 0; at < utf8.len;) {
		uint32_t c = utf8_next(utf8, &at);
		if (c > 0xFFFF) {
			put_hex(out, 0xD800 + ((c - 0x10000) >> 10), 4);
			c = 0xDC00 + ((c - 0x10000) & 0x3FF);
		}
		put_hex(out, c, 4);
	}
}

static bool is_plain(struct str text)
{
	for (int i = 0; i < text.len; i++)
		if (text.at[i] < ' ' || text.at[i] > '~')
			return false;
	return true;
}

/* Cut between characters; a character of UTF-8 becomes at most twice its bytes in UTF-16. */
static struct str cut(struct str text, int limit)
{
	if (text.len <= limit)
		return text;
	while (limit > 0 && (text.at[limit] & 0xC0) == 0x80)
		limit--;
	return str_slice(text, 0, limit);
}

void put_text(struct buf *out, struct str utf8)
{
	if (!is_plain(utf8)) {
		buf_puts(out, "<FEFF");
		put_utf16_hex(out, cut(utf8, TEXT_MAX / 2));
		buf_char(out, '>');
		return;
	}
	utf8 = cut(utf8, TEXT_MAX);
	buf_char(out, '(');
	for (int i = 0; i < utf8.len; i++) {
		if (strchr("()\\", utf8.at[i]))
			buf_char(out, '\\');
		buf_char(out, utf8.at[i]);
	}
	buf_char(out, ')');
}

void put_xml(struct buf *out, struct str utf8)
{
	for (int i = 0; i < utf8.len; i++) {
		switch (utf8.at[i]) {
		case '&':
			buf_puts(out, "&amp;");
			break;
		case '<':
			buf_puts(out, "&lt;");
			break;
		case '>':
			buf_puts(out, "&gt;");
			break;
		case '"':
			buf_puts(out, "&quot;");
			break;
		default:
			buf_char(out, utf8.at[i]);
		}
	}
}
