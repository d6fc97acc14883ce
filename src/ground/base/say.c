/* say.c - text of others → text that can be shown. */
#include "base/say.h"

#include "base/blank.h"

#include <assert.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* -- what acts and is not read */

static bool acts(uint32_t c)
{
	static const struct {
		uint32_t first, last;
	} ranges[] = {{0, 0x1F}, {0x7F, 0x9F}, {0x61C, 0x61C}, {0x200B, 0x200B}, {0x200E, 0x200F},
		{0x2028, 0x202E}, {0x2060, 0x206F}, {0xFEFF, 0xFEFF}, {0xFFF9, 0xFFFB},
		{0xE0000, 0xE007F}};
	if (c >= 0x20 && c < 0x7F)
		return false;
	for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
		if (c >= ranges[i].first && c <= ranges[i].last)
			return true;
	return false;
}

/* The next character; or the next byte, when none begins there. */
static uint32_t take_char(struct str text, int *at, bool *valid)
{
	enum { LONGEST = 4 };
	int end = *at + LONGEST < text.len ? *at + LONGEST : text.len;
	*valid = utf8_invalid_at(str_slice(text, *at, end)) != 0;
	return *valid ? utf8_next(text, at) : (unsigned char)text.at[(*at)++];
}

static void put_shown(struct buf *out, struct str text, bool lines)
{
	bool valid;
	for (int at = 0; at < text.len;) {
		int from = at;
		uint32_t c = take_char(text, &at, &valid);
		if (!valid || (c < 0x80 && acts(c) && !(lines && c == '\n')))
			buf_format(out, "\\x%02X", (unsigned)c);
		else if (c >= 0x80 && acts(c))
			buf_format(out, c > 0xFFFF ? "\\U%08X" : "\\u%04X", (unsigned)c);
		else
			buf_put(out, text.at + from, (size_t)(at - from));
	}
}

void buf_shown(struct buf *out, struct str text)
{
	put_shown(out, text, false);
}

void buf_shown_lines(struct buf *out, struct str text)
{
	put_shown(out, text, true);
}

/* Is a quotation mark here, or a backslash before one or before the end? */
static bool wants_backslash(struct str text, int at)
{
	while (at < text.len && text.at[at] == '\\')
		at++;
	return at == text.len || text.at[at] == '"';
}

void buf_guarded(struct buf *out, struct str text)
{
	for (int i = 0; i < text.len; i++) {
		if (wants_backslash(text, i))
			buf_char(out, '\\');
		buf_char(out, text.at[i]);
	}
}

void buf_quoted(struct buf *out, struct str text)
{
	struct buf guarded = {0};
	buf_guarded(&guarded, text);
	buf_char(out, '"');
	buf_shown(out, buf_text(&guarded));
	buf_char(out, '"');
	buf_free(&guarded);
}

struct str str_quoted(struct arena *arena, struct str text)
{
	struct buf out = {0};
	buf_quoted(&out, text);
	struct str quoted = str_copy(arena, buf_text(&out));
	buf_free(&out);
	return quoted;
}

struct str str_labelled(struct arena *arena, struct str name, struct str label)
{
	return label.len == 0 || str_eq(name, label)
		? str_copy(arena, name)
		: str_format(arena, "%.*s (%.*s)", str_arg(label), str_arg(name));
}

void buf_heading(struct buf *out, struct str text)
{
	bool bare = str_find(text, ": ") < 0 && str_find(text, "\"") < 0;
	(bare ? buf_shown : buf_quoted)(out, text);
}

/* Letters and digits of all scripts, and the signs that names of files are written with. */
static bool is_plain(struct str text)
{
	bool valid;
	for (int at = 0; at < text.len;) {
		uint32_t c = take_char(text, &at, &valid);
		bool letter = c >= 0x80
			? !acts(c) && !blank_is(c)
			: (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
		if (!valid || (!letter && (c >= 0x80 || !strchr("._-/+@%~=:,", (int)c))))
			return false;
	}
	return text.len > 0;
}

struct str str_word(struct arena *arena, struct str text)
{
	return is_plain(text) ? text : str_quoted(arena, text);
}

/* What JSON has as it is, of ASCII; gives its end. */
static int skip_plain(struct str s, int at)
{
	while (at < s.len && s.at[at] >= ' ' && s.at[at] < 0x7F && s.at[at] != '"' &&
		s.at[at] != '\\')
		at++;
	return at;
}

void json_string(struct buf *out, struct str s)
{
	bool valid;
	buf_char(out, '"');
	for (int at = 0; at < s.len;) {
		int from = at;
		at = skip_plain(s, from);
		buf_put(out, s.at + from, (size_t)(at - from));
		if (at == s.len)
			break;
		from = at;
		uint32_t c = take_char(s, &at, &valid);
		if (!valid)
			buf_puts(out, "\\ufffd");
		else if (c == '"' || c == '\\')
			buf_format(out, "\\%c", (int)c);
		else if (c <= 0xFFFF && acts(c))
			buf_format(out, "\\u%04x", (unsigned)c);
		else if (acts(c))
			buf_format(out, "\\u%04x\\u%04x", (unsigned)(0xD7C0 + (c >> 10)),
				(unsigned)(0xDC00 + (c & 0x3FF)));
		else
			buf_put(out, s.at + from, (size_t)(at - from));
	}
	buf_char(out, '"');
}

void json_member(struct buf *out, const char *name, struct str value)
{
	buf_puts(out, ",\"");
	buf_puts(out, name);
	buf_puts(out, "\":");
	json_string(out, value);
}

/* -- a format */

struct arguments {
	va_list list;
};

/* "%-8.3lld", its stars filled in. */
struct conversion {
	int width;     /* below 0: to the left */
	int precision; /* below 0: none */
	bool whole;    /* the precision is a length, not a limit */
	bool is_long, is_longer, is_size;
	char letter;
};

static int take_number(const char **format, struct arguments *arguments)
{
	if (**format == '*')
		return ++*format, va_arg(arguments->list, int);
	char *end;
	long number = strtol(*format, &end, 10);
	*format = end;
	return (int)number;
}

static struct conversion take_conversion(const char **format, struct arguments *arguments)
{
	struct conversion c = {.precision = -1};
	bool left = **format == '-', zeros = **format == '0';
	*format += left;
	c.width = take_number(format, arguments);
	if (**format == '.') {
		c.whole = *++*format == '*';
		c.precision = take_number(format, arguments);
	} else if (zeros) {
		c.precision = c.width;
	}
	c.width = left ? -c.width : c.width;
	for (; **format == 'l' || **format == 'z' || **format == 'j'; ++*format) {
		c.is_longer |= c.is_long || **format == 'j';
		c.is_long |= **format == 'l';
		c.is_size |= **format == 'z';
	}
	c.letter = *(*format)++;
	return c;
}

static long long take_signed(const struct conversion *c, struct arguments *arguments)
{
	return c->is_longer                ? va_arg(arguments->list, long long)
		: c->is_long || c->is_size ? va_arg(arguments->list, long)
					   : va_arg(arguments->list, int);
}

static unsigned long long take_unsigned(const struct conversion *c, struct arguments *arguments)
{
	return c->is_longer                ? va_arg(arguments->list, unsigned long long)
		: c->is_long || c->is_size ? va_arg(arguments->list, unsigned long)
					   : va_arg(arguments->list, unsigned);
}

static void put_pad(struct buf *out, int count)
{
	while (count-- > 0)
		buf_char(out, ' ');
}

static void put_text(struct buf *out, const struct conversion *c, const char *text)
{
	struct buf shown = {0};
	size_t len = c->precision < 0 ? strlen(text)
		: c->whole            ? (size_t)c->precision
				      : strnlen(text, (size_t)c->precision);
	int width = 0;
	buf_shown(&shown, (struct str){text, (int)len});
	for (size_t i = 0; i < shown.len; i++)
		width += (shown.at[i] & 0xC0) != 0x80;
	put_pad(out, c->width - width);
	buf_put(out, shown.at, shown.len);
	put_pad(out, -c->width - width);
	buf_free(&shown);
}

static void put_argument(struct buf *out, const struct conversion *c, struct arguments *arguments)
{
	switch (c->letter) {
	case 's':
		put_text(out, c, va_arg(arguments->list, const char *));
		return;
	case 'c':
		buf_char(out, (char)va_arg(arguments->list, int));
		return;
	case 'd':
	case 'i':
		buf_format(out, "%*.*lld", c->width, c->precision, take_signed(c, arguments));
		return;
	case 'u':
		buf_format(out, "%*.*llu", c->width, c->precision, take_unsigned(c, arguments));
		return;
	case 'x':
		buf_format(out, "%*.*llx", c->width, c->precision, take_unsigned(c, arguments));
		return;
	case 'f':
		buf_format(out, "%*.*f", c->width, c->precision, va_arg(arguments->list, double));
		return;
	default:
		assert(!"a conversion that say does not know");
	}
}

static void put_format(struct buf *out, const char *format, struct arguments *arguments)
{
	while (*format) {
		if (format[0] == '%' && format[1] != '%') {
			format++;
			struct conversion c = take_conversion(&format, arguments);
			put_argument(out, &c, arguments);
			continue;
		}
		format += *format == '%';
		buf_char(out, *format++);
	}
}

void buf_say(struct buf *out, const char *format, ...)
{
	struct arguments arguments;
	va_start(arguments.list, format);
	put_format(out, format, &arguments);
	va_end(arguments.list);
}

int say_to(FILE *stream, const char *format, ...)
{
	struct buf said = {0};
	struct arguments arguments;
	va_start(arguments.list, format);
	put_format(&said, format, &arguments);
	va_end(arguments.list);
	say_as_is(stream, buf_text(&said));
	int len = (int)said.len;
	buf_free(&said);
	return len;
}

void say_as_is(FILE *stream, struct str said)
{
	if (said.len)
		fwrite(said.at, 1, (size_t)said.len, stream);
}
