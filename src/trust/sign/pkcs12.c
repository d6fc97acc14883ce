/* pkcs12.c - a PKCS#12 file that cannot be opened: is it for its cipher? (RFC 7292)
 *
 * RC2 and RC4, with which older programs still export, OpenSSL 3 keeps in its legacy provider. That
 * is not loaded here: a process that signs should know no cipher that can be broken. */
#include "sign/sign_int.h"

#include <openssl/err.h>
#include <openssl/pkcs12.h>
#include <stdio.h>

static PKCS12 *read_file(const char *path)
{
	FILE *in = file_stream(path);
	PKCS12 *file = in ? d2i_PKCS12_fp(in, NULL) : NULL;
	if (in)
		fclose(in);
	return file;
}

/* The name of the cipher, if OpenSSL knows of it but does not have it. */
static const char *missing_cipher(const X509_ALGOR *algorithm)
{
	int cipher_nid = NID_undef;
	if (!EVP_PBE_find(EVP_PBE_TYPE_OUTER, OBJ_obj2nid(algorithm->algorithm), &cipher_nid, NULL,
		    NULL) ||
		cipher_nid <= 0)
		return NULL;
	EVP_CIPHER *cipher = EVP_CIPHER_fetch(NULL, OBJ_nid2sn(cipher_nid), NULL);
	EVP_CIPHER_free(cipher);
	return cipher ? NULL : OBJ_nid2sn(cipher_nid);
}

/* Keys that stand encrypted in a part that is not. */
static const char *missing_in_bags(const PKCS7 *part)
{
	STACK_OF(PKCS12_SAFEBAG) *bags = PKCS12_unpack_p7data(without_const(part));
	const char *missing = NULL;
	for (int i = 0; !missing && i < sk_PKCS12_SAFEBAG_num(bags); i++) {
		const PKCS12_SAFEBAG *bag = sk_PKCS12_SAFEBAG_value(bags, i);
		const X509_ALGOR *algorithm = NULL;
		if (PKCS12_SAFEBAG_get_nid(bag) != NID_pkcs8ShroudedKeyBag)
			continue;
		X509_SIG_get0(PKCS12_SAFEBAG_get0_pkcs8(bag), &algorithm, NULL);
		missing = missing_cipher(algorithm);
	}
	sk_PKCS12_SAFEBAG_pop_free(bags, PKCS12_SAFEBAG_free);
	return missing;
}

const char *pkcs12_missing_cipher(const char *path)
{
	PKCS12 *file = read_file(path);
	STACK_OF(PKCS7) *parts = file ? PKCS12_unpack_authsafes(file) : NULL;
	const char *missing = NULL;
	for (int i = 0; !missing && i < sk_PKCS7_num(parts); i++) {
		const PKCS7 *part = sk_PKCS7_value(parts, i);
		if (PKCS7_type_is_encrypted(part))
			missing = missing_cipher(part->d.encrypted->enc_data->algorithm);
		else if (PKCS7_type_is_data(part))
			missing = missing_in_bags(part);
	}
	sk_PKCS7_pop_free(parts, PKCS7_free);
	PKCS12_free(file);
	ERR_clear_error();
	return missing;
}
