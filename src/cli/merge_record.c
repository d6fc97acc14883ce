/* merge_record.c - lettermerge merge-record: the records of all shards become that of the whole,
 * and so do their lists of signed letters. */
#include "cli/cli_int.h"

#include <stdio.h>

int command_merge_record(struct cli *cli)
{
	struct job_request request = {.out = cli->out ? cli->out : "out"};
	int count = cli_open_identity(cli, &request) ? job_merge_records(&request, cli->diags) : -1;
	if (count < 0)
		return cli_fail(cli);
	if (!cli->quiet)
		printf("%d record%s joined in %s\n", count, plural(count), request.out);
	return EXIT_GOOD;
}
