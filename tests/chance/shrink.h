/* shrink.h - a case that fails → the least of it that fails in the same way. */
#ifndef TESTS_CHANCE_SHRINK_H
#define TESTS_CHANCE_SHRINK_H

#include "child.h"

/* Cuts what is not needed out of the drawn letter, style and records, as long as a run of it finds
 * what is called kind. Gives the outcome of the last run that did. */
struct outcome shrink(
	struct arena *arena, const char *folder, struct drawn *drawn, const char *kind);

#endif
