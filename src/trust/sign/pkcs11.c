/* pkcs11.c - the key and the certificates that a "pkcs11:" URI (RFC 7512) names in a token.
 *
 * OpenSSL's provider pkcs11 (pkcs11-provider) does it where it is installed, else its engine of
 * that name: Debian 12 has no provider, and OpenSSL 4 no engines. The key never leaves the token;
 * what is here is a handle that signs.
 *
 * A token often holds but the signer's certificate; those above it may stand in a file of their own
 * (identity_open's certificates). A PIN in the URI would be on the command line: it is refused. */
#include "sign/sign_int.h"

#include <openssl/err.h>
#include <openssl/params.h>

const char pkcs11_wrong_pin[] = "the PIN is wrong";
static const char *const pins[] = {"pin-value", "pin-source"};

bool pkcs11_is_uri(const char *path)
{
	return str_starts(str_of(path), "pkcs11:");
}

bool pkcs11_has_pin(const char *uri)
{
	for (size_t i = 0; i < sizeof pins / sizeof *pins; i++)
		if (str_find(str_of(uri), pins[i]) >= 0)
			return true;
	return false;
}

static struct token split_uri(struct arena *arena, const char *uri)
{
	struct str query = str_of(uri), object = {0}, pair;
	str_split(&query, '?', &object);
	struct token token = {.object = str_chars(arena, object)};
	while (!token.module && str_split(&query, '&', &pair))
		if (str_starts(pair, "module-path="))
			token.module = str_chars(
				arena, str_slice(pair, (int)strlen("module-path="), pair.len));
	return token;
}

/* The cause is what went wrong first. */
const char *pkcs11_reason(void)
{
	const char *reason = ERR_reason_error_string(ERR_peek_error());
	bool about_pin = reason && str_find(str_of(reason), "PIN") >= 0;
	ERR_clear_error();
	return about_pin ? pkcs11_wrong_pin
			 : "no module of PKCS#11 knows such a token with such a key";
}

/* With the module, or all that p11-kit knows. */
static OSSL_PROVIDER *load_provider(OSSL_LIB_CTX *openssl, char *module)
{
#if OPENSSL_VERSION_PREREQ(3, 2)
	OSSL_PARAM settings[2] = {0}; /* the last one is OSSL_PARAM_END */
	if (module)
		settings[0] = OSSL_PARAM_construct_utf8_string("pkcs11-module-path", module, 0);
	return OSSL_PROVIDER_load_ex(openssl, "pkcs11", module ? settings : NULL);
#else
	return module ? NULL : OSSL_PROVIDER_load(openssl, "pkcs11");
#endif
}

/* It has a context of OpenSSL for itself: in the common one a token could be asked for digests and
 * random numbers. */
static bool open_home(struct token_home *home, char *module)
{
	home->openssl = OSSL_LIB_CTX_new();
	home->providers[0] = OSSL_PROVIDER_load(home->openssl, "default");
	home->providers[1] = load_provider(home->openssl, module);
	if (home->providers[0] && home->providers[1])
		return true;
	pkcs11_close(home);
	ERR_clear_error();
	return false;
}

/* The provider asks for some PINs past the store's question, by OpenSSL's default method, which
 * would read the terminal or the standard input: it is ours while there is a token. */
enum { OF_APPLICATION = 0 }; /* the index of extra data that OpenSSL leaves to us */

static int answer_prompt(UI *ui, UI_STRING *prompt)
{
	char pin[256];
	struct asking *const *prompted = UI_method_get_ex_data(UI_get_method(ui), OF_APPLICATION);
	int len = identity_ask(pin, sizeof pin, 0, *prompted);
	bool good = len >= 0 && UI_set_result_ex(ui, prompt, pin, len) == 0;
	OPENSSL_cleanse(pin, sizeof pin);
	return good;
}

static void take_prompts(struct token_home *home, struct asking *asking)
{
	home->prompted = asking;
	home->prompts = UI_create_method("lettermerge");
	UI_method_set_reader(home->prompts, answer_prompt);
	UI_method_set_ex_data(home->prompts, OF_APPLICATION, &home->prompted);
	UI_set_default_method(home->prompts);
}

/* Asked once more for the same, a token that was opened does not want its PIN again. No second PIN
 * is tried: a card counts them. */
static const char *provider_reason(struct identity *identity, const char *object)
{
	struct asking before = identity->asking;
	struct contents none = {.certificates = sk_X509_new_null()};
	identity->asking = (struct asking){.path = before.path};
	if (before.asked && !before.failed)
		identity_read_store(&none, identity, object);
	bool wrong = identity->asking.asked;
	identity->asking = before;
	EVP_PKEY_free(none.key);
	sk_X509_pop_free(none.certificates, X509_free);
	return wrong ? pkcs11_wrong_pin : pkcs11_reason();
}

static bool by_provider(struct contents *contents, struct identity *identity,
	const struct token *token, const char **reason)
{
	if (!open_home(&identity->home, token->module))
		return false;
	take_prompts(&identity->home, &identity->asking);
	identity_read_store(contents, identity, token->object);
	*reason = contents->key ? NULL : provider_reason(identity, token->object);
	return true;
}

void pkcs11_close(struct token_home *home)
{
	if (home->prompts)
		UI_set_default_method(UI_OpenSSL());
	UI_destroy_method(home->prompts);
	for (size_t i = 0; i < 2; i++)
		if (home->providers[i])
			OSSL_PROVIDER_unload(home->providers[i]);
	OSSL_LIB_CTX_free(home->openssl);
	*home = (struct token_home){0};
}

const char *pkcs11_read(struct contents *contents, struct identity *identity)
{
	struct arena *arena = arena_new();
	struct token token = split_uri(arena, identity->asking.path);
	const char *reason =
		"neither OpenSSL's provider for tokens (Debian 13: pkcs11-provider) nor its engine "
		"(Debian 12: libengine-pkcs11-openssl), or not the module, is installed";
	if (!by_provider(contents, identity, &token, &reason))
		pkcs11_by_engine(contents, identity, &token, &reason);
	ERR_clear_error();
	arena_free(arena);
	return reason;
}
