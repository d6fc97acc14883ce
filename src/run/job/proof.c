/* proof.c - letters that were chosen → one file for somebody who has e-mail alone, behind pages
 * that say what they are, what was found in them, and who has approved them. */
#include "job/batch_int.h"

#include "report/cover.h"

#include <time.h>

/* What the cover says of the letters, as they go by. */
struct telling {
	struct cover_letter *letters;
	int count;
	struct buf findings;
};

static void note_finding(void *user, const struct diag *diag)
{
	struct telling *telling = user;
	if (diag->record && diag_severity(diag->id) >= SEVERITY_WARNING)
		buf_say(&telling->findings, "%s: %s: %s\n", diag->record,
			severity_name(diag_severity(diag->id)), diag->text);
}

static void note_standing(void *user, const struct job_letter *letter)
{
	struct telling *telling = user;
	for (int i = 0; i < telling->count; i++)
		if (str_eq(telling->letters[i].id, letter->id))
			telling->letters[i].approved = letter->approved;
}

static void ignore(void *user, const struct diag *diag)
{
	(void)user;
	(void)diag;
}

static void find(const struct job_request *chosen, struct telling *telling)
{
	struct job_request asked = *chosen;
	const struct job_check check = {0};
	asked.listener = (struct job_listener){.user = telling, .found = note_finding};
	job_check(&asked, &check);
}

static void ask_approvals(
	const struct job_request *chosen, const struct job_update *update, struct telling *telling)
{
	struct job_request asked = *chosen;
	asked.form.watermark = NULL;
	asked.listener = (struct job_listener){
		.user = telling, .found = ignore, .letter = note_standing};
	job_compare(&asked, update);
}

static struct job_request choose(
	struct arena *arena, const struct job_request *request, const struct job_proof *proof)
{
	struct job_request chosen = *request;
	struct str *ids = arena_new_array(arena, struct str, proof->count);
	for (int i = 0; i < proof->count; i++)
		ids[i] = proof->letters[i].id;
	chosen.selection = (struct job_selection){.only = ids, .only_count = proof->count};
	chosen.form.watermark = "PREVIEW";
	chosen.listener.letter = NULL;
	chosen.listener.progress = NULL;
	return chosen;
}

static struct job_result bundle(
	const struct job_request *chosen, const struct job_proof *proof, const struct cover *cover)
{
	struct buf text = {0};
	cover_write(cover, &text);
	const struct job_bundle shared = {.file = proof->file,
		.into = proof->into,
		.simplex = true,
		.cover = buf_text(&text)};
	struct job_result result = job_bundle(chosen, &shared);
	buf_free(&text);
	return result;
}

struct job_result job_proof(const struct job_request *request, const struct job_update *update,
	const struct job_proof *proof)
{
	struct arena *arena = arena_new();
	struct telling telling = {
		arena_new_array(arena, struct cover_letter, proof->count), proof->count, {0}};
	const struct job_request chosen = choose(arena, request, proof);
	for (int i = 0; i < proof->count; i++)
		telling.letters[i] = (struct cover_letter){
			proof->letters[i].id, proof->letters[i].pages, proof->letters[i].why, 0};
	find(&chosen, &telling);
	ask_approvals(&chosen, update, &telling);
	const struct cover cover = {.out = update->to.out,
		.template = path_base(str_of(request->source.template)),
		.now = (int64_t)time(NULL),
		.believed = update->believed,
		.all = proof->all,
		.failed = proof->failed,
		.letters = telling.letters,
		.count = proof->count,
		.unseen = proof->unseen,
		.findings = buf_text(&telling.findings)};
	struct job_result result = bundle(&chosen, proof, &cover);
	buf_free(&telling.findings);
	arena_free(arena);
	return result;
}
