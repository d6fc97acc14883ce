/* child.h - cases in processes of their own, so that one that dies is a finding like any other. */
#ifndef TESTS_CHANCE_CHILD_H
#define TESTS_CHANCE_CHILD_H

#include "trial.h"

/* What became of a seed. */
struct outcome {
	uint64_t seed;
	char kind[80]; /* "" for nothing found */
	struct str detail;
	int made, refused;
	struct str refusals; /* codes, a line each */
};

/* Runs a case and waits; texts lie in the arena. */
struct outcome child_try(struct arena *arena, const char *folder, const struct drawn *drawn);

/* Runs seeds one after the other, gives each outcome to a function in their order. */
void child_run(const char *folder, uint64_t from, int count,
	void (*take)(void *user, const struct outcome *outcome), void *user);

#endif
