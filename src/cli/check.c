/* check.c - lettermerge check: all findings for all letters, nothing written. The findings are the
 * result, so they go to stdout. */
#include "cli/cli_int.h"

#include "base/diag_id.h"

#include <stdio.h>

/* How many of each kind, as soon as there are several kinds. */
static void show_kinds(const int *found)
{
	int kinds = 0;
	for (int id = 0; id < DIAG_COUNT; id++)
		kinds += found[id] > 0;
	for (int id = 0; id < DIAG_COUNT && kinds > 1; id++)
		if (found[id])
			say_to(stdout, "%7d  %s\n", found[id], diag_code(id));
}

/* What came in is what could be made and what was rejected. */
static void show_summary(const struct job_result *result, const int *found)
{
	show_kinds(found);
	int unconfirmed = standings_unconfirmed(&result->standings);
	say_to(stdout, "%d record%s checked: %d error%s, %d warning%s, %d fact%s not confirmed\n",
		result->records, plural(result->records), result->errors, plural(result->errors),
		result->warnings, plural(result->warnings), unconfirmed, plural(unconfirmed));
	cli_show_standings(result, stdout);
	say_to(stdout, "%d = %d letter%s + %d rejected\n", result->records,
		result->records - result->failed, plural(result->records - result->failed),
		result->failed);
}

static void show_isolated(const struct job_result *result, const int *found)
{
	int others = found[DIAG_ISOLATED_DIFFERS] + found[DIAG_ISOLATED_FAILED];
	int made = result->records - result->failed;
	say_to(stdout, "%d letter%s made from their records alone as well, ", made, plural(made));
	if (others)
		say_to(stdout, "%d of them others\n", others);
	else
		say_to(stdout, "all of them the same\n");
}

int command_check(struct cli *cli)
{
	if (cli->checks.explain)
		return cli_explain(cli);
	struct job_request request = cli_request(cli);
	struct job_check check = {.no_pages = (cli->checks.no_pages || cli->checks.unconfirmed) &&
			!cli->checks.isolated,
		.grammars = !cli->checks.unconfirmed,
		.isolated = cli->checks.isolated,
		.out = cli_out(cli)};
	cli->showing.notes = true;
	cli->showing.stream = stdout;
	cli->common.json |= cli->run.json_letters;
	if (!request.source.template || diags_failed(cli->diags))
		return cli_fail(cli);
	struct job_result result = job_check(&request, &check);
	cli_progress_end(cli);
	int found[DIAG_COUNT];
	memcpy(found, cli->showing.found, sizeof found);
	cli_show_rest(cli);
	if (!cli->common.quiet && !cli->common.json)
		show_summary(&result, found);
	if (!cli->common.quiet && !cli->common.json && cli->checks.isolated)
		show_isolated(&result, found);
	return cli_exit_code(cli, &result);
}
