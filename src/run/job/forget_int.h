/* forget_int.h - what the files of forgetting share: of whom, and where. */
#ifndef JOB_FORGET_INT_H
#define JOB_FORGET_INT_H

#include "base/base.h"
#include "record/names.h"

struct person {
	struct str id;
	bool known;
	struct str archive; /* that holds the letter; empty: none */
	struct nearest nearest;
};

struct forgetting {
	struct arena *arena;
	const char *out;
	const struct str *ids;
	struct person *persons;
	int count;
	struct shard *parts; /* the first is the whole */
	int part_count;
};

/* A file of JSON with what became of records, as run.json and failed.json are: those of these ids
 * go, of the objects that begin with their id and of plain lists of ids. One that is not there has
 * none. False after an error. */
bool forget_in_report(const char *path, const struct str *ids, int count, struct diags *diags);
/* Likewise the signed list of a part. */
bool forget_in_list(
	const char *out, struct shard shard, const struct str *ids, int count, struct diags *diags);

/* The letters of all, in the forms that batch and preview give them: removed; false after an error.
 * And whether there are any, which makes their ids known. */
bool forget_files(const struct forgetting *forgetting, struct diags *diags);
void forget_look_for_files(struct forgetting *forgetting);
/* What a run of a part that was killed was writing, and its list before that; false likewise. */
bool forget_left(const struct forgetting *forgetting, struct shard part, struct diags *diags);
/* Other files in the folder that speak of them: known by that and, with diags, named. */
void forget_look_for_others(struct forgetting *forgetting, struct diags *diags);

#endif
