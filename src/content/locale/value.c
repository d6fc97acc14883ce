/* value.c - whether a text is a date, a number, an amount. */
#include "locale/locale.h"

static int digits(struct str text, int from, int count)
{
	int value = 0;
	for (int i = from; i < from + count; i++) {
		if (text.at[i] < '0' || text.at[i] > '9')
			return -1;
		value = value * 10 + (text.at[i] - '0');
	}
	return value;
}

bool date_fits(struct str text)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	if (text.len != 10 || text.at[4] != '-' || text.at[7] != '-')
		return false;
	int year = digits(text, 0, 4), month = digits(text, 5, 2), day = digits(text, 8, 2);
	if (year < 1 || month < 1 || month > 12 || day < 1)
		return false;
	bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
	return day <= days[month - 1] + (month == 2 && leap);
}

static bool take(struct str *text, const char *prefix)
{
	if (!str_starts(*text, prefix))
		return false;
	*text = str_slice(*text, (int)strlen(prefix), text->len);
	return true;
}

static bool take_any(struct str *text, const char *const *prefixes)
{
	for (; *prefixes; prefixes++)
		if (take(text, *prefixes))
			return true;
	return false;
}

/* Digits with single separators between them, of any country. */
static bool take_digits(struct str *text)
{
	static const char *const separators[] = {
		",", ".", " ", "'", "\xE2\x80\x99", "\xC2\xA0", "\xE2\x80\xAF", NULL};
	struct str rest = *text;
	int count = 0;
	do {
		int from = count;
		for (; rest.len && rest.at[0] >= '0' && rest.at[0] <= '9'; count++)
			rest = str_slice(rest, 1, rest.len);
		if (count == from)
			break;
		*text = rest;
	} while (take_any(&rest, separators));
	return count > 0;
}

bool number_fits(struct str text)
{
	take_any(&text, (const char *const[]){"-", "+", "\xE2\x88\x92", NULL});
	return take_digits(&text) && text.len == 0;
}

bool money_take_currency(struct str *text)
{
	if (take_any(text, (const char *const[]){"£", "$", "€", "¥", NULL}))
		return true;
	for (int i = 0; i < 3; i++)
		if (text->len < 3 || text->at[i] < 'A' || text->at[i] > 'Z')
			return false;
	*text = str_slice(*text, 3, text->len);
	return true;
}

bool money_fits(struct str text)
{
	take_any(&text, (const char *const[]){"-", "\xE2\x88\x92", NULL});
	if (money_take_currency(&text))
		text = str_trim(text);
	if (!take_digits(&text))
		return false;
	text = str_trim(text);
	if (take_any(&text, (const char *const[]){"million", "billion", "bn", "m", "k", NULL}))
		text = str_trim(text);
	money_take_currency(&text);
	return text.len == 0;
}
