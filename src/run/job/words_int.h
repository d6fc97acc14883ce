/* words_int.h - what stands on pages, word by word. */
#ifndef JOB_WORDS_INT_H
#define JOB_WORDS_INT_H

#include "job/job.h"
#include "layout/layout.h"

/* The words of a letter, copied to the arena. */
struct job_words words_of(struct arena *arena, const struct pages *pages, const struct text *text);

#endif
