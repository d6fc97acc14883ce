/* str.c - text slices, UTF-8, growing buffers. */
#include "base/str.h"

#include "base/arena.h"
#include "base/ascii.h"
#include "base/heap.h"

#include <assert.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

int str_cmp(struct str a, struct str b)
{
	int common = a.len < b.len ? a.len : b.len;
	int order = common ? memcmp(a.at, b.at, (size_t)common) : 0;
	return order ? order : (a.len > b.len) - (a.len < b.len);
}

int str_order(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

bool lang_begins(struct str lang, const char *range)
{
	int len = (int)strlen(range);
	return lang.len >= len && strncasecmp(lang.at, range, (size_t)len) == 0 &&
		(lang.len == len || lang.at[len] == '-');
}

bool str_ends(struct str s, const char *suffix)
{
	struct str e = str_of(suffix);
	return s.len >= e.len && str_eq(str_slice(s, s.len - e.len, s.len), e);
}

/* Most needles begin with a character that a text does not have, and memchr finds that out in a
 * tenth of memmem's time. */
int str_find(struct str s, const char *needle)
{
	const char *found = s.len ? memchr(s.at, *needle, (size_t)s.len) : NULL;
	if (found)
		found = memmem(found, (size_t)(s.at + s.len - found), needle, strlen(needle));
	return found ? (int)(found - s.at) : -1;
}

struct str str_trim(struct str s)
{
	int from = 0, to = s.len;
	while (from < to && ascii_is_space(s.at[from]))
		from++;
	while (from < to && ascii_is_space(s.at[to - 1]))
		to--;
	return str_slice(s, from, to);
}

bool str_split(struct str *rest, char separator, struct str *part)
{
	if (!rest->at)
		return false;
	const char *found = rest->len ? memchr(rest->at, separator, (size_t)rest->len) : NULL;
	int len = found ? (int)(found - rest->at) : rest->len;
	*part = str_slice(*rest, 0, len);
	*rest = found ? str_slice(*rest, len + 1, rest->len) : (struct str){0};
	return true;
}

uint64_t str_hash(struct str s)
{
	uint64_t hash = UINT64_C(14695981039346656037);
	for (int i = 0; i < s.len; i++)
		hash = (hash ^ (unsigned char)s.at[i]) * UINT64_C(1099511628211);
	return hash;
}

char *str_chars(struct arena *arena, struct str s)
{
	char *at = arena_take(arena, (size_t)s.len + 1);
	if (s.len > 0)
		memcpy(at, s.at, (size_t)s.len);
	at[s.len] = 0;
	return at;
}

struct str str_copy(struct arena *arena, struct str s)
{
	return (struct str){str_chars(arena, s), s.len};
}

struct str str_joined(struct arena *arena, struct str a, struct str b)
{
	char *at = arena_alloc(arena, (size_t)a.len + (size_t)b.len + 1);
	if (a.len > 0)
		memcpy(at, a.at, (size_t)a.len);
	if (b.len > 0)
		memcpy(at + a.len, b.at, (size_t)b.len);
	return (struct str){at, a.len + b.len};
}

struct str str_format(struct arena *arena, const char *format, ...)
{
	va_list args, again;
	assert(format);
	va_start(args, format);
	va_copy(again, args);
	int len = vsnprintf(NULL, 0, format, args);
	assert(len >= 0);
	char *at = arena_alloc(arena, (size_t)len + 1);
	vsnprintf(at, (size_t)len + 1, format, again);
	va_end(again);
	va_end(args);
	return (struct str){at, len};
}

/* Length of the well-formed sequence at s, or 0 (Unicode table 3-7). */
static int utf8_length(const unsigned char *s, int left)
{
	if (s[0] < 0x80)
		return 1;
	if (s[0] < 0xC2 || s[0] > 0xF4)
		return 0;
	int len = s[0] < 0xE0 ? 2 : s[0] < 0xF0 ? 3 : 4;
	if (left < len)
		return 0;
	unsigned char low = s[0] == 0xE0 ? 0xA0 : s[0] == 0xF0 ? 0x90 : 0x80;
	unsigned char high = s[0] == 0xED ? 0x9F : s[0] == 0xF4 ? 0x8F : 0xBF;
	if (s[1] < low || s[1] > high)
		return 0;
	for (int i = 2; i < len; i++)
		if ((s[i] & 0xC0) != 0x80)
			return 0;
	return len;
}

int utf8_invalid_at(struct str s)
{
	for (int at = 0; at < s.len;) {
		int len = utf8_length((const unsigned char *)s.at + at, s.len - at);
		if (!len)
			return at;
		at += len;
	}
	return -1;
}

uint32_t utf8_next_long(struct str s, int *at)
{
	const unsigned char *p = (const unsigned char *)s.at + *at;
	int len = p[0] < 0xE0 ? 2 : p[0] < 0xF0 ? 3 : 4;
	assert(*at + len <= s.len);
	*at += len;
	switch (len) {
	case 2:
		return (p[0] & 0x1Fu) << 6 | (p[1] & 0x3Fu);
	case 3:
		return (p[0] & 0x0Fu) << 12 | (p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu);
	default:
		return (p[0] & 0x07u) << 18 | (p[1] & 0x3Fu) << 12 | (p[2] & 0x3Fu) << 6 |
			(p[3] & 0x3Fu);
	}
}

uint32_t utf8_private_use(struct str s)
{
	for (int at = 0; at < s.len;) {
		if ((unsigned char)s.at[at] < 0xEE) { /* U+E000 and above begin with this or more */
			at++;
			continue;
		}
		uint32_t c = utf8_next(s, &at);
		if ((c >= 0xE000 && c <= 0xF8FF) || c >= 0xF0000)
			return c;
	}
	return 0;
}

/* U+00C0 to U+017F without their marks; × and ÷ are no letters. */
static const char latin[] = "AAAAAAACEEEEIIIIDNOOOOO\0OUUUUYTsaaaaaaaceeeeiiiidnooooo\0ouuuuyty"
			    "AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIiJjJjKkkLlLlLlL"
			    "lLlNnNnNnnNnOoOoOoOoRrRrRrSsSsSsSsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzs";

uint32_t utf8_unmarked(uint32_t c)
{
	if (c >= 0x300 && c < 0x370)
		return 0;
	char plain = c >= 0xC0 && c < 0xC0 + sizeof latin - 1 ? latin[c - 0xC0] : 0;
	return plain ? (uint32_t)plain : c;
}

int utf8_encode(uint32_t c, char out[4])
{
	if (c < 0x80) {
		out[0] = (char)c;
		return 1;
	}
	int len = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
	for (int i = len - 1; i > 0; i--, c >>= 6)
		out[i] = (char)(0x80 | (c & 0x3F));
	out[0] = (char)((0xF00 >> len) | c);
	return len;
}

void buf_grow(struct buf *buf, size_t more)
{
	size_t cap = buf->cap ? buf->cap : 1024;
	while (cap - buf->len < more)
		cap *= 2;
	buf->at = heap_resize(buf->at, cap);
	buf->cap = cap;
}

int digits_write(int number, char out[NUMBER_SIZE])
{
	char digits[NUMBER_SIZE];
	int at = sizeof digits, len;
	unsigned left = number < 0 ? 0u - (unsigned)number : (unsigned)number;
	do
		digits[--at] = (char)('0' + left % 10);
	while (left /= 10);
	if (number < 0)
		digits[--at] = '-';
	len = (int)sizeof digits - at;
	memcpy(out, digits + at, (size_t)len);
	out[len] = '\0';
	return len;
}

void buf_number(struct buf *buf, int number)
{
	char digits[NUMBER_SIZE];
	buf_put(buf, digits, (size_t)digits_write(number, digits));
}

void buf_vformat(struct buf *buf, const char *format, va_list args)
{
	enum { USUAL = 64 };
	va_list again;
	assert(format);
	va_copy(again, args);
	buf_reserve(buf, USUAL);
	size_t room = buf->cap - buf->len;
	int len = vsnprintf(buf->at + buf->len, room, format, args);
	assert(len >= 0);
	if ((size_t)len >= room) {
		buf_reserve(buf, (size_t)len + 1);
		vsnprintf(buf->at + buf->len, (size_t)len + 1, format, again);
	}
	buf->len += (size_t)len;
	va_end(again);
}

void buf_format(struct buf *buf, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	buf_vformat(buf, format, args);
	va_end(args);
}

/* What stands for the character at the beginning of a text; NULL: itself. */
static const char *entity(const char *at, int left)
{
	switch (*at) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\t':
	case '\n':
	case '\r':
		return NULL;
	case '\xEF': /* U+FFFE, U+FFFF */
		return left > 2 && at[1] == '\xBF' && (unsigned char)at[2] >= 0xBE ? "\xEF\xBF\xBD"
										   : NULL;
	default:
		return (unsigned char)*at < ' ' ? "\xEF\xBF\xBD" : NULL;
	}
}

/* Whether each character is itself: nearly always, and without branches the compiler looks at
 * several at once. */
static bool is_as_it_is(struct str text)
{
	unsigned char odd = 0;
	for (int i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.at[i];
		odd |= c < ' ' || c == '&' || c == '<' || c == '>' || c == '"' || c == 0xEF;
	}
	return !odd;
}

void buf_xml(struct buf *buf, struct str text)
{
	int from = 0;
	if (is_as_it_is(text)) {
		buf_str(buf, text);
		return;
	}
	for (int i = 0; i < text.len; i++) {
		const char *instead = entity(text.at + i, text.len - i);
		if (!instead)
			continue;
		buf_str(buf, str_slice(text, from, i));
		buf_puts(buf, instead);
		i += text.at[i] == '\xEF' ? 2 : 0;
		from = i + 1;
	}
	buf_str(buf, str_slice(text, from, text.len));
}

void buf_decimal(struct buf *buf, int64_t number, int places)
{
	uint64_t unit = 1, left = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
	for (int i = 0; i < places; i++)
		unit *= 10;
	buf_format(buf, "%s%llu", number < 0 ? "-" : "", (unsigned long long)(left / unit));
	if (left %= unit)
		buf_char(buf, '.');
	for (; left; left %= unit) {
		unit /= 10;
		buf_char(buf, (char)('0' + left / unit));
	}
}

void buf_base64(struct buf *buf, const void *bytes, size_t len)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const unsigned char *in = bytes;
	buf_reserve(buf, (len + 2) / 3 * 4);
	for (size_t i = 0; i < len; i += 3) {
		size_t left = len - i;
		uint32_t group = (uint32_t)in[i] << 16 | (left > 1 ? (uint32_t)in[i + 1] << 8 : 0) |
			(left > 2 ? in[i + 2] : 0);
		char *out = buf->at + buf->len;
		out[0] = digits[group >> 18];
		out[1] = digits[group >> 12 & 63];
		out[2] = left > 1 ? digits[group >> 6 & 63] : '=';
		out[3] = left > 2 ? digits[group & 63] : '=';
		buf->len += 4;
	}
}

void buf_clear(struct buf *buf)
{
	buf->len = 0;
}

void buf_free(struct buf *buf)
{
	free(buf->at);
	*buf = (struct buf){0};
}

struct str buf_text(struct buf *buf)
{
	assert(buf->len < INT_MAX);
	buf_reserve(buf, 1);
	buf->at[buf->len] = '\0';
	return (struct str){buf->at, (int)buf->len};
}
