/* What a list of revoked certificates and an answer about one prove, and of whom and when: made by
 * OpenSSL's program, a row each. */
#include "support/sealed.h"
#include "support/support.h"
#include "verify/evidence.h"

#include <openssl/pem.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <time.h>

#include <cmocka.h>

enum { DAY = 24 * 60 * 60 };

struct desk {
	struct scratch scratch;
	struct trust *trust;
	struct diags *diags;
	X509 *root, *ca;
	int64_t now;
};

static X509 *read_cert(struct scratch *scratch, const char *name)
{
	FILE *file = fopen(sealed_pki_path(scratch, name), "r");
	assert_non_null(file);
	X509 *cert = PEM_read_X509(file, NULL, NULL, NULL);
	fclose(file);
	assert_non_null(cert);
	return cert;
}

static int open_desk(void **state)
{
	static struct desk desk;
	desk = (struct desk){.scratch = scratch_new(), .diags = diags_new(), .now = time(NULL)};
	sealed_pki(&desk.scratch, 1);
	desk.trust = trust_new(sealed_pki_path(&desk.scratch, "root.pem"), desk.diags);
	assert_non_null(desk.trust);
	desk.root = read_cert(&desk.scratch, "root.pem");
	desk.ca = read_cert(&desk.scratch, "ca.pem");
	*state = &desk;
	return 0;
}

static int close_desk(void **state)
{
	struct desk *desk = *state;
	X509_free(desk->ca);
	X509_free(desk->root);
	trust_free(desk->trust);
	diags_free(desk->diags);
	scratch_free(&desk->scratch);
	return 0;
}

static void shell(struct desk *desk, const char *script)
{
	struct outcome run = run_in(
		desk->scratch.arena, sealed_pki_path(&desk->scratch, "."), "%s", script);
	if (run.code)
		fail_msg("%s: %.*s", script, str_arg(run.err));
}

static enum standing judge(
	struct desk *desk, const struct evidence *evidence, const char *name, int64_t at)
{
	X509 *cert = read_cert(&desk->scratch, name);
	X509 *issuer = strcmp(name, "ca.pem") == 0 ? desk->root : desk->ca;
	struct verdict verdict = evidence_judge(evidence, desk->trust, cert, issuer, at);
	X509_free(cert);
	return verdict.standing;
}

/* -- lists */

/* POINT: the distribution point that the certificates name. Of a list for the root "ca" is asked,
 * of one for the authority the other certificates. */
static const struct list {
	const char *extensions, *name;
	enum standing standing;
} lists[] = {
	{"", "signer.pem", STANDING_GOOD},
	{"1.2.3.4 = DER:0500", "signer.pem", STANDING_GOOD},
	{"1.2.3.4 = critical, DER:0500", "signer.pem", STANDING_UNKNOWN},
	{"2.5.29.27 = critical, DER:020101", "signer.pem", STANDING_UNKNOWN}, /* what is new */
	{"2.5.29.28 = critical, DER:0500", "signer.pem", STANDING_UNKNOWN},   /* no point */
	{"issuingDistributionPoint = critical, @p\n[p]\nfullname = POINT", "signer.pem",
		STANDING_GOOD},
	{"issuingDistributionPoint = critical, @p\n[p]\nfullname = URI:http://x/1.crl, POINT",
		"signer.pem", STANDING_GOOD},
	{"issuingDistributionPoint = critical, @p\n[p]\nfullname = URI:http://127.0.0.1:1/2.crl",
		"signer.pem", STANDING_UNKNOWN},
	{"issuingDistributionPoint = @p\n[p]\nfullname = URI:http://127.0.0.1:1/2.crl",
		"signer.pem", STANDING_UNKNOWN},
	{"issuingDistributionPoint = critical, @p\n[p]\nonlyuser = TRUE", "signer.pem",
		STANDING_GOOD},
	{"issuingDistributionPoint = critical, @p\n[p]\nonlyCA = TRUE", "signer.pem",
		STANDING_UNKNOWN},
	{"issuingDistributionPoint = critical, @p\n[p]\nonlyCA = TRUE", "ca.pem", STANDING_GOOD},
	{"issuingDistributionPoint = critical, @p\n[p]\nonlyuser = TRUE", "ca.pem",
		STANDING_UNKNOWN},
	{"issuingDistributionPoint = critical, @p\n[p]\nonlyAA = TRUE", "signer.pem",
		STANDING_UNKNOWN},
	{"issuingDistributionPoint = critical, @p\n[p]\nonlysomereasons = keyCompromise",
		"signer.pem", STANDING_UNKNOWN},
	{"issuingDistributionPoint = critical, @p\n[p]\nindirectCRL = TRUE", "signer.pem",
		STANDING_UNKNOWN},
	/* Of one that has expired since, unless expired ones stay on it. */
	{"", "expired.pem", STANDING_UNKNOWN},
	{"2.5.29.60 = DER:180F32303139303130313030303030305A", "expired.pem", STANDING_GOOD},
	{"2.5.29.60 = DER:180F32303231303630313030303030305A", "expired.pem", STANDING_UNKNOWN},
	{"2.5.29.60 = DER:0500", "expired.pem", STANDING_UNKNOWN},
	/* Who stands there is revoked, of whom else it may be. */
	{"", "revoked.pem", STANDING_REVOKED},
	{"2.5.29.27 = critical, DER:020101", "revoked.pem", STANDING_REVOKED},
	{"issuingDistributionPoint = critical, @p\n[p]\nonlysomereasons = keyCompromise",
		"revoked.pem", STANDING_REVOKED},
};

static X509_CRL *make_list(struct desk *desk, const struct list *list)
{
	bool above = strcmp(list->name, "ca.pem") == 0;
	scratch_write(&desk->scratch, "pki/list.cnf",
		str_format(desk->scratch.arena, "[list]\n%s\n", list->extensions).at);
	shell(desk,
		str_format(desk->scratch.arena,
			"{ cat pki.cnf; sed 's#POINT#URI:http://127.0.0.1:1/ca.crl#' list.cnf; } "
			">all.cnf; openssl "
			"ca -config all.cnf %s -gencrl -crlexts list -out list.pem",
			above ? "-name root -cert root.pem -keyfile root.key"
			      : "-cert ca.pem -keyfile ca.key")
			.at);
	FILE *file = fopen(sealed_pki_path(&desk->scratch, "list.pem"), "r");
	assert_non_null(file);
	X509_CRL *crl = PEM_read_X509_CRL(file, NULL, NULL, NULL);
	fclose(file);
	assert_non_null(crl);
	return crl;
}

static void a_list_proves_of_whom_it_is_and_no_more(void **state)
{
	struct desk *desk = *state;
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
		struct evidence evidence;
		evidence_open(&evidence);
		sk_X509_CRL_push(evidence.crls, make_list(desk, &lists[i]));
		enum standing standing = judge(desk, &evidence, lists[i].name, desk->now + DAY);
		evidence_close(&evidence);
		if (standing != lists[i].standing)
			fail_msg("%s, of a list with \"%s\": %d", lists[i].name,
				lists[i].extensions, standing);
	}
}

/* -- answers */

/* after: days from the answer to the time that is asked about. */
static const struct answer {
	const char *arguments, *name;
	int after;
	enum standing standing;
} answers[] = {
	{"-ndays 30", "signer.pem", 0, STANDING_GOOD},
	{"-ndays 30", "signer.pem", 29, STANDING_GOOD},
	{"-ndays 30", "signer.pem", 31, STANDING_UNKNOWN},
	{"-ndays 30", "signer.pem", -300, STANDING_GOOD},
	/* Without a time of the next. */
	{"", "signer.pem", 0, STANDING_GOOD},
	{"", "signer.pem", -300, STANDING_GOOD},
	{"", "signer.pem", 2, STANDING_UNKNOWN},
	{"", "signer.pem", 300, STANDING_UNKNOWN},
	{"", "revoked.pem", 300, STANDING_REVOKED},
	{"-ndays 30", "expired.pem", 0, STANDING_UNKNOWN},
};

static OCSP_RESPONSE *make_answer(struct desk *desk, const struct answer *answer)
{
	shell(desk,
		str_format(desk->scratch.arena,
			"openssl ocsp -issuer ca.pem -cert %s -reqout question -no_nonce && "
			"openssl ocsp -index index.txt -CA ca.pem -rsigner ocsp.pem -rkey ocsp.key "
			"%s -reqin question -respout answer",
			answer->name, answer->arguments)
			.at);
	struct str der = read_bytes(desk->scratch.arena, sealed_pki_path(&desk->scratch, "answer"));
	const unsigned char *at = (const unsigned char *)der.at;
	OCSP_RESPONSE *response = d2i_OCSP_RESPONSE(NULL, &at, der.len);
	assert_non_null(response);
	return response;
}

static void an_answer_proves_for_its_time_and_no_longer(void **state)
{
	struct desk *desk = *state;
	for (size_t i = 0; i < sizeof answers / sizeof *answers; i++) {
		const struct answer *row = &answers[i];
		struct evidence evidence;
		evidence_open(&evidence);
		evidence_add_cert(&evidence, desk->ca);
		assert_true(evidence_add_ocsp(&evidence, make_answer(desk, row)));
		enum standing standing = judge(
			desk, &evidence, row->name, desk->now + (int64_t)row->after * DAY);
		evidence_close(&evidence);
		if (standing != row->standing)
			fail_msg("%s, %d days after an answer with \"%s\": %d", row->name,
				row->after, row->arguments, standing);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_list_proves_of_whom_it_is_and_no_more),
		cmocka_unit_test(an_answer_proves_for_its_time_and_no_longer),
	};
	return cmocka_run_group_tests(tests, open_desk, close_desk);
}
