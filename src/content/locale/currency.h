/* currency.h - the signs and codes (ISO 4217) of currencies. */
#ifndef LOCALE_CURRENCY_H
#define LOCALE_CURRENCY_H

#include "base/base.h"

/* Takes the sign or code of a currency that a text begins with off it: "£", "US$", "EUR", "zł";
 * empty when there is none. */
struct str currency_take(struct str *text);
/* The code of a sign that one currency alone has; else the sign. */
struct str currency_code(struct str sign);
/* The code of the currency that has the sign, of several the one most used; .at == NULL: not
 * known. */
struct str currency_likely(struct str sign);
bool currency_is_code(struct str text); /* by its form: three capitals */
/* As many decimals as its amounts have; 2 of a code that is not known. */
int currency_places(struct str code);

#endif
