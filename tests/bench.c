/* bench.c - what a letter costs. Figures of one machine at one time: each is the median of several
 * rounds with its lowest and highest, and rates are to be compared within one run only.
 *
 *   bench LETTERMERGE TEMPLATE RECORD   (from the project's root; ./run bench fills these in) */
#include "job/job.h"
#include "support/synthetic.h"
#include "xml/xml.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { ROUNDS = 7, LETTERS = 1000, MANY_LETTERS = 10000, COLD_ROUNDS = 21 };

static void write_all(const char *dir, int count)
{
	if (!synthetic_folder(dir, count))
		exit(3);
}

static void remove_tree(const char *dir)
{
	struct buf command = {0};
	buf_format(&command, "rm -rf '%s'", dir);
	if (system(buf_text(&command).at) != 0)
		fprintf(stderr, "bench: could not remove %s\n", dir);
	buf_free(&command);
}

/* -- figures ------------------------------------------------------------------------------------
 */

struct figure {
	double value[COLD_ROUNDS];
	int count;
};

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static void print_figure(const char *name, const char *unit, struct figure figure)
{
	qsort(figure.value, (size_t)figure.count, sizeof *figure.value, compare);
	printf("%-34s %10.1f %-10s %10.1f .. %.1f\n", name, figure.value[figure.count / 2], unit,
		figure.value[0], figure.value[figure.count - 1]);
}

static void add(struct figure *figure, double value)
{
	figure->value[figure->count++] = value;
}

static double now(void)
{
	struct timespec time;
	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

/* -- runs ---------------------------------------------------------------------------------------
 */

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
		.template = template,
		.recipients = dir,
		.out = out,
		.workers = workers,
		.measure = true,
		.found = show,
	};
	struct job_result result = job_run(&request);
	if (result.failed || !result.written) {
		fprintf(stderr, "bench: %d of %d letters failed\n", result.failed, result.records);
		exit(1);
	}
	return result;
}

/* Start-up (template, fonts, subsets) is measured apart, by a run of one letter, and taken off. */
static void bench_letters(const char *template, const char *dir, const char *one)
{
	static const char *const names[JOB_STAGES] = {"  read", "  merge", "  shape and break",
		"  compose", "  render", "  save", "  sign", "  write"};
	struct figure rate = {0}, two = {0}, start = {0}, bytes = {0}, stage[JOB_STAGES] = {{{0}}};
	for (int round = 0; round < ROUNDS; round++) {
		double begin = now();
		run(template, one, NULL, 1);
		double opened = now() - begin;
		begin = now();
		struct job_result result = run(template, dir, NULL, 1);
		double took = now() - begin - opened;
		begin = now();
		run(template, dir, NULL, 2);
		add(&two, LETTERS / (now() - begin - opened));
		add(&rate, LETTERS / took);
		add(&start, opened * 1e3);
		add(&bytes, (double)result.bytes / result.written);
		for (int i = 0; i < JOB_STAGES; i++)
			add(&stage[i], (double)result.stage_ns[i] / 1e3 / LETTERS);
	}
	print_figure("letters a second, one worker", "1/s", rate);
	print_figure("letters a second, two workers", "1/s", two);
	for (int i = 0; i < JOB_STAGES - 1; i++)
		print_figure(names[i], "us/letter", stage[i]);
	print_figure("start-up and first letter", "ms", start);
	print_figure("size of a letter", "bytes", bytes);
}

static void bench_files(const char *template, const char *dir, const char *out)
{
	struct figure write = {0}, rate = {0};
	for (int round = 0; round < ROUNDS; round++) {
		double begin = now();
		struct job_result result = run(template, dir, out, 1);
		add(&rate, LETTERS / (now() - begin));
		add(&write, (double)result.stage_ns[JOB_WRITE] / 1e3 / LETTERS);
	}
	print_figure("letters a second, written to files", "1/s", rate);
	print_figure("  write", "us/letter", write);
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
	struct figure peak = {{(double)usage.ru_maxrss / 1024}, 1};
	print_figure(name, "MiB", peak);
}

static void bench_cold(const char *program, const char *template, const char *recipients,
	const char *id, const char *out)
{
	struct figure cold = {0};
	for (int round = 0; round < COLD_ROUNDS; round++) {
		double begin = now();
		fflush(stdout);
		pid_t child = fork();
		if (child == 0) {
			if (!freopen("/dev/null", "w", stdout))
				_exit(1);
			execl(program, program, "preview", id, "-t", template, "-r", recipients,
				"-o", out, (char *)NULL);
			_exit(127);
		}
		int status;
		if (child < 0 || waitpid(child, &status, 0) != child || status != 0)
			exit(3);
		add(&cold, (now() - begin) * 1e3);
	}
	print_figure("cold preview of one letter", "ms", cold);
}

int main(int argc, char **argv)
{
	if (argc != 5) {
		fputs("usage: bench LETTERMERGE TEMPLATE RECIPIENTS ID\n", stderr);
		return 2;
	}
	struct arena *arena = arena_new();
	char base[] = "/tmp/lettermerge-bench-XXXXXX";
	if (!mkdtemp(base))
		return 3;
	const char *one = str_format(arena, "%s/one", base).at;
	const char *some = str_format(arena, "%s/some", base).at;
	const char *many = str_format(arena, "%s/many", base).at;
	const char *out = str_format(arena, "%s/out", base).at;
	mkdir(one, 0777);
	mkdir(some, 0777);
	mkdir(many, 0777);
	write_all(one, 1);
	write_all(some, LETTERS);
	write_all(many, MANY_LETTERS);
	xml_start();
	printf("%-34s %10s %-10s %10s\n", "", "median", "", "lowest .. highest");
	bench_letters(argv[2], some, one);
	bench_files(argv[2], some, out);
	bench_memory(argv[2], some, "peak memory, 1,000 letters");
	bench_memory(argv[2], many, "peak memory, 10,000 letters");
	bench_cold(argv[1], argv[2], argv[3], argv[4], out);
	xml_stop();
	remove_tree(base);
	arena_free(arena);
	return 0;
}
