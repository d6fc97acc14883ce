/* hold.h - what must hold of every letter that is made. Each notes the first thing that does not,
 * and gives false then. */
#ifndef TESTS_CHANCE_HOLD_H
#define TESTS_CHANCE_HOLD_H

#include "story.h"
#include "trial.h"

/* The file is well formed, its marks are tagged, its tags are whole; all is on the paper. */
bool hold_file(struct trial *trial, const struct made *made, struct story *story);
/* PDF, web page and plain text say the same words in the same order. */
bool hold_twins(struct trial *trial, const struct made *made, struct story *story);
/* The words of the template and the record are in the letter as often as its conditions say. */
bool hold_words(struct trial *trial, const struct made *made, struct story *story);

#endif
