/* archive_file.h - all letters in one file instead of a file each, append-only: tar or zip, by the
 * ending of its name.
 *
 * What counts is what the record says: letters stand in its first so many bytes, and what a killed
 * run left behind these is cut off. A letter that is written again is appended; when a tar is
 * unpacked, the later one wins, and a zip's directory names no other. */
#ifndef PUBLISH_ARCHIVE_FILE_H
#define PUBLISH_ARCHIVE_FILE_H

#include "record/record.h"

struct letters_archive;

/* Whether the archive is what the record says of it. NONE: there is none, and none is recorded. */
enum archive_state { ARCHIVE_RIGHT, ARCHIVE_NONE, ARCHIVE_GONE, ARCHIVE_FOREIGN };
enum archive_state archive_look(const char *path, const struct record *record);
/* A copy has not the time that the record knows: when all letters stand in it as recorded, it is
 * known as one that a run was broken off with, so that what stands behind them is written anew. */
void archive_recognise(const char *path, struct record *record);
/* The folder that the record gives to letters in it: ":" and its name. */
struct str archive_folder(struct arena *arena, const char *path);
/* Reports a FOREIGN one, or one that is neither tar nor zip; false then. */
bool archive_check(const char *path, const struct record *record, struct diags *diags);

/* Opens for appending behind the recorded bytes, makes one when there is none; time: of all letters
 * in it. NULL after an error. */
struct letters_archive *archive_open(
	const char *path, struct record *record, int64_t time, struct diags *diags);
/* Bytes are written sooner or later, at the latest by archive_send; notes in file where they will
 * stand. */
void archive_add(struct letters_archive *archive, struct str name, const struct buf *bytes,
	struct written *file);
/* Bytes that were added since it was sent. */
int64_t archive_added(const struct letters_archive *archive);
/* Writes all that was added; gives how many bytes hold letters then. */
int64_t archive_send(struct letters_archive *archive);
/* To the disk when durable, what was sent; false, and said, after an error of any write. By another
 * thread than the one that adds, if wished. */
bool archive_settle(struct letters_archive *archive, bool durable, struct diags *diags);
/* After that: notes how many bytes hold letters. */
void archive_record(int64_t length, struct record *record);
/* Writes what stands behind the letters, to the disk when durable, and notes what the finished
 * archive is. Once, after the last flush, when the record knows all letters in it. */
bool archive_finish(
	struct letters_archive *archive, struct record *record, bool durable, struct diags *diags);
void archive_close(struct letters_archive *archive);

#endif
