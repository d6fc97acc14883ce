/* policy.h - which certificates may stand behind a letter: one table of rules, by which the signer
 * refuses to sign and the verifier refuses to believe. docs/verifying.md says them to people. */
#ifndef VERIFY_POLICY_H
#define VERIFY_POLICY_H

#include "base/base.h"

#include <openssl/x509.h>

/* OpenSSL's measure of keys and digests (SSL_CTX_set_security_level(3)): 112 bits of security. */
enum { POLICY_LEVEL = 2, POLICY_BITS = 112 };

enum policy_of { POLICY_LETTER, POLICY_STAMP };

/* Holds certificates against the rules: the signer's first, then those above it, as far as they are
 * there. False after a finding for each rule that is broken, at the place. */
bool policy_check(
	STACK_OF(X509) * chain, enum policy_of what, struct place at, struct diags *diags);

/* Can a signature by this algorithm be forged? Of CRLs and of answers about revocation. */
bool policy_is_forgeable(const X509_ALGOR *algorithm);

#endif
