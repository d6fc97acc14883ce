/* group.h - letters that are published together: on the disk first, then in the record. */
#ifndef PUBLISH_GROUP_H
#define PUBLISH_GROUP_H

#include "publish/archive_file.h"
#include "publish/publish.h"

#include <pthread.h>
#include <stdatomic.h>

struct group {
	const struct destination *to;
	struct letters_archive *archive; /* where it goes; NULL: into files */
	struct arena *arena;
	struct staged *staged;
	struct shape {
		const int *pieces; /* in texts */
		int count;
	} * shapes; /* of the staged */
	int count;
	vec(struct shape_piece) texts; /* what letters say, each once */
	struct map by_hash;
	struct buf cut; /* of the letter at hand: its shape's pieces */
	int64_t length; /* of the archive, with these letters */
	/* While it is on its way, all above and these are the publisher's. */
	bool sent, alone; /* alone: by a thread of its own */
	pthread_t thread;
	struct diags *diags;
	bool good;
	atomic_bool settled; /* on the disk, or it failed: all but the thread is the publisher's
				again */
	int recorded;        /* so many of the staged */
};

enum { GROUP = 128 }; /* the most letters of one */

void group_open(struct group *group, const struct destination *to);
/* Waits for what is on its way. */
void group_close(struct group *group);
/* A copy of what is staged, in the group; its bytes are left out. Good until the group is empty. */
struct staged *group_add(struct group *group, const struct staged *staged);
/* Whether any file is written or goes by it; else only the record learns something, such as the
 * time of a file that was touched. */
bool group_replaces(const struct group *group);
/* Begins to publish: what was added to the archive, or under their names the files that are laid
 * down. */
void group_send(struct group *group, struct letters_archive *archive);
/* Records a few letters more of one that is on the disk; nothing while it is on its way. */
void group_record(struct group *group, struct record *record);
/* Waits until it is on the disk, and records what is; the group is empty then. True when it was not
 * sent; false after an error, be it of one letter. */
bool group_collect(struct group *group, struct record *record, struct diags *diags);

#endif
