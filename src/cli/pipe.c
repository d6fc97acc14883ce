/* pipe.c - files that options name and that come through a pipe: "-", /dev/stdin, <(…), a FIFO; and
 * "-" for writing.
 *
 * Each is read once, to its end, into a file without a name, which then stands under the number
 * that the pipe had: so whoever reads it may go back and begin anew, and of a million records none
 * is held in memory. */
#include "cli/cli_int.h"

#include "base/diag_id.h"
#include "recipients/recipients.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static const char standard_input[] = "/dev/stdin";

/* "-" is the standard input. */
static const char *name_of(const char *path)
{
	return path && strcmp(path, "-") == 0 ? standard_input : path;
}

static bool is_pipe(const char *path)
{
	struct stat status;
	return path && stat(path, &status) == 0 &&
		(S_ISFIFO(status.st_mode) || S_ISCHR(status.st_mode) || S_ISSOCK(status.st_mode));
}

/* The number that a file is open under already; -1: none. */
static int number_of(const char *path)
{
	static const char *const folders[] = {"/dev/fd/", "/proc/self/fd/"};
	if (strcmp(path, standard_input) == 0)
		return STDIN_FILENO;
	for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
		char *end = NULL;
		const char *digits = path + strlen(folders[i]);
		long number = str_starts(str_of(path), folders[i]) ? strtol(digits, &end, 10) : -1;
		if (number >= 0 && number < INT_MAX && end != digits && !*end)
			return (int)number;
	}
	return -1;
}

static bool copy(int from, int to)
{
	char bytes[65536];
	for (;;) {
		ssize_t got = read(from, bytes, sizeof bytes);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return got == 0;
		if (!file_write_all(to, bytes, (size_t)got))
			return false;
	}
}

/* The name of a file with what came through the pipe; NULL after an error. */
static const char *lay_down(struct cli *cli, const char *path)
{
	int number = number_of(path);
	int from = number >= 0 ? dup(number) : open(path, O_RDONLY | O_CLOEXEC);
	int to = file_nameless();
	bool good = from >= 0 && to >= 0 && copy(from, to) &&
		(number < 0 || dup2(to, number) == number);
	if (!good)
		file_not_read(path, cli->diags);
	if (from >= 0)
		close(from);
	if (to >= 0 && (number >= 0 || !good))
		close(to);
	if (!good)
		return NULL;
	return number >= 0 ? path : str_format(cli->arena, "/dev/fd/%d", to).at;
}

static bool is_database(struct cli *cli, const char *path)
{
	char head[16] = "";
	FILE *file = file_stream(path);
	size_t len = file ? fread(head, 1, sizeof head, file) : 0;
	if (file)
		fclose(file);
	bool found = len == sizeof head && memcmp(head, "SQLite format 3", sizeof head) == 0;
	if (found)
		diag_add(cli->diags, PIPE, place_in(path), path,
			"a database is read now here, now there");
	return found;
}

/* What cannot be done with a pipe. */
static bool may_be_pipe(struct cli *cli, const char *path)
{
	const struct {
		bool asked;
		const char *reason;
	} rows[] = {
		{strcmp(cli->command, "serve") == 0, "the desk reads files again on each save"},
		{strcmp(cli->command, "confirm") == 0, "confirm writes into the record's file"},
		{cli->shown.watch, "--watch reads files again on each save"},
		{cli->run.deps, "--deps names files"},
		{cli->from.template && cli->from.recipients &&
				strcmp(name_of(cli->from.template),
					name_of(cli->from.recipients)) == 0,
			"it can be the template or the records, not both"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (rows[i].asked) {
			diag_add(cli->diags, PIPE, place_none(), path, rows[i].reason);
			return false;
		}
	return true;
}

/* The standard output holds one letter, and nothing beside it. */
static bool check_out(struct cli *cli)
{
	const struct {
		bool asked;
		const char *reason;
	} rows[] = {
		{cli->bit != 1u << COMMAND_PREVIEW, "is for the one letter of preview"},
		{cli->shown.proof, "holds one letter, and --proof chooses several"},
		{cli->shown.watch, "ends with the letter, and --watch does not"},
		{cli->shown.text || cli->shown.png || cli->shown.open,
			"leaves no file to show by --text, --png or --open"},
		{cli->run.json_letters, "holds the letter alone, and no line of --json"},
		{isatty(STDOUT_FILENO), "is a terminal here, and a letter is not for reading"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (rows[i].asked) {
			diag_add(cli->diags, OUT_STREAM, place_none(), rows[i].reason);
			return false;
		}
	return true;
}

/* False after an error. */
static bool take(struct cli *cli, const char **path, bool *piped)
{
	const char *name = name_of(*path);
	*piped = is_pipe(name);
	const char *laid = *piped && may_be_pipe(cli, *path) ? lay_down(cli, name) : NULL;
	*path = laid ? laid : name;
	return laid || !*piped;
}

bool cli_take_pipes(struct cli *cli)
{
	bool piped;
	if (cli->common.out && strcmp(cli->common.out, "-") == 0 && !check_out(cli))
		return false;
	if (cli->run.deps && cli->from.recipients && recipients_is_server(cli->from.recipients)) {
		const char *shown = recipients_shown(cli->arena, cli->from.recipients);
		diag_add(cli->diags, DEPS_SERVER, place_none(), shown);
		return false;
	}
	if (!take(cli, &cli->from.template, &piped))
		return false;
	if (piped) {
		cli->opened.template_bytes = file_read(
			cli->arena, cli->from.template, place_none(), cli->diags);
		cli->from.template = "-"; /* what it names is sought from the folder at hand */
	}
	return take(cli, &cli->from.style, &piped) && take(cli, &cli->from.recipients, &piped) &&
		!(piped && is_database(cli, cli->from.recipients));
}
