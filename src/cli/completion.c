/* completion.c - what completes commands, options and their values, for three shells, written from
 * the tables of commands and options. Only what a command takes is offered. */
#include "cli/cli_int.h"

#include "base/diag_id.h"

#include <string.h>

enum takes {
	TAKES_NOTHING,
	TAKES_WORDS,
	TAKES_FILES,
	TAKES_FOLDERS,
	TAKES_COMMANDS,
	TAKES_OTHER,
	TAKES_COUNT
};
enum shell { BASH, ZSH, FISH, SHELL_COUNT };

/* What completes a value, in the words of each shell; @ stands for the words that there are. */
static const char *const actions[SHELL_COUNT][TAKES_COUNT] = {
	[BASH] = {[TAKES_NOTHING] = "COMPREPLY=()",
		[TAKES_WORDS] = "_lettermerge_reply -W \"@\"",
		[TAKES_FILES] = "_lettermerge_reply -f",
		[TAKES_FOLDERS] = "_lettermerge_reply -d",
		[TAKES_COMMANDS] = "_lettermerge_reply -W \"options @\"",
		[TAKES_OTHER] = "COMPREPLY=()"},
	[ZSH] = {[TAKES_NOTHING] = "",
		[TAKES_WORDS] = ":word:(@)",
		[TAKES_FILES] = ":file:_files",
		[TAKES_FOLDERS] = ":folder:_files -/",
		[TAKES_COMMANDS] = ":command:(options @)",
		[TAKES_OTHER] = ":value: "},
	[FISH] = {[TAKES_NOTHING] = "",
		[TAKES_WORDS] = " -x -a '@'",
		[TAKES_FILES] = " -r -F",
		[TAKES_FOLDERS] = " -x -a '(__fish_complete_directories)'",
		[TAKES_COMMANDS] = " -x -a 'options @'",
		[TAKES_OTHER] = " -x"},
};

/* What completes a value that the help calls so. */
static enum takes takes_of(const char *value)
{
	if (!value || !*value)
		return TAKES_NOTHING;
	if (strchr("abcdefghijklmnopqrstuvwxyz", value[0]) || strcmp(value, "T|LT|LTA") == 0)
		return TAKES_WORDS;
	if (strcmp(value, "COMMAND") == 0)
		return TAKES_COMMANDS;
	if (strcmp(value, "DIR") == 0)
		return TAKES_FOLDERS;
	return str_starts(str_of(value), "FILE") || strcmp(value, "PATH") == 0 ? TAKES_FILES
									       : TAKES_OTHER;
}

/* "text|json" with blanks between. */
static void put_words(struct buf *out, const char *value)
{
	for (; *value; value++)
		buf_char(out, strchr("|,", *value) ? ' ' : *value);
}

static void put_commands(struct buf *out, char between)
{
	for (int i = 0; i < COMMAND_COUNT; i++) {
		if (i)
			buf_char(out, between);
		buf_str(out, str_of(commands[i].name));
	}
}

static void put_action(struct buf *out, enum shell shell, const char *value)
{
	enum takes takes = takes_of(value);
	for (const char *at = actions[shell][takes]; *at; at++)
		if (*at != '@')
			buf_char(out, *at);
		else if (takes == TAKES_COMMANDS)
			put_commands(out, ' ');
		else
			put_words(out, value);
}

static bool is_of(const struct option_row *row, int command)
{
	return row->help && option_is_for(row, 1u << command);
}

/* Within single quotes of a shell; what stands in also is escaped, too. */
static void put_quoted(struct buf *out, const char *text, const char *also)
{
	for (; *text; text++) {
		if (*text == '\'') {
			buf_str(out, str_lit("'\\''"));
			continue;
		}
		if (strchr(also, *text))
			buf_char(out, '\\');
		buf_char(out, *text);
	}
}

/* -- bash -------------------------------------------------------------------------------------- */

/* A pattern for case: "-o|--out". */
static void put_bash_pattern(struct buf *out, const struct option_row *row)
{
	if (row->letter)
		buf_format(out, "-%c|", row->letter);
	buf_format(out, "--%s", row->name);
}

static void put_bash_command(struct buf *out, int command)
{
	buf_format(out, "\t%s)\n\t\toptions=\"", commands[command].name);
	for (int i = 0, any = 0; i < option_row_count; i++)
		if (is_of(&option_rows[i], command))
			buf_format(out, "%s--%s", any++ ? " " : "", option_rows[i].name);
	buf_str(out,
		str_lit("\"\n\t\t[[ $word == -* ]] && _lettermerge_reply -W \"$options\" || "));
	put_action(out, BASH, commands[command].arguments);
	buf_str(out, str_lit("\n\t\t;;\n"));
}

static void put_bash(struct buf *out)
{
	buf_str(out,
		str_lit("# Completes lettermerge in bash.\n"
			"_lettermerge_reply() {\n"
			"\tmapfile -t COMPREPLY < <(compgen \"$@\" -- \"$word\")\n"
			"\t[[ $1 == -W ]] || compopt -o filenames 2>/dev/null\n"
			"}\n"
			"\n"
			"_lettermerge() {\n"
			"\tlocal word=${COMP_WORDS[COMP_CWORD]} "
			"before=${COMP_WORDS[COMP_CWORD-1]}\n"
			"\tlocal command= options= i commands=\""));
	put_commands(out, ' ');
	buf_str(out, str_lit("\"\n\tCOMPREPLY=()\n\tcase $before in\n"));
	for (int i = 0; i < option_row_count; i++) {
		if (!option_rows[i].help || !option_rows[i].value)
			continue;
		buf_char(out, '\t');
		put_bash_pattern(out, &option_rows[i]);
		buf_str(out, str_lit(") "));
		put_action(out, BASH, option_rows[i].value);
		buf_str(out, str_lit("; return ;;\n"));
	}
	buf_str(out,
		str_lit("\tesac\n"
			"\tfor ((i = 1; i < COMP_CWORD; i++)); do\n"
			"\t\tif [[ \" $commands \" == *\" ${COMP_WORDS[i]} \"* ]]; then\n"
			"\t\t\tcommand=${COMP_WORDS[i]}\n"
			"\t\t\tbreak\n"
			"\t\tfi\n"
			"\tdone\n"
			"\tcase $command in\n"
			"\t'') _lettermerge_reply -W \"$commands --help --version\" ;;\n"));
	for (int i = 0; i < COMMAND_COUNT; i++)
		put_bash_command(out, i);
	buf_str(out, str_lit("\tesac\n}\n\ncomplete -F _lettermerge lettermerge\n"));
}

/* -- zsh --------------------------------------------------------------------------------------- */

static void put_zsh_option(struct buf *out, const struct option_row *row)
{
	buf_format(out, " \\\n\t\t\t'--%s%s[", row->name, row->value ? "=" : "");
	put_quoted(out, row->help, "[]\\");
	buf_char(out, ']');
	put_action(out, ZSH, row->value);
	buf_char(out, '\'');
}

static void put_zsh_command(struct buf *out, int command)
{
	const char *arguments = commands[command].arguments;
	buf_format(out, "\t\t%s)\n\t\t\t_arguments", commands[command].name);
	for (int i = 0; i < option_row_count; i++)
		if (is_of(&option_rows[i], command))
			put_zsh_option(out, &option_rows[i]);
	if (*arguments) {
		buf_str(out, str_lit(" \\\n\t\t\t'*"));
		put_action(out, ZSH, arguments);
		buf_char(out, '\'');
	}
	buf_str(out, str_lit("\n\t\t\t;;\n"));
}

static void put_zsh(struct buf *out)
{
	buf_str(out,
		str_lit("#compdef lettermerge\n"
			"# Completes lettermerge in zsh.\n"
			"_lettermerge() {\n"
			"\tlocal curcontext=$curcontext state line\n"
			"\tlocal -a commands=(\n"));
	for (int i = 0; i < COMMAND_COUNT; i++) {
		buf_format(out, "\t\t'%s:", commands[i].name);
		put_quoted(out, commands[i].summary, ":\\");
		buf_str(out, str_lit("'\n"));
	}
	buf_str(out,
		str_lit("\t)\n"
			"\t_arguments -C '1: :->command' '*:: :->rest'\n"
			"\tcase $state in\n"
			"\tcommand) _describe command commands ;;\n"
			"\trest)\n"
			"\t\tcase $words[1] in\n"));
	for (int i = 0; i < COMMAND_COUNT; i++)
		put_zsh_command(out, i);
	buf_str(out,
		str_lit("\t\tesac\n"
			"\t\t;;\n"
			"\tesac\n"
			"}\n"
			"\n"
			"if [[ $funcstack[1] == _lettermerge ]]; then\n"
			"\t_lettermerge \"$@\"\n"
			"else\n"
			"\tcompdef _lettermerge lettermerge\n"
			"fi\n"));
}

/* -- fish -------------------------------------------------------------------------------------- */

static void put_fish_option(struct buf *out, const struct option_row *row)
{
	buf_str(out, str_lit("complete -c lettermerge -n '__fish_seen_subcommand_from"));
	for (int i = 0; i < COMMAND_COUNT; i++)
		if (is_of(row, i))
			buf_format(out, " %s", commands[i].name);
	buf_format(out, "' -l %s", row->name);
	if (row->letter)
		buf_format(out, " -s %c", row->letter);
	buf_str(out, str_lit(" -d '"));
	put_quoted(out, row->help, "\\");
	buf_char(out, '\'');
	put_action(out, FISH, row->value);
	buf_char(out, '\n');
}

static void put_fish(struct buf *out)
{
	buf_str(out, str_lit("# Completes lettermerge in fish.\ncomplete -c lettermerge -f\n"));
	for (int i = 0; i < COMMAND_COUNT; i++) {
		const struct command *command = &commands[i];
		buf_format(out, "complete -c lettermerge -n __fish_use_subcommand -a %s -d '",
			command->name);
		put_quoted(out, command->summary, "\\");
		buf_str(out, str_lit("'\n"));
		if (takes_of(command->arguments) == TAKES_NOTHING ||
			takes_of(command->arguments) == TAKES_OTHER)
			continue;
		buf_format(out, "complete -c lettermerge -n '__fish_seen_subcommand_from %s'",
			command->name);
		put_action(out, FISH, command->arguments);
		buf_char(out, '\n');
	}
	for (int i = 0; i < option_row_count; i++)
		if (option_rows[i].help)
			put_fish_option(out, &option_rows[i]);
}

int command_completion(struct cli *cli)
{
	static const struct {
		const char *name;
		void (*put)(struct buf *out);
	} shells[] = {
		[BASH] = {"bash", put_bash}, [ZSH] = {"zsh", put_zsh}, [FISH] = {"fish", put_fish}};
	const char *wanted = cli->arguments[0];
	for (int i = 0; wanted && i < SHELL_COUNT; i++) {
		if (strcmp(wanted, shells[i].name) != 0)
			continue;
		struct buf script = {0};
		shells[i].put(&script);
		say_as_is(stdout, buf_text(&script));
		buf_free(&script);
		return EXIT_GOOD;
	}
	diag_add(cli->diags, OPTION_WORD, place_none(), "completion", wanted ? wanted : "",
		"bash, zsh, fish");
	cli_fail(cli);
	return EXIT_USAGE;
}
