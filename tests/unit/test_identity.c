#include "base/diag_id.h"
#include "room.h"

#include "sign/sign.h"
#include "support/sealed.h"

#include <sys/stat.h>

/* 13 October 2026, when the tests' certificates are valid. */
static const int64_t now = 1791882000;

struct desk {
	struct scratch scratch;
	struct diags *diags;
	const char *phrase; /* what is answered to who asks; NULL: nothing */
	int asked;
};

static int open_desk(void **state)
{
	static struct desk desk;
	desk = (struct desk){.scratch = scratch_new(), .diags = diags_new()};
	sealed_pki_all(&desk.scratch);
	*state = &desk;
	return 0;
}

static int close_desk(void **state)
{
	struct desk *desk = *state;
	diags_free(desk->diags);
	scratch_free(&desk->scratch);
	return 0;
}

static int answer(void *user, const char *path, char *phrase, int size)
{
	struct desk *desk = user;
	int len = desk->phrase ? (int)strlen(desk->phrase) : -1;
	assert_non_null(path);
	assert_true(len < size);
	desk->asked++;
	if (len > 0)
		memcpy(phrase, desk->phrase, (size_t)len);
	return len;
}

static void show(const struct desk *desk)
{
	for (int i = 0; i < diags_len(desk->diags); i++)
		print_message("# %s\n", diags_at(desk->diags, i)->text);
}

static struct identity *open_with(
	struct desk *desk, const char *path, const char *certificates, const char *phrase)
{
	struct identity_pass pass = {answer, desk};
	diags_clear(desk->diags);
	desk->phrase = phrase;
	desk->asked = 0;
	struct identity *identity = identity_open(path, certificates, &pass, now, desk->diags);
	show(desk);
	return identity;
}

static struct identity *open_path(struct desk *desk, const char *path, const char *phrase)
{
	return open_with(desk, path, NULL, phrase);
}

static struct identity *open_named(struct desk *desk, const char *name, const char *phrase)
{
	return open_path(desk, sealed_pki_path(&desk->scratch, name), phrase);
}

/* -- who may sign */

static void what_may_not_sign_is_refused_with_the_reason(void **state)
{
	static const struct {
		const char *name, *phrase, *code, *says;
	} rows[] = {
		{"weak-identity.pem", NULL, "E-KEY-WEAK", "fewer than 2048"},
		{"curve-identity.pem", NULL, "E-KEY-WEAK", "none of NIST's"},
		{"ed25519-identity.pem", NULL, "E-IDENTITY", "neither RSA nor ECDSA"},
		{"wrong-identity.pem", NULL, "E-CERT-USE", "digitalSignature"},
		{"server-identity.pem", NULL, "E-CERT-PURPOSE", "web server"},
		{"ca-identity.pem", NULL, "E-CERT-USE", "that of an authority"},
		{"nameless-identity.pem", NULL, "E-IDENTITY", "no common name"},
		{"nul-identity.pem", NULL, "E-IDENTITY", "holds a NUL"},
		{"mismatch-identity.pem", NULL, "E-IDENTITY", "no certificate of its key"},
		{"keyless-identity.pem", NULL, "E-IDENTITY", "no private key"},
		{"expired-identity.pem", NULL, "E-IDENTITY-EXPIRED", "1 January 2021"},
		{"early-identity.pem", NULL, "E-IDENTITY-EARLY", "1 January 2048"},
		{"open-identity.pem", NULL, "E-IDENTITY-OPEN", "chmod 600"},
		{"absent.pem", NULL, "E-IDENTITY-READ", "No such file"},
		{"nonsense.pem", NULL, "E-IDENTITY", "no private key"},
		{"locked-identity.pem", "wrong", "E-PASS-PHRASE", "does not open"},
		{"locked-identity.pem", NULL, "E-PASS-NONE", "wants a pass phrase"},
		{"p256.p12", "wrong", "E-PASS-PHRASE", "does not open"},
		{"rc2.p12", "right phrase", "E-PKCS12-CIPHER", "RC2-40-CBC"},
		{"rc2.p12", "wrong", "E-PKCS12-CIPHER", "-legacy -aes256 -in"},
		{"rc4.p12", "right phrase", "E-PKCS12-CIPHER", "RC4"},
	};
	struct desk *desk = *state;
	struct buf text = {0};
	sealed_signer(&desk->scratch, "nul", str_lit("Office\0.example"));
	run_in(desk->scratch.arena, sealed_pki_path(&desk->scratch, "."),
		"cat nul.key nul.pem >nul-identity.pem; chmod 600 nul-identity.pem; "
		"cat ca.key ca.pem >ca-identity.pem; echo nonsense >nonsense.pem; "
		"openssl req -x509 -newkey rsa:2048 -nodes -subj /O=Nobody -days 9 "
		"-addext basicConstraints=critical,CA:FALSE "
		"-addext keyUsage=digitalSignature -keyout nameless-identity.pem "
		"-out nameless.pem 2>/dev/null; cat nameless.pem >>nameless-identity.pem; "
		"chmod 600 ca-identity.pem nonsense.pem nameless-identity.pem");
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		print_message("# %s\n", rows[i].name);
		assert_null(open_named(desk, rows[i].name, rows[i].phrase));
		assert_int_equal(diags_len(desk->diags), 1);
		const struct diag *diag = diags_at(desk->diags, 0);
		assert_string_equal(diag_code(diag->id), rows[i].code);
		buf_clear(&text);
		diag_write_text(diag, false, &text);
		assert_holds(buf_text(&text), rows[i].says);
	}
	buf_free(&text);
}

/* The command of the hint makes a file that opens. */
static void what_is_made_of_an_old_pkcs12_opens(void **state)
{
	struct desk *desk = *state;
	struct outcome made = run_in(desk->scratch.arena, sealed_pki_path(&desk->scratch, "."),
		"openssl pkcs12 -legacy -aes256 -in rc2.p12 -out new.pem -passin file:phrase "
		"-passout 'pass:right phrase'");
	assert_int_equal(made.code, 0);
	struct identity *identity = open_named(desk, "new.pem", "right phrase");
	assert_non_null(identity);
	assert_int_equal(diags_len(desk->diags), 0);
	identity_free(identity);
}

static void a_certificate_alone_is_warned_of(void **state)
{
	struct desk *desk = *state;
	struct identity *identity = open_named(desk, "alone.p12", "right phrase");
	assert_non_null(identity);
	assert_int_equal(diags_len(desk->diags), 1);
	assert_string_equal(diag_code(diags_at(desk->diags, 0)->id), "W-IDENTITY-CHAIN");
	assert_holds(str_of(diags_at(desk->diags, 0)->text), "TEST authority");
	identity_free(identity);
	identity = open_with(desk, sealed_pki_path(&desk->scratch, "alone.p12"),
		sealed_pki_path(&desk->scratch, "ca.pem"), "right phrase");
	assert_non_null(identity);
	assert_int_equal(diags_len(desk->diags), 0);
	identity_free(identity);
}

static void a_pass_phrase_is_asked_for_when_the_key_needs_it_and_only_then(void **state)
{
	static const struct {
		const char *name;
		bool locked;
	} rows[] = {
		{"p256-identity.pem", false}, {"locked-identity.pem", true}, {"p256.p12", true}};
	struct desk *desk = *state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct identity *identity = open_named(desk, rows[i].name, "right phrase");
		assert_non_null(identity);
		assert_true(str_is(identity_name(identity), "TEST p256 signer"));
		assert_int_equal(desk->asked > 0, rows[i].locked);
		identity_free(identity);
	}
}

/* -- what is signed */

static void keep(struct desk *desk, const char *name, const char *bytes, size_t len)
{
	assert_true(
		file_publish(scratch_path(&desk->scratch, name), bytes, len, false, desk->diags));
}

/* The signature's DER, which openssl finds good for the root, and for no other. */
static struct str sign_and_verify(
	struct desk *desk, const struct identity *identity, const struct signer_options *options)
{
	static const char text[] = "Dear Commissioner,\n";
	struct arena *arena = desk->scratch.arena;
	struct buf der = {0};
	struct signer *signer = signer_new(identity, options, desk->diags);
	show(desk);
	assert_non_null(signer);
	signer_begin(signer);
	signer_add(signer, str_slice(str_of(text), 0, 4));
	signer_add(signer, str_slice(str_of(text), 4, (int)strlen(text)));
	assert_true(signer_finish(signer, &der, "text", desk->diags));
	assert_true((int)der.len <= signer_room(signer));
	keep(desk, "text", text, strlen(text));
	keep(desk, "text.p7s", der.at, der.len);
	static const char verify[] = "openssl cms -verify -cades -binary -inform DER -in text.p7s "
				     "-content text -purpose any -CAfile pki/%s.pem -out copy";
	struct outcome good = run_in(arena, desk->scratch.dir, verify, "root");
	if (good.code)
		fail_msg("%.*s", str_arg(good.err));
	assert_true(run_in(arena, desk->scratch.dir, verify, "other").code != 0);
	struct str copy = str_copy(arena, buf_text(&der));
	buf_free(&der);
	signer_free(signer);
	return copy;
}

static void certificates_may_be_in_a_file_of_their_own(void **state)
{
	struct desk *desk = *state;
	struct signer_options options = {0};
	const char *key = sealed_pki_path(&desk->scratch, "p256.key");
	const char *chain = sealed_pki_path(&desk->scratch, "p256-identity.pem");
	assert_null(open_with(desk, key, NULL, NULL));
	assert_null(open_with(desk, key, sealed_pki_path(&desk->scratch, "absent.pem"), NULL));
	assert_only(&(struct room){.diags = desk->diags}, DIAG_IDENTITY_CERTIFICATES);
	assert_null(open_with(desk, sealed_pki_path(&desk->scratch, "keyless-identity.pem"), chain,
		NULL)); /* a key in it is not taken */
	struct identity *identity = open_with(desk, key, chain, NULL);
	assert_non_null(identity);
	sign_and_verify(desk, identity, &options);
	identity_free(identity);
}

/* Also where the root is at hand, in whatever order. */
static void who_issued_a_certificate_is_the_one_above_it(void **state)
{
	struct desk *desk = *state;
	struct arena *arena = desk->scratch.arena;
	struct outcome made = run_in(arena, desk->scratch.dir, "cat %s %s %s >above.pem",
		sealed_pki_path(&desk->scratch, "root.pem"),
		sealed_pki_path(&desk->scratch, "p256.pem"),
		sealed_pki_path(&desk->scratch, "ca.pem"));
	assert_int_equal(made.code, 0);
	struct identity *identity = open_with(desk, sealed_pki_path(&desk->scratch, "p256.key"),
		scratch_path(&desk->scratch, "above.pem"), NULL);
	assert_non_null(identity);
	assert_string_equal(identity_describe(identity, arena).issuer.at, "TEST authority");
	identity_free(identity);
}

static void every_kind_of_key_makes_signatures_that_openssl_finds_good(void **state)
{
	static const struct {
		const char *name;
		bool pss, same; /* the same signature each time */
	} rows[] = {
		{"rsa2048-identity.pem", false, true},
		{"rsa2048-identity.pem", true, false},
		{"rsa3072-identity.pem", false, true},
		{"p256-identity.pem", false, false},
		{"p384-identity.pem", false, false},
	};
	struct desk *desk = *state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		print_message("# %s%s\n", rows[i].name, rows[i].pss ? ", PSS" : "");
		struct signer_options options = {.pss = rows[i].pss};
		struct identity *identity = open_named(desk, rows[i].name, NULL);
		assert_non_null(identity);
		struct str first = sign_and_verify(desk, identity, &options);
		struct str second = sign_and_verify(desk, identity, &options);
		assert_int_equal(str_eq(first, second), rows[i].same);
		identity_free(identity);
	}
}

static void a_hole_that_is_too_small_is_an_error_that_says_the_need(void **state)
{
	struct desk *desk = *state;
	struct identity *identity = open_named(desk, "p256-identity.pem", NULL);
	struct signer_options options = {0};
	struct signer *signer = signer_new(identity, &options, desk->diags);
	struct buf file = {0}, text = {0};
	struct hole hole = {.range = 0, .range_len = 40, .contents = 40, .contents_len = 202};
	buf_format(&file, "%40s<%0200d>and more", "", 0);
	assert_false(signer_sign(signer, &file, &hole, "letter", desk->diags));
	diag_write_text(diags_at(desk->diags, 0), false, &text);
	assert_holds(buf_text(&text), "has room for 100");
	assert_holds(buf_text(&text), "E-SIGN-ROOM");
	buf_free(&text);
	buf_free(&file);
	signer_free(signer);
	identity_free(identity);
}

/* -- a test identity */

static void a_new_identity_says_test_and_signs_below_its_own_root(void **state)
{
	struct desk *desk = *state;
	struct buf identity_pem = {0}, root = {0};
	struct signer_options options = {0};
	assert_true(identity_new(str_lit("Jo Bloggs"), now, &identity_pem, &root, desk->diags));
	keep(desk, "new.pem", identity_pem.at, identity_pem.len);
	keep(desk, "pki/root.pem", root.at, root.len);
	assert_int_equal(chmod(scratch_path(&desk->scratch, "new.pem"), 0600), 0);
	struct identity *identity = open_path(desk, scratch_path(&desk->scratch, "new.pem"), NULL);
	assert_non_null(identity);
	assert_true(identity_is_test(identity));
	assert_true(str_is(identity_name(identity), "TEST Jo Bloggs"));
	struct identity_facts facts = identity_describe(identity, desk->scratch.arena);
	assert_string_equal(facts.algorithm.at, "ECDSA");
	assert_int_equal(facts.bits, 256);
	assert_true(facts.is_test && facts.from <= now && now < facts.until);
	assert_string_equal(facts.issuer.at, "TEST Jo Bloggs root");
	assert_true(str_find(buf_text(&root), "PRIVATE KEY") < 0);
	sign_and_verify(desk, identity, &options);
	identity_free(identity);
	identity_wipe(&identity_pem);
	buf_free(&root);
}

/* -- tokens */

static void what_a_token_holds_signs_what_openssl_finds_good(void **state)
{
	static const char *const uris[] = {"pkcs11:token=letters;object=p256",
		"pkcs11:token=letters;object=careful", "pkcs11:token=letters;object=rsa2048",
		"pkcs11:token=letters;object=p384?module-path=/usr/lib/softhsm/libsofthsm2.so"};
	struct desk *desk = *state;
	struct signer_options options = {.pss = true};
	const char *ca = sealed_pki_path(&desk->scratch, "ca.pem");
	if (!sealed_token(&desk->scratch, "p256 rsa2048 p384"))
		skip();
	assert_null(open_path(desk, uris[0], "1111"));
	assert_only(&(struct room){.diags = desk->diags}, DIAG_PASS_PHRASE);
	assert_null(open_path(desk, uris[0], NULL));
	assert_only(&(struct room){.diags = desk->diags}, DIAG_PASS_NONE);
	assert_null(open_path(desk, "pkcs11:token=letters;object=absent", "5678"));
	assert_only(&(struct room){.diags = desk->diags}, DIAG_IDENTITY_READ);
	for (size_t i = 0; i < sizeof uris / sizeof *uris; i++) {
		struct identity *identity = open_with(desk, uris[i], ca, "5678");
		assert_non_null(identity);
		sign_and_verify(desk, identity, &options);
		identity_free(identity);
	}
}

static void a_pin_in_the_uri_of_a_token_is_refused(void **state)
{
	struct desk *desk = *state;
	assert_null(open_path(desk, "pkcs11:token=letters?pin-value=5678", NULL));
	assert_only(&(struct room){.diags = desk->diags}, DIAG_IDENTITY_PIN);
	assert_int_equal(desk->asked, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_may_not_sign_is_refused_with_the_reason),
		cmocka_unit_test(what_is_made_of_an_old_pkcs12_opens),
		cmocka_unit_test(a_certificate_alone_is_warned_of),
		cmocka_unit_test(a_pass_phrase_is_asked_for_when_the_key_needs_it_and_only_then),
		cmocka_unit_test(certificates_may_be_in_a_file_of_their_own),
		cmocka_unit_test(who_issued_a_certificate_is_the_one_above_it),
		cmocka_unit_test(every_kind_of_key_makes_signatures_that_openssl_finds_good),
		cmocka_unit_test(a_hole_that_is_too_small_is_an_error_that_says_the_need),
		cmocka_unit_test(what_a_token_holds_signs_what_openssl_finds_good),
		cmocka_unit_test(a_pin_in_the_uri_of_a_token_is_refused),
		cmocka_unit_test(a_new_identity_says_test_and_signs_below_its_own_root),
	};
	return cmocka_run_group_tests(tests, open_desk, close_desk);
}
