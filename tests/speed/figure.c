/* figure.c - figures, rows, clocks and the running of programs. */
#include "figure.h"

#include "base/library.h"

#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static bool with_floor;

double figure_clock(void)
{
	struct timespec time;
	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

void figure_add(struct figure *figure, double value)
{
	if (figure->count == FIGURE_MOST)
		abort();
	int at = figure->count++;
	for (; at > 0 && figure->value[at - 1] > value; at--)
		figure->value[at] = figure->value[at - 1];
	figure->value[at] = value;
}

double figure_median(const struct figure *figure)
{
	return figure->value[figure->count / 2];
}

/* Three digits that count, and thousands apart. */
static const char *number(char *text, size_t size, double value)
{
	long whole = (long)(value + 0.5);
	if (value < 100)
		snprintf(text, size, "%.1f", value);
	else if (whole < 1000)
		snprintf(text, size, "%ld", whole);
	else if (whole < 1000000)
		snprintf(text, size, "%ld,%03ld", whole / 1000, whole % 1000);
	else
		snprintf(text, size, "%ld,%03ld,%03ld", whole / 1000000, whole / 1000 % 1000,
			whole % 1000);
	return text;
}

void figure_table(const char *title, const char *floor)
{
	with_floor = floor != NULL;
	printf("\n### %s\n\n", title);
	printf("| %-46s | %10s | %-9s | %-22s |", "", "median", "", "lowest .. highest");
	printf(floor ? " %-24s |\n" : "\n", floor);
	printf("|---|--:|---|---|%s\n", floor ? "--:|" : "");
	fflush(stdout);
}

void figure_row(
	const char *name, const char *unit, const struct figure *figure, const struct figure *floor)
{
	char middle[32], low[32], high[32], spread[72] = "";
	number(middle, sizeof middle, figure_median(figure));
	number(low, sizeof low, figure->value[0]);
	number(high, sizeof high, figure->value[figure->count - 1]);
	if (figure->count > 1)
		snprintf(spread, sizeof spread, "%s .. %s", low, high);
	printf("| %-46s | %10s | %-9s | %-22s |", name, middle, unit, spread);
	if (with_floor)
		printf(" %24s |", floor ? number(low, sizeof low, figure_median(floor)) : "");
	printf("\n");
	fflush(stdout);
}

void figure_row_one(const char *name, const char *unit, double value, double floor)
{
	struct figure figure = {{value}, 1}, least = {{floor}, 1};
	figure_row(name, unit, &figure, floor > 0 ? &least : NULL);
}

struct cost figure_run(const char *const *command)
{
	struct rusage usage;
	int status = 1;
	fflush(stdout);
	double start = figure_clock();
	pid_t child = fork();
	if (child == 0) {
		int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
		dup2(nowhere, STDOUT_FILENO);
		dup2(nowhere, STDERR_FILENO);
		execv(command[0], without_const(command));
		_exit(127);
	}
	if (child < 0 || wait4(child, &status, 0, &usage) != child || status != 0) {
		fprintf(stderr, "bench: %s %s failed\n", command[0], command[1]);
		exit(1);
	}
	return (struct cost){figure_clock() - start, (double)usage.ru_maxrss / 1024};
}

void figure_shell(const char *format, ...)
{
	char line[4096];
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(line, sizeof line, format, arguments);
	va_end(arguments);
	if (system(line) != 0) {
		fprintf(stderr, "bench: failed: %s\n", line);
		exit(3);
	}
}
