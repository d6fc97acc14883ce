/* xmp.h - do two descriptions of a document (XMP, ISO 16684-1) say the same? */
#ifndef VERIFY_XMP_H
#define VERIFY_XMP_H

#include "base/base.h"

/* Whether all that one says the other says too, but for which program wrote it, and when. How they
 * are written in RDF does not matter. False also when one cannot be read for certain. */
bool xmp_says_the_same(struct arena *arena, struct str before, struct str after);

#endif
