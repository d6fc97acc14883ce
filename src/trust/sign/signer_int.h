/* signer_int.h - what a signer is made of, for the two halves of it. */
#ifndef SIGN_SIGNER_INT_H
#define SIGN_SIGNER_INT_H

#include "sign/sign_int.h"

enum {
	TAG_OCTETS = 0x04,
	TAG_SEQUENCE = 0x30,
	TAG_SET = 0x31,
	TAG_CONTEXT_0 = 0xA0 /* constructed */
};
struct signer {
	const struct identity *identity;
	EVP_MD *digest;
	EVP_MD_CTX *context, *whole; /* whole: of the file signed last, as far as its hole */
	size_t whole_len;            /* so many bytes; 0: none */
	EVP_PKEY_CTX *signing;
	bool digesting; /* without a failure so far */
	int spare_room;
	int room;
	struct buf certificates, signer_id, digest_algorithm, signature_algorithm;
	struct buf content_type, certificate_attribute; /* signed attributes, whole */
	struct buf attributes, der;                     /* of the letter in hand */
};

/* Encodes all that is the same for every letter. False, with OpenSSL's reason, when it cannot. */
bool signer_encode(struct signer *signer, bool pss);

void put_object(struct buf *out, int nid);
/* An attribute: its type, and a set of the one value that stands in out. */
void wrap_attribute(struct buf *out, int nid);

#endif
