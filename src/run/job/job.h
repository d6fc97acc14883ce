/* job.h - a request → letters in a folder. All that a run leaves behind is written here; other
 * commands write by themselves what they make: an identity, letters that were raised.
 *
 *   job_check, job_write, job_bundle, job_update, job_plan, job_compare, job_diff, job_approve
 *              all stages for every recipient, by several workers
 *   job_maker_  one letter at a time, in memory
 *   job_watch_ the folders that letters are made from, and whether something in them was saved
 *   job_confirm, job_edit  a fact was looked up, or mended: its record says so
 *   job_find_  what the user left unsaid: the template, whom a part of a name means */
#ifndef JOB_JOB_H
#define JOB_JOB_H

#include "base/base.h"
#include "choose/choose.h"
#include "compare/diff.h"
#include "compare/portrait.h"
#include "publish/publish.h"
#include "publish/signing.h"
#include "recipients/recipients.h"
#include "record/approval.h"
#include "record/record.h"
#include "text/text.h"

#include <stdatomic.h>

struct survey;
struct template;
struct versions;

enum job_stage {
	JOB_READ,
	JOB_MERGE,
	JOB_KEY,   /* of a run with a record: is its file right? */
	JOB_BREAK, /* shaping and line breaking */
	JOB_COMPOSE,
	JOB_RENDER,
	JOB_SAVE,
	JOB_SIGN,
	JOB_HASH,
	JOB_WRITE,  /* files, laid down beside those that they will replace */
	JOB_RECORD, /* what became of it, also into an archive */
	JOB_END,    /* once: what is left of the last group, the source's hash, the signed list */
	JOB_STAGES
};

enum job_fate {
	JOB_UNCHANGED,
	JOB_WRITTEN, /* by job_plan: it would be */
	JOB_FAILED,
	JOB_LEFT,    /* its recipient is gone, its file was kept */
	JOB_REMOVED, /* likewise, and its file was removed; by job_plan: it would be */
	JOB_HELD     /* too few persons have approved it, or somebody has rejected it: not written,
			an earlier file was kept */
};

/* What a list of letters shows of one, and where it is searched. */
struct listed {
	struct str name,
		place;     /* whom it goes to, and where: of its address, or fields asked for */
	struct str words;  /* that the template says in it, a paragraph a line */
	struct str values; /* of its record, and what was computed of them, a line each */
};

/* What an approval of a letter is bound to, and what it keeps. */
struct job_version {
	struct hash key; /* struct letter_key.content */
	struct concerns content;
	struct str bytes; /* struct packed */
	int size, base;
};

struct job_letter {
	struct str id;
	const char *file; /* NULL when it has none */
	enum job_fate fate;
	const struct difference *difference; /* by job_diff: old against new */
	const struct str *reasons; /* why it was written or held, at least one; in words */
	int reason_count;
	int approved;           /* by job_compare: how many persons have approved it as it is */
	struct str approved_by; /* likewise: their names in small letters, a line each */
	int remarks;            /* likewise: rejections and comments that nobody has answered */
	const struct job_version *version; /* with struct job_check.versions, of one that can be
					    * made; or NULL */
	bool unwritten;       /* likewise: no run has written it yet, as far as the record knows */
	struct str edition;   /* that its record asks for; empty: none */
	bool same;            /* of one that was written: its files were so already */
	bool locked;          /* by job_compare: the record could not be seen, since a run holds it:
			       * what becomes of the letter is not known, who approved it is */
	struct listed listed; /* with struct job_check.listed */
	struct str pdf;       /* by job_write; .at is NULL when it was not made */
	int pages;
};

/* Where letters come from. */
struct job_source {
	const char *template;      /* a file */
	struct str template_bytes; /* what stands in it, of one that is read already; .at NULL */
	const char *style;         /* a file, instead of the template's style; NULL: its own */
	const char *recipients;    /* recipients.h */
	const char *query;         /* SQL, of a database; NULL: its table of recipients */
	const char *sheet;         /* of a workbook; NULL: the first that is shown */
	const char *name; /* ids made of fields, "{postcode}-{name}"; NULL: the records' own */
	FILE *requests;   /* lines that ask for the records (recipients.h), closed by the run; NULL:
			   * all are made */
};

/* Which of the records. All zero: all of them. */
struct job_selection {
	const struct str *only; /* ids; NULL: all */
	int only_count;
	const struct str *where; /* "FIELD=VALUE": only records where all of these hold */
	int where_count;
	const struct str *except; /* ids that are left out; by job_approve */
	int except_count;
	int limit;    /* at most so many letters; 0: all */
	int expected; /* records; another number is an error; 0: none */
	struct shard shard;
};

/* What is made of each. */
struct job_form {
	bool has_time;         /* time is given; else it is the template's date */
	int64_t time;          /* seconds since 1970, UTC: the date in the files */
	const char *watermark; /* in the margin of each page, or NULL */
	bool guides;           /* margins, window and folds are drawn */
	bool also[FILE_KINDS]; /* what is made beside the PDF */
	bool attach_source;    /* the merged letter and its record as XML in the PDF: PDF/A-3a */
	bool compact;          /* fewer bytes: objects in a compressed stream */
	const char *standard;  /* "ua1+a2" or "ua2+a4", instead of the style's; NULL: the style's */
};

/* Who hears of it. Functions but found may be NULL; none is called by two threads at once. */
struct job_listener {
	void *user;
	/* For each finding, in the order of the records whatever the number of workers. */
	void (*found)(void *user, const struct diag *diag);
	/* Before the first record and after each, likewise; total is -1 when not known. */
	void (*progress)(void *user, int done, int total);
	/* For each letter, likewise; those without recipient last. */
	void (*letter)(void *user, const struct job_letter *letter);
	/* Set by a signal, or another thread: the letters in hand are finished, then the run ends.
	 * May be NULL. */
	const atomic_bool *interrupted;
	bool measure; /* fill stage_ns */
};

/* What all kinds of runs want to know. All that it points to must live as long as the run. */
struct job_request {
	struct job_source source;
	struct job_selection selection;
	struct job_form form;
	struct signing signing; /* .identity NULL: nobody signs */
	struct job_listener listener;
	struct face_keeping faces;
	int workers;     /* 1 or more */
	int most_failed; /* when so many letters have failed, the run stops; 0: never */
};

struct job_result {
	int records; /* taken from the source; = written + unchanged + failed + held */
	int written; /* without a folder: made; by job_plan: that would be written */
	int same;    /* by job_update, of the written: made again, but with the bytes that their
			files had, which stayed */
	int unchanged;
	int failed;
	int held;          /* not written, as too few approved them or somebody objected */
	int objected;      /* of the held: somebody objected */
	int left, removed; /* files without a recipient, that were kept or taken away */
	bool interrupted;
	bool stopped;               /* by most_failed */
	struct standings standings; /* of the facts that the letters use */
	int unconfirmed_records;    /* with facts that nobody has seen */
	int errors, warnings;       /* findings */
	int rejections;             /* of the errors: those that made a letter fail */
	bool system_failure;        /* the run stopped early: a file could not be read or written */
	int64_t pages, bytes;
	int64_t blank; /* pages of the bundle that have nothing on them, not in pages */
	bool bundled;  /* the bundle was written */
	int64_t stage_ns[JOB_STAGES]; /* CPU time, summed over workers */
};

/* Whether a finding says that a fact is not confirmed: that nobody has seen it in a source. */
bool job_is_unconfirmed(int id);

/* -- runs
 *
 * One record's error never stops the others; a failure of the system stops the run, and the letters
 * written so far are whole. */

/* What job_check looks at. */
struct job_check {
	bool no_pages; /* letters are merged, which is fast, and not set */
	bool grammars; /* template, style and XML records are held against the grammars too */
	bool listed;   /* fills struct job_letter.listed */
	const struct str *label; /* fields for its name and place: the first that has a value is
				    the name; NULL: both are taken from the address */
	int label_count;
	bool isolated;         /* each letter is made from its record alone too, and compared */
	const char *out;       /* isolated: the folder of letters, which is not to be read */
	struct choice *choose; /* filled from all letters that could be made; or NULL */
	/* Fills struct job_letter.version; NULL: it is not asked for. Of letters in another
	 * edition it stays empty. */
	struct versions *versions;
	struct survey *survey; /* of all letters that have pages, but for those of other editions;
				  or NULL */
};
/* Makes all letters, writes nothing, and signs nothing. */
struct job_result job_check(const struct job_request *request, const struct job_check *check);

/* Writes each letter to a file in the folder out, which is made when missing, without a record of
 * the run. out NULL: letters are made, and signed, in memory alone. */
struct job_result job_write(const struct job_request *request, const char *out);

/* All letters in one PDF, for the printer. */
struct job_bundle {
	const char *file;
	bool simplex;     /* no blank page follows an odd number of pages */
	struct str cover; /* a letter of its own, in XML, that comes first; .at NULL: none */
	struct buf *into; /* the bytes are put there, and nothing is written; or NULL */
	enum durability durability;
};
struct job_result job_bundle(const struct job_request *request, const struct job_bundle *bundle);

/* A folder of letters, and a record beside them of how each was made. */
struct job_update {
	struct destination to; /* its shard is the selection's */
	bool force;            /* letters that are right are written too */
	bool prune;            /* files without a recipient are removed */
	bool read_all;    /* also records are read that did not change, for what is said of them */
	bool say_reasons; /* struct job_letter.reasons has all; else only that a file was altered */
	int approvals;    /* letters that fewer persons have approved are held */
	const struct trust *believed; /* only signed approvals count, through these roots; NULL: all
					 do */
	const char *deps;     /* a file for make(1) that will list what the letters were made from;
				 NULL: none is written */
	const char *settings; /* the project's file of settings, to be listed there; may be NULL */
	const char *program;  /* its version, for run.json; NULL: none is written */
	struct buf *report; /* a page for people (report/report.h) is put there; NULL: not wanted */
};
/* Writes the letters that are missing, out of date or altered. */
struct job_result job_update(const struct job_request *request, const struct job_update *update);
/* Decides likewise, but writes and signs nothing. The letters that would be written are set, since
 * that may fail. */
struct job_result job_plan(const struct job_request *request, const struct job_update *update);
/* As job_plan, and tells how many have approved each letter, also while a run holds the record. */
struct job_result job_compare(const struct job_request *request, const struct job_update *update);
/* As job_plan, and tells what differs. */
struct job_result job_diff(const struct job_request *request, const struct job_update *update);

/* A letter of the proof set, as it was chosen. */
struct job_shown {
	struct str id;
	int pages;
	struct str why; /* a line each */
};
/* The proof set for somebody who has e-mail alone: one PDF, in which pages come first that say what
 * it is, what was found, and who has approved what (report/cover.h). */
struct job_proof {
	const char *file; /* as in struct job_bundle; so is into */
	struct buf *into;
	const struct job_shown *letters;
	int count;
	int all, failed;   /* letters; of these, so many cannot be made */
	struct str unseen; /* what none of them shows, a line each */
};
/* The letters are marked PREVIEW. Errors are said to the request's listener when they are made. */
struct job_result job_proof(const struct job_request *request, const struct job_update *update,
	const struct job_proof *proof);

/* Every letter is made and, without an error, noted as approved in the folder. */
struct job_approver {
	const char *out;
	struct actor actor;
	/* Whether a letter is to be approved, by what an approval is bound to and what was found;
	 * else it is held. Called by several workers; NULL: each that can be made is. */
	bool (*may)(void *user, struct str id, const struct concerns *content,
		const struct diags *found);
	void *user;
	/* Each approval is signed, by actor.name; NULL: none is. */
	const struct identity *identity;
	struct signer_options signing;
	bool once; /* what the actor has approved already, as it is, is left: JOB_UNCHANGED */
};
struct job_result job_approve(
	const struct job_request *request, const struct job_approver *approver);

/* Signs with an identity, which must live as long as the arena that it is in. */
const struct seal *job_seal(
	struct arena *arena, const struct identity *identity, const struct signer_options *options);

struct job_join {
	bool partial;        /* parts may be missing, or unfinished */
	const char *program; /* its version, for run.json */
};

/* Joins the records of all shards in a folder to that of the whole, and removes them; their lists
 * of signed letters become one, signed by the identity, and stay as they are without one. All parts
 * must be there, finished, and made with and from the same; partial: some may be missing or
 * unfinished, which the list then says. Gives their number, -1 after an error. */
int job_merge_records(const char *out, const struct signing *signing, const struct job_join *join,
	struct diags *diags);

/* Removes what a folder holds of records: letters, what the record, the approvals, the lists and
 * what a broken run left know of them. What the signed list says of each becomes its hash. All must
 * be known there, and none in an archive, else nothing is done. False after an error; killed at any
 * moment, it can be done again. */
bool job_forget(const char *out, const struct str *ids, int count, struct diags *diags);
/* Whether a source has a record of that id; false also after an error. */
bool job_has_record(const struct job_source *source, struct str id, struct diags *diags);

/* The only letter template in a folder, as a path in the arena; NULL after an error. */
const char *job_find_template(struct arena *arena, const char *dir, struct diags *diags);

/* The id of the one record that is called so or, failing that, whose id holds the part, in small or
 * capital letters as typed or, failing that, in any; .at is NULL after an error. In a folder the
 * names of the files count. */
struct str job_find_record(struct arena *arena, const struct job_source *source, const char *part,
	struct diags *diags);

/* Which fact of which record. */
struct job_target {
	struct str id,
		field;   /* field: its name, the only one in the record that is called so, or: */
	struct place at; /* where it stands; .line 0: not said */
	uint64_t stamp;  /* of the record as it was shown (job_made); 0: as it is now */
};
/* What became of a record's file, and of the fact's element in it; in the arena. */
struct job_fixed {
	const char *file;
	struct str field, label, before, after; /* label: of the field; may be empty */
};
/* Notes in a record's file that a fact was seen. False after an error. */
bool job_confirm(struct arena *arena, const struct job_source *source,
	const struct job_target *target, const struct confirmation *confirmation,
	struct job_fixed *fixed, struct diags *diags);
/* What the log says of it. */
struct str job_confirmed_note(
	struct arena *arena, struct str field, const struct confirmation *confirmation);
/* Puts the fact's element back as it was before, if it is still as it became. */
bool job_undo(struct arena *arena, const struct job_source *source, const struct job_target *target,
	const struct job_fixed *fixed, struct diags *diags);

/* One letter at a time, in memory: what is the same in all letters is opened once. What it is made
 * from is read when it is opened, records each time. For one thread at a time; nobody signs. All
 * that is pointed to must live as long. NULL after an error. */
struct job_maker;
struct job_maker *job_maker_new(
	const struct job_source *source, const struct job_form *form, struct diags *diags);
void job_maker_free(struct job_maker *maker);

/* A value that a letter is merged from, and where it stands: in the record, or where the template
 * declares its default, or what it is computed of. */
struct job_fact {
	struct str name, text;
	struct str label; /* of its declaration, or empty */
	struct place at;
	bool used; /* by the template */
	enum stands {
		STANDS_IN_RECORD,   /* of XML: it can be edited there */
		STANDS_IN_TABLE,    /* or JSON */
		STANDS_IN_TEMPLATE, /* its default, of all letters that have none of their own */
		STANDS_NOWHERE      /* it is computed of others */
	} stands;
	bool lines;            /* its words are lines */
	bool marked;           /* emphasis, notes or links stand among them */
	struct str words;      /* as one edits them */
	vec(struct str) links; /* where those in its words lead */
	enum standing standing;
	const struct about *about; /* NULL: the record says nothing of it */
};

/* Of the last letter; until the next one is made. */
struct job_made {
	struct str pdf;
	struct str edition; /* that the record asks for; empty: none */
	int pages;
	sp page_width, page_height;
	uint64_t stamp;             /* what its record is known by (recipients.h) */
	bool object;                /* it is of JSON */
	struct concerns content;    /* what approvals are bound to */
	vec(struct job_fact) facts; /* also of a letter that failed, when its record was read */
};
/* False after an error. Findings are sorted. */
bool job_maker_make(struct job_maker *maker, struct str id, bool guides, struct job_made *out,
	struct diags *diags);

/* Writes other words for a fact into its record's file; errors of the fact, and of the letter that
 * were not there before, are refused in the words that check has for them. False after an error. */
struct job_edit {
	struct job_target target;
	struct str words; /* as in struct job_fact */
	int link;         /* they are where its n-th link is to lead; 0: none */
};
bool job_edit(struct job_maker *maker, const struct job_edit *edit, struct arena *arena,
	struct job_fixed *fixed, struct diags *diags);

/* What all letters are made from but their records, as a number: 0 when it cannot be told. */
int64_t job_maker_stamp(const struct job_maker *maker);

/* Of the last letter, which could be made; in the arena. */
void job_maker_portrait(struct job_maker *maker, struct arena *arena, struct portrait *out);

/* Watches the folders of template, style and records, with those below them; of the one that is
 * written to, out, only what is removed: styles and pictures stand in the others too. All must live
 * as long. NULL after an error. */
struct job_watch;
struct job_watch *job_watch_new(
	const struct job_source *source, const char *out, struct diags *diags);
void job_watch_free(struct job_watch *watch);
/* After a change: a folder may be new, or another one under the old name. No save is lost. */
void job_watch_renew(struct job_watch *watch);
/* Waits so long, -1 for ever; true when a file was saved, renamed or removed since the last call,
 * in however many steps that follow each other at once. False also when a signal came. */
bool job_watch_wait(struct job_watch *watch, int milliseconds);
/* Whether a letter was removed from the folder that is written to, as far as job_watch_wait has
 * seen since this was last asked. */
bool job_watch_lost(struct job_watch *watch);

/* Reads a template alone, for what it says of itself. NULL after an error. */
struct template *job_read_template(
	struct arena *arena, const struct job_source *source, struct diags *diags);

#endif
