/* cms.h - a CMS SignedData read strictly, for signatures and time-stamp tokens alike. */
#ifndef VERIFY_CMS_H
#define VERIFY_CMS_H

#include "base/base.h"

#include <openssl/cms.h>
#include <openssl/x509.h>

/* Made by cms_open, released by cms_close. */
struct cms {
	CMS_ContentInfo *info;
	CMS_SignerInfo *signer_info; /* the only one; of info */
	X509 *signer;                /* of info */
	STACK_OF(X509) * certs;      /* all that it holds */
};

/* Reads DER that holds one SignedData by one signer, whose certificate is in it and whom its
 * signing-certificate attribute names (RFC 5035). Gives what is wrong, or NULL. cms_close in any
 * case. */
const char *cms_open(struct cms *cms, struct str der);
void cms_close(struct cms *cms);

/* Is it a signature of these bytes (before and after the hole), whose content-type is data? Gives
 * what is wrong, or NULL; *altered says that the signature itself is whole. */
const char *cms_check_bytes(struct cms *cms, struct str before, struct str after, bool *altered);

/* What it brings of this content type (NID_…), {NULL} for nothing. Belongs to cms. */
struct str cms_content(const struct cms *cms, int type);
/* Is it a signature of what it brings? Gives what is wrong, or NULL. */
const char *cms_check_content(struct cms *cms);
/* Are the certificates that its signing-certificate attribute names those of the chain, the
 * signer's first? Gives what is wrong, or NULL. */
const char *cms_check_chain(const struct cms *cms, STACK_OF(X509) * chain);

/* Is this the digest of the bytes? */
bool cms_digest_is(
	const EVP_MD *md, struct str before, struct str after, const ASN1_OCTET_STRING *said);

/* Of what ETSI EN 319 142-1, 6.3 wants of a signature: what is not so, or NULL. */
const char *cms_check_baseline(struct cms *cms);

/* The signature value: what a signature time stamp is made of. */
struct str cms_signature(struct cms *cms);
/* The signature time stamp in its unsigned attributes as DER; {NULL} for none. *wrong says what
 * stands there that should not. Belongs to cms. */
struct str cms_stamp(struct cms *cms, const char **wrong);

#endif
