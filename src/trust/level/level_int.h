/* level_int.h - one letter on its way up, and the steps that it may take.
 *
 * A step reads the letter in climb->file and leaves the longer file in out, which must be empty. It
 * gives false where nothing could be added; out is then worthless. */
#ifndef LEVEL_LEVEL_INT_H
#define LEVEL_LEVEL_INT_H

#include "level/gather_int.h"
#include "level/level.h"
#include "level/stamp_int.h"

#include <pthread.h>

struct level_run {
	pthread_mutex_t lock; /* of all below */
	struct level_request request;
	struct fetch *fetch;
	struct stampers stampers;
	struct gather gather;
};

/* One letter on its way up. */
struct climb {
	struct level_run *run;
	struct arena *arena;
	struct pdfread file;
	const char *name;
	int64_t now;
	struct evidence wanted; /* lent by the run: what its chains want and the file lacks */
	struct level_aim aim;
	bool renewing; /* its last time stamp is to get evidence as well */
	struct diags *diags;
};

/* A document time stamp over all that is there (EN 319 142-1, 5.4.3). */
bool climb_stamp(struct climb *climb, struct buf *out);
/* The first time stamp: in the signature of a letter that nobody has yet (EN 319 122-1, 5.3), else
 * over the document. */
bool climb_time(struct climb *climb, struct buf *out);
/* What the letter's chains want as proof (EN 319 142-1, 5.4.2). */
bool climb_store(struct climb *climb, struct buf *out);

/* A CMS signature with a time stamp of its own, to be freed by OpenSSL; NULL with *len 0 when no
 * authority gives one. */
unsigned char *climb_stamp_cms(struct climb *climb, struct str der, int *len);

/* The catalog as it is now; gives its object number. */
int climb_root(const struct climb *climb, struct str *catalog);
/* "7 0 R" */
struct str climb_ref(struct arena *arena, int number);

#endif
