/* config.c - lettermerge config: the options that may be said outside of the command line, what
 * holds of each, and where that was said. docs/schemas/config.json describes what --json prints. */
#include "cli/cli_int.h"

#include "recipients/recipients.h"

#include <stdio.h>

static bool is_last(const struct cli *cli, int at)
{
	for (int i = at + 1; i < cli->settings.list.len; i++)
		if (cli->settings.list.at[i].row == cli->settings.list.at[at].row)
			return false;
	return true;
}

/* Of what was said several times the last counts, unless all do. */
static bool counts(const struct cli *cli, int at, int row)
{
	return cli->settings.list.at[at].row == row && (option_rows[row].many || is_last(cli, at));
}

static const char *value_of(struct cli *cli, const struct setting *setting)
{
	return setting->value ? recipients_shown(cli->arena, setting->value) : "yes";
}

/* -- for people -------------------------------------------------------------------------------- */

static void put_line(struct buf *out, const char *name, const char *value, struct str where)
{
	buf_say(out, "%-14s %-26s %.*s\n", name, value, str_arg(where));
}

static void put_text(struct cli *cli, int row, struct buf *out)
{
	const struct option_row *option = &option_rows[row];
	struct buf where = {0};
	for (int i = 0; i < cli->settings.list.len; i++) {
		const struct setting *setting = &cli->settings.list.at[i];
		if (!counts(cli, i, row))
			continue;
		buf_clear(&where);
		if (setting->by == SAID_IN_PROJECT)
			place_write(setting->at, &where);
		else
			buf_puts(&where, setting->name);
		put_line(
			out, option->name, cli_word(cli, value_of(cli, setting)), buf_text(&where));
	}
	if (cli->settings.by[row] == SAID_NOWHERE)
		put_line(out, option->name, option->usual ? option->usual : "no",
			str_lit("by default"));
	buf_free(&where);
}

/* -- for programs ------------------------------------------------------------------------------ */

static void put_json(struct cli *cli, int row, struct buf *out)
{
	static const char *const said[] = {"command-line", "environment", "project", "default"};
	const struct option_row *option = &option_rows[row];
	const struct setting *last = NULL;
	buf_format(out, "{\"config\":1,\"option\":\"%s\",\"values\":[", option->name);
	for (int i = 0; i < cli->settings.list.len; i++) {
		if (!counts(cli, i, row))
			continue;
		buf_puts(out, last ? "," : "");
		last = &cli->settings.list.at[i];
		json_string(out, str_of(value_of(cli, last)));
	}
	buf_format(out, "],\"by\":\"%s\"", said[cli->settings.by[row]]);
	if (!last && option->usual)
		json_member(out, "usual", str_of(option->usual));
	else if (last && last->by == SAID_IN_ENVIRONMENT)
		json_member(out, "variable", str_of(last->name));
	else if (last && last->by == SAID_IN_PROJECT) {
		json_member(out, "file", str_of(last->at.file));
		buf_format(out, ",\"line\":%d,\"column\":%d", last->at.line, last->at.column);
	}
	buf_puts(out, "}\n");
}

int command_config(struct cli *cli)
{
	struct buf out = {0};
	for (int row = 0; row < option_row_count; row++)
		if (option_rows[row].help && option_rows[row].weakest != SAID_ON_LINE)
			(cli->run.json_letters ? put_json : put_text)(cli, row, &out);
	say_as_is(stdout, buf_text(&out));
	buf_free(&out);
	cli_fail(cli);
	return EXIT_GOOD;
}
