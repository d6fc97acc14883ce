/* hold.h - what must hold of every letter that is made. Each notes the first thing that does not,
 * and gives false then. */
#ifndef TESTS_CHANCE_HOLD_H
#define TESTS_CHANCE_HOLD_H

#include "story.h"
#include "trial.h"

/* The letter as it was made, and its record as it was drawn. */
struct held {
	struct bench *bench;
	const struct made *made;
	const struct twig *record;
	const struct ways *ways;
	struct story *story;
};

/* The file is well formed, its marks are tagged, its tags are whole; all is on the paper, and no
 * line is printed over another. */
bool hold_file(struct trial *trial, const struct held *held);
/* PDF, web page and plain text say the same words in the same order. */
bool hold_twins(struct trial *trial, const struct held *held);
/* The words of the template and the record are in the letter as often as its conditions say. */
bool hold_words(struct trial *trial, const struct held *held);
/* Letter and record, written as XML and read again, make the same letter. */
bool hold_source(struct trial *trial, const struct held *held);
/* Made again, after other letters or by a bench of its own, the letter has the same bytes. */
bool hold_again(struct trial *trial, const struct held *held);
/* The grammars in templates/ allow what was drawn. */
bool hold_grammars(struct trial *trial);

/* For two texts that should be the same: the first place where they are not. */
bool hold_same(struct trial *trial, const char *kind, struct str a, struct str b);

#endif
