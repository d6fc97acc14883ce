/* judge.c - a certificate or a time stamp, as of a time: what speaks against it? */
#include "verify/verify_int.h"

#include "base/diag_id.h"
#include "verify/policy.h"

#include "base/arena.h"

#include <openssl/x509v3.h>

enum { CLOCK_SKEW = 300 }; /* seconds by which two good clocks may differ */

/* -- chains */

static void report_chain(struct check *check, const struct chain *chain, int64_t at)
{
	X509 *cert = sk_X509_value(chain->certs, chain->depth);
	const char *name = cert ? cert_name(check->arena, cert).at : "?";
	const char *when = verify_time(check->arena, at).at;
	if (chain->error == X509_V_ERR_CERT_HAS_EXPIRED)
		diag_add(check->diags, CERT_EXPIRED, here(check), name,
			verify_time(check->arena, seconds_of(X509_get0_notAfter(cert))).at, when);
	else if (chain->error == X509_V_ERR_CERT_NOT_YET_VALID)
		diag_add(check->diags, CERT_EARLY, here(check), name,
			verify_time(check->arena, seconds_of(X509_get0_notBefore(cert))).at, when);
	else
		diag_add(check->diags, CERT_UNTRUSTED, here(check), name,
			X509_verify_cert_error_string(chain->error));
}

/* Is each certificate that came with the signature one of its chain? Others nobody vouches for. */
static bool all_in_chain(STACK_OF(X509) * certs, const struct chain *chain)
{
	for (int i = 0; i < sk_X509_num(certs); i++) {
		bool found = false;
		for (int k = 0; k < sk_X509_num(chain->certs) && !found; k++)
			found = X509_cmp(sk_X509_value(certs, i), sk_X509_value(chain->certs, k)) ==
				0;
		if (!found)
			return false;
	}
	return true;
}

static void check_names(struct check *check, const struct chain *chain)
{
	for (int i = 0; i < sk_X509_num(chain->certs); i++)
		if (!cert_names_are_sound(sk_X509_value(chain->certs, i))) {
			diag_add(check->diags, CERT_NAME, here(check),
				cert_name(check->arena, sk_X509_value(chain->certs, i)).at);
			return;
		}
}

static void judge_proof(struct check *check, const struct chain *chain, int64_t at)
{
	struct verdict verdict;
	X509 *cert = chain_unproven(chain, &check->evidence, check->trust, at, &verdict);
	if (!cert)
		return;
	struct str name = cert_name(check->arena, cert);
	if (verdict.standing == STANDING_REVOKED)
		diag_add(check->diags, CERT_REVOKED, here(check), name.at,
			verify_time(check->arena, verdict.revoked_at).at,
			*verdict.reason ? verdict.reason : "no reason given");
	else if (!check->unproven) {
		check->unproven = true;
		check->lacks = name;
	}
}

/* What policy_check has said already, in OpenSSL's words. */
static bool is_weakness(int error)
{
	return error == X509_V_ERR_EE_KEY_TOO_SMALL || error == X509_V_ERR_CA_KEY_TOO_SMALL ||
		error == X509_V_ERR_CA_MD_TOO_WEAK || error == X509_V_ERR_EC_KEY_EXPLICIT_PARAMS;
}

void check_chain(struct check *check, struct cms *cms, int64_t at,
	struct verify_signature *signature, bool wants_proof)
{
	struct chain chain = chain_open(
		check->trust, cms->signer, cms->certs, check->evidence.certs, at);
	X509 *root = sk_X509_value(chain.certs, sk_X509_num(chain.certs) - 1);
	bool allowed = policy_check(
		chain.certs, signature ? POLICY_LETTER : POLICY_STAMP, here(check), check->diags);
	if (chain.error != X509_V_OK && (allowed || !is_weakness(chain.error)))
		report_chain(check, &chain, at);
	else if (chain.error == X509_V_OK && !all_in_chain(cms->certs, &chain))
		diag_add0(check->diags, CERT_STRAY, here(check));
	else if (chain.error == X509_V_OK && signature)
		signature->root = cert_name(check->arena, root);
	check_names(check, &chain);
	if (wants_proof)
		judge_proof(check, &chain, at);
	if (check->hook && (wants_proof || check->hook->last_too) && chain.error == X509_V_OK)
		check->hook->chain(check->hook->user, &chain, &check->evidence, at);
	chain_close(&chain);
}

/* -- time stamps */

static bool token_is_good(struct check *check, struct token *token, const struct stamped *what)
{
	if (!policy_check(token->cms.certs, POLICY_STAMP, here(check), check->diags))
		return false;
	const char *wrong = token_check(
		token, check->trust, what->before, what->after, check->evidence.certs, what->at);
	if (!wrong && token->time > what->at + CLOCK_SKEW)
		wrong = "it comes from the future";
	if (wrong)
		diag_add(check->diags, STAMP, here(check), wrong);
	return !wrong;
}

int64_t check_token(struct check *check, struct str der, const struct stamped *what, bool outermost)
{
	struct token token;
	const char *wrong = token_open(&token, der);
	if (wrong)
		diag_add(check->diags, STAMP, here(check), wrong);
	bool good = !wrong && token_is_good(check, &token, what);
	if (good)
		check_chain(check, &token.cms, what->at, NULL, !outermost);
	if (good && outermost)
		check->report->sealed_until = seconds_of(X509_get0_notAfter(token.cms.signer));
	int64_t time = good ? token.time : 0;
	token_close(&token);
	return time;
}
