/* trial.h - a drawn letter through all stages, and what must hold of every letter on the way.
 *
 *   bench.c    the stages                    hold_*.c   what must hold, by what it looks at
 *   reader.c   a PDF file → objects          story.c    objects → what the file says, in order
 *
 * Nothing here asks the code that it judges: what a PDF says is read from its bytes, what a letter
 * must say from the XML that was drawn. */
#ifndef TESTS_CHANCE_TRIAL_H
#define TESTS_CHANCE_TRIAL_H

#include "bench.h"
#include "draw.h"

/* What comes of a case: at most one finding, the first. */
struct trial {
	struct arena *arena;
	const struct drawn *drawn;
	const char *folder; /* for its files; the pictures lie there */
	char kind[80];      /* of the finding: the same for the same fault; "" for none */
	struct buf detail;
	int made, refused;   /* letters; refused: what was drawn does not fit the paper */
	struct buf refusals; /* codes, a line each */
};

void trial_run(struct trial *trial);

/* Notes a finding unless there is one; gives false. */
bool trial_find(struct trial *trial, const char *kind, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* A drawn tree as XML, in the trial's arena; a path in its folder. */
struct str trial_bytes(struct trial *trial, const struct twig *root);
const char *trial_path(struct trial *trial, const char *name);

#endif
