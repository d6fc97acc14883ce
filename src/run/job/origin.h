/* origin.h - what the letters of a run are made with and from, in hashes: two runs with one origin
 * and one source make the same letters. */
#ifndef JOB_ORIGIN_H
#define JOB_ORIGIN_H

#include "job/job_int.h"

/* What an origin consists of: hashes in hex with a blank between, each empty when there is none. */
enum origin_part {
	ORIGIN_TEMPLATE,
	ORIGIN_STYLE,
	ORIGIN_SIGNER,
	ORIGIN_INCLUDED, /* by the template: files, pictures */
	ORIGIN_OPTIONS,
	ORIGIN_PARTS
};

struct str origin_of(const struct project *project, const struct job_request *request);
/* SHA-256 of the file of records; of a folder, of a line a record: its own SHA-256, two blanks and
 * its name, as sha256sum writes them. Empty when it cannot be read again. In the arena. */
struct str origin_source(struct arena *arena, const struct job_request *request);
/* In what two origins differ first, in words; NULL when they do not. */
const char *origin_difference(struct str a, struct str b);

#endif
