/* read_plain.c - the signs of any script, as few as may be. */
#include "locale/reading_int.h"

#include <unicode/uchar.h>

/* What stands for a sign of ASCII, or for one of the two above. */
static const struct {
	uint32_t c;
	char as;
} signs[] = {
	{0x2212, '-'},
	{0x2010, '-'},
	{0x2011, '-'},
	{0x2012, '-'},
	{0x2013, '-'},
	{0x2014, '-'},
	{0xFE63, '-'},
	{0xFF0D, '-'},
	{0xFF0B, '+'},
	{0x2019, '\''},
	{0x2018, '\''},
	{0x02BC, '\''},
	{0xFF07, '\''},
	{0x066B, PLAIN_DECIMAL},
	{0x066C, PLAIN_GROUP},
	{0xFF0E, '.'},
	{0x3002, '.'},
	{0xFF0C, ','},
	{0x060C, ','},
	{0x3001, ','},
	{0xFF08, '('},
	{0xFF09, ')'},
	{0x066A, '%'},
	{0xFF05, '%'},
	{0xFE6A, '%'},
	{0xFF1A, ':'},
	{0xFF0F, '/'},
	{0x2044, '/'},
};

static char sign_of(uint32_t c)
{
	if (c < 0x80)
		return (char)(c == '\t' || c == '\n' || c == '\r' ? ' ' : c);
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
		if (signs[i].c == c)
			return signs[i].as;
	int32_t digit = u_charDigitValue((UChar32)c);
	return digit >= 0 ? (char)('0' + digit) : u_isUWhiteSpace((UChar32)c) ? ' ' : '\0';
}

struct str plain_text(struct arena *arena, struct str text)
{
	struct buf out = {0};
	text = blank_trim(text);
	for (int at = 0; at < text.len;) {
		int from = at;
		uint32_t c = utf8_next(text, &at);
		char sign = sign_of(c);
		bool again = sign == ' ' && out.len && out.at[out.len - 1] == ' ';
		if (again || (!sign && blank_is(c)))
			continue;
		if (sign)
			buf_char(&out, sign);
		else
			buf_str(&out, str_slice(text, from, at));
	}
	struct str plain = str_copy(arena, buf_text(&out));
	buf_free(&out);
	return plain;
}

uint32_t plain_letter(uint32_t c)
{
	return utf8_unmarked((uint32_t)u_foldCase((UChar32)c, U_FOLD_CASE_DEFAULT));
}

uint32_t letter_bare(uint32_t c)
{
	return u_isalnum((UChar32)c) ? plain_letter(c) : 0;
}

int plain_take_number(struct str *text, int *number)
{
	int len = 0;
	*number = 0;
	while (len < 9 && len < text->len && text->at[len] >= '0' && text->at[len] <= '9')
		*number = *number * 10 + (text->at[len++] - '0');
	*text = str_slice(*text, len, text->len);
	return len;
}

bool plain_take(struct str *text, const char *of)
{
	if (text->len == 0 || !text->at[0] || !strchr(of, text->at[0]))
		return false;
	*text = str_slice(*text, 1, text->len);
	return true;
}

void plain_skip_blanks(struct str *text)
{
	while (plain_take(text, " "))
		;
}

struct str word_take(struct str *text)
{
	int end = 0;
	for (int at = 0; at < text->len; end = at) {
		uint32_t c = utf8_next(*text, &at);
		uint32_t mask = U_GET_GC_MASK((UChar32)c);
		if (!(mask & (U_GC_L_MASK | U_GC_M_MASK)))
			break;
	}
	struct str word = str_slice(*text, 0, end);
	*text = str_slice(*text, end, text->len);
	return word;
}

struct str plain_take_prefix(struct str *text, int len)
{
	struct str taken = str_slice(*text, 0, len);
	*text = str_slice(*text, len, text->len);
	return taken;
}

bool letter_stands_at(struct str text, int at)
{
	return at < text.len && u_isalpha((UChar32)utf8_next(text, &at));
}
