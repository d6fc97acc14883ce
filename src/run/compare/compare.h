/* compare.h - what a letter is made from and what it shows, to be held against what is known.
 *
 *   basis_      what all letters of a run share    keyer_      one merged letter → its key
 *   reasons_    why it is made again, in words     diff_       what it said and says, as text
 *   concerns_   what an approval is bound to       words_      its words on the pages, compared
 *   portrait_   the same, to be compared by name   said_       blocks as they are said */
#ifndef COMPARE_COMPARE_H
#define COMPARE_COMPARE_H

#include "compare/concerns.h"
#include "compare/diff.h"
#include "compare/key.h"
#include "compare/portrait.h"
#include "compare/reasons.h"
#include "compare/words.h"

#endif
