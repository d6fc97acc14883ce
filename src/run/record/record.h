/* record.h - the record of the runs on one folder: what each letter was made from, and what was
 * written. The only files that know SQLite are record.c and record_*.c, and approval*.c.
 *
 * Opened once a run, under the folder's lock; its functions may be called by several threads. What
 * is put is in one transaction from the first put to record_commit. An error of SQLite is kept, and
 * said by record_commit; functions without diags give then what they give where nothing is found.
 * Texts that are put are copied; those that are given are in the arena that was passed. */
#ifndef RECORD_RECORD_H
#define RECORD_RECORD_H

#include "recipients/recipients.h"
#include "record/names.h"

/* What a letter is written as; the same letter for other readers: ID.html, ID.txt. */
enum file_kind { FILE_PDF, FILE_HTML, FILE_TEXT, FILE_KINDS };
extern const char *const file_endings[FILE_KINDS]; /* "pdf", "html", "txt" */

/* A file as it was written; size 0: there is none. */
struct written {
	int64_t size, mtime; /* bytes; nanoseconds since 1970 */
	struct hash hash;
	int64_t at; /* in a zip: where its header stands */
	uint32_t crc;
};

/* Reads a file that is there, whole; false when it cannot be read. */
bool written_read(const char *path, struct written *out);
/* Reads a PDF that begins with what was written before and has updates behind it, as time stamps
 * and staged are added (lettermerge sign --level); false when it is none. */
bool written_grew(const char *path, const struct written *before, struct written *out);
struct stat;
/* When it was last written, as in struct written. */
int64_t written_mtime(const struct stat *status);

/* What the record knows of a letter. */
struct entry {
	int64_t number; /* 0: not in the record yet */
	struct str id;
	struct str folder;  /* below the run's, "" for itself */
	struct str edition; /* that its record asked for, "" for none */
	struct hash key;
	int64_t basis, shape; /* numbers of texts */
	struct str values;    /* each followed by a NUL; struct letter_key */
	struct written file[FILE_KINDS];
	int pages;
	struct standings standings;
	/* Said again by merging, or making, the letter again. */
	int merge_warnings, warnings;
	/* Of its record's file and of all else it was merged from, to know it again unread; 0:
	 * not. */
	int64_t stamp, merge_stamp;
	int64_t person; /* struct recipient */
	/* Of a PDF that was signed: its SHA-256, and that of the template that it was made by, in
	 * hexadecimal digits; empty when nobody signed. */
	struct str sha256, template;
	int level;       /* enum level, that it reached or was found to have */
	struct str salt; /* of its line in the list; empty: chance gives one */
	int64_t made;    /* the run that wrote it */
	int gone;        /* its recipient is, the letter was kept */
};

/* FAST leaves it to the system when bytes reach the disk: safe against a killed run, not against a
 * power cut. SAFE waits for the disk before the record says that a letter is there. */
enum durability { DURABILITY_SAFE, DURABILITY_FAST };

enum record_use { RECORD_READ, RECORD_WRITE };

struct record;

/* Opens the record of a folder, makes or migrates it when it is to be written. NULL after an error,
 * and, without one, when it is only to be read and there is none. */
struct record *record_open(const char *out, struct shard shard, enum record_use use,
	enum durability durability, struct diags *diags);
/* What was put and not committed is lost. NULL is left alone. */
void record_close(struct record *record);
/* A shard as it was left. */
struct shard_state {
	bool finished;
	bool joined;               /* all that it says is in the record of the whole */
	struct str origin, source; /* struct record_list */
};
/* Reads it, in the arena; false after an error. */
bool record_shard_state(struct arena *arena, const char *out, struct shard shard,
	struct shard_state *state, struct diags *diags);
/* Notes in the record of a shard that it is joined, until a run writes to it again. */
bool record_mark_joined(const char *out, struct shard shard, struct diags *diags);
/* Takes over what the record of a shard says, of the shard's letters and no others. False when it
 * cannot be read; record_commit says why, unless it is of a later version. */
bool record_join(struct record *record, const char *out, struct shard shard, struct diags *diags);

/* The letter of an id; false when there is none. */
bool record_find(struct record *record, struct arena *arena, struct str id, struct entry *out);
/* In place of what is known of its id and number; number 0: it gets the next one. */
void record_put(struct record *record, const struct entry *entry);
/* By its number; its file stays. */
void record_remove(struct record *record, int64_t number);

/* Texts that many letters share: a number for each, from 1, the same for the same hash. Finding one
 * that is not there gives 0, putting one that is there its number. */
enum record_text { RECORD_BASIS, RECORD_SHAPE };
int64_t record_find_text(struct record *record, enum record_text kind, const struct hash *hash);
int64_t record_put_basis(struct record *record, const struct hash *hash, struct str text);
/* A shape's text, cut: most of its pieces other shapes have too, and each is kept once. */
struct shape_piece {
	struct hash hash; /* of the text */
	struct str text;
};
struct pieces {
	const struct shape_piece *const *at;
	int count;
};
int64_t record_put_shape(
	struct record *record, const struct hash *hash, const struct pieces *pieces);
/* The next piece of what is left of a shape: a line, or of one the words up to a note, or a note.
 * False at the end. */
bool record_cut(struct str *rest, struct str *piece);
/* Whole, in the arena; empty when there is none of that number. */
struct str record_text(
	struct record *record, struct arena *arena, enum record_text kind, int64_t number);

/* Says that what was put is on the disk when the record is: false after an error, now or since the
 * last time. Nothing is written when nothing was put. */
bool record_commit(struct record *record, struct diags *diags);

/* To be called before the first file is written: from now on the run is under way. */
bool record_start(struct record *record, struct diags *diags);
/* Whether the last run that wrote was not finished: files may be newer than the record says. */
bool record_was_broken_off(const struct record *record);
/* The run that writes is finished; to be committed. */
void record_finish(struct record *record);

/* The archive that letters were written to, instead of files. */
struct archived {
	char name[256];      /* of its file; "": none */
	int64_t length;      /* bytes that hold letters */
	int64_t size, mtime; /* of the finished file, 0 before */
};
/* As it was put last; good until it is put again or the record closed. */
const struct archived *record_archived(const struct record *record);
/* In a record that is only read it lasts until that is closed. */
void record_put_archived(struct record *record, const struct archived *archived);
/* The letters of a folder are written nowhere any more. */
void record_forget_files(struct record *record, struct str folder);
/* The next letter of a folder by id, behind that one; false at the end. */
bool record_next_in(struct record *record, struct arena *arena, struct str folder, struct str after,
	struct entry *out);

/* Letters that this run met: by number. After a whole run the others have no recipient. Those that
 * this run put first count as met. */
void record_meet(struct record *record, int64_t number);
bool record_has_met(const struct record *record, int64_t number);
/* The highest number of a letter when the record was opened. */
int64_t record_last_number(const struct record *record);
/* The next entry after that number which was not met, in the order of their numbers; false at the
 * end. */
bool record_next_left(struct record *record, struct arena *arena, int64_t after, struct entry *out);

/* -- the list of what became of each record (publish/signed_list.h) */

/* What the record knows of the list as a whole. */
struct record_list {
	bool stale;                /* it is not what the record says, or there is none */
	bool whole;                /* all records of the source were taken */
	struct str origin, source; /* what letters were made with, and from; job's own words */
	struct str missing;        /* shards that a join went without */
};
/* Good until it is put again or the record closed. */
const struct record_list *record_list(const struct record *record);
/* All but stale, which it becomes when something else has changed. */
void record_put_list(struct record *record, const struct record_list *list);
/* The list was written: letters that are written later are new to the next one. */
void record_listed(struct record *record);
/* This run's number. */
int64_t record_run(const struct record *record);
/* A letter was kept though its recipient is gone. */
void record_put_gone(struct record *record, int64_t number);

/* A record with a letter that was signed, or with none since it failed or was held. */
struct leaf {
	/* id, folder, PDF's size, pages, key, hashes, salt, gone; sha256 empty: none. */
	struct entry letter;
	bool made;  /* since the last list but this one */
	bool aside; /* in the last run it failed or, without findings, was held */
	struct str findings, aside_salt;
};
/* To be called once before: what earlier versions wrote gets salts. */
void record_salt(struct record *record);
/* The next by id, behind that one; false at the end. */
bool record_next_leaf(
	struct record *record, struct arena *arena, struct str after, struct leaf *out);

/* What a run counted, as a JSON object of numbers. */
void record_put_counts(struct record *record, struct str json);
/* Of all shards of so many that were joined last, a number's sum. */
int record_sum_count(struct record *record, int shards, const char *name);

/* Letters that failed, to be written to failed.json: findings are JSON objects, comma between; or
 * that were held, without any. */
void record_put_failed(
	struct record *record, struct str id, struct str source, struct str findings);
/* What an earlier run found. */
void record_drop_failed(struct record *record, struct str id);
/* After a whole run: forgets those that it did not meet. */
void record_drop_old_failed(struct record *record);
/* Of those that this run met, or of all, for run.json: {"id":…,"codes":[…]}, one a line, commas
 * between. */
void record_write_codes(struct record *record, bool all, struct buf *out);
/* Of all letters that were asked for in another edition: {"id":…,"edition":…}, likewise; false:
 * there are none. */
bool record_write_editions(struct record *record, struct buf *out);
/* {"failed":[…]}, one letter a line, in the order of ids; the number of letters. */
int record_write_failed(struct record *record, struct buf *out);

/* -- forgetting (lettermerge forget) */

/* Whom a record knows, letters and those that failed or were held, to a function that borrows the
 * texts. archive: the name of that which the letter stands in, empty for none. */
void record_each(struct record *record, void (*one)(void *user, struct str id, struct str archive),
	void *user);
/* All that the record says of these ids, and what is left of it in free pages and beside the file.
 * What the list says (struct record_list) stays. Killed at any moment it has done all, or nothing
 * and can be done again. False after an error. */
bool record_forget(struct record *record, const struct str *ids, int count, struct diags *diags);
/* What is left of letters that were removed: texts that no other has, bytes in free pages. Made
 * anew the file has none once the record is closed. False after an error. */
bool record_wipe(struct record *record, struct diags *diags);

#endif
