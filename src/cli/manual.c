/* manual.c - the manual page of a command, from the tables of commands and options: what help says,
 * as roff (man(7)). lettermerge.1 has what they share. */
#include "cli/cli_int.h"

#include <ctype.h>

/* Text in which nothing acts on roff. */
static void put(struct buf *out, const char *text)
{
	if (*text == '.' || *text == '\'')
		buf_puts(out, "\\&");
	for (; *text; text++)
		if (*text == '-')
			buf_puts(out, "\\-");
		else if (*text == '\\')
			buf_puts(out, "\\e");
		else
			buf_char(out, *text);
}

static void put_option(struct buf *out, const struct option_row *row)
{
	buf_puts(out, ".TP\n\\fB");
	if (row->letter)
		buf_format(out, "\\-%c\\fR, \\fB", row->letter);
	buf_puts(out, "\\-\\-");
	put(out, row->name);
	buf_puts(out, "\\fR");
	if (row->value) {
		buf_puts(out, "=\\fI");
		put(out, row->value);
		buf_puts(out, "\\fR");
	}
	buf_char(out, '\n');
	put(out, row->help);
	if (row->usual) {
		buf_puts(out, " (default: ");
		put(out, row->usual);
		buf_char(out, ')');
	}
	buf_puts(out, ".\n");
}

static void put_head(struct buf *out, const struct command *command)
{
	const char *name = command->name;
	buf_puts(out, ".\\\" Written by lettermerge help --man: do not edit.\n.TH LETTERMERGE\\-");
	for (const char *at = name; *at; at++)
		buf_char(out, (char)toupper((unsigned char)*at));
	buf_puts(out, " 1 2020-10-13 lettermerge \"User commands\"\n.SH NAME\nlettermerge\\-");
	put(out, name);
	buf_puts(out, " \\- ");
	put(out, command->summary);
	buf_puts(out, "\n.SH SYNOPSIS\n.B lettermerge ");
	put(out, name);
	buf_puts(out, "\n\\fI");
	put(out, command->arguments);
	buf_puts(out, "\\fR [\\fIOPTION\\fR]...\n");
}

static void put_examples(struct buf *out, const struct command *command)
{
	buf_puts(out, ".SH EXAMPLES\n");
	for (size_t i = 0; i < sizeof command->examples / sizeof *command->examples; i++) {
		const struct example *example = &command->examples[i];
		buf_puts(out, ".TP\n\\fBlettermerge ");
		put(out, example->line);
		buf_puts(out, "\\fR\n");
		put(out, *example->does ? example->does : command->summary);
		buf_puts(out, ".\n");
	}
}

void cli_print_manual(const struct command *command, FILE *out)
{
	struct buf page = {0};
	put_head(&page, command);
	buf_puts(&page, ".SH OPTIONS\n");
	for (int i = 0; i < option_row_count; i++)
		if (option_rows[i].help &&
			option_is_for(&option_rows[i], 1u << (command - commands)))
			put_option(&page, &option_rows[i]);
	put_examples(&page, command);
	buf_puts(&page, ".SH SEE ALSO\n.BR lettermerge (1),\nin its folder of documents:\n");
	put(&page, command->more);
	buf_char(&page, '\n');
	say_as_is(out, buf_text(&page));
	buf_free(&page);
}
