/* job_int.h - what a run holds in common, and what each worker has of its own. */
#ifndef JOB_JOB_INT_H
#define JOB_JOB_INT_H

#include "job/job.h"
#include "layout/layout.h"
#include "letter/letter.h"
#include "pdf/pdf.h"
#include "recipients/recipients.h"

/* Run lifetime: made once, then const for all workers. */
struct project {
	struct arena *arena;
	struct template *template;
	struct style *style;
	struct text *text;
	struct pictures *pictures;
	struct pdf *pdf;
	int64_t time;
};

/* Opens all that a run needs; false after an error. To be closed in either case. */
bool project_open(struct project *project, const struct job_request *request, struct diags *diags);
void project_close(struct project *project);

struct worker {
	const struct project *project;
	const struct job_request *request;
	struct arena *arena; /* one letter's */
	struct shaper *shaper;
	struct layout *layout;
	struct pdf_writer *writer;
	struct diags *diags;        /* one letter's */
	struct buf bytes;           /* one letter's PDF */
	struct buf twin[JOB_TWINS]; /* those asked for */
	int pages, unconfirmed;     /* of the letter at work */
	int64_t stage_ns[JOB_STAGES];
};

void worker_open(
	struct worker *worker, const struct project *project, const struct job_request *request);
void worker_close(struct worker *worker);
/* The two halves of a letter, findings in worker->diags. The letter lies in worker->arena; NULL
 * when an error stops it. */
struct letter *worker_merge(struct worker *worker, const struct recipient *recipient);
/* Its PDF in worker->bytes and its twins in worker->twin, in memory; false when it failed. */
bool worker_compose(struct worker *worker, const struct letter *letter);
/* One letter from a record: merge, set, render, publish. False when it failed. */
bool worker_make(struct worker *worker, const struct recipient *recipient);
/* Adds the time since *since to a stage and starts anew; nothing when the run is not measured. */
void worker_lap(struct worker *worker, enum job_stage stage, int64_t *since);
int64_t worker_clock(const struct worker *worker);

#endif
