/* batch_int.h - a run at work: what its workers share and what they hand in. */
#ifndef JOB_BATCH_INT_H
#define JOB_BATCH_INT_H

#include "job/job_int.h"
#include "job/lock_int.h"

#include <pthread.h>
#include <stdatomic.h>

struct bundle;
struct deps;

struct batch {
	const struct job_request *request;
	const struct project *project;
	struct recipients *source;
	int lock;                    /* of the folder, or -1 */
	struct record *record;       /* NULL: none is kept, or there is none to read */
	struct deps *deps;           /* NULL: not asked for */
	struct press *press;         /* NULL: nothing is written, or file by file */
	struct bundle *bundle;       /* NULL: not asked for */
	struct chooser *chooser;     /* likewise */
	struct approvals *approvals; /* as a worker's */
	bool locked;                 /* struct job_letter */
	bool archive_is_right;       /* what the record says is in the archive is there */
	struct job_result result;
	int total; /* of records, or -1 */
	pthread_mutex_t take, deliver;
	pthread_cond_t turned;
	int64_t next_ticket; /* under take */
	bool stop;           /* under take: no more records */
	struct entry known;  /* under take: of the record that was not read */
	int64_t turn;        /* under deliver */
	atomic_bool unread;  /* a record could not be read: who it was for is not known */
};

/* Opens folder, lock, record, approvals and press, as far as the mode asks for them; false after an
 * error. The run closes them in either case. */
bool batch_open_folder(struct batch *batch, struct diags *diags);
/* Hands findings to the caller, counted, in their files' order. */
void batch_report(struct batch *batch, struct diags *diags);
/* Notes that this letter failed, with its findings. */
void batch_keep_failed(
	struct batch *batch, const struct worker *worker, const struct recipient *recipient);
/* Begins the file of dependencies that the request names; NULL after an error. */
struct deps *deps_open(
	const struct job_request *request, const struct project *project, struct diags *diags);
/* A file of records; one after the other, each named once. */
void deps_add(struct deps *deps, const char *file);
/* keep: else the file is what it was. False after an error. deps may be NULL. */
bool deps_close(struct deps *deps, bool keep, struct diags *diags);

/* Begins the bundle that the request names, beside it; NULL after an error. */
struct bundle *bundle_open(
	const struct job_request *request, const struct project *project, struct diags *diags);
/* The letter that a worker prepared, in the order of the records; false after an error. */
bool bundle_add(
	struct bundle *bundle, struct pdf_writer *writer, struct str id, struct diags *diags);
/* keep: it gets its name, if there is a letter in it; else what is there under that name stays.
 * bundle may be NULL. */
void bundle_close(struct bundle *bundle, bool keep, struct job_result *result, struct diags *diags);

/* The end of a run with a record: what was handed in is published; letters without recipient are
 * told or removed; failed.json is written. */
void batch_finish(struct batch *batch, struct diags *diags);

#endif
