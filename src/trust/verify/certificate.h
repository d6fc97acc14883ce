/* certificate.h - what a certificate says, in words for people. */
#ifndef VERIFY_CERTIFICATE_H
#define VERIFY_CERTIFICATE_H

#include "base/base.h"

#include <openssl/x509.h>

/* Its subject's common name, else the whole subject; in the arena. */
struct str cert_name(struct arena *arena, X509 *cert);
/* Whether its names, and those of its issuer, can be read to their end: a NUL in one shows the
 * whole of it to some programs and its beginning to others. */
bool cert_names_are_sound(X509 *cert);
/* Seconds since 1970; 0 when there is no such time. */
int64_t seconds_of(const ASN1_TIME *time);

#endif
