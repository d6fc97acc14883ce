/* currency.c - the signs of currencies. */
#include "locale/currency.h"

#include "locale/reading_int.h"

#include <unicode/uchar.h>
#include <unicode/ucurr.h>

/* Longer signs before those that they begin with. */
static const struct {
	const char *sign, *code;
	bool shared; /* by several currencies, of which the code is the one most used */
} currencies[] = {
	{"US$", "USD"},
	{"CA$", "CAD"},
	{"AU$", "AUD"},
	{"NZ$", "NZD"},
	{"HK$", "HKD"},
	{"A$", "AUD"},
	{"C$", "CAD"},
	{"R$", "BRL"},
	{"S$", "SGD"},
	{"$", "USD", true},
	{"zł", "PLN"},
	{"Kč", "CZK"},
	{"Ft", "HUF"},
	{"kr.", "DKK", true},
	{"kr", "SEK", true},
	{"SFr.", "CHF"},
	{"Fr.", "CHF"},
	{"lei", "RON"},
	{"лв.", "BGN"},
	{"лв", "BGN"},
	{"руб.", "RUB"},
	{"р.", "RUB"},
	{"£", "GBP"},
	{"€", "EUR"},
	{"¥", "JPY", true},
	{"￥", "JPY", true},
	{"円", "JPY"},
	{"元", "CNY", true},
	{"₩", "KRW"},
	{"원", "KRW"},
	{"₹", "INR"},
	{"₽", "RUB"},
	{"₺", "TRY"},
	{"₴", "UAH"},
	{"₪", "ILS"},
	{"₫", "VND"},
};
enum { CURRENCIES = sizeof currencies / sizeof *currencies };

static int find_sign(struct str sign)
{
	int i = 0;
	while (i < CURRENCIES && !str_is(sign, currencies[i].sign))
		i++;
	return i;
}

struct str currency_code(struct str sign)
{
	int i = find_sign(sign);
	return i < CURRENCIES && !currencies[i].shared ? str_of(currencies[i].code) : sign;
}

struct str currency_likely(struct str sign)
{
	int i = find_sign(sign);
	return i < CURRENCIES ? str_of(currencies[i].code) : (struct str){0};
}

bool currency_is_code(struct str text)
{
	for (int i = 0; i < text.len; i++)
		if (text.at[i] < 'A' || text.at[i] > 'Z')
			return false;
	return text.len == 3;
}

static void units_of(struct str code, UChar units[4])
{
	for (int i = 0; i < 3; i++)
		units[i] = (UChar)code.at[i];
	units[3] = 0;
}

/* Three capitals that ISO 4217 knows for a currency, and no letter behind. */
static bool begins_with_code(struct str text)
{
	UChar units[4];
	struct str code = str_slice(text, 0, text.len < 3 ? text.len : 3);
	if (!currency_is_code(code) || letter_stands_at(text, 3) || str_is(code, "XXX") ||
		str_is(code, "XTS")) /* no currency, and one for tests */
		return false;
	units_of(code, units);
	return ucurr_getNumericCode(units) != 0;
}

struct str currency_take(struct str *text)
{
	int at = 0;
	for (int i = 0; i < CURRENCIES; i++) {
		int len = (int)strlen(currencies[i].sign);
		if (str_starts(*text, currencies[i].sign) && !letter_stands_at(*text, len))
			return plain_take_prefix(text, len);
	}
	if (text->len && u_charType((UChar32)utf8_next(*text, &at)) == U_CURRENCY_SYMBOL)
		return plain_take_prefix(text, at);
	return begins_with_code(*text) ? plain_take_prefix(text, 3) : str_lit("");
}

int currency_places(struct str code)
{
	UChar units[4];
	UErrorCode status = U_ZERO_ERROR;
	if (!currency_is_code(code))
		return 2;
	units_of(code, units);
	int places = ucurr_getNumericCode(units) ? ucurr_getDefaultFractionDigits(units, &status)
						 : 2;
	return U_SUCCESS(status) ? places : 2;
}
