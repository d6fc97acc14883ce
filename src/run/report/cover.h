/* cover.h - the first pages of a proof that is sent to somebody: what it is, which letters it shows
 * and why, what was found, and who has approved them. Written as a letter, for this program to set
 * as it sets all others. */
#ifndef REPORT_COVER_H
#define REPORT_COVER_H

#include "base/base.h"

struct cover_letter {
	struct str id;
	int pages;
	struct str why; /* it was chosen; a line each */
	int approved;   /* persons whose approval holds for it as it is now */
};
struct trust;
struct cover {
	const char *out;              /* the folder of letters, whose approvals are read */
	struct str template;          /* its file's name */
	int64_t now;                  /* seconds since 1970 */
	const struct trust *believed; /* signed answers alone count; NULL: all */
	int all, failed;              /* letters; of these, so many cannot be made */
	const struct cover_letter *letters;
	int count;
	struct str unseen;   /* what none of all letters shows, a line each */
	struct str findings; /* of the letters that are shown, a line each */
};

/* The letter, in the template's language (docs/template.md); appended. */
void cover_write(const struct cover *cover, struct buf *out);

#endif
