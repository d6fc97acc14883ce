/* rows.c - what it costs to check the rows of a CSV, and that memory does not follow their number.
 *
 *   rows LETTERMERGE TEMPLATE MOST   (from the project's root)
 *
 * Tables are of 10,000 rows and ten times as many, up to MOST. */
#include "figure.h"

#include "base/base.h"

#include <stdio.h>
#include <stdlib.h>
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

int main(int argc, char **argv)
{
	char dir[] = "/tmp/lettermerge-bench-XXXXXX";
	if (argc != 4 || !mkdtemp(dir))
		return 2;
	struct arena *arena = arena_new();
	const char *path = str_format(arena, "%s/a.csv", dir).at;
	const char *const check[] = {
		argv[1], "check", "--no-pages", "-q", "-t", argv[2], "-r", path, NULL};
	const char *const count_lines[] = {"/usr/bin/wc", "-l", path, NULL};
	figure_table("Rows of a CSV, checked without making letters", "wc -l");
	for (int count = FIRST; count <= atoi(argv[3]); count *= 10) {
		if (!write_table(path, count))
			return 3;
		double floor = figure_run(count_lines).seconds;
		struct cost cost = figure_run(check);
		figure_row_one(str_format(arena, "%d rows", count).at, "rows/s",
			count / cost.seconds, count / floor);
		figure_row_one(
			str_format(arena, "%d rows, peak memory", count).at, "MiB", cost.peak, 0);
	}
	figure_shell("rm -rf '%s'", dir);
	arena_free(arena);
	return 0;
}
