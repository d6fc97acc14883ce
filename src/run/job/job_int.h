/* job_int.h - what a run holds in common, and what each worker has of its own. */
#ifndef JOB_JOB_INT_H
#define JOB_JOB_INT_H

#include "attachment/attachment.h"
#include "choose/choose.h"
#include "compare/diff.h"
#include "compare/key.h"
#include "compare/reasons.h"
#include "job/job.h"
#include "layout/layout.h"
#include "letter/letter.h"
#include "pdf/pdf.h"
#include "publish/publish.h"
#include "recipients/recipients.h"
#include "record/record.h"
#include "survey/survey.h"

/* Run lifetime: made once, then const for all workers. */
struct project {
	struct arena *arena;
	struct template *template;
	struct style *style;
	const char *style_file; /* NULL: the style is the program's own */
	struct text *text;
	struct pictures *pictures;
	struct attachments *attachments;
	struct pdf *pdf;
	struct facts *facts; /* NULL: no proof set is chosen */
	int64_t time;
	struct basis basis;
	bool recorded;                             /* the run has a record */
	struct str template_file_hash, style_hash; /* in hex; of no file of its own: empty; likewise
						    * without a record */
	struct str template_hash;                  /* struct entry; empty when nobody signs */
	int64_t merge_stamp; /* a hash of all that letters are merged from but their records */
	int64_t opened;      /* when, in nanoseconds since 1970 */
	struct str edition;  /* empty: of the letters that ask for none */
	/* The other looks that the style names: each has style, fonts, PDF's parts, facts and basis
	 * of its own. */
	struct project *editions;
	int edition_count;
	struct opening *opening; /* of the editions; NULL: there are none */
	struct diags *said;      /* of an edition: what was found when its fonts were opened */
	bool looked;             /* of an edition: they were, or it failed */
};

/* -- fixing a record (confirm.c, edit.c; maker.c) */
/* The value that is meant, if the record is as it was shown; else NULL, and said. */
const struct value *fact_find(
	const struct recipient *recipient, const struct job_target *target, struct diags *diags);
/* Writes the file of a value anew, from its bytes as they were; not when they are the same. */
bool fact_write(struct arena *arena, const struct edit *edit, const struct str bytes[2],
	struct job_fixed *fixed, struct diags *diags);
/* The record of that id, in the arena. */
bool maker_find(struct job_maker *maker, struct str id, struct arena *arena, struct recipient *out,
	struct diags *diags);
const struct template *maker_template(const struct job_maker *maker);
/* What is found when a letter is made of a record. */
void maker_try(struct job_maker *maker, const struct recipient *recipient, struct diags *diags);

/* What a run does, as its function in job.h was asked to: what does not belong to it is NULL. */
enum task_kind {
	TASK_CHECK,
	TASK_WRITE,
	TASK_BUNDLE,
	TASK_UPDATE,
	TASK_PLAN,
	TASK_COMPARE,
	TASK_DIFF,
	TASK_APPROVE
};
struct task {
	enum task_kind kind;
	const struct job_request *request;
	const struct destination *to; /* NULL: nothing is written, there is no record */
	const struct job_check *check;
	const struct job_bundle *bundle;
	const struct job_update *update; /* UPDATE, PLAN, COMPARE, DIFF */
	const struct job_approver *approver;
};
/* Whether it goes by what the record knows of letters. */
bool task_has_record(const struct task *task);
/* Likewise, but writes nothing. */
bool task_only_plans(const struct task *task);

/* run.json of a whole that was joined from so many parts; program: its version. False after an
 * error. */
bool summary_join(struct record *record, const char *out, int parts, const char *program,
	struct diags *diags);

/* Opens all that a run needs; false after an error. To be closed in either case. */
bool project_open(struct project *project, const struct task *task, struct diags *diags);
void project_close(struct project *project);
/* Fonts and the PDF's constant parts for the style that was read. */
bool project_open_look(
	struct project *project, const struct job_request *request, struct diags *diags);
bool editions_begin(
	struct project *project, const struct job_request *request, struct diags *diags);
/* An edition by its number from 1, its fonts opened if it is the first who asks, of any thread;
 * NULL, and said to each, when that fails. */
const struct project *edition_open(const struct project *project, int number, struct diags *diags);
/* All of them, for a run that needs them all; what is found is said once. */
bool editions_open(const struct project *project, struct diags *diags);
void editions_close(struct project *project);
/* So that a proof set shows each. */
void editions_add_facts(struct project *project);
/* Which edition a record asks for: 0 the usual, else its number from 1; -1 after an error. */
int edition_asked(const struct project *project, const struct recipient *recipient,
	struct arena *arena, struct diags *diags);
/* Says which languages of the template have no patterns for hyphenation. */
void project_check_patterns(const struct project *project, struct diags *diags);
/* Holds the template and the style against the grammars beside the template, as far as there are
 * such; gives the grammar of records, or NULL. To be freed. */
struct xml_grammar *grammars_check(const struct project *project, struct diags *diags);

/* What is to be done about the letter at work. */
struct plan {
	bool make, again;        /* again: only for its findings, the file is right */
	bool refresh;            /* the file is right but its time is new */
	bool known;              /* its record was not read: key and shape are the entry's */
	bool raise;              /* the file is right but for its level */
	bool lacks;              /* it was raised, and lacks the level that was asked for */
	bool moved;              /* its file stands in another folder */
	bool wanted[FILE_KINDS]; /* asked for, or made by an earlier run */
	struct entry old;        /* as the record has it; number 0: it does not */
	struct entry entry;      /* as the record shall have it */
	struct letter_key key;
	struct str shape; /* its text, when the record lacks it */
	struct reasons reasons;
};

/* A letter as it was made; of the worker's memory, until its next letter. */
struct made_letter {
	const struct pages *pages;   /* NULL: it has none yet */
	struct str file[FILE_KINDS]; /* .at NULL: not made */
	struct attached attached;    /* files that go with it */
	const int32_t *measures;     /* with project->facts */
	const struct survey *survey; /* of a check that asks for it */
	struct concerns content;     /* what an approval is bound to, as far as it was asked */
};

/* What became of one record: what a worker hands in, in the order of the records. */
struct outcome {
	enum job_fate fate;
	struct standings standings;
	const unsigned char *turns; /* struct shown's, of its letter; NULL: it was not merged */
	int pages, approved;        /* approved: by so many persons */
	struct str approved_by;     /* of a comparison */
	int remarks;                /* stand against it */
	struct listed listed;       /* of a check that asks for it */
	const struct job_version *version; /* likewise */
	struct made_letter made;
	struct plan plan;     /* of a task with a record */
	struct staged staged; /* for the publisher */
	bool is_staged;
	bool same; /* it was written, and its files were so already */
	struct difference difference;
};

struct isolated;

/* What letters of one edition are made with. */
struct tools {
	const struct project *project; /* NULL: no letter has asked for it yet */
	struct shaper *shaper;
	struct layout *layout;
	struct pdf_writer *writer;
	struct keyer *keyer; /* of a task that needs keys, else NULL */
};

/* One thread's tools. */
struct worker {
	const struct task *task;
	const struct project *project; /* the edition's that is at work; so are shaper to keyer */
	struct record *record;         /* NULL: none is kept, or there is none to read */
	struct publisher *publisher;   /* NULL: nothing is written, or file by file */
	struct approvals *approvals;   /* NULL: nobody has approved anything, or nobody asks */
	struct isolated *isolated;     /* NULL: not asked for */
	const struct recipients *recipients; /* the run's, to read one that was known after all */
	bool archive_is_right;               /* with an archive: letters recorded are in it */
	struct arena *arena;                 /* one letter's */
	struct diags *diags;                 /* one letter's */
	struct diags *found;                 /* by reading on */
	struct locales *locales;
	struct shaper *shaper;
	struct layout *layout;
	struct pdf_writer *writer;
	struct keyer *keyer;
	struct tools *tools;                         /* by edition, the usual one first */
	struct signer *signer;                       /* NULL: none yet, or nobody signs */
	struct signer *approver;                     /* likewise, of approvals */
	struct buf bytes[FILE_KINDS], source, facts; /* used again for each letter */
	int64_t stage_ns[JOB_STAGES];
};

/* shared: what all workers of a run have in common; its tools are NULL. */
void worker_open(struct worker *worker, const struct worker *shared);
void worker_close(struct worker *worker);
/* Before each record: until it asks for an edition, it asks for none. */
void worker_begin(struct worker *worker);
/* The letter, in worker->arena; NULL when an error stops it. Findings of all that a worker does are
 * in worker->diags. */
struct letter *worker_merge(struct worker *worker, const struct recipient *recipient);
/* Its pages, unless made has them; false when an error stops it. */
bool worker_set(struct worker *worker, const struct letter *letter, struct made_letter *made);
/* Its pages, its PDF and, of the other kinds, those that are wanted; false when it failed. */
bool worker_compose(struct worker *worker, const struct letter *letter,
	const bool wanted[FILE_KINDS], struct made_letter *made);
/* One letter from a record, as far as the task goes: merge, compare, compose, stage. */
void worker_make(struct worker *worker, const struct recipient *recipient, struct outcome *out);
/* The same for one that was not read, from its entry: it is read after all when its file is not
 * right. */
void worker_make_known(struct worker *worker, const struct recipient *recipient,
	const struct entry *entry, struct outcome *out);
/* Adds the time since *since to a stage and starts anew; nothing when the run is not measured. */
void worker_lap(struct worker *worker, enum job_stage stage, int64_t *since);
int64_t worker_clock(const struct worker *worker);
/* CPU time of this thread in nanoseconds; 0 when the run is not measured. */
int64_t task_clock(const struct task *task);

/* In worker->arena; letter: NULL when it could not be merged. */
struct listed listed_as(
	struct worker *worker, const struct recipient *recipient, const struct letter *letter);

/* Compares a merged letter with the record and its files. False after an error. */
bool plan_letter(struct worker *worker, const struct recipient *recipient,
	const struct letter *letter, struct plan *plan);
/* The same for a letter whose record is as it was: only its files are looked at. */
bool plan_known(struct worker *worker, const struct entry *entry, struct plan *plan);

/* What a run's letters are merged from, but for their records: 0 when it cannot be told
 * beforehand. */
int64_t project_merge_stamp(const struct project *project);

/* What an approval of the letter, which is set, is bound to, in made->content; false, and said,
 * when it cannot be put into a file. */
bool approval_content(struct worker *worker, const struct letter *letter, struct made_letter *made);
/* What approvals keep of the version that they were given to. */
void approval_portrait(struct worker *worker, struct keyer *keyer, const struct letter *letter,
	const struct made_letter *made, struct arena *arena, struct portrait *out);
/* Whether letters have keys: of a record, or of approvals. */
bool project_has_keys(const struct project *project, const struct task *task);
/* What an approval of a letter that was made would be bound to, and keep; in worker->arena. NULL,
 * and said, when it cannot be put into a file. */
const struct job_version *approval_prepare(
	struct worker *worker, const struct letter *letter, struct made_letter *made);
/* Makes the letter and notes that it is approved. */
enum job_fate approval_give(
	struct worker *worker, const struct letter *letter, struct outcome *out);
/* How many have approved a planned letter, in out->approved. WRITTEN: enough, or nobody asks for
 * them; HELD, and why; FAILED: it was set to find out, and an error stops it. */
enum job_fate approval_ask(struct worker *worker, const struct letter *letter, struct outcome *out);

#endif
