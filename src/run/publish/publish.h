/* publisher_int.h - bytes → files that are there when the record says so.
 *
 * Workers lay their files down beside the letters; in the order of the records they are handed in,
 * and every so many they are synced, renamed and recorded together. */
#ifndef PUBLISH_PUBLISH_H
#define PUBLISH_PUBLISH_H

#include "record/record.h"

/* Where letters go. */
struct destination {
	const char *out;     /* a folder */
	const char *archive; /* a file for the letters, instead of a file each; NULL: none */
	bool spread;         /* files in 256 folders, by a hash of their ids */
	struct shard shard;
	enum durability durability;
};

struct publisher;

/* A letter ready to be published. */
struct staged {
	struct entry entry;
	bool known;            /* the entry's texts are as they were */
	struct str shape_text; /* empty: the record has it */
	struct str basis_text; /* the run's, which outlives the publisher */
	struct hash shape, basis;
	/* Files laid down; NULL: the one that is there stays. */
	const char *laid[FILE_KINDS];
	const struct buf *bytes[FILE_KINDS]; /* to go into the archive; until publisher_add */
	const char *stale[FILE_KINDS];       /* where the file was before, to be removed; or NULL */
	bool published;                      /* by the group that it is in */
};

/* time: of the letters in an archive. */
struct publisher *publisher_new(const struct destination *to, struct record *record, int64_t time);
/* Opens the destination's archive, which was checked. Without a call it is opened when the
 * first letter goes into it; a run that found it unfinished has to. */
bool publisher_open_archive(struct publisher *publisher, struct diags *diags);
/* The end of the run: the archive is finished, if there is one. */
bool publisher_finish(struct publisher *publisher, struct diags *diags);
void publisher_free(struct publisher *publisher);
/* Takes away what a run that was killed left beside the letters. */
bool publisher_clear(struct publisher *publisher, struct diags *diags);

/* The path of a letter's file, in the arena. */
const char *publish_path(const struct destination *to, struct arena *arena,
	const struct entry *entry, enum file_kind kind);
/* The folder of a letter below the run's: "" or, when spread, two hexadecimal digits; in an archive
 * ":" and the archive's name. */
struct str publish_folder(const struct destination *to, struct arena *arena, struct str id);
/* Whether letters of that folder are in an archive, and have no files. */
bool publish_is_archive(struct str folder);

/* Lays bytes down beside the letters, or takes the file that is there for it when it holds the
 * same. By any thread; fills the entry's file and staged->laid. */
bool publisher_stage(struct publisher *publisher, struct arena *arena, struct staged *staged,
	enum file_kind kind, const struct buf *bytes, struct diags *diags);
/* Hands a letter in; by one thread at a time, in the order of the records. What it says is copied.
 * False after an error of this or an earlier letter. */
bool publisher_add(struct publisher *publisher, const struct staged *staged, struct diags *diags);
/* Publishes what was handed in. */
bool publisher_flush(struct publisher *publisher, struct diags *diags);

#endif
