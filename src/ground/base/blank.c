/* blank.c - white space and invisible characters, by the Unicode Character Database.
 *
 * What is syntax knows the four blanks of XML alone (str_trim); a value comes from a spreadsheet, a
 * web page or a word processor, which have them all. The table is short, so it stands here;
 * tests/unit/test_blank.c holds it against ICU's. */
#include "base/blank.h"

struct range {
	uint32_t first, last;
};

static bool is_in(const struct range *ranges, size_t count, uint32_t c)
{
	for (size_t i = 0; i < count && c >= ranges[i].first; i++)
		if (c <= ranges[i].last)
			return true;
	return false;
}

bool blank_is(uint32_t c)
{
	static const struct range blanks[] = {{0x09, 0x0D}, {0x20, 0x20}, {0x85, 0x85},
		{0xA0, 0xA0}, {0xAD, 0xAD}, {0x34F, 0x34F}, {0x61C, 0x61C}, {0x115F, 0x1160},
		{0x1680, 0x1680}, {0x17B4, 0x17B5}, {0x180B, 0x180F}, {0x2000, 0x200F},
		{0x2028, 0x202F}, {0x205F, 0x206F}, {0x2800, 0x2800}, {0x3000, 0x3000},
		{0x3164, 0x3164}, {0xFE00, 0xFE0F}, {0xFEFF, 0xFEFF}, {0xFFA0, 0xFFA0},
		{0xFFF0, 0xFFFB}, {0x1BCA0, 0x1BCA3}, {0x1D173, 0x1D17A}, {0xE0000, 0xE0FFF}};
	if (c > 0x20 && c < 0x7F)
		return false;
	return is_in(blanks, sizeof blanks / sizeof *blanks, c);
}

/* Blank for itself, and part of what stands before it. A joiner is so where letters join: behind
 * Arabic, the scripts of India and what comes after them. */
static bool clings(uint32_t c, uint32_t before)
{
	static const struct range clinging[] = {{0x34F, 0x34F}, {0x1160, 0x1160}, {0x17B4, 0x17B5},
		{0x180B, 0x180D}, {0x180F, 0x180F}, {0xFE00, 0xFE0F}, {0xE0020, 0xE007F},
		{0xE0100, 0xE01EF}};
	bool joiner = c == 0x200C || c == 0x200D;
	return (joiner && before >= 0x600) ||
		is_in(clinging, sizeof clinging / sizeof *clinging, c);
}

/* A letter, figure or sign of ASCII: it neither is blank nor clings to one. */
static bool is_printed(char c)
{
	return c > 0x20 && c < 0x7F;
}

struct str blank_trim(struct str text)
{
	if (text.len && is_printed(text.at[0]) && is_printed(text.at[text.len - 1]))
		return text;
	int from = 0, to = 0, at = 0;
	uint32_t before = 0;
	while (at < text.len && blank_is(utf8_next(text, &at)))
		from = at;
	for (at = to = from; at < text.len;) {
		bool touches = to == at;
		uint32_t c = utf8_next(text, &at);
		if (!blank_is(c) || (touches && clings(c, before)))
			to = at;
		before = blank_is(c) ? before : c;
	}
	return str_slice(text, from, to);
}

/* The length of the line end that a text begins with, in bytes; 0: none. */
static int line_end(struct str text)
{
	static const char *const ends[] = {
		"\r\n", "\r", "\v", "\f", "\xC2\x85", "\xE2\x80\xA8", "\xE2\x80\xA9"};
	if (is_printed(text.at[0]) || !strchr("\r\v\f\xC2\xE2", text.at[0]))
		return 0;
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
		if (str_starts(text, ends[i]))
			return (int)strlen(ends[i]);
	return 0;
}

struct str blank_lines(struct arena *arena, struct str text)
{
	char *out = NULL;
	int len = 0;
	for (int at = 0; at < text.len;) {
		if (!out && is_printed(text.at[at])) {
			at++;
			continue;
		}
		int end = line_end(str_slice(text, at, text.len));
		if (end && !out) {
			out = str_chars(arena, text);
			len = at;
		}
		if (out)
			out[len++] = end ? '\n' : text.at[at];
		at += end ? end : 1;
	}
	return out ? (struct str){out, len} : text;
}

struct str blank_tidy(struct arena *arena, struct str text)
{
	return blank_lines(arena, blank_trim(text));
}
