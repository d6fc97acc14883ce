/* telling.c - a run → its report: what became of each letter, and of the run. It says what run.json
 * says, from the same result. */
#include "job/batch_int.h"

#include <time.h>

void telling_begin(struct batch *batch)
{
	const struct job_update *update = batch->task->update;
	if (batch->task->kind == TASK_UPDATE && update->report)
		batch->summary.report = report_new();
}

static enum report_fate fate_of(enum job_fate fate)
{
	return fate == JOB_WRITTEN   ? REPORT_MADE
		: fate == JOB_HELD   ? REPORT_HELD
		: fate == JOB_FAILED ? REPORT_REJECTED
				     : REPORT_UNCHANGED;
}

/* A letter that was not made has the file of an earlier run at most, which the report is not
 * about. */
void telling_letter(struct batch *batch, const struct worker *worker,
	const struct recipient *recipient, const struct outcome *outcome)
{
	const struct plan *plan = &outcome->plan;
	bool stands = outcome->fate == JOB_WRITTEN || outcome->fate == JOB_UNCHANGED;
	struct str where = str_of(recipient->where ? recipient->where : "");
	struct report_letter letter = {.id = recipient->id.len ? recipient->id : where,
		.fate = fate_of(outcome->fate),
		.lacks = stands && plan->lacks,
		.edition = plan->known ? plan->entry.edition : worker->project->edition};
	if (stands) {
		letter.pages = outcome->pages;
		letter.sha256 = plan->entry.sha256;
	} else if (outcome->fate == JOB_FAILED) {
		letter.findings = worker->diags;
	} else {
		letter.why = plan->reasons.list.at;
		letter.why_count = plan->reasons.list.len;
	}
	report_add(batch->summary.report, &letter);
}

void telling_left(struct batch *batch, const struct entry *entry, bool removed)
{
	const struct report_letter letter = {.id = entry->id,
		.fate = removed ? REPORT_REMOVED : REPORT_GONE,
		.pages = removed ? 0 : entry->pages,
		.sha256 = removed ? (struct str){0} : entry->sha256};
	report_add(batch->summary.report, &letter);
}

static void take_counts(const struct job_result *result, struct report_run *run)
{
	run->records = result->records;
	run->made = result->written;
	run->unchanged = result->unchanged;
	run->rejected = result->failed;
	run->held = result->held;
	run->gone = result->left;
	run->removed = result->removed;
	run->unconfirmed = result->unconfirmed_records;
}

void telling_end(struct batch *batch)
{
	const struct task *task = batch->task;
	const struct job_request *request = task->request;
	const struct job_selection *selection = &request->selection;
	if (!batch->summary.report)
		return;
	struct arena *arena = arena_new();
	struct report_run run = {.state = summary_state(batch, true),
		.out = task->to->out,
		.archive = task->to->archive,
		.template = path_base(str_of(request->source.template)),
		.began = batch->summary.began,
		.ended = (int64_t)time(NULL),
		.shard = task->to->shard,
		.program = task->update->program ? task->update->program : "",
		.chosen = selection->only || selection->where_count || selection->limit,
		.approvals = task->update->approvals,
		.believed = task->update->believed,
		.level = request->signing.raise ? level_name(request->signing.level) : NULL,
		.kinds = batch->summary.kinds};
	if (request->signing.identity) {
		struct identity_facts facts = identity_describe(request->signing.identity, arena);
		run.signer = facts.name;
		run.until = facts.until;
	}
	take_counts(&batch->result, &run);
	report_write(batch->summary.report, &run, task->update->report);
	arena_free(arena);
}
