/* pkcs11.c - the key and the certificates that a "pkcs11:" URI (RFC 7512) names in a token.
 *
 * OpenSSL's engine pkcs11 (of libp11) does it: a provider would be newer, but Debian 12 has none.
 * The key never leaves the token; what is here is a handle that signs.
 *
 * A token often holds but the signer's certificate; those above it may stand in a file of their own
 * (identity_open's certificates). A PIN in the URI would be on the command line: it is refused. */
#define OPENSSL_SUPPRESS_DEPRECATED /* engines, see above */
#include "sign/sign_int.h"

#include <openssl/engine.h>
#include <openssl/err.h>

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

/* The value of "module-path" behind the "?", .at is NULL for none. */
static struct str find_module(struct str query)
{
	struct str pair;
	while (str_split(&query, '&', &pair))
		if (str_starts(pair, "module-path="))
			return str_slice(pair, (int)strlen("module-path="), pair.len);
	return (struct str){0};
}

/* The engine, started, with the module that the URI asks for. NULL: there is none. */
static ENGINE *open_engine(struct arena *arena, struct str query)
{
	ENGINE *engine = ENGINE_by_id("pkcs11");
	struct str module = find_module(query);
	if (!engine)
		return NULL;
	bool good = ENGINE_ctrl_cmd_string(engine, "QUIET", NULL, 0) > 0;
	if (good && module.at)
		good = ENGINE_ctrl_cmd_string(
			       engine, "MODULE_PATH", str_copy(arena, module).at, 0) > 0;
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

/* The cause is what went wrong first; its text is the engine's, which may be unloaded. */
static const char *find_reason(void)
{
	const char *reason = ERR_reason_error_string(ERR_peek_error());
	bool about_pin = reason && str_find(str_of(reason), "PIN") >= 0;
	ERR_clear_error();
	return about_pin ? pkcs11_wrong_pin : "there is no such token, or no such key in it";
}

static const char *load(
	struct contents *contents, ENGINE *engine, const char *object, struct identity *identity)
{
	if (set_questions(engine, identity))
		contents->key = ENGINE_load_private_key(
			engine, object, identity->ui, &identity->asking);
	if (!contents->key)
		return find_reason();
	X509 *certificate = load_certificate(engine, object);
	if (certificate)
		sk_X509_push(contents->certificates, certificate);
	return NULL;
}

const char *pkcs11_read(struct contents *contents, struct identity *identity)
{
	struct arena *arena = arena_new();
	const char *reason = "OpenSSL's engine pkcs11, or its module, is not installed";
	struct str query = str_of(identity->asking.path), object = {0};
	str_split(&query, '?', &object);
	ENGINE *engine = open_engine(arena, query);
	if (engine) {
		reason = load(contents, engine, str_copy(arena, object).at, identity);
		ENGINE_finish(engine);
		ENGINE_free(engine);
	}
	ERR_clear_error();
	arena_free(arena);
	return reason;
}
