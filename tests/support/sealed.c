/* sealed.c - small signed PDFs. Written by hand and not by src/pdf, so that a test can make what no
 * program of good will would write. */
#include "support/sealed.h"

#include <fcntl.h>
#include <openssl/ess.h>
#include <openssl/pem.h>
#include <openssl/pkcs7.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum { HOLE = 10000 }; /* hex digits */

const char *sealed_pki_path(struct scratch *scratch, const char *name)
{
	return scratch_path(scratch, str_format(scratch->arena, "pki/%s", name).at);
}

static void make_pki(struct scratch *scratch, int port, const char *also)
{
	struct outcome made = run_in(scratch->arena, scratch->dir, "sh '%s' pki %d %s",
		SOURCE_DIR "/tests/support/pki.sh", port, also);
	if (made.code)
		fail_msg("pki.sh failed: %.*s", str_arg(made.err));
}

void sealed_pki(struct scratch *scratch, int port)
{
	make_pki(scratch, port, "");
}

void sealed_pki_all(struct scratch *scratch)
{
	make_pki(scratch, 1, "all");
}

void sealed_pki_rules(struct scratch *scratch)
{
	make_pki(scratch, 1, "rules");
}

bool sealed_token(struct scratch *scratch, const char *names)
{
	if (!have_program("softhsm2-util") || !have_program("pkcs11-tool"))
		return false;
	struct outcome made = run_in(scratch->arena, sealed_pki_path(scratch, "."),
		"sh '%s' ../token %s", SOURCE_DIR "/tests/support/token.sh", names);
	if (made.code)
		fail_msg("token.sh failed: %.*s", str_arg(made.err));
	setenv("SOFTHSM2_CONF", scratch_path(scratch, "token/softhsm2.conf"), 1);
	return true;
}

static pid_t services;
static int services_in; /* closed, the services end */

int sealed_services(struct scratch *scratch)
{
	int in[2], out[2];
	char line[16] = "";
	const char *folder = scratch_path(scratch, "pki");
	assert_int_equal(pipe2(in, O_CLOEXEC), 0);
	assert_int_equal(pipe2(out, O_CLOEXEC), 0);
	services = fork();
	if (services == 0) {
		dup2(in[0], 0);
		dup2(out[1], 1);
		execlp("python3", "python3", SOURCE_DIR "/tests/support/services.py", folder, "0",
			(char *)NULL);
		_exit(127);
	}
	close(in[0]);
	close(out[1]);
	services_in = in[1];
	FILE *said = fdopen(out[0], "r");
	assert_non_null(fgets(line, sizeof line, said));
	fclose(said);
	sealed_pki(scratch, atoi(line));
	return atoi(line);
}

void sealed_services_end(void)
{
	close(services_in);
	waitpid(services, NULL, 0);
}

/* -- PDF */

static void put_table(struct buf *out, const int *numbers, const int *offsets, int count)
{
	buf_puts(out, "xref\n");
	for (int i = 0; i < count; i++)
		if (numbers[i] == 0)
			buf_format(out, "0 1\n%010d 65535 f\r\n", 0);
		else
			buf_format(out, "%d 1\n%010d 00000 n\r\n", numbers[i], offsets[i]);
}

/* Objects, table and trailer behind what is there; the objects must rise in number. */
static void put_objects(
	struct buf *out, const char *const *objects, bool first, const char *trailer)
{
	int numbers[32], offsets[32], count = 0;
	if (first) {
		numbers[count] = 0;
		offsets[count++] = 0;
	}
	for (; *objects; objects++) {
		numbers[count] = atoi(*objects);
		offsets[count++] = (int)out->len;
		buf_puts(out, *objects);
	}
	size_t table = out->len;
	put_table(out, numbers, offsets, count);
	buf_format(out, "trailer\n<<%s>>\nstartxref\n%zu\n%%%%EOF\n", trailer, table);
}

static struct str take(struct arena *arena, struct buf *out)
{
	struct str bytes = str_copy(arena, buf_text(out));
	buf_free(out);
	return bytes;
}

static int last_table(struct str bytes)
{
	int at = 0, last = 0;
	for (int found; (found = str_find(str_slice(bytes, at, bytes.len), "startxref")) >= 0;
		at = last + 1)
		last = at + found;
	return atoi(bytes.at + last + 10);
}

static struct str update_as(
	struct arena *arena, struct str bytes, const char *const *objects, const char *id)
{
	struct buf out = {0};
	buf_str(&out, bytes);
	put_objects(&out, objects, false,
		str_format(
			arena, "/Size 40/Root 1 0 R/Info 4 0 R/ID%s/Prev %d", id, last_table(bytes))
			.at);
	return take(arena, &out);
}

struct str sealed_update(struct arena *arena, struct str bytes, const char *const *objects)
{
	return update_as(arena, bytes, objects, "[<01><01>]");
}

/* -- CMS, by OpenSSL's PKCS7 functions, which add no signing time */

static X509 *read_cert(const char *path)
{
	FILE *in = fopen(path, "r");
	assert_non_null(in);
	X509 *cert = PEM_read_X509(in, NULL, NULL, NULL);
	assert_non_null(cert);
	fclose(in);
	return cert;
}

static EVP_PKEY *read_key(const char *path)
{
	FILE *in = fopen(path, "r");
	assert_non_null(in);
	EVP_PKEY *key = PEM_read_PrivateKey(in, NULL, NULL, NULL);
	assert_non_null(key);
	fclose(in);
	return key;
}

static void write_pem(
	struct scratch *scratch, const char *name, const char *ending, X509 *cert, EVP_PKEY *key)
{
	const char *path = sealed_pki_path(
		scratch, str_format(scratch->arena, "%s%s", name, ending).at);
	FILE *out = fopen(path, "w");
	assert_non_null(out);
	assert_true(cert ? PEM_write_X509(out, cert)
			 : PEM_write_PrivateKey(out, key, NULL, NULL, 0, NULL, NULL));
	assert_int_equal(fclose(out), 0);
}

void sealed_signer(struct scratch *scratch, const char *name, struct str common_name)
{
	X509 *cert = read_cert(sealed_pki_path(scratch, "signer.pem"));
	EVP_PKEY *key = read_key(sealed_pki_path(scratch, "signer.key"));
	EVP_PKEY *by = read_key(sealed_pki_path(scratch, "ca.key"));
	X509_NAME *subject = X509_NAME_new();
	assert_true(X509_NAME_add_entry_by_NID(subject, NID_commonName, V_ASN1_UTF8STRING,
		(const unsigned char *)common_name.at, common_name.len, -1, 0));
	assert_true(X509_set_subject_name(cert, subject));
	assert_true(ASN1_INTEGER_set(X509_get_serialNumber(cert), (long)str_hash(common_name) | 1));
	assert_true(X509_sign(cert, by, EVP_sha256()) > 0);
	write_pem(scratch, name, ".pem", cert, NULL);
	write_pem(scratch, name, ".key", NULL, key);
	X509_NAME_free(subject);
	X509_free(cert);
	EVP_PKEY_free(key);
	EVP_PKEY_free(by);
}

static void add_signing_certificate(PKCS7_SIGNER_INFO *info, X509 *cert)
{
	ESS_SIGNING_CERT_V2 *ess = OSSL_ESS_signing_cert_v2_new_init(EVP_sha256(), cert, NULL, 0);
	unsigned char *der = NULL;
	int len = i2d_ESS_SIGNING_CERT_V2(ess, &der);
	ASN1_STRING *value = ASN1_STRING_type_new(V_ASN1_SEQUENCE);
	ASN1_STRING_set0(value, der, len);
	assert_true(PKCS7_add_signed_attribute(
		info, NID_id_smime_aa_signingCertificateV2, V_ASN1_SEQUENCE, value));
	ESS_SIGNING_CERT_V2_free(ess);
}

/* NAME-issuer.pem where there is one. */
static X509 *read_issuer(struct scratch *scratch, const char *name)
{
	const char *own = sealed_pki_path(
		scratch, str_format(scratch->arena, "%s-issuer.pem", name).at);
	return read_cert(file_exists(own) ? own : sealed_pki_path(scratch, "ca.pem"));
}

static struct str sign(struct scratch *scratch, const char *name, const unsigned char *digest)
{
	X509 *cert = read_cert(
		sealed_pki_path(scratch, str_format(scratch->arena, "%s.pem", name).at));
	X509 *ca = read_issuer(scratch, name);
	EVP_PKEY *key = read_key(
		sealed_pki_path(scratch, str_format(scratch->arena, "%s.key", name).at));
	PKCS7 *p7 = PKCS7_new();
	PKCS7_set_type(p7, NID_pkcs7_signed);
	PKCS7_content_new(p7, NID_pkcs7_data);
	PKCS7_set_detached(p7, 1);
	PKCS7_SIGNER_INFO *info = PKCS7_add_signature(p7, cert, key, EVP_sha256());
	assert_non_null(info);
	PKCS7_add_certificate(p7, cert);
	PKCS7_add_certificate(p7, ca);
	PKCS7_add_attrib_content_type(info, NULL);
	PKCS7_add1_attrib_digest(info, digest, 32);
	add_signing_certificate(info, cert);
	assert_true(PKCS7_SIGNER_INFO_sign(info));
	unsigned char *der = NULL;
	int len = i2d_PKCS7(p7, &der);
	struct str copy = str_copy(scratch->arena, (struct str){(char *)der, len});
	OPENSSL_free(der);
	PKCS7_free(p7);
	X509_free(cert);
	X509_free(ca);
	EVP_PKEY_free(key);
	return copy;
}

/* -- a letter */

static void digest_around(struct str bytes, int from, int to, unsigned char digest[32])
{
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	EVP_DigestInit_ex(context, EVP_sha256(), NULL);
	EVP_DigestUpdate(context, bytes.at, (size_t)from);
	EVP_DigestUpdate(context, bytes.at + to, (size_t)(bytes.len - to));
	EVP_DigestFinal_ex(context, digest, NULL);
	EVP_MD_CTX_free(context);
}

struct str sealed_detached(struct scratch *scratch, const char *name, struct str bytes)
{
	unsigned char digest[32];
	digest_around(bytes, bytes.len, bytes.len, digest);
	return sign(scratch, name, digest);
}

static int find_last(struct str bytes, const char *word)
{
	int last = -1;
	for (int at = 0, found; at <= bytes.len; at = last + 1) {
		found = str_find(str_slice(bytes, at, bytes.len), word);
		if (found < 0)
			return last;
		last = at + found;
	}
	return last;
}

static struct str seal(struct scratch *scratch, const char *name, struct str unsealed)
{
	char *at = str_chars(scratch->arena, unsealed);
	struct str bytes = {at, unsealed.len};
	int from = find_last(bytes, "/Contents<") + 9, to = from + HOLE + 2;
	char range[32];
	unsigned char digest[32];
	int len = snprintf(range, sizeof range, "%d %d %d", from, to, bytes.len - to);
	memcpy(at + find_last(bytes, "/ByteRange[0 ") + 13, range, (size_t)len);
	digest_around(bytes, from, to, digest);
	struct str der = sign(scratch, name, digest);
	assert_true(2 * der.len <= HOLE);
	for (int i = 0; i < der.len; i++) {
		at[from + 1 + 2 * i] = "0123456789abcdef"[(unsigned char)der.at[i] >> 4];
		at[from + 2 + 2 * i] = "0123456789abcdef"[der.at[i] & 15];
	}
	return bytes;
}

const char *sealed_signature(struct arena *arena, int number, const char *more)
{
	char zeros[HOLE + 1];
	memset(zeros, '0', HOLE);
	zeros[HOLE] = '\0';
	return str_format(arena,
		"%d 0 obj\n<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached"
		"/M(D:20201013090000Z)%s/ByteRange[0                               ]"
		"/Contents<%s>>>\nendobj\n",
		number, more, zeros)
		.at;
}

/* More keys of its catalog, its Info and its signature. */
struct more {
	const char *catalog, *info, *signature;
};

static struct str make_letter(struct scratch *scratch, const char *name, const struct more *more)
{
	struct buf out = {0};
	const char *const objects[] = {
		str_format(scratch->arena,
			"1 0 obj\n<</Type/Catalog/Pages 2 0 R/AcroForm 5 0 R%s>>\nendobj\n",
			more->catalog)
			.at,
		"2 0 obj\n<</Type/Pages/Count 1/Kids[3 0 R]>>\nendobj\n",
		"3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<>>"
		"/Contents 9 0 R/Annots[6 0 R 7 0 R]>>\nendobj\n",
		str_format(scratch->arena, "4 0 obj\n<</Title(A letter)%s>>\nendobj\n", more->info)
			.at,
		"5 0 obj\n<</SigFlags 3/Fields[6 0 R 7 0 R]>>\nendobj\n",
		"6 0 obj\n<</Type/Annot/Subtype/Widget/FT/Sig/T(Signature)/Rect[0 0 0 0]/P 3 0 R"
		"/F 132/V 8 0 R>>\nendobj\n",
		"7 0 obj\n<</Type/Annot/Subtype/Widget/FT/Sig/T(Time)/Rect[0 0 0 0]/P 3 0 R"
		"/F 132>>\nendobj\n",
		sealed_signature(scratch->arena, 8, more->signature),
		"9 0 obj\n<</Length 4>>\nstream\nq Q\n\nendstream\nendobj\n",
		NULL,
	};
	buf_puts(&out, "%PDF-1.7\n");
	put_objects(&out, objects, true, "/Size 10/Root 1 0 R/Info 4 0 R/ID[<01><01>]");
	return seal(scratch, name, take(scratch->arena, &out));
}

struct str sealed_letter_with(struct scratch *scratch, const char *name, const char *catalog)
{
	return make_letter(scratch, name, &(struct more){catalog, "", ""});
}

struct str sealed_letter(struct scratch *scratch, const char *name)
{
	return make_letter(scratch, name, &(struct more){"", "", ""});
}

struct str sealed_letter_of(struct scratch *scratch, const char *name, const char *producer)
{
	const char *info = str_format(scratch->arena, "/Producer(%s)", producer).at;
	return make_letter(scratch, name, &(struct more){"", info, ""});
}

struct str sealed_letter_signed(struct scratch *scratch, const char *name, const char *signature)
{
	return make_letter(scratch, name, &(struct more){"", "", signature});
}

struct str sealed_countersigned(struct scratch *scratch, const char *name, struct str bytes,
	const struct sealed_second *second)
{
	return seal(scratch, name,
		update_as(scratch->arena, bytes, second->objects,
			second->id ? second->id : "[<01><02>]"));
}
