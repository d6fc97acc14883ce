/* show_int.h - what a command says while it runs, and the exit code that follows. Findings go to
 * one stream, of each kind so many; what was made goes to the standard output. */
#ifndef CLI_SHOW_INT_H
#define CLI_SHOW_INT_H

#include "base/base.h"
#include "job/job.h"

#include <stdio.h>

struct cli;

/* The manual page says the same of them. */
enum exit_code {
	EXIT_GOOD,
	EXIT_FINDINGS,
	EXIT_USAGE,
	EXIT_SYSTEM,
	EXIT_STOPPED,        /* by --max-errors */
	EXIT_BY_SIGNAL = 128 /* and its number */
};

struct showing {
	FILE *stream;     /* of findings: stdout for check, stderr for the others */
	int *found, *all; /* by enum diag_id; found: but of those that were said to be left out */
	struct map said;  /* what the template's own words gave rise to, which each letter finds */
	bool colour, notes;
	bool progress; /* a bar stands on the terminal */
	bool plan;     /* letters are shown as what would become of them */
};

/* -- findings ---------------------------------------------------------------------------------- */

/* Shows one; cli is a struct cli, as a listener has it. */
void cli_show(void *cli, const struct diag *diag);
/* Says how many findings of each kind were not shown. */
void cli_show_rest(struct cli *cli);
/* In JSON: how many there were of each severity, shown or not, and the exit code. */
void cli_show_counts(struct cli *cli, int code);
/* Shows what the command line itself found, and the exit code that follows. */
int cli_fail(struct cli *cli);
int cli_exit_code(const struct cli *cli, const struct job_result *result);

/* -- letters ----------------------------------------------------------------------------------- */

/* Shows a letter: with -v why it was written; of a plan, always. */
void cli_letter(void *cli, const struct job_letter *letter);
/* What became of a letter, or by a plan would, in a word or two. */
const char *cli_fate(enum job_fate fate, bool plan);
/* How far the facts in the letters are known, in a line; none when the records do not say. */
void cli_show_standings(const struct job_result *result, FILE *out);
/* Takes the bar away, before something else is said. */
void cli_progress_end(struct cli *cli);

/* -- words ------------------------------------------------------------------------------------- */

/* A path or a name of others for a sentence of ours: str_word. In the arena of the run. */
const char *cli_word(const struct cli *cli, const char *text);
/* Appends a text that begins in a column, on lines of 80 columns, the later ones indented. */
void cli_wrap(struct buf *out, struct str text, int column, int indent);
const char *plural(int count); /* "s", or "" for one */

/* -- streams and signals ----------------------------------------------------------------------- */

/* Whether what is shown on a stream may be drawn over: a terminal, and not a dumb one. */
bool cli_is_screen(FILE *stream);
/* Whether colours are wanted on a stream. */
bool cli_use_colour(const struct cli *cli, FILE *stream);
/* Sends what was said on the standard output; false when any of it could not be, which is shown. */
bool cli_send(struct cli *cli);
/* From now on SIGINT, SIGTERM and SIGHUP set cli_interrupted, for the letters in hand to be
 * finished; a second one ends the program at once. */
void cli_catch_signals(void);
const atomic_bool *cli_interrupted(void);
/* As if a signal had come: nobody reads what is made. */
void cli_interrupt(void);
/* EXIT_BY_SIGNAL and the number of the one that came; EXIT_SYSTEM after cli_interrupt. */
int cli_signal_code(void);

#endif
