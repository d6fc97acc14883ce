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

/* Of so many commands that their names say nothing. */
static bool is_common(const struct option_row *row)
{
	return count_commands(row->of) > 6;
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

static void print_options(FILE *out, const struct command *command, bool all)
{
	unsigned bit = 1u << (command - commands);
	for (int i = 0; i < option_row_count; i++) {
		const struct option_row *row = &option_rows[i];
		if (row->help && (all ? option_is_for(row, bit) : row->often & bit))
			print_option(out, row, false);
	}
}

/* -- commands ---------------------------------------------------------------------------------- */

/* By what somebody wants to do; each command stands in one. */
static const struct {
	const char *to;
	signed char commands[6]; /* each and one more, 0 ends them */
} groups[] = {
	{"to begin",
		{COMMAND_INIT + 1, COMMAND_IDENTITY + 1, COMMAND_CONFIG + 1, COMMAND_FONTS + 1,
			COMMAND_COMPLETION + 1, COMMAND_HELP + 1}},
	{"to look at letters",
		{COMMAND_CHECK + 1, COMMAND_FIELDS + 1, COMMAND_PREVIEW + 1, COMMAND_DIFF + 1}},
	{"to sign letters off",
		{COMMAND_SERVE + 1, COMMAND_APPROVE + 1, COMMAND_CONFIRM + 1, COMMAND_LOG + 1}},
	{"to write and sign",
		{COMMAND_STATUS + 1, COMMAND_BATCH + 1, COMMAND_MAKE + 1, COMMAND_SIGN + 1,
			COMMAND_MERGE_RECORD + 1}},
	{"to prove letters", {COMMAND_VERIFY + 1, COMMAND_RECEIPT + 1}},
	{"to remove a person", {COMMAND_FORGET + 1}},
};

static void print_purpose(FILE *out)
{
	say_to(out,
		"lettermerge merges one letter template with many recipients' records into PDF\n"
		"letters.\n"
		"\n"
		"Usage: lettermerge COMMAND [OPTION]...\n"
		"\n"
		"Commands:\n");
}

void cli_print_overview(FILE *out)
{
	print_purpose(out);
	for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
		struct buf names = {0};
		for (int j = 0; j < 6 && groups[i].commands[j]; j++)
			buf_format(&names, "%s%s", j ? ", " : "",
				commands[groups[i].commands[j] - 1].name);
		print_beside(out, say_to(out, "  %s", groups[i].to), buf_text(&names).at);
		buf_free(&names);
	}
	say_to(out,
		"\n"
		"Examples:\n"
		"  lettermerge init council letters     a folder with an example, to begin with\n"
		"  lettermerge preview essex --open     in it, one letter, shown at once\n"
		"  lettermerge batch                    all letters, signed by your identity\n"
		"\n"
		"lettermerge help says what each command does, lettermerge COMMAND --help how one\n"
		"is used, lettermerge help COMMAND all of its options.\n"
		"Exit codes: 0 good; 1 some letter has an error; 2 wrong usage; 3 the system\n"
		"failed.\n");
}

static void print_help(FILE *out)
{
	print_purpose(out);
	for (int i = 0; i < COMMAND_COUNT; i++)
		print_beside(out,
			say_to(out, "  %-12s %s", commands[i].name, commands[i].arguments),
			commands[i].summary);
	say_to(out,
		"\n"
		"lettermerge COMMAND --help shows what is used most, lettermerge help COMMAND\n"
		"all of its options, lettermerge help options those of all commands.\n"
		"Exit codes: 0 good; 1 some letter has an error; 2 wrong usage; 3 the system\n"
		"failed.\n");
}

static void print_head(FILE *out, const struct command *command)
{
	const char *arguments = command->arguments;
	print_words(out, command->summary, say_to(out, "lettermerge %s:", command->name), 0);
	say_to(out, "\nUsage: lettermerge %s%s%s [OPTION]...\n", command->name,
		*arguments ? " " : "", arguments);
}

static void print_examples(FILE *out, const struct command *command)
{
	say_to(out, "\nExamples:\n");
	for (size_t i = 0; i < sizeof command->examples / sizeof *command->examples; i++) {
		const struct example *example = &command->examples[i];
		say_to(out, "  lettermerge %s\n", example->line);
		if (*example->does)
			say_to(out, "      %s\n", example->does);
	}
}

static bool has_often(const struct command *command)
{
	unsigned bit = 1u << (command - commands), often = 0;
	for (int i = 0; i < option_row_count; i++)
		often |= option_rows[i].often & bit;
	return often;
}

void cli_print_screen(const struct command *command, FILE *out)
{
	print_head(out, command);
	if (has_often(command))
		say_to(out, "\nOptions that are used most:\n");
	print_options(out, command, false);
	print_examples(out, command);
	say_to(out, "\nAll options: lettermerge help %s\n", command->name);
	print_words(out, command->more, say_to(out, "More: man lettermerge; docs:"), 0);
}

static void print_command(const struct command *command, FILE *out)
{
	print_head(out, command);
	say_to(out, "\nOptions:\n");
	print_options(out, command, true);
	print_examples(out, command);
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
		(cli->shown.manual ? cli_print_manual : print_command)(command, stdout);
	else
		print_help(stdout);
	return EXIT_GOOD;
}
