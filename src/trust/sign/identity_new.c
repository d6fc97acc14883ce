/* identity_new.c - a test identity: a root of its own, a certificate below it, a key.
 *
 * A self-signed certificate would be shorter, but then nothing of the way from a letter to a root
 * that is trusted could be tried out. */
#include "sign/sign_int.h"

#include "base/diag_id.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

enum { DAYS = 730 };

struct holder {
	X509 *certificate;
	EVP_PKEY *key;
};

static bool add_extension(X509 *certificate, X509 *issuer, int nid, const char *value)
{
	X509V3_CTX context;
	X509V3_set_ctx(&context, issuer, certificate, NULL, NULL, 0);
	X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, &context, nid, value);
	bool good = extension && X509_add_ext(certificate, extension, -1) > 0;
	X509_EXTENSION_free(extension);
	return good;
}

static bool set_serial(X509 *certificate)
{
	unsigned char bytes[16];
	if (RAND_bytes(bytes, sizeof bytes) <= 0)
		return false;
	bytes[0] = (bytes[0] & 0x7F) | 0x40; /* positive, and of full length */
	BIGNUM *number = BN_bin2bn(bytes, sizeof bytes, NULL);
	bool good = number && BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate));
	BN_free(number);
	return good;
}

static bool set_name(X509 *certificate, struct str name, const char *after)
{
	struct buf text = {0};
	buf_format(&text, "TEST %.*s%s", str_arg(name), after);
	X509_NAME *subject = X509_get_subject_name(certificate);
	bool good = X509_NAME_add_entry_by_NID(subject, NID_commonName, MBSTRING_UTF8,
			    (const unsigned char *)text.at, (int)text.len, -1, 0) > 0;
	buf_free(&text);
	return good;
}

static bool set_times(X509 *certificate, int64_t now)
{
	time_t start = (time_t)now;
	return X509_time_adj_ex(X509_getm_notBefore(certificate), 0, 0, &start) &&
		X509_time_adj_ex(X509_getm_notAfter(certificate), DAYS, 0, &start);
}

/* issuer: of the certificate; the holder itself for a root. */
static bool make(struct holder *holder, const struct holder *issuer, struct str name,
	const char *after, int64_t now)
{
	holder->key = EVP_EC_gen("P-256");
	X509 *certificate = holder->certificate = X509_new();
	bool root = holder == issuer;
	return holder->key && certificate && X509_set_version(certificate, X509_VERSION_3) &&
		set_serial(certificate) && set_name(certificate, name, after) &&
		set_times(certificate, now) && X509_set_pubkey(certificate, holder->key) &&
		X509_set_issuer_name(certificate, X509_get_subject_name(issuer->certificate)) &&
		add_extension(certificate, issuer->certificate, NID_basic_constraints,
			root ? "critical,CA:TRUE,pathlen:0" : "critical,CA:FALSE") &&
		add_extension(certificate, issuer->certificate, NID_key_usage,
			root ? "critical,keyCertSign,cRLSign"
			     : "critical,digitalSignature,nonRepudiation") &&
		add_extension(
			certificate, issuer->certificate, NID_subject_key_identifier, "hash") &&
		(root ||
			add_extension(certificate, issuer->certificate,
				NID_authority_key_identifier, "keyid")) &&
		X509_sign(certificate, issuer->key, EVP_sha256()) > 0;
}

static bool put_pem(struct buf *out, const EVP_PKEY *key, X509 *certificate)
{
	BIO *bio = BIO_new(BIO_s_secmem());
	char *bytes = NULL;
	bool good = bio &&
		(!key || PEM_write_bio_PKCS8PrivateKey(bio, key, NULL, NULL, 0, NULL, NULL));
	good = good && PEM_write_bio_X509(bio, certificate);
	long len = good ? BIO_get_mem_data(bio, &bytes) : 0;
	buf_put(out, bytes, (size_t)len);
	if (bytes)
		OPENSSL_cleanse(bytes, (size_t)len);
	BIO_free(bio);
	return good;
}

static void holder_free(struct holder *holder)
{
	X509_free(holder->certificate);
	EVP_PKEY_free(holder->key);
}

bool identity_new(
	struct str name, int64_t now, struct buf *identity, struct buf *root, struct diags *diags)
{
	enum { ROOM = 16384 }; /* so that no copy is left behind where the buffer was */
	struct holder authority = {0}, signer = {0};
	buf_reserve(identity, ROOM);
	bool good = make(&authority, &authority, name, " root", now) &&
		make(&signer, &authority, name, "", now) &&
		put_pem(identity, signer.key, signer.certificate) &&
		put_pem(identity, NULL, authority.certificate) &&
		put_pem(root, NULL, authority.certificate);
	if (!good)
		diag_add(diags, IDENTITY_MAKE, place_none(), openssl_reason());
	holder_free(&authority);
	holder_free(&signer);
	return good;
}
