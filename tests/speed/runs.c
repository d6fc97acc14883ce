/* runs.c - what the command costs as a user runs it: all letters, none, those that an edit touched,
 * and archives of very many.
 *
 *   runs LETTERMERGE TEMPLATE RECIPIENTS KEY MOST   (from the project's root)
 *
 * KEY is a P-256 identity; archives are of 10,000 letters and ten times as many, up to MOST. */
#include "figure.h"

#include "base/base.h"
#include "support/synthetic.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ROUNDS = 7, FOLDER = 10000, APPROVED = 20000, FIRST_ARCHIVE = 10000, MOST_ARGUMENTS = 24 };

static const char *program, *dir, *key;
static struct arena *arena;

static const char *in_dir(const char *name)
{
	return str_format(arena, "%s/%s", dir, name).at;
}

/* lettermerge with the copy of the template in dir. Findings are many: nobody reads them. */
static struct cost run(const char *const *arguments)
{
	const char *command[MOST_ARGUMENTS + 5] = {
		program, arguments[0], "--template", in_dir("templates/letter.xml"), "--quiet"};
	for (int i = 1; arguments[i]; i++)
		command[4 + i] = arguments[i];
	return figure_run(command);
}

/* Rounds of a command, each after an edit by the shell; in milliseconds. */
static struct figure rounds(const char *edit, const char *const *arguments)
{
	struct figure ms = {0};
	for (int i = 0; i < ROUNDS; i++) {
		figure_shell("cd '%s' && %s", dir, edit);
		figure_add(&ms, run(arguments).seconds * 1e3);
	}
	return ms;
}

static void row(const char *name, const char *edit, const char *const *arguments,
	const struct figure *floor)
{
	struct figure ms = rounds(edit, arguments);
	figure_row(name, "ms", &ms, floor);
}

static void bench_eighteen(const char *recipients)
{
	const char *out = in_dir("eighteen");
	const char *const all[] = {
		"batch", "--no-sign", "-r", recipients, "-o", out, "--force", NULL};
	const char *const sign[] = {
		"batch", "--identity", key, "-r", recipients, "-o", out, "--force", NULL};
	const char *const batch[] = {"batch", "--no-sign", "-r", recipients, "-o", out, NULL};
	const char *const check[] = {"check", "--no-pages", "-r", recipients, NULL};
	figure_table("The eighteen letters, to files, synced", "all read and merged");
	struct figure floor = rounds("true", check);
	row("all, signed with P-256", "true", sign, &floor);
	row("all, unsigned", "true", all, &floor);
	row("no edit", "true", batch, &floor);
	row("an edit of the template that three letters show",
		"sed -i 's,<closing>,<if field=\"area\" equals=\"Essex\"><p>x</p></if>"
		"<if field=\"area\" equals=\"Kent\"><p>x</p></if>"
		"<if field=\"area\" equals=\"Sussex\"><p>x</p></if>&,' templates/letter.xml",
		batch, &floor);
	row("a comment in the template", "sed -i 's/<title>/<!-- x -->&/' templates/letter.xml",
		batch, &floor);
}

static void bench_folder(void)
{
	const char *records = in_dir("records"), *out = in_dir("out");
	mkdir(records, 0777);
	if (!synthetic_folder(records, FOLDER))
		exit(3);
	const char *const batch[] = {"batch", "--no-sign", "-r", records, "-o", out, NULL};
	const char *const fast[] = {
		"batch", "--no-sign", "-r", records, "-o", out, "--durability=fast", NULL};
	const char *const check[] = {"check", "--no-pages", "-r", records, NULL};
	sleep(3); /* so that the records count as settled, as they mostly do */
	figure_table("A folder of 10,000 records", "all read and merged");
	struct figure floor = rounds("true", check);
	struct figure first = {{run(batch).seconds * 1e3}, 1};
	figure_row("all to files, synced", "ms", &first, &floor);
	row("no edit", "true", batch, &floor);
	row("an edit of one record", "sed -i 's/<salutation>/&x/' records/r0004711.xml", batch,
		&floor);
	row("a comment in the template", "sed -i 's/<title>/<!-- x -->&/' templates/letter.xml",
		fast, &floor);
}

/* By one worker, and by as many as there are processors. */
static void bench_approvals(void)
{
	const char *records = in_dir("r.xml"), *out = in_dir("approved");
	if (!synthetic_file(records, APPROVED))
		exit(3);
	figure_table("20,000 letters approved at once", "all made in memory, nothing kept");
	for (int all = 0; all <= 1; all++) {
		const char *jobs = all ? NULL : "--jobs"; /* the arguments end there */
		const char *const check[] = {"check", "-r", records, jobs, "1", NULL};
		const char *const approve[] = {"approve", "--all", "--by", "Anna", "-r", records,
			"-o", out, jobs, "1", NULL};
		double floor = run(check).seconds;
		figure_row_one(
			all ? "by all workers" : "by one worker", "s", run(approve).seconds, floor);
		figure_shell("rm -r '%s'", out);
	}
}

/* As many bytes written to one file, a second's worth of letters. */
static double append_rate(const char *path, off_t len, int count)
{
	enum { CHUNK = 1 << 20 };
	char *chunk = calloc(1, CHUNK);
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	double begin = figure_clock();
	for (off_t done = 0; done < len; done += CHUNK)
		if (!chunk || fd < 0 || write(fd, chunk, CHUNK) != CHUNK)
			exit(3);
	if (fsync(fd) != 0 || close(fd) != 0)
		exit(3);
	double seconds = figure_clock() - begin;
	unlink(path);
	free(chunk);
	return count / seconds;
}

static void bench_archive(int count, bool sign)
{
	const char *records = in_dir("r.xml"), *tar = in_dir("letters.tar");
	const char *out = str_format(arena, "%s/out-%d-%d", dir, count, sign).at;
	const char *const unsigned_batch[] = {
		"batch", "--no-sign", "-r", records, "-o", out, "--archive", tar, NULL};
	const char *const signed_batch[] = {
		"batch", "--identity", key, "-r", records, "-o", out, "--archive", tar, NULL};
	struct stat status;
	struct cost cost = run(sign ? signed_batch : unsigned_batch);
	if (stat(tar, &status) != 0)
		exit(3);
	double again = run(sign ? signed_batch : unsigned_batch).seconds;
	unlink(tar);
	const char *name = str_format(arena, "%d %s", count, sign ? "signed, P-256" : "unsigned")
				   .at;
	figure_row_one(
		name, "letters/s", count / cost.seconds, append_rate(tar, status.st_size, count));
	figure_row_one(str_format(arena, "%s, peak memory", name).at, "MiB", cost.peak, 0);
	figure_row_one(str_format(arena, "%s, no edit", name).at, "s", again, 0);
}

static void bench_archives(int most)
{
	figure_table("One file of records to one archive, synced", "one file of as many bytes");
	for (int count = FIRST_ARCHIVE; count <= most; count *= 10) {
		if (!synthetic_file(in_dir("r.xml"), count))
			exit(3);
		const char *const check[] = {"check", "--no-pages", "-r", in_dir("r.xml"), NULL};
		figure_row_one(str_format(arena, "%d read and merged", count).at, "s",
			run(check).seconds, 0);
		bench_archive(count, false);
		bench_archive(count, true);
	}
}

int main(int argc, char **argv)
{
	char base[] = "/var/tmp/lettermerge-bench-XXXXXX";
	if (argc != 6 || !mkdtemp(base))
		return 2;
	arena = arena_new();
	program = argv[1];
	dir = base;
	key = argv[4];
	figure_shell("mkdir '%s/templates' && cp \"$(dirname '%s')\"/*.xml '%s/templates' && "
		     "cp '%s' '%s/templates/letter.xml'",
		dir, argv[2], dir, argv[2], dir);
	bench_eighteen(argv[3]);
	bench_folder();
	bench_approvals();
	bench_archives(atoi(argv[5]));
	figure_shell("rm -rf '%s'", dir);
	arena_free(arena);
	return 0;
}
