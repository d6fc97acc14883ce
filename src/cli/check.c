/* check.c - lettermerge check: all findings for all letters, nothing written. The findings are the
 * result, so they go to stdout. */
#include "cli/cli_int.h"

#include <stdio.h>

int command_check(struct cli *cli)
{
	struct job_request request = cli_request(cli);
	request.out = NULL;
	cli->show_notes = true;
	cli->findings = stdout;
	if (!request.template || diags_failed(cli->diags))
		return cli_fail(cli);
	struct job_result result = job_run(&request);
	cli_progress_end(cli);
	if (!cli->quiet && !cli->json)
		printf("%d record%s checked: %d error%s, %d warning%s, %d fact%s not confirmed\n",
			result.records, plural(result.records), result.errors,
			plural(result.errors), result.warnings, plural(result.warnings),
			result.unconfirmed_facts, plural(result.unconfirmed_facts));
	return cli_exit_code(cli, &result);
}
