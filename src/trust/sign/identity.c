/* identity.c - a file of keys → an identity that may sign, or the reason why not.
 *
 * OSSL_STORE reads PEM and PKCS#12 alike, and what a token holds; the file says which it is.
 * Everything that would make a letter's signature worthless is refused here, before the first
 * letter is made. */
#include "sign/sign_int.h"

#include "base/diag_id.h"
#include "verify/certificate.h"
#include "verify/policy.h"
#include "verify/verify.h"

#include <errno.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/store.h>
#include <openssl/x509v3.h>
#include <stdlib.h>
#include <sys/stat.h>

const char *openssl_reason(void)
{
	unsigned long error = ERR_peek_last_error();
	const char *reason = error ? ERR_reason_error_string(error) : NULL;
	ERR_clear_error();
	return reason ? reason : "no reason was given";
}

/* -- reading ----------------------------------------------------------------------------------- */

int identity_ask(char *phrase, int size, int writing, void *user)
{
	struct asking *asking = user;
	(void)writing;
	asking->asked = true;
	bool may = asking->pass.ask && !asking->failed;
	int len = may ? asking->pass.ask(asking->pass.user, asking->path, phrase, size) : -1;
	asking->failed = len < 0;
	return len;
}

/* The first key; all certificates. */
static void take(struct contents *contents, OSSL_STORE_INFO *info)
{
	switch (OSSL_STORE_INFO_get_type(info)) {
	case OSSL_STORE_INFO_PKEY:
		if (!contents->key)
			contents->key = OSSL_STORE_INFO_get1_PKEY(info);
		break;
	case OSSL_STORE_INFO_CERT:
		sk_X509_push(contents->certificates, OSSL_STORE_INFO_get1_CERT(info));
		break;
	default:
		break;
	}
}

bool identity_read_store(struct contents *contents, struct identity *identity, const char *uri)
{
	OSSL_STORE_CTX *store = OSSL_STORE_open_ex(uri, identity->home.openssl, NULL, identity->ui,
		&identity->asking, NULL, NULL, NULL);
	bool good = store != NULL;
	while (good && !OSSL_STORE_eof(store)) {
		OSSL_STORE_INFO *info = OSSL_STORE_load(store);
		if (info)
			take(contents, info);
		else
			good = ERR_peek_error() == 0; /* OSSL_STORE_error is set at the end too */
		OSSL_STORE_INFO_free(info);
	}
	OSSL_STORE_close(store);
	return good;
}

static bool read_contents(struct contents *contents, struct identity *identity, struct diags *diags)
{
	const struct asking *asking = &identity->asking;
	const char *path = asking->path;
	struct place place = place_in(path);
	bool in_token = pkcs11_is_uri(path);
	const char *reason = in_token ? pkcs11_read(contents, identity) : NULL;
	if (!in_token && !identity_read_store(contents, identity, path))
		reason = openssl_reason();
	if (!reason)
		return true;
	const char *cipher = in_token ? NULL : pkcs12_missing_cipher(path);
	if (cipher)
		diag_add(diags, PKCS12_CIPHER, place, path, cipher, path);
	else if (asking->failed)
		diag_add(diags, PASS_NONE, place, path);
	else if (asking->asked && (!in_token || str_is(str_of(reason), pkcs11_wrong_pin)))
		diag_add(diags, PASS_PHRASE, place, path);
	else {
		diag_add(diags, IDENTITY_READ, place, path, reason);
		if (in_token)
			diag_hint(diags, "pkcs11-tool --list-objects shows what a token holds");
	}
	return false;
}

/* More certificates, of a file that is no secret; a key in it is passed over. */
static bool read_certificates(struct contents *contents, const char *path, struct diags *diags)
{
	BIO *file = path && !file_is_named_pipe(path) ? BIO_new_file(path, "r") : NULL;
	int before = sk_X509_num(contents->certificates);
	for (X509 *next; file && (next = PEM_read_bio_X509(file, NULL, NULL, NULL));)
		sk_X509_push(contents->certificates, next);
	BIO_free(file);
	ERR_clear_error();
	bool good = !path || sk_X509_num(contents->certificates) > before;
	if (!good)
		diag_add(diags, IDENTITY_CERTIFICATES, place_in(path), path);
	return good;
}

/* A key that others can read is no proof of anything. */
static bool check_file(const char *path, struct diags *diags)
{
	struct stat status;
	if (pkcs11_is_uri(path) && pkcs11_has_pin(path)) {
		diag_add0(diags, IDENTITY_PIN, place_none());
		return false;
	}
	if (pkcs11_is_uri(path))
		return true;
	bool found = stat(path, &status) == 0, waits = found && file_is_named_pipe(path);
	if (!found || waits) {
		diag_add(diags, IDENTITY_READ, place_in(path), path,
			file_error(waits ? ESPIPE : errno));
		return false;
	}
	if (status.st_mode & (S_IRWXG | S_IRWXO)) {
		diag_add(diags, IDENTITY_OPEN, place_in(path), path, path);
		return false;
	}
	return true;
}

/* -- who signs --------------------------------------------------------------------------------- */

static X509 *take_certificate_of(struct contents *contents)
{
	int i = 0, count = sk_X509_num(contents->certificates);
	while (i < count &&
		!X509_check_private_key(sk_X509_value(contents->certificates, i), contents->key))
		i++;
	ERR_clear_error(); /* those passed over are not why the next identity could not be read */
	return i < count ? sk_X509_delete(contents->certificates, i) : NULL;
}

/* The issuer of each, as far as they are there; others than the chain's are left out. */
static STACK_OF(X509) * take_chain(struct contents *contents, X509 *certificate)
{
	STACK_OF(X509) *chain = sk_X509_new_null();
	for (X509 *below = certificate, *issuer; below; below = issuer) {
		issuer = NULL;
		for (int i = 0; !issuer && i < sk_X509_num(contents->certificates); i++)
			if (X509_check_issued(sk_X509_value(contents->certificates, i), below) ==
				X509_V_OK)
				issuer = sk_X509_delete(contents->certificates, i);
		if (issuer)
			sk_X509_push(chain, issuer);
	}
	return chain;
}

static void take_name(struct identity *identity)
{
	X509_NAME *subject = X509_get_subject_name(identity->certificate);
	int at = X509_NAME_get_index_by_NID(subject, NID_commonName, -1);
	unsigned char *utf8 = NULL;
	int len = -1;
	if (at >= 0)
		len = ASN1_STRING_to_UTF8(
			&utf8, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, at)));
	identity->name_bytes = (char *)utf8;
	identity->name = len > 0 ? (struct str){(char *)utf8, len} : str_lit("");
}

static void refuse(const char *path, const char *reason, struct diags *diags)
{
	diag_add(diags, IDENTITY_REFUSED, place_in(path), path, reason);
}

/* Of keys that are strong enough, those that every reader knows. */
static const char *key_fault(const EVP_PKEY *key)
{
	char curve[64] = "";
	if (EVP_PKEY_is_a(key, "RSA"))
		return EVP_PKEY_get_bits(key) > 8192 ? "its RSA key has more than 8192 bits" : NULL;
	if (!EVP_PKEY_is_a(key, "EC"))
		return "its key is neither RSA nor ECDSA";
	EVP_PKEY_get_group_name(key, curve, sizeof curve, NULL);
	bool known = strcmp(curve, "prime256v1") == 0 || strcmp(curve, "secp384r1") == 0 ||
		strcmp(curve, "P-256") == 0 || strcmp(curve, "P-384") == 0;
	return known ? NULL : "its curve is neither P-256 nor P-384";
}

static bool check_time(
	const struct identity *identity, const char *path, int64_t now, struct diags *diags)
{
	const X509 *certificate = identity->certificate;
	struct arena *arena = arena_new();
	int64_t from = seconds_of(X509_get0_notBefore(certificate));
	int64_t to = seconds_of(X509_get0_notAfter(certificate));
	struct place place = place_in(path);
	if (now < from)
		diag_add(diags, IDENTITY_EARLY, place, path, verify_time(arena, from).at);
	else if (now > to)
		diag_add(diags, IDENTITY_EXPIRED, place, path, verify_time(arena, to).at);
	arena_free(arena);
	return now >= from && now <= to;
}

/* By the rules of who verifies. */
static bool check_policy(const struct identity *identity, const char *path, struct diags *diags)
{
	STACK_OF(X509) *chain = sk_X509_dup(identity->chain);
	sk_X509_unshift(chain, identity->certificate);
	bool good = policy_check(chain, POLICY_LETTER, place_in(path), diags);
	if (!good)
		diag_hint(diags,
			"nothing was signed: name another with --identity FILE, or sign "
			"nothing with --no-sign");
	sk_X509_free(chain);
	return good;
}

/* Who verifies has the root, and must find what stands between in the signature. */
static void check_chain(const struct identity *identity, const char *path, struct diags *diags)
{
	X509 *certificate = identity->certificate;
	if (sk_X509_num(identity->chain) || X509_get_extension_flags(certificate) & EXFLAG_SS)
		return;
	char *issuer = X509_NAME_oneline(X509_get_issuer_name(certificate), NULL, 0);
	diag_add(diags, IDENTITY_CHAIN, place_in(path), path, issuer);
	OPENSSL_free(issuer);
}

static bool check_identity(
	const struct identity *identity, const char *path, int64_t now, struct diags *diags)
{
	if (!check_policy(identity, path, diags))
		return false;
	const char *fault = key_fault(identity->key);
	if (!fault && !identity->name.len)
		fault = "its certificate has no common name";
	if (!fault && !cert_names_are_sound(identity->certificate))
		fault = "a name in its certificate holds a NUL or cannot be read";
	if (fault)
		refuse(path, fault, diags);
	if (!fault)
		check_chain(identity, path, diags);
	return !fault && check_time(identity, path, now, diags);
}

static bool fill(
	struct identity *identity, struct contents *contents, const char *path, struct diags *diags)
{
	identity->key = contents->key;
	if (!identity->key) {
		refuse(path, "it holds no private key", diags);
		return false;
	}
	identity->certificate = take_certificate_of(contents);
	contents->key = NULL; /* it is the identity's now */
	if (!identity->certificate) {
		refuse(path, "it holds no certificate of its key", diags);
		return false;
	}
	identity->chain = take_chain(contents, identity->certificate);
	take_name(identity);
	return true;
}

struct identity *identity_open(const char *path, const char *certificates,
	const struct identity_pass *pass, int64_t now, struct diags *diags)
{
	struct contents contents = {.certificates = sk_X509_new_null()};
	struct identity *identity = heap_new(sizeof *identity);
	identity->asking = (struct asking){.path = path, .pass = *pass};
	identity->ui = UI_UTIL_wrap_read_pem_callback(identity_ask, 0);
	bool good = check_file(path, diags) && read_contents(&contents, identity, diags) &&
		read_certificates(&contents, certificates, diags) &&
		fill(identity, &contents, path, diags) &&
		check_identity(identity, path, now, diags);
	EVP_PKEY_free(contents.key);
	sk_X509_pop_free(contents.certificates, X509_free);
	if (good)
		return identity;
	identity_free(identity);
	return NULL;
}

void identity_free(struct identity *identity)
{
	if (!identity)
		return;
	EVP_PKEY_free(identity->key); /* OpenSSL wipes it */
	UI_destroy_method(identity->ui);
	X509_free(identity->certificate);
	sk_X509_pop_free(identity->chain, X509_free);
	OPENSSL_free(identity->name_bytes);
	pkcs11_close(&identity->home);
	free(identity);
}

/* -- what it is -------------------------------------------------------------------------------- */

void identity_wipe(struct buf *secret)
{
	if (secret->at)
		OPENSSL_cleanse(secret->at, secret->cap);
	buf_free(secret);
}

bool identity_is_test(const struct identity *identity)
{
	return str_starts(identity->name, "TEST ");
}

struct str identity_name(const struct identity *identity)
{
	return identity->name;
}

void identity_fingerprint(const struct identity *identity, unsigned char out[FINGERPRINT_SIZE])
{
	unsigned len = 0;
	if (!X509_digest(identity->certificate, EVP_sha256(), out, &len) || len != FINGERPRINT_SIZE)
		out_of_memory();
}

static struct str hexadecimal(struct arena *arena, const unsigned char *bytes, int len)
{
	struct buf digits = {0};
	for (int i = 0; i < len; i++)
		buf_format(&digits, "%02x", bytes[i]);
	struct str text = str_copy(arena, buf_text(&digits));
	buf_free(&digits);
	return text;
}

struct str identity_certificate(const struct identity *identity, struct arena *arena)
{
	int len = i2d_X509(identity->certificate, NULL);
	unsigned char *bytes = len > 0 ? arena_alloc(arena, (size_t)len) : NULL, *end = bytes;
	if (!bytes || i2d_X509(identity->certificate, &end) != len)
		out_of_memory(); /* what it needs to print one that it has read */
	return (struct str){(const char *)bytes, len};
}

struct identity_facts identity_describe(const struct identity *identity, struct arena *arena)
{
	const X509 *certificate = identity->certificate;
	unsigned char print[FINGERPRINT_SIZE];
	identity_fingerprint(identity, print);
	bool issued = sk_X509_num(identity->chain) > 0;
	return (struct identity_facts){
		.name = identity->name,
		.algorithm = str_of(EVP_PKEY_is_a(identity->key, "RSA") ? "RSA" : "ECDSA"),
		.bits = EVP_PKEY_get_bits(identity->key),
		.from = seconds_of(X509_get0_notBefore(certificate)),
		.until = seconds_of(X509_get0_notAfter(certificate)),
		.issuer = issued ? cert_name(arena, sk_X509_value(identity->chain, 0))
				 : (struct str){0},
		.fingerprint = hexadecimal(arena, print, FINGERPRINT_SIZE),
		.is_test = identity_is_test(identity),
	};
}
