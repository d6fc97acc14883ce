/* archive_form_int.h - what archive.c and the forms of an archive share. */
#ifndef PUBLISH_ARCHIVE_FORM_INT_H
#define PUBLISH_ARCHIVE_FORM_INT_H

#include "publish/archive_file.h"

#include <stdatomic.h>

/* Letters are added, in any form, at the end of what is there; what stands behind the last one is
 * written anew by each run. */
struct archive_form {
	const char *ending; /* of a file's name, with its dot */
	/* The Debian package of a library that it needs and that is not there; NULL: all is. */
	const char *(*missing)(void);
	void (*open)(struct letters_archive *archive);
	/* Whether all letters that the record has in the folder stand in the file as recorded. */
	bool (*holds)(const char *path, struct record *record, struct str folder);
	/* Appends to archive->waiting. */
	void (*add)(struct letters_archive *archive, struct str name, const struct buf *bytes,
		struct written *file);
	/* Writes what stands behind the last letter; false after an error. */
	bool (*end)(struct letters_archive *archive, struct record *record, struct diags *diags);
	void (*close)(struct letters_archive *archive);
};

/* Calls with each file that the record has in the folder, in the order of the ids, until it is
 * false; whether it never was. */
bool archive_each_file(struct record *record, struct str folder,
	bool (*one)(
		void *user, struct arena *arena, const struct entry *entry, enum file_kind kind),
	void *user);

extern const struct archive_form archive_tar, archive_zip;

struct letters_archive {
	const char *path;
	const struct archive_form *form;
	struct tar *tar; /* that form's own */
	int fd;
	int64_t length;   /* bytes that were written */
	int64_t added;    /* and those that wait */
	int64_t sent;     /* of them in groups that were sent */
	atomic_int error; /* of the first write that failed */
	int64_t time;
	struct buf waiting;
};

#endif
