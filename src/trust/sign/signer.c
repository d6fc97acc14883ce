/* signer.c - bytes → a detached CMS signature (RFC 5652), as PAdES baseline B wants it.
 *
 * Signed attributes: content-type, message-digest and signing-certificate-v2 (RFC 5035), and no
 * others: the time is in the signature dictionary. All that is the same for every letter is encoded
 * once: certificates, the signer's name, the algorithms, the certificate's digest. What is left for
 * a letter is to digest its bytes, to sign some 130 bytes of attributes, and to put the parts
 * together.
 *
 * The digest fits the key: SHA-384 for P-384, else SHA-256. */
#include "sign/signer_int.h"

#include "base/diag_id.h"

#include <assert.h>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/objects.h>
#include <openssl/rsa.h>
#include <stdlib.h>

enum { MOST_SIGNATURE = 1024 }; /* RSA with 8192 bits */

/* -- the key */

static bool is_p384(const EVP_PKEY *key)
{
	return EVP_PKEY_is_a(key, "EC") && EVP_PKEY_get_bits(key) == 384;
}

static bool open_key(struct signer *signer, bool pss)
{
	EVP_PKEY *key = signer->identity->key;
	signer->digest = EVP_MD_fetch(NULL, is_p384(key) ? "SHA384" : "SHA256", NULL);
	signer->context = EVP_MD_CTX_new();
	signer->whole = EVP_MD_CTX_new();
	signer->signing = EVP_PKEY_CTX_new(key, NULL);
	if (!signer->digest || !signer->context || !signer->whole || !signer->signing ||
		EVP_PKEY_sign_init(signer->signing) <= 0)
		return false;
	if (EVP_PKEY_is_a(key, "RSA") &&
		EVP_PKEY_CTX_set_rsa_padding(
			signer->signing, pss ? RSA_PKCS1_PSS_PADDING : RSA_PKCS1_PADDING) <= 0)
		return false;
	if (EVP_PKEY_CTX_set_signature_md(signer->signing, signer->digest) <= 0)
		return false;
	return !pss ||
		EVP_PKEY_CTX_set_rsa_pss_saltlen(signer->signing, RSA_PSS_SALTLEN_DIGEST) > 0;
}

/* -- one signature ----------------------------------------------------------------------------- */

/* A failure of OpenSSL's in between shows in the end. */
void signer_begin(struct signer *signer)
{
	signer->digesting = EVP_DigestInit_ex2(signer->context, signer->digest, NULL) > 0;
}

void signer_add(struct signer *signer, struct str bytes)
{
	signer->digesting = signer->digesting &&
		EVP_DigestUpdate(signer->context, bytes.at, (size_t)bytes.len) > 0;
}

static bool end_digest(struct signer *signer, unsigned char *out, unsigned *len)
{
	return signer->digesting && EVP_DigestFinal_ex(signer->context, out, len) > 0;
}

static int compare(const void *a, const void *b)
{
	const struct str *x = a, *y = b;
	return str_cmp(*x, *y);
}

/* A SET OF in DER is in the order of its members' bytes (X.690 11.6); the tag is SET here, and [0]
 * where it stands in the file. */
static void write_attributes(struct signer *signer, struct str digest)
{
	struct buf message = {0};
	der_put(&message, TAG_OCTETS, digest);
	wrap_attribute(&message, NID_pkcs9_messageDigest);
	struct str attributes[] = {buf_text(&signer->content_type), buf_text(&message),
		buf_text(&signer->certificate_attribute)};
	qsort(attributes, 3, sizeof *attributes, compare);
	buf_clear(&signer->attributes);
	for (int i = 0; i < 3; i++)
		buf_str(&signer->attributes, attributes[i]);
	der_wrap(&signer->attributes, 0, TAG_SET);
	buf_free(&message);
}

static void put_part(struct buf *out, const struct buf *part)
{
	buf_put(out, part->at, part->len);
}

static void put_version(struct buf *out)
{
	static const char version[] = {0x02, 0x01, 0x01}; /* INTEGER 1 */
	buf_put(out, version, sizeof version);
}

/* ContentInfo { SignedData { version, digests, content, certificates, { SignerInfo } } } */
static void write_cms(struct signer *signer, struct str signature)
{
	struct buf *out = &signer->der;
	buf_clear(out);
	put_object(out, NID_pkcs7_signed);
	size_t signed_data = out->len;
	put_version(out);
	der_put(out, TAG_SET, buf_text(&signer->digest_algorithm));
	size_t content = out->len;
	put_object(out, NID_pkcs7_data);
	der_wrap(out, content, TAG_SEQUENCE);
	put_part(out, &signer->certificates);
	size_t infos = out->len;
	put_version(out);
	put_part(out, &signer->signer_id);
	put_part(out, &signer->digest_algorithm);
	size_t attributes = out->len;
	put_part(out, &signer->attributes);
	out->at[attributes] = (char)TAG_CONTEXT_0;
	put_part(out, &signer->signature_algorithm);
	der_put(out, TAG_OCTETS, signature);
	der_wrap(out, infos, TAG_SEQUENCE);
	der_wrap(out, infos, TAG_SET);
	der_wrap(out, signed_data, TAG_SEQUENCE);
	der_wrap(out, signed_data, TAG_CONTEXT_0);
	der_wrap(out, 0, TAG_SEQUENCE);
}

/* Leaves the signature of what was added in signer->der. */
static bool sign_digest(struct signer *signer, const char *name, struct diags *diags)
{
	unsigned char digest[EVP_MAX_MD_SIZE], signature[MOST_SIGNATURE];
	unsigned len;
	size_t signature_len = sizeof signature;
	bool good = end_digest(signer, digest, &len);
	if (good) {
		write_attributes(signer, (struct str){(char *)digest, (int)len});
		signer_begin(signer);
		signer_add(signer, buf_text(&signer->attributes));
		good = end_digest(signer, digest, &len) &&
			EVP_PKEY_sign(signer->signing, signature, &signature_len, digest, len) > 0;
	}
	if (good)
		write_cms(signer, (struct str){(char *)signature, (int)signature_len});
	else
		diag_add(diags, SIGN_FAILED, place_in(name), openssl_reason());
	return good;
}

bool signer_finish(struct signer *signer, struct buf *der, const char *name, struct diags *diags)
{
	buf_clear(der);
	if (!sign_digest(signer, name, diags))
		return false;
	buf_put(der, signer->der.at, signer->der.len);
	return true;
}

/* -- the signer -------------------------------------------------------------------------------- */

/* An ECDSA signature's length varies by some bytes: the room is for the longest. */
static bool find_room(struct signer *signer, struct diags *diags)
{
	enum { VARIES = 16 };
	signer_begin(signer);
	if (!sign_digest(signer, NULL, diags))
		return false;
	signer->room = (int)signer->der.len + VARIES + signer->spare_room;
	return true;
}

struct signer *signer_new(
	const struct identity *identity, const struct signer_options *options, struct diags *diags)
{
	struct signer *signer = heap_new(sizeof *signer);
	bool pss = options->pss && EVP_PKEY_is_a(identity->key, "RSA");
	signer->identity = identity;
	signer->spare_room = options->spare_room;
	bool good = open_key(signer, pss) && signer_encode(signer, pss);
	if (good)
		good = find_room(signer, diags);
	else
		diag_add(diags, SIGN_FAILED, place_none(), openssl_reason());
	if (good)
		return signer;
	signer_free(signer);
	return NULL;
}

void signer_free(struct signer *signer)
{
	if (!signer)
		return;
	struct buf *const bufs[] = {&signer->certificates, &signer->signer_id,
		&signer->digest_algorithm, &signer->signature_algorithm, &signer->content_type,
		&signer->certificate_attribute, &signer->attributes, &signer->der};
	for (size_t i = 0; i < sizeof bufs / sizeof *bufs; i++)
		buf_free(bufs[i]);
	EVP_PKEY_CTX_free(signer->signing);
	EVP_MD_CTX_free(signer->context);
	EVP_MD_CTX_free(signer->whole);
	EVP_MD_free(signer->digest);
	free(signer);
}

int signer_room(const struct signer *signer)
{
	return signer->room;
}

/* -- a letter ---------------------------------------------------------------------------------- */

static void fill_range(struct buf *file, const struct hole *hole)
{
	char text[4 * NUMBER_SIZE] = "[0", *at = text + 2;
	size_t end = hole->contents + hole->contents_len;
	const size_t numbers[] = {hole->contents, end, file->len - end};
	for (int i = 0; i < 3; i++) {
		*at++ = ' ';
		at += digits_write((int)numbers[i], at);
	}
	assert((size_t)(at - text) < hole->range_len);
	memset(file->at + hole->range, ' ', hole->range_len);
	memcpy(file->at + hole->range, text, (size_t)(at - text));
	file->at[hole->range + hole->range_len - 1] = ']';
}

static void fill_contents(struct buf *file, const struct hole *hole, struct str der)
{
	char *at = file->at + hole->contents + 1;
	for (int i = 0; i < der.len; i++) {
		unsigned char high = (unsigned char)der.at[i] >> 4, low = der.at[i] & 15;
		at[2 * i] = (char)(high + (high < 10 ? '0' : 'a' - 10));
		at[2 * i + 1] = (char)(low + (low < 10 ? '0' : 'a' - 10));
	}
}

/* The state of the digest, for signer_hash_file. */
static void keep_beginning(struct signer *signer, size_t len)
{
	bool kept = signer->digesting && EVP_MD_is_a(signer->digest, "SHA256") &&
		EVP_MD_CTX_copy_ex(signer->whole, signer->context);
	signer->whole_len = kept ? len : 0;
}

bool signer_hash_file(struct signer *signer, struct str file, unsigned char hash[SIGNER_HASH])
{
	size_t from = signer->whole_len;
	signer->whole_len = 0;
	return from && EVP_DigestUpdate(signer->whole, file.at + from, (size_t)file.len - from) &&
		EVP_DigestFinal_ex(signer->whole, hash, NULL);
}

bool signer_sign(struct signer *signer, struct buf *file, const struct hole *hole, const char *name,
	struct diags *diags)
{
	size_t end = hole->contents + hole->contents_len;
	fill_range(file, hole);
	signer_begin(signer);
	signer_add(signer, (struct str){file->at, (int)hole->contents});
	keep_beginning(signer, hole->contents);
	signer_add(signer, (struct str){file->at + end, (int)(file->len - end)});
	if (!sign_digest(signer, name, diags))
		return false;
	size_t room = (hole->contents_len - 2) / 2;
	if (signer->der.len > room) {
		diag_add(diags, SIGN_ROOM, place_in(name),
			diag_int(diags, (long long)signer->der.len),
			diag_int(diags, (long long)room));
		return false;
	}
	fill_contents(file, hole, buf_text(&signer->der));
	return true;
}
