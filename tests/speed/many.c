/* many.c - the proof desk over the rows of a CSV that has many: how long one waits for the first
 * row, for a search and until all are approved, and the memory of the server.
 *
 *   many LETTERMERGE TEMPLATE COUNT   (from the project's root)
 *
 * Beside each figure stands what is aimed at: that of 20,000 letters. */
#include "asked.h"
#include "figure.h"
#include "table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SEARCHES = 11 };

static void aimed(const char *name, const char *unit, const struct figure *figure, double aim)
{
	const struct figure floor = {{aim}, 1};
	figure_row(name, unit, figure, &floor);
}

/* From the program's start. */
static double wait_for_row(struct desk *desk, struct arena *arena, double begin)
{
	while (str_find(asked_fetch(desk, arena, "rows"), "\"r0000000\"") < 0)
		usleep(2000);
	return figure_clock() - begin;
}

static void search(struct desk *desk, struct arena *arena, const char *name, const char *words)
{
	struct figure figure = {0};
	for (int i = 0; i < SEARCHES; i++) {
		double begin = figure_clock();
		asked_fetch(desk, arena, words);
		figure_add(&figure, (figure_clock() - begin) * 1e3);
	}
	aimed(name, "ms", &figure, 100);
}

/* MiB; 0 where the system does not tell. */
static double peak(const struct desk *desk)
{
	char path[64], line[200];
	double peak = 0;
	snprintf(path, sizeof path, "/proc/%d/status", (int)desk->child);
	FILE *file = fopen(path, "r");
	while (file && fgets(line, sizeof line, file))
		if (strncmp(line, "VmHWM:", 6) == 0)
			peak = strtod(line + 6, NULL) / 1024;
	if (file)
		fclose(file);
	return peak;
}

/* The press after the sentence of what is claimed, until the desk says that it is done. */
static double approve(struct desk *desk, struct arena *arena, int count)
{
	struct str page = asked_fetch(desk, arena, "many/all");
	int at = str_find(page, "approve-many/all");
	if (at < 0)
		exit(1);
	page = str_slice(page, at, page.len);
	const char *press = str_copy(arena, str_slice(page, 0, str_find(page, "\""))).at;
	double begin = figure_clock();
	asked_post(desk, arena, press);
	asked_wait_for(desk, str_format(arena, "%d letters approved by", count).at);
	return figure_clock() - begin;
}

int main(int argc, char **argv)
{
	char dir[] = "/tmp/lettermerge-bench-XXXXXX";
	if (argc != 4 || !mkdtemp(dir))
		return 2;
	struct arena *arena = arena_new();
	struct desk desk = {.version = -1};
	int count = atoi(argv[3]);
	const char *records = str_format(arena, "%s/a.csv", dir).at;
	const char *command[] = {argv[1], "serve", "-q", "--no-sign", "-t", argv[2], "-r", records,
		"-o", str_format(arena, "%s/out", dir).at, NULL};
	if (!table_write(records, count))
		return 3;
	double begin = figure_clock();
	asked_start(&desk, command);
	double first = wait_for_row(&desk, arena, begin) * 1e3;
	asked_listen(&desk, arena);
	double checked = figure_clock() - begin;
	figure_table(str_format(arena, "The proof desk over %d rows of a CSV", count).at, "aim");
	figure_row_one("from the start to the first row", "ms", first, 200);
	figure_row_one("until all letters were checked", "s", checked, 0);
	search(&desk, arena, "a search that finds one letter", "rows?q=mary+0012345");
	search(&desk, arena, "a search that finds all", "rows?q=witham");
	search(&desk, arena, "a search that finds what is near", "rows?q=rivenhal+wittham");
	search(&desk, arena, "a search that finds nothing", "rows?q=quixotic");
	figure_row_one("all approved", "s", approve(&desk, arena, count), 2);
	figure_row_one("the server's peak memory", "MiB", peak(&desk), 100);
	asked_end(&desk);
	figure_shell("rm -rf '%s'", dir);
	arena_free(arena);
	return 0;
}
