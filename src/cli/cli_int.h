/* cli_int.h - what the commands share: one run of the program, and what they work on. */
#ifndef CLI_CLI_INT_H
#define CLI_CLI_INT_H

#include "cli/commands_int.h"
#include "cli/options_int.h"
#include "cli/show_int.h"
#include "verify/verify.h"

/* What a command opened; NULL: not opened. */
struct opened {
	struct str template_bytes; /* of one that came through a pipe */
	struct identity *identity; /* main frees it, as the next two */
	struct identity *approver; /* of --sign-with, if it is another than that */
	struct trust *believed;    /* of signed approvals; NULL: they are not asked for */
	struct trust *trusted;     /* of levels; cli_close_levels frees it, and these */
	struct level_run *levels;
	const char *page; /* serve --open: a file that leads to the desk, removed at its end */
	int pages;        /* of the preview that was made */
};
/* approve: the letters, to be named when their approvals are on the disk. */
struct naming {
	struct str by;
	struct buf lines;
};

/* One run of the program. */
struct cli {
	struct arena *arena;
	struct diags *diags; /* of the command line itself */
	const char *command;
	unsigned bit;     /* of the command: 1 << enum command_id */
	char **arguments; /* after the options, NULL-terminated */
	struct settings settings;
	struct common_options common;
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
	struct opened opened;
	struct naming naming;
	struct showing showing;
};

/* -- what a command works on ------------------------------------------------------------------- */

/* Reads what comes through a pipe, of the files that options name, and sees to what "-" names for
 * writing; false after an error. */
bool cli_take_pipes(struct cli *cli);
/* Finds the template where none was given; NULL after an error, which is shown. */
const char *cli_template(struct cli *cli);
/* A request with what all commands share. What it names lives as long as the run. */
struct job_request cli_request(struct cli *cli);
/* What the options say of writing; likewise. */
struct job_update cli_update(const struct cli *cli);
/* The user's own: $XDG_CACHE_HOME/lettermerge. */
struct face_keeping cli_face_keeping(struct cli *cli);
/* The folder of letters. */
const char *cli_out(const struct cli *cli);
/* Whether what is kept there may be read, or also written; where nothing is, nothing is in the way.
 * False after an error. */
bool cli_may_use_out(struct cli *cli, bool write);
/* The id of the record that the first argument means; .at is NULL after an error. */
struct str cli_record(struct cli *cli, const struct job_request *request);

/* -- who acts ---------------------------------------------------------------------------------- */

/* Under whose name letters are approved. */
struct actor cli_actor(const struct cli *cli, const struct job_form *form);
/* Comes by an identity's pass phrase; struct identity_pass. */
int cli_ask_pass(void *cli, const char *path, char *phrase, int size);
/* The identity of a path, with what is said of it, for the caller to free; NULL after an error. */
struct identity *cli_identity_of(struct cli *cli, const char *path);
/* Opens who signs, if anybody does, into the request; false after an error. */
bool cli_open_identity(struct cli *cli, struct job_request *request);
/* The same, and what raises the letters to a level, until cli_close_levels. */
bool cli_open_signing(struct cli *cli, struct job_request *request);
void cli_close_levels(struct cli *cli); /* there need be none */
/* Whether somebody signs, or nobody shall; else says so. */
bool cli_has_signer(struct cli *cli, const struct job_request *request);
/* With --sign-with: who acts, and signs it. False after an error. */
bool cli_open_seal(struct cli *cli, struct actor *actor);
/* With --signed-approvals: the roots through which they are believed. False after an error. */
bool cli_open_believed(struct cli *cli);

/* -- parts of one command, in files of their own ----------------------------------------------- */

/* batch: names the options that do nothing beside others; true when there are such. */
bool cli_refuse_batch(struct cli *cli);
/* Options that change nothing without another one, or beside --no-sign; true after an error. */
bool cli_refuse_idle(struct cli *cli);
/* approve: who has approved what, and what stands against letters. Gives the exit code. */
int cli_list_approvals(struct cli *cli);
/* "essex: approved by Ann", appended. */
void cli_put_approval(struct buf *out, struct str id, struct str by);
/* check --explain; needs no project. Gives the exit code. */
int cli_explain(struct cli *cli);
/* preview --proof; made: all that were chosen. Gives the exit code. */
int cli_make_proofs(
	struct cli *cli, const struct job_request *request, const char *out, bool *made);
/* preview --proof --share: the chosen letters in one file, behind pages that say what they are;
 * all: of all letters. False after an error. */
bool cli_share_proof(struct cli *cli, const struct job_request *request,
	const struct choice *choice, const struct job_result *all);
/* preview, diff: pictures of a letter's pages, STEM-1.png and so on; false after an error. */
bool cli_make_pictures(struct cli *cli, struct str pdf, struct str stem);
/* What is shown of a preview that was written to STEM.pdf: words, pictures; false after an
 * error. */
bool cli_show_made(struct cli *cli, struct str stem);
/* preview --json: a line. */
void cli_put_preview(const struct chosen *letter, struct str file, struct buf *out);
/* fonts --json. */
struct survey;
void cli_fonts_json(const struct survey *survey, struct buf *out);
/* preview, serve: shows a file or a page in the user's own program; false after an error. */
bool cli_open_link(struct cli *cli, const char *link);
/* make --listen: takes connections, at most so many at once, until a signal comes. True in a
 * process that was begun for one of them, which is its standard input and output; false with the
 * exit code. */
bool cli_listen(struct cli *cli, const char *path, int most, int *code);

#endif
