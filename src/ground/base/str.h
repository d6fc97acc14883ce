/* str.h - slices of UTF-8 text, and growing buffers of bytes. */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <assert.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

struct arena;

/* Text that belongs to someone else (mostly an arena). Made by the functions below that take an
 * arena it is followed by a NUL, so that .at can be handed to C functions; a slice in general
 * is not. The empty text is {"", 0} or all zero. */
struct str {
	const char *at;
	int len; /* bytes */
};

#define str_lit(literal) ((struct str){("" literal), (int)sizeof(literal) - 1})
/* For printf: "%.*s", str_arg(s). */
#define str_arg(s) (s).len, ((s).at ? (s).at : "")

/* These are inline because most texts here are literals, whose length the compiler
 * then knows. */
static inline struct str str_of(const char *text)
{
	return text ? (struct str){text, (int)strlen(text)} : (struct str){0};
}
static inline bool str_eq(struct str a, struct str b)
{
	return a.len == b.len &&
		(a.at == b.at || a.len == 0 || memcmp(a.at, b.at, (size_t)a.len) == 0);
}
static inline bool str_is(struct str s, const char *text)
{
	return str_eq(s, str_of(text));
}
int str_cmp(struct str a, struct str b);     /* by bytes, which for UTF-8 is by code point */
int str_order(const void *a, const void *b); /* that of two struct str, for qsort and bsearch */
bool str_ends(struct str s, const char *suffix);
int str_find(struct str s, const char *needle); /* offset of the first occurrence, or -1 */
static inline struct str str_slice(struct str s, int from, int to)
{
	assert(0 <= from && from <= to && to <= s.len);
	return (struct str){s.at ? s.at + from : "", to - from};
}
static inline bool str_starts(struct str s, const char *prefix)
{
	int len = prefix ? (int)strlen(prefix) : 0;
	return s.len >= len && (!len || memcmp(s.at, prefix, (size_t)len) == 0);
}
/* Without the XML white space (blank, tab, CR, LF) at both ends. */
struct str str_trim(struct str s);
/* Cuts the part before the next separator off *rest; false when nothing is left. */
bool str_split(struct str *rest, char separator, struct str *part);
/* Whether a language tag is of a range (RFC 4647 3.3.1): "en-GB" is of "en" and of "EN-gb". Nearly
 * always the first letter says no. */
bool lang_begins(struct str lang, const char *range); /* for lang_is */
static inline bool lang_is(struct str lang, const char *range)
{
	bool other = *range && (!lang.len || ((lang.at[0] ^ *range) & ~0x20));
	return !other && lang_begins(lang, range);
}
/* A stable 64-bit hash (FNV-1a), for tables, never for identity. */
uint64_t str_hash(struct str s);

struct str str_copy(struct arena *arena, struct str s);
/* Two, one behind the other. */
struct str str_joined(struct arena *arena, struct str a, struct str b);
/* The same, to be changed: its bytes, followed by a NUL. */
char *str_chars(struct arena *arena, struct str s);
struct str str_format(struct arena *arena, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* The code point at byte *at, which moves behind it. The text must be valid UTF-8. */
uint32_t utf8_next_long(struct str s, int *at); /* for utf8_next, of two bytes and more */
static inline uint32_t utf8_next(struct str s, int *at)
{
	assert(*at < s.len);
	unsigned char first = (unsigned char)s.at[*at];
	if (first >= 0x80)
		return utf8_next_long(s, at);
	++*at;
	return first;
}
/* Offset of the first byte that is not UTF-8 (Unicode 3.9 D92), or -1. */
int utf8_invalid_at(struct str s);
/* The first private-use character (Unicode 23.5), which no two fonts agree upon, or 0. */
uint32_t utf8_private_use(struct str s);
/* A Latin letter without its marks, U+00C0 to U+017F: e for é, s for ß; 0 for a combining mark; any
 * other character as it is. For finding and for naming, never for showing. */
uint32_t utf8_unmarked(uint32_t c);
/* Writes 1 to 4 bytes, gives their number. */
int utf8_encode(uint32_t code_point, char out[4]);

/* Bytes that grow on the heap; zeroed to begin with, reused by buf_clear, released by buf_free. */
struct buf {
	char *at;
	size_t len, cap;
};
void buf_grow(struct buf *buf, size_t more); /* for buf_reserve */
/* These are always inline because a letter is written by some thousands of them, most of which put
 * a literal, whose length the compiler then knows. */
#define ALWAYS_INLINE static inline __attribute__((always_inline))
ALWAYS_INLINE void buf_reserve(struct buf *buf, size_t more)
{
	if (buf->cap - buf->len < more)
		buf_grow(buf, more);
}
ALWAYS_INLINE void buf_put(struct buf *buf, const void *bytes, size_t len)
{
	if (!len)
		return;
	buf_reserve(buf, len);
	memcpy(buf->at + buf->len, bytes, len);
	buf->len += len;
}
ALWAYS_INLINE void buf_puts(struct buf *buf, const char *text)
{
	buf_put(buf, text, strlen(text));
}
ALWAYS_INLINE void buf_str(struct buf *buf, struct str s)
{
	buf_put(buf, s.at, (size_t)s.len);
}
ALWAYS_INLINE void buf_char(struct buf *buf, char c)
{
	buf_put(buf, &c, 1);
}
void buf_number(struct buf *buf, int number); /* as "%d", in a tenth of the time */
/* The same with NUL; gives how many characters stand before it. */
enum { NUMBER_SIZE = 12 };
int digits_write(int number, char out[NUMBER_SIZE]);
void buf_format(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buf_vformat(struct buf *buf, const char *format, va_list args)
	__attribute__((format(printf, 2, 0)));
/* The text as XML and HTML want it, between tags or in an attribute's quotes. What they cannot
 * hold at all, control characters, becomes U+FFFD. */
void buf_xml(struct buf *buf, struct str text);
/* A number of so many decimal places as it is written: -1500 of 3 is "-1.5". */
void buf_decimal(struct buf *buf, int64_t number, int places);
void buf_base64(struct buf *buf, const void *bytes, size_t len); /* RFC 4648 4, padded */
void buf_clear(struct buf *buf);
void buf_free(struct buf *buf);
/* The whole contents as text; NUL-terminated, valid until the buffer changes. */
struct str buf_text(struct buf *buf);

#endif
