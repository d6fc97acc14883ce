/* names.h - the files beside the letters, and shards: parts of a run. */
#ifndef RECORD_NAMES_H
#define RECORD_NAMES_H

#include "base/base.h"

/* A part of the recipients, by a hash of their ids: number 1 to count. All zero: all of them. */
struct shard {
	int number, count;
};

/* "out/.lettermerge.db"; of a shard "out/.lettermerge-2-of-8.db". */
const char *names_hidden(
	struct arena *arena, const char *out, struct shard shard, const char *ending);
/* "out/NAME.json"; of a shard "out/NAME-2-of-8.json". */
const char *names_list(struct arena *arena, const char *out, struct shard shard, const char *name);
/* The shards whose records are in a folder, in the order of their names; gives their number, 0
 * where there is no folder, -1 after an error. */
int names_find_shards(
	struct arena *arena, const char *out, struct shard **shards, struct diags *diags);

/* Depends on the id alone: the same on every machine, in every run. */
bool shard_has(struct shard shard, struct str id);

#endif
