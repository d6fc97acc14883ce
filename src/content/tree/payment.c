/* payment.c - what the codes of payments hold, checked; and that of an EPC code, put together. */
#include "tree/payment.h"

#include "base/ascii.h"

#include "tree/swiss.h"

enum { MOST_NAME = 70, MOST_TEXT = 140, MOST_IBAN = 34, MOST_REFERENCE = 25, MOST_EUROS = 9 };

static bool is_capital(char c)
{
	return c >= 'A' && c <= 'Z';
}

bool payment_is_line(struct str value, int most)
{
	int count = 0;
	for (int i = 0; i < value.len; i++) {
		if ((unsigned char)value.at[i] < ' ')
			return false;
		count += (value.at[i] & 0xC0) != 0x80;
	}
	return count <= most;
}

bool payment_is_name(struct str value)
{
	return str_trim(value).len > 0 && payment_is_line(value, MOST_NAME);
}

bool payment_is_text(struct str value)
{
	return payment_is_line(value, MOST_TEXT);
}

/* Without its blanks, into room for most characters; 0: it has more, or others than capitals and
 * digits. */
static int squeeze(struct str value, char *out, int most)
{
	int len = 0;
	for (int i = 0; i < value.len; i++) {
		char c = value.at[i];
		if (c == ' ')
			continue;
		if (len == most || (!ascii_is_digit(c) && !is_capital(c)))
			return 0;
		out[len++] = c;
	}
	return len;
}

/* ISO/IEC 7064, MOD 97-10: the first four characters count as the last, a letter as two digits. */
static bool is_checked(const char *text, int len)
{
	int rest = 0;
	for (int i = 0; i < len; i++) {
		char c = text[(i + 4) % len];
		rest = ascii_is_digit(c) ? rest * 10 + (c - '0') : rest * 100 + (c - 'A' + 10);
		rest %= 97;
	}
	return rest == 1;
}

bool payment_is_iban(struct str value)
{
	char iban[MOST_IBAN];
	int len = squeeze(value, iban, MOST_IBAN);
	return len >= 15 && is_capital(iban[0]) && is_capital(iban[1]) && ascii_is_digit(iban[2]) &&
		ascii_is_digit(iban[3]) && is_checked(iban, len);
}

bool payment_is_reference(struct str value)
{
	char reference[MOST_REFERENCE];
	int len = squeeze(value, reference, MOST_REFERENCE);
	if (value.len == 0)
		return true;
	if (swiss_is_reference(value))
		return true;
	return len >= 5 && reference[0] == 'R' && reference[1] == 'F' &&
		ascii_is_digit(reference[2]) && ascii_is_digit(reference[3]) &&
		is_checked(reference, len);
}

bool payment_is_bic(struct str value)
{
	bool good = value.len == 0 || value.len == 8 || value.len == 11;
	for (int i = 0; i < value.len; i++)
		good &= is_capital(value.at[i]) ||
			((i < 4 || i > 5) && ascii_is_digit(value.at[i]));
	return good;
}

/* A Swiss payment is in francs or euros, and is told which. */
static struct str without_currency(struct str amount)
{
	bool told = amount.len > 4 && (str_ends(amount, " CHF") || str_ends(amount, " EUR"));
	return told ? str_slice(amount, 0, amount.len - 4) : amount;
}

bool payment_is_amount(struct str value)
{
	value = without_currency(value);
	int point = str_find(value, ".");
	int whole = point < 0 ? value.len : point, decimals = value.len - whole - 1;
	bool some = false;
	if (value.len == 0)
		return true;
	if (whole < 1 || whole > MOST_EUROS || (point >= 0 && (decimals < 1 || decimals > 2)))
		return false;
	for (int i = 0; i < value.len; i++) {
		if (i != point && !ascii_is_digit(value.at[i]))
			return false;
		some |= i != point && value.at[i] != '0';
	}
	return some;
}

/* -- the data of a code ------------------------------------------------------------------------ */

static struct str part(const struct node *barcode, const char *name)
{
	struct str value = node_attribute(barcode, name);
	return value.at ? value : str_lit("");
}

static void put_squeezed(struct buf *out, struct str value)
{
	for (int i = 0; i < value.len; i++)
		if (value.at[i] != ' ')
			buf_char(out, value.at[i]);
}

/* EPC069-12 table 2, a line each: the service tag, version 002, UTF-8, credit transfer, … */
static void put_payment(struct buf *out, const struct node *barcode)
{
	struct str amount = part(barcode, "amount");
	buf_puts(out, "BCD\n002\n1\nSCT\n");
	buf_str(out, part(barcode, "bic"));
	buf_char(out, '\n');
	buf_str(out, str_trim(part(barcode, "name")));
	buf_char(out, '\n');
	put_squeezed(out, part(barcode, "iban"));
	buf_puts(out, amount.len ? "\nEUR" : "\n");
	buf_str(out, amount);
	buf_puts(out, "\n\n"); /* no purpose */
	put_squeezed(out, part(barcode, "reference"));
	buf_char(out, '\n');
	buf_str(out, part(barcode, "text"));
	while (out->len && out->at[out->len - 1] == '\n') /* what is left out at the end */
		out->len--;
}

struct str node_barcode_data(struct arena *arena, const struct node *barcode)
{
	struct str type = node_attribute(barcode, "type");
	bool swiss = str_is(type, "swiss");
	if (!swiss && !str_is(type, "epc"))
		return part(barcode, "data");
	struct buf data = {0};
	(swiss ? swiss_put : put_payment)(&data, barcode);
	struct str copy = str_copy(arena, buf_text(&data));
	buf_free(&data);
	return copy;
}
