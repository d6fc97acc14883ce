/* forget.c - lettermerge forget: what a folder of letters holds of a person goes. */
#include "cli/cli_int.h"

#include "base/diag_id.h"

#include <stdio.h>

/* Beside a folder of letters alone there may be no source to look at. */
static bool has_source(const struct cli *cli)
{
	return (cli->from.template || file_exists("templates")) &&
		(cli->from.recipients || file_exists("recipients"));
}

/* What would only come back is not forgotten. */
static bool is_out_of_source(struct cli *cli, const struct str *ids, int count)
{
	struct job_request request = cli_request(cli);
	for (int i = 0; request.source.template && i < count; i++)
		if (job_has_record(&request.source, ids[i], cli->diags))
			diag_add(cli->diags, FORGET_SOURCE, place_none(),
				recipients_shown(cli->arena, request.source.recipients), ids[i].at);
	return !diags_failed(cli->diags);
}

int command_forget(struct cli *cli)
{
	int count = 0;
	if (!cli->arguments[0]) {
		diag_add(cli->diags, ARGUMENT_MISSING, place_none(), cli->command, cli->command);
		return cli_fail(cli);
	}
	while (cli->arguments[count])
		count++;
	struct str *ids = arena_new_array(cli->arena, struct str, count);
	for (int i = 0; i < count; i++)
		ids[i] = str_of(cli->arguments[i]);
	bool looked = !cli->run.force && has_source(cli);
	if ((looked && !is_out_of_source(cli, ids, count)) ||
		!job_forget(cli_out(cli), ids, count, cli->diags))
		return cli_fail(cli);
	if (!cli->common.quiet)
		say_to(stdout, "%d record%s forgotten in %s%s\n", count, plural(count),
			cli_word(cli, cli_out(cli)),
			looked ? "" : "; whether the source still has any was not looked at");
	return EXIT_GOOD;
}
