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

/* "000001002" and so on to "999": a number is written by three digits at once. */
/* clang-format off */
#define ONES(tens) tens "0" tens "1" tens "2" tens "3" tens "4" \
	tens "5" tens "6" tens "7" tens "8" tens "9"
#define TENS(of) ONES(of "0") ONES(of "1") ONES(of "2") ONES(of "3") ONES(of "4") \
	ONES(of "5") ONES(of "6") ONES(of "7") ONES(of "8") ONES(of "9")
static const char threes[] = TENS("0") TENS("1") TENS("2") TENS("3") TENS("4")
	TENS("5") TENS("6") TENS("7") TENS("8") TENS("9");
/* clang-format on */

/* All three of a number below 1000. */
static char *three_at(char *out, unsigned number)
{
	memcpy(out, threes + (size_t)3 * number, 3);
	return out + 3;
}

static char *digits_at(char *out, uint64_t number)
{
	if (number >= 1000)
		return three_at(digits_at(out, number / 1000), (unsigned)(number % 1000));
	int zeros = number < 10 ? 2 : number < 100 ? 1 : 0;
	memcpy(out, threes + 3 * number + zeros, 3);
	return out + 3 - zeros;
}

/* Room for size bytes; done is given the end of what was written there. */
static char *room(struct buf *out, size_t size)
{
	buf_reserve(out, size);
	return out->at + out->len;
}

static void done(struct buf *out, const char *end)
{
	out->len = (size_t)(end - out->at);
}

enum { NUMBER_ROOM = 24 };

static char *int_at(char *at, int64_t number)
{
	if (number < 0)
		*at++ = '-';
	return digits_at(at, number < 0 ? 0 - (uint64_t)number : (uint64_t)number);
}

void put_int(struct buf *out, int64_t number)
{
	done(out, int_at(room(out, NUMBER_ROOM), number));
}

char *put_milli_at(char *out, int64_t thousandths)
{
	uint64_t number = thousandths < 0 ? 0 - (uint64_t)thousandths : (uint64_t)thousandths;
	unsigned part = (unsigned)(number % 1000);
	if (thousandths < 0)
		*out++ = '-';
	if (number >= 1000 || part == 0)
		out = digits_at(out, number / 1000);
	if (!part)
		return out;
	*out++ = '.';
	out = three_at(out, part);
	while (out[-1] == '0')
		out--;
	return out;
}

void put_milli(struct buf *out, int64_t thousandths)
{
	done(out, put_milli_at(room(out, NUMBER_ROOM), thousandths));
}

void put_colour(struct buf *out, uint32_t colour, bool stroke)
{
	unsigned red = colour >> 16 & 255, green = colour >> 8 & 255, blue = colour & 255;
	unsigned parts[] = {red, green, blue};
	bool grey = red == green && green == blue;
	for (int i = 0; i < (grey ? 1 : 3); i++) {
		put_milli(out, (parts[i] * 1000 + 127) / 255);
		buf_char(out, ' ');
	}
	buf_puts(out, stroke ? (grey ? "G\n" : "RG\n") : grey ? "g\n" : "rg\n");
}

static char *ref_at(char *at, unsigned id)
{
	at = digits_at(at, id);
	memcpy(at, " 0 R", 4);
	return at + 4;
}

void put_ref(struct buf *out, unsigned id)
{
	done(out, ref_at(room(out, NUMBER_ROOM), id));
}

void put_offset_at(char *out, uint32_t number)
{
	*out++ = (char)('0' + number / 1000000000);
	for (unsigned part = 1000000; part; part /= 1000)
		out = three_at(out, number / part % 1000);
}

void put_blank_int(struct buf *out, int64_t number)
{
	char *at = room(out, 1 + NUMBER_ROOM);
	*at = ' ';
	done(out, int_at(at + 1, number));
}

void put_blank_ref(struct buf *out, unsigned id)
{
	char *at = room(out, 1 + NUMBER_ROOM);
	*at = ' ';
	done(out, ref_at(at + 1, id));
}

static char *hex_at(char *at, uint64_t number, int digits)
{
	for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4)
		*at++ = "0123456789ABCDEF"[number >> shift & 15];
	return at;
}

void put_hex(struct buf *out, uint64_t number, int digits)
{
	done(out, hex_at(room(out, (size_t)digits), number, digits));
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

/* A character of UTF-8 becomes at most four digits for each of its bytes. */
void put_utf16_hex(struct buf *out, struct str utf8)
{
	char *to = room(out, 4 * (size_t)utf8.len);
	for (int at = 0; at < utf8.len;) {
		uint32_t c = utf8_next(utf8, &at);
		if (c > 0xFFFF) {
			to = hex_at(to, 0xD800 + ((c - 0x10000) >> 10), 4);
			c = 0xDC00 + ((c - 0x10000) & 0x3FF);
		}
		to = hex_at(to, c, 4);
	}
	done(out, to);
}

/* Whether all is from a character up to '~'; these two without branches, so that the compiler looks
 * at several bytes at once. */
static bool is_plain(struct str text, char first)
{
	unsigned char odd = 0;
	for (int i = 0; i < text.len; i++)
		odd |= text.at[i] < first || text.at[i] > '~';
	return !odd;
}

static bool has_special(struct str text)
{
	unsigned char special = 0;
	for (int i = 0; i < text.len; i++)
		special |= text.at[i] == '(' || text.at[i] == ')' || text.at[i] == '\\';
	return special;
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

/* Room for twice its bytes. */
static char *escaped_at(char *to, struct str text)
{
	if (text.len && !has_special(text)) {
		memcpy(to, text.at, (size_t)text.len);
		return to + text.len;
	}
	for (int i = 0; i < text.len; i++) {
		char c = text.at[i];
		if (c == '(' || c == ')' || c == '\\')
			*to++ = '\\';
		*to++ = c;
	}
	return to;
}

void put_text(struct buf *out, struct str utf8)
{
	if (!is_plain(utf8, ' ')) {
		buf_puts(out, "<FEFF");
		put_utf16_hex(out, cut(utf8, TEXT_MAX / 2));
		buf_char(out, '>');
		return;
	}
	utf8 = cut(utf8, TEXT_MAX);
	char *to = room(out, 2 * (size_t)utf8.len + 2);
	*to++ = '(';
	to = escaped_at(to, utf8);
	*to++ = ')';
	done(out, to);
}

void put_uri(struct buf *out, struct str iri)
{
	char *to = room(out, 3 * (size_t)iri.len);
	if (is_plain(iri, '!')) {
		done(out, escaped_at(to, iri));
		return;
	}
	for (int i = 0; i < iri.len; i++) {
		struct str one = str_slice(iri, i, i + 1);
		if (is_plain(one, '!')) {
			to = escaped_at(to, one);
			continue;
		}
		*to++ = '%';
		to = hex_at(to, (unsigned char)iri.at[i], 2);
	}
	done(out, to);
}
