/* length.h - lengths are integers: 65536 scaled points to the point (1/72 inch), as in TeX, but
 * with PDF's point. The largest length is 32767 pt, 11.5 m. Sums that may grow go in int64_t.
 * No float is used before src/pdf writes numbers, so every machine makes the same page. */
#ifndef BASE_LENGTH_H
#define BASE_LENGTH_H

#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

typedef int32_t sp;

enum { SP_PER_PT = 65536 };
#define SP_MAX INT32_MAX
#define pt(points) ((sp)((points)*SP_PER_PT)) /* constants only */

/* Reads "11pt", "25mm", "2.5cm", "1in", "0"; false when it is none of these or out of range. */
bool length_read(struct str text, sp *out);
/* a * b / c with a 64-bit product, rounded to nearest, halves away from zero; SP_MAX or -SP_MAX
 * where that is beyond. */
sp length_scale(int64_t a, int64_t b, int64_t c);
/* a + b, or SP_MAX or -SP_MAX where that is beyond: what is as large as that has no place on any
 * paper. */
sp length_sum(int64_t a, int64_t b);
/* Millimetres with one decimal, for messages: "35.0 mm". */
struct str length_text(struct arena *arena, int64_t length);

#endif
