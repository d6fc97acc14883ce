/* sign_int.h - what the signing half of this room shares. */
#ifndef SIGN_SIGN_INT_H
#define SIGN_SIGN_INT_H

#include "sign/sign.h"

#include <openssl/evp.h>
#include <openssl/x509.h>

struct identity {
	X509 *certificate;
	STACK_OF(X509) * chain; /* above it, its issuer first */
	EVP_PKEY *key;
	struct str name;
	char *name_bytes;
};

/* OpenSSL's last reason in its own words, its queue emptied. */
const char *openssl_reason(void);

/* -- der.c: definite lengths, contents before what is around them (X.690) */

/* Puts tag and length round what stands in out behind from. */
void der_wrap(struct buf *out, size_t from, unsigned tag);
void der_put(struct buf *out, unsigned tag, struct str contents);

#endif
