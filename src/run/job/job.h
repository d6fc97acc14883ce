/* job.h - a request → letters in a folder. All that a run leaves behind is written here; other
 * commands write by themselves what they make: an identity, letters that were raised.
 *
 *   job_run    all stages for every recipient, by several workers
 *   job_workshop_  one letter at a time, in memory
 *   job_watch_ the folders that letters are made from, and whether something in them was saved
 *   job_confirm  a fact was looked up: its record says so
 *   job_choice the few letters that show all of the template
 *   job_find_  what the user left unsaid: the template, whom a part of a name means */
#ifndef JOB_JOB_H
#define JOB_JOB_H

#include "base/base.h"
#include "level/level.h"
#include "recipients/recipients.h"
#include "sign/sign.h"
#include "template/template.h"

#include <stdatomic.h>

enum job_stage {
	JOB_READ,
	JOB_MERGE,
	JOB_BREAK, /* shaping and line breaking */
	JOB_COMPOSE,
	JOB_RENDER,
	JOB_SAVE,
	JOB_SIGN,
	JOB_WRITE,
	JOB_STAGES
};

/* The same letter for other readers: ID.html, ID.txt. */
enum job_twin { JOB_HTML, JOB_TEXT, JOB_TWINS };

/* FAST leaves it to the system when bytes reach the disk: safe against a killed run, not against a
 * power cut. SAFE waits for the disk before the record says that a letter is there. */
enum job_durability { JOB_SAFE, JOB_FAST };

enum job_fate {
	JOB_UNCHANGED,
	JOB_WRITTEN, /* with JOB_PLAN: it would be */
	JOB_FAILED,
	JOB_LEFT,    /* its recipient is gone, its file was kept */
	JOB_REMOVED, /* likewise, and its file was removed; with JOB_PLAN: it would be */
	JOB_HELD     /* too few persons have approved it: not written, an earlier file was kept */
};

struct job_letter {
	struct str id;
	const char *file; /* NULL when it has none */
	enum job_fate fate;
	struct str difference;     /* with JOB_DIFF: old against new, as text */
	const struct str *reasons; /* why it was written or held, at least one; in words */
	int reason_count;
	int approved; /* with say_approvals: how many persons have approved it as it is */
	bool locked;  /* with say_approvals: a plan could not see the record, which a run holds:
		       * what becomes of the letter is not known, who approved it is */
	struct str values; /* with say_values: of its record, as plain text, a line each */
};

/* What becomes of what was made. */
enum job_mode {
	JOB_ALL,     /* every letter is written (or, without out, only made); no record is kept */
	JOB_CHANGED, /* the record tells which letters are right; the others are written */
	JOB_PLAN,    /* likewise, but nothing is made or written */
	JOB_DIFF,    /* as JOB_PLAN, and the words that differ are shown */
	JOB_APPROVE  /* every letter is made and, without an error, noted as approved */
};

/* A part of the recipients, by a hash of their ids: number 1 to count. All zero: all of them. */
struct job_shard {
	int number, count;
};

/* Why a letter is in the proof set: something that no letter before it in the set shows. */
struct job_reason {
	struct str text; /* in words */
	struct place at; /* in the template; .file NULL: nowhere in particular */
};
struct job_chosen {
	struct str id;
	int pages;
	vec(struct job_reason) reasons; /* at least one */
};
/* The proof set: a few letters that together show every branch of the template, the longest and
 * shortest of each field, and all else by which letters differ, as far as any letter shows it. */
struct job_choice {
	struct arena *arena; /* the caller's: all that follows lies in it */
	vec(struct job_chosen) letters;
	vec(struct job_reason) unseen; /* branches that no letter takes */
};

struct job_request {
	const char *template, *recipients; /* a file; a source of records (recipients.h) */
	const char *out; /* folder, made when missing; NULL: all stages run, nothing is written */
	const struct str *only; /* ids; NULL: all */
	int only_count;
	const struct str *where; /* "FIELD=VALUE": only records where all of these hold */
	int where_count;
	int limit;             /* at most so many letters; 0: all */
	const char *name;      /* ids made of fields, "{postcode}-{name}"; NULL: the records' own */
	const char *query;     /* SQL, of a database; NULL: its table of recipients */
	int workers;           /* 1 or more */
	bool has_time;         /* time is given; else it is the template's date */
	int64_t time;          /* seconds since 1970, UTC: the date in the files */
	const char *watermark; /* in the margin of each page, or NULL */
	bool no_pages;         /* letters are merged and no more: nothing is made or written */
	const char *style;     /* a style file instead of the template's; NULL: its own */
	bool guides;           /* margins, window and folds are drawn */
	bool also[JOB_TWINS];  /* the twins to write beside each letter */
	bool attach_source;    /* the merged letter and its record as XML in the PDF: PDF/A-3a */
	const struct identity *identity; /* who signs; NULL: nobody */
	struct signer_options signing;
	struct level_run
		*raise; /* new letters get time stamps and proofs, to this level; or NULL */
	enum level level;
	bool certify;      /* later changes other than signatures void the signature */
	int64_t sign_time; /* seconds since 1970, UTC, in the signatures */
	enum job_mode mode;
	enum job_durability durability;
	struct job_shard shard;
	const char *archive; /* a tar file for the letters, instead of a file each; NULL: none */
	const char *bundle; /* JOB_ALL without out: one PDF of all letters, for the printer; NULL */
	bool simplex;       /* in it no blank page follows an odd number of pages */
	const char *deps; /* JOB_CHANGED: a rule for make, what the letters were made from; NULL */
	bool grammars;    /* template, style and XML records are held against the grammars too */
	int approvals;    /* JOB_CHANGED, JOB_PLAN: letters that fewer have approved are held */
	bool say_approvals, say_values; /* struct job_letter has them; job_made its content */
	const char *approver;           /* JOB_APPROVE: who, and in seconds since 1970 when */
	int64_t approved_at;
	bool force;    /* JOB_CHANGED: letters that are right are written too */
	bool prune;    /* likewise: files without a recipient are removed */
	bool spread;   /* files in 256 folders, by a hash of their ids */
	bool colour;   /* JOB_DIFF: marks are ANSI colours, else [-old-] and {+new+} */
	bool read_all; /* records that are as they were are read too, for what is noted of them */
	bool say_reasons; /* struct job_letter has them all; else only that a file was altered */
	/* Set by a signal, or another thread: the letters in hand are finished, then the run ends.
	 * May be NULL. */
	const atomic_bool *interrupted;
	struct job_choice
		*choose; /* JOB_ALL: filled from all letters that could be made; or NULL */
	bool measure;    /* fill stage_ns */
	void *user;
	/* Called for each finding, in the order of the records whatever the number of workers,
	 * never by two threads at once. */
	void (*found)(void *user, const struct diag *diag);
	/* Called after each record, likewise; total is -1 when not known. May be NULL. */
	void (*progress)(void *user, int done, int total);
	/* Called for each letter, likewise; those without recipient last. May be NULL. */
	void (*letter)(void *user, const struct job_letter *letter);
};

struct job_result {
	int records; /* taken from the source; = written + unchanged + failed + held */
	int written; /* or, without out, made; with JOB_PLAN: that would be */
	int unchanged;
	int failed;
	int held;          /* not approved */
	int left, removed; /* without a recipient */
	bool interrupted;
	struct standings standings; /* of the facts that the letters use */
	int unconfirmed_records;    /* with facts that nobody has seen */
	int errors, warnings;       /* findings */
	bool system_failure;        /* the run stopped early: a file could not be read or written */
	int64_t pages, bytes;
	int64_t blank; /* pages of the bundle that have nothing on them, not in pages */
	bool bundled;  /* the bundle was written */
	int64_t stage_ns[JOB_STAGES]; /* summed over workers */
};

/* Notes in a record's file that one of its facts was seen. Gives the file, NULL after an error. */
const char *job_confirm(struct arena *arena, const struct job_request *request, struct str id,
	struct str field, const struct confirmation *confirmation, struct diags *diags);
/* Whether a finding says that a fact is not confirmed: that nobody has seen it in a source. */
bool job_is_unconfirmed(int id);

/* Runs. One record's error never stops the others; a failure of the system stops the run, and the
 * letters written so far are whole. */
struct job_result job_run(const struct job_request *request);

/* All that reaches the page, the tags, the links or the metadata of a letter, in parts, as hashes:
 * what approvals are bound to, and nothing else is (docs/proofing.md has the list). */
enum job_concern {
	JOB_WORDS,
	JOB_PICTURES, /* by what is in their files; what is said of them */
	JOB_METADATA, /* title, author, description, keywords, language */
	JOB_ATTACHED, /* with attach_source */
	JOB_LINKS,    /* what each is called, and where it leads */
	JOB_TAGS,
	JOB_LOOKS, /* what is drawn, and where */
	JOB_CONCERNS,
	JOB_OF_PAGES = JOB_LINKS /* from here on: of a letter with its pages */
};
struct job_content {
	unsigned char hash[JOB_CONCERNS][16];
};
/* An approval of a letter, as it stands in a folder: of what it is now or was before. */
struct job_approval {
	struct str id, by;
	int64_t at;  /* seconds since 1970 */
	bool stands; /* it is of the content that was asked for */
	bool older;  /* given by an earlier version: it cannot be compared, and does not stand */
	unsigned changed; /* of one that does not stand: bits, 1 << enum job_concern */
};
/* Why it does not stand: "its words changed since it was approved". Appended. */
void job_approval_why(const struct job_approval *approval, struct buf *out);
/* Gives each approval in a folder, or only those of a letter, to a function in the order of ids;
 * content may be NULL: then none stands. False after an error. */
bool job_approvals_each(const char *out, struct str id, const struct job_content *content,
	void (*one)(void *user, const struct job_approval *approval), void *user,
	struct diags *diags);
/* The name of who approves, as it is noted: without white space at its ends, a blank for each run
 * of it inside. Empty when nothing is left, or it is no UTF-8. */
struct str job_person(struct arena *arena, struct str name);
/* Whether two such names are one person's: small and capital letters are the same, in ASCII. */
bool job_is_same_person(struct str a, struct str b);
/* Takes back what that person, or with NULL anybody, has approved of these letters: how many
 * approvals; -1 after an error. */
int job_withdraw(
	const char *out, const struct str *ids, int count, const char *by, struct diags *diags);

/* What a folder of letters looks like: a mark changes when what it stands for may have. */
struct job_folder {
	uint64_t record, approvals;
};
struct job_folder job_folder_look(const char *out);
/* Whether a run that writes is at work there, in this process or another. */
bool job_folder_is_busy(const char *out);

/* Joins the records of all shards in the request's folder to that of the whole, and removes them;
 * their lists of signed letters become one, signed by the request's identity, and stay as they are
 * without one. Gives their number, -1 after an error. */
int job_merge_records(const struct job_request *request, struct diags *diags);

/* The only letter template in a folder, as a path in the arena; NULL after an error. */
const char *job_find_template(struct arena *arena, const char *dir, struct diags *diags);

/* The id of the one record that is called so or, failing that, whose id holds the part, in small or
 * capital letters as typed or, failing that, in any; .at is NULL after an error. In a folder the
 * names of the files count. */
struct str job_find_record(struct arena *arena, const struct job_request *request, const char *part,
	struct diags *diags);

/* One letter at a time, in memory: what is the same in all letters is opened once. What it is made
 * from is read when it is opened, records each time. For one thread at a time. NULL after an error;
 * what of the request has to do with writing is ignored, and all that it points to must live as
 * long. */
struct job_workshop;
struct job_workshop *job_workshop_new(const struct job_request *request, struct diags *diags);
void job_workshop_free(struct job_workshop *workshop);

/* A value that a letter is merged from, and where it stands: in the record, or the default in the
 * template. */
struct job_fact {
	struct str name, text;
	struct place at;
	bool used; /* by the template */
	enum standing standing;
	const struct about *about; /* NULL: the record says nothing of it */
};

/* Of the last letter; until the next one is made. */
struct job_made {
	struct str pdf;
	int pages;
	sp page_width, page_height;
	struct job_content content; /* with say_approvals */
	vec(struct job_fact) facts; /* also of a letter that failed, when its record was read */
};
/* False after an error. Findings are sorted. */
bool job_workshop_make(struct job_workshop *workshop, struct str id, bool guides,
	struct job_made *out, struct diags *diags);

/* What all letters are made from but their records, as a number: 0 when it cannot be told. */
int64_t job_workshop_surroundings(const struct job_workshop *workshop);

/* A word of a letter; it takes one box or, over a line's end or a change of type, several. */
struct job_word {
	struct str text;
	int paragraph; /* counted from 0 */
};
struct job_box {
	int word, page;              /* from 0 */
	sp left, top, right, bottom; /* from the page's top left corner */
};
/* In the order of reading, a note where its mark stands; without what is no part of the text (page
 * numbers, repeated heads) and the numbers that the program counts. */
struct job_words {
	vec(struct job_word) list;
	vec(struct job_box) boxes; /* sorted by word */
	int paragraphs;
};
/* Of the last letter, which could be made; in the arena. */
struct job_words job_workshop_words(const struct job_workshop *workshop, struct arena *arena);

/* Words that are gone (old) and words that stand in their place (new); one of both may be none. */
struct job_change {
	int from_old, to_old, from_new, to_new;
};
/* What differs, in the order of reading, in the arena; gives the number. */
int job_changes(struct arena *arena, const struct job_words *old, const struct job_words *new,
	struct job_change **out);

/* Watches the folders of template, style and records, with those below them; of the one that is
 * written to only what is removed: styles and pictures stand in the others too. The request must
 * live as long. NULL after an error. */
struct job_watch;
struct job_watch *job_watch_new(const struct job_request *request, struct diags *diags);
void job_watch_free(struct job_watch *watch);
/* After a change: a folder may be new, or another one under the old name. No save is lost. */
void job_watch_renew(struct job_watch *watch);
/* Waits so long, -1 for ever; true when a file was saved, renamed or removed since the last call,
 * in however many steps that follow each other at once. False also when a signal came. */
bool job_watch_wait(struct job_watch *watch, int milliseconds);
/* Whether a letter was removed from the folder that is written to, as far as job_watch_wait has
 * seen since this was last asked. */
bool job_watch_lost(struct job_watch *watch);

/* "HarfBuzz 6.0.0, …": all libraries that have a part in what letters are, with their versions. */
void job_libraries(struct buf *out);

/* Reads a template alone, for what it says of itself. NULL after an error. */
struct template *job_read_template(struct arena *arena, const char *path, struct diags *diags);

#endif
