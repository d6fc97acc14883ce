/* preview.c - lettermerge preview ID: one letter, marked PREVIEW, in out/preview/. */
#include "cli/cli_int.h"

#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

/* Runs a program and waits for it; false when it cannot be run or fails. */
static bool run_program(struct cli *cli, const char *const *arguments)
{
	pid_t child = fork();
	int status = 0;
	if (child == 0) {
		execvp(arguments[0], (char *const *)arguments);
		_exit(127);
	}
	bool good = child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status) &&
		WEXITSTATUS(status) == 0;
	if (!good)
		diag_add(cli->diags, PROGRAM, (struct place){0}, arguments[0]);
	return good;
}

bool cli_make_pictures(struct cli *cli, struct str pdf, struct str stem)
{
	struct str dpi = str_format(cli->arena, "%d", cli->png);
	const char *const arguments[] = {"pdftoppm", "-png", "-r", dpi.at, pdf.at, stem.at, NULL};
	return run_program(cli, arguments);
}

static bool open_letter(struct cli *cli, struct str pdf)
{
	const char *const arguments[] = {"xdg-open", pdf.at, NULL};
	return run_program(cli, arguments);
}

int command_preview(struct cli *cli)
{
	struct job_request request = cli_request(cli);
	struct str id = cli_record(cli, &request);
	if (!id.at)
		return cli_fail(cli);
	request.only = &id;
	request.only_count = 1;
	request.workers = 1;
	request.watermark = "PREVIEW";
	request.out = path_join(cli->arena, str_of(request.out), str_lit("preview")).at;
	struct job_result result = job_run(&request);
	if (!result.written)
		return cli_exit_code(cli, &result);
	struct str name = str_format(cli->arena, "%.*s.pdf", str_arg(id));
	struct str pdf = path_join(cli->arena, str_of(request.out), name);
	printf("%s\n", pdf.at);
	struct str stem = str_copy(cli->arena, str_slice(pdf, 0, pdf.len - 4));
	if ((cli->png && !cli_make_pictures(cli, pdf, stem)) ||
		(cli->open && !open_letter(cli, pdf)))
		return cli_fail(cli);
	return cli_exit_code(cli, &result);
}
