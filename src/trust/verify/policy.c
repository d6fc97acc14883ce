/* policy.c - the rules for keys, digests and usages of certificates (ETSI TS 119 312; RFC 5280,
 * 4.2.1.3 and 4.2.1.12; RFC 9336).
 *
 * Without regard to trust and time, which chains are built by: so the signer, who has no roots,
 * asks the same. OpenSSL's security level holds for chains as well (trust.c); it knows neither the
 * curves nor the usages. */
#include "verify/policy.h"

#include "base/arena.h"
#include "base/diag_id.h"
#include "verify/certificate.h"

#include <openssl/core_names.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

/* What a certificate is for in its chain. */
enum rank {
	RANK_SIGNER = 1, /* of a letter */
	RANK_ISSUER = 2, /* above that */
	RANK_STAMP = 4,  /* of a time stamp, and above */
	RANK_ROOT = 8,   /* signed by itself: nobody relies on that signature */
	RANK_ALL = 15
};

/* -- keys */

/* By name: one whose parameters are written out can look like another (RFC 5480, 2.1.1). */
static bool curve_is_known(const EVP_PKEY *key)
{
	static const char *const curves[] = {"prime256v1", "P-256", "secp384r1", "P-384",
		"secp521r1", "P-521", "brainpoolP256r1", "brainpoolP384r1", "brainpoolP512r1"};
	char curve[64] = "";
	int spelled_out = 0;
	EVP_PKEY_get_int_param(key, OSSL_PKEY_PARAM_EC_DECODED_FROM_EXPLICIT_PARAMS, &spelled_out);
	EVP_PKEY_get_group_name(key, curve, sizeof curve, NULL);
	for (size_t i = 0; !spelled_out && i < sizeof curves / sizeof *curves; i++)
		if (strcmp(curve, curves[i]) == 0)
			return true;
	return false;
}

static const char *key_fault(struct arena *arena, X509 *cert, enum rank rank)
{
	const EVP_PKEY *key = X509_get0_pubkey(cert);
	int kind = key ? EVP_PKEY_get_base_id(key) : EVP_PKEY_NONE;
	(void)rank;
	switch (kind) {
	case EVP_PKEY_RSA:
	case EVP_PKEY_RSA_PSS:
		return EVP_PKEY_get_bits(key) >= 2048
			? NULL
			: str_format(arena, "it is RSA with %d bits, fewer than 2048",
				  EVP_PKEY_get_bits(key))
				  .at;
	case EVP_PKEY_EC:
		return curve_is_known(key) ? NULL
					   : "its curve is none of NIST's or Brainpool's "
					     "with 256 bits or more";
	case EVP_PKEY_ED25519:
	case EVP_PKEY_ED448:
		return NULL;
	default:
		return "it is neither RSA nor on an elliptic curve";
	}
}

/* -- digests */

static const char *digest_fault(struct arena *arena, X509 *cert, enum rank rank)
{
	int digest, bits;
	(void)arena;
	(void)rank;
	if (!X509_get_signature_info(cert, &digest, NULL, &bits, NULL))
		return "an algorithm that nobody knows";
	return bits >= POLICY_BITS ? NULL : OBJ_nid2sn(digest);
}

/* The digest of RSASSA-PSS stands in its parameters, and is SHA-1 where it does not (RFC 4055,
 * 3.1). */
static int pss_digest(const X509_ALGOR *algorithm)
{
	RSA_PSS_PARAMS *pss = ASN1_TYPE_unpack_sequence(
		ASN1_ITEM_rptr(RSA_PSS_PARAMS), algorithm->parameter);
	int digest = pss && pss->hashAlgorithm ? OBJ_obj2nid(pss->hashAlgorithm->algorithm)
					       : NID_sha1;
	RSA_PSS_PARAMS_free(pss);
	return digest;
}

bool policy_is_forgeable(const X509_ALGOR *algorithm)
{
	int nid = OBJ_obj2nid(algorithm->algorithm), digest = NID_undef;
	if (nid == NID_ED25519 || nid == NID_ED448)
		return false;
	if (nid == NID_rsassaPss)
		digest = pss_digest(algorithm);
	else
		OBJ_find_sigid_algs(nid, &digest, NULL);
	const EVP_MD *md = EVP_get_digestbynid(digest);
	return !md || EVP_MD_get_size(md) * 4 < POLICY_BITS;
}

/* -- usages */

static const char *use_fault(struct arena *arena, X509 *cert, enum rank rank)
{
	(void)arena;
	(void)rank;
	if (X509_get_extension_flags(cert) & EXFLAG_CA)
		return "it is that of an authority";
	if (!(X509_get_key_usage(cert) & (KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION)))
		return "its key usage has neither digitalSignature nor nonRepudiation";
	return NULL;
}

/* What each extended usage says of letters. One that is not listed says nothing, as do the last:
 * beside one that fits they may stand, alone they do not do. */
enum says { SAYS_NOTHING, SAYS_YES, SAYS_NEVER };
static const struct usage {
	const char *oid;
	enum says says;
	const char *words;
} usages[] = {
	{"1.3.6.1.5.5.7.3.36", SAYS_YES, "documents"},              /* RFC 9336 */
	{"1.3.6.1.5.5.7.3.4", SAYS_YES, "e-mail"},                  /* emailProtection */
	{"1.2.840.113583.1.1.5", SAYS_YES, "documents"},            /* Adobe's */
	{"1.3.6.1.4.1.311.10.3.12", SAYS_YES, "documents"},         /* Microsoft's */
	{"2.5.29.37.0", SAYS_YES, "anything"},                      /* anyExtendedKeyUsage */
	{"1.3.6.1.5.5.7.3.1", SAYS_NEVER, "a web server (TLS)"},    /* serverAuth */
	{"1.3.6.1.5.5.7.3.8", SAYS_NEVER, "time stamps"},           /* timeStamping */
	{"1.3.6.1.5.5.7.3.9", SAYS_NEVER, "answers on revocation"}, /* OCSPSigning */
	{"1.3.6.1.5.5.7.3.2", SAYS_NOTHING, "logging in (TLS)"},    /* clientAuth */
	{"1.3.6.1.4.1.311.20.2.2", SAYS_NOTHING, "logging in"},     /* smart cards, Microsoft's */
	{"1.3.6.1.5.5.7.3.3", SAYS_NOTHING, "programs"},            /* codeSigning */
};

static struct usage usage_of(struct arena *arena, const ASN1_OBJECT *object)
{
	char oid[64];
	OBJ_obj2txt(oid, sizeof oid, object, 1);
	for (size_t i = 0; i < sizeof usages / sizeof *usages; i++)
		if (strcmp(oid, usages[i].oid) == 0)
			return usages[i];
	return (struct usage){.words = str_format(arena, "other uses (%s)", oid).at};
}

/* Of usages that are there: what speaks against letters, or NULL. An authority may issue
 * certificates for servers beside those for documents; a signer is no server. */
static const char *usages_fault(struct arena *arena, const EXTENDED_KEY_USAGE *all, enum rank rank)
{
	const char *other = "no use at all";
	bool fits = false;
	for (int i = 0; i < sk_ASN1_OBJECT_num(all); i++) {
		struct usage usage = usage_of(arena, sk_ASN1_OBJECT_value(all, i));
		if (usage.says == SAYS_NEVER && rank == RANK_SIGNER)
			return usage.words;
		fits = fits || usage.says == SAYS_YES;
		other = usage.words;
	}
	return fits ? NULL : other;
}

static const char *purpose_fault(struct arena *arena, X509 *cert, enum rank rank)
{
	int there;
	EXTENDED_KEY_USAGE *all = X509_get_ext_d2i(cert, NID_ext_key_usage, &there, NULL);
	const char *fault = all ? usages_fault(arena, all, rank)
		: there == -1   ? NULL
				: "uses that cannot be read";
	EXTENDED_KEY_USAGE_free(all);
	return fault;
}

/* -- the table */

static const struct rule {
	enum diag_id id;
	unsigned ranks; /* that it holds for */
	const char *(*fault)(struct arena *arena, X509 *cert, enum rank rank);
} rules[] = {
	{DIAG_KEY_WEAK, RANK_ALL, key_fault},
	{DIAG_CERT_DIGEST, RANK_ALL & ~RANK_ROOT, digest_fault},
	{DIAG_CERT_USE, RANK_SIGNER, use_fault},
	{DIAG_CERT_PURPOSE, RANK_SIGNER | RANK_ISSUER, purpose_fault},
};

static enum rank rank_of(X509 *cert, int index, enum policy_of what)
{
	if (X509_get_extension_flags(cert) & EXFLAG_SS && index)
		return RANK_ROOT;
	return what == POLICY_STAMP ? RANK_STAMP : index ? RANK_ISSUER : RANK_SIGNER;
}

static bool check_cert(X509 *cert, enum rank rank, struct place at, struct diags *diags)
{
	struct arena *arena = arena_new();
	bool good = true;
	for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
		const char *fault = rules[i].ranks & rank ? rules[i].fault(arena, cert, rank)
							  : NULL;
		if (fault)
			diag_add_args(diags, rules[i].id, at,
				(const char *const[]){cert_name(arena, cert).at, fault, NULL});
		good = good && !fault;
	}
	arena_free(arena);
	return good;
}

bool policy_check(STACK_OF(X509) * chain, enum policy_of what, struct place at, struct diags *diags)
{
	bool good = true;
	for (int i = 0; i < sk_X509_num(chain); i++) {
		X509 *cert = sk_X509_value(chain, i);
		good = check_cert(cert, rank_of(cert, i, what), at, diags) && good;
	}
	return good;
}
