/* batch.c - lettermerge batch: every letter. */
#include "cli/cli_int.h"

#include <stdio.h>

int command_batch(struct cli *cli)
{
	struct job_request request = cli_request(cli);
	if (!request.template || diags_failed(cli->diags))
		return cli_fail(cli);
	struct job_result result = job_run(&request);
	cli_progress_end(cli);
	if (result.unconfirmed_records && !cli->quiet)
		fprintf(stderr, "facts not confirmed in %d of %d records, see lettermerge check\n",
			result.unconfirmed_records, result.records);
	if (result.records && !cli->quiet)
		printf("%d letter%s written to %s, %d failed\n", result.written,
			plural(result.written), request.out, result.failed);
	return cli_exit_code(cli, &result);
}
