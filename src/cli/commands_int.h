/* commands_int.h - the commands, and the help, which their table and that of options make. */
#ifndef CLI_COMMANDS_INT_H
#define CLI_COMMANDS_INT_H

#include <stdio.h>

struct cli;

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

/* The commands on one screen; one of them with its options. */
void cli_print_overview(FILE *out);
void cli_print_screen(const struct command *command, FILE *out); /* what is used most */
void cli_print_manual(const struct command *command, FILE *out); /* the same in roff */

#endif
