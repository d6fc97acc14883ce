/* beside.h - a file that is written in parts beside its place and gets its name at the end, so that
 * a reader sees the old or the new one whole. */
#ifndef BASE_BESIDE_H
#define BASE_BESIDE_H

#include "base/diag.h"

struct beside {
	const char *path, *beside; /* its name, and where it is written */
	int fd;                    /* -1: closed */
	int error;                 /* errno of the first failure; 0: none */
	bool locked;
	bool there; /* what stands beside is this one's, to be named or removed */
};

/* Begins anew what is written beside. Both names must live as long. What fails here or later is
 * kept in .error, and what follows does nothing then. */
void beside_open(struct beside *file, const char *path, const char *beside);
/* The same, where nothing stands beside yet: .error is EEXIST when something does. */
void beside_open_new(struct beside *file, const char *path, const char *beside);
/* The same, and no other process can until it is ended: .error is EWOULDBLOCK when one has. */
void beside_open_alone(struct beside *file, const char *path, const char *beside);
/* It holds names: it is to be for its owner alone (mode 0600), whatever the umask says. */
void beside_make_private(struct beside *file);
void beside_set_mode(struct beside *file, unsigned mode); /* likewise as that says */
void beside_write(struct beside *file, const void *bytes, size_t len);
/* No more is written; sync: the bytes are on the disk. */
void beside_settle(struct beside *file, bool sync);
/* With keep, and without an error, it gets its name: true then. Else the file of that name stays
 * what it was, and nothing is left beside it. Ended once, it stays so: a second call does
 * nothing. */
bool beside_end(struct beside *file, bool keep);
/* Says what failed. */
void beside_report(const struct beside *file, struct diags *diags);

#endif
