/* moment.h - a moment in seconds since 1970, UTC, in the two forms in which it is written. */
#ifndef BASE_MOMENT_H
#define BASE_MOMENT_H

#include "base/str.h"

#include <stdint.h>

/* For programs (RFC 3339 5.6): 2026-05-04T09:30:00Z. Nothing where no calendar has it. */
void buf_moment(struct buf *out, int64_t seconds);
/* For people: 2026-05-04 09:30 UTC. */
void buf_moment_told(struct buf *out, int64_t seconds);

#endif
