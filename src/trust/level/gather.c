/* gather.c - chains in, evidence of their standing out, by the addresses in the certificates: an
 * OCSP responder (RFC 6960, A.1) first, a list of revoked certificates where there is none or it
 * fails.
 *
 * What was fetched stays with the run, and so does that a question was put: the letters of a run
 * mostly share one chain. */
#include "level/gather_int.h"

#include "base/arena.h"
#include "base/diag_id.h"

#include <openssl/err.h>
#include <openssl/x509v3.h>

void gather_open(struct gather *gather, struct fetch *fetch, const struct trust *trust)
{
	*gather = (struct gather){.fetch = fetch, .trust = trust, .arena = arena_new()};
	evidence_open(&gather->evidence);
}

void gather_close(struct gather *gather)
{
	evidence_close(&gather->evidence);
	arena_free(gather->arena);
}

/* Was this question put already? Remembers it. */
static bool asked(struct gather *gather, struct str question)
{
	for (int i = 0; i < gather->asked.len; i++)
		if (str_eq(gather->asked.at[i], question))
			return true;
	*vec_push(gather->arena, &gather->asked) = question;
	return false;
}

/* -- OCSP */

static struct str ocsp_address(struct arena *arena, X509 *cert)
{
	STACK_OF(OPENSSL_STRING) *all = X509_get1_ocsp(cert);
	struct str address = sk_OPENSSL_STRING_num(all) > 0
		? str_copy(arena, str_of(sk_OPENSSL_STRING_value(all, 0)))
		: (struct str){0};
	X509_email_free(all);
	return address;
}

static struct str ocsp_question(struct arena *arena, X509 *cert, X509 *issuer)
{
	unsigned char *der = NULL;
	OCSP_REQUEST *request = OCSP_REQUEST_new();
	OCSP_request_add0_id(request, OCSP_cert_to_id(EVP_sha1(), cert, issuer));
	int len = i2d_OCSP_REQUEST(request, &der);
	struct str copy = str_copy(arena, (struct str){(char *)der, len});
	OPENSSL_free(der);
	OCSP_REQUEST_free(request);
	return copy;
}

static const char *take_response(struct gather *gather, struct str der)
{
	const unsigned char *at = (const unsigned char *)der.at;
	OCSP_RESPONSE *response = d2i_OCSP_RESPONSE(NULL, &at, der.len);
	ERR_clear_error();
	if (!response || OCSP_response_status(response) != OCSP_RESPONSE_STATUS_SUCCESSFUL ||
		!evidence_add_ocsp(&gather->evidence, response)) {
		OCSP_RESPONSE_free(response);
		return "its answer says nothing about the certificate";
	}
	return NULL;
}

static void ask_ocsp(
	struct gather *gather, X509 *cert, X509 *issuer, struct str address, const char **why)
{
	struct str question = ocsp_question(gather->arena, cert, issuer);
	if (asked(gather, question))
		return;
	struct str answer = fetch_once(gather->fetch, gather->arena, address.at,
		"application/ocsp-request", question, why);
	if (answer.at)
		*why = take_response(gather, answer);
}

/* -- lists of revoked certificates */

/* The first of these names that is an address of the web; .at NULL: none is. */
static struct str web_address(struct arena *arena, const GENERAL_NAMES *names)
{
	for (int i = 0; i < sk_GENERAL_NAME_num(names); i++) {
		int type;
		const ASN1_STRING *value = GENERAL_NAME_get0_value(
			sk_GENERAL_NAME_value(names, i), &type);
		if (type != GEN_URI)
			continue;
		struct str uri = {
			(const char *)ASN1_STRING_get0_data(value), ASN1_STRING_length(value)};
		if (str_starts(uri, "http"))
			return str_copy(arena, uri);
	}
	return (struct str){0};
}

/* Of points by their full name, type 0; one that begins at its issuer is no address (RFC 5280,
 * 4.2.1.13). */
static struct str crl_address(struct arena *arena, X509 *cert)
{
	CRL_DIST_POINTS *points = X509_get_ext_d2i(cert, NID_crl_distribution_points, NULL, NULL);
	struct str address = {0};
	for (int i = 0; i < sk_DIST_POINT_num(points) && !address.at; i++) {
		const DIST_POINT_NAME *name = sk_DIST_POINT_value(points, i)->distpoint;
		if (name && name->type == 0)
			address = web_address(arena, name->name.fullname);
	}
	CRL_DIST_POINTS_free(points);
	return address;
}

static void ask_crl(struct gather *gather, struct str address, const char **why)
{
	if (asked(gather, address))
		return;
	struct str answer = fetch_once(
		gather->fetch, gather->arena, address.at, "", (struct str){0}, why);
	const unsigned char *at = (const unsigned char *)answer.at;
	X509_CRL *crl = answer.at ? d2i_X509_CRL(NULL, &at, answer.len) : NULL;
	ERR_clear_error();
	if (crl)
		sk_X509_CRL_push(gather->evidence.crls, crl);
	else if (answer.at)
		*why = "its answer is no list of revoked certificates";
}

/* -- chains */

static bool proven(struct gather *gather, X509 *cert, X509 *issuer, int64_t at)
{
	return evidence_judge(&gather->evidence, gather->trust, cert, issuer, at).standing !=
		STANDING_UNKNOWN;
}

static void gather_cert(struct gather *gather, X509 *cert, X509 *issuer, int64_t at,
	const char *name, struct diags *diags)
{
	struct str ocsp = ocsp_address(gather->arena, cert);
	struct str crl = crl_address(gather->arena, cert);
	const char *no_answer = NULL, *no_list = NULL;
	if (!needs_evidence(cert) || proven(gather, cert, issuer, at))
		return;
	if (ocsp.at)
		ask_ocsp(gather, cert, issuer, ocsp, &no_answer);
	if (crl.at && !proven(gather, cert, issuer, at))
		ask_crl(gather, crl, &no_list);
	if (no_answer)
		diag_add(diags, PROOF_FAILED, place_in(name), ocsp.at, no_answer);
	if (no_list)
		diag_add(diags, PROOF_FAILED, place_in(name), crl.at, no_list);
}

void gather_chain(struct gather *gather, const struct chain *chain, int64_t at, const char *name,
	struct diags *diags)
{
	for (int i = 0; i < sk_X509_num(chain->certs); i++) {
		X509 *cert = sk_X509_value(chain->certs, i);
		X509 *issuer = sk_X509_value(chain->certs, i + 1);
		evidence_add_cert(&gather->evidence, cert);
		if (issuer)
			gather_cert(gather, cert, issuer, at, name, diags);
	}
}
