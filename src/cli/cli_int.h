/* cli_int.h - what the commands share: options as read, and how findings are shown. */
#ifndef CLI_CLI_INT_H
#define CLI_CLI_INT_H

#include "base/base.h"
#include "job/job.h"
#include "verify/verify.h"

#include <stdio.h>

/* The manual page says the same of them. */
enum exit_code {
	EXIT_GOOD,
	EXIT_FINDINGS,
	EXIT_USAGE,
	EXIT_SYSTEM,
	EXIT_STOPPED,        /* by --max-errors */
	EXIT_BY_SIGNAL = 128 /* and its number */
};

/* What was said on the command line, by what it is about; NULL, 0 and LEVEL_NONE: not given. */
struct from_options {
	const char *template, *style;
	const char *recipients, *query, *sheet;
	const char *name; /* a pattern for the letters' */
};
struct which_options {
	vec(struct str) only, where, except;
	int limit, expected;
};
struct form_options {
	bool also[FILE_KINDS], attach_source, compact, guides;
	const char *standard;
};
struct run_options {
	int workers, max_errors;
	bool force, dry_run, prune, spread, fast;
	bool rejections_ok, json_letters;
	struct shard shard;
	bool partial; /* merge-record */
	const char *archive, *deps;
	const char *bundle, *report;
	bool simplex;
};
struct check_options {
	const char *explain; /* a finding's code */
	bool no_pages, isolated, unconfirmed;
};
struct show_options {
	bool read_only;        /* serve */
	vec(struct str) label; /* serve: fields */
	const char *editor;    /* likewise */
	bool open, text, watch, proof, png, manual;
	const char *share; /* of --proof: a file for who has e-mail alone */
	int dpi;           /* of --png */
	int port;          /* serve; 0: one that is free */
	int pages;         /* of the preview that was made */
};
struct approve_options {
	bool approved_only, signed_only, withdraw, all, proof_set;
	const char *sign_with; /* an identity; NULL: approvals are not signed */
	int approvals;
	const char *by;                        /* NULL: the user */
	const char *reject, *comment, *answer; /* a sentence; NULL: none of it is asked */
	vec(struct actor) persons;             /* each has a link of their own */
};
/* Letters that are drawn by chance beside the proof set. */
struct draw_options {
	int sample, seed;
};
struct confirm_options {
	const char *source, *date, *quote;
};
struct sign_options {
	const char *identity;     /* a file; NULL: the user's own if there is one */
	const char *certificates; /* that are not in it */
	const char *pass_file;
	int pass_fd; /* -1: not given */
	bool no_sign, certify, pss;
};
struct raise_options {
	enum level level;
	bool renew; /* a new seal, due or not */
	vec(const char *) tsa;
	int wait;          /* seconds */
	const char *trust; /* a file of roots, or TRUST_SYSTEM */
};
struct make_options {
	bool jsonl;
	const char *listen; /* a socket's path, or "systemd"; NULL: standard input */
};
struct log_options {
	bool csv;
};
struct verify_options {
	const char *manifest; /* or its folder */
	const char *receipt;
	int64_t after; /* seconds since 1970 */
	bool online;
};

/* Where something was said, the strongest first. */
enum said_by { SAID_ON_LINE, SAID_IN_ENVIRONMENT, SAID_IN_PROJECT, SAID_NOWHERE };
struct setting {
	int row; /* of option_rows */
	enum said_by by;
	const char *name;  /* as it was said: --out, LETTERMERGE_OUT, <out> */
	const char *value; /* NULL: of an option that is yes when it is named */
	struct place at;   /* in the project's file */
};
#define PROJECT_FILE "lettermerge.xml"
#define PROJECT_NAMESPACE "urn:lettermerge:project:1"
#define VARIABLE_PREFIX "LETTERMERGE_"
#define EXAMPLES_VARIABLE VARIABLE_PREFIX "EXAMPLES" /* where init finds them */

struct cli {
	struct arena *arena;
	struct diags *diags; /* of the command line itself */
	const char *command;
	unsigned bit;     /* of the command */
	char **arguments; /* after the options, NULL-terminated */
	/* what was said */
	enum said_by *said_by;         /* of each row, the strongest source */
	vec(struct setting) settings;  /* that hold */
	const struct setting *reading; /* in hand */
	/* options */
	const char *out; /* NULL: not given */
	bool help, version, quiet, verbose, strict, json;
	enum colour_choice { COLOUR_AUTO, COLOUR_ALWAYS, COLOUR_NEVER } colour_choice;
	int max; /* findings of one kind that are shown; 0: all; -1: not given */
	struct from_options from;
	struct which_options which;
	struct form_options form;
	struct run_options run;
	struct check_options checks;
	struct show_options shown;
	struct approve_options approving;
	struct draw_options drawing;
	struct confirm_options confirming;
	struct sign_options signing;
	struct raise_options raising;
	struct verify_options verifying;
	struct make_options making;
	struct log_options logging;
	/* what a command opened */
	struct actor acting;       /* who approves */
	struct buf approved;       /* letters, to be named when that is on the disk */
	struct str template_bytes; /* of one that came through a pipe */
	struct identity *opened_identity;
	struct identity *opened_approver; /* of --sign-with, if it is another than that */
	struct trust *trusted;            /* of levels */
	struct trust *believed;           /* of signed approvals; NULL: they are not asked for */
	struct level_run *levels;
	const char *opened_page; /* serve --open: a file that leads to the desk; or NULL */
	/* findings */
	FILE *findings;   /* stdout for check, stderr for the others */
	int *found, *all; /* by enum diag_id; found: but of those that were said to be left out */
	struct map said;  /* what the template's own words gave rise to, which each letter finds */
	bool colour, show_notes, progress_shown;
	bool plan; /* letters are shown as what would become of them */
};

/* In the order of the help. */
enum command_id {
	COMMAND_BATCH,
	COMMAND_STATUS,
	COMMAND_MERGE_RECORD,
	COMMAND_DIFF,
	COMMAND_PREVIEW,
	COMMAND_MAKE,
	COMMAND_APPROVE,
	COMMAND_LOG,
	COMMAND_CONFIRM,
	COMMAND_SERVE,
	COMMAND_CHECK,
	COMMAND_FIELDS,
	COMMAND_CONFIG,
	COMMAND_FONTS,
	COMMAND_SIGN,
	COMMAND_VERIFY,
	COMMAND_RECEIPT,
	COMMAND_FORGET,
	COMMAND_IDENTITY,
	COMMAND_INIT,
	COMMAND_HELP,
	COMMAND_COMPLETION,
	COMMAND_COUNT
};
struct command {
	const char *name, *arguments, *summary;
	int (*run)(struct cli *cli); /* gives the exit code */
	int max_arguments;
	struct example {
		const char *line, *does; /* line: without the program's name */
	} examples[3];
	const char *more; /* where to read on, below docs/ */
};
extern const struct command commands[COMMAND_COUNT];
/* The command of that name; NULL after an error. */
const struct command *command_find(struct cli *cli, const char *name);

int command_approve(struct cli *cli);
int command_batch(struct cli *cli);
int command_completion(struct cli *cli);
int command_config(struct cli *cli);
int command_confirm(struct cli *cli);
int command_status(struct cli *cli);
int command_diff(struct cli *cli);
int command_help(struct cli *cli);
int command_merge_record(struct cli *cli);
int command_log(struct cli *cli);
int command_make(struct cli *cli);
int command_preview(struct cli *cli);
int command_serve(struct cli *cli);
int command_check(struct cli *cli);
int command_fields(struct cli *cli);
int command_fonts(struct cli *cli);
int command_forget(struct cli *cli);
int command_sign(struct cli *cli);
int command_receipt(struct cli *cli);
int command_verify(struct cli *cli);
int command_identity(struct cli *cli);
int command_init(struct cli *cli);

enum option_kind { IS_YES, IS_TEXT, IS_NUMBER, IS_OWN };
struct option_row {
	const char *name;
	char letter;       /* 0: none */
	const char *value; /* as the help calls it: FILE, words with bars; NULL: takes none */
	unsigned of;       /* bits of the commands for which it changes something */
	const char *help;  /* NULL: another spelling of the row before, which the help leaves out */
	enum option_kind kind;
	size_t place;    /* in struct cli: a bool, a const char * or an int */
	int least, most; /* a number's limits */
	void (*read)(struct cli *cli, const char *value);
	const char *usual;    /* what holds when nobody says it, in words; NULL: nothing does */
	enum said_by weakest; /* the weakest source that may say it */
	unsigned except;      /* commands for which the command line alone counts */
	unsigned often;       /* of these, those whose --help shows it; help COMMAND shows all */
	const char *under;    /* another, of which it is a part: it falls with it */
	bool many;            /* may be said several times */
};
extern const struct option_row option_rows[];
extern const int option_row_count;
/* Whether it may be said to a command, by its bit; config takes all that may be said elsewhere. */
bool option_is_for(const struct option_row *row, unsigned bit);
/* The row of that name that a source may say; -1: there is none. */
int option_find(struct str name, enum said_by weakest);
/* Puts a value where its row says, of cli->reading. */
void option_read(struct cli *cli, const struct option_row *row, const char *value);

/* Options into cli, and .arguments behind them; what is wrong with them goes to cli->diags. */
void cli_read_options(struct cli *cli, int argc, char **argv);
/* Reports the options that were given and change nothing for a command. */
void cli_check_options(struct cli *cli, const struct command *command);
/* Whether an option stood on the command line. */
bool cli_given(const struct cli *cli, const char *name);
/* Take what the environment, and the project's file, say to the command; false after an error. */
bool cli_read_environment(struct cli *cli);
bool cli_read_project(struct cli *cli);
/* Whether the command needs no project, or is asked what is wrong with one. */
bool cli_stands_alone(const struct cli *cli);
/* Takes what a source says, unless a stronger one did: those are read first. */
void cli_take(struct cli *cli, struct setting setting);
/* Whether what is called so is a password, or leads to one. */
bool setting_is_secret(struct str name);
/* The commands; one of them with its options. */
void cli_print_overview(FILE *out); /* one screen */
void cli_print_help(FILE *out);
void cli_print_screen(const struct command *command, FILE *out); /* what is used most */
void cli_print_manual(const struct command *command, FILE *out); /* the same in roff */
/* Edits that a command or an option may be off and still be meant. */
enum { CLI_MISSPELT = 2 };
/* Reads what comes through a pipe, of the files that options name, and sees to what "-" names for
 * writing; false after an error. */
bool cli_take_pipes(struct cli *cli);
/* Finds the template where none was given; NULL after an error, which is shown. */
const char *cli_template(struct cli *cli);
/* A request with what all commands share. */
struct job_request cli_request(struct cli *cli);
/* The user's own: $XDG_CACHE_HOME/lettermerge. */
struct face_keeping cli_face_keeping(struct cli *cli);
/* The folder of letters; what is done there. */
const char *cli_out(const struct cli *cli);
/* A path or a name of others for a sentence of ours: str_word. */
const char *cli_word(const struct cli *cli, const char *text);
/* Appends a text that begins in a column, on lines of 80 columns, the later ones indented. */
void cli_wrap(struct buf *out, struct str text, int column, int indent);
/* Whether what is kept there may be read, or also written; where nothing is, nothing is in the way.
 * False after an error. */
bool cli_may_use_out(struct cli *cli, bool write);
struct job_update cli_update(const struct cli *cli);
/* The id of the record that the first argument means; .at is NULL after an error. */
struct str cli_record(struct cli *cli, const struct job_request *request);
/* Pictures of a letter's pages, STEM-1.png and so on; false after an error. */
bool cli_make_pictures(struct cli *cli, struct str pdf, struct str stem);
/* What is shown of a preview that was written to STEM.pdf: words, pictures; false after an
 * error. */
bool cli_show_made(struct cli *cli, struct str stem);
/* preview --json: a line. */
void cli_put_preview(const struct chosen *letter, struct str file, struct buf *out);
/* fonts --json. */
struct survey;
void cli_fonts_json(const struct survey *survey, struct buf *out);
/* check --explain; needs no project. Gives the exit code. */
int cli_explain(struct cli *cli);
/* preview --proof; made: all that were chosen. Gives the exit code. */
int cli_make_proofs(
	struct cli *cli, const struct job_request *request, const char *out, bool *made);
/* preview --proof --share: the chosen letters in one file, behind pages that say what they are;
 * all: of all letters. False after an error. */
bool cli_share_proof(struct cli *cli, const struct job_request *request,
	const struct choice *choice, const struct job_result *all);
/* Shows a file or a page in the user's own program; false after an error. */
bool cli_open_link(struct cli *cli, const char *link);
/* Under whose name letters are approved. */
struct actor cli_actor(const struct cli *cli, const struct job_form *form);
/* Whether what is shown on a stream may be drawn over: a terminal, and not a dumb one. */
bool cli_is_screen(FILE *stream);
/* Whether colours are wanted on a stream. */
bool cli_use_colour(const struct cli *cli, FILE *stream);
/* Comes by an identity's pass phrase; struct identity_pass. */
int cli_ask_pass(void *cli, const char *path, char *phrase, int size);
/* Opens who signs, if anybody does, into the request; false after an error. main frees it. */
bool cli_open_identity(struct cli *cli, struct job_request *request);
/* That of a path, with what is said of it; NULL after an error. */
struct identity *cli_identity_of(struct cli *cli, const char *path);
/* With --sign-with: who acts, and signs it. False after an error. */
bool cli_open_seal(struct cli *cli, struct actor *actor);
/* With --signed-approvals: the roots through which they are believed. False after an error. */
bool cli_open_believed(struct cli *cli);
/* Names the options of batch that do nothing beside others; true when there are such. */
bool cli_refuse_batch(struct cli *cli);
/* From now on SIGINT, SIGTERM and SIGHUP set cli_interrupted, for the letters in hand to be
 * finished; a second one ends the program at once. */
void cli_catch_signals(void);
const atomic_bool *cli_interrupted(void);
/* As if a signal had come: nobody reads what is made. */
void cli_interrupt(void);
/* EXIT_BY_SIGNAL and the number of the one that came; EXIT_SYSTEM after cli_interrupt. */
int cli_signal_code(void);
/* Sends what was said on the standard output; false when any of it could not be, which is shown. */
bool cli_send(struct cli *cli);
/* Shows what the command line itself found, and the exit code that follows. */
int cli_fail(struct cli *cli);
/* Who signs the letters of a run, if anybody does, and what raises them, which cli_close_levels
 * frees. False after an error. */
bool cli_open_signing(struct cli *cli, struct job_request *request);
void cli_close_levels(struct cli *cli); /* there need be none */
/* Whether somebody signs, or nobody shall; else says so. */
bool cli_has_signer(struct cli *cli, const struct job_request *request);
/* Takes connections, at most so many at once, until a signal comes. True in a process that was
 * begun for one of them, which is its standard input and output; false with the exit code. */
bool cli_listen(struct cli *cli, const char *path, int most, int *code);
void cli_show(void *cli, const struct diag *diag);
/* How far the facts in the letters are known, in a line; none when the records do not say. */
void cli_show_standings(const struct job_result *result, FILE *out);
/* Says how many findings of each kind were not shown. */
void cli_show_rest(struct cli *cli);
/* In JSON: how many there were of each severity, shown or not, and the exit code. */
void cli_show_counts(struct cli *cli, int code);
void cli_progress_end(struct cli *cli);
const char *plural(int count); /* "s", or "" for one */
/* Shows a letter: with -v why it was written; of a plan, always. */
void cli_letter(void *cli, const struct job_letter *letter);
/* What became of a letter, or by a plan would, in a word or two. */
const char *cli_fate(enum job_fate fate, bool plan);
int cli_exit_code(const struct cli *cli, const struct job_result *result);

#endif
