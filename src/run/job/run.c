/* run.c - the functions of job.h that run all letters: what is opened, run and closed, in order. */
#include "job/batch_int.h"

#include "base/diag_id.h"
#include "job/isolated.h"
#include "record/approval.h"
#include "record/lock.h"
#include "xml/xml.h"

/* What letters are written to beside files of their own, and what is learned of them. */
static bool open_by_products(struct batch *batch, struct diags *diags)
{
	const struct task *task = batch->task;
	const struct project *project = &batch->project;
	if (task->kind == TASK_UPDATE && task->update->deps) {
		batch->deps = deps_open(task, project, diags);
		if (!batch->deps)
			return false;
	}
	if (task->bundle) {
		struct bundle_input input = {task->bundle->file, project->time,
			task->bundle->simplex, task->bundle->durability, task->bundle->into};
		batch->bundle = bundle_open(&input, diags);
		if (!batch->bundle)
			return false;
		if (task->bundle->cover.at) {
			batch->cover = cover_add(batch, diags);
			batch->stop = !batch->cover;
		}
		if (batch->stop)
			return false;
	}
	if (task->check && task->check->choose)
		batch->chooser = chooser_new(project->facts, task->check->choose);
	turns_open(batch);
	return true;
}

static void close_by_products(struct batch *batch, struct diags *diags)
{
	if (batch->chooser)
		chooser_end(batch->chooser, batch->task->check->choose);
	chooser_free(batch->chooser);
	if (batch->task->check && batch->task->check->survey && batch->project.text)
		survey_end(batch->task->check->survey, batch->project.text);
	struct bundle_end end = bundle_close(batch->bundle, !batch->stop, diags);
	cover_close(batch->cover);
	batch->result.bundled = end.written;
	batch->result.blank = end.blank;
	deps_close(batch->deps, !batch->stop, diags);
	turns_close(batch, diags);
}

static void close_all(struct batch *batch)
{
	if (batch->source)
		recipients_close(batch->source);
	publisher_free(batch->publisher);
	isolated_close(batch->isolated);
	approvals_close(batch->approvals);
	record_close(batch->record);
	lock_release(batch->lock);
	summary_close(&batch->summary);
	project_close(&batch->project);
}

/* Before a record is read, and before there are threads. */
static bool open_isolated(struct batch *batch, struct diags *diags)
{
	const struct job_check *check = batch->task->check;
	if (!check || !check->isolated)
		return true;
	batch->isolated = isolated_open(&batch->project, batch->task, check->out, diags);
	return batch->isolated;
}

/* What was given is on the disk, or it was not given. */
static void end_approvals(struct batch *batch, struct diags *diags)
{
	approvals_flush(batch->approvals, diags);
	int lost = approvals_lost(batch->approvals);
	batch->result.written -= lost;
	batch->result.failed += lost;
}

static struct job_result run(const struct task *task)
{
	struct diags *diags = diags_new();
	struct batch batch = {.task = task, .lock = -1};
	struct xml_grammar *grammar = NULL;
	telling_begin(&batch);
	bool opened = project_open(&batch.project, task, diags) && open_isolated(&batch, diags) &&
		batch_open_source(&batch, &grammar, diags);
	bool good = opened && batch_open_folder(&batch, diags);
	batch_report(&batch, diags);
	if (good && summary_begin(&batch, diags) && open_by_products(&batch, diags)) {
		batch_work(&batch);
		int64_t clock = task_clock(task);
		end_approvals(&batch, diags);
		if (batch.record)
			batch_finish(&batch, diags);
		batch.result.stage_ns[JOB_END] += task_clock(task) - clock;
	}
	close_by_products(&batch, diags);
	if (batch.result.stopped)
		diag_add(diags, STOPPED, place_none(), diag_int(diags, batch.result.failed),
			diag_int(diags, batch.result.records));
	batch_report(&batch, diags);
	if (!summary_end(&batch, opened, diags))
		batch_report(&batch, diags);
	telling_end(&batch);
	close_all(&batch);
	xml_grammar_free(grammar);
	diags_free(diags);
	return batch.result;
}

/* Nobody signs what is not kept. */
static struct job_request unsigned_request(const struct job_request *request)
{
	struct job_request copy = *request;
	copy.signing = (struct signing){0};
	return copy;
}

struct job_result job_check(const struct job_request *request, const struct job_check *check)
{
	struct job_request plain = unsigned_request(request);
	return run(&(struct task){.kind = TASK_CHECK, .request = &plain, .check = check});
}

struct job_result job_write(const struct job_request *request, const char *out)
{
	const struct destination to = {.out = out};
	return run(&(struct task){.kind = TASK_WRITE, .request = request, .to = out ? &to : NULL});
}

struct job_result job_bundle(const struct job_request *request, const struct job_bundle *bundle)
{
	struct job_request plain = unsigned_request(request);
	return run(&(struct task){.kind = TASK_BUNDLE, .request = &plain, .bundle = bundle});
}

static struct job_result run_update(
	enum task_kind kind, const struct job_request *request, const struct job_update *update)
{
	struct destination to = update->to;
	to.shard = request->selection.shard;
	return run(&(struct task){.kind = kind, .request = request, .to = &to, .update = update});
}

struct job_result job_update(const struct job_request *request, const struct job_update *update)
{
	return run_update(TASK_UPDATE, request, update);
}

struct job_result job_plan(const struct job_request *request, const struct job_update *update)
{
	return run_update(TASK_PLAN, request, update);
}

struct job_result job_compare(const struct job_request *request, const struct job_update *update)
{
	return run_update(TASK_COMPARE, request, update);
}

struct job_result job_diff(const struct job_request *request, const struct job_update *update)
{
	return run_update(TASK_DIFF, request, update);
}

struct job_result job_approve(
	const struct job_request *request, const struct job_approver *approver)
{
	const struct destination to = {.out = approver->out};
	struct job_request plain = unsigned_request(request);
	return run(&(struct task){
		.kind = TASK_APPROVE, .request = &plain, .to = &to, .approver = approver});
}
