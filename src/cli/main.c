/* main.c - the command line: its options, the command that they are for, the exit code. */
#include "cli/cli_int.h"

#include "base/diag_id.h"
#include "base/output.h"
#include "compare/key.h"
#include "xml/xml.h"

#include <fcntl.h>
#include <locale.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

bool cli_use_colour(const struct cli *cli, FILE *stream)
{
	const char *no_color = getenv("NO_COLOR");
	if (cli->common.colour != COLOUR_AUTO)
		return cli->common.colour == COLOUR_ALWAYS;
	return cli_is_screen(stream) && !(no_color && *no_color);
}

bool cli_is_screen(FILE *stream)
{
	const char *terminal = getenv("TERM");
	return isatty(fileno(stream)) && !(terminal && strcmp(terminal, "dumb") == 0);
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

/* --help alone, or nothing at all. */
static int command_missing(struct cli *cli)
{
	cli_print_overview(cli->common.help ? stdout : stderr);
	return cli->common.help ? EXIT_GOOD : EXIT_USAGE;
}

static void check_arguments(struct cli *cli, const struct command *command)
{
	int given = 0;
	while (cli->arguments[given] && given < command->max_arguments)
		given++;
	if (cli->arguments[given])
		diag_add(cli->diags, ARGUMENT_EXTRA, place_none(), cli->arguments[given],
			command->name, command->name);
}

/* --diag json has always been theirs. */
enum { LINES_OF_JSON = 1u << COMMAND_VERIFY | 1u << COMMAND_SIGN };

static int run_command(struct cli *cli)
{
	if (cli->common.version)
		return print_version();
	const struct command *command = NULL;
	if (cli->arguments[0])
		command = command_find(cli, *cli->arguments++);
	else if (!diags_failed(cli->diags))
		return command_missing(cli);
	if (command && cli->common.help) {
		cli_print_screen(command, stdout);
		return EXIT_GOOD;
	}
	if (command) {
		check_arguments(cli, command);
		cli->command = command->name;
		cli->bit = 1u << (command - commands);
		cli_check_options(cli, command);
	}
	bool said_well = !diags_failed(cli->diags) && cli_read_environment(cli);
	bool good = said_well && cli_read_project(cli);
	cli->showing.colour = cli_use_colour(cli, cli->showing.stream);
	if (!good) {
		int code = cli_fail(cli);
		return said_well ? code : EXIT_USAGE;
	}
	if (!cli_take_pipes(cli))
		return cli_fail(cli);
	if ((command->run == command_batch && cli_refuse_batch(cli)) || cli_refuse_idle(cli)) {
		cli_fail(cli);
		return EXIT_USAGE;
	}
	if (cli->bit & LINES_OF_JSON)
		cli->run.json_letters |= cli->common.json;
	int code = command->run(cli);
	cli_show_rest(cli);
	return code;
}

/* -- the standard streams ---------------------------------------------------------------------- */

/* A stream that is closed would be the next file that is opened, and words would go into a letter:
 * so it leads nowhere, and who reads or writes there is told so. */
static void hold_streams(void)
{
	for (int number = STDIN_FILENO; number <= STDERR_FILENO; number++)
		if (fcntl(number, F_GETFD) < 0 &&
			open("/dev/null", number == STDIN_FILENO ? O_WRONLY : O_RDONLY) != number)
			_exit(EXIT_SYSTEM);
}

static int end_output(struct cli *cli, int code)
{
	return cli_send(cli) || code > EXIT_SYSTEM ? code : EXIT_SYSTEM;
}

static bool ended; /* main has an exit code */

/* Without memory a library may end the program by exit(1), which would say that a letter has an
 * error. */
static void end_of_a_library(void)
{
	if (!ended)
		program_ends("a library gave up, as for want of memory");
}

/* Left to itself the C library keeps, for each of a few threads at work, whatever most they once
 * had: of the proof desk ten times what it needs, of a batch a megabyte. Large pieces go back to
 * the system, and all share the rest. */
static void keep_memory_small(void)
{
#ifdef M_ARENA_MAX
	mallopt(M_ARENA_MAX, 1);
	mallopt(M_MMAP_THRESHOLD, 128 << 10);
	mallopt(M_TRIM_THRESHOLD, 1 << 20);
#endif
}

int main(int argc, char **argv)
{
	keep_memory_small();
	hold_streams();
	long processors = sysconf(_SC_NPROCESSORS_ONLN);
	struct cli cli = {
		.arena = arena_new(),
		.diags = diags_new(),
		.run.workers = processors > 0 && processors < 1024 ? (int)processors : 1,
		.showing.stream = stderr,
		.common.max = -1,
		.raising.wait = 60,
		.signing.pass_fd = -1,
	};
	cli.showing.found = arena_new_array(cli.arena, int, DIAG_COUNT);
	cli.showing.all = arena_new_array(cli.arena, int, DIAG_COUNT);
	atexit(end_of_a_library);
	xml_start();
	cli_read_options(&cli, argc, argv);
	int code = run_command(&cli);
	code = end_output(&cli, code);
	cli_show_counts(&cli, code);
	code = end_output(&cli, code);
	xml_stop();
	map_free(&cli.showing.said);
	identity_free(cli.opened.identity);
	identity_free(cli.opened.approver);
	trust_free(cli.opened.believed);
	diags_free(cli.diags);
	arena_free(cli.arena);
	ended = true;
	return code;
}
