/* token.c - an RFC 3161 time stamp: is it one of these bytes, and by a trusted authority?
 *
 * By OpenSSL's CMS functions: those for time stamps read no token whose signer is named by the
 * identifier of its key. */
#include "verify/evidence.h"

#include <openssl/err.h>
#include <openssl/objects.h>
#include <openssl/x509v3.h>

/* -- reading */

static TS_TST_INFO *read_info(const struct cms *cms)
{
	struct str der = cms_content(cms, NID_id_smime_ct_TSTInfo);
	const unsigned char *at = (const unsigned char *)der.at, *end = at + der.len;
	TS_TST_INFO *info = der.len ? d2i_TS_TST_INFO(NULL, &at, der.len) : NULL;
	if (info && at == end && TS_TST_INFO_get_version(info) == 1)
		return info;
	TS_TST_INFO_free(info);
	return NULL;
}

const char *token_open(struct token *token, struct str der)
{
	*token = (struct token){0};
	const char *wrong = cms_open(&token->cms, der);
	if (wrong)
		return wrong;
	token->info = read_info(&token->cms);
	token->time = token->info ? seconds_of(TS_TST_INFO_get_time(token->info)) : 0;
	ERR_clear_error();
	return token->time > 0 ? NULL : "it is no time stamp";
}

void token_close(struct token *token)
{
	TS_TST_INFO_free(token->info);
	cms_close(&token->cms);
	*token = (struct token){0};
}

/* -- checking */

/* By the algorithm that the token names. */
static bool imprint_is(TS_TST_INFO *info, struct str before, struct str after)
{
	TS_MSG_IMPRINT *imprint = TS_TST_INFO_get_msg_imprint(info);
	const X509_ALGOR *algorithm = TS_MSG_IMPRINT_get_algo(imprint);
	const EVP_MD *md = EVP_get_digestbyobj(algorithm->algorithm);
	return md && EVP_MD_get_size(md) >= 32 &&
		cms_digest_is(md, before, after, TS_MSG_IMPRINT_get_msg(imprint));
}

/* The certificate is for time stamps alone (RFC 3161, 2.3), and its chain is the one that the
 * token's signing-certificate attribute names. */
static const char *check_authority(
	struct token *token, const struct trust *trust, STACK_OF(X509) * helpers, int64_t at)
{
	struct cms *cms = &token->cms;
	struct chain chain = chain_open(trust, cms->signer, cms->certs, helpers, at);
	bool trusted = chain.error == X509_V_OK &&
		X509_check_purpose(cms->signer, X509_PURPOSE_TIMESTAMP_SIGN, 0) == 1;
	const char *wrong = !trusted ? "its authority is not trusted at that time"
				     : cms_check_chain(cms, chain.certs);
	chain_close(&chain);
	return wrong;
}

const char *token_check(struct token *token, const struct trust *trust, struct str before,
	struct str after, STACK_OF(X509) * helpers, int64_t at)
{
	const char *wrong = check_authority(token, trust, helpers, at);
	wrong = wrong ? wrong : cms_check_content(&token->cms);
	if (!wrong && !imprint_is(token->info, before, after))
		wrong = "it is a time stamp of other bytes";
	ERR_clear_error();
	return wrong;
}
