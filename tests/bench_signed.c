/* bench_signed.c - what a signature adds to a letter, for each kind of key: letters a second in
 * memory with one worker, beside the rate of the bare EVP_PKEY_sign in the same run. Medians of
 * several rounds, with the lowest and the highest.
 *
 *   bench_signed TEMPLATE PKI   (PKI: a folder filled by tests/support/pki.sh … all) */
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

struct figure {
	double value[ROUNDS];
	int count;
};

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static double median(struct figure *figure)
{
	qsort(figure->value, (size_t)figure->count, sizeof *figure->value, compare);
	return figure->value[figure->count / 2];
}

static void print_figure(const char *name, const char *of, const char *unit, struct figure figure)
{
	double middle = median(&figure);
	printf("%-10s %-23s %10.1f %-10s %10.1f .. %.1f\n", name, of, middle, unit, figure.value[0],
		figure.value[figure.count - 1]);
}

static double now(void)
{
	struct timespec time;
	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

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
	request.measure = true;
	request.found = show;
	struct job_result result = job_run(&request);
	if (result.failed || !result.written)
		exit(1);
	return result;
}

/* Start-up is measured apart, by a run of one letter, and taken off. */
static void bench_letters(
	const char *name, struct job_request request, const char *one, const char *some)
{
	struct figure rate = {0}, sign = {0};
	for (int round = 0; round < ROUNDS; round++) {
		request.recipients = one;
		double begin = now();
		run(request);
		double opened = now() - begin;
		request.recipients = some;
		begin = now();
		struct job_result result = run(request);
		rate.value[rate.count++] = (LETTERS - 1) / (now() - begin - opened);
		sign.value[sign.count++] = (double)result.stage_ns[JOB_SIGN] / 1e3 / LETTERS;
	}
	print_figure(name, "letters", "1/s", rate);
	print_figure("", "  to sign one", "us/letter", sign);
}

static void bench_bare(EVP_PKEY *key, bool pss, int digest_len)
{
	unsigned char digest[64] = "as good as any other", signature[1024];
	struct figure rate = {0};
	EVP_PKEY_CTX *context = EVP_PKEY_CTX_new(key, NULL);
	const EVP_MD *md = digest_len == 48 ? EVP_sha384() : EVP_sha256();
	if (EVP_PKEY_sign_init(context) <= 0 || EVP_PKEY_CTX_set_signature_md(context, md) <= 0 ||
		(pss && EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING) <= 0))
		exit(3);
	for (int round = 0; round < ROUNDS; round++) {
		double begin = now();
		for (int i = 0; i < BARE_SIGNATURES; i++) {
			size_t len = sizeof signature;
			digest[0] = (unsigned char)i;
			if (EVP_PKEY_sign(context, signature, &len, digest, (size_t)digest_len) <=
				0)
				exit(3);
		}
		rate.value[rate.count++] = BARE_SIGNATURES / (now() - begin);
	}
	EVP_PKEY_CTX_free(context);
	print_figure("", "  bare EVP_PKEY_sign", "1/s", rate);
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
	request.identity = identity;
	request.signing.pss = pss;
	bench_letters(pss ? "rsa2048 PSS" : name, request, one, some);
	bench_bare(key, pss, strcmp(name, "p384") == 0 ? 48 : 32);
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
		fputs("usage: bench_signed TEMPLATE PKI\n", stderr);
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
	struct job_request request = {.template = argv[1]};
	bench_letters("unsigned", request, one, some);
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		bench_kind(arena, argv[2], kinds[i].name, kinds[i].pss, request, one, some);
	xml_stop();
	const char *remove = str_format(arena, "rm -rf '%s'", base).at;
	int code = system(remove) == 0 ? 0 : 3;
	arena_free(arena);
	return code;
}
