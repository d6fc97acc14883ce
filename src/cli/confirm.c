/* confirm.c - lettermerge confirm: a fact was looked up, and its record says where. */
#include "cli/cli_int.h"

#include "base/diag_id.h"

#include "record/log.h"

#include <stdio.h>

static bool is_words(const char *text)
{
	return text && str_trim(str_of(text)).len && utf8_invalid_at(str_of(text)) < 0;
}

static bool check_options(struct cli *cli)
{
	if (!cli->arguments[0] || !cli->arguments[1] || !is_words(cli->confirming.source) ||
		!cli->confirming.date ||
		(cli->confirming.quote && !is_words(cli->confirming.quote)))
		diag_add0(cli->diags, CONFIRM_WANTS, place_none());
	else if (!span_fits(str_of(cli->confirming.date)))
		diag_add(cli->diags, OPTION_DATE, place_none(), cli->confirming.date);
	return !diags_failed(cli->diags);
}

struct confirming {
	struct cli *cli;
	const struct job_source *source;
	struct job_target target;
	struct confirmation seen;
	struct job_fixed fixed;
	bool done;
};

static bool confirm(void *user, struct diags *diags)
{
	struct confirming *confirming = user;
	confirming->done = job_confirm(confirming->cli->arena, confirming->source,
		&confirming->target, &confirming->seen, &confirming->fixed, diags);
	return confirming->done;
}

/* In the log, where there is one, or it is signed; what cannot be noted there is not done. */
static bool confirm_and_note(struct confirming *confirming, const struct actor *actor)
{
	struct cli *cli = confirming->cli;
	const struct log_line line = {.act = LOG_CONFIRMED,
		.actor = *actor,
		.id = confirming->target.id,
		.note = job_confirmed_note(
			cli->arena, confirming->target.field, &confirming->seen)};
	if (log_note(cli_out(cli), &line, &(struct log_deed){confirm, confirming}, cli->diags))
		return true;
	if (confirming->done)
		job_undo(cli->arena, confirming->source, &confirming->target, &confirming->fixed,
			cli->diags);
	return false;
}

static void show(const struct cli *cli, const struct job_fixed *fixed)
{
	struct buf line = {0};
	struct str said = str_labelled(cli->arena, fixed->field, fixed->label);
	buf_heading(&line, str_of(fixed->file));
	buf_say(&line, ": %.*s was seen in ", str_arg(said));
	buf_quoted(&line, str_of(cli->confirming.source));
	buf_say(&line, ", %s\n", cli->confirming.date);
	say_as_is(stdout, buf_text(&line));
	buf_free(&line);
}

int command_confirm(struct cli *cli)
{
	if (!check_options(cli)) {
		cli_fail(cli);
		return EXIT_USAGE;
	}
	struct job_request request = cli_request(cli);
	struct str id = cli_record(cli, &request);
	struct actor actor = cli_actor(cli, &request.form);
	if (!id.at || !cli_open_seal(cli, &actor))
		return cli_fail(cli);
	struct confirming confirming = {.cli = cli,
		.source = &request.source,
		.target = {.id = id, .field = str_of(cli->arguments[1])},
		.seen = {.source = str_of(cli->confirming.source),
			.date = str_of(cli->confirming.date),
			.quote = str_of(cli->confirming.quote ? cli->confirming.quote : "")}};
	if (!confirm_and_note(&confirming, &actor))
		return cli_fail(cli);
	if (!cli->common.quiet)
		show(cli, &confirming.fixed);
	return EXIT_GOOD;
}
