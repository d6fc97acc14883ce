/* evidence.c - was a certificate good at a time? CRLs and OCSP responses say (RFC 5280, RFC 6960).
 *
 * A proof counts when it is signed by whom it must be, and speaks of this certificate and of the
 * time that is judged (scope.c). A responder's own certificate is judged at the time at which
 * it answered. */
#include "verify/evidence.h"

#include "verify/policy.h"
#include "verify/scope.h"

#include <openssl/err.h>
#include <openssl/x509v3.h>

void evidence_open(struct evidence *evidence)
{
	*evidence = (struct evidence){
		.certs = sk_X509_new_null(),
		.crls = sk_X509_CRL_new_null(),
	};
}

void evidence_close(struct evidence *evidence)
{
	sk_X509_pop_free(evidence->certs, X509_free);
	sk_X509_CRL_pop_free(evidence->crls, X509_CRL_free);
	for (int i = 0; i < evidence->ocsp_count; i++)
		OCSP_RESPONSE_free(evidence->ocsps[i]);
	*evidence = (struct evidence){0};
}

void evidence_add_cert(struct evidence *evidence, X509 *cert)
{
	for (int i = 0; i < sk_X509_num(evidence->certs); i++)
		if (X509_cmp(sk_X509_value(evidence->certs, i), cert) == 0)
			return;
	X509_up_ref(cert);
	sk_X509_push(evidence->certs, cert);
}

bool evidence_add_ocsp(struct evidence *evidence, OCSP_RESPONSE *response)
{
	if (evidence->ocsp_count == (int)(sizeof evidence->ocsps / sizeof *evidence->ocsps))
		return false;
	evidence->ocsps[evidence->ocsp_count++] = response;
	return true;
}

/* -- OCSP */

/* Its times are GeneralizedTime, which ASN1_TIME functions take as well. */
static int64_t produced(OCSP_BASICRESP *basic)
{
	return seconds_of(OCSP_resp_get0_produced_at(basic));
}

static bool response_is_signed(
	const struct evidence *evidence, const struct trust *trust, OCSP_BASICRESP *basic)
{
	X509_VERIFY_PARAM *param = X509_STORE_get0_param(trust->store);
	X509_VERIFY_PARAM_set_time(param, (time_t)produced(basic));
	bool good = !policy_is_forgeable(OCSP_resp_get0_tbs_sigalg(basic)) &&
		OCSP_basic_verify(basic, evidence->certs, trust->store, 0) > 0;
	ERR_clear_error();
	return good;
}

/* The answer about one certificate; the identifiers' hash is the responder's choice. */
static OCSP_SINGLERESP *find_single(OCSP_BASICRESP *basic, X509 *cert, X509 *issuer)
{
	for (int i = 0; i < OCSP_resp_count(basic); i++) {
		OCSP_SINGLERESP *single = OCSP_resp_get0(basic, i);
		OCSP_CERTID *id = without_const(OCSP_SINGLERESP_get0_id(single));
		ASN1_OBJECT *md = NULL;
		OCSP_id_get0_info(NULL, &md, NULL, NULL, id);
		const EVP_MD *digest = EVP_get_digestbyobj(md);
		OCSP_CERTID *wanted = digest ? OCSP_cert_to_id(digest, cert, issuer) : NULL;
		bool same = wanted && OCSP_id_cmp(wanted, id) == 0;
		OCSP_CERTID_free(wanted);
		if (same)
			return single;
	}
	return NULL;
}

static struct verdict revoked(int64_t revoked_at, int reason, int64_t at)
{
	if (revoked_at > at)
		return (struct verdict){STANDING_GOOD, 0, ""};
	return (struct verdict){
		STANDING_REVOKED, revoked_at, reason > 0 ? OCSP_crl_reason_str(reason) : ""};
}

static struct verdict judge_single(OCSP_SINGLERESP *single, X509 *cert, int64_t at)
{
	ASN1_GENERALIZEDTIME *since = NULL;
	int reason = -1;
	int status = OCSP_single_get0_status(single, &reason, &since, NULL, NULL);
	if (status == V_OCSP_CERTSTATUS_REVOKED)
		return revoked(seconds_of(since), reason, at);
	if (status != V_OCSP_CERTSTATUS_GOOD || !answer_clears(single, cert, at))
		return (struct verdict){0};
	return (struct verdict){STANDING_GOOD, 0, ""};
}

static struct verdict judge_response(const struct evidence *evidence, const struct trust *trust,
	OCSP_RESPONSE *response, X509 *cert, X509 *issuer, int64_t at)
{
	struct verdict verdict = {0};
	OCSP_BASICRESP *basic = OCSP_response_get1_basic(response);
	OCSP_SINGLERESP *single = basic ? find_single(basic, cert, issuer) : NULL;
	if (single && response_is_signed(evidence, trust, basic))
		verdict = judge_single(single, cert, at);
	OCSP_BASICRESP_free(basic);
	ERR_clear_error();
	return verdict;
}

/* -- CRLs */

static bool crl_is_by(X509_CRL *crl, X509 *issuer)
{
	const X509_ALGOR *algorithm;
	X509_CRL_get0_signature(crl, NULL, &algorithm);
	return !policy_is_forgeable(algorithm) &&
		X509_NAME_cmp(X509_CRL_get_issuer(crl), X509_get_subject_name(issuer)) == 0 &&
		X509_CRL_verify(crl, X509_get0_pubkey(issuer)) > 0;
}

static struct verdict judge_crl(X509_CRL *crl, X509 *cert, X509 *issuer, int64_t at)
{
	X509_REVOKED *entry = NULL;
	bool by = crl_is_by(crl, issuer);
	ERR_clear_error();
	if (!by)
		return (struct verdict){0};
	if (X509_CRL_get0_by_cert(crl, &entry, cert) == 1) {
		ASN1_ENUMERATED *given = X509_REVOKED_get_ext_d2i(
			entry, NID_crl_reason, NULL, NULL);
		int reason = given ? (int)ASN1_ENUMERATED_get(given) : -1;
		ASN1_ENUMERATED_free(given);
		return revoked(seconds_of(X509_REVOKED_get0_revocationDate(entry)), reason, at);
	}
	return (struct verdict){
		crl_clears(crl, cert, at) ? STANDING_GOOD : STANDING_UNKNOWN, 0, ""};
}

struct verdict evidence_judge(const struct evidence *evidence, const struct trust *trust,
	X509 *cert, X509 *issuer, int64_t at)
{
	struct verdict best = {0};
	for (int i = 0; i < evidence->ocsp_count && best.standing != STANDING_REVOKED; i++) {
		struct verdict one = judge_response(
			evidence, trust, evidence->ocsps[i], cert, issuer, at);
		best = one.standing > best.standing ? one : best;
	}
	for (int i = 0; i < sk_X509_CRL_num(evidence->crls) && best.standing != STANDING_REVOKED;
		i++) {
		struct verdict one = judge_crl(
			sk_X509_CRL_value(evidence->crls, i), cert, issuer, at);
		best = one.standing > best.standing ? one : best;
	}
	return best;
}

void evidence_pick(struct evidence *to, const struct evidence *from, const struct trust *trust,
	X509 *cert, X509 *issuer, int64_t at)
{
	for (int i = 0; i < from->ocsp_count; i++) {
		struct evidence one = {
			.certs = from->certs, .ocsps = {from->ocsps[i]}, .ocsp_count = 1};
		if (evidence_judge(&one, trust, cert, issuer, at).standing != STANDING_UNKNOWN)
			evidence_add_ocsp(to, from->ocsps[i]);
	}
	for (int i = 0; i < sk_X509_CRL_num(from->crls); i++) {
		X509_CRL *crl = sk_X509_CRL_value(from->crls, i);
		if (judge_crl(crl, cert, issuer, at).standing != STANDING_UNKNOWN &&
			sk_X509_CRL_find(to->crls, crl) < 0)
			sk_X509_CRL_push(to->crls, crl);
	}
}

bool needs_evidence(X509 *cert)
{
	return !(X509_get_extension_flags(cert) & EXFLAG_SS) &&
		X509_get_ext_by_NID(cert, NID_id_pkix_OCSP_noCheck, -1) < 0;
}

X509 *chain_unproven(const struct chain *chain, const struct evidence *evidence,
	const struct trust *trust, int64_t at, struct verdict *verdict)
{
	X509 *lacking = NULL;
	*verdict = (struct verdict){0};
	for (int i = 0; i + 1 < sk_X509_num(chain->certs); i++) {
		X509 *cert = sk_X509_value(chain->certs, i);
		if (!needs_evidence(cert))
			continue;
		struct verdict one = evidence_judge(
			evidence, trust, cert, sk_X509_value(chain->certs, i + 1), at);
		if (one.standing == STANDING_REVOKED) {
			*verdict = one;
			return cert;
		}
		if (one.standing == STANDING_UNKNOWN && !lacking)
			lacking = cert;
	}
	return lacking;
}

/* -- is each signed by whom it says? */

static bool has_issuer(STACK_OF(X509) * certs, X509 *cert)
{
	for (int i = 0; i < sk_X509_num(certs); i++) {
		X509 *issuer = sk_X509_value(certs, i);
		if (X509_check_issued(issuer, cert) == X509_V_OK &&
			X509_verify(cert, X509_get0_pubkey(issuer)) > 0)
			return true;
	}
	return false;
}

static bool has_crl_issuer(STACK_OF(X509) * certs, X509_CRL *crl)
{
	for (int i = 0; i < sk_X509_num(certs); i++)
		if (crl_is_by(crl, sk_X509_value(certs, i)))
			return true;
	return false;
}

/* Adds the certificates that those that are known have signed, and so on up; false when some are
 * left: one that vouches for itself is known by nobody. */
static bool know_certs(STACK_OF(X509) * known, STACK_OF(X509) * certs)
{
	STACK_OF(X509) *left = sk_X509_dup(certs);
	int before;
	do {
		before = sk_X509_num(left);
		for (int i = before - 1; i >= 0; i--)
			if (has_issuer(known, sk_X509_value(left, i)))
				sk_X509_push(known, sk_X509_delete(left, i));
	} while (sk_X509_num(left) < before);
	sk_X509_free(left);
	return before == 0;
}

static const char *check_all(
	const struct evidence *evidence, const struct trust *trust, STACK_OF(X509) * known)
{
	if (!know_certs(known, evidence->certs))
		return "a certificate that nobody known has signed";
	for (int i = 0; i < sk_X509_CRL_num(evidence->crls); i++)
		if (!has_crl_issuer(known, sk_X509_CRL_value(evidence->crls, i)))
			return "a list of revoked certificates that nobody known has signed";
	for (int i = 0; i < evidence->ocsp_count; i++) {
		OCSP_BASICRESP *basic = OCSP_response_get1_basic(evidence->ocsps[i]);
		bool good = basic && response_is_signed(evidence, trust, basic);
		OCSP_BASICRESP_free(basic);
		if (!good)
			return "an answer about revocation that nobody known has signed";
	}
	return NULL;
}

const char *evidence_check(const struct evidence *evidence, const struct trust *trust)
{
	STACK_OF(X509) *roots = X509_STORE_get1_all_certs(trust->store);
	STACK_OF(X509) *known = sk_X509_dup(roots);
	const char *wrong = check_all(evidence, trust, known);
	sk_X509_free(known);
	sk_X509_pop_free(roots, X509_free);
	ERR_clear_error();
	return wrong;
}
