/* approve.c - a click on Approve → the same as lettermerge approve, for the one letter that is
 * shown.
 *
 * The page says which letter it showed; when a save has come between, nothing is approved that
 * nobody has seen. How approvals stand is asked of their file each time, against what the letter
 * shows now: so neither a save nor another person's approval leaves a page that is wrong. */
#include "desk/desk.h"

#include <time.h>

/* -- how they stand ---------------------------------------------------------------------------- */

struct reading {
	struct str me;
	bool signs; /* what I approve is signed here */
	struct arena *arena;
	struct approvers *approvers;
};

static void read_one(void *user, const struct approval *approval)
{
	const struct reading *reading = user;
	struct approvers *approvers = reading->approvers;
	struct buf why = {0};
	if (!approval->stands)
		approval_why(approval, &why);
	*vec_push(reading->arena, &approvers->list) = (struct given){
		.by = str_copy(reading->arena, approval->by),
		.known = approval->known,
		.why = str_copy(reading->arena, buf_text(&why)),
		.at = approval->at,
		.stands = approval->stands,
		.older = approval->older,
		.changed = approval->changed};
	buf_free(&why);
	approvers->standing += approval->stands;
	approvers->spent += !approval->stands && !approval->older && !approval->unproven;
	approvers->unproven += approval->unproven;
	approvers->older += approval->older;
	approvers->mine |= approval->stands && approval_is_same_person(approval->by, reading->me) &&
		(!reading->signs || approval->known == KNOWN_SIGNED);
}

static void read_remark(void *user, struct str id, const struct remark *remark)
{
	const struct reading *reading = user;
	struct remark *kept = vec_push(reading->arena, &reading->approvers->against);
	(void)id;
	*kept = *remark;
	kept->text = str_copy(reading->arena, remark->text);
	kept->version = str_copy(reading->arena, remark->version);
	kept->actor.name = str_copy(reading->arena, remark->actor.name);
}

/* What it says of itself, and what to do. */
static struct str words_of(struct arena *arena, const struct diags *diags)
{
	const struct diag *diag = diags_len(diags) ? diags_at(diags, 0) : NULL;
	if (!diag)
		return str_lit("nothing more is known of it");
	return str_format(
		arena, "%s%s%s", diag->text, diag->hint ? ". " : "", diag->hint ? diag->hint : "");
}

/* Who approves twice, in capitals or not, is named twice: nobody counts these names. */
static void note_stance(struct desk *desk, struct str id, const struct approvers *approvers)
{
	struct row *row = listing_find(desk->listing, id);
	bool held = approvers->against.len > 0;
	int approved = held ? 0 : approvers->standing;
	if (!row || (row->stance.approved == approved && row->stance.held == held))
		return;
	struct stance stance = row->stance;
	struct buf by = {0};
	for (int i = 0; i < approvers->list.len; i++)
		if (approvers->list.at[i].stands)
			buf_format(&by, "%.*s\n", str_arg(approvers->list.at[i].by));
	stance.approved = approved;
	stance.held = held;
	stance.by = buf_text(&by);
	listing_stand(desk->listing, row, &stance);
	buf_free(&by);
	desk->listed++;
	desk_tell(desk);
}

void approvers_read(struct desk *desk, struct made *made, struct str me, struct arena *arena,
	struct approvers *out)
{
	const struct desk_options *options = desk->options;
	struct diags *diags = diags_new();
	struct reading reading = {me, desk_signs(desk, me), arena, out};
	const struct approval_query query = {.id = str_of(made->id),
		.content = made->failed ? NULL : &made->now.content,
		.believed = options->update->believed,
		.now = (int64_t)time(NULL),
		.one = read_one,
		.user = &reading};
	*out = (struct approvers){0};
	const struct remark_query against = {
		str_of(made->id), read_remark, &reading, query.believed, query.now};
	const char *folder = options->update->to.out;
	if (!approvals_each(folder, &query, diags) || !remarks_each(folder, &against, diags))
		out->trouble = words_of(arena, diags);
	else if (!made->failed)
		note_stance(desk, str_of(made->id), out);
	diags_free(diags);
}

bool fact_is_to_confirm(const struct job_fact *fact)
{
	return fact->used && fact->standing > STANDING_SEEN;
}

bool desk_signs(const struct desk *desk, struct str person)
{
	const struct desk_options *options = desk->options;
	return options->approver && approval_is_same_person(options->approver_name, person);
}

bool desk_counts(const struct desk *desk, struct str person)
{
	return !desk->options->update->believed || desk_signs(desk, person);
}

struct actor desk_actor(const struct desk *desk, const struct actor *actor)
{
	const struct desk_options *options = desk->options;
	const struct job_form *form = &options->request->form;
	struct actor now = *actor;
	now.at = form->has_time ? form->time : (int64_t)time(NULL);
	if (desk_signs(desk, actor->name)) {
		now.name = options->approver_name;
		now.known = KNOWN_SIGNED;
		now.seal = options->seal;
	}
	return now;
}

struct job_approver desk_approver(const struct desk *desk, const struct actor *actor)
{
	const struct desk_options *options = desk->options;
	struct job_approver approver = {
		.out = options->update->to.out, .actor = desk_actor(desk, actor)};
	if (approver.actor.seal) {
		approver.identity = options->approver;
		approver.signing = options->approver_signing;
	}
	return approver;
}

/* -- approving --------------------------------------------------------------------------------- */

enum answer_to {
	DONE,
	LOOKING,
	NONE,
	CHANGED,
	FAILED_TO_MAKE,
	TWICE,
	UNSIGNED,
	NOT_MINE,
	UNSURE,
	WORDLESS,
	ANSWERED,
	TROUBLE
};

static const struct {
	int status;
	const char *why;
} answers[] = {
	[DONE] = {303, ""},
	[LOOKING] = {403,
		"This desk is for looking only. Nothing is approved here: start it without "
		"--read-only."},
	[NONE] = {404, "There is no letter of that name any more. Choose another one in the list."},
	[CHANGED] = {409,
		"The letter was saved anew since it was shown, so nothing was done. Look at it "
		"again."},
	[FAILED_TO_MAKE] = {409,
		"The letter cannot be made, so it cannot be approved. Mend what stands under "
		"Findings."},
	[TWICE] = {409, "You have approved this letter already, as it is."},
	[UNSIGNED] = {409,
		"This desk counts signed approvals and answers alone, and yours would not be "
		"signed, so nothing was noted. Use lettermerge approve --sign-with, or a desk that "
		"you start with --sign-with yourself."},
	[NOT_MINE] = {409,
		"You have not approved this letter as it is, so there is nothing to withdraw. "
		"What others have approved they withdraw themselves."},
	[UNSURE] = {428, ""},
	[WORDLESS] = {400,
		"Nothing was noted, since that needs words, of at most 2000 bytes. Write what is "
		"to be said, or less of it."},
	[ANSWERED] = {409,
		"Nothing of what was shown stands against this letter any more, so nothing was "
		"done."},
	[TROUBLE] = {500, "It could not be noted: "},
};

static void note_trouble(void *user, const struct diag *diag)
{
	struct buf *why = user;
	if (diag_severity(diag->id) >= SEVERITY_ERROR && !why->len)
		buf_format(why, "%s%s%s", diag->text, diag->hint ? ". " : "",
			diag->hint ? diag->hint : "");
}

static bool approve(struct desk *desk, const struct decision *decision, struct buf *why)
{
	struct str id = decision->id;
	struct job_request request = *desk->options->request;
	const struct job_approver approver = desk_approver(desk, &decision->actor);
	request.selection = (struct job_selection){.only = &id, .only_count = 1};
	request.workers = 1;
	request.listener = (struct job_listener){.user = why, .found = note_trouble};
	return job_approve(&request, &approver).written > 0;
}

static bool withdraw(struct desk *desk, const struct decision *decision, struct buf *why)
{
	struct diags *diags = diags_new();
	const struct withdrawal withdrawal = {
		&decision->id, 1, decision->actor.name, desk_actor(desk, &decision->actor)};
	bool good = approvals_take_back(desk->options->update->to.out, &withdrawal, diags) >= 0;
	for (int i = 0; i < diags_len(diags); i++)
		note_trouble(why, diags_at(diags, i));
	diags_free(diags);
	return good;
}

/* "2 facts in it are not confirmed: address, postcode. " */
static void say_unconfirmed(const struct made *made, struct buf *why)
{
	struct arena *arena = arena_new();
	struct buf names = {0};
	int count = 0;
	for (int i = 0; i < made->facts.len; i++) {
		const struct job_fact *fact = &made->facts.at[i];
		if (fact_is_to_confirm(fact))
			buf_format(&names, "%s%.*s", count++ ? ", " : "",
				str_arg(str_labelled(arena, fact->name, fact->label)));
	}
	if (count)
		buf_format(why, "%d fact%s in it %s not confirmed: %s. ", count,
			count == 1 ? "" : "s", count == 1 ? "is" : "are", buf_text(&names).at);
	buf_free(&names);
	arena_free(arena);
}

/* "Of its pages 2, 3 could not be drawn. " */
static void say_undrawn(const struct desk *desk, const struct made *made, struct buf *why)
{
	int count = 0;
	if (!desk->can_draw)
		buf_puts(why, "Its pages are not shown here: Download PDF has them. ");
	for (int i = 0; desk->can_draw && i < made->now.pages; i++)
		if (made->now.drawing[false][i].failed || made->now.drawing[true][i].failed)
			buf_format(why, "%s%d",
				count++ ? ", " : "Of its pages could not be drawn: ", i + 1);
	buf_puts(why, count ? ". Download PDF has them. " : "");
}

/* What has to be said of a letter before it is approved. */
static void say_doubt(const struct desk *desk, const struct made *made, struct buf *why)
{
	say_undrawn(desk, made, why);
	say_unconfirmed(made, why);
	if (why->len)
		buf_puts(why, "Approve once more if it may go out all the same.");
}

uint64_t decision_doubt(struct str why)
{
	return str_hash(why);
}

/* What there was to see. */
struct looked {
	bool mine; /* who asks has approved it */
	struct concerns content;
	struct buf doubt; /* what is to be said of it first, and was not said yet */
};

static void doubt(const struct desk *desk, const struct decision *decision, const struct made *made,
	struct looked *looked)
{
	say_doubt(desk, made, &looked->doubt);
	if (decision_doubt(buf_text(&looked->doubt)) == decision->sure)
		buf_clear(&looked->doubt);
}

/* The letter as the files are at this moment, against the one that was shown. */
static enum answer_to look(
	struct desk *desk, const struct decision *decision, struct looked *looked)
{
	struct arena *arena = arena_new();
	struct approvers approvers = {0};
	enum answer_to answer = DONE;
	pthread_mutex_lock(&desk->lock);
	struct made *made = made_find_anew(desk, decision->id);
	if (made)
		approvers_read(desk, made, decision->actor.name, arena, &approvers);
	if (!made)
		answer = NONE;
	else if (made->failed)
		answer = FAILED_TO_MAKE;
	else if (made->now.hash[false] != decision->shown)
		answer = CHANGED;
	else if (decision->kind == DECIDE_APPROVE)
		doubt(desk, decision, made, looked);
	if (answer == DONE)
		looked->content = made->now.content;
	pthread_mutex_unlock(&desk->lock);
	looked->mine = approvers.mine;
	arena_free(arena);
	return answer;
}

/* An approval of what was saved just now is taken back at once. */
static enum answer_to approve_shown(
	struct desk *desk, const struct decision *decision, struct buf *why)
{
	struct looked again = {0};
	enum answer_to answer = approve(desk, decision, why) ? DONE : TROUBLE;
	if (answer == DONE) {
		answer = look(desk, decision, &again);
		answer = answer == DONE && again.doubt.len ? CHANGED : answer;
		if (answer != DONE)
			withdraw(desk, decision, why);
	}
	buf_free(&again.doubt);
	return answer;
}

/* It says which version it is of: the one that was shown, whatever is saved meanwhile. */
static enum answer_to remark(struct desk *desk, const struct decision *decision,
	const struct looked *looked, struct buf *why)
{
	static const enum remark_kind kinds[] = {[DECIDE_REJECT] = REMARK_REJECTED,
		[DECIDE_COMMENT] = REMARK_COMMENTED,
		[DECIDE_ANSWER] = REMARK_ANSWERED};
	struct arena *arena = arena_new();
	struct diags *diags = diags_new();
	char version[LOG_HEX] = "";
	const struct remark remark = {.kind = kinds[decision->kind],
		.text = remark_text(arena, decision->text),
		.actor = desk_actor(desk, &decision->actor),
		.number = decision->upto};
	if (decision->kind != DECIDE_ANSWER)
		log_version(&looked->content, version);
	const struct remarked letter = {decision->id, str_of(version)};
	int done = remark.text.len
		? remarks_add(desk->options->update->to.out, &letter, 1, &remark, diags)
		: 0;
	for (int i = 0; i < diags_len(diags); i++)
		note_trouble(why, diags_at(diags, i));
	diags_free(diags);
	enum answer_to answer = !remark.text.len ? WORDLESS
		: done < 0                       ? TROUBLE
		: done                           ? DONE
						 : ANSWERED;
	arena_free(arena);
	return answer;
}

static enum answer_to act(struct desk *desk, const struct decision *decision, struct buf *why)
{
	struct looked looked = {0};
	enum answer_to answer = decision->kind == DECIDE_ANSWER ? DONE
								: look(desk, decision, &looked);
	if (answer != DONE)
		;
	else if (decision->kind == DECIDE_ANSWER && !desk_counts(desk, decision->actor.name))
		answer = UNSIGNED;
	else if (decision->kind > DECIDE_WITHDRAW)
		answer = remark(desk, decision, &looked, why);
	else if (looked.mine != (decision->kind == DECIDE_WITHDRAW))
		answer = looked.mine ? TWICE : NOT_MINE;
	else if (decision->kind == DECIDE_APPROVE && !desk_counts(desk, decision->actor.name))
		answer = UNSIGNED;
	else if (looked.doubt.len)
		answer = UNSURE;
	else if (decision->kind == DECIDE_APPROVE)
		answer = approve_shown(desk, decision, why);
	else
		answer = withdraw(desk, decision, why) ? DONE : TROUBLE;
	if (answer == UNSURE)
		buf_str(why, buf_text(&looked.doubt));
	buf_free(&looked.doubt);
	return answer;
}

/* One at a time, as each makes its letter: who only looks would wait for all of many. */
int desk_decide(struct desk *desk, const struct decision *decision, struct buf *why)
{
	struct buf trouble = {0};
	pthread_mutex_lock(&desk->approving);
	enum answer_to answer = desk->options->look_only ? LOOKING : act(desk, decision, &trouble);
	pthread_mutex_unlock(&desk->approving);
	buf_puts(why, answers[answer].why);
	if (answer == TROUBLE || answer == UNSURE)
		buf_str(why, buf_text(&trouble));
	buf_free(&trouble);
	return answers[answer].status;
}
