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

/* The status of an answer and the token behind it (RFC 3161, 2.4.2): a TimeStampResp is taken apart
 * here, since OpenSSL's own reading of it knows tokens only whose signer has a name. -1: it is
 * none. */
static long split_answer(struct str answer, struct str *token)
{
	const unsigned char *at = (const unsigned char *)answer.at, *end = at + answer.len;
	long len;
	int tag, class;
	int form = ASN1_get_object(&at, &len, &tag, &class, answer.len);
	if (form & 0x81 || tag != V_ASN1_SEQUENCE || class || at + len != end)
		return -1;
	TS_STATUS_INFO *info = d2i_TS_STATUS_INFO(NULL, &at, len);
	long status = info ? ASN1_INTEGER_get(TS_STATUS_INFO_get0_status(info)) : -1;
	*token = (struct str){(const char *)at, info ? (int)(end - at) : 0};
	TS_STATUS_INFO_free(info);
	ERR_clear_error();
	return status;
}

/* The token of a good answer; it belongs to the answer. */
static struct str read_answer(struct str answer, const char **why)
{
	struct str token = {0};
	long status = split_answer(answer, &token);
	if (status < 0)
		*why = "its answer is no time stamp";
	else if (status != TS_STATUS_GRANTED && status != TS_STATUS_GRANTED_WITH_MODS)
		*why = "it refused to give a time stamp";
	else if (!token.len)
		*why = "its answer is not to our question";
	return token;
}

static bool same_nonce(const TS_REQ *request, const struct token *token)
{
	const ASN1_INTEGER *given = TS_TST_INFO_get_nonce(token->info);
	return given && ASN1_INTEGER_cmp(given, TS_REQ_get_nonce(request)) == 0;
}

static const char *check_token(const TS_REQ *request, struct str der, const struct trust *trust,
	const struct stamped *what)
{
	struct token token;
	const char *wrong = token_open(&token, der);
	if (!wrong && !same_nonce(request, &token))
		wrong = "its answer is not to our question";
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
	struct str token = answer.at ? read_answer(answer, why) : (struct str){0};
	if (!*why)
		*why = check_token(request, token, stampers->request->trust, what);
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
