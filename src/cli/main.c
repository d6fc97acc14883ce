/* main.c - the command line: one table of commands. */
#include "cli/cli_int.h"

#include "base/diag_id.h"
#include "base/output.h"
#include "compare/key.h"
#include "xml/xml.h"

#include <limits.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const struct command {
	const char *name, *arguments, *summary;
	int (*run)(struct cli *cli);
	int max_arguments;
} commands[] = {
	{"batch", "", "write every letter that is missing or not up to date", command_batch, 0},
	{"status", "", "list the letters that batch would write, and why", command_status, 0},
	{"merge-record", "", "join the records of all shards in the folder of letters",
		command_merge_record, 0},
	{"diff", "ID", "show what sets a letter apart from the one that was written", command_diff,
		1},
	{"preview", "ID", "write one letter at once, marked as a preview", command_preview, 1},
	{"approve", "ID...",
		"note that a letter may go out as it is; without ID: who has approved what",
		command_approve, INT_MAX},
	{"confirm", "ID FIELD", "note in a record where a fact was seen: --source, --date",
		command_confirm, 2},
	{"serve", "", "open the proof desk: all letters in the browser, live", command_serve, 0},
	{"check", "", "report all findings for all letters; writes nothing", command_check, 0},
	{"fields", "", "list the fields that the template needs", command_fields, 0},
	{"sign", "FILE...", "raise signed letters to a higher level: --level T, LT or LTA",
		command_sign, INT_MAX},
	{"verify", "FILE...", "say whether letters are good, who signed them, and what is proven",
		command_verify, INT_MAX},
	{"receipt", "ID", "write what shows one recipient that theirs is in the signed list",
		command_receipt, 1},
	{"identity", "new|show", "make a test identity, or describe one", command_identity, 2},
};

enum { COMMANDS = sizeof commands / sizeof *commands };

static void print_help(FILE *out)
{
	say_to(out,
		"lettermerge merges one letter template with many recipients' records into PDF "
		"letters.\n"
		"\n"
		"Usage: lettermerge COMMAND [OPTION]...\n"
		"\n"
		"Commands:\n");
	for (int i = 0; i < COMMANDS; i++)
		say_to(out, "  %-12s %-10s %s\n", commands[i].name, commands[i].arguments,
			commands[i].summary);
	say_to(out, "\n");
	say_to(out, "Options:\n");
	cli_print_options(out);
	say_to(out,
		"\n"
		"Exit codes: 0 good; 1 some letter has an error; 2 wrong usage; 3 the system "
		"failed.\n");
}

/* -- usage errors ------------------------------------------------------------------------------ */

static const struct command *find_command(struct cli *cli, const char *name)
{
	struct nearest nearest = nearest_within(str_of(name), CLI_MISSPELT);
	for (int i = 0; i < COMMANDS; i++) {
		if (strcmp(name, commands[i].name) == 0)
			return &commands[i];
		nearest_try(&nearest, str_of(commands[i].name));
	}
	diag_add(cli->diags, COMMAND_UNKNOWN, place_none(), name);
	nearest_hint(&nearest, cli->diags);
	return NULL;
}

bool cli_use_colour(const struct cli *cli, FILE *stream)
{
	const char *no_color = getenv("NO_COLOR");
	if (cli->colour_choice != COLOUR_AUTO)
		return cli->colour_choice == COLOUR_ALWAYS;
	return isatty(fileno(stream)) && !(no_color && *no_color);
}

/* What a letter's bytes depend on stands behind the release's own number, of which none does. */
static int print_version(void)
{
	struct buf libraries = {0};
	basis_libraries(&libraries);
	say_to(stdout, "lettermerge %s (output %s; %s)\n", LETTERMERGE_VERSION, OUTPUT_VERSION,
		buf_text(&libraries).at);
	buf_free(&libraries);
	return EXIT_GOOD;
}

static int run_command(struct cli *cli)
{
	if (cli->help) {
		print_help(stdout);
		return EXIT_GOOD;
	}
	if (cli->version)
		return print_version();
	if (!cli->arguments[0] && !diags_failed(cli->diags)) {
		print_help(stderr);
		return EXIT_USAGE;
	}
	const struct command *command = cli->arguments[0] ? find_command(cli, *cli->arguments++)
							  : NULL;
	int given = 0;
	while (command && cli->arguments[given])
		if (given++ == command->max_arguments) {
			diag_add(cli->diags, ARGUMENT_EXTRA, place_none(),
				cli->arguments[given - 1], command->name);
			break;
		}
	cli->command = command ? command->name : NULL;
	cli->colour = cli_use_colour(cli, cli->findings);
	if (diags_failed(cli->diags)) {
		cli_fail(cli);
		return EXIT_USAGE;
	}
	if (!cli_take_pipes(cli))
		return cli_fail(cli);
	int code = command->run(cli);
	cli_show_rest(cli);
	return code;
}

static bool ended; /* main has an exit code */

/* Without memory libhyphen, for one, ends the program by exit(1), which would say that a letter has
 * an error. */
static void end_of_a_library(void)
{
	if (!ended)
		program_ends("a library gave up, as for want of memory");
}

int main(int argc, char **argv)
{
	long processors = sysconf(_SC_NPROCESSORS_ONLN);
	struct cli cli = {
		.arena = arena_new(),
		.diags = diags_new(),
		.workers = processors > 0 && processors < 1024 ? (int)processors : 1,
		.findings = stderr,
		.max = -1,
		.wait = 60,
		.pass_fd = -1,
	};
	cli.found = arena_new_array(cli.arena, int, DIAG_COUNT);
	atexit(end_of_a_library);
	xml_start();
	cli_read_options(&cli, argc, argv);
	int code = run_command(&cli);
	if (fflush(stdout) != 0 && code == EXIT_GOOD)
		code = EXIT_SYSTEM;
	xml_stop();
	identity_free(cli.opened_identity);
	diags_free(cli.diags);
	arena_free(cli.arena);
	ended = true;
	return code;
}
