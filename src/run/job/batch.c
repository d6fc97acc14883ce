/* batch.c - the run at work: workers take records one at a time, make their letters (make.c), and
 * hand in what they found in the order of the records (deliver.c).
 *
 * Two locks. `take` guards the source: who takes a record also draws a ticket. `deliver` guards the
 * result: a worker waits until its ticket's turn has come. So messages come in the order of the
 * records, and no more letters are in memory than there are workers, however many records there
 * are. Records that are known cost less than the wait for a turn, so a handful of them is taken at
 * once. Rejected: a queue between reader and workers, which needs bounds, and copies every
 * record. */
#include "job/batch_int.h"

#include "base/diag_id.h"
#include "record/approval.h"
#include "record/names.h"
#include "xml/xml.h"

#include <pthread.h>
#include <stdlib.h>

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
		if (result == RECIPIENTS_END ||
			shard_has(batch->task->request->selection.shard, recipient->id))
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
		entry->merge_stamp == batch->project.merge_stamp && !entry->merge_warnings &&
		!entry->gone && !entry->warnings;
}

static bool may_know(const struct batch *batch)
{
	const struct task *task = batch->task;
	bool records = task->kind == TASK_UPDATE || task->kind == TASK_PLAN;
	return records && batch->project.merge_stamp && !task->update->force &&
		!task->update->read_all;
}

static void take_next(struct batch *batch, struct worker *worker, struct handful *handful)
{
	struct taken *taken = &handful->at[handful->count];
	taken->result = next_of_shard(batch, worker, &taken->recipient);
	if (taken->result == RECIPIENTS_KNOWN)
		taken->known = batch->known;
	handful->count += taken->result != RECIPIENTS_END;
	handful->last = taken->result == RECIPIENTS_END;
	if (handful->last && diags_failed(worker->found)) {
		batch->broken = true;
		atomic_store(&batch->unread, true);
	}
}

static void look_for_signal(struct batch *batch)
{
	const atomic_bool *interrupted = batch->task->request->listener.interrupted;
	if (interrupted && *interrupted)
		batch->stop = batch->result.interrupted = true;
}

/* What is found while reading the last of them, or the end, is in worker->found. */
static void take(struct batch *batch, struct worker *worker, struct handful *handful)
{
	const int most = sizeof handful->at / sizeof *handful->at;
	pthread_mutex_lock(&batch->take);
	int64_t clock = worker_clock(worker);
	look_for_signal(batch);
	handful->count = 0;
	handful->last = batch->stop;
	while (!handful->last && handful->count < most &&
		(!handful->count || handful->at[handful->count - 1].result == RECIPIENTS_KNOWN))
		take_next(batch, worker, handful);
	look_for_signal(batch); /* reading may have waited for one */
	handful->ticket = batch->next_ticket;
	batch->next_ticket += handful->count;
	worker_lap(worker, JOB_READ, &clock);
	pthread_mutex_unlock(&batch->take);
}

/* Who waits, waits for the first ticket of a handful: only its last calls the next worker. */
static void wait_for_turn(struct batch *batch, int64_t ticket)
{
	pthread_mutex_lock(&batch->deliver);
	while (batch->turn != ticket)
		pthread_cond_wait(&batch->turned, &batch->deliver);
}

static void end_turn(struct batch *batch, bool last)
{
	batch->turn++;
	if (last)
		pthread_cond_broadcast(&batch->turned);
	pthread_mutex_unlock(&batch->deliver);
}

static void make(
	struct batch *batch, struct worker *worker, const struct taken *taken, struct outcome *out)
{
	*out = (struct outcome){.fate = JOB_FAILED};
	worker_begin(worker);
	diags_set_record(worker->diags, taken->recipient.where);
	switch (taken->result) {
	case RECIPIENTS_GOOD:
		worker_make(worker, &taken->recipient, out);
		break;
	case RECIPIENTS_KNOWN:
		worker_make_known(worker, &taken->recipient, &taken->known, out);
		break;
	default:
		atomic_store(&batch->unread, true);
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
	struct outcome outcome;
	for (int i = 0; i < handful->count; i++) {
		const struct taken *taken = &handful->at[i];
		diags_clear(worker->diags);
		if (taken->result != RECIPIENTS_KNOWN)
			swap_findings(worker);
		make(batch, worker, taken, &outcome);
		wait_for_turn(batch, handful->ticket + i);
		int64_t clock = worker_clock(worker);
		batch_deliver(batch, worker, &taken->recipient, &outcome);
		worker_lap(worker, JOB_RECORD, &clock);
		end_turn(batch, i == handful->count - 1);
		arena_restore(worker->arena, mark);
	}
}

static void *work(void *user)
{
	struct batch *batch = user;
	const struct worker shared = {.task = batch->task,
		.project = &batch->project,
		.record = batch->record,
		.publisher = batch->publisher,
		.approvals = batch->approvals,
		.isolated = batch->isolated,
		.recipients = batch->source,
		.archive_is_right = batch->archive_is_right};
	struct worker worker;
	struct handful handful;
	worker_open(&worker, &shared);
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
	int workers = batch->task->request->workers;
	pthread_t *threads = heap_new((size_t)workers * sizeof *threads);
	int started = 0;
	while (started < workers - 1 && pthread_create(&threads[started], NULL, work, batch) == 0)
		started++;
	work(batch);
	for (int i = 0; i < started; i++)
		pthread_join(threads[i], NULL);
	free(threads);
}

void batch_work(struct batch *batch)
{
	const struct job_listener *listener = &batch->task->request->listener;
	bool part = batch->task->request->selection.shard.count > 0;
	batch->total = part ? -1 : recipients_count(batch->source);
	pthread_mutex_init(&batch->take, NULL);
	pthread_mutex_init(&batch->deliver, NULL);
	pthread_cond_init(&batch->turned, NULL);
	if (listener->progress)
		listener->progress(listener->user, 0, batch->total);
	run_workers(batch);
	pthread_cond_destroy(&batch->turned);
	pthread_mutex_destroy(&batch->deliver);
	pthread_mutex_destroy(&batch->take);
}

/* Asked while a request is waited for. */
static bool goes_on(void *user)
{
	const struct batch *batch = user;
	const atomic_bool *interrupted = batch->task->request->listener.interrupted;
	return !batch->stop && !(interrupted && *interrupted);
}

bool batch_open_source(struct batch *batch, struct xml_grammar **grammar, struct diags *diags)
{
	const struct job_request *request = batch->task->request;
	const struct job_selection *of = &request->selection;
	struct recipients_options options = {.only = of->only,
		.only_count = of->only_count,
		.where = of->where,
		.where_count = of->where_count,
		.except = of->except,
		.except_count = of->except_count,
		.limit = of->limit,
		.expected = of->expected,
		.name = request->source.name,
		.query = request->source.query,
		.sheet = request->source.sheet};
	if (batch->task->check && batch->task->check->grammars) {
		options.grammar = *grammar = grammars_check(&batch->project, diags);
		batch_report(batch, diags);
	}
	if (may_know(batch)) {
		options.known = is_known;
		options.user = batch;
	}
	const struct requests_from requests = {
		request->source.requests, request->source.recipients, goes_on, batch};
	batch->source = requests.stream
		? recipients_requested(&requests, batch->project.template, &options)
		: recipients_open(requests.records, batch->project.template, &options, diags);
	return batch->source != NULL;
}
