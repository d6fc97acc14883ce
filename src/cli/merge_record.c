/* merge_record.c - lettermerge merge-record: the records of all shards become that of the whole,
 * and so do their lists of signed letters. */
#include "cli/cli_int.h"

#include <stdio.h>

int command_merge_record(struct cli *cli)
{
	struct job_request request = {0};
	const char *out = cli_out(cli);
	if (!cli_may_use_out(cli, true))
		return cli_fail(cli);
	const struct job_join join = {cli->run.partial, LETTERMERGE_VERSION};
	int count = cli_open_identity(cli, &request)
		? job_merge_records(out, &request.signing, &join, cli->diags)
		: -1;
	if (count < 0)
		return cli_fail(cli);
	if (!cli->common.quiet)
		say_to(stdout, "%d record%s joined in %s\n", count, plural(count),
			cli_word(cli, out));
	return EXIT_GOOD;
}
