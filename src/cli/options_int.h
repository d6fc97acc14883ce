/* options_int.h - what may be said to a command, on its line, in the environment or in the
 * project's file, and what was. All texts are of who said them and live as long as the run. */
#ifndef CLI_OPTIONS_INT_H
#define CLI_OPTIONS_INT_H

#include "base/base.h"
#include "job/job.h"

struct cli;
struct command;

/* -- what was said, by what it is about; NULL, 0 and LEVEL_NONE: nothing
 * --------------------------- */

/* To any command. */
struct common_options {
	const char *out;
	bool help, version, quiet, verbose, strict, json;
	enum colour_choice { COLOUR_AUTO, COLOUR_ALWAYS, COLOUR_NEVER } colour;
	int max; /* findings of one kind that are shown; 0: all; -1: not given */
};
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

/* -- where it was said ------------------------------------------------------------------------- */

/* The strongest first. */
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
/* All that was. */
struct settings {
	enum said_by *by;              /* of each row of option_rows, the strongest source */
	vec(struct setting) list;      /* that hold */
	const struct setting *reading; /* in hand, for who finds fault with its value */
};

/* -- what may be said: the table --------------------------------------------------------------- */

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
/* Puts a value where its row says, of cli->settings.reading; what is wrong with it goes to
 * cli->diags. */
void option_read(struct cli *cli, const struct option_row *row, const char *value);

/* -- reading ----------------------------------------------------------------------------------- */

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
/* Edits that a command or an option may be off and still be meant. */
enum { CLI_MISSPELT = 2 };

#endif
