/* file.h - reading whole files, and writing them so that a reader sees the old or the new one. */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include "base/diag.h"
#include "base/str.h"

#include <stdbool.h>
#include <stdio.h>

struct arena;

/* The whole file as bytes in the arena, followed by a NUL; .at is NULL after an error, which is
 * reported at place (the file itself where place.file is NULL). At most INT_MAX - 1 bytes. */
struct str file_read(
	struct arena *arena, const char *path, struct place place, struct diags *diags);

/* A file opened for reading: a regular one. Of anything else that has its name, a folder, a pipe, a
 * device, no byte is read, nor is anything waited for. -1 with errno after an error. */
int file_open(const char *path);
FILE *file_stream(const char *path); /* likewise; NULL */
/* Whether it can be opened so; for libraries that open files by their names. errno after false. */
bool file_can_be_read(const char *path);
/* A pipe that has a name in a folder: who opens it waits for somebody at its other end, maybe for
 * ever. Those of the shell and the standard input have none. */
bool file_is_named_pipe(const char *path);
/* What errno says, in words. */
const char *file_error(int error);
/* A new empty file without a name, in /var/tmp; -1 with errno after an error. */
int file_nameless(void);

/* Writes bytes beside path (".NAME.tmp" in the same folder) and renames it to path; sync asks the
 * system to put the bytes on the disk before that. After an error path is what it was, and nothing
 * is left beside it. */
bool file_publish(const char *path, const void *bytes, size_t len, bool sync, struct diags *diags);

/* The same of a file that is there, if it still holds what it held, and with its mode; what a link
 * leads to is written. False after an error: somebody saved it meanwhile, for one. */
bool file_replace(const char *path, struct str was, struct str now, struct diags *diags);

/* The same of what holds names: for its owner alone (mode 0600). */
bool file_publish_private(
	const char *path, const void *bytes, size_t len, bool sync, struct diags *diags);
/* Makes an empty file for its owner alone, unless there is one. */
void file_make_private(const char *path);

/* All of the bytes to an open file; false with errno after an error. */
bool file_write_all(int fd, const char *bytes, size_t len);

/* Says of the file, or folder, that it could not be read, or written, for the reason in errno. They
 * give false, for the caller to give on. */
bool file_not_read(const char *path, struct diags *diags);
bool file_not_written(const char *path, struct diags *diags);

/* Where what was not written, as was just said, wants a permission: says so. */
void file_hint_permission(int error, struct diags *diags);

/* So that it is there no more, which it need not have been. False after an error, which is said. */
bool file_remove(const char *path, struct diags *diags);

bool file_exists(const char *path);
/* Whether an open file still stands under the name that it was opened by. */
bool file_has_name(int fd, const char *path);
/* "dir/name"; name alone when dir is "" or "." */
struct str path_join(struct arena *arena, struct str dir, struct str name);
struct str path_dir(struct str path);  /* "" for none */
struct str path_base(struct str path); /* the last part */

#endif
