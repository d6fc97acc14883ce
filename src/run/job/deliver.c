/* deliver.c - what became of a letter, in the order of the records: told, counted, and handed in to
 * the record, the group that is published next, and whatever else is made of all letters. The
 * caller has its turn (batch.c), so none of this meets another worker's. */
#include "job/batch_int.h"

#include "base/diag_id.h"

/* -- findings ---------------------------------------------------------------------------------- */

bool job_is_unconfirmed(int id)
{
	return id == DIAG_DERIVED || id == DIAG_INFERRED || id == DIAG_RECALLED;
}

static void count_finding(struct job_result *result, const struct diag *diag)
{
	switch (diag_severity(diag->id)) {
	case SEVERITY_SYSTEM:
		result->system_failure = true;
		result->errors++;
		break;
	case SEVERITY_ERROR:
		result->errors++;
		break;
	case SEVERITY_WARNING:
		result->warnings++;
		break;
	case SEVERITY_NOTE:
		break;
	}
}

static void report(struct batch *batch, struct diags *diags)
{
	const struct job_listener *listener = &batch->task->request->listener;
	diags_sort(diags);
	for (int i = 0; i < diags_len(diags); i++) {
		count_finding(&batch->result, diags_at(diags, i));
		summary_count(&batch->summary, diags_at(diags, i));
		listener->found(listener->user, diags_at(diags, i));
	}
}

void batch_report(struct batch *batch, struct diags *diags)
{
	for (int i = 0; i < diags_len(diags); i++)
		if (diag_severity(diags_at(diags, i)->id) >= SEVERITY_ERROR)
			summary_add_finding(&batch->summary, diags_at(diags, i));
	report(batch, diags);
	diags_clear(diags);
}

/* -- a letter ---------------------------------------------------------------------------------- */

static void count_fate(struct batch *batch, const struct outcome *outcome)
{
	struct job_result *result = &batch->result;
	enum job_fate fate = outcome->fate;
	result->records++;
	result->written += fate == JOB_WRITTEN;
	result->same += outcome->same;
	result->unchanged += fate == JOB_UNCHANGED;
	result->failed += fate == JOB_FAILED;
	result->held += fate == JOB_HELD;
	result->objected += fate == JOB_HELD && outcome->remarks;
	standings_add(&result->standings, &outcome->standings);
	result->unconfirmed_records += standings_unconfirmed(&outcome->standings) > 0;
	if (fate != JOB_WRITTEN)
		return;
	result->pages += outcome->pages;
	result->bytes += outcome->made.file[FILE_PDF].len;
}

/* A letter that failed keeps the file of an earlier run. */
static void deliver_to_record(struct batch *batch, struct worker *worker,
	const struct recipient *recipient, const struct outcome *outcome)
{
	struct entry old;
	bool failed = outcome->fate == JOB_FAILED;
	if (failed && record_find(batch->record, worker->arena, recipient->id, &old))
		record_meet(batch->record, old.number);
	if (!batch->publisher)
		return;
	if (failed)
		batch_keep_failed(batch, worker->diags, recipient);
	else if (outcome->is_staged)
		publisher_add(batch->publisher, &outcome->staged, worker->diags);
	else if (outcome->fate == JOB_HELD)
		record_put_failed(batch->record, recipient->id, str_lit(""), str_lit(""));
	else
		record_drop_failed(batch->record, recipient->id);
}

static void deliver_letter(struct batch *batch, struct worker *worker,
	const struct recipient *recipient, const struct outcome *outcome)
{
	bool written = outcome->fate == JOB_WRITTEN;
	if (batch->bundle && written)
		bundle_add(batch->bundle, worker->writer, recipient->id, worker->diags);
	if (batch->turns)
		turns_add(batch, outcome);
	if (batch->chooser && written)
		chooser_take(batch->chooser, recipient->id, outcome->pages, outcome->made.measures);
	if (outcome->made.survey)
		survey_add(batch->task->check->survey, outcome->made.survey);
	if (outcome->fate != JOB_FAILED && outcome->plan.lacks)
		summary_add_lacking(&batch->summary, recipient->id);
	if (batch->record)
		deliver_to_record(batch, worker, recipient, outcome);
	if (batch->summary.report)
		telling_letter(batch, worker, recipient, outcome);
}

static const char *file_of(
	const struct destination *to, struct arena *arena, const struct recipient *recipient)
{
	struct entry entry = {.id = recipient->id};
	if (!to)
		return NULL;
	entry.folder = publish_folder(to, arena, recipient->id);
	return publish_path(to, arena, &entry, FILE_PDF);
}

static void tell(struct batch *batch, struct worker *worker, const struct recipient *recipient,
	const struct outcome *outcome)
{
	const struct task *task = batch->task;
	const struct job_listener *listener = &task->request->listener;
	const struct reasons *reasons = &outcome->plan.reasons;
	bool has_reasons = outcome->fate == JOB_WRITTEN || outcome->fate == JOB_HELD;
	if (!listener->letter)
		return;
	struct job_letter letter = {
		.id = recipient->id,
		.file = file_of(task->to, worker->arena, recipient),
		.fate = outcome->fate,
		.difference = &outcome->difference,
		.reasons = reasons->list.at,
		.approved = outcome->approved,
		.approved_by = outcome->approved_by,
		.remarks = outcome->remarks,
		.unwritten = !outcome->plan.old.number,
		.same = outcome->same,
		.edition = outcome->plan.known ? outcome->plan.entry.edition
					       : worker->project->edition,
		.locked = batch->locked,
		.listed = outcome->listed,
		.version = outcome->version,
		.reason_count = has_reasons ? reasons->list.len : 0,
		.pdf = outcome->made.file[FILE_PDF],
		.pages = outcome->pages,
	};
	listener->letter(listener->user, &letter);
}

static void count_failed(struct batch *batch, int errors)
{
	int most = batch->task->request->most_failed;
	batch->result.rejections += errors;
	if (!most || batch->result.failed < most || batch->result.stopped)
		return;
	batch->stop = batch->result.stopped = true;
}

void batch_deliver(struct batch *batch, struct worker *worker, const struct recipient *recipient,
	const struct outcome *outcome)
{
	const struct job_listener *listener = &batch->task->request->listener;
	deliver_letter(batch, worker, recipient, outcome);
	if (diags_count(worker->diags, SEVERITY_SYSTEM) > 0)
		batch->stop = true;
	int before = batch->result.errors;
	report(batch, worker->diags);
	count_fate(batch, outcome);
	if (outcome->fate == JOB_FAILED)
		count_failed(batch, batch->result.errors - before);
	tell(batch, worker, recipient, outcome);
	if (batch->deps)
		deps_add(batch->deps, recipient->at.file);
	if (listener->progress)
		listener->progress(listener->user, batch->result.records, batch->total);
}
