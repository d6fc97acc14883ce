/* signer_encode.c - an identity in, the parts of its signatures that are the same for every letter
 * out: certificates, the signer's name, the algorithms, the certificate's digest (RFC 5652, RFC
 * 5035).
 *
 * OpenSSL's own CMS_sign was rejected: it would encode all of this again for each letter. */
#include "sign/signer_int.h"

#include <openssl/cms.h>
#include <openssl/objects.h>
#include <openssl/rsa.h>

static void put_encoded(struct buf *out, unsigned char *der, int len)
{
	if (len > 0)
		buf_put(out, der, (size_t)len);
	OPENSSL_free(der);
}

void put_object(struct buf *out, int nid)
{
	unsigned char *der = NULL;
	int len = i2d_ASN1_OBJECT(OBJ_nid2obj(nid), &der);
	put_encoded(out, der, len);
}

static void put_certificate(struct buf *out, X509 *certificate)
{
	unsigned char *der = NULL;
	int len = i2d_X509(certificate, &der);
	put_encoded(out, der, len);
}

/* [0] IMPLICIT SET: for once the order is free (RFC 5652 10.2.3 asks for none that matters). */
static void put_certificates(struct signer *signer)
{
	const struct identity *identity = signer->identity;
	put_certificate(&signer->certificates, identity->certificate);
	for (int i = 0; i < sk_X509_num(identity->chain); i++)
		put_certificate(&signer->certificates, sk_X509_value(identity->chain, i));
	der_wrap(&signer->certificates, 0, TAG_CONTEXT_0);
}

/* IssuerAndSerialNumber */
static void put_signer_id(struct signer *signer)
{
	const X509 *certificate = signer->identity->certificate;
	unsigned char *der = NULL;
	int len = i2d_X509_NAME(X509_get_issuer_name(certificate), &der);
	put_encoded(&signer->signer_id, der, len);
	der = NULL;
	len = i2d_ASN1_INTEGER(X509_get0_serialNumber(certificate), &der);
	put_encoded(&signer->signer_id, der, len);
	der_wrap(&signer->signer_id, 0, TAG_SEQUENCE);
}

void wrap_attribute(struct buf *out, int nid)
{
	struct buf type = {0};
	der_wrap(out, 0, TAG_SET);
	put_object(&type, nid);
	buf_put(&type, out->at, out->len);
	der_wrap(&type, 0, TAG_SEQUENCE);
	buf_free(out);
	*out = type;
}

/* SigningCertificateV2 { { ESSCertIDv2 { SHA-256 of the certificate } } } */
static bool put_certificate_attribute(struct signer *signer)
{
	unsigned char hash[EVP_MAX_MD_SIZE];
	unsigned len;
	struct buf *out = &signer->certificate_attribute;
	if (!X509_digest(signer->identity->certificate, EVP_sha256(), hash, &len))
		return false;
	der_put(out, TAG_OCTETS, (struct str){(char *)hash, (int)len});
	for (int i = 0; i < 3; i++)
		der_wrap(out, 0, TAG_SEQUENCE);
	wrap_attribute(out, NID_id_smime_aa_signingCertificateV2);
	return true;
}

static bool put_algorithm(struct buf *out, int nid, int parameter)
{
	X509_ALGOR *algorithm = X509_ALGOR_new();
	unsigned char *der = NULL;
	bool good = algorithm && X509_ALGOR_set0(algorithm, OBJ_nid2obj(nid), parameter, NULL);
	int len = good ? i2d_X509_ALGOR(algorithm, &der) : 0;
	put_encoded(out, der, len);
	X509_ALGOR_free(algorithm);
	return len > 0;
}

/* MGF1 with the same digest (RFC 4055 2.2) */
static X509_ALGOR *new_mask(const X509_ALGOR *digest)
{
	X509_ALGOR *mask = X509_ALGOR_new();
	ASN1_STRING *packed = ASN1_item_pack(
		without_const(digest), ASN1_ITEM_rptr(X509_ALGOR), NULL);
	if (mask && packed && X509_ALGOR_set0(mask, OBJ_nid2obj(NID_mgf1), V_ASN1_SEQUENCE, packed))
		return mask;
	ASN1_STRING_free(packed);
	X509_ALGOR_free(mask);
	return NULL;
}

/* RSASSA-PSS-params (RFC 4055 3.1). A key of a provider would tell them, but not one of a token. */
static bool put_pss_algorithm(struct signer *signer)
{
	RSA_PSS_PARAMS *pss = RSA_PSS_PARAMS_new();
	X509_ALGOR *algorithm = X509_ALGOR_new();
	ASN1_STRING *packed = NULL;
	unsigned char *der = NULL;
	int len = 0;
	if (pss && algorithm && (pss->hashAlgorithm = X509_ALGOR_new()) &&
		(pss->saltLength = ASN1_INTEGER_new()) &&
		ASN1_INTEGER_set(pss->saltLength, EVP_MD_get_size(signer->digest))) {
		X509_ALGOR_set_md(pss->hashAlgorithm, signer->digest);
		pss->maskGenAlgorithm = new_mask(pss->hashAlgorithm);
	}
	if (pss && pss->maskGenAlgorithm)
		packed = ASN1_item_pack(pss, ASN1_ITEM_rptr(RSA_PSS_PARAMS), NULL);
	if (packed &&
		X509_ALGOR_set0(algorithm, OBJ_nid2obj(NID_rsassaPss), V_ASN1_SEQUENCE, packed))
		len = i2d_X509_ALGOR(algorithm, &der);
	put_encoded(&signer->signature_algorithm, der, len);
	X509_ALGOR_free(algorithm);
	RSA_PSS_PARAMS_free(pss);
	return len > 0;
}

static bool put_algorithms(struct signer *signer, bool pss)
{
	int signature, digest = EVP_MD_get_type(signer->digest);
	bool rsa = EVP_PKEY_is_a(signer->identity->key, "RSA");
	if (!put_algorithm(&signer->digest_algorithm, digest, V_ASN1_UNDEF))
		return false;
	if (pss)
		return put_pss_algorithm(signer);
	return OBJ_find_sigid_by_algs(&signature, digest, rsa ? EVP_PKEY_RSA : EVP_PKEY_EC) &&
		put_algorithm(
			&signer->signature_algorithm, signature, rsa ? V_ASN1_NULL : V_ASN1_UNDEF);
}

bool signer_encode(struct signer *signer, bool pss)
{
	if (!put_algorithms(signer, pss) || !put_certificate_attribute(signer))
		return false;
	put_certificates(signer);
	put_signer_id(signer);
	put_object(&signer->content_type, NID_pkcs7_data);
	wrap_attribute(&signer->content_type, NID_pkcs9_contentType);
	return true;
}
