/* scope.h - of which certificates, and of which times, a proof speaks. */
#ifndef VERIFY_SCOPE_H
#define VERIFY_SCOPE_H

#include <openssl/ocsp.h>
#include <openssl/x509v3.h>
#include <stdbool.h>
#include <stdint.h>

/* Whether a list of revoked certificates, on which this one does not stand, says that it was not
 * revoked at a time. It would have to stand there: the list is whole, for certificates of its kind
 * and of its distribution point, and holds nothing critical that is not understood here (RFC 5280,
 * 5.2 and 6.3.3). */
bool crl_clears(X509_CRL *crl, X509 *cert, int64_t at);
/* Whether an answer that says so says it of that time. */
bool answer_clears(OCSP_SINGLERESP *answer, X509 *cert, int64_t at);
/* Both must not have lapsed, and be of a time when the certificate was still valid, unless they say
 * that they know of longer: what has expired may have been forgotten (EN 319 102-1, 5.2.5). */

#endif
