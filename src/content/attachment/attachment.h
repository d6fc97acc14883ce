/* attachment.h - the files that go with a letter, as its <attachment>s name them.
 *
 * One that is the same in all letters is read once a run, and the collection may be used by several
 * threads; one that a field names is read for its letter alone, so that a run does not hold the
 * files of all its recipients. */
#ifndef ATTACHMENT_ATTACHMENT_H
#define ATTACHMENT_ATTACHMENT_H

#include "tree/tree.h"

/* All that go with one letter may have so many bytes together. */
enum { ATTACHED_MAX = 100 * 1000 * 1000 };

struct attachment {
	struct str name;  /* the file's own, without its folders */
	struct str title; /* what it is, in words */
	const char *type; /* of media (RFC 6838), by what is in it: "application/pdf" */
	struct str bytes;
	bool shared; /* the bytes live as long as the collection; else as long as the arena */
};
struct attached {
	vec(struct attachment) files; /* in the letter's order, each file once */
};

struct attachments;
struct attachments *attachments_new(void);
void attachments_free(struct attachments *attachments);

/* Where a merged letter names its files. */
struct attached_to {
	const struct node *node; /* the letter's root, or one <attachment> */
	struct str dir;          /* the template's, which they are named from */
};

/* All files of a letter. False after an error, at the element: one that cannot be read, two of one
 * name, too many bytes. */
bool attachments_take(struct attachments *attachments, struct arena *arena,
	struct attached_to letter, struct attached *out, struct diags *diags);
/* That of one element, without a title; false when it cannot be read, or has too many bytes:
 * reported at the place. */
bool attachments_find(struct attachments *attachments, struct arena *arena,
	struct attached_to element, struct attachment *out, struct diags *diags);
/* The type of media; the ending of the name decides between kinds of text alone. */
const char *attachment_type(struct arena *arena, struct str bytes, struct str name);

#endif
