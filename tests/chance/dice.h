/* dice.h - numbers that look like chance and are the same for the same seed on every machine. */
#ifndef TESTS_CHANCE_DICE_H
#define TESTS_CHANCE_DICE_H

#include <stdbool.h>
#include <stdint.h>

struct dice {
	uint64_t state;
};

struct dice dice_of(uint64_t seed);
/* From 0 to limit - 1; 0 when the limit is 0 or less. */
int dice_below(struct dice *dice, int limit);
/* From least to most. */
int dice_from(struct dice *dice, int least, int most);
/* True once in so many times. */
bool dice_once_in(struct dice *dice, int times);

#define dice_pick(dice, list) (list)[dice_below((dice), (int)(sizeof(list) / sizeof *(list)))]

#endif
