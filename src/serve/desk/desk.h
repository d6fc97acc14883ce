/* desk.h - what is on the desk: the list of all letters, and those that were looked at last.
 *
 * A thread of the desk's own, the keeper, watches the files, checks all letters and writes them
 * when asked; each connection has a thread. One lock guards what they share: "the lock is held"
 * says that the caller has it, and that what is given is good until it is let go. What a run calls
 * back is called by its workers, one at a time while the keeper waits, and so counts as the keeper.
 *
 * What a person asks for is answered by a number, the status of HTTP, and by words,
 * appended to *why, for who asked. */
#ifndef DESK_DESK_H
#define DESK_DESK_H

#include "job/job.h"
#include "record/folder.h"
#include "record/log.h"
#include "record/remark.h"

#include <locale.h>
#include <pthread.h>

enum { DOTS_LEAST = 144, DOTS_MOST = 576 }; /* per inch */
enum { MADE_MAX = 32, DRAWINGS_MAX = 2, DRAWING_MS = 10000 };
enum { SAVE_MS = 200 }; /* so long the keeper waits for a save, before it looks for other news */

/* How a letter stands to the folder of the letters. */
struct stance {
	bool unwritten, changed; /* no run has written it; what a run wrote is not as it is now */
	bool held;               /* somebody rejected or commented it, and nobody has answered */
	int approved;            /* as it is, by so many persons; 0 while it is held */
	struct str by;           /* their names in small letters, a line each */
};

/* A letter in the list. */
struct row {
	struct str id, name, place; /* whom it goes to, and where; may be empty */
	struct str values;          /* of its record, to search in */
	struct str folded;          /* listing_fold of all these; .at NULL: not kept */
	int words; /* likewise, of its template: of struct listing.words; -1: none */
	int pages; /* 0: not known */
	int errors, warnings;
	int unconfirmed; /* facts that nobody has seen */
	struct stance stance;
	const struct ready *ready; /* what an approval of it would be; NULL: it has to be made */
	struct str why; /* it is in the proof set, a line a reason; empty when it is not */
};

/* Texts that many rows have, each once. */
struct texts {
	vec(struct str) list;
	struct map by_hash;
	int bytes;
};

/* All letters as they were checked at one time: those with errors first, then the proof set, then
 * the others, in the order of the records. */
struct listing {
	struct arena *arena;
	vec(struct row) rows; /* on the heap: listing_add */
	struct map by_id;
	struct texts words; /* of the template: letters that took the same turns share them */
	vec(struct str) folded_words; /* likewise; listing_fold of each */
	struct texts approvers;       /* struct stance.by */
	vec(struct diag) general;     /* findings that belong to no letter */
	locale_t locale;              /* small letters of all languages; 0: the system has none */
	int folded;                   /* bytes that are kept by listing_fold */
	int wanted;                   /* so many approvals */
	struct str unseen;            /* what none of all letters shows, a line each */
	bool checked;                 /* else only merged: more may be found */
	struct versions *versions;    /* of the rows that are ready; NULL: none is */
	int file;                     /* theirs; -1: none */
	int64_t file_len;
	int version;  /* of the files, that were checked */
	bool partial; /* the first rows, while others are read */
	bool broken;  /* the template cannot be read, say: the rows are those of before */
};

/* The kinds of letters that one can choose. */
enum kind {
	KIND_ALL,
	KIND_OPEN,     /* to approve: neither held nor with errors, nor approved by enough */
	KIND_WAITING,  /* likewise, and not by who looks */
	KIND_PARTLY,   /* likewise, but by somebody */
	KIND_APPROVED, /* by as many as are wanted */
	KIND_HELD,
	KIND_ERROR,
	KIND_WARNING,
	KIND_UNCONFIRMED,
	KIND_UNWRITTEN,
	KIND_CHANGED,
	KIND_PROOF,
	KIND_COUNT
};

/* A page as PNG or, when it could not be drawn, why; empty: nobody has asked yet. */
struct drawing {
	struct buf bytes;
	int dots; /* per inch */
	bool failed;
};

/* A letter as it was made once, without guides and with them. */
struct version {
	struct buf pdf[2];
	uint64_t hash[2]; /* of the bytes: a page says by it what it shows */
	int pages;        /* 0: there is no such version */
	char edition[64]; /* that its record asks for, as far as it fits; "": none */
	sp page_width, page_height;
	struct arena *arena; /* of the portrait and of what draws */
	struct portrait portrait;
	struct concerns content;    /* what approvals are bound to */
	struct drawing *drawing[2]; /* of each page */
};

/* A letter that was looked at: as it is now, and before the last save that changed it. */
struct made {
	char *id;    /* on the heap; NULL: none */
	int version; /* of the files, that it was made from */
	int64_t used;
	bool failed; /* now is that of an earlier version, or none */
	struct version now, before;
	struct diags *findings; /* NULL: it was not made yet */
	struct arena *arena;    /* of the facts; NULL: likewise */
	uint64_t stamp;         /* of its record, as in struct job_made; 0: it could not be read */
	vec(struct job_fact) facts;
};

enum work { WORK_NONE, WORK_CHECK, WORK_WRITE, WORK_APPROVE };

struct desk_options {
	/* As batch takes them; must live as long. */
	const struct job_request *request;
	const struct job_update *update;
	bool look_only;          /* nothing is approved or written here */
	bool reading_only;       /* nobody is there to sign: letters are not written */
	const struct str *label; /* the fields that name a letter in the list; NULL: its address */
	int label_count;
	int sample, seed; /* letters drawn by chance beside the proof set; as in struct choice */
	/* Set by a signal: the desk closes. */
	const atomic_bool *interrupted;
	const char *editor; /* a command that opens a file at a place; NULL: none does */
	/* Signs what the person of that name approves; NULL: nobody's approvals are signed. */
	const struct identity *approver;
	struct str approver_name;
	struct signer_options approver_signing;
	const struct seal *seal; /* likewise: what else that person does */
};

struct step;

/* The keeper's alone. */
struct watching {
	struct job_watch *watch;
	struct folder_marks folder; /* as the list knows it */
	bool locked;                /* the list could not see the record, which a run holds */
	int64_t counted;            /* when pages were last told of done, in milliseconds */
};
/* What is asked of the keeper. */
struct order {
	bool given;
	uint64_t agreed; /* struct prospect.stamp of what is to be written */
};
/* What it does. */
struct under_way {
	enum work work;
	int done, total;
};
/* The last run that wrote. */
struct last_run {
	char said[400];
	struct buf report; /* a page; empty: there is none */
};
/* What letters are looked at with. */
struct makers {
	struct job_maker *now;     /* the last that could be opened; NULL: none yet */
	struct job_maker *earlier; /* before a save changed what letters are made from */
	int version;               /* of the files, of now */
};
/* The letters that were looked at last. */
struct recent {
	struct made letters[MADE_MAX];
	int64_t clock; /* of struct made.used */
};
/* What can be undone: fix.c. */
struct undoing {
	struct step *steps;
	int stepped; /* so many there were */
};

struct desk {
	/* as it was before the first thread began */
	const struct desk_options *options;
	int64_t began;                   /* seconds since 1970 */
	pthread_mutex_t lock, approving; /* approving: taken before lock; so is sharing */
	pthread_mutex_t sharing;
	pthread_cond_t news, drawn;
	pthread_t keeper;
	bool can_draw; /* pages as pictures */
	struct watching watching;
	/* under lock */
	bool closing;
	int version; /* counts saves */
	int drawing; /* how many pages are being drawn */
	int listed;  /* counts lists */
	int event;   /* counts all that a page may want to show */
	struct order order;
	struct under_way under_way;
	struct last_run last_run;
	struct listing *listing; /* replaced by the keeper alone */
	struct makers makers;
	struct recent recent;
	struct sights *sights; /* NULL: nobody was shown anything yet */
	struct asked *asked;   /* many approvals, for the keeper; NULL: none */
	struct undoing undoing;
};

enum show { SHOW_NOW, SHOW_BEFORE, SHOW_CHANGES };

/* What a request asks to see. */
struct view {
	const char *token;           /* of the folder that its links count from */
	struct str id, query, state; /* empty: none */
	int from;                    /* first row that is shown */
	int dots;                    /* per inch, of a picture */
	bool guides, words;          /* words: of the letter, beside its pages */
	enum show show;
	struct str since; /* struct baseline.name; empty: the one that says most */
	struct actor me;  /* who looks; .at is not used */
};

/* Opens a desk and begins its keeper's work; options must live as long. NULL after an error. */
struct desk *desk_new(const struct desk_options *options, struct diags *diags);
/* Ends what waits for it, before it is freed. */
void desk_close(struct desk *desk);
/* Closes it and waits for the keeper; no request may be under way. */
void desk_free(struct desk *desk);
int64_t desk_clock(void); /* milliseconds, of a clock that never goes back */

/* -- list.c: without the lock */
/* An empty list, for the caller to free; texts of its rows are in its arena. */
struct listing *listing_new(const struct desk *desk);
void listing_free(struct listing *listing);
struct row *listing_add(struct listing *listing); /* zeroed; moves the others */
/* Once all rows are in: for listing_find. */
void listing_index(struct listing *listing);
/* The row of an id; NULL: none. */
struct row *listing_find(const struct listing *listing, struct str id);
/* Whether so many approvals are as many as are wanted; none never are. */
bool listing_approves(const struct listing *listing, int approved);
/* Notes how a letter stands; copies who has approved it. */
void listing_stand(struct listing *listing, struct row *row, const struct stance *stance);
/* How letters stood in an earlier list; false when some are not in it. */
bool listing_take_standing(struct listing *listing, const struct listing *old);
/* Takes over all that an earlier list says, for want of anything newer. */
void listing_copy(struct listing *listing, const struct listing *old);
/* Keeps what the template says in a letter: its number; -1 when too much is kept already. */
int listing_words(struct listing *listing, struct str words);
/* Folds what a row is searched in, all at once, if there is room to keep it. */
void listing_fold_row(struct listing *listing, struct row *row);

/* -- check.c: without the lock */
/* All letters merged and no more, which takes a moment even for many; the first ones are in the
 * desk's list meanwhile. */
struct listing *listing_merge(struct desk *desk);
/* Runs all letters through all stages, writing nothing; NULL when a file was saved meanwhile. */
struct listing *listing_check(struct desk *desk);

/* -- compare.c: without the lock */
/* Asks of each letter in the list how it stands against the record and the approvals in the folder;
 * false when a file was saved meanwhile. While a run holds the record, what it says stays. */
bool desk_compare(struct desk *desk);

/* -- write.c */
/* What would become of the letters, were they written now, as far as the list knows. */
struct prospect {
	int writes, held, errors, unchanged;
	int approved, unconfirmed; /* of those that would be written */
	int against; /* likewise: somebody has said something against so many, which holds nothing
		      * since no approvals are asked for */
	bool known;  /* all of it is: no check is under way */
	bool good;   /* some would be written, and none is held */
	int64_t now; /* seconds since 1970 */
	uint64_t stamp; /* another one when anything of it, or of the files, has changed */
};
enum prospect_kind { PROSPECT_WRITES, PROSPECT_HELD, PROSPECT_ERROR, PROSPECT_UNCHANGED };
/* What would become of one of them; the lock is held. */
enum prospect_kind prospect_of(const struct desk *desk, const struct row *row);
/* The lock is held. */
void prospect_take(const struct desk *desk, struct prospect *out);
/* Asks for the letters to be written as it was shown: what HTTP answers, and why not; empty: what
 * was shown is not so any more. Without the lock. */
int desk_generate(struct desk *desk, uint64_t stamp, struct buf *why);
/* Why letters cannot be written now, or nothing. The lock is held. */
const char *desk_hindrance(const struct desk *desk, bool busy);
/* Whether what was agreed to is what would be written still; else that is said. The keeper's. */
bool desk_still_fits(struct desk *desk);
/* Writes all letters that are not as they should be. Without the lock. */
void desk_write_letters(struct desk *desk);

/* -- share.c */
/* The proof set in one file (struct job_proof), of the letters as the list has it: what HTTP
 * answers, and why not. Without the lock. */
int desk_share(struct desk *desk, struct buf *pdf, struct buf *why);

/* -- desk.c */
void desk_tell(struct desk *desk); /* the lock is held */
/* Whether all letters are in the list, not only the first or none; likewise. */
bool desk_has_read(const struct desk *desk);
/* How far the work is, told now and then; total is -1 when not known. Without the lock. */
void desk_count(struct desk *desk, int done, int total);
/* Whether a file was saved; then, and when the desk closes, what is under way is to stop: it begins
 * anew. Without the lock. */
bool desk_look_for_saves(struct desk *desk, atomic_bool *stop);

/* -- made.c: the lock is held */
/* The letter as it is now; NULL when no record has that id. */
struct made *made_find(struct desk *desk, struct str id);
/* The same, from the files at this moment, for a save that is not known yet. */
struct made *made_find_anew(struct desk *desk, struct str id);
/* What it holds, not itself. */
void made_free(struct made *made);
/* What an approval of the letter would be bound to; false when it cannot be made. */
bool made_content(struct desk *desk, struct str id, struct concerns *out);
/* job_maker_stamp, of the files as they are; 0 when they cannot be read. */
int64_t made_stamp(struct desk *desk);

/* -- drawings.c: the lock is held */
/* A page, drawn at its first use, copied into *out; empty when there is no such page. Gives the
 * lock away meanwhile: few are drawn at a time, or a flood of requests for one page would draw it
 * once for each. Whether it is of the letter as it is made now. */
bool drawing_take(struct desk *desk, const struct view *view, int page, struct drawing *out);
/* Forgets a version's pictures; with failed_only, those that could not be drawn. */
void drawings_clear(struct version *version, bool failed_only);

/* -- picture.c */
/* How long to wait for a program; when *interrupted is set, no longer. */
struct patience {
	int milliseconds;
	const atomic_bool *interrupted;
};
struct picture_asked {
	struct str pdf;
	int page, dots; /* from 1; per inch */
};
/* A page as PNG, or why there is none, in words, for the caller to free. Runs a program, which is
 * killed when it takes too long. Without the lock. */
void picture_make(
	const struct picture_asked *asked, const struct patience *patience, struct drawing *out);
/* Whether the program is there. */
bool picture_can(const struct patience *patience);

/* -- find.c: the lock is held */
/* The filter of a view, which must live as long. */
struct finder {
	enum kind kind;
	bool in_template;       /* looks in what the template says, not in the letter's own words */
	struct str me;          /* who looks */
	struct buf words, text; /* folded: what is looked for; a text at work */
	const struct listing *listing;
	signed char *of_words; /* whether each of its words holds them; 0: not looked yet */
};
struct finder finder_new(const struct listing *listing, const struct view *view);
void finder_free(struct finder *finder);
/* Whether the view shows the row. */
bool finder_fits(struct finder *finder, const struct row *row);
/* All that a row is searched in, folded; valid until the next. */
struct str finder_row(struct finder *finder, const struct row *row);
/* Likewise the template's words of that number. */
struct str finder_template(struct finder *finder, int words);

/* -- near.c */
enum { NEAR_MOST = 3 };
struct near {
	struct str text[NEAR_MOST]; /* the nearest first */
	int count;
};
/* Did you mean: of all that could be found, what is nearest to what is looked for; as it is
 * written, in the listing. The lock is held. */
void finder_near(struct finder *finder, struct near *out);

/* -- fold.c */
/* Small letters without marks, one blank between words; appended. ASCII alone is folded where the
 * system has no C.UTF-8. */
void fold(struct str text, locale_t locale, struct buf *out);
/* Texts that are folded one after the other, FOLD_END between them, without blanks at their
 * ends. */
enum { FOLD_END = '\n' };
struct folding {
	struct str text[4];
	int count;
};
/* The texts that a row is searched in; they are the row's. */
struct folding folding_of_row(const struct row *row);
/* Appended. */
void fold_each(const struct folding *folding, locale_t locale, struct buf *out);
/* What was written where words stand from one byte to another in what fold_each wrote. */
struct str folding_find(const struct folding *folding, locale_t locale, int from, int to);
/* What fold_each writes, in the listing's arena; .at NULL: too much is kept already. */
struct str listing_fold(struct listing *listing, const struct folding *folding);

/* -- kinds.c */
/* What a letter is, as a word in an address: "error", "warning", "unchecked", "unconfirmed",
 * "good". */
const char *row_state(const struct listing *listing, const struct row *row);
/* By its word in an address; KIND_ALL of any other. */
enum kind kind_find(struct str word);
extern const char *const kind_words[KIND_COUNT];
/* me: who looks. */
bool row_is_of(const struct listing *listing, const struct row *row, enum kind kind, struct str me);
/* How many letters there are of each kind. */
void listing_count(const struct listing *listing, struct str me, int out[KIND_COUNT]);

/* -- approve.c */
/* Whether nobody has seen a fact that the letter uses. */
bool fact_is_to_confirm(const struct job_fact *fact);
/* Whether what a person approves here is signed; whether it would count. */
bool desk_signs(const struct desk *desk, struct str person);
bool desk_counts(const struct desk *desk, struct str person);
/* That person, who approves now, signed if it is to be. */
struct job_approver desk_approver(const struct desk *desk, const struct actor *actor);
/* Who acts at this moment: whom the certificate names signs. */
struct actor desk_actor(const struct desk *desk, const struct actor *actor);
/* An approval as it is told. */
struct given {
	struct str by, why; /* why: it does not stand; may be empty */
	enum known known;
	int64_t at; /* seconds since 1970 */
	bool stands, older;
	unsigned changed; /* struct approval */
};
/* How a letter's approvals stand at this moment, against what it shows. */
struct approvers {
	int standing, spent, older; /* spent: of what it was before; older: struct approval */
	int unproven;               /* likewise */
	bool mine;                  /* who asks has one that stands, signed if theirs are here */
	struct str trouble;         /* why they could not be read; or empty */
	vec(struct given) list;
	vec(struct remark) against; /* what nobody has answered yet */
};
/* The lock is held; the letter's row learns of it. me: who asks. */
void approvers_read(struct desk *desk, struct made *made, struct str me, struct arena *arena,
	struct approvers *out);
struct history {
	vec(struct log_line) list; /* of each act, actor and note alone */
};
/* What the log says of a letter, in the order in which it was noted; in the arena. Empty when it
 * cannot be read, which approvers_read says. */
void history_read(const struct desk *desk, struct str id, struct arena *arena, struct history *out);
/* What a person says of a letter. */
enum decision_kind {
	DECIDE_APPROVE,
	DECIDE_WITHDRAW,
	DECIDE_REJECT,
	DECIDE_COMMENT,
	DECIDE_ANSWER
};
struct decision {
	enum decision_kind kind;
	struct str id;
	uint64_t shown;     /* a version's hash, without guides; not of an answer */
	struct actor actor; /* .at is not used */
	uint64_t sure;      /* decision_doubt() of what was asked before, and is meant */
	struct str text;    /* from DECIDE_REJECT on */
	int64_t upto;       /* of an answer: the last remark that was shown */
};
/* Of the words that have to be read before one is sure. */
uint64_t decision_doubt(struct str why);
/* Notes it, if what was shown is what the letter is still: what HTTP answers, and why not. Without
 * the lock. */
int desk_decide(struct desk *desk, const struct decision *decision, struct buf *why);

/* -- many.c: the lock is held, but where it says so */
enum many_kind { MANY_PROOF, MANY_ALL, MANY_KINDS };
/* What a person would claim by approving many letters at once. */
struct many {
	enum many_kind kind;
	struct arena *arena; /* of the letters */
	vec(struct claimed {
		struct str id;
		bool looked; /* by who asks, as it is now: */
		struct concerns content;
	}) letters;
	int looked;                                 /* of the letters */
	int proof, proof_looked;                    /* letters of the proof set; likewise */
	int errors, warnings, unconfirmed, against; /* of those that are meant */
	int mine;        /* likewise; approved already, as they are, by who asks: they are left */
	uint64_t digest; /* of all this; for desk_approve_many: of what was shown */
};
/* That a page of a letter was shown to a person, as it is made now; 0: all of them. The letter was
 * looked at when all its pages were shown. */
void sights_note(struct desk *desk, struct str person, struct str id, int page);
/* NULL is left alone; so with asked_free. */
void sights_free(struct sights *sights);
/* Fills it, of a kind and with an arena; false when it has to wait: letters are being read. */
bool many_take(struct desk *desk, struct str person, struct many *many);
/* Asks for them to be approved: what HTTP answers, and why not. Then the arena is given up. Without
 * the lock. */
int desk_approve_many(
	struct desk *desk, const struct actor *actor, struct many *many, struct buf *why);
/* Does it, and frees what was asked. Without the lock. */
void desk_approve_asked(struct desk *desk, struct asked *asked);
void asked_free(struct asked *asked);
/* -- ready.c: the keeper's */
/* Notes what an approval of the row's letter would be. */
void ready_keep(struct listing *listing, struct row *row, const struct job_version *version);
/* Whether what they were checked as is what the files are, as far as the desk knows. The lock is
 * held. */
bool ready_is_valid(const struct desk *desk);
struct ready_count {
	int done, again; /* again: the actor had approved them already, as they are */
};
/* Approves those of many that are ready: how many. Without the lock; what is wrong ends it. */
struct ready_count ready_approve(
	struct desk *desk, const struct many *many, const struct actor *actor, struct diags *diags);

/* -- fix.c */
/* What a person changes in a letter's record. */
struct fix {
	enum { FIX_CONFIRM, FIX_EDIT, FIX_UNDO } what;
	struct str id;
	uint64_t shown;           /* struct made.stamp of the record that was shown */
	int fact;                 /* its number in struct made.facts then */
	struct confirmation seen; /* FIX_CONFIRM */
	struct str words;         /* FIX_EDIT */
	int link;                 /* likewise: they are where its n-th link is to lead; or < 1 */
	int step;                 /* FIX_UNDO: the number that was shown */
	struct actor actor;       /* .at is not used */
};
/* Writes it into the record's file, and a line into the log: what HTTP answers, and why not.
 * Without the lock. */
int desk_fix(struct desk *desk, const struct fix *fix, struct buf *why);
struct last_fix {
	int number;             /* no other has it; 0: there is nothing to undo */
	struct str name, label; /* of the field; label may be empty */
};
/* What was fixed last in a letter, if that can be undone. The lock is held. */
struct last_fix fix_last(struct desk *desk, struct str id);
/* All that can be undone is forgotten. */
void fixes_free(struct desk *desk);

/* -- editor.c */
/* What of a letter, as it stands in struct made. */
struct spot {
	struct str id;
	bool finding; /* else a fact */
	int number;
};
/* Opens its file there: what HTTP answers, and why not. Without the lock. */
int desk_open_editor(struct desk *desk, const struct spot *spot, struct buf *why);

/* -- baseline.c: the lock is held */
/* What a letter can be held against: as it was approved, before the last save, as written. */
struct baseline {
	enum { AGAINST_APPROVED, AGAINST_SAVE, AGAINST_WRITTEN } against;
	struct str name; /* in an address */
	struct str by;   /* who approved it, and when */
	int64_t at;
	bool same;                       /* nothing changed since */
	unsigned changed;                /* struct approval; of what was written nobody knows */
	const struct version *pictures;  /* NULL: there are none */
	const struct portrait *portrait; /* NULL: it was not kept */
	struct str difference;           /* AGAINST_WRITTEN: DIFF_MARKED */
};
struct baselines {
	vec(struct baseline) list;
	int chosen; /* -1: there is none */
};
/* All there are, and what the view asks for, or else the last approval that does not stand any
 * more, or else the first. In the arena. */
void baselines_find(struct desk *desk, struct made *made, const struct view *view,
	struct arena *arena, struct baselines *out);
/* Reads what the chosen one holds. */
void baseline_read(
	struct desk *desk, struct made *made, struct arena *arena, struct baseline *baseline);

#endif
