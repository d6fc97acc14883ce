/* sign.c - the decimal sign of a language, of which ICU is asked once. */
#include "locale/locale.h"
#include "locale/locales_int.h"

#include <unicode/ustring.h>

#include <stdio.h>

void decimal_sign(struct str lang, char out[DECIMAL_SIGN_SIZE])
{
	char name[ULOC_FULLNAME_CAPACITY];
	UChar symbol[4];
	UErrorCode status = U_ZERO_ERROR;
	snprintf(out, DECIMAL_SIGN_SIZE, ".");
	if (number_is_prepared(lang))
		return;
	locale_name(lang, name);
	UNumberFormat *format = icu()->unum_open(UNUM_DECIMAL, NULL, 0, name, NULL, &status);
	int32_t len = icu()->unum_getSymbol(
		format, UNUM_DECIMAL_SEPARATOR_SYMBOL, symbol, 4, &status);
	if (U_SUCCESS(status) && len > 0 && len < 4)
		u_strToUTF8(out, DECIMAL_SIGN_SIZE, NULL, symbol, len, &status);
	if (format)
		icu()->unum_close(format);
}
