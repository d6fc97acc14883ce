/* said.c - what PDF values say, however they are written: text strings as UTF-8, and whether two
 * values say the same. */
#include "pdfread/lex_int.h"

/* -- text strings */

static void take_hex(struct buf *bytes, struct str value)
{
	int high = -1;
	for (int i = 1; i < value.len; i++) {
		int digit = lex_hex_digit(value.at[i]);
		if (digit < 0 && value.at[i] != '>')
			continue;
		if (high >= 0)
			buf_char(bytes, (char)(high * 16 + (digit < 0 ? 0 : digit)));
		high = high >= 0 ? -1 : digit;
	}
}

static int octal(struct str value, int *at)
{
	int code = 0;
	for (int i = 0; i < 3 && *at < value.len && value.at[*at] >= '0' && value.at[*at] <= '7';
		i++)
		code = code * 8 + (value.at[(*at)++] - '0');
	return code;
}

static void take_literal(struct buf *bytes, struct str value)
{
	static const char escapes[] = "n\nr\rt\tb\bf\f";
	for (int at = 1; at < value.len - 1;) {
		int c = value.at[at++];
		if (c != '\\' || at >= value.len - 1) {
			buf_char(bytes, (char)c);
			continue;
		}
		if (value.at[at] >= '0' && value.at[at] <= '7') {
			buf_char(bytes, (char)octal(value, &at));
			continue;
		}
		const char *escape = strchr(escapes, c = value.at[at++]);
		if (c != '\n')
			buf_char(bytes,
				escape && c > ' ' && (escape - escapes) % 2 == 0 ? escape[1]
										 : (char)c);
	}
}

static void put_utf16(struct buf *out, const unsigned char *at, size_t len)
{
	char utf8[4];
	for (size_t i = 0; i + 1 < len; i += 2) {
		uint32_t c = (uint32_t)at[i] << 8 | at[i + 1];
		if (c >= 0xD800 && c < 0xDC00 && i + 3 < len && at[i + 2] >> 2 == 0xDC >> 2) {
			c = 0x10000 + ((c & 0x3FF) << 10) +
				(((uint32_t)at[i + 2] << 8 | at[i + 3]) & 0x3FF);
			i += 2;
		}
		if (c >= 0xD800 && c < 0xE000)
			c = 0xFFFD;
		buf_put(out, utf8, (size_t)utf8_encode(c, utf8));
	}
}

struct str lex_text(struct arena *arena, struct str value)
{
	struct buf bytes = {0}, text = {0};
	char utf8[4];
	if (value.len > 1 && value.at[0] == '(')
		take_literal(&bytes, value);
	else if (value.len > 1 && value.at[0] == '<' && value.at[1] != '<')
		take_hex(&bytes, value);
	const unsigned char *at = (const unsigned char *)bytes.at;
	if (bytes.len >= 2 && at[0] == 0xFE && at[1] == 0xFF)
		put_utf16(&text, at + 2, bytes.len - 2);
	else /* PDFDocEncoding, as far as it is Latin-1 */
		for (size_t i = 0; i < bytes.len; i++)
			buf_put(&text, utf8, (size_t)utf8_encode(at[i], utf8));
	struct str copy = str_copy(arena, buf_text(&text));
	buf_free(&bytes);
	buf_free(&text);
	return copy;
}

/* -- comparing */

static bool is_string(struct str token)
{
	return token.len > 1 && (token.at[0] == '(' || (token.at[0] == '<' && token.at[1] != '<'));
}

static void take_string(struct buf *bytes, struct str value)
{
	if (value.at[0] == '(')
		take_literal(bytes, value);
	else
		take_hex(bytes, value);
}

static bool strings_equal(struct str a, struct str b)
{
	struct buf in_a = {0}, in_b = {0};
	take_string(&in_a, a);
	take_string(&in_b, b);
	bool same = str_eq(buf_text(&in_a), buf_text(&in_b));
	buf_free(&in_a);
	buf_free(&in_b);
	return same;
}

/* Of a number the digits that count: "+01.50" is 1 and 5. */
static bool read_number(struct str token, bool *minus, struct str *whole, struct str *part)
{
	int from = strchr("+-", token.at[0]) ? 1 : 0, to = token.len;
	int point = str_find(token, ".");
	*minus = token.at[0] == '-';
	for (int i = from; i < to; i++)
		if (!lex_is_digit((unsigned char)token.at[i]) && i != point)
			return false;
	while (from < to && token.at[from] == '0')
		from++;
	while (point >= 0 && to > point + 1 && token.at[to - 1] == '0')
		to--;
	*whole = str_slice(token, from, point >= from ? point : to);
	*part = point >= 0 ? str_slice(token, point + 1, to) : (struct str){token.at, 0};
	return true;
}

static bool numbers_equal(struct str a, struct str b)
{
	bool minus_a, minus_b;
	struct str whole_a, whole_b, part_a, part_b;
	return read_number(a, &minus_a, &whole_a, &part_a) &&
		read_number(b, &minus_b, &whole_b, &part_b) && minus_a == minus_b &&
		str_eq(whole_a, whole_b) && str_eq(part_a, part_b);
}

static bool tokens_equal(struct str a, struct str b)
{
	char name_a[LEX_NAME], name_b[LEX_NAME];
	if (str_eq(a, b))
		return true;
	if (is_string(a) && is_string(b))
		return strings_equal(a, b);
	if (a.at[0] == '/' && b.at[0] == '/')
		return a.len < LEX_NAME && b.len < LEX_NAME &&
			lex_name(a, name_a) == lex_name(b, name_b) && strcmp(name_a, name_b) == 0;
	return numbers_equal(a, b);
}

bool values_equal(struct str a, struct str b)
{
	struct lex in_a = {a, 0}, in_b = {b, 0};
	struct str token_a, token_b;
	for (;;) {
		bool more_a = lex_token(&in_a, &token_a), more_b = lex_token(&in_b, &token_b);
		if (!more_a || !more_b)
			return more_a == more_b;
		if (!tokens_equal(token_a, token_b))
			return false;
	}
}
