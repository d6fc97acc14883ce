/* decimal.h - numbers and days as letters hold them, and what is reckoned with them: exact, never
 * in floating point. */
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
/* a + b, with as many decimals as the one that has more, in the arena; false when it would have
 * more than so many digits. */
enum { DECIMAL_MOST_DIGITS = 100 };
bool decimal_add(
	struct arena *arena, const struct decimal *a, const struct decimal *b, struct decimal *sum);
bool day_fits(struct day day);
/* Of "2020-10-13" and nothing else; year 0: it is none of the calendar. */
struct day day_of(struct str text);
int day_compare(struct day a, struct day b);
/* Days since 1970-01-01 in the Gregorian calendar, which goes on before 1582 (ISO 8601). */
int64_t day_number(struct day day);
/* So many months and then days later, or earlier. What a month has no day for is its last: 31
 * January and a month is 28 or 29 February. Year 0: beyond the years 1 to 9999. */
struct day day_add(struct day day, int months, int days);

#endif
