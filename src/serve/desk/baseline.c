/* baseline.c - what a letter can be held against: the versions that persons have approved, the one
 * before the last save, the one that was written. */
#include "desk/desk.h"

static const char save[] = "save", written[] = "written", by[] = "by:";

static void add_approved(
	const struct approvers *approvers, struct arena *arena, struct baselines *out)
{
	for (int i = approvers->list.len - 1; i >= 0; i--) {
		const struct given *given = &approvers->list.at[i];
		if (given->older)
			continue;
		*vec_push(arena, &out->list) = (struct baseline){.against = AGAINST_APPROVED,
			.name = str_format(arena, "%s%.*s", by, str_arg(given->by)),
			.by = given->by,
			.at = given->at,
			.same = given->stands,
			.changed = given->changed};
	}
}

static void add_save(const struct made *made, struct arena *arena, struct baselines *out)
{
	if (!made->before.pages)
		return;
	unsigned changed = concerns_differ(&made->before.content, &made->now.content);
	*vec_push(arena, &out->list) = (struct baseline){.against = AGAINST_SAVE,
		.name = str_of(save),
		.same = !changed,
		.changed = changed,
		.pictures = &made->before,
		.portrait = &made->before.portrait};
}

static void add_written(const struct desk *desk, const struct made *made, struct arena *arena,
	struct baselines *out)
{
	const struct row *row = listing_find(desk->listing, str_of(made->id));
	struct str path = str_format(arena, "%s/%s.pdf", desk->options->update->to.out, made->id);
	if (!row || !row->stance.changed || !file_exists(path.at))
		return;
	*vec_push(arena, &out->list) = (struct baseline){
		.against = AGAINST_WRITTEN, .name = str_of(written)};
}

static int choose(const struct baselines *baselines, struct str wanted)
{
	for (int i = 0; i < baselines->list.len; i++)
		if (str_eq(baselines->list.at[i].name, wanted))
			return i;
	for (int i = 0; i < baselines->list.len; i++)
		if (!baselines->list.at[i].same)
			return i;
	return baselines->list.len ? 0 : -1;
}

void baselines_find(struct desk *desk, struct made *made, const struct view *view,
	struct arena *arena, struct baselines *out)
{
	struct approvers approvers;
	*out = (struct baselines){.chosen = -1};
	if (made->failed)
		return;
	approvers_read(desk, made, view->me.name, arena, &approvers);
	add_approved(&approvers, arena, out);
	add_save(made, arena, out);
	add_written(desk, made, arena, out);
	out->chosen = choose(out, view->since);
}

/* -- what one holds ---------------------------------------------------------------------------- */

static void read_approved(
	struct desk *desk, const struct made *made, struct arena *arena, struct baseline *baseline)
{
	struct diags *unsaid = diags_new();
	struct portrait *portrait = arena_alloc(arena, sizeof *portrait);
	struct str version = approvals_version(
		arena, desk->options->update->to.out, str_of(made->id), baseline->by, unsaid);
	if (version.at && portrait_read(arena, version, portrait))
		baseline->portrait = portrait;
	diags_free(unsaid);
}

struct differing {
	struct arena *arena;
	struct baseline *baseline;
};

static void keep_difference(void *user, const struct job_letter *letter)
{
	const struct differing *differing = user;
	struct buf text = {0};
	diff_write(letter->difference, DIFF_MARKED, &text);
	differing->baseline->difference = str_copy(differing->arena, buf_text(&text));
	buf_free(&text);
	differing->baseline->same = letter->fate == JOB_UNCHANGED;
}

static void ignore(void *user, const struct diag *diag)
{
	(void)user;
	(void)diag;
}

static void read_written(
	struct desk *desk, const struct made *made, struct arena *arena, struct baseline *baseline)
{
	struct job_request request = *desk->options->request;
	struct job_update update = *desk->options->update;
	struct differing differing = {arena, baseline};
	struct str id = str_of(made->id);
	update.say_reasons = true;
	update.approvals = 0; /* what is held is shown too */
	request.selection = (struct job_selection){.only = &id, .only_count = 1};
	request.workers = 1;
	request.listener = (struct job_listener){
		.user = &differing, .found = ignore, .letter = keep_difference};
	job_diff(&request, &update);
}

void baseline_read(
	struct desk *desk, struct made *made, struct arena *arena, struct baseline *baseline)
{
	if (baseline->against == AGAINST_APPROVED)
		read_approved(desk, made, arena, baseline);
	else if (baseline->against == AGAINST_WRITTEN)
		read_written(desk, made, arena, baseline);
}
