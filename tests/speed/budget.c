/* budget.c - where the time of a letter goes: each stage of a run that signs, beside the least that
 * the same bytes cost here, and how many times that floor the whole run takes.
 *
 *   budget TEMPLATE KEY NAME archive|files   (from the project's root; KEY: an identity, NAME: what
 *                                             its key is called)
 *
 * The floor is a signature, SHA-256 of the file, the deflating of those of its streams that no
 * other letter has, and the writing of its bytes to one file. Both are CPU time, which a busy
 * machine lengthens less than it does a clock's. What is deflated is that of many letters in turn:
 * of one letter over and over the processor learns where to branch, and takes half the time. */
#include "figure.h"

#include "job/job.h"
#include "support/synthetic.h"
#include "xml/xml.h"

#include <fcntl.h>
#include <libdeflate.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/sha.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum {
	ROUNDS = 7,
	LETTERS = 2000,
	TIMES = 2000,
	LEVEL = 1,
	USUAL_LEVEL = 6,
	MOST_STREAMS = 256,
	SOME = 50
};

static struct arena *arena;
static const char *dir;
static bool to_files; /* else to an archive */

static const char *in_dir(const char *name)
{
	return str_format(arena, "%s/%s", dir, name).at;
}

static double cpu_us(void)
{
	struct rusage usage;
	getrusage(RUSAGE_SELF, &usage);
	return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1e6 +
		(double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
}

static void show(void *user, const struct diag *diag)
{
	(void)user;
	(void)diag;
}

/* -- a run ------------------------------------------------------------------------------------- */

struct spent {
	double us; /* CPU */
	struct job_result result;
};

/* With `out` NULL to files, without a record. */
static struct spent run(struct job_request request, const char *recipients, const char *out)
{
	struct job_update update = {
		.to = {.out = out,
			.archive = out && !to_files ? in_dir("letters.tar") : NULL,
			.durability = DURABILITY_FAST}};
	request.source.recipients = recipients;
	figure_shell("rm -rf '%s/out' '%s/letters.tar'; mkdir '%s/out'", dir, dir, dir);
	double begin = cpu_us();
	struct spent spent = {
		.result = out ? job_update(&request, &update) : job_write(&request, in_dir("out"))};
	spent.us = cpu_us() - begin;
	if (spent.result.failed || !spent.result.written)
		exit(1);
	return spent;
}

/* -- the floor --------------------------------------------------------------------------------- */

struct floors {
	struct figure sign, hash, deflate, write, all;
	struct figure alone; /* all streams deflated, as for a letter by itself */
};

static struct str read_letter(int number)
{
	struct diags *diags = diags_new();
	const char *path = str_format(arena, "%s/out/r%07d.pdf", dir, number).at;
	struct str bytes = file_read(arena, path, place_none(), diags);
	diags_free(diags);
	if (!bytes.at)
		exit(1);
	return bytes;
}

struct streams {
	struct str at[MOST_STREAMS]; /* as they stand in the file */
	int count;
};

static struct streams find_streams(struct str file)
{
	struct streams streams = {0};
	for (int begin; (begin = str_find(file, ">>\nstream\n")) >= 0 ||
		(begin = str_find(file, "stream\r\n")) >= 0;) {
		file = str_slice(file, begin, file.len);
		file = str_slice(file, str_find(file, "stream") + 6, file.len);
		while (file.len && (*file.at == '\r' || *file.at == '\n'))
			file = str_slice(file, 1, file.len);
		int end = str_find(file, "endstream");
		if (end < 0 || streams.count == MOST_STREAMS)
			exit(1);
		streams.at[streams.count++] = str_slice(file, 0, end);
		file = str_slice(file, end, file.len);
	}
	return streams;
}

/* Whether a stream of a letter is another's as well. */
static bool is_shared(const struct streams *letters, int of, struct str stream)
{
	for (int i = 0; i < SOME; i++)
		for (int k = 0; i != of && k < letters[i].count; k++)
			if (str_eq(letters[i].at[k], stream))
				return true;
	return false;
}

/* Streams of a letter, each as it was before it was deflated. */
struct plain {
	struct str at[MOST_STREAMS];
	int count;
};

static void add_plain(struct plain *plain, struct str stream)
{
	static char bytes[1 << 20];
	struct libdeflate_decompressor *state = libdeflate_alloc_decompressor();
	size_t used, len;
	if (libdeflate_zlib_decompress_ex(state, stream.at, (size_t)stream.len, bytes, sizeof bytes,
		    &used, &len) == LIBDEFLATE_SUCCESS)
		plain->at[plain->count++] = str_copy(arena, (struct str){bytes, (int)len});
	libdeflate_free_decompressor(state);
}

/* Those of each letter, and those of them that none of the others has: fonts are made once for
 * many. */
static void find_plain(struct plain *all, struct plain *own)
{
	static struct streams letters[SOME];
	for (int i = 0; i < SOME; i++)
		letters[i] = find_streams(read_letter(i));
	for (int i = 0; i < SOME; i++)
		for (int k = 0; k < letters[i].count; k++) {
			add_plain(&all[i], letters[i].at[k]);
			if (!is_shared(letters, i, letters[i].at[k]))
				add_plain(&own[i], letters[i].at[k]);
		}
}

static double deflate_us(const struct plain *letters, int level)
{
	struct libdeflate_compressor *state = libdeflate_alloc_compressor(level);
	static char out[1 << 20];
	double begin = cpu_us();
	for (int i = 0; i < TIMES; i++) {
		const struct plain *plain = &letters[i % SOME];
		for (int k = 0; k < plain->count; k++)
			if (!libdeflate_zlib_compress(state, plain->at[k].at,
				    (size_t)plain->at[k].len, out, sizeof out))
				exit(1);
	}
	double us = (cpu_us() - begin) / TIMES;
	libdeflate_free_compressor(state);
	return us;
}

static double hash_us(struct str letter)
{
	unsigned char digest[SHA256_DIGEST_LENGTH];
	double begin = cpu_us();
	for (int i = 0; i < TIMES; i++)
		SHA256((const unsigned char *)letter.at, (size_t)letter.len, digest);
	return (cpu_us() - begin) / TIMES;
}

/* Of the signed attributes, which have about a hundred bytes. */
static double sign_us(EVP_PKEY *key)
{
	unsigned char attributes[100] = {0}, signature[256];
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	double begin = cpu_us();
	for (int i = 0; i < TIMES; i++) {
		size_t len = sizeof signature;
		if (EVP_DigestSignInit(context, NULL, EVP_sha256(), NULL, key) <= 0 ||
			EVP_DigestSign(context, signature, &len, attributes, sizeof attributes) <=
				0)
			exit(1);
	}
	double us = (cpu_us() - begin) / TIMES;
	EVP_MD_CTX_free(context);
	return us;
}

static double write_us(struct str letter)
{
	int fd = open(in_dir("floor"), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	double begin = cpu_us();
	for (int i = 0; i < TIMES; i++)
		if (write(fd, letter.at, (size_t)letter.len) != letter.len)
			exit(3);
	double us = (cpu_us() - begin) / TIMES;
	close(fd);
	return us;
}

static void measure_floors(struct floors *floors, EVP_PKEY *key, struct str letter,
	const struct plain *all, const struct plain *own)
{
	double us[] = {sign_us(key), hash_us(letter), write_us(letter)};
	double once = deflate_us(own, LEVEL), each = deflate_us(all, USUAL_LEVEL);
	figure_add(&floors->sign, us[0]);
	figure_add(&floors->hash, us[1]);
	figure_add(&floors->write, us[2]);
	figure_add(&floors->deflate, once);
	figure_add(&floors->all, us[0] + us[1] + us[2] + once);
	figure_add(&floors->alone, us[0] + us[1] + us[2] + each);
}

/* -- the table --------------------------------------------------------------------------------- */

struct budget {
	struct figure stage[JOB_STAGES], rest, all;
	struct floors floors;
};

/* Start-up and end, by a run of one letter, are taken off; what no stage has is the rest. */
static void measure(struct budget *budget, const struct job_request *request)
{
	struct spent one = run(*request, in_dir("one.xml"), in_dir("out"));
	struct spent many = run(*request, in_dir("many.xml"), in_dir("out"));
	double all = (many.us - one.us) / (LETTERS - 1), staged = 0;
	for (int i = 0; i < JOB_STAGES; i++) {
		int64_t ns = many.result.stage_ns[i] - one.result.stage_ns[i];
		double us = (double)ns / 1e3 / (LETTERS - 1);
		figure_add(&budget->stage[i], us);
		staged += us;
	}
	figure_add(&budget->rest, all > staged ? all - staged : 0);
	figure_add(&budget->all, all);
}

static void print(const struct budget *budget, const char *key)
{
	static const char *const names[JOB_STAGES] = {"read", "merge", "key", "shape and break",
		"compose", "render: marks, tags, links, checks, deflate", "save", "sign",
		"hash for the signed list", "write", "record and archive",
		"the end: the last group, the signed list"};
	const struct floors *floors = &budget->floors;
	struct figure times[2] = {0};
	for (int i = 0; i < ROUNDS; i++) {
		figure_add(&times[0], budget->all.value[i] / floors->all.value[i]);
		figure_add(&times[1], budget->all.value[i] / floors->alone.value[i]);
	}
	const struct figure *const floor[JOB_STAGES] = {[JOB_RENDER] = &floors->deflate,
		[JOB_SIGN] = &floors->sign,
		[JOB_HASH] = &floors->hash,
		[JOB_RECORD] = &floors->write};
	figure_table(str_format(arena, "A letter's budget: signed with %s, to %s, not synced", key,
			     to_files ? "files" : "one archive")
			     .at,
		"deflate, sign, SHA-256, write");
	for (int i = 0; i < JOB_STAGES; i++)
		figure_row(names[i], "us/letter", &budget->stage[i], floor[i]);
	figure_row("the rest: threads of groups, reading the clocks", "us/letter", &budget->rest,
		NULL);
	figure_row("all of it, CPU time", "us/letter", &budget->all, &floors->all);
	figure_row("times that floor", "", &times[0], NULL);
	figure_row("the floor of a letter by itself, fonts deflated too", "us/letter",
		&floors->alone, NULL);
	figure_row("times that floor", "", &times[1], NULL);
}

static EVP_PKEY *read_key(const char *path)
{
	FILE *file = fopen(path, "r");
	EVP_PKEY *key = file ? PEM_read_PrivateKey(file, NULL, NULL, NULL) : NULL;
	if (!key)
		exit(3);
	fclose(file);
	return key;
}

static void bench(struct job_request request, const char *path, const char *key_name)
{
	static struct budget budget;
	static struct plain all[SOME], own[SOME];
	EVP_PKEY *key = read_key(path);
	run(request, in_dir("some.xml"), NULL);
	struct str letter = read_letter(0);
	find_plain(all, own);
	for (int i = 0; i < ROUNDS; i++) {
		measure(&budget, &request);
		measure_floors(&budget.floors, key, letter, all, own);
	}
	EVP_PKEY_free(key);
	print(&budget, key_name);
}

int main(int argc, char **argv)
{
	char base[] = "/tmp/lettermerge-bench-XXXXXX";
	bool known = argc == 5 &&
		(strcmp(argv[4], "files") == 0 || strcmp(argv[4], "archive") == 0);
	if (!known || !mkdtemp(base)) {
		fputs("usage: budget TEMPLATE KEY NAME archive|files\n", stderr);
		return 2;
	}
	arena = arena_new();
	dir = base;
	to_files = strcmp(argv[4], "files") == 0;
	if (!synthetic_file(in_dir("one.xml"), 1) || !synthetic_file(in_dir("some.xml"), SOME) ||
		!synthetic_file(in_dir("many.xml"), LETTERS))
		return 3;
	xml_start();
	const struct identity_pass pass = {0};
	struct diags *diags = diags_new();
	struct identity *identity = identity_open(argv[2], NULL, &pass, (int64_t)time(NULL), diags);
	if (!identity)
		return 3;
	bench((struct job_request){.source = {.template = argv[1]},
		      .signing = {.identity = identity},
		      .listener = {.found = show, .measure = true},
		      .workers = 1},
		argv[2], argv[3]);
	identity_free(identity);
	diags_free(diags);
	xml_stop();
	figure_shell("rm -rf '%s'", base);
	arena_free(arena);
	return 0;
}
