/* stamp.c - a digest out to a time-stamp authority, its token back (RFC 3161).
 *
 * The authorities are asked in the user's order; one that fails rests, longer each time or as long
 * as it asks for, while the others are asked. One that calls us too fast is asked more slowly from
 * then on, and little by little faster again. When all rest, the run waits for the first as long as
 * its patience lasts, which is whole again with each time stamp. Once it has run out letters go on
 * without, so that a dead server does not cost its time again with every letter. */
#include "level/stamp_int.h"

#include "base/arena.h"
#include "base/diag_id.h"

#include <openssl/err.h>
#include <openssl/rand.h>
#include <openssl/ts.h>

enum { REST_MS = 1000, REST_DOUBLINGS = 6, STAMPERS_MAX = 16 };
enum { PACE_MS = 250, PACE_DOUBLINGS = 6 };

/* -- the request */

static struct str digest_of(struct arena *arena, struct str before, struct str after)
{
	unsigned char *digest = arena_alloc(arena, 32);
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	EVP_DigestInit_ex(context, EVP_sha256(), NULL);
	EVP_DigestUpdate(context, before.at, (size_t)before.len);
	EVP_DigestUpdate(context, after.at, (size_t)after.len);
	EVP_DigestFinal_ex(context, digest, NULL);
	EVP_MD_CTX_free(context);
	return (struct str){(const char *)digest, 32};
}

static TS_REQ *new_request(struct str digest)
{
	unsigned char nonce[8];
	TS_REQ *request = TS_REQ_new();
	TS_MSG_IMPRINT *imprint = TS_MSG_IMPRINT_new();
	X509_ALGOR *algorithm = X509_ALGOR_new();
	BIGNUM *number = BN_new();
	RAND_bytes(nonce, sizeof nonce);
	nonce[0] = (unsigned char)((nonce[0] & 0x7F) | 0x40);
	BN_bin2bn(nonce, sizeof nonce, number);
	ASN1_INTEGER *value = BN_to_ASN1_INTEGER(number, NULL);
	X509_ALGOR_set0(algorithm, OBJ_nid2obj(NID_sha256), V_ASN1_NULL, NULL);
	TS_MSG_IMPRINT_set_algo(imprint, algorithm);
	TS_MSG_IMPRINT_set_msg(imprint, without_const(digest.at), digest.len);
	TS_REQ_set_version(request, 1);
	TS_REQ_set_msg_imprint(request, imprint);
	TS_REQ_set_nonce(request, value);
	TS_REQ_set_cert_req(request, 1);
	ASN1_INTEGER_free(value);
	BN_free(number);
	X509_ALGOR_free(algorithm);
	TS_MSG_IMPRINT_free(imprint);
	return request;
}

static struct str request_der(struct arena *arena, TS_REQ *request)
{
	unsigned char *der = NULL;
	int len = i2d_TS_REQ(request, &der);
	struct str copy = str_copy(arena, (struct str){(char *)der, len});
	OPENSSL_free(der);
	return copy;
}

/* -- the answer */

static bool same_nonce(TS_REQ *request, TS_RESP *response)
{
	TS_TST_INFO *info = TS_RESP_get_tst_info(response);
	const ASN1_INTEGER *given = info ? TS_TST_INFO_get_nonce(info) : NULL;
	return given && ASN1_INTEGER_cmp(given, TS_REQ_get_nonce(request)) == 0;
}

static struct str token_der(struct arena *arena, TS_RESP *response)
{
	unsigned char *der = NULL;
	int len = i2d_PKCS7(TS_RESP_get_token(response), &der);
	struct str copy = str_copy(arena, (struct str){(char *)der, len > 0 ? len : 0});
	OPENSSL_free(der);
	return copy;
}

/* The token of a good answer. */
static struct str read_answer(
	struct arena *arena, TS_REQ *request, struct str answer, const char **why)
{
	const unsigned char *at = (const unsigned char *)answer.at;
	struct str token = {0};
	TS_RESP *response = d2i_TS_RESP(NULL, &at, answer.len);
	long status = response
		? ASN1_INTEGER_get(TS_STATUS_INFO_get0_status(TS_RESP_get_status_info(response)))
		: -1;
	if (!response)
		*why = "its answer is no time stamp";
	else if (status != TS_STATUS_GRANTED && status != TS_STATUS_GRANTED_WITH_MODS)
		*why = "it refused to give a time stamp";
	else if (!TS_RESP_get_token(response) || !same_nonce(request, response))
		*why = "its answer is not to our question";
	else
		token = token_der(arena, response);
	TS_RESP_free(response);
	ERR_clear_error();
	return token;
}

static const char *check_token(
	struct str der, const struct trust *trust, const struct stamped *what)
{
	struct token token;
	const char *wrong = token_open(&token, der);
	wrong = wrong ? wrong
		      : token_check(&token, trust, what->before, what->after, NULL, what->now);
	token_close(&token);
	return wrong;
}

static struct str ask_one(struct stampers *stampers, struct arena *arena, int index,
	const struct stamped *what, const char **why)
{
	TS_REQ *request = new_request(digest_of(arena, what->before, what->after));
	struct str answer = fetch_once(stampers->fetch, arena, stampers->request->tsa[index],
		"application/timestamp-query", request_der(arena, request), why);
	struct str token = answer.at ? read_answer(arena, request, answer, why) : (struct str){0};
	if (token.at)
		*why = check_token(token, stampers->request->trust, what);
	TS_REQ_free(request);
	return *why ? (struct str){0} : token;
}

/* -- whom to ask */

static void rest(struct stampers *stampers, struct stamper *stamper)
{
	int doublings = stamper->failures < REST_DOUBLINGS ? stamper->failures : REST_DOUBLINGS;
	int64_t asked = fetch_retry_after(stampers->fetch) * 1000LL;
	int64_t own = (int64_t)REST_MS << doublings;
	stamper->failures++;
	stamper->rest_until = fetch_clock() + (asked ? asked : own);
	if (fetch_was_hurried(stampers->fetch))
		stamper->pace = !stamper->pace                      ? PACE_MS
			: stamper->pace < PACE_MS << PACE_DOUBLINGS ? 2 * stamper->pace
								    : stamper->pace;
}

static void praise(struct stampers *stampers, struct stamper *stamper)
{
	stamper->failures = 0;
	stamper->rest_until = fetch_clock() + stamper->pace;
	stamper->pace -= (stamper->pace + 7) / 8;
	fetch_has_succeeded(stampers->fetch);
}

/* The authority that may be asked first; waits for it. -1 when patience has run out. */
static int next_stamper(struct stampers *stampers, int count)
{
	int first = -1;
	int64_t now = fetch_clock(), wait = 0;
	for (int i = 0; i < count; i++) {
		int64_t rest = stampers->each[i].rest_until - now;
		rest = rest > 0 ? rest : 0;
		if (first >= 0 && rest >= wait)
			continue;
		first = i;
		wait = rest;
	}
	return wait <= 0 || fetch_wait(stampers->fetch, wait) ? first : -1;
}

struct str stamp_ask(struct stampers *stampers, struct arena *arena, const struct stamped *what,
	struct diags *diags)
{
	int count = stampers->request->tsa_count, index;
	count = count < STAMPERS_MAX ? count : STAMPERS_MAX;
	while ((index = next_stamper(stampers, count)) >= 0) {
		const char *why = NULL;
		struct stamper *stamper = &stampers->each[index];
		struct str token = ask_one(stampers, arena, index, what, &why);
		if (!why) {
			praise(stampers, stamper);
			return token;
		}
		if (!stamper->failures)
			diag_add(diags, TSA_FAILED, place_none(), stampers->request->tsa[index],
				why);
		rest(stampers, stamper);
	}
	return (struct str){0};
}
