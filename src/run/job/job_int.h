/* job_int.h - what a run holds in common, and what each worker has of its own. */
#ifndef JOB_JOB_INT_H
#define JOB_JOB_INT_H

#include "job/choice_int.h"
#include "job/job.h"
#include "job/key_int.h"
#include "job/press_int.h"
#include "job/reasons_int.h"
#include "job/record_int.h"
#include "layout/layout.h"
#include "letter/letter.h"
#include "pdf/pdf.h"
#include "recipients/recipients.h"

/* Run lifetime: made once, then const for all workers. */
struct project {
	struct arena *arena;
	struct template *template;
	struct style *style;
	const char *style_file; /* NULL: the style is the program's own */
	struct text *text;
	struct pictures *pictures;
	struct pdf *pdf;
	struct facts *facts; /* NULL: no proof set is chosen */
	int64_t time;
	struct basis basis;
	struct str template_hash; /* struct entry; empty when nobody signs */
	int64_t surroundings;     /* a hash of all that letters are merged from but their records */
	int64_t opened;           /* when, in nanoseconds since 1970 */
};

/* Opens all that a run needs; false after an error. To be closed in either case. */
bool project_open(struct project *project, const struct job_request *request, struct diags *diags);
void project_close(struct project *project);
/* Holds the template and the style against the grammars beside the template, as far as there are
 * such; gives the grammar of records, or NULL. To be freed. */
struct xml_grammar *grammars_check(const struct project *project, struct diags *diags);

/* What is to be done about the letter at work. */
struct plan {
	bool make, again;   /* again: only for its findings, the file is right */
	bool refresh;       /* the file is right but its time is new */
	bool known;         /* its record was not read: key and shape are the entry's */
	bool moved;         /* its file stands in another folder */
	struct entry old;   /* as the record has it; number 0: it does not */
	struct entry entry; /* as the record shall have it */
	struct letter_key key;
	struct str shape; /* its text, when the record lacks it */
	struct reasons reasons;
};

struct worker {
	const struct project *project;
	const struct job_request *request;
	struct record *record;       /* NULL: none is kept, or there is none to read */
	struct press *press;         /* NULL: nothing is written, or file by file */
	struct approvals *approvals; /* NULL: nobody has approved anything, or nobody asks */
	struct arena *arena;         /* one letter's */
	struct shaper *shaper;
	struct layout *layout;
	struct pdf_writer *writer;
	struct signer *signer;               /* NULL: none yet, or nobody signs */
	struct keyer *keyer;                 /* NULL with JOB_ALL */
	const struct recipients *recipients; /* the run's, to read one that was known after all */
	bool archive_is_right;               /* with an archive: letters recorded are in it */
	int64_t stage_ns[JOB_STAGES];
	struct diags *found; /* by reading on */
	/* the letter at work */
	struct diags *diags;
	struct buf bytes;           /* the PDF */
	struct buf source, facts;   /* with attach_source: letter.xml, record.xml */
	struct buf twin[JOB_TWINS]; /* those asked for */
	bool also[JOB_TWINS];       /* asked for, or made by an earlier run */
	int pages;
	struct standings standings;
	int approved;            /* by so many persons */
	const int32_t *measures; /* with project->facts */
	struct plan plan;
	struct proof proof;
	bool proven;                  /* the proof is to be handed in */
	const struct pages *composed; /* NULL: not yet */
	struct job_content content;   /* as far as it was asked for */
};

void worker_open(struct worker *worker, const struct project *project,
	const struct job_request *request, struct record *record, struct press *press);
void worker_close(struct worker *worker);
/* The two halves of a letter, findings in worker->diags. The letter lies in worker->arena; NULL
 * when an error stops it. */
struct letter *worker_merge(struct worker *worker, const struct recipient *recipient);
/* Its pages, in worker->composed, unless they are there; false when an error stops it. */
bool worker_set(struct worker *worker, const struct letter *letter);
/* Its PDF in worker->bytes and its twins in worker->twin, in memory; false when it failed. */
bool worker_compose(struct worker *worker, const struct letter *letter);
/* One letter from a record, as far as the request's mode goes: merge, compare, compose, write. */
enum job_fate worker_make(struct worker *worker, const struct recipient *recipient);
/* The same for one that was not read, from its entry: it is read after all when its file is not
 * right. */
enum job_fate worker_make_known(
	struct worker *worker, const struct recipient *recipient, const struct entry *entry);
/* Adds the time since *since to a stage and starts anew; nothing when the run is not measured. */
void worker_lap(struct worker *worker, enum job_stage stage, int64_t *since);
int64_t worker_clock(const struct worker *worker);

/* The same for a letter whose record is as it was: only its files are looked at. */
bool plan_known(struct worker *worker, const struct entry *entry);
/* What a run's letters are merged from, but for their records: 0 when it cannot be told
 * beforehand. */
int64_t project_surroundings(const struct project *project);

/* What an approval of the letter, which is set, is bound to, in worker->content; false, and said,
 * when it cannot be put into a file. */
bool approval_content(struct worker *worker, const struct letter *letter);
/* Makes the letter and notes that it is approved. */
enum job_fate approval_give(struct worker *worker, const struct letter *letter);
/* How many have approved a planned letter, in worker->approved. WRITTEN: enough, or nobody asks for
 * them; HELD, and why; FAILED: it was set to find out, and an error stops it. */
enum job_fate approval_ask(struct worker *worker, const struct letter *letter);

/* Lists the folder's signed letters in manifest.json, signs the list, and takes an older list away
 * that is not true any more. changed: letters were, since it was written. */
void manifest_write(const struct job_request *request, struct record *record, bool changed,
	struct diags *diags);

/* The letter at work, planned, against the record's: reasons, then the blocks that differ. */
void diff_letter(struct worker *worker, bool colour, struct buf *out);

/* Compares a merged letter with the record and its files, into worker->plan. False after an
 * error. */
bool plan_letter(
	struct worker *worker, const struct recipient *recipient, const struct letter *letter);

#endif
