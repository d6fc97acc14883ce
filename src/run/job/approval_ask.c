/* approval_ask.c - how many persons have approved a letter as it is.
 *
 * What an approval is bound to is known for good when the letter has its pages. A letter that is to
 * be written gets them anyhow; for one that is only planned, less may do: nobody has approved it,
 * it has the key that it had then, or its words are others. So each approval is asked with a little
 * more known until none is left open, and a letter without approvals costs a look into their file.
 * A letter that is written is never believed for its key alone. */
#include "compare/concerns.h"
#include "compare/portrait.h"
#include "job/job_int.h"
#include "record/approval.h"
#include "record/remark.h"
#include "record/versions.h"

static struct concerns_input input_of(
	const struct worker *worker, const struct letter *letter, const struct made_letter *made)
{
	return (struct concerns_input){
		.letter = letter,
		.pages = made->pages,
		.pictures = worker->project->pictures,
		.shaper = worker->shaper,
		.writer = worker->writer,
		.attach_source = worker->task->request->form.attach_source,
		.attached = made->attached,
	};
}

bool approval_content(struct worker *worker, const struct letter *letter, struct made_letter *made)
{
	struct concerns_input input = input_of(worker, letter, made);
	concerns_of_letter(&input, &made->content);
	return concerns_of_pages(&input, &made->content, worker->diags);
}

void approval_portrait(struct worker *worker, struct keyer *keyer, const struct letter *letter,
	const struct made_letter *made, struct arena *arena, struct portrait *out)
{
	const struct concerns_input input = input_of(worker, letter, made);
	portrait_take(arena, &input, worker->project->text, keyer, out);
}

/* How the version looks that is approved: to be held against a later one. */
static struct str version_of(
	struct worker *worker, const struct letter *letter, const struct made_letter *made)
{
	struct portrait portrait;
	struct buf text = {0};
	approval_portrait(worker, worker->keyer, letter, made, worker->arena, &portrait);
	portrait_write(&portrait, &text);
	struct str version = str_copy(worker->arena, buf_text(&text));
	buf_free(&text);
	return version;
}

const struct job_version *approval_prepare(
	struct worker *worker, const struct letter *letter, struct made_letter *made)
{
	struct job_version *version = arena_alloc(worker->arena, sizeof *version);
	struct letter_key key;
	if (!approval_content(worker, letter, made))
		return NULL;
	keyer_take(worker->keyer, letter, &key);
	struct packed packed = versions_pack(worker->task->check->versions,
		&(struct version_base){letter->id, version_of(worker, letter, made)});
	*version = (struct job_version){.key = key.content,
		.content = made->content,
		.bytes = str_copy(worker->arena, buf_text(&packed.bytes)),
		.size = packed.size,
		.base = packed.base};
	buf_free(&packed.bytes);
	return version;
}

/* As far as it tells whether the letter can be made: not to the bytes of the PDF, which tell
 * nothing more. */
static bool make(struct worker *worker, const struct letter *letter, struct made_letter *made)
{
	const bool *also = worker->task->request->form.also;
	return also[FILE_HTML] ? worker_compose(worker, letter, also, made)
			       : worker_set(worker, letter, made);
}

/* What the approver says of the letter, in the worker's arena; false after an error. */
static bool sign(struct worker *worker, const struct letter *letter, const struct concerns *content,
	struct str *signature)
{
	const struct job_approver *approver = worker->task->approver;
	const struct approval_claim claim = {
		letter->id, content, approver->actor.name, approver->actor.at};
	struct buf text = {0}, der = {0};
	if (approver->identity && !worker->approver)
		worker->approver = signer_new(
			approver->identity, &approver->signing, worker->diags);
	if (!worker->approver)
		return !approver->identity;
	approval_claim(&claim, &text);
	signer_begin(worker->approver);
	signer_add(worker->approver, buf_text(&text));
	bool good = signer_finish(worker->approver, &der, letter->id.at, worker->diags);
	*signature = str_copy(worker->arena, buf_text(&der));
	buf_free(&text);
	buf_free(&der);
	return good;
}

/* As whoever approves would say it now: a signature by an older certificate may not be believed. */
static bool has_approved(
	struct worker *worker, const struct letter *letter, const struct concerns *content)
{
	const struct job_approver *approver = worker->task->approver;
	struct str certificate = approver->identity
		? identity_certificate(approver->identity, worker->arena)
		: str_lit("");
	return approvals_has(worker->approvals, letter->id, content, &approver->actor, certificate);
}

enum job_fate approval_give(struct worker *worker, const struct letter *letter, struct outcome *out)
{
	const struct task *task = worker->task;
	struct letter_key key;
	if (!make(worker, letter, &out->made) || !approval_content(worker, letter, &out->made))
		return JOB_FAILED;
	const struct job_approver *approver = task->approver;
	if (approver->may &&
		!approver->may(approver->user, letter->id, &out->made.content, worker->diags))
		return JOB_HELD;
	if (approver->once && has_approved(worker, letter, &out->made.content))
		return JOB_UNCHANGED;
	keyer_take(worker->keyer, letter, &key);
	struct subject subject = {.key = &key.content,
		.content = &out->made.content,
		.known = CONCERN_COUNT,
		.version = version_of(worker, letter, &out->made)};
	bool good = sign(worker, letter, subject.content, &subject.signature) &&
		approvals_put(
			worker->approvals, letter->id, &subject, &approver->actor, worker->diags);
	struct approval_count count;
	good &= approvals_of(worker->approvals, letter->id, &subject, &count, worker->diags);
	out->approved = count.good;
	out->pages = out->made.pages->count;
	return good ? JOB_WRITTEN : JOB_FAILED;
}

/* False when an error stops the letter. */
static bool ask(struct worker *worker, const struct letter *letter, struct outcome *out,
	struct approval_count *count, struct buf *by)
{
	bool written = worker->task->kind == TASK_UPDATE;
	struct subject subject = {.key = written ? NULL : &out->plan.key.content,
		.content = &out->made.content,
		.by = by};
	struct approvals *all = worker->approvals;
	struct diags *diags = worker->diags;
	bool good = approvals_of(all, letter->id, &subject, count, diags);
	if (!good || !count->open)
		return good;
	struct concerns_input input = input_of(worker, letter, &out->made);
	concerns_of_letter(&input, &out->made.content);
	subject.known = CONCERN_OF_PAGES;
	good = approvals_of(all, letter->id, &subject, count, diags);
	if (!good || !count->open)
		return good;
	subject.known = CONCERN_COUNT;
	return worker_set(worker, letter, &out->made) &&
		approval_content(worker, letter, &out->made) &&
		approvals_of(all, letter->id, &subject, count, diags);
}

static void say_why(struct arena *arena, const struct approval_count *count, int wanted,
	struct reasons *reasons)
{
	const struct approval spent = {.changed = count->changed}, older = {.older = true};
	struct buf why = {0};
	if (count->good)
		reason_add(arena, reasons, "it has %d of %d approvals", count->good, wanted);
	if (count->spent) {
		approval_why(&spent, &why);
		reason_add(arena, reasons, "%s", buf_text(&why).at);
	}
	if (count->older) {
		buf_clear(&why);
		approval_why(&older, &why);
		reason_add(arena, reasons, "%s", buf_text(&why).at);
	}
	if (count->unproven)
		reason_add(arena, reasons,
			count->unproven == 1
				? "an approval of it has no signature that can be believed"
				: "%d approvals of it have no signature that can be believed",
			count->unproven);
	if (!count->good && !count->spent && !count->older && !count->unproven)
		reason_add(arena, reasons, "nobody has approved it");
	buf_free(&why);
}

struct objections {
	struct arena *arena;
	struct reasons *reasons;
	int count;
};

static void add_objection(void *user, struct str id, const struct remark *remark)
{
	struct objections *objections = user;
	struct buf words = {0};
	(void)id;
	remark_write(remark, &words);
	objections->count++;
	reason_add(objections->arena, objections->reasons, "%s", buf_text(&words).at);
	buf_free(&words);
}

/* What stands against it, each a reason; less than 0 after an error. */
static int object(struct worker *worker, struct str id, struct reasons *reasons)
{
	struct objections objections = {worker->arena, reasons, 0};
	const struct remark_query query = {.id = id, .one = add_objection, .user = &objections};
	return remarks_of(worker->approvals, &query, worker->diags) ? objections.count : -1;
}

enum job_fate approval_ask(struct worker *worker, const struct letter *letter, struct outcome *out)
{
	const struct task *task = worker->task;
	int wanted = task->update->approvals, found = diags_len(worker->diags);
	struct approval_count count;
	struct buf by = {0};
	bool good = ask(worker, letter, out, &count, task->kind == TASK_COMPARE ? &by : NULL);
	out->approved = good ? count.good : 0;
	out->approved_by = str_copy(worker->arena, buf_text(&by));
	buf_free(&by);
	struct reasons against = {0};
	int remarks = good ? object(worker, letter->id, &against) : -1;
	if (remarks < 0)
		return JOB_FAILED;
	out->remarks = remarks;
	bool held = out->plan.make && wanted && (out->approved < wanted || out->remarks);
	if (held || task->kind != TASK_UPDATE)
		diags_truncate(worker->diags, found); /* said when it is made */
	for (int i = 0; held && i < against.list.len; i++)
		*vec_push(worker->arena, &out->plan.reasons.list) = against.list.at[i];
	if (held && out->approved < wanted)
		say_why(worker->arena, &count, wanted, &out->plan.reasons);
	return held ? JOB_HELD : JOB_WRITTEN;
}
