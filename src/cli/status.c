/* status.c - lettermerge status, batch --dry-run: what batch would write, and why. The letters are
 * the result, so they go to stdout. */
#include "cli/cli_int.h"

#include <stdio.h>

const char *cli_fate(enum job_fate fate, bool plan)
{
	static const char *const done[] = {
		"unchanged", "written", "failed", "without recipient", "removed", "held"};
	static const char *const planned[] = {"unchanged", "to be written", "failed",
		"without recipient", "to be removed", "held"};
	return plan ? planned[fate] : done[fate];
}

static void write_json(const struct cli *cli, const struct job_letter *letter, struct buf *out)
{
	buf_puts(out, "{\"id\":");
	json_string(out, letter->id);
	json_member(out, "file", str_of(letter->file));
	if (letter->edition.len) {
		json_member(out, "edition", letter->edition);
	}
	buf_say(out, ",\"state\":\"%s\"%s,\"reasons\":[", cli_fate(letter->fate, cli->showing.plan),
		letter->same ? ",\"same\":true" : "");
	for (int i = 0; i < letter->reason_count; i++) {
		buf_puts(out, i ? "," : "");
		json_string(out, letter->reasons[i]);
	}
	buf_puts(out, "]}\n");
}

static void write_text(const struct cli *cli, const struct job_letter *letter, struct buf *out)
{
	buf_heading(out, str_of(letter->file));
	buf_puts(out, ": ");
	if (letter->edition.len)
		buf_say(out, "%.*s, ", str_arg(letter->edition));
	buf_puts(out, cli_fate(letter->fate, cli->showing.plan));
	buf_puts(out, letter->same ? ", the same as before" : "");
	for (int i = 0; i < letter->reason_count; i++)
		buf_say(out, "%s%.*s", i ? "; " : ": ", str_arg(letter->reasons[i]));
	buf_char(out, '\n');
}

void cli_letter(void *user, const struct job_letter *letter)
{
	struct cli *cli = user;
	struct buf out = {0};
	bool unchanged = letter->fate == JOB_UNCHANGED || letter->fate == JOB_FAILED;
	if (!letter->file) /* of a check nothing is written */
		return;
	if ((!cli->showing.plan && !cli->common.verbose) || (unchanged && !cli->run.json_letters))
		return;
	if (cli->run.json_letters)
		write_json(cli, letter, &out);
	else
		write_text(cli, letter, &out);
	cli_progress_end(cli);
	say_as_is(stdout, buf_text(&out));
	buf_free(&out);
}

static void show_counts(const struct job_update *update, const struct job_result *result)
{
	say_to(stdout, "%d to be written, %d unchanged, %d failed, %d %s", result->written,
		result->unchanged, result->failed, result->left + result->removed,
		update->prune ? "to be removed" : "without recipient");
	if (update->approvals)
		say_to(stdout, ", %d held", result->held);
	say_to(stdout, "\n");
}

int command_status(struct cli *cli)
{
	struct job_request request = cli_request(cli);
	bool believed = cli_open_believed(cli);
	struct job_update update = cli_update(cli);
	update.say_reasons = true;
	cli->showing.plan = true;
	if (!request.source.template || diags_failed(cli->diags) || !believed ||
		!cli_open_signing(cli, &request))
		return cli_fail(cli);
	struct job_result result = job_plan(&request, &update);
	cli_close_levels(cli);
	cli_progress_end(cli);
	if (!cli->common.quiet && !cli->run.json_letters && result.records)
		show_counts(&update, &result);
	return cli_exit_code(cli, &result);
}
