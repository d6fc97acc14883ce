/* payment.h - the parts of a credit transfer in euros, as an EPC code holds them (EPC069-12, "Quick
 * Response Code: Guidelines to Enable Data Capture for the Initiation of a SEPA Credit Transfer").
 *
 * An amount, a BIC, a reference and a text may be left out: empty is good for them. Blanks in an
 * IBAN and a reference do not count. */
#ifndef TREE_PAYMENT_H
#define TREE_PAYMENT_H

#include "base/base.h"

bool payment_is_line(struct str value, int most); /* so many characters on one line at most */
bool payment_is_name(struct str value);           /* of who is paid, 70 characters at most */
bool payment_is_iban(struct str value);           /* ISO 13616-1, its check digits right */
bool payment_is_bic(struct str value);            /* ISO 9362, by its form */
/* "0.01" to "999999999.99", as decimal_write has it, with " CHF" or " EUR" behind it in a Swiss
 * code: what else stands there is another currency. */
bool payment_is_amount(struct str value);
/* ISO 11649, or a Swiss QR reference, its check digits right. */
bool payment_is_reference(struct str value);
bool payment_is_text(struct str value); /* 140 characters at most */

#endif
