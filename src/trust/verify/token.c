/* token.c - an RFC 3161 time stamp: is it one of these bytes, and by a trusted authority? */
#include "verify/evidence.h"

#include <openssl/err.h>
#include <openssl/ts.h>

static int64_t token_time(PKCS7 *signed_data)
{
	TS_TST_INFO *info = PKCS7_to_TS_TST_INFO(signed_data);
	int64_t time = info ? seconds_of(TS_TST_INFO_get_time(info)) : 0;
	TS_TST_INFO_free(info);
	return time;
}

const char *token_open(struct token *token, struct str der)
{
	const unsigned char *at = (const unsigned char *)der.at;
	*token = (struct token){0};
	const char *wrong = cms_open(&token->cms, der);
	if (wrong)
		return wrong;
	token->signed_data = d2i_PKCS7(NULL, &at, der.len);
	token->time = token->signed_data ? token_time(token->signed_data) : 0;
	ERR_clear_error();
	return token->time > 0 ? NULL : "it is no time stamp";
}

void token_close(struct token *token)
{
	PKCS7_free(token->signed_data);
	cms_close(&token->cms);
	*token = (struct token){0};
}

/* The digest of the bytes by the algorithm that the token names, in OpenSSL's memory. */
static unsigned char *imprint(PKCS7 *signed_data, struct str before, struct str after, long *len)
{
	TS_TST_INFO *info = PKCS7_to_TS_TST_INFO(signed_data);
	TS_MSG_IMPRINT *of = info ? TS_TST_INFO_get_msg_imprint(info) : NULL;
	const EVP_MD *md = of ? EVP_get_digestbyobj(TS_MSG_IMPRINT_get_algo(of)->algorithm) : NULL;
	unsigned char *digest = OPENSSL_malloc(EVP_MAX_MD_SIZE);
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	unsigned size = 0;
	bool good = md && EVP_MD_get_size(md) >= 32 && EVP_DigestInit_ex(context, md, NULL) &&
		EVP_DigestUpdate(context, before.at, (size_t)before.len) &&
		EVP_DigestUpdate(context, after.at, (size_t)after.len) &&
		EVP_DigestFinal_ex(context, digest, &size);
	EVP_MD_CTX_free(context);
	TS_TST_INFO_free(info);
	*len = good ? (long)size : 0;
	return digest;
}

/* What OpenSSL said last, in words; the calls before it say what it tried. */
static const char *last_reason(void)
{
	switch (ERR_GET_REASON(ERR_peek_last_error())) {
	case TS_R_MESSAGE_IMPRINT_MISMATCH:
		return "it is a time stamp of other bytes";
	case TS_R_CERTIFICATE_VERIFY_ERROR:
		return "its authority is not trusted at that time";
	case TS_R_SIGNATURE_FAILURE:
		return "it was changed";
	default:
		return "it cannot be verified";
	}
}

const char *token_check(struct token *token, const struct trust *trust, struct str before,
	struct str after, STACK_OF(X509) * helpers, int64_t at)
{
	long len;
	unsigned char *digest = imprint(token->signed_data, before, after, &len);
	TS_VERIFY_CTX *context = TS_VERIFY_CTX_new();
	X509_VERIFY_PARAM_set_time(X509_STORE_get0_param(trust->store), (time_t)at);
	X509_STORE_up_ref(trust->store);
	TS_VERIFY_CTX_set_store(context, trust->store);
	TS_VERIFY_CTX_set_certs(context, X509_chain_up_ref(helpers));
	TS_VERIFY_CTX_set_imprint(context, digest, len);
	TS_VERIFY_CTX_set_flags(context, TS_VFY_VERSION | TS_VFY_SIGNATURE | TS_VFY_IMPRINT);
	ERR_clear_error();
	bool good = TS_RESP_verify_token(context, token->signed_data) > 0;
	const char *wrong = good ? NULL : last_reason();
	TS_VERIFY_CTX_free(context);
	ERR_clear_error();
	return wrong;
}
