/* lock.h - one run at a time in a folder. */
#ifndef RECORD_LOCK_H
#define RECORD_LOCK_H

#include "record/names.h"

/* Holds the folder for a run that writes it, or with others for those that only read; false after
 * an error. A run that writes waits some seconds for those that read. *lock is -1 when there is
 * none to hold: nothing was ever written there. The system lets go of it however the process
 * ends. */
bool lock_folder(int *lock, const char *out, struct shard shard, bool write, struct diags *diags);
void lock_release(int lock);

#endif
