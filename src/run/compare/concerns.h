/* concerns.h - a composed letter → what an approval of it is bound to.
 *
 * Each concern has a print, and a hash of that (docs/desk.md has the list for people). The
 * first ones are known of a merged letter, the others with its pages. */
#ifndef COMPARE_CONCERNS_H
#define COMPARE_CONCERNS_H

#include "attachment/attachment.h"
#include "layout/layout.h"
#include "pdf/pdf.h"
#include "record/approval.h"

struct concerns_input {
	const struct letter *letter;
	const struct pages *pages; /* NULL: not composed */
	struct pictures *pictures;
	struct shaper *shaper;
	struct pdf_writer *writer; /* with pages; a letter that it holds is gone afterwards */
	bool attach_source;
	struct attached attached;
};

/* Of a merged letter: all before CONCERN_TAGS. */
void concerns_of_letter(const struct concerns_input *input, struct concerns *out);
/* The others; false, and said, when the pages cannot be put into a file. */
bool concerns_of_pages(
	const struct concerns_input *input, struct concerns *out, struct diags *diags);
/* The print of one; of those with pages only after concerns_of_pages. */
void concerns_print(const struct concerns_input *input, enum concern concern, struct buf *out);

#endif
