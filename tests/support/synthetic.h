/* synthetic.h - as many recipients for the letter in templates/ as a test or a measurement
 * wants. */
#ifndef TESTS_SYNTHETIC_H
#define TESTS_SYNTHETIC_H

#include "base/base.h"

/* Appends the record of a number: <recipient id="r0000042">. */
void synthetic_record(struct buf *out, int number);
/* Records 0 to count - 1, a file each in a folder that is there; false after an error. */
bool synthetic_folder(const char *dir, int count);
/* The same in one file, in <recipients>. */
bool synthetic_file(const char *path, int count);

#endif
