/* press_int.h - bytes → files that are there when the record says so.
 *
 * Workers lay their files down beside the letters; in the order of the records they are handed in,
 * and every so many they are synced, renamed and recorded together. */
#ifndef JOB_PRESS_INT_H
#define JOB_PRESS_INT_H

#include "job/record_int.h"

struct press;

/* A letter ready to be published. */
struct proof {
	struct entry entry;
	bool known;            /* the entry's texts are as they were */
	struct str shape_text; /* empty: the record has it */
	struct str basis_text; /* the run's, which outlives the press */
	struct hash shape, basis;
	/* Files laid down; NULL: the one that is there stays. */
	const char *laid[FILE_KINDS];
	const struct buf *bytes[FILE_KINDS]; /* to go into the archive; until press_add */
	const char *stale[FILE_KINDS];       /* where the file was before, to be removed; or NULL */
	bool published;                      /* by the group that it is in */
};

/* time: of the letters in an archive. */
struct press *press_new(const struct job_request *request, struct record *record, int64_t time);
/* Opens the archive that the request names, which was checked. Without a call it is opened when the
 * first letter goes into it; a run that found it unfinished has to. */
bool press_open_archive(struct press *press, struct diags *diags);
/* The end of the run: the archive is finished, if there is one. */
bool press_finish(struct press *press, struct diags *diags);
void press_free(struct press *press);
/* Takes away what a run that was killed left beside the letters. */
bool press_clear(struct press *press, struct diags *diags);

/* The path of a letter's file, in the arena. */
const char *press_path(const struct job_request *request, struct arena *arena,
	const struct entry *entry, enum file_kind kind);
/* The folder of a letter below the run's: "" or, when spread, two hexadecimal digits; in an archive
 * ":" and the archive's name. */
struct str press_folder(const struct job_request *request, struct arena *arena, struct str id);

/* Lays bytes down beside the letters, or takes the file that is there for it when it holds the
 * same. By any thread; fills the entry's file and proof->laid. */
bool press_lay(struct press *press, struct arena *arena, struct proof *proof, enum file_kind kind,
	const struct buf *bytes, struct diags *diags);
/* Hands a letter in; by one thread at a time, in the order of the records. What it says is copied.
 * False after an error of this or an earlier letter. */
bool press_add(struct press *press, const struct proof *proof, struct diags *diags);
/* Publishes what was handed in. */
bool press_flush(struct press *press, struct diags *diags);

#endif
