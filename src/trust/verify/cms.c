/* cms.c - is this CMS what it should be, byte for byte? (RFC 5652, RFC 5035, EN 319 142-1, 6.3)
 *
 * OpenSSL does the cryptography. What its verification passes over, because nothing depends on it,
 * is compared here: versions, the list of digests, the algorithms' parameters, attributes that
 * stand there twice. So a file in which any bit was changed is refused, not only where it
 * matters. */
#include "verify/cms.h"

#include <openssl/err.h>
#include <openssl/ess.h>
#include <openssl/evp.h>
#include <openssl/objects.h>
#include <openssl/pkcs7.h>

/* -- what both kinds share */

/* OpenSSL shows the version and the digests of a SignedData only through its older PKCS7. */
static const char *check_frame(const struct cms *cms, struct str der)
{
	const unsigned char *at = (const unsigned char *)der.at;
	PKCS7 *raw = d2i_PKCS7(NULL, &at, der.len);
	const char *wrong = NULL;
	X509_ALGOR *digest;
	CMS_SignerInfo_get0_algs(cms->signer_info, NULL, NULL, &digest, NULL);
	if (!raw || !PKCS7_type_is_signed(raw) || !raw->d.sign->contents ||
		at != (const unsigned char *)der.at + der.len)
		wrong = "it is no SignedData";
	else if (sk_X509_ALGOR_num(raw->d.sign->md_algs) != 1 ||
		X509_ALGOR_cmp(sk_X509_ALGOR_value(raw->d.sign->md_algs, 0), digest) != 0)
		wrong = "its list of digests is not that of its signer";
	else if (ASN1_INTEGER_get(raw->d.sign->version) !=
		(OBJ_obj2nid(raw->d.sign->contents->type) == NID_pkcs7_data ? 1 : 3))
		wrong = "its version is wrong";
	else if (ASN1_INTEGER_get(
			 sk_PKCS7_SIGNER_INFO_value(raw->d.sign->signer_info, 0)->version) != 1)
		wrong = "its signer's version is wrong";
	PKCS7_free(raw);
	return wrong;
}

/* Written again by OpenSSL, is it the same? Only the order of a set may differ, which some
 * authorities do not sort: so the bytes are counted, not compared. */
static bool is_canonical(const struct cms *cms, struct str der)
{
	int count[256] = {0};
	unsigned char *again = NULL;
	int len = i2d_CMS_ContentInfo(cms->info, &again);
	for (int i = 0; i < len && len == der.len; i++) {
		count[again[i]]++;
		count[(unsigned char)der.at[i]]--;
	}
	bool same = len == der.len;
	for (int i = 0; i < 256; i++)
		same = same && count[i] == 0;
	OPENSSL_free(again);
	return same;
}

static bool null_or_absent(const X509_ALGOR *algorithm)
{
	int type;
	X509_ALGOR_get0(NULL, &type, NULL, algorithm);
	return type == V_ASN1_NULL || type == V_ASN1_UNDEF;
}

static const char *check_algorithms(const struct cms *cms)
{
	X509_ALGOR *digest, *signature;
	const ASN1_OBJECT *object;
	int digest_of, key_of, type;
	CMS_SignerInfo_get0_algs(cms->signer_info, NULL, NULL, &digest, &signature);
	X509_ALGOR_get0(&object, &type, NULL, signature);
	int nid = OBJ_obj2nid(object), digest_nid = OBJ_obj2nid(digest->algorithm);
	if (!null_or_absent(digest) || EVP_MD_get_size(EVP_get_digestbynid(digest_nid)) < 32)
		return "its digest is not SHA-256 or better";
	if (nid == NID_rsassaPss)
		return NULL;
	if (!null_or_absent(signature))
		return "its algorithm has parameters";
	if (nid == NID_rsaEncryption)
		return NULL;
	return OBJ_find_sigid_algs(nid, &digest_of, &key_of) && digest_of == digest_nid
		? NULL
		: "its algorithms do not belong together";
}

static int count_signed(const struct cms *cms, int nid)
{
	int count = 0;
	for (int i = 0; i < CMS_signed_get_attr_count(cms->signer_info); i++) {
		X509_ATTRIBUTE *attribute = CMS_signed_get_attr(cms->signer_info, i);
		count += OBJ_obj2nid(X509_ATTRIBUTE_get0_object(attribute)) == nid;
	}
	return count;
}

static ASN1_STRING *find_sequence(const struct cms *cms, int nid)
{
	return CMS_signed_get0_data_by_OBJ(cms->signer_info, OBJ_nid2obj(nid), -3, V_ASN1_SEQUENCE);
}

/* The signing-certificate attribute, the second version or, in tokens, the first. */
static const char *check_signing_certificate(const struct cms *cms)
{
	ASN1_STRING *two = find_sequence(cms, NID_id_smime_aa_signingCertificateV2);
	ASN1_STRING *one = find_sequence(cms, NID_id_smime_aa_signingCertificate);
	const unsigned char *at2 = two ? ASN1_STRING_get0_data(two) : NULL;
	const unsigned char *at1 = one ? ASN1_STRING_get0_data(one) : NULL;
	ESS_SIGNING_CERT_V2 *ess2 = two
		? d2i_ESS_SIGNING_CERT_V2(NULL, &at2, ASN1_STRING_length(two))
		: NULL;
	ESS_SIGNING_CERT *ess1 = one ? d2i_ESS_SIGNING_CERT(NULL, &at1, ASN1_STRING_length(one))
				     : NULL;
	STACK_OF(X509) *chain = sk_X509_new_null();
	bool good = sk_X509_push(chain, cms->signer) && (ess1 || ess2) &&
		OSSL_ESS_check_signing_certs(ess1, ess2, chain, 1) > 0;
	sk_X509_free(chain);
	ESS_SIGNING_CERT_V2_free(ess2);
	ESS_SIGNING_CERT_free(ess1);
	return good ? NULL : "its signing-certificate attribute does not name its certificate";
}

/* OpenSSL compares names by what they mean; here they must be written alike. */
static bool names_signer(const struct cms *cms)
{
	X509_NAME *name = NULL;
	const unsigned char *said, *is;
	size_t said_len, is_len;
	CMS_SignerInfo_get0_signer_id(cms->signer_info, NULL, &name, NULL);
	return name && X509_NAME_get0_der(name, &said, &said_len) &&
		X509_NAME_get0_der(X509_get_issuer_name(cms->signer), &is, &is_len) &&
		said_len == is_len && memcmp(said, is, is_len) == 0;
}

static const char *find_signer(struct cms *cms)
{
	STACK_OF(CMS_SignerInfo) *infos = CMS_get0_SignerInfos(cms->info);
	if (!infos || sk_CMS_SignerInfo_num(infos) != 1)
		return "it is not by one signer";
	cms->signer_info = sk_CMS_SignerInfo_value(infos, 0);
	cms->certs = CMS_get1_certs(cms->info);
	CMS_set1_signers_certs(cms->info, NULL, 0);
	CMS_SignerInfo_get0_algs(cms->signer_info, NULL, &cms->signer, NULL, NULL);
	return cms->signer && names_signer(cms) ? NULL : "its signer's certificate is not in it";
}

const char *cms_open(struct cms *cms, struct str der)
{
	const unsigned char *at = (const unsigned char *)der.at;
	*cms = (struct cms){.info = d2i_CMS_ContentInfo(NULL, &at, der.len)};
	const char *wrong = !cms->info || OBJ_obj2nid(CMS_get0_type(cms->info)) != NID_pkcs7_signed
		? "it is no SignedData"
		: find_signer(cms);
	wrong = wrong || is_canonical(cms, der) ? wrong : "it is not written as DER";
	wrong = wrong ? wrong : check_frame(cms, der);
	wrong = wrong ? wrong : check_algorithms(cms);
	if (!wrong &&
		(count_signed(cms, NID_pkcs9_contentType) != 1 ||
			count_signed(cms, NID_pkcs9_messageDigest) != 1))
		wrong = "it lacks signed attributes, or has one twice";
	wrong = wrong ? wrong : check_signing_certificate(cms);
	ERR_clear_error();
	return wrong;
}

void cms_close(struct cms *cms)
{
	sk_X509_pop_free(cms->certs, X509_free);
	CMS_ContentInfo_free(cms->info);
	*cms = (struct cms){0};
}

/* -- a signature of bytes */

static bool digest_is(const struct cms *cms, struct str before, struct str after)
{
	unsigned char is[EVP_MAX_MD_SIZE];
	unsigned len = 0;
	X509_ALGOR *digest;
	CMS_SignerInfo_get0_algs(cms->signer_info, NULL, NULL, &digest, NULL);
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	const EVP_MD *md = EVP_get_digestbyobj(digest->algorithm);
	bool good = md && EVP_DigestInit_ex(context, md, NULL) &&
		EVP_DigestUpdate(context, before.at, (size_t)before.len) &&
		EVP_DigestUpdate(context, after.at, (size_t)after.len) &&
		EVP_DigestFinal_ex(context, is, &len);
	EVP_MD_CTX_free(context);
	ASN1_STRING *said = CMS_signed_get0_data_by_OBJ(
		cms->signer_info, OBJ_nid2obj(NID_pkcs9_messageDigest), -3, V_ASN1_OCTET_STRING);
	return good && said && ASN1_STRING_length(said) == (int)len &&
		memcmp(ASN1_STRING_get0_data(said), is, len) == 0;
}

const char *cms_check_bytes(struct cms *cms, struct str before, struct str after, bool *altered)
{
	ASN1_OBJECT *type = CMS_signed_get0_data_by_OBJ(
		cms->signer_info, OBJ_nid2obj(NID_pkcs9_contentType), -3, V_ASN1_OBJECT);
	const char *wrong = NULL;
	*altered = false;
	if (!CMS_is_detached(cms->info))
		wrong = "it brings other bytes of its own";
	else if (OBJ_obj2nid(CMS_get0_eContentType(cms->info)) != NID_pkcs7_data || !type ||
		OBJ_obj2nid(type) != NID_pkcs7_data)
		wrong = "it is not a signature of plain bytes";
	else if (CMS_SignerInfo_verify(cms->signer_info) <= 0)
		wrong = "it does not fit the signer's key";
	else if (!digest_is(cms, before, after)) {
		*altered = true;
		wrong = "its digest is not that of the file";
	}
	ERR_clear_error();
	return wrong;
}

const char *cms_check_baseline(struct cms *cms)
{
	if (count_signed(cms, NID_id_smime_aa_signingCertificateV2) != 1)
		return "the signature has no signing-certificate-v2 attribute";
	if (count_signed(cms, NID_pkcs9_signingTime))
		return "the signature holds a signing time of its own";
	return NULL;
}

struct str cms_signature(struct cms *cms)
{
	ASN1_OCTET_STRING *value = CMS_SignerInfo_get0_signature(cms->signer_info);
	return (struct str){(const char *)ASN1_STRING_get0_data(value), ASN1_STRING_length(value)};
}

struct str cms_stamp(struct cms *cms, const char **wrong)
{
	int count = CMS_unsigned_get_attr_count(cms->signer_info);
	ASN1_STRING *value = CMS_unsigned_get0_data_by_OBJ(
		cms->signer_info, OBJ_nid2obj(NID_id_smime_aa_timeStampToken), -3, V_ASN1_SEQUENCE);
	*wrong = count > (value ? 1 : 0) ? "something other than a time stamp was added to it"
					 : NULL;
	ERR_clear_error();
	return value ? (struct str){(const char *)ASN1_STRING_get0_data(value),
			       ASN1_STRING_length(value)}
		     : (struct str){0};
}
