/* seal.h - the signatures and document time stamps of a file, and what came after them. */
#ifndef VERIFY_SEAL_H
#define VERIFY_SEAL_H

#include "pdfread/pdfread.h"

/* A signature dictionary in its field (ISO 32000-1, 12.8.1): a signature, or a document time stamp
 * (ETSI EN 319 142-1, 5.4.3). */
struct seal {
	int field; /* object number of its field */
	struct str dict;
	bool is_stamp;
	int hole_from, hole_to; /* the hex string of /Contents, with its brackets */
	int revision;           /* index of the revision that it closes */
	struct str der;         /* what the hole holds, without the padding */
};

struct seals {
	vec(struct seal) list; /* in the file's order */
	vec(int) empty;        /* object numbers of signature fields without a value */
};

/* Finds all seals and checks that each covers its revision whole: everything up to its end but the
 * hole, which holds one DER value in hex and zeros. False after a finding. */
bool seals_read(
	struct seals *seals, const struct pdfread *file, const char *name, struct diags *diags);

/* What a catalog says when there is a DSS (EN 319 142-1, 5.6). */
#define DSS_EXTENSION "<</ESIC<</BaseVersion/1.7/ExtensionLevel 1>>>>"

/* The widget of a field that an update adds: it has no area, and no page shows it. */
#define INVISIBLE_WIDGET "/Type/Annot/Subtype/Widget/F 132/Rect[0 0 0 0]"

/* Checks that the revisions after index, which a signature closes, add nothing to the document but
 * what keeps its signatures provable, the DSS and document time stamps, and further signatures
 * where those before let them be. False after a finding that says what else. */
bool changes_check(const struct pdfread *file, const struct seals *seals, int index,
	const char *name, struct diags *diags);

/* Is all that an update brings needed by what it may bring (reach.c)? Gives what is not, or
 * NULL. */
const char *reach_check(const struct pdfread *file, int index);

#endif
