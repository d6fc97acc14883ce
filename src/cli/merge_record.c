/* merge_record.c - lettermerge merge-record: the records of all shards become that of the whole. */
#include "cli/cli_int.h"

#include <stdio.h>

int command_merge_record(struct cli *cli)
{
	const char *out = cli->out ? cli->out : "out";
	int count = job_merge_records(out, cli->diags);
	if (count < 0)
		return cli_fail(cli);
	if (!cli->quiet)
		printf("%d record%s joined in %s\n", count, plural(count), out);
	return EXIT_GOOD;
}
