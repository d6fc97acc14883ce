/* dice.c - splitmix64 (Steele, Lea, Flood 2014): every seed is a good one. */
#include "dice.h"

struct dice dice_of(uint64_t seed)
{
	return (struct dice){seed * UINT64_C(0x9E3779B97F4A7C15)};
}

static uint64_t next(struct dice *dice)
{
	uint64_t z = dice->state += UINT64_C(0x9E3779B97F4A7C15);
	z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
	return z ^ z >> 31;
}

int dice_below(struct dice *dice, int limit)
{
	return limit > 0 ? (int)((next(dice) >> 33) % (unsigned)limit) : 0;
}

int dice_from(struct dice *dice, int least, int most)
{
	return least + dice_below(dice, most - least + 1);
}

bool dice_once_in(struct dice *dice, int times)
{
	return dice_below(dice, times) == 0;
}
