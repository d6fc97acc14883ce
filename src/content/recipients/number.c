/* number.c - numbers as programs write them → as people do: no exponents. */
#include "recipients/recipients_int.h"

enum { MAX_DIGITS = 15 };

/* Digits and where their point stands: 1.50e2 is 150, and the point behind three of them. */
struct plain {
	char digits[MAX_DIGITS];
	int count, point;
};

/* Takes the digits before the exponent; false when they are too many. */
static bool take_digits(struct str written, int end, struct plain *plain)
{
	bool behind = false, begun = false;
	for (int i = 0; i < end; i++) {
		char c = written.at[i];
		behind |= c == '.';
		begun |= c > '0' && c <= '9';
		if (c == '-' || c == '.' || (!begun && !behind))
			continue;
		if (!begun) { /* a zero behind the point, before the digits */
			plain->point--;
			continue;
		}
		if (plain->count == MAX_DIGITS)
			return false;
		plain->digits[plain->count++] = c;
		plain->point += !behind;
	}
	return true;
}

static int exponent_of(struct str text)
{
	enum { FAR = 1000 };
	bool negative = text.len && text.at[0] == '-';
	int value = 0;
	for (int i = 0; i < text.len; i++)
		if (text.at[i] >= '0' && text.at[i] <= '9' && value < FAR)
			value = value * 10 + (text.at[i] - '0');
	return negative ? -value : value;
}

struct str number_plain(struct arena *arena, struct str written)
{
	int end = 0;
	while (end < written.len && (written.at[end] | 0x20) != 'e')
		end++;
	if (end == written.len)
		return str_copy(arena, written);
	struct plain plain = {.count = 0};
	if (!take_digits(written, end, &plain))
		return (struct str){0};
	if (plain.count == 0)
		return str_lit("0");
	plain.point += exponent_of(str_slice(written, end + 1, written.len));
	int from = plain.point < 1 ? plain.point - 1 : 0;
	int to = plain.point > plain.count ? plain.point : plain.count;
	if (to - from > MAX_DIGITS)
		return (struct str){0};
	char text[MAX_DIGITS + 3];
	int len = 0;
	if (written.at[0] == '-')
		text[len++] = '-';
	for (int i = from; i < to; i++) {
		if (i == plain.point)
			text[len++] = '.';
		text[len++] = i >= 0 && i < plain.count ? plain.digits[i] : '0';
	}
	return str_copy(arena, (struct str){text, len});
}
