/* take.c - strict reading, one piece at a time. */
#include "verify/take.h"

bool take(struct str *rest, const char *words)
{
	if (!str_starts(*rest, words))
		return false;
	*rest = str_slice(*rest, (int)strlen(words), rest->len);
	return true;
}

/* Up to 15 digits. */
static bool take_number(struct str *rest, int64_t *number)
{
	int at = 0;
	for (*number = 0; at < rest->len && at < 15 && rest->at[at] >= '0' && rest->at[at] <= '9';
		at++)
		*number = *number * 10 + (rest->at[at] - '0');
	*rest = str_slice(*rest, at, rest->len);
	return at > 0;
}

bool take_string(struct str *rest, struct str *text)
{
	int at = 1;
	if (rest->len < 2 || rest->at[0] != '"')
		return false;
	while (at < rest->len && rest->at[at] != '"' && (unsigned char)rest->at[at] >= ' ')
		at += rest->at[at] == '\\' ? 2 : 1;
	if (at >= rest->len || rest->at[at] != '"')
		return false;
	*text = str_slice(*rest, 1, at);
	*rest = str_slice(*rest, at + 1, rest->len);
	return true;
}

bool take_member(struct str *rest, const char *name, struct str *text)
{
	return take(rest, ",\"") && take(rest, name) && take(rest, "\":") &&
		take_string(rest, text);
}

bool take_count(struct str *rest, const char *name, int64_t *number)
{
	return take(rest, ",\"") && take(rest, name) && take(rest, "\":") &&
		take_number(rest, number);
}

bool is_hex(struct str text, int len)
{
	for (int i = 0; i < text.len; i++)
		if (!strchr("0123456789abcdef", text.at[i]) || !text.at[i])
			return false;
	return text.len == len;
}

static int digit_of(char hex)
{
	return hex <= '9' ? hex - '0' : hex - 'a' + 10;
}

void read_hex(struct str digits, unsigned char *bytes)
{
	for (int i = 0; i + 1 < digits.len; i += 2)
		bytes[i / 2] = (unsigned char)(digit_of(digits.at[i]) << 4 |
			digit_of(digits.at[i + 1]));
}

bool take_hex(struct str *rest, unsigned char *bytes, int count)
{
	struct str digits;
	if (!take_string(rest, &digits) || !is_hex(digits, 2 * count))
		return false;
	read_hex(digits, bytes);
	return true;
}
