/* help.c - what --help and help print, from the tables of commands and options. */
#include "cli/cli_int.h"

#include <string.h>

enum { HELP_COLUMN = 26, HELP_WIDTH = 80 };

/* -- text in columns --------------------------------------------------------------------------- */

/* Words in lines that begin in one column, from; column: where the line stands. */
static void print_words(FILE *out, const char *words, int column, int from)
{
	struct str rest = str_of(words), word;
	while (str_split(&rest, ' ', &word)) {
		if (column < from || column + 1 + word.len > HELP_WIDTH) {
			if (column >= from)
				say_to(out, "\n");
			say_to(out, "%*s", column < from ? from - column : from, "");
			column = from;
		} else {
			column += say_to(out, " ");
		}
		column += say_to(out, "%.*s", str_arg(word));
	}
	say_to(out, "\n");
}

/* What stands at the left was as wide as that; its text does not go over it. */
static void print_beside(FILE *out, int width, const char *words)
{
	if (width + 2 > HELP_COLUMN) {
		say_to(out, "\n");
		width = 0;
	}
	print_words(out, words, width, HELP_COLUMN);
}

/* -- options ----------------------------------------------------------------------------------- */

static int count_commands(unsigned of)
{
	int count = 0;
	for (int i = 0; i < COMMAND_HELP; i++)
		count += of >> i & 1;
	return count;
}

/* Of so many commands that their own help only names it. */
static bool is_common(const struct option_row *row)
{
	return count_commands(row->of) > 6;
}

/* Named alone in a command's help, which is to fit a screen; help options says what they do. */
static bool is_rare(const struct option_row *row)
{
	static const char *const rare[] = {"spread", "simplex", "deps", "shard", "durability",
		"rejections", "max-errors", "wait"};
	for (size_t i = 0; i < sizeof rare / sizeof *rare; i++)
		if (strcmp(row->name, rare[i]) == 0)
			return true;
	return false;
}

static void print_option(FILE *out, const struct option_row *row, bool commands_too)
{
	const char *value = row->value ? row->value : "";
	int width = row->letter ? say_to(out, "  -%c, ", row->letter) : say_to(out, "      ");
	width += say_to(out, "--%s%s%s", row->name, *value ? " " : "", value);
	struct buf words = {0};
	for (int i = 0; i < COMMAND_HELP && commands_too && !is_common(row); i++)
		if (row->of >> i & 1)
			buf_say(&words, "%s%s", words.len ? ", " : "", commands[i].name);
	buf_say(&words, "%s%s", words.len ? ": " : "", row->help);
	if (row->usual)
		buf_say(&words, " (default: %s)", row->usual);
	print_beside(out, width, buf_text(&words).at);
	buf_free(&words);
}

static void print_all_options(FILE *out)
{
	say_to(out, "Options, and the commands that they are for where those are few:\n\n");
	for (int i = 0; i < option_row_count; i++)
		if (option_rows[i].help)
			print_option(out, &option_rows[i], true);
}

static void print_own_options(const struct command *command, FILE *out)
{
	unsigned bit = 1u << (command - commands);
	struct buf common = {0};
	say_to(out, "\nOptions:\n");
	for (int i = 0; i < option_row_count; i++) {
		const struct option_row *row = &option_rows[i];
		if (!row->help || !option_is_for(row, bit))
			continue;
		if (is_common(row) || is_rare(row))
			buf_say(&common, "%s--%s", common.len ? " " : "", row->name);
		else
			print_option(out, row, false);
	}
	print_beside(out, say_to(out, "  as in help options"), buf_text(&common).at);
	buf_free(&common);
}

/* -- commands ---------------------------------------------------------------------------------- */

void cli_print_help(FILE *out)
{
	say_to(out,
		"lettermerge merges one letter template with many recipients' records into PDF\n"
		"letters.\n"
		"\n"
		"Usage: lettermerge COMMAND [OPTION]...\n"
		"\n"
		"Commands:\n");
	for (int i = 0; i < COMMAND_COUNT; i++)
		print_beside(out,
			say_to(out, "  %-12s %s", commands[i].name, commands[i].arguments),
			commands[i].summary);
	say_to(out,
		"\n"
		"lettermerge help COMMAND shows its options and examples, help options all\n"
		"options.\n"
		"Exit codes: 0 good; 1 some letter has an error; 2 wrong usage; 3 the system\n"
		"failed.\n");
}

void cli_print_command(const struct command *command, FILE *out)
{
	const char *arguments = command->arguments;
	print_words(out, command->summary, say_to(out, "lettermerge %s:", command->name), 0);
	say_to(out, "\nUsage: lettermerge %s%s%s [OPTION]...\n", command->name,
		*arguments ? " " : "", arguments);
	print_own_options(command, out);
	say_to(out, "\nExamples:\n");
	for (size_t i = 0; i < sizeof command->examples / sizeof *command->examples; i++) {
		const struct example *example = &command->examples[i];
		say_to(out, "  lettermerge %s\n", example->line);
		if (*example->does)
			say_to(out, "      %s\n", example->does);
	}
	say_to(out, "\nMore: man lettermerge; docs: %s\n", command->more);
}

int command_help(struct cli *cli)
{
	const char *name = cli->arguments[0];
	if (name && strcmp(name, "options") == 0) {
		print_all_options(stdout);
		return EXIT_GOOD;
	}
	const struct command *command = name ? command_find(cli, name) : NULL;
	if (name && !command) {
		cli_fail(cli);
		return EXIT_USAGE;
	}
	if (command)
		(cli->shown.manual ? cli_print_manual : cli_print_command)(command, stdout);
	else
		cli_print_help(stdout);
	return EXIT_GOOD;
}
