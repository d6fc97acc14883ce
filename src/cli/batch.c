/* batch.c - lettermerge batch: every letter that is missing or not up to date. */
#include "cli/cli_int.h"

#include "base/diag_id.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>

static double seconds(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static void show_summary(const struct cli *cli, const struct job_update *update,
	const struct job_result *result, double took)
{
	if (cli->common.quiet || !result->records)
		return;
	say_to(stdout, "%d letter%s written to %s", result->written, plural(result->written),
		cli_word(cli, update->to.archive ? update->to.archive : update->to.out));
	if (result->same)
		say_to(stdout, " (%d the same as before)", result->same);
	say_to(stdout, ", %d unchanged, %d failed, %d removed", result->unchanged, result->failed,
		result->removed);
	if (update->approvals)
		say_to(stdout, ", %d held", result->held);
	say_to(stdout, "; %.1f s", took);
	if (took > 0)
		say_to(stdout, ", %.0f a second", result->records / took);
	say_to(stdout, "\n");
}

static void show_notes(
	const struct cli *cli, const struct job_update *update, const struct job_result *result)
{
	if (cli->common.quiet)
		return;
	cli_show_standings(result, stderr);
	if (result->unconfirmed_records)
		say_to(stderr,
			"facts not confirmed in %d of %d records, see lettermerge check "
			"--unconfirmed\n",
			result->unconfirmed_records, result->records);
	if (result->left)
		say_to(stderr, "%d letter%s in %s without a recipient, remove with --prune\n",
			result->left, plural(result->left), cli_word(cli, update->to.out));
	if (result->held)
		say_to(stderr,
			"%d letter%s held for want of approval%s, see lettermerge status "
			"--approvals %d\n",
			result->held, plural(result->held),
			result->objected ? ", or for what was said against them" : "",
			update->approvals);
	if (result->interrupted)
		say_to(stderr, "broken off after %d of the letters, the next run goes on\n",
			result->records);
}

static void show_bundle(const struct cli *cli, const struct job_result *result, double took)
{
	if (cli->common.quiet)
		return;
	if (!result->bundled) {
		say_to(stderr, "%s was not written\n", cli_word(cli, cli->run.bundle));
		return;
	}
	say_to(stdout,
		"%d letter%s, %" PRId64 " page%s and %" PRId64 " blank in %s, %d failed; %.1f s",
		result->written, plural(result->written), result->pages,
		result->pages == 1 ? "" : "s", result->blank, cli_word(cli, cli->run.bundle),
		result->failed, took);
	if (took > 0)
		say_to(stdout, ", %.0f a second", result->records / took);
	say_to(stdout, "\n");
}

static int make_bundle(struct cli *cli, struct job_request *request)
{
	struct job_bundle bundle = {.file = cli->run.bundle,
		.simplex = cli->run.simplex,
		.durability = cli->run.fast ? DURABILITY_FAST : DURABILITY_SAFE};
	request->listener.letter = NULL;
	request->form.attach_source = false; /* a project's setting is for the letters' own files */
	memset(request->form.also, 0, sizeof request->form.also);
	cli_catch_signals();
	double start = seconds();
	struct job_result result = job_bundle(request, &bundle);
	cli_progress_end(cli);
	show_bundle(cli, &result, seconds() - start);
	return cli_exit_code(cli, &result);
}

/* It names people: for its owner alone. Laid down beside before the run, so that what cannot be
 * written is said before letters are. */
static bool open_report(struct cli *cli, struct beside *file)
{
	struct str path = str_of(cli->run.report), name = path_base(path);
	struct str part = str_format(cli->arena, ".%.*s.part", str_arg(name));
	beside_open_alone(file, path.at, path_join(cli->arena, path_dir(path), part).at);
	beside_make_private(file);
	if (!file->error)
		return true;
	beside_report(file, cli->diags);
	beside_end(file, false);
	return false;
}

static bool write_report(struct cli *cli, struct beside *file, const struct buf *page)
{
	beside_write(file, page->at, page->len);
	if (beside_end(file, true))
		return true;
	beside_report(file, cli->diags);
	cli_fail(cli);
	return false;
}

/* With what is asked for beside it. */
static struct job_result write_letters(
	struct cli *cli, const struct job_request *request, struct job_update *update)
{
	struct job_result none = {.system_failure = true};
	struct beside file;
	struct buf page = {0};
	if (!cli->run.report)
		return job_update(request, update);
	if (!open_report(cli, &file)) {
		cli_fail(cli);
		return none;
	}
	update->report = &page;
	struct job_result result = job_update(request, update);
	update->report = NULL;
	if (!write_report(cli, &file, &page))
		result.system_failure = true;
	buf_free(&page);
	return result;
}

int command_batch(struct cli *cli)
{
	struct job_request request = cli_request(cli);
	bool believed = cli_open_believed(cli);
	struct job_update update = cli_update(cli);
	if (cli->run.dry_run)
		return command_status(cli); /* which leaves nothing behind */
	update.say_reasons = cli->common.verbose;
	request.listener.letter = cli->common.verbose ? cli_letter : NULL;
	request.listener.interrupted = cli_interrupted();
	if (request.source.template && !diags_failed(cli->diags) && cli->run.bundle)
		return make_bundle(cli, &request);
	if (!request.source.template || diags_failed(cli->diags) || !believed ||
		!cli_open_signing(cli, &request))
		return cli_fail(cli);
	if (!cli_has_signer(cli, &request))
		return cli_fail(cli);
	cli_catch_signals();
	double start = seconds();
	struct job_result result = write_letters(cli, &request, &update);
	cli_close_levels(cli);
	cli_progress_end(cli);
	show_notes(cli, &update, &result);
	show_summary(cli, &update, &result, seconds() - start);
	return cli_exit_code(cli, &result);
}
