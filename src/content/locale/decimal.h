/* decimal.h - numbers and days as letters hold them: exact, never in floating point. */
#ifndef LOCALE_DECIMAL_H
#define LOCALE_DECIMAL_H

#include "base/base.h"

/* digits × 10^-scale: "1250.50" is {false, "125050", 2}. Digits are from 0 to 9, at least one, the
 * first not 0 unless all before the point are; nothing is negative zero. */
struct decimal {
	bool negative;
	struct str digits;
	int scale;
};

/* A day of the Gregorian calendar. */
struct day {
	int year, month, day;
};

/* "-1250.50", appended. */
void decimal_write(const struct decimal *number, struct buf *out);
/* Less than 0, 0 or more than 0; 1 and 1.00 are equal. */
int decimal_compare(const struct decimal *a, const struct decimal *b);
bool day_fits(struct day day);
/* Of "2020-10-13" and nothing else; year 0: it is none of the calendar. */
struct day day_of(struct str text);
int day_compare(struct day a, struct day b);

#endif
