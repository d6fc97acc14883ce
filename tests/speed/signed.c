/* signed.c - what a signature adds to a letter, for each kind of key: letters a second in
 * memory with one worker, beside the rate of the bare EVP_PKEY_sign in the same run. Medians of
 * several rounds, with the lowest and the highest.
 *
 *   signed TEMPLATE PKI   (PKI: a folder filled by tests/support/pki.sh … all) */
#include "figure.h"

#include "job/job.h"
#include "support/synthetic.h"
#include "xml/xml.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>

enum { ROUNDS = 5, LETTERS = 500, BARE_SIGNATURES = 500 };

static void show(void *user, const struct diag *diag)
{
	(void)user;
	if (diag_severity(diag->id) < SEVERITY_ERROR)
		return;
	struct buf out = {0};
	diag_write_text(diag, false, &out);
	fputs(buf_text(&out).at, stderr);
	buf_free(&out);
}

static struct job_result run(struct job_request request)
{
	request.workers = 1;
	request.listener = (struct job_listener){.found = show, .measure = true};
	struct job_result result = job_write(&request, NULL);
	if (result.failed || !result.written)
		exit(1);
	return result;
}

/* Start-up is measured apart, by a run of one letter, and taken off. */
static struct figure letter_rate(struct job_request request, const char *one, const char *some)
{
	struct figure rate = {0};
	for (int round = 0; round < ROUNDS; round++) {
		request.source.recipients = one;
		double begin = figure_clock();
		run(request);
		double opened = figure_clock() - begin;
		request.source.recipients = some;
		begin = figure_clock();
		run(request);
		figure_add(&rate, (LETTERS - 1) / (figure_clock() - begin - opened));
	}
	return rate;
}

static struct figure bare_rate(EVP_PKEY *key, bool pss, int digest_len)
{
	unsigned char digest[64] = "as good as any other", signature[1024];
	struct figure rate = {0};
	EVP_PKEY_CTX *context = EVP_PKEY_CTX_new(key, NULL);
	const EVP_MD *md = digest_len == 48 ? EVP_sha384() : EVP_sha256();
	if (EVP_PKEY_sign_init(context) <= 0 || EVP_PKEY_CTX_set_signature_md(context, md) <= 0 ||
		(pss && EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING) <= 0))
		exit(3);
	for (int round = 0; round < ROUNDS; round++) {
		double begin = figure_clock();
		for (int i = 0; i < BARE_SIGNATURES; i++) {
			size_t len = sizeof signature;
			digest[0] = (unsigned char)i;
			if (EVP_PKEY_sign(context, signature, &len, digest, (size_t)digest_len) <=
				0)
				exit(3);
		}
		figure_add(&rate, BARE_SIGNATURES / (figure_clock() - begin));
	}
	EVP_PKEY_CTX_free(context);
	return rate;
}

static void bench_kind(struct arena *arena, const char *pki, const char *name, bool pss,
	struct job_request request, const char *one, const char *some)
{
	const char *path = str_format(arena, "%s/%s-identity.pem", pki, name).at;
	const struct identity_pass pass = {0};
	struct diags *diags = diags_new();
	struct identity *identity = identity_open(path, NULL, &pass, (int64_t)time(NULL), diags);
	FILE *file = fopen(path, "r");
	EVP_PKEY *key = file ? PEM_read_PrivateKey(file, NULL, NULL, NULL) : NULL;
	if (!identity || !key)
		exit(3);
	request.signing = (struct signing){.identity = identity, .options = {.pss = pss}};
	struct figure rate = letter_rate(request, one, some);
	struct figure bare = bare_rate(key, pss, strcmp(name, "p384") == 0 ? 48 : 32);
	figure_row(pss ? "rsa2048, PSS" : name, "letters/s", &rate, &bare);
	EVP_PKEY_free(key);
	fclose(file);
	identity_free(identity);
	diags_free(diags);
}

int main(int argc, char **argv)
{
	static const struct {
		const char *name;
		bool pss;
	} kinds[] = {{"p256", false}, {"p384", false}, {"rsa2048", false}, {"rsa2048", true},
		{"rsa3072", false}};
	char base[] = "/tmp/lettermerge-bench-XXXXXX";
	if (argc != 3 || !mkdtemp(base)) {
		fputs("usage: signed TEMPLATE PKI\n", stderr);
		return 2;
	}
	struct arena *arena = arena_new();
	const char *one = str_format(arena, "%s/one", base).at;
	const char *some = str_format(arena, "%s/some", base).at;
	mkdir(one, 0777);
	mkdir(some, 0777);
	if (!synthetic_folder(one, 1) || !synthetic_folder(some, LETTERS))
		return 3;
	xml_start();
	struct job_request request = {.source = {.template = argv[1]}};
	figure_table("500 signed letters, in memory, one worker", "bare EVP_PKEY_sign");
	struct figure unsigned_rate = letter_rate(request, one, some);
	figure_row("unsigned", "letters/s", &unsigned_rate, NULL);
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		bench_kind(arena, argv[2], kinds[i].name, kinds[i].pss, request, one, some);
	xml_stop();
	figure_shell("rm -rf '%s'", base);
	arena_free(arena);
	return 0;
}
