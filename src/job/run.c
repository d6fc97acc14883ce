/* run.c - the run: workers take records one at a time and hand in what they found in the order of
 * the records.
 *
 * Two locks. `take` guards the source: who takes a record also draws a ticket. `deliver` guards the
 * result: a worker waits until its ticket's turn has come. So messages come in the order of the
 * records, and no more letters are in memory than there are workers, however many records there
 * are. Rejected: a queue between reader and workers, which needs bounds, and copies every record.
 */
#include "job/job_int.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/stat.h>

struct batch {
	const struct job_request *request;
	const struct project *project;
	struct recipients *source;
	struct job_result result;
	int total; /* of records, or -1 */
	pthread_mutex_t take, deliver;
	pthread_cond_t turned;
	int64_t next_ticket; /* under take */
	bool stop;           /* under take: no more records */
	int64_t turn;        /* under deliver */
};

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
	diags_sort(diags);
	for (int i = 0; i < diags_len(diags); i++) {
		count_finding(&batch->result, diags_at(diags, i));
		batch->request->found(batch->request->user, diags_at(diags, i));
	}
}

static enum recipients_result take(
	struct batch *batch, struct worker *worker, struct recipient *recipient, int64_t *ticket)
{
	enum recipients_result result = RECIPIENTS_END;
	pthread_mutex_lock(&batch->take);
	int64_t clock = worker_clock(worker);
	if (!batch->stop)
		result = recipients_next(batch->source, worker->arena, recipient, worker->diags);
	if (result != RECIPIENTS_END)
		*ticket = batch->next_ticket++;
	worker_lap(worker, JOB_READ, &clock);
	pthread_mutex_unlock(&batch->take);
	return result;
}

static void stop(struct batch *batch)
{
	pthread_mutex_lock(&batch->take);
	batch->stop = true;
	pthread_mutex_unlock(&batch->take);
}

static void deliver(struct batch *batch, struct worker *worker, int64_t ticket, bool good)
{
	struct job_result *result = &batch->result;
	pthread_mutex_lock(&batch->deliver);
	while (batch->turn != ticket)
		pthread_cond_wait(&batch->turned, &batch->deliver);
	report(batch, worker->diags);
	result->records++;
	result->written += good;
	result->failed += !good;
	result->unconfirmed_facts += worker->unconfirmed;
	result->unconfirmed_records += worker->unconfirmed > 0;
	result->pages += good ? worker->pages : 0;
	result->bytes += good ? (int64_t)worker->bytes.len : 0;
	if (batch->request->progress)
		batch->request->progress(batch->request->user, result->records, batch->total);
	batch->turn++;
	pthread_cond_broadcast(&batch->turned);
	pthread_mutex_unlock(&batch->deliver);
}

static void *work(void *user)
{
	struct batch *batch = user;
	struct worker worker;
	worker_open(&worker, batch->project, batch->request);
	for (;;) {
		struct recipient recipient = {0};
		int64_t ticket = 0;
		arena_reset(worker.arena);
		diags_clear(worker.diags);
		worker.unconfirmed = 0;
		enum recipients_result result = take(batch, &worker, &recipient, &ticket);
		if (result == RECIPIENTS_END)
			break;
		diags_set_record(worker.diags, recipient.at.file);
		bool good = result == RECIPIENTS_GOOD && worker_make(&worker, &recipient);
		if (diags_count(worker.diags, SEVERITY_SYSTEM) > 0)
			stop(batch);
		deliver(batch, &worker, ticket, good);
	}
	pthread_mutex_lock(&batch->deliver);
	report(batch, worker.diags); /* what the source found at its end */
	for (int i = 0; i < JOB_STAGES; i++)
		batch->result.stage_ns[i] += worker.stage_ns[i];
	pthread_mutex_unlock(&batch->deliver);
	worker_close(&worker);
	return NULL;
}

static void run_workers(struct batch *batch)
{
	int workers = batch->request->workers;
	pthread_t *threads = calloc((size_t)workers, sizeof *threads);
	int started = 0;
	while (threads && started < workers - 1 &&
		pthread_create(&threads[started], NULL, work, batch) == 0)
		started++;
	work(batch);
	for (int i = 0; i < started; i++)
		pthread_join(threads[i], NULL);
	free(threads);
}

/* Makes the folder and those above it. */
static bool make_folder(const char *path, struct diags *diags)
{
	struct arena *arena = arena_new();
	struct str all = str_of(path);
	for (int i = 1; i <= all.len; i++)
		if (i == all.len || path[i] == '/')
			mkdir(str_copy(arena, str_slice(all, 0, i)).at, 0777);
	arena_free(arena);
	struct stat status;
	if (stat(path, &status) == 0 && S_ISDIR(status.st_mode))
		return true;
	diag_add(diags, FILE_WRITE, ((struct place){path, 0, 0}), path, strerror(errno));
	return false;
}

struct job_result job_run(const struct job_request *request)
{
	struct project project;
	struct diags *diags = diags_new();
	struct batch batch = {.request = request, .project = &project};
	bool good = project_open(&project, request, diags);
	if (good)
		batch.source = recipients_open(request->recipients, project.template, request->only,
			request->only_count, diags);
	good = batch.source && (!request->out || make_folder(request->out, diags));
	report(&batch, diags);
	if (good) {
		batch.total = recipients_count(batch.source);
		pthread_mutex_init(&batch.take, NULL);
		pthread_mutex_init(&batch.deliver, NULL);
		pthread_cond_init(&batch.turned, NULL);
		run_workers(&batch);
		pthread_cond_destroy(&batch.turned);
		pthread_mutex_destroy(&batch.deliver);
		pthread_mutex_destroy(&batch.take);
	}
	if (batch.source)
		recipients_close(batch.source);
	project_close(&project);
	diags_free(diags);
	return batch.result;
}
