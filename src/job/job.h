/* job.h - a request → letters in a folder. The only room that writes output files.
 *
 *   job_run    all stages for every recipient, by several workers
 *   job_find_  what the user left unsaid: the template, the recipient that a part of a name means
 */
#ifndef JOB_JOB_H
#define JOB_JOB_H

#include "base/base.h"
#include "template/template.h"

enum job_stage { JOB_READ, JOB_MERGE, JOB_LAYOUT, JOB_RENDER, JOB_WRITE, JOB_STAGES };

/* The same letter for other readers: ID.html, ID.txt. */
enum job_twin { JOB_HTML, JOB_TEXT, JOB_TWINS };

struct job_request {
	const char *template, *recipients; /* a file; a directory of records */
	const char *out; /* folder, made when missing; NULL: all stages run, nothing is written */
	const struct str *only; /* ids; NULL: all */
	int only_count;
	int workers;           /* 1 or more */
	bool has_time;         /* time is given; else it is the template's date */
	int64_t time;          /* seconds since 1970, UTC: the date in the files */
	const char *watermark; /* in the margin of each page, or NULL */
	bool also[JOB_TWINS];  /* the twins to write beside each letter */
	bool measure;          /* fill stage_ns */
	void *user;
	/* Called for each finding, in the order of the records whatever the number of workers,
	 * never by two threads at once. */
	void (*found)(void *user, const struct diag *diag);
	/* Called after each record, likewise; total is -1 when not known. May be NULL. */
	void (*progress)(void *user, int done, int total);
};

struct job_result {
	int records; /* taken from the source; = written + failed */
	int written; /* or, without out, made */
	int failed;
	int unconfirmed_records; /* with facts that are not confirmed */
	int unconfirmed_facts;
	int errors, warnings; /* findings */
	bool system_failure;  /* the run stopped early: a file could not be read or written */
	int64_t pages, bytes;
	int64_t stage_ns[JOB_STAGES]; /* summed over workers */
};

/* Runs. One record's error never stops the others; a failure of the system stops the run, and the
 * letters written so far are whole. */
struct job_result job_run(const struct job_request *request);

/* The only letter template in a folder, as a path in the arena; NULL after an error. */
const char *job_find_template(struct arena *arena, const char *dir, struct diags *diags);

/* The id of the one record in a directory whose file is named so or, failing that, whose file name
 * holds the part; .at is NULL after an error. */
struct str job_find_record(
	struct arena *arena, const char *recipients, const char *part, struct diags *diags);

/* Reads a template alone, for what it says of itself. NULL after an error. */
struct template *job_read_template(struct arena *arena, const char *path, struct diags *diags);

#endif
