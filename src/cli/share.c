/* share.c - lettermerge preview --proof --share FILE.pdf: the proof set for a signatory who has
 * e-mail alone, behind pages that say what it is. */
#include "cli/cli_int.h"

#include <stdio.h>

static struct str lines_of(struct cli *cli, const struct choice_reason *reasons, int count)
{
	struct buf lines = {0};
	for (int i = 0; i < count; i++) {
		buf_format(&lines, "%s%.*s", i ? "\n" : "", str_arg(reasons[i].text));
		if (reasons[i].at.file) {
			buf_puts(&lines, ", ");
			place_write(reasons[i].at, &lines);
		}
	}
	struct str text = str_copy(cli->arena, buf_text(&lines));
	buf_free(&lines);
	return text;
}

static const struct job_shown *letters_of(struct cli *cli, const struct choice *choice)
{
	struct job_shown *letters = arena_new_array(
		cli->arena, struct job_shown, choice->letters.len);
	for (int i = 0; i < choice->letters.len; i++) {
		const struct chosen *chosen = &choice->letters.at[i];
		letters[i] = (struct job_shown){chosen->id, chosen->pages,
			lines_of(cli, chosen->reasons.at, chosen->reasons.len)};
	}
	return letters;
}

/* What else was found of the letters was said when they were made. */
static void show_errors(void *user, const struct diag *diag)
{
	if (diag_severity(diag->id) >= SEVERITY_ERROR)
		cli_show(user, diag);
}

bool cli_share_proof(struct cli *cli, const struct job_request *request,
	const struct choice *choice, const struct job_result *all)
{
	struct job_request shown = *request;
	const struct job_update update = cli_update(cli);
	const struct job_proof proof = {.file = cli->shown.share,
		.letters = letters_of(cli, choice),
		.count = choice->letters.len,
		.all = all->records,
		.failed = all->failed,
		.unseen = lines_of(cli, choice->unseen.at, choice->unseen.len)};
	shown.listener.found = show_errors;
	struct job_result result = job_proof(&shown, &update, &proof);
	bool good = result.bundled && result.written == choice->letters.len;
	if (good && !cli->common.quiet)
		say_to(stderr, "%s holds them, and first what they are\n", cli->shown.share);
	return good;
}
