/* frozen.h - a set of letters that must come out as it is on file, until a number is raised.
 *
 * A set is a text, a line for each thing that is held: "KIND NAME VALUE". What of it depends on the
 * versions of libraries, fonts and patterns is compared only where these are those of the file. */
#ifndef TESTS_FROZEN_H
#define TESTS_FROZEN_H

#include "base/base.h"

struct frozen_verdict {
	bool good;       /* nothing is wrong; when blessing: the new set may be written */
	bool other;      /* made by other libraries: bytes could not be compared */
	struct str says; /* what differs, and what to do */
};

/* The set on file against the one of now. bless: it is asked whether the new one may take the old
 * one's place. In the arena. */
struct frozen_verdict frozen_judge(struct arena *arena, struct str old, struct str now, bool bless);

#endif
