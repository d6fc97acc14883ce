/* share.c - lettermerge preview --proof --share FILE.pdf: the proof set for a signatory who has
 * e-mail alone, behind pages that say what it is. */
#include "cli/cli_int.h"

#include "report/cover.h"

#include <stdio.h>
#include <time.h>

/* Those that hold, of the letters that are shown. */
struct holding {
	const struct choice *choice;
	struct cover_letter *letters;
};

static void note_standing(void *user, const struct job_letter *letter)
{
	struct holding *holding = user;
	for (int i = 0; i < holding->choice->letters.len; i++)
		if (str_eq(holding->letters[i].id, letter->id))
			holding->letters[i].approved = letter->approved;
}

static void ignore(void *user, const struct diag *diag)
{
	(void)user;
	(void)diag;
}

static void ask_approvals(
	const struct cli *cli, const struct job_request *request, struct holding *holding)
{
	struct job_request asked = *request;
	struct job_update update = cli_update(cli);
	asked.form.watermark = NULL;
	asked.listener = (struct job_listener){
		.user = holding, .found = ignore, .letter = note_standing};
	job_compare(&asked, &update);
}

static struct str line_of(struct cli *cli, const struct choice_reason *reason)
{
	struct buf line = {0};
	buf_str(&line, reason->text);
	if (reason->at.file) {
		buf_puts(&line, ", ");
		place_write(reason->at, &line);
	}
	struct str text = str_copy(cli->arena, buf_text(&line));
	buf_free(&line);
	return text;
}

static const struct str *lines_of(struct cli *cli, const struct choice_reason *reasons, int count)
{
	struct str *lines = arena_new_array(cli->arena, struct str, count);
	for (int i = 0; i < count; i++)
		lines[i] = line_of(cli, &reasons[i]);
	return lines;
}

static struct cover_letter *letters_of(struct cli *cli, const struct choice *choice)
{
	struct cover_letter *letters = arena_new_array(
		cli->arena, struct cover_letter, choice->letters.len);
	for (int i = 0; i < choice->letters.len; i++) {
		const struct chosen *chosen = &choice->letters.at[i];
		letters[i] = (struct cover_letter){.id = chosen->id,
			.pages = chosen->pages,
			.why = lines_of(cli, chosen->reasons.at, chosen->reasons.len),
			.why_count = chosen->reasons.len};
	}
	return letters;
}

/* What was found of the letters was said when they were made. */
static void show_errors(void *user, const struct diag *diag)
{
	if (diag_severity(diag->id) >= SEVERITY_ERROR)
		cli_show(user, diag);
}

static struct job_result bundle(
	const struct job_request *request, const struct choice *choice, struct job_bundle *bundle)
{
	struct job_request chosen = *request;
	struct arena *arena = arena_new();
	struct str *ids = arena_new_array(arena, struct str, choice->letters.len);
	for (int i = 0; i < choice->letters.len; i++)
		ids[i] = choice->letters.at[i].id;
	chosen.selection = (struct job_selection){.only = ids, .only_count = choice->letters.len};
	chosen.listener.found = show_errors;
	chosen.listener.letter = NULL;
	chosen.listener.progress = NULL;
	struct job_result result = job_bundle(&chosen, bundle);
	arena_free(arena);
	return result;
}

bool cli_share_proof(struct cli *cli, const struct job_request *request,
	const struct choice *choice, const struct job_result *all)
{
	struct holding holding = {choice, letters_of(cli, choice)};
	struct buf text = {0};
	ask_approvals(cli, request, &holding);
	const struct cover cover = {.out = cli_out(cli),
		.template = path_base(str_of(request->source.template)),
		.now = (int64_t)time(NULL),
		.all = all->records,
		.failed = all->failed,
		.letters = holding.letters,
		.count = choice->letters.len,
		.unseen = lines_of(cli, choice->unseen.at, choice->unseen.len),
		.unseen_count = choice->unseen.len,
		.findings = buf_text(&cli->shown.told)};
	cover_write(&cover, &text);
	struct job_bundle shared = {
		.file = cli->shown.share, .simplex = true, .cover = buf_text(&text)};
	struct job_result result = bundle(request, choice, &shared);
	buf_free(&text);
	bool good = result.bundled && result.written == choice->letters.len;
	if (good && !cli->quiet)
		say_to(stderr, "%s holds them, and first what they are\n", cli->shown.share);
	return good;
}
