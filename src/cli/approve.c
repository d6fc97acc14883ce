/* approve.c - lettermerge approve: who says that a letter may go out as it is now. */
#include "cli/cli_int.h"

#include <pwd.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

const char *cli_approver(const struct cli *cli)
{
	const struct passwd *user = getpwuid(geteuid());
	if (cli->approving.by)
		return cli->approving.by;
	return user ? user->pw_name : str_format(cli->arena, "user %d", (int)geteuid()).at;
}

static void show_approval(void *user, const struct approval *approval)
{
	char when[32] = "";
	time_t at = (time_t)approval->at;
	struct tm tm;
	(void)user;
	if (gmtime_r(&at, &tm))
		strftime(when, sizeof when, "%Y-%m-%d %H:%M UTC", &tm);
	struct buf why = {0};
	if (approval->older) {
		buf_puts(&why, "; void: ");
		approval_why(approval, &why);
	}
	say_to(stdout, "%.*s: approved by %.*s, %s%s\n", str_arg(approval->id),
		str_arg(approval->by), when, buf_text(&why).at);
	buf_free(&why);
}

static int list(struct cli *cli)
{
	return approvals_each(cli_out(cli), str_lit(""), NULL, show_approval, NULL, cli->diags)
		? EXIT_GOOD
		: cli_fail(cli);
}

static int withdraw(struct cli *cli, const struct str *ids, int count)
{
	int withdrawn = approvals_take_back(
		cli_out(cli), ids, count, cli->approving.by, cli->diags);
	if (withdrawn < 0)
		return cli_fail(cli);
	if (!cli->quiet)
		say_to(stdout, "%d approval%s withdrawn\n", withdrawn, plural(withdrawn));
	return EXIT_GOOD;
}

static int approve(struct cli *cli, struct job_request *request, const struct str *ids, int count)
{
	const struct job_form *form = &request->form;
	struct job_approver approver = {.out = cli_out(cli),
		.name = cli_approver(cli),
		.at = form->has_time ? form->time : (int64_t)time(NULL)};
	request->selection.only = ids;
	request->selection.only_count = count;
	request->listener.letter = NULL;
	struct job_result result = job_approve(request, &approver);
	cli_progress_end(cli);
	if (!cli->quiet)
		say_to(stdout, "%d letter%s approved by %s, %d failed\n", result.written,
			plural(result.written), approver.name, result.failed);
	return cli_exit_code(cli, &result);
}

/* A part of a name is enough, as long as it means one letter. */
int command_approve(struct cli *cli)
{
	struct job_request request = cli_request(cli);
	int count = 0;
	while (cli->arguments[count])
		count++;
	if (!request.source.template || diags_failed(cli->diags))
		return cli_fail(cli);
	if (!count && !cli->which.only.len)
		return list(cli);
	struct str *ids = arena_new_array(cli->arena, struct str, count + cli->which.only.len);
	for (int i = 0; i < count; i++)
		ids[i] = job_find_record(
			cli->arena, &request.source, cli->arguments[i], cli->diags);
	for (int i = 0; i < cli->which.only.len; i++)
		ids[count + i] = cli->which.only.at[i];
	count += cli->which.only.len;
	if (diags_failed(cli->diags))
		return cli_fail(cli);
	return cli->approving.withdraw ? withdraw(cli, ids, count)
				       : approve(cli, &request, ids, count);
}
