/* proof.c - lettermerge preview --proof: the few letters that show all that letters of this
 * template show, as previews, and why each was chosen.
 *
 * Two runs: all letters in memory, to choose; then those chosen, to out/preview. What is found in
 * the first is the business of check; here it is said of the letters that are looked at. */
#include "cli/cli_int.h"

#include "base/diag_id.h"

#include <stdio.h>

/* Findings that belong to no letter: those of the template and the style. The chosen letters' run
 * would say them again. */
static void show_general(void *user, const struct diag *diag)
{
	if (!diag->record)
		cli_show(user, diag);
}

static void show_of_letters(void *user, const struct diag *diag)
{
	if (diag->record)
		cli_show(user, diag);
}

/* -- why --------------------------------------------------------------------------------------- */

static void write_reason_json(const struct choice_reason *reason, struct buf *out)
{
	buf_puts(out, "{\"message\":");
	json_string(out, reason->text);
	if (reason->at.file) {
		json_member(out, "file", str_of(reason->at.file));
		buf_say(out, ",\"line\":%d,\"column\":%d", reason->at.line, reason->at.column);
	}
	buf_puts(out, "}");
}

void cli_put_preview(const struct chosen *letter, struct str file, struct buf *out)
{
	buf_puts(out, "{\"id\":");
	json_string(out, letter->id);
	json_member(out, "file", file);
	buf_say(out, ",\"pages\":%d,\"why\":[", letter->pages);
	for (int i = 0; i < letter->reasons.len; i++) {
		buf_puts(out, i ? "," : "");
		write_reason_json(&letter->reasons.at[i], out);
	}
	buf_puts(out, "]}\n");
}

static void write_text(const struct chosen *letter, int width, struct buf *out)
{
	for (int i = 0; i < letter->reasons.len; i++) {
		const struct choice_reason *reason = &letter->reasons.at[i];
		struct str id = i ? str_lit("") : letter->id;
		buf_say(out, "%.*s%*s  %.*s", str_arg(id), width > id.len ? width - id.len : 0, "",
			str_arg(reason->text));
		if (reason->at.file) {
			buf_puts(out, ", ");
			place_write(reason->at, out);
		}
		buf_char(out, '\n');
	}
}

static int width_of(const struct choice *choice)
{
	int width = 0;
	for (int i = 0; i < choice->letters.len; i++)
		if (choice->letters.at[i].id.len > width)
			width = choice->letters.at[i].id.len;
	return width;
}

static void show_letter(
	const struct cli *cli, const struct chosen *letter, struct str stem, int width)
{
	struct buf out = {0};
	if (cli->run.json_letters)
		cli_put_preview(letter, str_format(cli->arena, "%.*s.pdf", str_arg(stem)), &out);
	else
		write_text(letter, width, &out);
	say_as_is(stdout, buf_text(&out));
	buf_free(&out);
}

/* -- letters ----------------------------------------------------------------------------------- */

static struct job_result choose(
	struct cli *cli, const struct job_request *request, struct choice *choice)
{
	struct job_request all = *request;
	struct job_check check = {.choose = choice};
	all.workers = cli->run.workers;
	all.listener.found = show_general;
	struct job_result result = job_check(&all, &check);
	cli_progress_end(cli);
	return result;
}

/* All chosen letters in one file: nobody wants as many windows as letters. Its name is no id. */
static bool open_all(struct cli *cli, const struct job_request *chosen, const char *out)
{
	struct job_request request = *chosen;
	struct job_bundle bundle = {
		.file = path_join(cli->arena, str_of(out), str_lit("+proof.pdf")).at,
		.simplex = true};
	request.listener.found = show_general;
	return job_bundle(&request, &bundle).bundled && cli_open_link(cli, bundle.file);
}

static bool show_all(struct cli *cli, const struct job_request *request, const char *out,
	const struct choice *choice)
{
	bool good = true;
	int width = width_of(choice);
	for (int i = 0; good && i < choice->letters.len; i++) {
		struct str stem = path_join(cli->arena, str_of(out), choice->letters.at[i].id);
		show_letter(cli, &choice->letters.at[i], stem, width);
		good = cli_show_made(cli, stem);
	}
	if (good && cli->shown.open)
		good = open_all(cli, request, out);
	cli->shown.open = false;
	return good;
}

static struct job_result make(struct cli *cli, const struct job_request *request, const char *out,
	const struct choice *choice)
{
	struct job_request chosen = *request;
	struct str *ids = arena_new_array(cli->arena, struct str, choice->letters.len);
	for (int i = 0; i < choice->letters.len; i++)
		ids[i] = choice->letters.at[i].id;
	chosen.selection.only = ids;
	chosen.selection.only_count = choice->letters.len;
	chosen.selection.limit = 0;
	chosen.listener.found = show_of_letters;
	chosen.listener.progress = NULL;
	struct job_result result = job_write(&chosen, out);
	if (result.written == choice->letters.len && !show_all(cli, &chosen, out, choice))
		result.system_failure = true;
	return result;
}

/* What nobody gets to see, and what could not be looked at. */
static void say_what_is_missing(
	struct cli *cli, const struct choice *choice, const struct job_result *all)
{
	for (int i = 0; i < choice->unseen.len; i++)
		diag_add(cli->diags, PROOF_UNSEEN, choice->unseen.at[i].at,
			choice->unseen.at[i].text.at);
	if (all->failed)
		diag_add(cli->diags, PROOF_LEFT, place_none(), diag_int(cli->diags, all->failed),
			plural(all->failed));
	cli->showing.notes = true;
	cli_fail(cli);
}

int cli_make_proofs(struct cli *cli, const struct job_request *request, const char *out, bool *made)
{
	struct choice choice = {
		.arena = cli->arena, .sample = cli->drawing.sample, .seed = cli->drawing.seed};
	struct job_result all = choose(cli, request, &choice), result = {0};
	if (choice.letters.len)
		result = make(cli, request, out, &choice);
	*made = choice.letters.len && result.written == choice.letters.len;
	if (*made && cli->shown.share && !cli_share_proof(cli, request, &choice, &all))
		result.system_failure = true;
	if (all.records)
		say_what_is_missing(cli, &choice, &all);
	if (*made && !cli->common.quiet)
		say_to(stderr, "%d of %d letter%s in %s show%s all that any of them shows%s\n",
			choice.letters.len, all.records - all.failed,
			plural(all.records - all.failed), cli_word(cli, out),
			choice.letters.len == 1 ? "s" : "",
			choice.sample ? ", with those drawn by chance" : "");
	result.errors += all.errors;
	result.warnings += all.warnings;
	result.system_failure |= all.system_failure;
	return cli_exit_code(cli, &result);
}
