/* run.c - the run: workers take records one at a time and hand in what they found in the order of
 * the records.
 *
 * Two locks. `take` guards the source: who takes a record also draws a ticket. `deliver` guards the
 * result: a worker waits until its ticket's turn has come. So messages come in the order of the
 * records, and no more letters are in memory than there are workers, however many records there
 * are. Records that are known cost less than the wait for a turn, so a handful of them is taken at
 * once. Rejected: a queue between reader and workers, which needs bounds, and copies every
 * record. */
#include "job/batch_int.h"

#include "base/diag_id.h"
#include "job/approval_int.h"
#include "job/names_int.h"
#include "xml/xml.h"

#include <pthread.h>
#include <stdlib.h>

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

void batch_report(struct batch *batch, struct diags *diags)
{
	diags_sort(diags);
	for (int i = 0; i < diags_len(diags); i++) {
		count_finding(&batch->result, diags_at(diags, i));
		batch->request->found(batch->request->user, diags_at(diags, i));
	}
}

/* Records taken at once, with tickets one after the other: known ones, and one more of any kind. */
struct handful {
	struct taken {
		enum recipients_result result;
		struct recipient recipient;
		struct entry known;
	} at[32];
	int count;
	int64_t ticket; /* of the first */
	bool last;      /* no records are left */
};

static enum recipients_result next_of_shard(
	struct batch *batch, struct worker *worker, struct recipient *recipient)
{
	struct arena_mark mark = arena_save(worker->arena);
	for (;;) {
		enum recipients_result result = recipients_next(
			batch->source, worker->arena, recipient, worker->found);
		if (result == RECIPIENTS_END || shard_has(batch->request->shard, recipient->id))
			return result;
		arena_restore(worker->arena, mark);
		diags_clear(worker->found);
	}
}

/* Answers for recipients_next. What has warnings is read again, so that they are said again. */
static bool is_known(void *user, struct arena *arena, struct recipient *recipient)
{
	struct batch *batch = user;
	struct entry *entry = &batch->known;
	if (!batch->record || !record_find(batch->record, arena, recipient->id, entry))
		return false;
	recipient->person = (uint64_t)entry->person;
	return entry->stamp == (int64_t)recipient->stamp &&
		entry->surroundings == batch->project->surroundings && !entry->merge_warnings &&
		!entry->warnings;
}

static bool may_know(const struct batch *batch)
{
	const struct job_request *request = batch->request;
	bool records = request->mode == JOB_CHANGED || request->mode == JOB_PLAN;
	return records && batch->project->surroundings && !request->force && !request->read_all &&
		!request->say_approvals;
}

static void take_next(struct batch *batch, struct worker *worker, struct handful *handful)
{
	struct taken *taken = &handful->at[handful->count];
	taken->result = next_of_shard(batch, worker, &taken->recipient);
	if (taken->result == RECIPIENTS_KNOWN)
		taken->known = batch->known;
	handful->count += taken->result != RECIPIENTS_END;
	handful->last = taken->result == RECIPIENTS_END;
}

/* What is found while reading the last of them, or the end, is in worker->found. */
static void take(struct batch *batch, struct worker *worker, struct handful *handful)
{
	const int most = sizeof handful->at / sizeof *handful->at;
	const atomic_bool *interrupted = batch->request->interrupted;
	pthread_mutex_lock(&batch->take);
	int64_t clock = worker_clock(worker);
	if (interrupted && *interrupted)
		batch->stop = batch->result.interrupted = true;
	handful->count = 0;
	handful->last = batch->stop;
	while (!handful->last && handful->count < most &&
		(!handful->count || handful->at[handful->count - 1].result == RECIPIENTS_KNOWN))
		take_next(batch, worker, handful);
	handful->ticket = batch->next_ticket;
	batch->next_ticket += handful->count;
	worker_lap(worker, JOB_READ, &clock);
	pthread_mutex_unlock(&batch->take);
}

static void stop(struct batch *batch)
{
	pthread_mutex_lock(&batch->take);
	batch->stop = true;
	pthread_mutex_unlock(&batch->take);
}

static void count_fate(struct batch *batch, const struct worker *worker, enum job_fate fate)
{
	struct job_result *result = &batch->result;
	result->records++;
	result->written += fate == JOB_WRITTEN;
	result->unchanged += fate == JOB_UNCHANGED;
	result->failed += fate == JOB_FAILED;
	result->held += fate == JOB_HELD;
	standings_add(&result->standings, &worker->standings);
	result->unconfirmed_records += standings_unconfirmed(&worker->standings) > 0;
	if (fate != JOB_WRITTEN)
		return;
	result->pages += worker->pages;
	result->bytes += (int64_t)worker->bytes.len;
}

/* A letter that failed keeps the file of an earlier run. */
static void deliver_to_record(struct batch *batch, struct worker *worker,
	const struct recipient *recipient, enum job_fate fate)
{
	struct entry old;
	if (batch->bundle && fate == JOB_WRITTEN)
		bundle_add(batch->bundle, worker->writer, recipient->id, worker->diags);
	if (batch->chooser && fate == JOB_WRITTEN)
		chooser_take(batch->chooser, recipient->id, worker->pages, worker->measures);
	if (!batch->record)
		return;
	if (fate == JOB_FAILED && record_find(batch->record, worker->arena, recipient->id, &old))
		record_meet(batch->record, old.number);
	if (!batch->press)
		return;
	if (fate == JOB_FAILED)
		batch_keep_failed(batch, worker, recipient);
	else if (worker->proven)
		press_add(batch->press, &worker->proof, worker->diags);
	else
		record_drop_failed(batch->record, recipient->id);
}

static void tell(struct batch *batch, struct worker *worker, const struct recipient *recipient,
	enum job_fate fate)
{
	struct buf values = {0};
	const struct reasons *reasons = &worker->plan.reasons;
	struct entry entry = {.id = recipient->id,
		.folder = press_folder(batch->request, worker->arena, recipient->id)};
	if (!batch->request->letter)
		return;
	if (batch->request->say_values)
		recipient_text(recipient, &values);
	struct job_letter letter = {
		.id = recipient->id,
		.file = press_path(batch->request, worker->arena, &entry, FILE_PDF),
		.fate = fate,
		.difference = batch->request->mode == JOB_DIFF ? buf_text(&worker->bytes)
							       : str_lit(""),
		.reasons = reasons->list.at,
		.approved = worker->approved,
		.locked = batch->locked,
		.values = buf_text(&values),
		.reason_count = fate == JOB_WRITTEN || fate == JOB_HELD ? reasons->list.len : 0,
	};
	batch->request->letter(batch->request->user, &letter);
	buf_free(&values);
}

/* Who waits, waits for the first ticket of a handful: only its last calls the next worker. */
static void deliver(struct batch *batch, struct worker *worker, int64_t ticket, bool last,
	const struct recipient *recipient, enum job_fate fate)
{
	pthread_mutex_lock(&batch->deliver);
	while (batch->turn != ticket)
		pthread_cond_wait(&batch->turned, &batch->deliver);
	deliver_to_record(batch, worker, recipient, fate);
	if (diags_count(worker->diags, SEVERITY_SYSTEM) > 0)
		stop(batch);
	batch_report(batch, worker->diags);
	count_fate(batch, worker, fate);
	tell(batch, worker, recipient, fate);
	if (batch->deps)
		deps_add(batch->deps, recipient->at.file);
	if (batch->request->progress)
		batch->request->progress(batch->request->user, batch->result.records, batch->total);
	batch->turn++;
	if (last)
		pthread_cond_broadcast(&batch->turned);
	pthread_mutex_unlock(&batch->deliver);
}

static enum job_fate make(struct batch *batch, struct worker *worker, const struct taken *taken)
{
	worker->standings = (struct standings){0};
	worker->approved = 0;
	worker->proven = false;
	worker->plan = (struct plan){0};
	diags_set_record(worker->diags, taken->recipient.where);
	switch (taken->result) {
	case RECIPIENTS_GOOD:
		return worker_make(worker, &taken->recipient);
	case RECIPIENTS_KNOWN:
		return worker_make_known(worker, &taken->recipient, &taken->known);
	default:
		atomic_store(&batch->unread, true);
		return JOB_FAILED;
	}
}

static void swap_findings(struct worker *worker)
{
	struct diags *found = worker->found;
	worker->found = worker->diags;
	worker->diags = found;
}

static void make_all(struct batch *batch, struct worker *worker, const struct handful *handful)
{
	struct arena_mark mark = arena_save(worker->arena);
	for (int i = 0; i < handful->count; i++) {
		const struct taken *taken = &handful->at[i];
		diags_clear(worker->diags);
		if (taken->result != RECIPIENTS_KNOWN)
			swap_findings(worker);
		enum job_fate fate = make(batch, worker, taken);
		deliver(batch, worker, handful->ticket + i, i == handful->count - 1,
			&taken->recipient, fate);
		arena_restore(worker->arena, mark);
	}
}

static void *work(void *user)
{
	struct batch *batch = user;
	struct worker worker;
	struct handful handful;
	worker_open(&worker, batch->project, batch->request, batch->record, batch->press);
	worker.recipients = batch->source;
	worker.approvals = batch->approvals;
	worker.archive_is_right = batch->archive_is_right;
	do {
		arena_reset(worker.arena);
		diags_clear(worker.found);
		take(batch, &worker, &handful);
		make_all(batch, &worker, &handful);
	} while (!handful.last);
	pthread_mutex_lock(&batch->deliver);
	batch_report(batch, worker.found); /* at the source's end */
	for (int i = 0; i < JOB_STAGES; i++)
		batch->result.stage_ns[i] += worker.stage_ns[i];
	pthread_mutex_unlock(&batch->deliver);
	worker_close(&worker);
	return NULL;
}

static void run_workers(struct batch *batch)
{
	int workers = batch->request->workers;
	pthread_t *threads = heap_new((size_t)workers * sizeof *threads);
	int started = 0;
	while (started < workers - 1 && pthread_create(&threads[started], NULL, work, batch) == 0)
		started++;
	work(batch);
	for (int i = 0; i < started; i++)
		pthread_join(threads[i], NULL);
	free(threads);
}

static void run_batch(struct batch *batch, struct diags *diags)
{
	batch->total = batch->request->shard.count ? -1 : recipients_count(batch->source);
	pthread_mutex_init(&batch->take, NULL);
	pthread_mutex_init(&batch->deliver, NULL);
	pthread_cond_init(&batch->turned, NULL);
	run_workers(batch);
	pthread_cond_destroy(&batch->turned);
	pthread_mutex_destroy(&batch->deliver);
	pthread_mutex_destroy(&batch->take);
	if (batch->record)
		batch_finish(batch, diags);
}

/* The records; *grammar, which they are held against, stays open as long as they. */
static bool open_source(struct batch *batch, struct xml_grammar **grammar, struct diags *diags)
{
	const struct job_request *request = batch->request;
	struct recipients_options options = {request->only, request->only_count, request->where,
		request->where_count, request->limit, request->name, request->query};
	if (request->grammars) {
		options.grammar = *grammar = grammars_check(batch->project, diags);
		batch_report(batch, diags);
		diags_clear(diags);
	}
	if (may_know(batch)) {
		options.known = is_known;
		options.user = batch;
	}
	batch->source = recipients_open(
		request->recipients, batch->project->template, &options, diags);
	return batch->source != NULL;
}

/* What letters are written to beside files of their own, and what is learned of them. */
static bool open_by_products(struct batch *batch, struct diags *diags)
{
	const struct job_request *request = batch->request;
	if (request->deps && request->mode == JOB_CHANGED) {
		batch->deps = deps_open(request, batch->project, diags);
		if (!batch->deps)
			return false;
	}
	if (request->bundle) {
		batch->bundle = bundle_open(request, batch->project, diags);
		if (!batch->bundle)
			return false;
	}
	if (request->choose)
		batch->chooser = chooser_new(batch->project->facts);
	return true;
}

static void close_by_products(struct batch *batch, struct diags *diags)
{
	if (batch->chooser)
		chooser_end(batch->chooser, batch->request->choose);
	chooser_free(batch->chooser);
	bundle_close(batch->bundle, !batch->stop, &batch->result, diags);
	deps_close(batch->deps, !batch->stop, diags);
}

struct job_result job_run(const struct job_request *request)
{
	struct project project;
	struct diags *diags = diags_new();
	struct batch batch = {.request = request, .project = &project, .lock = -1};
	struct xml_grammar *grammar = NULL;
	bool good = project_open(&project, request, diags) &&
		open_source(&batch, &grammar, diags) && batch_open_folder(&batch, diags);
	batch_report(&batch, diags);
	diags_clear(diags);
	if (good && open_by_products(&batch, diags))
		run_batch(&batch, diags);
	close_by_products(&batch, diags);
	batch_report(&batch, diags);
	if (batch.source)
		recipients_close(batch.source);
	xml_grammar_free(grammar);
	press_free(batch.press);
	approvals_close(batch.approvals);
	record_close(batch.record);
	lock_release(batch.lock);
	project_close(&project);
	diags_free(diags);
	return batch.result;
}
