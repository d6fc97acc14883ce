/* make.c - one record → what becomes of it, as far as the task goes. */
#include "job/job_int.h"

#include "job/isolated.h"
#include "verify/manifest.h"

#include <time.h>

/* Without a record: file by file. */
static bool publish_all(struct worker *worker, struct str id, const struct made_letter *made)
{
	struct entry entry = {.id = id};
	bool good = true;
	for (int kind = 0; good && kind < FILE_KINDS; kind++) {
		struct str bytes = made->file[kind];
		if (bytes.at)
			good = file_publish(
				publish_path(worker->task->to, worker->arena, &entry, kind),
				bytes.at, (size_t)bytes.len, false, worker->diags);
	}
	return good;
}

static enum job_fate make_all(
	struct worker *worker, const struct letter *letter, struct outcome *out)
{
	const struct task *task = worker->task;
	bool good = worker_compose(worker, letter, task->request->form.also, &out->made);
	int64_t clock = worker_clock(worker);
	out->pages = out->made.pages ? out->made.pages->count : 0;
	good = good && (!task->to || publish_all(worker, letter->id, &out->made));
	if (good && task->check && task->check->versions && worker->keyer)
		good = (out->version = approval_prepare(worker, letter, &out->made)) != NULL;
	if (good && worker->isolated)
		isolated_compare(worker->isolated, letter->recipient, &out->made, worker->diags);
	worker_lap(worker, JOB_WRITE, &clock);
	return good ? JOB_WRITTEN : JOB_FAILED;
}

/* What the publisher is handed: the record's entry, and where the files were before. */
static void stage(struct worker *worker, struct outcome *out)
{
	const struct plan *plan = &out->plan;
	out->is_staged = true;
	out->staged = (struct staged){
		.entry = plan->entry,
		.known = plan->known,
		.shape = plan->key.shape,
		.shape_text = plan->shape,
		.basis = worker->project->basis.hash,
		.basis_text = worker->project->basis.text,
	};
	for (int kind = 0; kind < FILE_KINDS; kind++)
		if (plan->moved && plan->old.file[kind].size &&
			!publish_is_archive(plan->old.folder))
			out->staged.stale[kind] = publish_path(
				worker->task->to, worker->arena, &plan->old, kind);
}

static bool stage_files(struct worker *worker, struct outcome *out)
{
	bool good = true;
	for (int kind = 0; good && kind < FILE_KINDS; kind++)
		if (out->made.file[kind].at)
			good = publisher_stage(worker->publisher, worker->arena, &out->staged, kind,
				&worker->bytes[kind], worker->diags);
	return good;
}

/* As far as the servers let it: what fails costs a level, and is said. Gives whether it is longer
 * now. */
static bool raise(struct worker *worker, struct level_aim aim, struct outcome *out)
{
	struct buf *pdf = &worker->bytes[FILE_PDF];
	struct entry *entry = &out->plan.entry;
	const struct judged letter = {out->made.file[FILE_PDF],
		publish_path(worker->task->to, worker->arena, entry, FILE_PDF),
		(int64_t)time(NULL)};
	struct level_result result = level_raise(
		worker->task->request->signing.raise, worker->arena, &letter, aim, worker->diags);
	bool longer = result.longer.len > 0;
	entry->level = result.after;
	out->plan.lacks = result.after < aim.level;
	if (longer) {
		buf_free(pdf);
		*pdf = result.longer;
		out->made.file[FILE_PDF] = buf_text(pdf);
	} else
		buf_free(&result.longer);
	return longer;
}

static void raise_new(struct worker *worker, struct outcome *out)
{
	const struct signing *signing = &worker->task->request->signing;
	const struct level_aim aim = {.level = signing->level, .unpublished = true};
	out->plan.entry.level = signing->identity ? LEVEL_B : LEVEL_NONE;
	if (signing->raise && signing->identity)
		raise(worker, aim, out);
}

/* For the list of the run. made: its file was signed by this worker, and no other since. */
static void take_hashes(const struct worker *worker, bool made, struct outcome *out)
{
	struct entry *entry = &out->plan.entry;
	struct str file = out->made.file[FILE_PDF];
	unsigned char hash[SIGNER_HASH];
	char hex[MANIFEST_HEX] = "";
	if (made && worker->signer && signer_hash_file(worker->signer, file, hash))
		manifest_hex(hash, sizeof hash, hex);
	else if (worker->task->request->signing.identity)
		manifest_hash(file, hex);
	entry->sha256 = str_copy(worker->arena, str_of(hex));
	entry->template = worker->project->template_hash;
	entry->made = record_run(worker->record);
}

/* A letter is written when its plan says so, though its file may prove to be the same and then
 * stays as it is. warnings: those it had before it was set. */
static enum job_fate make_changed(
	struct worker *worker, const struct letter *letter, int warnings, struct outcome *out)
{
	struct plan *plan = &out->plan;
	if (!worker_compose(worker, letter, plan->wanted, &out->made))
		return JOB_FAILED;
	plan->entry.warnings = diags_count(worker->diags, SEVERITY_WARNING) - warnings;
	plan->entry.pages = out->pages = out->made.pages->count;
	if (!plan->make)
		return JOB_UNCHANGED;
	if (worker->task->kind == TASK_PLAN)
		return JOB_WRITTEN;
	int64_t clock = worker_clock(worker);
	raise_new(worker, out);
	worker_lap(worker, JOB_SIGN, &clock);
	take_hashes(worker, true, out);
	worker_lap(worker, JOB_HASH, &clock);
	stage(worker, out);
	out->is_staged = stage_files(worker, out);
	worker_lap(worker, JOB_WRITE, &clock);
	out->same = true;
	for (int kind = 0; kind < FILE_KINDS; kind++)
		out->same &= !out->staged.laid[kind] && !out->staged.bytes[kind];
	return out->is_staged ? JOB_WRITTEN : JOB_FAILED;
}

/* A letter that is right but for its level. What cannot be raised stays as it is. */
static enum job_fate raise_there(struct worker *worker, struct outcome *out)
{
	const struct level_aim aim = {.level = worker->task->request->signing.level};
	const char *path = publish_path(
		worker->task->to, worker->arena, &out->plan.entry, FILE_PDF);
	out->made = (struct made_letter){
		.file[FILE_PDF] = file_read(worker->arena, path, place_none(), worker->diags)};
	if (!out->made.file[FILE_PDF].at)
		return JOB_FAILED;
	bool longer = raise(worker, aim, out);
	if (longer)
		take_hashes(worker, false, out);
	stage(worker, out);
	out->is_staged = !longer || stage_files(worker, out);
	return !out->is_staged ? JOB_FAILED : longer ? JOB_WRITTEN : JOB_UNCHANGED;
}

static void find_difference(struct worker *worker, struct outcome *out)
{
	struct diff_input input = {.record = worker->record,
		.keyer = worker->keyer,
		.key = &out->plan.key,
		.old = &out->plan.old,
		.reasons = &out->plan.reasons};
	out->difference = diff_letter(worker->arena, &input);
}

/* Of a task with a record. */
static enum job_fate make_planned(struct worker *worker, const struct recipient *recipient,
	const struct letter *letter, struct outcome *out)
{
	const struct task *task = worker->task;
	struct plan *plan = &out->plan;
	int64_t clock = worker_clock(worker);
	if (!plan_letter(worker, recipient, letter, plan))
		return JOB_FAILED;
	worker_lap(worker, JOB_KEY, &clock);
	int warnings = diags_count(worker->diags, SEVERITY_WARNING);
	if (plan->make || task->kind == TASK_COMPARE) {
		enum job_fate fate = approval_ask(worker, letter, out);
		if (fate != JOB_WRITTEN)
			return fate;
	}
	if (task->kind == TASK_DIFF && plan->make)
		find_difference(worker, out);
	enum job_fate fate = JOB_UNCHANGED;
	if (task->kind == TASK_COMPARE || task->kind == TASK_DIFF)
		return plan->make || plan->raise ? JOB_WRITTEN : JOB_UNCHANGED;
	out->pages = plan->old.pages;
	if (plan->make || plan->again)
		fate = make_changed(worker, letter, warnings, out);
	if (task->kind == TASK_PLAN)
		return fate == JOB_UNCHANGED && plan->raise ? JOB_WRITTEN : fate;
	if (fate == JOB_UNCHANGED && plan->raise)
		return raise_there(worker, out);
	if (fate == JOB_UNCHANGED && plan->refresh && !out->is_staged)
		stage(worker, out);
	return fate;
}

void worker_make(struct worker *worker, const struct recipient *recipient, struct outcome *out)
{
	const struct task *task = worker->task;
	const struct letter *letter = worker_merge(worker, recipient);
	out->standings = letter ? letter->standings : (struct standings){0};
	out->turns = letter ? letter->shown.turns : NULL;
	if (task->check && task->check->listed)
		out->listed = listed_as(worker, recipient, letter);
	if (!letter)
		out->fate = JOB_FAILED;
	else if (task->check && task->check->no_pages)
		out->fate = JOB_WRITTEN;
	else if (task->approver)
		out->fate = approval_give(worker, letter, out);
	else if (task_has_record(task))
		out->fate = make_planned(worker, recipient, letter, out);
	else
		out->fate = make_all(worker, letter, out);
}

void worker_make_known(struct worker *worker, const struct recipient *recipient,
	const struct entry *entry, struct outcome *out)
{
	struct recipient again = *recipient;
	out->standings = entry->standings;
	out->pages = entry->pages;
	if (plan_known(worker, entry, &out->plan)) {
		if (out->plan.refresh && worker->publisher)
			stage(worker, out);
		out->fate = JOB_UNCHANGED;
	} else if (recipients_read(worker->recipients, worker->arena, &again, worker->diags)) {
		worker_make(worker, &again, out);
	} else {
		out->fate = JOB_FAILED;
	}
}
