/* align_int.h - two sequences side by side: what was kept, taken out and put in. */
#ifndef COMPARE_ALIGN_INT_H
#define COMPARE_ALIGN_INT_H

#include "base/base.h"

/* A stretch: equal numbers of members on both sides when kept, else what one side replaces by the
 * other; one of them may be empty. */
struct stretch {
	bool kept;
	int from_old, to_old, from_new, to_new;
};

/* Members by their numbers. */
struct sequence {
	const uint64_t *at;
	int count;
};

/* The longest common subsequence; members are equal when their numbers are. The stretches are in
 * the arena; gives their number. Long sequences without a common end (over 4 million pairs) come
 * back as one stretch. */
int align(struct arena *arena, struct sequence old, struct sequence new, struct stretch **out);

#endif
