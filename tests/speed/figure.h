/* figure.h - what all benches share: a clock, figures of several rounds, and the table they stand
 * in.
 *
 * A figure is the median of its rounds, with the lowest and the highest, since a mean hides a
 * machine that was busy. Beside it stands its floor, taken in the same run: what the least work of
 * that kind costs here, so that a slow disk or processor shows in both. */
#ifndef TESTS_SPEED_FIGURE_H
#define TESTS_SPEED_FIGURE_H

enum { FIGURE_MOST = 32 };

struct figure {
	double value[FIGURE_MOST];
	int count;
};

double figure_clock(void); /* seconds */
void figure_add(struct figure *figure, double value);
double figure_median(const struct figure *figure);
/* A table of its own, in Markdown, which a terminal shows as well; floor: what its last column is,
 * or NULL for none. */
void figure_table(const char *title, const char *floor);
/* A row of it; floor may be NULL. */
void figure_row(const char *name, const char *unit, const struct figure *figure,
	const struct figure *floor);
/* A row of one round. */
void figure_row_one(const char *name, const char *unit, double value, double floor);

/* Runs a program with its arguments, NULL-terminated, its output thrown away; ends the bench with
 * code 1 when it fails. */
struct cost {
	double seconds;
	double peak; /* MiB */
};
struct cost figure_run(const char *const *command);
/* Runs a line in the shell; ends the bench when it fails. */
void figure_shell(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
