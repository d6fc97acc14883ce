/* Which certificates may stand behind a letter. Each row is asked of both: may it sign, and is what
 * it signed believed? */
#include "base/diag_id.h"
#include "room.h"

#include "sign/sign.h"
#include "support/sealed.h"
#include "verify/verify.h"

/* 13 October 2026, when the tests' certificates are valid. */
static const int64_t now = 1791882000;

struct desk {
	struct scratch scratch;
	struct trust *trust;
	struct diags *diags;
};

static int open_desk(void **state)
{
	static struct desk desk;
	desk = (struct desk){.scratch = scratch_new(), .diags = diags_new()};
	sealed_pki_rules(&desk.scratch);
	desk.trust = trust_new(sealed_pki_path(&desk.scratch, "roots.pem"), desk.diags);
	assert_non_null(desk.trust);
	*state = &desk;
	return 0;
}

static int close_desk(void **state)
{
	struct desk *desk = *state;
	trust_free(desk->trust);
	diags_free(desk->diags);
	scratch_free(&desk->scratch);
	return 0;
}

static void verify(struct desk *desk, const char *name)
{
	const struct judged letter = {sealed_letter(&desk->scratch, name), "letter.pdf", now};
	verify_letter(desk->scratch.arena, &letter, desk->trust, desk->diags);
}

static void identify(struct desk *desk, const char *name)
{
	const struct identity_pass nobody = {0};
	const char *path = sealed_pki_path(
		&desk->scratch, str_format(desk->scratch.arena, "%s-identity.pem", name).at);
	struct identity *identity = identity_open(path, NULL, &nobody, now, desk->diags);
	assert_int_equal(identity == NULL, diags_failed(desk->diags));
	identity_free(identity);
}

static void assert_said(struct desk *desk, const char *name, const char *code, const char *words)
{
	for (int i = 0; i < diags_len(desk->diags); i++)
		print_message("# %s: %s\n", name, diags_at(desk->diags, i)->text);
	assert_int_equal(diags_len(desk->diags), code ? 1 : 0);
	if (!code)
		return;
	assert_string_equal(diag_code(diags_at(desk->diags, 0)->id), code);
	assert_holds(str_of(diags_at(desk->diags, 0)->text), words);
}

static void signer_and_verifier_go_by_the_same_rules(void **state)
{
	static const struct {
		const char *name, *code, *words;
	} rows[] = {
		{"plain", NULL, NULL},
		{"usageless", NULL, NULL},
		{"documents", NULL, NULL},
		{"email", NULL, NULL},
		{"adobe", NULL, NULL},
		{"microsoft", NULL, NULL},
		{"any", NULL, NULL},
		{"card", NULL, NULL},
		{"programs-too", NULL, NULL},
		{"client", "E-CERT-PURPOSE", "for logging in (TLS)"},
		{"two-logins", "E-CERT-PURPOSE", "for logging in"},
		{"server", "E-CERT-PURPOSE", "for a web server (TLS)"},
		{"server-too", "E-CERT-PURPOSE", "for a web server (TLS)"},
		{"any-server", "E-CERT-PURPOSE", "for a web server (TLS)"},
		{"stamper", "E-CERT-PURPOSE", "for time stamps"},
		{"responder", "E-CERT-PURPOSE", "for answers on revocation"},
		{"programs", "E-CERT-PURPOSE", "for programs"},
		{"unknown", "E-CERT-PURPOSE", "for other uses (1.2.3.4)"},
		{"wrong", "E-CERT-USE", "neither digitalSignature nor nonRepudiation"},
		{"p192", "E-KEY-WEAK", "\"TEST p192 signer\""},
		{"koblitz", "E-KEY-WEAK", "its curve"},
		{"explicit", "E-KEY-WEAK", "its curve"},
		{"rsa1024", "E-KEY-WEAK", "RSA with 1024 bits"},
		{"rsa2040", "E-KEY-WEAK", "RSA with 2040 bits"},
		{"sha1", "E-CERT-DIGEST", "SHA1"},
		{"md5", "E-CERT-DIGEST", "MD5"},
		{"sha384", NULL, NULL},
		{"under-sha1-ca", "E-CERT-DIGEST", "\"TEST sha1-ca\""},
		{"under-rsa1024-ca", "E-KEY-WEAK", "\"TEST rsa1024-ca\""},
		{"under-tls-ca", "E-CERT-PURPOSE", "\"TEST tls-ca\""},
		{"under-both-ca", NULL, NULL},
		{"under-sha1-root", NULL, NULL},
		{"under-weak-root", "E-KEY-WEAK", "\"TEST weak root\""},
	};
	struct desk *desk = *state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		diags_clear(desk->diags);
		identify(desk, rows[i].name);
		assert_said(desk, rows[i].name, rows[i].code, rows[i].words);
		diags_clear(desk->diags);
		verify(desk, rows[i].name);
		assert_said(desk, rows[i].name, rows[i].code, rows[i].words);
	}
}

/* Strong keys of kinds that not every reader knows: believed of others, not signed with. */
static void a_key_that_few_readers_know_is_believed_but_not_signed_with(void **state)
{
	static const char *const names[] = {"p521", "brainpool"};
	struct desk *desk = *state;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		diags_clear(desk->diags);
		verify(desk, names[i]);
		assert_said(desk, names[i], NULL, NULL);
		identify(desk, names[i]);
		assert_said(desk, names[i], "E-IDENTITY", "neither P-256 nor P-384");
	}
}

static void without_roots_nobody_is_believed(void **state)
{
	struct desk *desk = *state;
	diags_clear(desk->diags);
	struct trust *own = desk->trust;
	desk->trust = trust_new(NULL, desk->diags);
	assert_non_null(desk->trust);
	verify(desk, "plain");
	assert_said(desk, "plain", "E-UNTRUSTED", "TEST");
	trust_free(desk->trust);
	desk->trust = own;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(signer_and_verifier_go_by_the_same_rules),
		cmocka_unit_test(a_key_that_few_readers_know_is_believed_but_not_signed_with),
		cmocka_unit_test(without_roots_nobody_is_believed),
	};
	return cmocka_run_group_tests(tests, open_desk, close_desk);
}
