/* records.h - what the targets for files of many records share: the file, and the way of each
 * record in it to a letter. */
#ifndef TESTS_FUZZ_RECORDS_H
#define TESTS_FUZZ_RECORDS_H

#include "recipients/recipients.h"

/* A new file with that ending and these bytes, to be unlinked; the name stays until the next. */
const char *records_file(const char *ending, struct str bytes);

/* Merges each record of the file with the letter. What options->known knows is read again, and is
 * what it was. */
void records_merge(const char *path, const char *letter, const struct recipients_options *options);

#endif
