/* bench_record.c - what the record of the runs costs and saves, measured through the program
 * itself: nothing to do, one record edited, a comment in the template, beside reading and merging
 * all; and letters to an archive, their rate and the peak of memory.
 *
 *   bench_record LETTERMERGE TEMPLATE MOST   (a folder of 10,000 records; archives of 10,000
 * letters and ten times as many, up to MOST) */
#include "support/synthetic.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { ROUNDS = 7, FOLDER = 10000, FIRST_ARCHIVE = 10000, MOST_ARGUMENTS = 16 };

static const char *program, *dir;

static double now(void)
{
	struct timespec time;
	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

struct cost {
	double seconds;
	long peak; /* KiB */
};

/* Runs the program on the copy of the template in dir. Findings are many: nobody reads them. */
static struct cost measure(const char *const *arguments)
{
	const char *command[MOST_ARGUMENTS + 8] = {program};
	struct arena *arena = arena_new();
	int count = 1, status = 1;
	while (arguments[count - 1]) {
		command[count] = arguments[count - 1];
		count++;
	}
	command[count++] = "--template";
	command[count++] = str_format(arena, "%s/templates/letter.xml", dir).at;
	command[count++] = "--quiet";
	struct rusage usage;
	double start = now();
	pid_t child = fork();
	if (child == 0) {
		int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
		dup2(nowhere, STDOUT_FILENO);
		dup2(nowhere, STDERR_FILENO);
		execv(command[0], (char *const *)command);
		_exit(127);
	}
	if (child < 0 || wait4(child, &status, 0, &usage) != child || status != 0) {
		fprintf(stderr, "bench_record: lettermerge %s failed\n", arguments[0]);
		exit(1);
	}
	arena_free(arena);
	return (struct cost){now() - start, usage.ru_maxrss};
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

/* Each round after an edit by the shell. */
static void bench_rounds(const char *name, const char *edit, const char *const *arguments)
{
	double ms[ROUNDS];
	struct buf line = {0};
	buf_format(&line, "cd '%s' && %s", dir, edit);
	for (int i = 0; i < ROUNDS; i++) {
		if (system(buf_text(&line).at) != 0)
			exit(3);
		ms[i] = measure(arguments).seconds * 1e3;
	}
	qsort(ms, ROUNDS, sizeof *ms, compare);
	printf("%-44s %9.0f ms    %9.0f .. %.0f\n", name, ms[ROUNDS / 2], ms[0], ms[ROUNDS - 1]);
	fflush(stdout);
	buf_free(&line);
}

static void bench_folder(struct arena *arena)
{
	const char *records = str_format(arena, "%s/records", dir).at;
	const char *out = str_format(arena, "%s/out", dir).at;
	mkdir(records, 0777);
	if (!synthetic_folder(records, FOLDER))
		exit(3);
	const char *const batch[] = {"batch", "--no-sign", "-r", records, "-o", out, NULL};
	const char *const fast[] = {
		"batch", "--no-sign", "-r", records, "-o", out, "--durability=fast", NULL};
	const char *const merge[] = {"check", "--no-pages", "-r", records, NULL};
	sleep(3); /* so that the records count as settled, as they mostly do */
	printf("%-44s %9.0f s\n", "10,000 letters to files, synced", measure(batch).seconds);
	bench_rounds("nothing to do for 10,000", "true", batch);
	bench_rounds("one record of 10,000 edited",
		"sed -i 's/<salutation>/&x/' records/r0004711.xml", batch);
	bench_rounds("a comment in the template, 10,000 merged",
		"sed -i 's/<title>/<!-- x -->&/' templates/letter.xml", fast);
	bench_rounds("for comparison: 10,000 read and merged", "true", merge);
}

static void bench_archive(struct arena *arena, int count)
{
	const char *records = str_format(arena, "%s/r.xml", dir).at;
	const char *tar = str_format(arena, "%s/letters.tar", dir).at;
	const char *out = str_format(arena, "%s/out-%d", dir, count).at;
	const char *const batch[] = {
		"batch", "--no-sign", "-r", records, "-o", out, "--archive", tar, NULL};
	if (!synthetic_file(records, count))
		exit(3);
	struct cost cost = measure(batch);
	printf("%9d letters to an archive, unsigned %18.0f 1/s %14.1f MiB\n", count,
		count / cost.seconds, (double)cost.peak / 1024);
	fflush(stdout);
	unlink(tar);
}

int main(int argc, char **argv)
{
	char base[] = "/tmp/lettermerge-bench-XXXXXX";
	if (argc != 4 || !mkdtemp(base))
		return 2;
	struct arena *arena = arena_new();
	struct buf command = {0};
	program = argv[1];
	dir = base;
	buf_format(&command,
		"mkdir '%s/templates' && cp \"$(dirname '%s')\"/*.xml '%s/templates' && "
		"cp '%s' '%s/templates/letter.xml'",
		dir, argv[2], dir, argv[2], dir);
	if (system(buf_text(&command).at) != 0)
		return 3;
	bench_folder(arena);
	for (int count = FIRST_ARCHIVE; count <= atoi(argv[3]); count *= 10)
		bench_archive(arena, count);
	buf_clear(&command);
	buf_format(&command, "rm -rf '%s'", dir);
	bool removed = system(buf_text(&command).at) == 0;
	buf_free(&command);
	arena_free(arena);
	return removed ? 0 : 3;
}
