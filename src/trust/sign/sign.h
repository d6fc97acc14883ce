/* sign.h - who signs, and the signing of a letter (PAdES B-B: ETSI EN 319 142-1, 6).
 *
 *   identity_   certificate, chain and private key: run lifetime, shared by the workers
 *   signer_     one per thread: signs the bytes of finished letters, in their hole
 *
 * OpenSSL does all cryptography. */
#ifndef SIGN_SIGN_H
#define SIGN_SIGN_H

#include "base/base.h"

struct identity;

/* How a pass phrase is come by, when the key needs one: writes it to phrase, at most size bytes,
 * and gives its length, or -1 when there is none. It is wiped after use. */
struct identity_pass {
	int (*ask)(void *user, const char *path, char *phrase, int size);
	void *user;
};

/* Opens a file of PEM or PKCS#12 that holds a private key, its certificate and perhaps the chain
 * above it; or what a "pkcs11:" URI (RFC 7512) names in a token. Certificates that are not there
 * may be in a PEM file of their own, or NULL. Refused, with the reason: a key file that others can
 * read, a key that is too weak or does not belong to the certificate, a certificate that is expired
 * or not yet valid at now (seconds since 1970), or that may not sign. A token may ask for its PIN
 * again: path and pass->user must live as long as the identity. NULL after an error. */
struct identity *identity_open(const char *path, const char *certificates,
	const struct identity_pass *pass, int64_t now, struct diags *diags);
void identity_free(struct identity *identity); /* the key is wiped */

/* Made by identity_new, not by an authority: its letters say TEST. */
bool identity_is_test(const struct identity *identity);
struct str identity_name(const struct identity *identity); /* the certificate's common name */
/* The certificate in DER, as it stands in what is signed. */
struct str identity_certificate(const struct identity *identity, struct arena *arena);
/* SHA-256 of the certificate, for keys of letters. */
enum { FINGERPRINT_SIZE = 32 };
void identity_fingerprint(const struct identity *identity, unsigned char out[FINGERPRINT_SIZE]);
/* What people want to know of it; in the arena. */
struct identity_facts {
	struct str name, algorithm; /* of the key */
	int bits;
	int64_t from, until;    /* seconds since 1970 */
	struct str issuer;      /* .at NULL: it is not at hand */
	struct str fingerprint; /* in hexadecimal digits */
	bool is_test;
};
struct identity_facts identity_describe(const struct identity *identity, struct arena *arena);

/* A test identity: an ECDSA P-256 key, its certificate for "TEST name" and the root that issued it,
 * in PEM; the root's key is thrown away. root is what readers may trust. Valid for two years. The
 * bytes are secret: see identity_wipe. False after an error. */
bool identity_new(
	struct str name, int64_t now, struct buf *identity, struct buf *root, struct diags *diags);

/* Wipes and frees what held a key or a pass phrase. */
void identity_wipe(struct buf *secret);

/* Where a letter waits for its signature: byte offsets of the text "[…]" of the ByteRange and of
 * the
 * "<…>" of Contents, with the brackets. */
struct hole {
	size_t range, range_len, contents, contents_len;
};

struct signer_options {
	bool pss;       /* RSA keys sign with PSS (RFC 8017 8.1) */
	int spare_room; /* bytes for what comes into the signature later: a time stamp */
};

struct signer;

/* identity must live as long. NULL after an error: a trial signature failed. */
struct signer *signer_new(
	const struct identity *identity, const struct signer_options *options, struct diags *diags);
void signer_free(struct signer *signer);
/* Bytes that a hole needs, at least. */
int signer_room(const struct signer *signer);
/* Signs a finished file in place: fills in the ByteRange and the signature. An RSA PKCS#1 v1.5
 * signature is the same each time. False after an error; the file is then of no use. */
bool signer_sign(struct signer *signer, struct buf *file, const struct hole *hole, const char *name,
	struct diags *diags);
/* SHA-256 of the file that was signed last, as it stands now, which begins with the bytes before
 * its hole: these were digested for the signature, so only what follows is. False when they were
 * not by SHA-256. */
enum { SIGNER_HASH = 32 };
bool signer_hash_file(struct signer *signer, struct str file, unsigned char hash[SIGNER_HASH]);
/* A detached CMS signature of bytes that come in parts: begin, each part, then its DER. */
void signer_begin(struct signer *signer);
void signer_add(struct signer *signer, struct str bytes);
bool signer_finish(struct signer *signer, struct buf *der, const char *name, struct diags *diags);

#endif
