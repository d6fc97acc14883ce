/* bench_data.c - what it costs to check the rows of a CSV, and that memory does not follow their
 * number. The time is that of the whole command; peak memory is the process's.
 *
 *   bench_data LETTERMERGE TEMPLATE MOST   (from the project's root; tables of 10,000 rows and ten
 *   times as many, up to MOST) */
#include "base/base.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { FIRST = 10000 };

/* Rows for the letter in templates/: each its own person, in eighteen areas. */
static bool write_table(const char *path, int count)
{
	static const char *const areas[] = {"Essex", "Kent", "Sussex", "Lancashire", "Merseyside",
		"Northumbria", "Hampshire", "Bedfordshire", "London"};
	FILE *file = fopen(path, "w");
	if (!file)
		return false;
	fprintf(file,
		"\xEF\xBB\xBFid,Name,Title,Salutation,Address,Postcode,Area,VRU name,VRU "
		"highlight\r\n");
	for (int i = 0; i < count; i++) {
		const char *area = areas[(size_t)i % (sizeof areas / sizeof *areas)];
		fprintf(file,
			"r%07d,Mary %07d,Police and Crime Commissioner for %s,Mary,\"%d Market "
			"Place\nRivenhall\nWitham\n%s\",cm8 3hb,%s,%s Violence Reduction "
			"Unit,\"how the unit, which was launched in March 2020, has worked with "
			"%d young people and their families\"\r\n",
			i, i, area, i + 1, area, area, area, i);
	}
	return fclose(file) == 0;
}

static double now(void)
{
	struct timespec time;
	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

/* Runs the check; seconds, or less than 0 when it failed. */
static double check(const char *const *command, long *peak)
{
	double start = now();
	struct rusage usage;
	int status = 1;
	pid_t child = fork();
	if (child == 0) {
		execv(command[0], (char *const *)command);
		_exit(127);
	}
	if (child < 0 || wait4(child, &status, 0, &usage) != child || status != 0)
		return -1;
	*peak = usage.ru_maxrss;
	return now() - start;
}

int main(int argc, char **argv)
{
	char dir[] = "/tmp/lettermerge-bench-XXXXXX";
	if (argc != 4 || !mkdtemp(dir))
		return 2;
	struct arena *arena = arena_new();
	const char *path = str_format(arena, "%s/a.csv", dir).at;
	const char *const command[] = {
		argv[1], "check", "--no-pages", "-q", "-t", argv[2], "-r", path, NULL};
	int most = atoi(argv[3]);
	bool good = true;
	for (int count = FIRST; good && count <= most; count *= 10) {
		long peak = 0;
		good = write_table(path, count);
		double took = good ? check(command, &peak) : -1;
		good = took > 0;
		if (good)
			printf("check %8d rows of a CSV           %10.0f a second  %8.1f s %8.1f "
			       "MiB\n",
				count, count / took, took, (double)peak / 1024);
	}
	unlink(path);
	rmdir(dir);
	arena_free(arena);
	return good ? 0 : 3;
}
