/* settings.c - what holds of all that is said: on the command line, in variables of the
 * environment, in the project's file (project.c), the strongest first. Each source's words go
 * through the one table of options; those that a stronger source overrules are looked at all the
 * same. */
#include "cli/cli_int.h"

#include "base/diag_id.h"

#include <ctype.h>
#include <getopt.h>
#include <string.h>
#include <unistd.h>

/* -- what holds -------------------------------------------------------------------------------- */

static bool counts_for(const struct cli *cli, const struct option_row *row)
{
	return option_is_for(row, cli->bit) && !(row->except & cli->bit);
}

static bool holds(const struct cli *cli, const struct setting *setting)
{
	const struct option_row *row = &option_rows[setting->row];
	int above = row->under ? option_find(str_of(row->under), SAID_ON_LINE) : -1;
	return cli->settings.by[setting->row] >= setting->by &&
		(above < 0 || cli->settings.by[above] >= setting->by) &&
		(setting->by == SAID_ON_LINE || counts_for(cli, row));
}

void cli_take(struct cli *cli, struct setting setting)
{
	struct cli aside = *cli, *into = holds(cli, &setting) ? cli : &aside;
	into->settings.reading = &setting;
	option_read(into, &option_rows[setting.row], setting.value);
	into->settings.reading = NULL;
	if (into != cli)
		return;
	cli->settings.by[setting.row] = setting.by;
	*vec_push(cli->arena, &cli->settings.list) = setting;
}

bool cli_given(const struct cli *cli, const char *name)
{
	return cli->settings.by[option_find(str_of(name), SAID_ON_LINE)] == SAID_ON_LINE;
}

bool setting_is_secret(struct str name)
{
	return str_find(name, "pass") >= 0 || str_find(name, "secret") >= 0 ||
		str_is(name, "pin") || str_starts(name, "pin-");
}

/* -- the command line -------------------------------------------------------------------------- */

static void report_option(struct cli *cli, int code, const char *word)
{
	if (code == ':') {
		diag_add(cli->diags, OPTION_VALUE, place_none(), word);
		return;
	}
	diag_add(cli->diags, OPTION_UNKNOWN, place_none(), word);
	struct str name = str_of(word);
	while (name.len && name.at[0] == '-')
		name = str_slice(name, 1, name.len);
	struct nearest nearest = nearest_within(
		str_format(cli->arena, "--%.*s", str_arg(name)), CLI_MISSPELT);
	for (int i = 0; i < option_row_count; i++)
		nearest_try(&nearest, str_format(cli->arena, "--%s", option_rows[i].name));
	nearest_hint(&nearest, cli->diags);
}

/* What can be yes in another place can be no here. */
static int takes_value(const struct option_row *row)
{
	return row->value                      ? required_argument
		: row->weakest == SAID_ON_LINE ? no_argument
					       : optional_argument;
}

static void fill(struct option *options, char *letter, int *chosen)
{
	*letter++ = ':';
	for (int i = 0; i < option_row_count; i++) {
		const struct option_row *row = &option_rows[i];
		options[i] = (struct option){row->name, takes_value(row), chosen, i};
		if (row->letter)
			*letter++ = row->letter;
		if (row->letter && row->value)
			*letter++ = ':';
	}
}

void cli_read_options(struct cli *cli, int argc, char **argv)
{
	int choice, chosen = 0, rows = option_row_count;
	struct option *options = arena_new_array(cli->arena, struct option, rows + 1);
	char *letters = arena_new_array(cli->arena, char, 2 * rows + 2);
	fill(options, letters, &chosen);
	opterr = 0;
	cli->settings.by = arena_new_array(cli->arena, enum said_by, rows);
	for (int i = 0; i < rows; i++)
		cli->settings.by[i] = SAID_NOWHERE;
	while ((choice = getopt_long(argc, argv, letters, options, NULL)) != -1) {
		if (choice == '?' || choice == ':') {
			report_option(cli, choice, argv[optind - 1]);
			continue;
		}
		for (int i = 0; choice && i < rows; i++)
			if (option_rows[i].letter == choice)
				chosen = i;
		while (!option_rows[chosen].help)
			chosen--;
		const char *name = str_format(cli->arena, "--%s", option_rows[chosen].name).at;
		cli_take(cli, (struct setting){chosen, SAID_ON_LINE, name, optarg, place_none()});
	}
	cli->arguments = argv + optind;
}

/* "batch, status" */
static struct str commands_of(struct cli *cli, unsigned of)
{
	struct buf names = {0};
	for (int i = 0; i < COMMAND_COUNT; i++)
		if (of & 1u << i)
			buf_format(&names, "%s%s", names.len ? ", " : "", commands[i].name);
	struct str copy = str_copy(cli->arena, buf_text(&names));
	buf_free(&names);
	return copy;
}

void cli_check_options(struct cli *cli, const struct command *command)
{
	for (int i = 0; i < option_row_count; i++) {
		const struct option_row *row = &option_rows[i];
		if (cli->settings.by[i] != SAID_ON_LINE || option_is_for(row, cli->bit))
			continue;
		diag_add(cli->diags, OPTION_COMMAND, place_none(), row->name, command->name,
			commands_of(cli, row->of).at, command->name);
	}
}

/* -- the environment --------------------------------------------------------------------------- */

/* The name of the environment variable that stands for an option: LETTERMERGE_OUT. */
static struct str variable_of(struct cli *cli, const struct option_row *row)
{
	struct str name = str_format(cli->arena, VARIABLE_PREFIX "%s", row->name);
	char *at = str_chars(cli->arena, name);
	for (int i = 0; i < name.len; i++)
		at[i] = at[i] == '-' ? '_' : (char)toupper((unsigned char)at[i]);
	return (struct str){at, name.len};
}

/* "NO_SIGN" as the table has it: "no-sign". */
static struct str option_of(struct cli *cli, struct str variable)
{
	char *name = str_chars(cli->arena, variable);
	for (char *at = name; *at; at++)
		*at = *at == '_' ? '-' : (char)tolower((unsigned char)*at);
	return str_of(name);
}

/* Others may have variables of that beginning; one that is nearly ours is misspelt. */
static void take_unknown(struct cli *cli, const char *variable)
{
	struct nearest nearest = nearest_within(str_of(variable), 1);
	for (int i = 0; i < option_row_count; i++)
		if (option_rows[i].weakest >= SAID_IN_ENVIRONMENT)
			nearest_try(&nearest, variable_of(cli, &option_rows[i]));
	if (nearest.best.at) {
		diag_add(cli->diags, VARIABLE_MISSPELT, place_none(), variable);
		nearest_hint(&nearest, cli->diags);
	} else if (cli->bit == 1u << COMMAND_CONFIG && strcmp(variable, EXAMPLES_VARIABLE) != 0) {
		diag_add(cli->diags, VARIABLE_UNKNOWN, place_none(), variable);
	}
}

static void take_variable(struct cli *cli, const char *variable, const char *value)
{
	struct str name = option_of(cli, str_of(variable + strlen(VARIABLE_PREFIX)));
	int row = option_find(name, SAID_IN_ENVIRONMENT);
	while (row >= 0 && !option_rows[row].help)
		row--;
	if (row >= 0)
		cli_take(cli,
			(struct setting){row, SAID_IN_ENVIRONMENT, variable, value, place_none()});
	else if (setting_is_secret(name))
		diag_add(cli->diags, SETTING_SECRET, place_none(), variable);
	else
		take_unknown(cli, variable);
}

bool cli_stands_alone(const struct cli *cli)
{
	enum { ALONE = 1u << COMMAND_INIT | 1u << COMMAND_HELP | 1u << COMMAND_COMPLETION };
	return cli->bit & ALONE || cli->checks.explain;
}

bool cli_read_environment(struct cli *cli)
{
	for (char **entry = environ; *entry && !cli_stands_alone(cli); entry++) {
		struct str rest = str_of(*entry), variable;
		if (!str_starts(rest, VARIABLE_PREFIX) || !str_split(&rest, '=', &variable))
			continue;
		if (rest.len) /* an empty one says nothing */
			take_variable(cli, str_copy(cli->arena, variable).at, rest.at);
	}
	return !diags_failed(cli->diags);
}
