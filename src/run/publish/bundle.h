/* bundle.h - all letters in one PDF for the printer. */
#ifndef PUBLISH_BUNDLE_H
#define PUBLISH_BUNDLE_H

#include "pdf/pdf.h"
#include "record/record.h"

struct bundle;

struct bundle_input {
	const char *file;
	int64_t time; /* seconds since 1970: the date in the file */
	bool simplex; /* no blank page follows an odd number of pages */
	enum durability durability;
	struct buf *into; /* the bytes are put there, and no file is written; or NULL */
};
/* Begins a bundle beside the file; NULL after an error. */
struct bundle *bundle_open(const struct bundle_input *input, struct diags *diags);
/* The letter that a writer prepared, in the order of the records; false after an error. */
bool bundle_add(
	struct bundle *bundle, struct pdf_writer *writer, struct str id, struct diags *diags);
struct bundle_end {
	bool written;
	int64_t blank; /* pages that have nothing on them */
};
/* keep: it gets its name, if there is a letter in it; else what is there under that name stays.
 * bundle may be NULL. */
struct bundle_end bundle_close(struct bundle *bundle, bool keep, struct diags *diags);

#endif
