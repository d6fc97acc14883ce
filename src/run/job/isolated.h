/* isolated.h - letters made each from its record alone, to be compared with those of a run.
 *
 * A process is split off before any record is read, and kept from reading one; for each letter it
 * splits off another, which is handed that letter's record and nothing else. So whatever a letter
 * of a run has of another cannot be in the letter that is made here. */
#ifndef JOB_ISOLATED_H
#define JOB_ISOLATED_H

#include "job/job_int.h"

struct isolated;

/* out: the folder of letters, which is kept too; may be NULL. Before there are threads; NULL after
 * an error. */
struct isolated *isolated_open(const struct project *project, const struct task *task,
	const char *out, struct diags *diags);
void isolated_close(struct isolated *isolated);

/* Makes the letter from its record alone, and compares: an error when it is another. By any
 * thread. */
void isolated_compare(struct isolated *isolated, const struct recipient *recipient,
	const struct made_letter *made, struct diags *diags);

/* From now on this process may read all files but the records, one file or the *.xml of a folder,
 * and what is in the folder of letters. Either may be NULL, or not there. False where the system
 * cannot do that. */
bool confine(const char *records, const char *letters);

/* A record as bytes, and back: all that its letter is made from. */
void record_pack(const struct recipient *recipient, struct buf *out);
bool record_unpack(struct arena *arena, struct str bytes, struct recipient *out);

#endif
