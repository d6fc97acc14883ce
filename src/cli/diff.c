/* diff.c - lettermerge diff ID: a letter as it was written against what it would be now, as text;
 * with --png as pictures of the pages too, in out/diff/. */
#include "cli/cli_int.h"

#include <stdio.h>

struct shown {
	struct cli *cli;
	const char *file; /* of the letter as it was written */
	bool differs;
};

static void show_letter(void *user, const struct job_letter *letter)
{
	struct shown *shown = user;
	shown->differs = letter->fate == JOB_WRITTEN;
	shown->file = str_copy(shown->cli->arena, str_of(letter->file)).at;
	say_as_is(stdout, letter->difference);
	if (letter->fate == JOB_UNCHANGED && !shown->cli->quiet)
		say_to(stdout, "%s: nothing changed\n", letter->file);
}

static void show_finding(void *user, const struct diag *diag)
{
	cli_show(((struct shown *)user)->cli, diag);
}

static bool make_both(struct cli *cli, struct job_request request, struct str id, const char *old)
{
	struct str dir = path_join(cli->arena, str_of(cli_out(cli)), str_lit("diff"));
	struct str stem = path_join(cli->arena, dir, id);
	struct str new = str_format(cli->arena, "%.*s.pdf", str_arg(stem));
	request.listener.user = cli;
	request.listener.found = cli_show;
	request.listener.letter = NULL;
	if (job_write(&request, dir.at).written != 1)
		return true; /* what was wrong is said */
	bool good = cli_make_pictures(cli, new, str_format(cli->arena, "%.*s-new", str_arg(stem)));
	if (good && file_exists(old))
		good = cli_make_pictures(
			cli, str_of(old), str_format(cli->arena, "%.*s-old", str_arg(stem)));
	if (good)
		say_to(stdout, "%.*s-old-*.png\n%.*s-new-*.png\n", str_arg(stem), str_arg(stem));
	return good;
}

int command_diff(struct cli *cli)
{
	struct job_request request = cli_request(cli);
	struct shown shown = {.cli = cli};
	struct str id = cli_record(cli, &request);
	if (!id.at)
		return cli_fail(cli);
	struct job_update update = cli_update(cli);
	update.say_reasons = true;
	request.selection.only = &id;
	request.selection.only_count = 1;
	request.workers = 1;
	request.listener = (struct job_listener){
		.user = &shown, .found = show_finding, .letter = show_letter};
	struct job_result result = job_diff(&request, &update, cli_use_colour(cli, stdout));
	if (cli->shown.png && shown.differs && !make_both(cli, request, id, shown.file))
		return cli_fail(cli);
	return cli_exit_code(cli, &result);
}
