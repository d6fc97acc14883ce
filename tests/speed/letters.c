/* letters.c - what a letter costs, in memory and in files.
 *
 *   letters TEMPLATE   (from the project's root; ./run bench) */
#include "figure.h"

#include "job/job.h"
#include "support/synthetic.h"
#include "xml/xml.h"

#include <fcntl.h>
#include <openssl/sha.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ROUNDS = 7, LETTERS = 1000, MANY_LETTERS = 10000 };

/* -- runs -------------------------------------------------------------------------------------- */

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

static struct job_result run(const char *template, const char *dir, const char *out, int workers)
{
	struct job_request request = {
		.source = {.template = template, .recipients = dir},
		.listener = {.found = show},
		.workers = workers,
	};
	struct job_result result = job_write(&request, out);
	if (result.failed || !result.written) {
		fprintf(stderr, "bench: %d of %d letters failed\n", result.failed, result.records);
		exit(1);
	}
	return result;
}

/* -- floors ------------------------------------------------------------------------------------ */

static char *bytes_of(int len)
{
	char *bytes = malloc((size_t)len);
	if (!bytes)
		exit(3);
	for (int i = 0; i < len; i++)
		bytes[i] = (char)(i * 7919 >> 3);
	return bytes;
}

/* So many bytes hashed, a second. */
static double hash_rate(const char *bytes, int len)
{
	unsigned char digest[SHA256_DIGEST_LENGTH];
	double begin = figure_clock();
	for (int i = 0; i < LETTERS; i++)
		SHA256((const unsigned char *)bytes, (size_t)len, digest);
	return LETTERS / (figure_clock() - begin);
}

/* As many files, written beside and renamed, a second; they lie in the folder then. */
static double write_rate(struct arena *arena, const char *dir, const char *bytes, int len)
{
	double begin = figure_clock();
	for (int i = 0; i < LETTERS; i++) {
		struct arena_mark mark = arena_save(arena);
		const char *beside = str_format(arena, "%s/%d.tmp", dir, i).at;
		const char *path = str_format(arena, "%s/%d.pdf", dir, i).at;
		int fd = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
		if (fd < 0 || write(fd, bytes, (size_t)len) != len || close(fd) != 0 ||
			rename(beside, path) != 0)
			exit(3);
		arena_restore(arena, mark);
	}
	return LETTERS / (figure_clock() - begin);
}

/* -- tables ------------------------------------------------------------------------------------ */

struct in_memory {
	struct figure one, two, start, bytes, hashed;
};

/* Start-up (template, fonts, subsets) is measured apart, by a run of one letter, and taken off. */
static void measure_round(
	struct in_memory *figures, const char *template, const char *dir, const char *one)
{
	double begin = figure_clock();
	run(template, one, NULL, 1);
	double opened = figure_clock() - begin;
	begin = figure_clock();
	struct job_result result = run(template, dir, NULL, 1);
	figure_add(&figures->one, LETTERS / (figure_clock() - begin - opened));
	begin = figure_clock();
	run(template, dir, NULL, 2);
	figure_add(&figures->two, LETTERS / (figure_clock() - begin - opened));
	int len = (int)(result.bytes / result.written);
	char *bytes = bytes_of(len);
	figure_add(&figures->hashed, hash_rate(bytes, len));
	free(bytes);
	figure_add(&figures->start, opened * 1e3);
	figure_add(&figures->bytes, (double)len);
}

static int bench_memory_letters(const char *template, const char *dir, const char *one)
{
	struct in_memory figures = {0};
	for (int round = 0; round < ROUNDS; round++)
		measure_round(&figures, template, dir, one);
	figure_table("1,000 unsigned letters, in memory", "SHA-256 of the same bytes");
	figure_row("one worker", "letters/s", &figures.one, &figures.hashed);
	figure_row("two workers", "letters/s", &figures.two, NULL);
	figure_row("start-up and first letter", "ms", &figures.start, NULL);
	figure_row("size of a letter", "bytes", &figures.bytes, NULL);
	return (int)figure_median(&figures.bytes);
}

static void bench_files(
	struct arena *arena, const char *template, const char *dir, const char *out, int len)
{
	struct figure rate = {0}, floor = {0};
	char *bytes = bytes_of(len);
	const char *other = str_format(arena, "%s-floor", out).at;
	mkdir(other, 0777);
	for (int round = 0; round < ROUNDS; round++) {
		double begin = figure_clock();
		run(template, dir, out, 1);
		figure_add(&rate, LETTERS / (figure_clock() - begin));
		figure_add(&floor, write_rate(arena, other, bytes, len));
	}
	free(bytes);
	figure_table("1,000 unsigned letters, to files, not synced", "the files, written, renamed");
	figure_row("one worker", "letters/s", &rate, &floor);
}

/* In a process of its own, so that nothing run before counts. */
static void bench_memory(const char *template, const char *dir, const char *name)
{
	fflush(stdout);
	pid_t child = fork();
	if (child == 0) {
		run(template, dir, NULL, 1);
		_exit(0);
	}
	struct rusage usage;
	int status;
	if (child < 0 || wait4(child, &status, 0, &usage) != child)
		exit(3);
	figure_row_one(name, "MiB", (double)usage.ru_maxrss / 1024, 0);
}

int main(int argc, char **argv)
{
	if (argc != 2) {
		fputs("usage: letters TEMPLATE\n", stderr);
		return 2;
	}
	struct arena *arena = arena_new();
	char base[] = "/tmp/lettermerge-bench-XXXXXX";
	if (!mkdtemp(base))
		return 3;
	const char *dirs[3];
	static const int counts[3] = {1, LETTERS, MANY_LETTERS};
	for (int i = 0; i < 3; i++) {
		dirs[i] = str_format(arena, "%s/%d", base, counts[i]).at;
		mkdir(dirs[i], 0777);
		if (!synthetic_folder(dirs[i], counts[i]))
			return 3;
	}
	const char *out = str_format(arena, "%s/out", base).at;
	xml_start();
	int len = bench_memory_letters(argv[1], dirs[1], dirs[0]);
	bench_files(arena, argv[1], dirs[1], out, len);
	figure_table("Peak memory, one worker", NULL);
	bench_memory(argv[1], dirs[1], "1,000 letters");
	bench_memory(argv[1], dirs[2], "10,000 letters");
	xml_stop();
	figure_shell("rm -rf '%s'", base);
	arena_free(arena);
	return 0;
}
