/* approval_ask.c - how many persons have approved a letter as it is.
 *
 * What an approval is bound to is known for good when the letter has its pages. A letter that is to
 * be written gets them anyhow; for one that is only planned, less may do: nobody has approved it,
 * it has the key that it had then, or its words are others. So each approval is asked with a little
 * more known until none is left open, and a letter without approvals costs a look into their file.
 * A letter that is written is never believed for its key alone. */
#include "job/approval_int.h"
#include "job/concerns_int.h"
#include "job/job_int.h"

static struct concerns_input input_of(const struct worker *worker, const struct letter *letter)
{
	return (struct concerns_input){
		.letter = letter,
		.pages = worker->composed,
		.pictures = worker->project->pictures,
		.shaper = worker->shaper,
		.writer = worker->writer,
		.attach_source = worker->request->attach_source,
	};
}

bool approval_content(struct worker *worker, const struct letter *letter)
{
	struct concerns_input input = input_of(worker, letter);
	concerns_of_letter(&input, &worker->content);
	return concerns_of_pages(&input, &worker->content, worker->diags);
}

enum job_fate approval_give(struct worker *worker, const struct letter *letter)
{
	const struct job_request *request = worker->request;
	struct letter_key key;
	if (!worker_compose(worker, letter) || !approval_content(worker, letter))
		return JOB_FAILED;
	keyer_take(worker->keyer, letter, &key);
	struct subject subject = {&key.content, &worker->content, JOB_CONCERNS};
	bool good = approvals_put(worker->approvals, letter->id, &subject,
		str_of(request->approver), request->approved_at, worker->diags);
	worker->approved = approvals_of(worker->approvals, letter->id, &subject).good;
	return good ? JOB_WRITTEN : JOB_FAILED;
}

/* False when an error stops the letter. */
static bool ask(struct worker *worker, const struct letter *letter, struct approval_count *out)
{
	bool written = worker->request->mode == JOB_CHANGED;
	struct subject subject = {
		.key = written ? NULL : &worker->plan.key.content, .content = &worker->content};
	*out = approvals_of(worker->approvals, letter->id, &subject);
	if (!out->open)
		return true;
	struct concerns_input input = input_of(worker, letter);
	concerns_of_letter(&input, &worker->content);
	subject.known = JOB_OF_PAGES;
	*out = approvals_of(worker->approvals, letter->id, &subject);
	if (!out->open)
		return true;
	if (!worker_set(worker, letter) || !approval_content(worker, letter))
		return false;
	subject.known = JOB_CONCERNS;
	*out = approvals_of(worker->approvals, letter->id, &subject);
	return true;
}

static void say_why(struct worker *worker, const struct approval_count *count, int wanted)
{
	struct reasons *reasons = &worker->plan.reasons;
	const struct job_approval spent = {.changed = count->changed}, older = {.older = true};
	struct buf why = {0};
	if (count->good)
		reason_add(
			worker->arena, reasons, "it has %d of %d approvals", count->good, wanted);
	if (count->spent) {
		job_approval_why(&spent, &why);
		reason_add(worker->arena, reasons, "%s", buf_text(&why).at);
	}
	if (count->older) {
		buf_clear(&why);
		job_approval_why(&older, &why);
		reason_add(worker->arena, reasons, "%s", buf_text(&why).at);
	}
	if (!count->good && !count->spent && !count->older)
		reason_add(worker->arena, reasons, "nobody has approved it");
	buf_free(&why);
}

enum job_fate approval_ask(struct worker *worker, const struct letter *letter)
{
	int wanted = worker->request->approvals, found = diags_len(worker->diags);
	struct approval_count count;
	bool good = ask(worker, letter, &count);
	worker->approved = good ? count.good : 0;
	if (!good)
		return JOB_FAILED;
	bool held = worker->plan.make && worker->approved < wanted;
	if (held || worker->request->mode != JOB_CHANGED)
		diags_truncate(worker->diags, found); /* said when it is made */
	if (held)
		say_why(worker, &count, wanted);
	return held ? JOB_HELD : JOB_WRITTEN;
}
