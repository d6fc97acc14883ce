/* fix.c - a fact of a letter is confirmed, or mended, in its record's file, or put back as it was
 * before: one step a letter, as long as the desk is open.
 *
 * Who asks says which record was shown, or which step; when a save or another step has come
 * between, nothing is written. */
#include "desk/desk.h"

#include "base/diag_id.h"

#include <time.h>

/* The last step of a letter. */
struct step {
	struct step *next;
	struct arena *arena;
	int number;
	struct job_target target;
	struct job_fixed fixed;
};

static struct step **find_step(struct desk *desk, struct str id)
{
	struct step **step = &desk->undoing.steps;
	while (*step && !str_eq((*step)->target.id, id))
		step = &(*step)->next;
	return step;
}

static void drop_step(struct step **step)
{
	struct step *old = *step;
	if (!old)
		return;
	*step = old->next;
	arena_free(old->arena);
}

void fixes_free(struct desk *desk)
{
	while (desk->undoing.steps)
		drop_step(&desk->undoing.steps);
}

struct last_fix fix_last(struct desk *desk, struct str id)
{
	const struct step *step = *find_step(desk, id);
	return step ? (struct last_fix){step->number, step->target.field, step->fixed.label}
		    : (struct last_fix){0};
}

static void keep_step(
	struct desk *desk, const struct job_target *target, const struct job_fixed *fixed)
{
	struct arena *arena = arena_new();
	struct step *step = arena_new_array(arena, struct step, 1);
	drop_step(find_step(desk, target->id));
	*step = (struct step){.next = desk->undoing.steps,
		.arena = arena,
		.number = ++desk->undoing.stepped,
		.target = {.id = str_copy(arena, target->id),
			.field = str_copy(arena, target->field),
			.at = target->at},
		.fixed = {.label = str_copy(arena, fixed->label),
			.before = str_copy(arena, fixed->before),
			.after = str_copy(arena, fixed->after)}};
	step->target.at.file = str_copy(arena, str_of(fixed->file)).at;
	desk->undoing.steps = step;
}

/* -- what is meant ----------------------------------------------------------------------------- */

enum outcome {
	FIXED,
	LOOKING,
	NO_LETTER,
	CHANGED,
	ELSEWHERE,
	SAME,
	BROKEN,
	NO_STEP,
	OTHER_STEP,
	WANTS,
	REFUSED
};

static const struct {
	int status;
	const char *why;
} answers[] = {
	[FIXED] = {303, ""},
	[LOOKING] = {403,
		"This desk is for looking only. Nothing is written here: start it without "
		"--read-only."},
	[NO_LETTER] = {404,
		"There is no letter of that name any more. Choose another one in the list."},
	[CHANGED] = {409,
		"The record was saved anew since it was shown, so nothing was written. Look at it "
		"again."},
	[ELSEWHERE] = {409,
		"This fact stands in no XML record, so it is not written here. Edit it where it "
		"stands."},
	[SAME] = {409, "These are the words that stand there. Nothing was written."},
	[BROKEN] = {409,
		"The letters cannot be made, so nothing can be tried in them. Mend what stands "
		"above all first."},
	[NO_STEP] = {409, "There is nothing to undo in this letter."},
	[OTHER_STEP] = {409,
		"Something else was changed in this letter since it was shown, so nothing was "
		"undone. Look at it again."},
	[WANTS] = {409,
		"Say where the fact was seen, and when: a date like 2020-10-13, 2020-10 or 2020. "
		"Nothing was written."},
	[REFUSED] = {409, ""},
};

/* The fact that was shown under that number. */
static enum outcome aim(
	struct desk *desk, const struct fix *fix, struct arena *arena, struct job_target *target)
{
	struct made *made = made_find(desk, fix->id);
	if (!made)
		return NO_LETTER;
	const struct job_fact *fact = fix->fact >= 0 && fix->fact < made->facts.len
		? &made->facts.at[fix->fact]
		: NULL;
	if (fact && fact->stands != STANDS_IN_RECORD)
		return ELSEWHERE;
	if (!fact || !made->stamp || made->stamp != fix->shown)
		return CHANGED;
	*target = (struct job_target){.id = fix->id,
		.field = str_copy(arena, fact->name),
		.at = fact->at,
		.stamp = made->stamp};
	target->at.file = fact->at.file ? str_copy(arena, str_of(fact->at.file)).at : "";
	return FIXED;
}

static bool is_complete(const struct confirmation *seen)
{
	return str_trim(seen->source).len && span_fits(seen->date);
}

/* -- doing it ---------------------------------------------------------------------------------- */

struct fixing {
	struct desk *desk;
	const struct fix *fix;
	struct arena *arena;
	struct diags *diags;
	struct job_target target;
	struct job_fixed fixed;
	enum outcome done; /* what came of doing it */
};

static enum outcome edit(struct fixing *fixing, struct diags *diags)
{
	struct desk *desk = fixing->desk;
	const struct job_edit asked = {
		fixing->target, fixing->fix->words, fixing->fix->link > 0 ? fixing->fix->link : 0};
	if (!job_edit(desk->makers.now, &asked, fixing->arena, &fixing->fixed, diags))
		return REFUSED;
	return str_eq(fixing->fixed.before, fixing->fixed.after) ? SAME : FIXED;
}

static const struct job_source *source_of(const struct fixing *fixing)
{
	return &fixing->desk->options->request->source;
}

static bool confirm(struct fixing *fixing, struct diags *diags)
{
	return job_confirm(fixing->arena, source_of(fixing), &fixing->target, &fixing->fix->seen,
		&fixing->fixed, diags);
}

static bool undo(struct fixing *fixing, struct diags *diags)
{
	const struct job_fixed *last = &(*find_step(fixing->desk, fixing->fix->id))->fixed;
	fixing->fixed = (struct job_fixed){.before = last->after, .after = last->before};
	return job_undo(fixing->arena, source_of(fixing), &fixing->target, last, diags);
}

static bool act(void *user, struct diags *diags)
{
	struct fixing *fixing = user;
	bool good = false;
	switch (fixing->fix->what) {
	case FIX_EDIT:
		fixing->done = edit(fixing, diags);
		return fixing->done == FIXED;
	case FIX_CONFIRM:
		good = confirm(fixing, diags);
		break;
	case FIX_UNDO:
		good = undo(fixing, diags);
		break;
	}
	fixing->done = good ? FIXED : REFUSED;
	return good;
}

/* The letter's last step, when it is the one that was shown. */
static enum outcome aim_back(struct fixing *fixing)
{
	const struct step *step = *find_step(fixing->desk, fixing->fix->id);
	if (!step)
		return NO_STEP;
	fixing->target = step->target;
	fixing->target.field = str_copy(fixing->arena, step->target.field);
	fixing->target.at.file = str_copy(fixing->arena, str_of(step->target.at.file)).at;
	return step->number == fixing->fix->step ? FIXED : OTHER_STEP;
}

static enum outcome look(struct fixing *fixing)
{
	const struct fix *fix = fixing->fix;
	const struct desk *desk = fixing->desk;
	if (desk->options->look_only)
		return LOOKING;
	if (fix->what == FIX_UNDO)
		return aim_back(fixing);
	enum outcome outcome = aim(fixing->desk, fix, fixing->arena, &fixing->target);
	if (outcome == FIXED && fix->what == FIX_CONFIRM && !is_complete(&fix->seen))
		return WANTS;
	if (outcome == FIXED && fix->what == FIX_EDIT && desk->makers.version != desk->version)
		return BROKEN;
	return outcome;
}

/* In the log, where there is one, or it is signed; what cannot be noted there is not done. */
static enum outcome act_and_note(struct fixing *fixing)
{
	const struct fix *fix = fixing->fix;
	struct buf place = {0};
	place_write(fixing->target.at, &place);
	const struct log_line line = {.act = fix->what == FIX_CONFIRM ? LOG_CONFIRMED : LOG_EDITED,
		.actor = desk_actor(fixing->desk, &fix->actor),
		.id = fix->id,
		.note = fix->what == FIX_CONFIRM
			? job_confirmed_note(fixing->arena, fixing->target.field, &fix->seen)
			: str_format(fixing->arena, "%.*s at %s%s", str_arg(fixing->target.field),
				  buf_text(&place).at,
				  fix->what == FIX_UNDO ? ", as it was before" : "")};
	buf_free(&place);
	fixing->done = REFUSED;
	if (log_note(fixing->desk->options->update->to.out, &line, &(struct log_deed){act, fixing},
		    fixing->diags) ||
		fixing->done != FIXED)
		return fixing->done;
	fixing->target.stamp = 0;
	job_undo(fixing->arena, source_of(fixing), &fixing->target, &fixing->fixed, fixing->diags);
	return REFUSED;
}

/* As check says it, and what to do. */
static void say(const struct diags *diags, struct buf *why)
{
	for (int i = 0; i < diags_len(diags); i++) {
		const struct diag *diag = diags_at(diags, i);
		if (diag_severity(diag->id) < SEVERITY_ERROR)
			continue;
		buf_format(why, "%s%s%s%s", why->len ? ". " : "", diag->text,
			diag->hint ? ". " : "", diag->hint ? diag->hint : "");
	}
}

int desk_fix(struct desk *desk, const struct fix *fix, struct buf *why)
{
	struct fixing fixing = {
		.desk = desk, .fix = fix, .arena = arena_new(), .diags = diags_new()};
	pthread_mutex_lock(&desk->lock);
	enum outcome outcome = look(&fixing);
	if (outcome == FIXED)
		outcome = act_and_note(&fixing);
	if (outcome == FIXED) {
		made_find_anew(desk, fix->id);
		if (fix->what == FIX_UNDO)
			drop_step(find_step(desk, fix->id));
		else
			keep_step(desk, &fixing.target, &fixing.fixed);
	}
	pthread_mutex_unlock(&desk->lock);
	buf_puts(why, answers[outcome].why);
	if (outcome == REFUSED)
		say(fixing.diags, why);
	diags_free(fixing.diags);
	arena_free(fixing.arena);
	return answers[outcome].status;
}
