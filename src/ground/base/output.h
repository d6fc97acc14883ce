/* output.h - two numbers, set by hand, that stand for the program wherever a letter is compared
 * with what was written or approved before. The release's own number is in no letter and no key: a
 * release that writes the same bytes makes no letter anew.
 *
 * tests/frozen holds both: it fails when letters come out differently under the same number, says
 * which number to raise, and takes a new set only under a new one. */
#ifndef BASE_OUTPUT_H
#define BASE_OUTPUT_H

/* Of all that stands in a letter's file, its web page, its plain text and a bundle: raise it by one
 * in the commit that changes a byte of any of them, for whatever letter. It is in each letter's
 * key, so all are made again and compared; it is in the file's Creator and Producer, so that a file
 * says what wrote it. What a library contributes has its own version in the key. */
#define OUTPUT_VERSION "17"

/* Of the form in which approvals note what they are bound to (compare/concerns.c). Raise it by one
 * - when that form changes, so that letters that are as they were would be noted otherwise;
 * - when pages, tags or links change in a way that it does not see: what src/output/pdf makes of
 * the same marks. All approvals given before are then void, and said to be so: a change of
 * OUTPUT_VERSION alone voids none. Those of release 0.1.0 have number 1. */
enum { APPROVAL_VERSION = 3 };

#endif
