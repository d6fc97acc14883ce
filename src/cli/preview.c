/* preview.c - lettermerge preview ID: one letter, marked PREVIEW and never signed, in out/preview/,
 * or with --proof the few that show all; with --watch again on each save of what it is made
 * from. */
#include "cli/cli_int.h"

#include "base/diag_id.h"

#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

/* Runs a program and waits for it; false when it cannot be run or fails. */
static bool run_program(struct cli *cli, const char *const *arguments)
{
	pid_t child = fork();
	int status = 0;
	if (child == 0) {
		execvp(arguments[0], without_const(arguments));
		_exit(127);
	}
	bool good = child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status) &&
		WEXITSTATUS(status) == 0;
	if (!good)
		diag_add(cli->diags, PROGRAM, place_none(), arguments[0]);
	return good;
}

bool cli_make_pictures(struct cli *cli, struct str pdf, struct str stem)
{
	struct str dpi = str_format(cli->arena, "%d", cli->shown.dpi ? cli->shown.dpi : 100);
	const char *const arguments[] = {"pdftoppm", "-png", "-r", dpi.at, pdf.at, stem.at, NULL};
	return run_program(cli, arguments);
}

bool cli_open_link(struct cli *cli, const char *link)
{
	const char *const arguments[] = {"xdg-open", link, NULL};
	return run_program(cli, arguments);
}

/* The words, of the twin that was written beside the letter. */
static bool print_text(struct cli *cli, struct str stem)
{
	const char *path = str_format(cli->arena, "%.*s.txt", str_arg(stem)).at;
	struct str text = file_read(cli->arena, path, place_none(), cli->diags);
	struct buf out = {0};
	buf_shown_lines(&out, text);
	say_as_is(stdout, buf_text(&out));
	buf_free(&out);
	return text.at != NULL;
}

bool cli_show_made(struct cli *cli, struct str stem)
{
	return (!cli->shown.text || print_text(cli, stem)) &&
		(!cli->shown.png ||
			cli_make_pictures(
				cli, str_format(cli->arena, "%.*s.pdf", str_arg(stem)), stem));
}

static void count_pages(void *user, const struct job_letter *letter)
{
	struct cli *cli = user;
	cli->opened.pages = letter->pages;
}

static void say_made(struct cli *cli, struct str id, struct str pdf)
{
	const struct chosen letter = {.id = id, .pages = cli->opened.pages};
	struct buf line = {0};
	if (cli->run.json_letters)
		cli_put_preview(&letter, pdf, &line);
	else if (!cli->shown.text)
		buf_say(&line, "%s\n", pdf.at);
	say_as_is(stdout, buf_text(&line));
	buf_free(&line);
}

/* The letter once; after an error the preview before it stays. */
static int make(struct cli *cli, const struct job_request *request, const char *out, bool *made)
{
	struct job_result result = job_write(request, out);
	cli_progress_end(cli);
	*made = result.written > 0;
	if (!*made)
		return cli_exit_code(cli, &result);
	struct str stem = path_join(cli->arena, str_of(out), request->selection.only[0]);
	struct str pdf = str_format(cli->arena, "%.*s.pdf", str_arg(stem));
	say_made(cli, request->selection.only[0], pdf);
	bool good = cli_show_made(cli, stem);
	good = good && (!cli->shown.open || cli_open_link(cli, pdf.at));
	cli->shown.open = false;
	return good ? cli_exit_code(cli, &result) : cli_fail(cli);
}

/* With --out -: the letter alone, on the standard output. */
static void put_letter(void *user, const struct job_letter *letter)
{
	if (letter->fate == JOB_WRITTEN)
		say_as_is(stdout, letter->pdf);
	cli_send(user);
}

static int make_to_stream(struct cli *cli, struct job_request *request)
{
	request->listener.letter = put_letter;
	struct job_result result = job_write(request, NULL);
	return cli_exit_code(cli, &result);
}

/* On a terminal what is said takes the place of what was said before. */
static void clear_terminal(const struct cli *cli)
{
	if (cli_is_screen(stderr) && !cli->common.quiet)
		say_to(stderr, "\033[H\033[2J");
}

static int make_on_each_save(struct cli *cli, const struct job_request *request, const char *out)
{
	struct job_watch *watch = job_watch_new(&request->source, out, cli->diags);
	struct arena_mark mark = arena_save(cli->arena);
	if (!watch)
		return cli_fail(cli);
	for (;;) {
		bool made;
		clear_terminal(cli);
		if (cli->shown.proof)
			cli_make_proofs(cli, request, out, &made);
		else
			make(cli, request, out, &made);
		fflush(stdout);
		cli_show_rest(cli);
		memset(cli->showing.found, 0, DIAG_COUNT * sizeof *cli->showing.found);
		if (!cli->common.quiet)
			say_to(stderr, "%s; watching, end with Ctrl-C\n",
				made ? "made" : "not made, the last good one is kept");
		arena_restore(cli->arena, mark);
		while (!job_watch_wait(watch, -1))
			;
		job_watch_renew(watch);
	}
}

int command_preview(struct cli *cli)
{
	struct job_request request = cli_request(cli);
	struct str id = {0};
	if (!cli->shown.proof)
		id = cli_record(cli, &request);
	else if (cli->arguments[0])
		diag_add(cli->diags, PROOF_ONE, place_none(), cli->arguments[0]);
	if (cli->run.json_letters && cli->shown.text)
		diag_add(cli->diags, JSON_WITH, place_none(), "--text");
	if (!request.source.template || diags_failed(cli->diags))
		return cli_fail(cli);
	if (!cli->shown.proof) {
		request.selection.only = &id;
		request.selection.only_count = 1;
	}
	request.listener.letter = count_pages;
	request.workers = 1;
	request.form.watermark = "PREVIEW";
	request.form.also[FILE_TEXT] |= cli->shown.text;
	if (cli->common.out && strcmp(cli->common.out, "-") == 0)
		return make_to_stream(cli, &request);
	const char *out = path_join(cli->arena, str_of(cli_out(cli)), str_lit("preview")).at;
	bool made;
	return cli->shown.watch    ? make_on_each_save(cli, &request, out)
		: cli->shown.proof ? cli_make_proofs(cli, &request, out, &made)
				   : make(cli, &request, out, &made);
}
