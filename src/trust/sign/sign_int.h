/* sign_int.h - what the files of this room share. */
#ifndef SIGN_SIGN_INT_H
#define SIGN_SIGN_INT_H

#include "sign/sign.h"

#include <openssl/evp.h>
#include <openssl/provider.h>
#include <openssl/ui.h>
#include <openssl/x509.h>

struct asking {
	struct identity_pass pass;
	const char *path;
	bool asked, failed; /* failed: there was no answer */
};

/* Where the key of a token lives that OpenSSL's provider found. */
struct token_home {
	OSSL_LIB_CTX *openssl; /* NULL: the common one */
	OSSL_PROVIDER *providers[2];
	UI_METHOD *prompts; /* answers what the key asks later, by prompted */
	struct asking *prompted;
};

struct identity {
	X509 *certificate;
	STACK_OF(X509) * chain; /* above it, its issuer first */
	EVP_PKEY *key;
	struct str name;
	char *name_bytes;
	UI_METHOD *ui; /* asks for the pass phrase: a token may want it at any time */
	struct asking asking;
	struct token_home home;
};

/* What a file or a token holds: its first key, all its certificates. */
struct contents {
	EVP_PKEY *key;
	STACK_OF(X509) * certificates;
};

/* -- identity.c */

/* Adds what the file or URI holds, as OpenSSL reads it in the identity's home. False after an
 * error of it. */
bool identity_read_store(struct contents *contents, struct identity *identity, const char *uri);

/* A pem_password_cb: asks who has the pass phrase, but not again who had none. user is a struct
 * asking. */
int identity_ask(char *phrase, int size, int writing, void *user);

/* -- pkcs11.c */

bool pkcs11_is_uri(const char *path);
/* Whether a PIN stands in it, which others could read. */
bool pkcs11_has_pin(const char *uri);
/* Adds the key that the identity's URI names, and its certificate if the token has it. Gives what
 * is wrong, or NULL. */
const char *pkcs11_read(struct contents *contents, struct identity *identity);
extern const char pkcs11_wrong_pin[];
/* Leaves the home, if there is one: after the key and the certificates, which are of it. */
void pkcs11_close(struct token_home *home);
/* Why the token gave no key, from OpenSSL's queue of errors, which is emptied. */
const char *pkcs11_reason(void);

/* What a URI names: the object, as a URI without its query, and the module's path, or NULL. */
struct token {
	char *object, *module;
};

/* -- pkcs11_engine.c */

/* The same by the engine; *reason is what is wrong, or NULL. False: there is no engine. */
bool pkcs11_by_engine(struct contents *contents, struct identity *identity,
	const struct token *token, const char **reason);

/* -- pkcs12.c */

/* The cipher for which a PKCS#12 file cannot be opened; NULL: that is not why, or it is none. */
const char *pkcs12_missing_cipher(const char *path);

/* OpenSSL's last reason in its own words, its queue emptied. */
const char *openssl_reason(void);

/* -- der.c: definite lengths, contents before what is around them (X.690) */

/* Puts tag and length round what stands in out behind from. */
void der_wrap(struct buf *out, size_t from, unsigned tag);
void der_put(struct buf *out, unsigned tag, struct str contents);

#endif
