/* swiss.c - what the code of a Swiss QR-bill holds, checked and put together. */
#include "tree/swiss.h"
#include "tree/payment.h"

enum {
	MOST_LINE = 70,
	MOST_TOWN = 35,
	MOST_SHORT = 16,
	MOST_WORDS = 140,
	REFERENCE = 27,
	IBAN = 21,
	LEAST_QR_BANK = 30000, /* the banks' numbers in a QR-IBAN */
	MOST_QR_BANK = 31999
};

static struct str part(const struct node *barcode, const char *name)
{
	struct str value = node_attribute(barcode, name);
	return value.at ? str_trim(value) : str_lit("");
}

static int count_characters(struct str value)
{
	int count = 0;
	for (int at = 0; at < value.len; count++)
		utf8_next(value, &at);
	return count;
}

bool swiss_is_line(struct str value)
{
	return payment_is_line(value, MOST_LINE);
}

bool swiss_is_town(struct str value)
{
	return payment_is_line(value, MOST_TOWN);
}

bool swiss_is_short(struct str value)
{
	return payment_is_line(value, MOST_SHORT);
}

bool swiss_is_country(struct str value)
{
	return value.len == 0 ||
		(value.len == 2 && value.at[0] >= 'A' && value.at[0] <= 'Z' && value.at[1] >= 'A' &&
			value.at[1] <= 'Z');
}

bool swiss_is_currency(struct str value)
{
	return str_is(value, "CHF") || str_is(value, "EUR");
}

/* The row of the table that carries the digit on is 0 9 4 6 8 2 7 1 3 5, turned by what is carried;
 * the check digit makes ten with what is carried last. */
bool swiss_is_reference(struct str value)
{
	static const char row[] = {0, 9, 4, 6, 8, 2, 7, 1, 3, 5};
	int carried = 0, count = 0;
	bool right = false;
	for (int i = 0; i < value.len; i++) {
		char c = value.at[i];
		if (c == ' ')
			continue;
		if (c < '0' || c > '9' || ++count > REFERENCE)
			return false;
		right = count == REFERENCE && c - '0' == (10 - carried) % 10;
		carried = row[(carried + c - '0') % 10];
	}
	return right;
}

/* -- what goes together ------------------------------------------------------------------------ */

static void put_squeezed(struct buf *out, struct str value)
{
	for (int i = 0; i < value.len; i++)
		if (value.at[i] != ' ')
			buf_char(out, value.at[i]);
}

enum account { ACCOUNT_ELSEWHERE, ACCOUNT_PLAIN, ACCOUNT_QR };

static enum account account_of(struct str iban)
{
	struct buf text = {0};
	enum account account = ACCOUNT_ELSEWHERE;
	put_squeezed(&text, iban);
	struct str all = buf_text(&text);
	if (all.len == IBAN && (str_starts(all, "CH") || str_starts(all, "LI"))) {
		int bank = 0;
		for (int i = 4; i < 9; i++)
			bank = bank * 10 + (all.at[i] - '0');
		account = bank >= LEAST_QR_BANK && bank <= MOST_QR_BANK ? ACCOUNT_QR
									: ACCOUNT_PLAIN;
	}
	buf_free(&text);
	return account;
}

/* "1250.50 CHF": what the amount says of its currency; empty: nothing. */
static struct str currency_in(struct str amount)
{
	int blank = str_find(amount, " ");
	return blank < 0 ? str_lit("") : str_slice(amount, blank + 1, amount.len);
}

static struct str currency_of(const struct node *barcode)
{
	struct str said = part(barcode, "currency");
	return said.len ? said : currency_in(part(barcode, "amount"));
}

/* The guidelines' 4.1.1: of Unicode, three blocks and a few more. */
static bool is_permitted(struct str value)
{
	for (int at = 0; at < value.len;) {
		uint32_t c = utf8_next(value, &at);
		bool latin = (c >= 0x20 && c <= 0x7E) || (c >= 0xA0 && c <= 0x17F);
		if (!latin && !(c >= 0x218 && c <= 0x21B) && c != 0x20AC)
			return false;
	}
	return true;
}

static const char *const payee[] = {"name", "street", "house", "postcode", "town", "country"};
static const char *const payer[] = {"payer-name", "payer-street", "payer-house", "payer-postcode",
	"payer-town", "payer-country"};
enum { ADDRESS = sizeof payee / sizeof *payee };

static bool is_needed(int i)
{
	return i != 1 && i != 2; /* a street and a house's number not all have */
}

static bool has_payer(const struct node *barcode)
{
	for (int i = 0; i < ADDRESS; i++)
		if (part(barcode, payer[i]).len)
			return true;
	return false;
}

static const char *find_gap(const struct node *barcode, const char *const *address)
{
	for (int i = 0; i < ADDRESS; i++)
		if (is_needed(i) && !part(barcode, address[i]).len)
			return address[i];
	return NULL;
}

static const char *find_character(const struct node *barcode)
{
	static const char *const words[] = {"text", "billing"};
	for (int i = 0; i < ADDRESS; i++)
		if (!is_permitted(part(barcode, payee[i])))
			return payee[i];
		else if (!is_permitted(part(barcode, payer[i])))
			return payer[i];
	for (int i = 0; i < 2; i++)
		if (!is_permitted(part(barcode, words[i])))
			return words[i];
	return NULL;
}

static const struct swiss_fault *fault(
	struct arena *arena, const char *attribute, const char *why, const char *hint)
{
	struct swiss_fault *found = arena_alloc(arena, sizeof *found);
	*found = (struct swiss_fault){attribute, why, hint};
	return found;
}

static const struct swiss_fault *find_address_fault(struct arena *arena, const struct node *barcode)
{
	const char *name = find_gap(barcode, payee);
	if (name)
		return fault(arena, name, "is empty", "fill in name, postcode, town and country");
	name = has_payer(barcode) ? find_gap(barcode, payer) : NULL;
	if (name)
		return fault(arena, name, "is empty, and the payer's other parts are not",
			"fill in payer-name, payer-postcode, payer-town and payer-country, or none "
			"of the payer's parts");
	name = find_character(barcode);
	return name ? fault(arena, name, "has a character that banks do not take",
			      "write it with Latin letters alone, in the usual spelling")
		    : NULL;
}

static const struct swiss_fault *find_account_fault(struct arena *arena, const struct node *barcode)
{
	enum account account = account_of(part(barcode, "iban"));
	bool reference = swiss_is_reference(part(barcode, "reference"));
	if (account == ACCOUNT_ELSEWHERE)
		return fault(arena, "iban", "is of no account in Switzerland or Liechtenstein",
			"write one that begins with CH or LI; for others there is type=\"epc\"");
	if (account == ACCOUNT_QR && !reference)
		return fault(arena, "reference",
			"is no QR reference, and the iban is a QR-IBAN, which asks for one",
			"write the 27 digits of the QR reference, or the account's own IBAN");
	if (account == ACCOUNT_PLAIN && reference)
		return fault(arena, "iban", "is no QR-IBAN, and the reference is a QR reference",
			"write the QR-IBAN, or a reference that begins with RF, or none");
	return NULL;
}

static const struct swiss_fault *find_sum_fault(struct arena *arena, const struct node *barcode)
{
	struct str said = part(barcode, "currency"), own = currency_in(part(barcode, "amount"));
	if (!said.len && !own.len)
		return fault(arena, "currency", "is not known", "write currency=\"CHF\" or EUR");
	if (said.len && own.len && !str_eq(said, own))
		return fault(arena, "currency", "is not that of the amount",
			"leave it out, or mend the currency of the amount");
	int words = count_characters(part(barcode, "text")) +
		count_characters(part(barcode, "billing"));
	return words > MOST_WORDS
		? fault(arena, "text", "and billing together have more than 140 characters",
			  "make one of them shorter")
		: NULL;
}

const struct swiss_fault *swiss_find_fault(struct arena *arena, const struct node *barcode)
{
	const struct swiss_fault *found = find_address_fault(arena, barcode);
	found = found ? found : find_account_fault(arena, barcode);
	return found ? found : find_sum_fault(arena, barcode);
}

/* -- its lines --------------------------------------------------------------------------------- */

static void put_line(struct buf *out, struct str value)
{
	buf_str(out, value);
	buf_char(out, '\n');
}

static void put_address(
	struct buf *out, const struct node *barcode, const char *const *names, bool there)
{
	buf_puts(out, there ? "S\n" : "\n");
	for (int i = 0; i < ADDRESS; i++)
		put_line(out, part(barcode, names[i]));
}

/* Two decimals, whatever it was written with. */
static void put_amount(struct buf *out, struct str amount)
{
	struct str figures = str_slice(amount, 0, amount.len - currency_in(amount).len);
	figures = str_trim(figures);
	int point = str_find(figures, "."), decimals = point < 0 ? 0 : figures.len - point - 1;
	buf_str(out, figures);
	if (figures.len)
		buf_puts(out, point < 0 ? ".00" : decimals == 1 ? "0" : "");
	buf_char(out, '\n');
}

void swiss_put(struct buf *out, const struct node *barcode)
{
	struct str reference = part(barcode, "reference"), billing = part(barcode, "billing");
	buf_puts(out, "SPC\n0200\n1\n");
	put_squeezed(out, part(barcode, "iban"));
	buf_char(out, '\n');
	put_address(out, barcode, payee, true);
	buf_puts(out, "\n\n\n\n\n\n\n"); /* no ultimate creditor: for later use */
	put_amount(out, part(barcode, "amount"));
	put_line(out, currency_of(barcode));
	put_address(out, barcode, payer, has_payer(barcode));
	buf_puts(out, !reference.len ? "NON\n" : str_starts(reference, "RF") ? "SCOR\n" : "QRR\n");
	put_squeezed(out, reference);
	buf_char(out, '\n');
	put_line(out, part(barcode, "text"));
	buf_puts(out, "EPD");
	if (billing.len)
		buf_char(out, '\n');
	buf_str(out, billing);
}
