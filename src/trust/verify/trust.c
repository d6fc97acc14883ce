/* trust.c - roots to believe in, and chains to them as of a time (RFC 5280, 6). */
#include "verify/evidence.h"

#include "base/arena.h"
#include "base/diag_id.h"
#include "verify/policy.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <stdlib.h>
#include <time.h>

/* -- roots */

static bool load_file(X509_STORE *store, const char *path, struct diags *diags)
{
	struct place at = place_in(path);
	BIO *in = file_is_named_pipe(path) ? NULL : BIO_new_file(path, "r");
	if (!in) {
		diag_add0(diags, TRUST_READ, at);
		return false;
	}
	int count = 0;
	X509 *cert;
	while ((cert = PEM_read_bio_X509(in, NULL, NULL, NULL))) {
		count += X509_STORE_add_cert(store, cert);
		X509_free(cert);
	}
	BIO_free(in);
	if (!count)
		diag_add0(diags, TRUST_NONE, at);
	return count;
}

struct trust *trust_new(const char *path, struct diags *diags)
{
	X509_STORE *store = X509_STORE_new();
	bool system = path && str_is(str_of(path), TRUST_SYSTEM);
	bool good = system ? X509_STORE_set_default_paths(store)
		: path     ? load_file(store, path, diags)
			   : true;
	X509_VERIFY_PARAM_set_auth_level(X509_STORE_get0_param(store), POLICY_LEVEL);
	ERR_clear_error();
	if (!good) {
		X509_STORE_free(store);
		return NULL;
	}
	struct trust *trust = heap_new(sizeof *trust);
	*trust = (struct trust){store};
	return trust;
}

void trust_free(struct trust *trust)
{
	if (trust)
		X509_STORE_free(trust->store);
	free(trust);
}

/* -- chains */

static void add_all(STACK_OF(X509) * to, STACK_OF(X509) * from)
{
	for (int i = 0; i < sk_X509_num(from); i++)
		sk_X509_push(to, sk_X509_value(from, i));
}

struct chain chain_open(const struct trust *trust, X509 *leaf, STACK_OF(X509) * helpers,
	STACK_OF(X509) * more, int64_t at)
{
	struct chain chain = {0};
	X509_STORE_CTX *context = X509_STORE_CTX_new();
	STACK_OF(X509) *untrusted = sk_X509_new_null();
	add_all(untrusted, helpers);
	add_all(untrusted, more);
	if (X509_STORE_CTX_init(context, trust->store, leaf, untrusted)) {
		X509_STORE_CTX_set_time(context, 0, (time_t)at);
		X509_verify_cert(context);
		chain.error = X509_STORE_CTX_get_error(context);
		chain.depth = X509_STORE_CTX_get_error_depth(context);
		chain.certs = X509_STORE_CTX_get1_chain(context);
	}
	if (!chain.certs)
		chain.error = X509_V_ERR_UNSPECIFIED;
	X509_STORE_CTX_free(context);
	sk_X509_free(untrusted);
	ERR_clear_error();
	return chain;
}

void chain_close(struct chain *chain)
{
	sk_X509_pop_free(chain->certs, X509_free);
	*chain = (struct chain){0};
}
