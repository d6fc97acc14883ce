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

/* -- what both kinds share */

/* What of a SignedData (RFC 5652, 5.1 and 5.3) OpenSSL's functions do not show. */
struct frame {
	struct str version, digests, signer_version; /* the contents of each */
};

/* Takes the next value, which must have this tag, from the contents of another. */
static bool take(struct str *from, int tag, struct str *contents)
{
	const unsigned char *at = (const unsigned char *)from->at;
	long len;
	int is, class;
	int form = from->len > 0 ? ASN1_get_object(&at, &len, &is, &class, from->len) : 0x80;
	if (form & 0x81 || is != tag)
		return false;
	int head = (int)((const char *)at - from->at);
	*contents = str_slice(*from, head, head + (int)len);
	*from = str_slice(*from, head + (int)len, from->len);
	return true;
}

static bool read_frame(struct frame *frame, struct str der)
{
	enum { CONTEXT_0 = 0, CONTEXT_1 = 1 };
	struct str info, signed_data, rest, ignored, signers;
	bool good = take(&der, V_ASN1_SEQUENCE, &info) && take(&info, V_ASN1_OBJECT, &ignored) &&
		take(&info, CONTEXT_0, &rest) && take(&rest, V_ASN1_SEQUENCE, &signed_data) &&
		take(&signed_data, V_ASN1_INTEGER, &frame->version) &&
		take(&signed_data, V_ASN1_SET, &frame->digests) &&
		take(&signed_data, V_ASN1_SEQUENCE, &ignored);
	if (!good)
		return false;
	take(&signed_data, CONTEXT_0, &ignored); /* certificates, and revocation */
	take(&signed_data, CONTEXT_1, &ignored);
	return take(&signed_data, V_ASN1_SET, &rest) && take(&rest, V_ASN1_SEQUENCE, &signers) &&
		take(&signers, V_ASN1_INTEGER, &frame->signer_version);
}

static bool is_number(struct str integer, int number)
{
	return integer.len == 1 && integer.at[0] == number;
}

/* The list of digests holds the signer's and no other. */
static bool digests_are(struct str digests, const X509_ALGOR *digest)
{
	const unsigned char *at = (const unsigned char *)digests.at, *end = at + digests.len;
	X509_ALGOR *listed = d2i_X509_ALGOR(NULL, &at, digests.len);
	bool same = listed && at == end && X509_ALGOR_cmp(listed, digest) == 0;
	X509_ALGOR_free(listed);
	return same;
}

static const char *check_frame(const struct cms *cms, struct str der)
{
	struct frame frame;
	X509_ALGOR *digest;
	ASN1_OCTET_STRING *key = NULL;
	CMS_SignerInfo_get0_algs(cms->signer_info, NULL, NULL, &digest, NULL);
	CMS_SignerInfo_get0_signer_id(cms->signer_info, &key, NULL, NULL);
	bool plain = !key && OBJ_obj2nid(CMS_get0_eContentType(cms->info)) == NID_pkcs7_data;
	if (!read_frame(&frame, der))
		return "it is no SignedData";
	if (!digests_are(frame.digests, digest))
		return "its list of digests is not that of its signer";
	if (!is_number(frame.version, plain ? 1 : 3))
		return "its version is wrong";
	if (!is_number(frame.signer_version, key ? 3 : 1))
		return "its signer's version is wrong";
	return NULL;
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
	if (nid == NID_ED25519 || nid == NID_ED448)
		return "its algorithm is EdDSA, which is not one for signatures of documents "
		       "(ETSI TS 119 312)";
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

/* By the attribute's second version or, in tokens, the first. */
const char *cms_check_chain(const struct cms *cms, STACK_OF(X509) * chain)
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
	bool good = (ess1 || ess2) && OSSL_ESS_check_signing_certs(ess1, ess2, chain, 1) > 0;
	ESS_SIGNING_CERT_V2_free(ess2);
	ESS_SIGNING_CERT_free(ess1);
	return good ? NULL : "its signing-certificate attribute does not name its certificate";
}

/* Those that it brings itself; which of them are the chain is not known yet. */
static const char *check_signing_certificate(const struct cms *cms)
{
	STACK_OF(X509) *certs = sk_X509_dup(cms->certs);
	sk_X509_unshift(certs, cms->signer);
	const char *wrong = cms_check_chain(cms, certs);
	sk_X509_free(certs);
	return wrong;
}

/* OpenSSL compares names by what they mean; here they must be written alike. A signer may be named
 * by the identifier of its key instead (RFC 5652, 5.3). */
static bool names_signer(const struct cms *cms)
{
	ASN1_OCTET_STRING *key = NULL;
	X509_NAME *name = NULL;
	const unsigned char *said, *is;
	size_t said_len, is_len;
	CMS_SignerInfo_get0_signer_id(cms->signer_info, &key, &name, NULL);
	if (key) {
		const ASN1_OCTET_STRING *own = X509_get0_subject_key_id(cms->signer);
		return own && ASN1_OCTET_STRING_cmp(key, own) == 0;
	}
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

bool cms_digest_is(
	const EVP_MD *md, struct str before, struct str after, const ASN1_OCTET_STRING *said)
{
	unsigned char is[EVP_MAX_MD_SIZE];
	unsigned len = 0;
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	bool good = EVP_DigestInit_ex(context, md, NULL) &&
		EVP_DigestUpdate(context, before.at, (size_t)before.len) &&
		EVP_DigestUpdate(context, after.at, (size_t)after.len) &&
		EVP_DigestFinal_ex(context, is, &len);
	EVP_MD_CTX_free(context);
	return good && ASN1_STRING_length(said) == (int)len &&
		memcmp(ASN1_STRING_get0_data(said), is, len) == 0;
}

static bool digest_is(const struct cms *cms, struct str before, struct str after)
{
	X509_ALGOR *digest;
	CMS_SignerInfo_get0_algs(cms->signer_info, NULL, NULL, &digest, NULL);
	const EVP_MD *md = EVP_get_digestbyobj(digest->algorithm);
	const ASN1_STRING *said = CMS_signed_get0_data_by_OBJ(
		cms->signer_info, OBJ_nid2obj(NID_pkcs9_messageDigest), -3, V_ASN1_OCTET_STRING);
	return md && said && cms_digest_is(md, before, after, said);
}

/* Is its content, and what was signed, of this type? */
static bool type_is(const struct cms *cms, int nid)
{
	ASN1_OBJECT *type = CMS_signed_get0_data_by_OBJ(
		cms->signer_info, OBJ_nid2obj(NID_pkcs9_contentType), -3, V_ASN1_OBJECT);
	return type && OBJ_obj2nid(type) == nid &&
		OBJ_obj2nid(CMS_get0_eContentType(cms->info)) == nid;
}

const char *cms_check_bytes(struct cms *cms, struct str before, struct str after, bool *altered)
{
	const char *wrong = NULL;
	*altered = false;
	if (!CMS_is_detached(cms->info))
		wrong = "it brings other bytes of its own";
	else if (!type_is(cms, NID_pkcs7_data))
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

struct str cms_content(const struct cms *cms, int type)
{
	ASN1_OCTET_STRING **content = CMS_get0_content(cms->info);
	if (!content || !*content || !type_is(cms, type))
		return (struct str){0};
	return (struct str){
		(const char *)ASN1_STRING_get0_data(*content), ASN1_STRING_length(*content)};
}

const char *cms_check_content(struct cms *cms)
{
	ASN1_OCTET_STRING **content = CMS_get0_content(cms->info);
	const char *wrong = NULL;
	if (!content || !*content)
		wrong = "it brings nothing that it is of";
	else if (CMS_SignerInfo_verify(cms->signer_info) <= 0 ||
		!digest_is(cms,
			(struct str){(const char *)ASN1_STRING_get0_data(*content),
				ASN1_STRING_length(*content)},
			(struct str){0}))
		wrong = "it was changed";
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
