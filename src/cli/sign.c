/* sign.c - lettermerge sign --level: signed letters get a time stamp, proofs, a seal over both.
 * Each file is replaced whole, so that a run that was stopped goes on where it was. */
#include "cli/cli_int.h"

#include "base/diag_id.h"
#include "level/level.h"

#include <stdio.h>
#include <time.h>

static void put_result(struct buf *out, const struct level_result *result)
{
	const char *after = level_name(result->after);
	if (!result->good)
		buf_puts(out, ": NOT GOOD, left as it is\n");
	else if (result->renewed)
		buf_say(out, ": %s renewed\n", after);
	else if (result->after == result->before)
		buf_say(out, ": %s as before\n", after);
	else
		buf_say(out, ": %s, was %s\n", after, level_name(result->before));
}

static void put_line(struct cli *cli, const char *path, const struct level_result *result)
{
	struct buf out = {0};
	if (cli->run.json_letters) {
		buf_puts(&out, "{\"file\":");
		json_string(&out, str_of(path));
		buf_say(&out, ",\"level\":\"%s\",\"was\":\"%s\",\"renewed\":%s}\n",
			level_name(result->after), level_name(result->before),
			result->renewed ? "true" : "false");
	} else {
		buf_heading(&out, str_of(path));
		put_result(&out, result);
	}
	if (!cli->common.quiet || cli->run.json_letters)
		say_as_is(stdout, buf_text(&out));
	buf_free(&out);
}

static int sign_one(struct cli *cli, struct level_run *run, const char *path)
{
	struct arena_mark mark = arena_save(cli->arena);
	struct diags *diags = diags_new();
	struct level_result result = {0};
	const struct level_aim aim = {.level = cli->raising.level};
	const struct judged letter = {
		file_read(cli->arena, path, place_none(), diags), path, (int64_t)time(NULL)};
	if (letter.bytes.at)
		result = level_raise(run, cli->arena, &letter, aim, diags);
	struct buf out = result.longer;
	bool written = !out.len || file_publish(path, out.at, out.len, true, diags);
	if (!written)
		result = (struct level_result){
			.before = result.before, .after = result.before, .good = result.good};
	put_line(cli, path, &result);
	for (int i = 0; i < diags_len(diags); i++)
		cli_show(cli, diags_at(diags, i));
	bool reached = result.after >= cli->raising.level && !result.due;
	int code = !written ? EXIT_SYSTEM : reached ? EXIT_GOOD : EXIT_FINDINGS;
	buf_free(&out);
	diags_free(diags);
	arena_restore(cli->arena, mark);
	return code;
}

/* Makes what raises letters to --level; interrupted may be NULL. False after an error: also when
 * something that it needs is not given. */
static bool open_levels(struct cli *cli, const atomic_bool *interrupted)
{
	if (cli->raising.level == LEVEL_NONE)
		diag_add0(cli->diags, LEVEL_NONE, place_none());
	if (cli->raising.tsa.len == 0 && !cli->showing.plan)
		diag_add0(cli->diags, TSA_NONE, place_none());
	if (!cli->raising.trust)
		diag_add0(cli->diags, TRUST_UNNAMED, place_none());
	if (diags_failed(cli->diags))
		return false;
	cli->opened.trusted = trust_new(cli->raising.trust, cli->diags);
	if (cli->opened.trusted)
		cli->opened.levels = level_run_new(
			&(struct level_request){.tsa = cli->raising.tsa.at,
				.tsa_count = cli->raising.tsa.len,
				.timeout = 20,
				.patience = cli->raising.wait,
				.interrupted = interrupted,
				.renew = cli->raising.renew,
				.trust = cli->opened.trusted});
	return cli->opened.levels;
}

void cli_close_levels(struct cli *cli)
{
	level_run_free(cli->opened.levels);
	trust_free(cli->opened.trusted);
}

bool cli_has_signer(struct cli *cli, const struct job_request *request)
{
	if (request->signing.identity || cli->signing.no_sign)
		return true;
	diag_add0(cli->diags, SIGNER_NONE, place_none());
	return false;
}

bool cli_open_signing(struct cli *cli, struct job_request *request)
{
	if (!cli_open_identity(cli, request))
		return false;
	struct signing *signing = &request->signing;
	if (signing->identity && cli->raising.level != LEVEL_NONE &&
		!open_levels(cli, request->listener.interrupted))
		return false;
	signing->raise = cli->opened.levels;
	signing->level = cli->raising.level;
	signing->options.spare_room = cli->opened.levels ? LEVEL_SPARE_ROOM : 0;
	return true;
}

int command_sign(struct cli *cli)
{
	int worst = EXIT_GOOD;
	if (!cli->arguments[0])
		diag_add(cli->diags, FILE_NONE, place_none(), "sign", "sign --level T");
	if (!open_levels(cli, cli_interrupted()))
		return cli_fail(cli) == EXIT_SYSTEM ? EXIT_SYSTEM : EXIT_USAGE;
	cli_catch_signals();
	for (char **path = cli->arguments; *path && !*cli_interrupted(); path++) {
		int code = sign_one(cli, cli->opened.levels, *path);
		worst = code > worst ? code : worst;
	}
	cli_close_levels(cli);
	return *cli_interrupted() ? cli_signal_code() : worst;
}
