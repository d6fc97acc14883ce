/* pkcs11_engine.c - the key and the certificates of a token by OpenSSL's engine pkcs11 (of libp11),
 * where there is no provider: on Debian 12. */
#define OPENSSL_SUPPRESS_DEPRECATED /* engines, see above */
#include "sign/sign_int.h"

#include <openssl/err.h>

#ifdef OPENSSL_NO_ENGINE

bool pkcs11_by_engine(struct contents *contents, struct identity *identity,
	const struct token *token, const char **reason)
{
	(void)contents, (void)identity, (void)token, (void)reason;
	return false;
}

#else

#include <openssl/engine.h>

/* The engine, started, with the module, or all that p11-kit knows. NULL: there is none. */
static ENGINE *open_engine(const char *module)
{
	ENGINE *engine = ENGINE_by_id("pkcs11");
	if (!engine)
		return NULL;
	bool good = ENGINE_ctrl_cmd_string(engine, "QUIET", NULL, 0) > 0;
	if (good && module)
		good = ENGINE_ctrl_cmd_string(engine, "MODULE_PATH", module, 0) > 0;
	if (good && ENGINE_init(engine))
		return engine;
	ENGINE_free(engine);
	return NULL;
}

/* The engine's questions are ours. */
static bool set_questions(ENGINE *engine, struct identity *identity)
{
	return ENGINE_ctrl(engine, ENGINE_CTRL_SET_USER_INTERFACE, 0, identity->ui, NULL) > 0 &&
		ENGINE_ctrl(engine, ENGINE_CTRL_SET_CALLBACK_DATA, 0, &identity->asking, NULL) > 0;
}

static X509 *load_certificate(ENGINE *engine, const char *object)
{
	struct {
		const char *object;
		X509 *certificate;
	} wish = {object, NULL}; /* as the engine's command takes it */
	ENGINE_ctrl_cmd(engine, "LOAD_CERT_CTRL", 0, &wish, NULL, 1);
	ERR_clear_error(); /* there may be none */
	return wish.certificate;
}

static const char *load(
	struct contents *contents, ENGINE *engine, const char *object, struct identity *identity)
{
	if (set_questions(engine, identity))
		contents->key = ENGINE_load_private_key(
			engine, object, identity->ui, &identity->asking);
	if (!contents->key)
		return pkcs11_reason(); /* its text is the engine's, which may be unloaded */
	X509 *certificate = load_certificate(engine, object);
	if (certificate)
		sk_X509_push(contents->certificates, certificate);
	return NULL;
}

bool pkcs11_by_engine(struct contents *contents, struct identity *identity,
	const struct token *token, const char **reason)
{
	ENGINE *engine = open_engine(token->module);
	if (engine) {
		*reason = load(contents, engine, token->object, identity);
		ENGINE_finish(engine);
		ENGINE_free(engine);
	}
	ERR_clear_error();
	return engine != NULL;
}

#endif
