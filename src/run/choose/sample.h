/* sample.h - a seeded sample: so many of all letters, each as likely as any other, and the same for
 * the same ids and seed in whatever order they come. */
#ifndef CHOOSE_SAMPLE_H
#define CHOOSE_SAMPLE_H

#include "choose/choose.h"

struct sample;
/* most: of letters, at most SAMPLE_MOST; NULL for none. */
struct sample *sample_new(int most, int seed);
void sample_free(struct sample *sample);
void sample_take(struct sample *sample, struct str id, int pages);
/* Adds them to the choice behind those that it has, or to those the reason. */
void sample_end(struct sample *sample, struct choice *out);

#endif
