/* batch_int.h - a run at work: what its workers share and what they hand in. */
#ifndef JOB_BATCH_INT_H
#define JOB_BATCH_INT_H

#include "job/job_int.h"
#include "publish/bundle.h"
#include "record/lock.h"
#include "report/report.h"

#include <pthread.h>
#include <stdatomic.h>

struct deps;

/* What run.json says beside the result and what the record knows. */
struct summary {
	int64_t began;       /* seconds since 1970; 0: nobody asks for it */
	struct buf findings; /* codes of errors that are no letter's, as JSON, commas between */
	struct buf lacking;  /* ids of letters below the level that was asked for, likewise */
	int *kinds; /* how many findings, by enum diag_id; notes are not counted; NULL: none yet */
	struct report *report; /* for people; NULL: not asked for */
};

struct batch {
	const struct task *task;
	struct project project;
	struct recipients *source;
	int lock;                    /* of the folder, or -1 */
	struct record *record;       /* NULL: none is kept, or there is none to read */
	struct deps *deps;           /* NULL: not asked for */
	struct publisher *publisher; /* NULL: nothing is written, or file by file */
	struct bundle *bundle;       /* NULL: not asked for */
	struct job_cover *cover;     /* of the bundle; NULL: none */
	struct chooser *chooser;     /* of a proof set; NULL: not asked for */
	unsigned char *turns;        /* of all letters of a check over all records; NULL: none */
	struct approvals *approvals; /* as a worker's */
	struct isolated *isolated;   /* likewise */
	bool locked;                 /* struct job_letter */
	bool archive_is_right;       /* what the record says is in the archive is there */
	struct job_result result;
	struct summary summary;
	int total; /* of records, or -1 */
	pthread_mutex_t take, deliver;
	pthread_cond_t turned;
	int64_t next_ticket; /* under take */
	atomic_bool stop;    /* no more records */
	bool broken;         /* under take: the source could not be read to its end */
	struct entry known;  /* under take: of the record that was not read */
	int64_t turn;        /* under deliver */
	/* A record could not be read, or there is none: who has no record any more is not known. */
	atomic_bool unread;
};

/* Puts the cover that is asked for into the empty bundle, which it must outlive; NULL after an
 * error. */
struct job_cover *cover_add(struct batch *batch, struct diags *diags);
void cover_close(struct job_cover *cover);
/* Opens folder, lock, record, approvals and publisher, as far as the mode asks for them; false
 * after an error. The run closes them in either case. */
bool batch_open_folder(struct batch *batch, struct diags *diags);
/* Opens the records; *grammar, which they are held against, stays open as long as they. */
bool batch_open_source(struct batch *batch, struct xml_grammar **grammar, struct diags *diags);
/* All workers, until no record is left. */
void batch_work(struct batch *batch);
/* Begins to note what letters take of the template, when all records are checked. */
void turns_open(struct batch *batch);
/* A letter's, in the order of the records. */
void turns_add(struct batch *batch, const struct outcome *outcome);
/* Says which comparison no record meets. */
void turns_close(struct batch *batch, struct diags *diags);
/* Hands findings that are no letter's to the caller, counted, in their files' order; none are left
 * then. */
void batch_report(struct batch *batch, struct diags *diags);
/* Hands in what became of a letter, with the findings of the worker, which has its turn. */
void batch_deliver(struct batch *batch, struct worker *worker, const struct recipient *recipient,
	const struct outcome *outcome);
/* run.json, at the start of a run and at its end; opened: template and records could be. False
 * after an error. */
bool summary_begin(struct batch *batch, struct diags *diags);
bool summary_end(struct batch *batch, bool opened, struct diags *diags);
/* Leaves a part's counts with its record, for the join. */
void summary_note(struct batch *batch);
void summary_add_finding(struct summary *summary, const struct diag *diag);
void summary_add_lacking(struct summary *summary, struct str id);
void summary_count(struct summary *summary, const struct diag *diag);
/* "running" while it does, then what came of it. */
const char *summary_state(const struct batch *batch, bool ended);
void summary_close(struct summary *summary);
/* The page for people, if it is asked for: what becomes of a letter, an error that is no letter's,
 * and at the end the page itself, into the update's buffer. */
void telling_begin(struct batch *batch);
void telling_letter(struct batch *batch, const struct worker *worker,
	const struct recipient *recipient, const struct outcome *outcome);
void telling_left(struct batch *batch, const struct entry *entry, bool removed);
void telling_end(struct batch *batch);
/* Notes that this letter failed, with its findings. */
void batch_keep_failed(
	struct batch *batch, const struct diags *diags, const struct recipient *recipient);
/* Begins the file of dependencies that the update names; NULL after an error. */
struct deps *deps_open(const struct task *task, const struct project *project, struct diags *diags);
/* A file of records; one after the other, each named once. */
void deps_add(struct deps *deps, const char *file);
/* keep: else the file is what it was. False after an error. deps may be NULL. */
bool deps_close(struct deps *deps, bool keep, struct diags *diags);

/* The end of a run with a record: what was handed in is published; letters without recipient are
 * told or removed; failed.json is written. */
void batch_finish(struct batch *batch, struct diags *diags);

#endif
