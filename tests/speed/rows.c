/* rows.c - what it costs to check the rows of a CSV, and that memory does not follow their number.
 *
 *   rows LETTERMERGE TEMPLATE MOST   (from the project's root)
 *
 * Tables are of 10,000 rows and ten times as many, up to MOST. */
#include "figure.h"
#include "table.h"

#include "base/base.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { FIRST = 10000 };

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
		if (!table_write(path, count))
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
