/* decimal.c - numbers and days: plainly written, compared, added to. */
#include "locale/decimal.h"

void decimal_write(const struct decimal *number, struct buf *out)
{
	int whole = number->digits.len - number->scale;
	buf_puts(out, number->negative ? "-" : "");
	buf_str(out, str_slice(number->digits, 0, whole));
	if (number->scale)
		buf_format(out, ".%.*s", number->scale, number->digits.at + whole);
}

/* The digit that counts 10^power. */
static int digit_at(const struct decimal *number, int power)
{
	int at = number->digits.len - 1 - number->scale - power;
	return at >= 0 && at < number->digits.len ? number->digits.at[at] - '0' : 0;
}

static int greater(int a, int b)
{
	return a > b ? a : b;
}

static int compare_sizes(const struct decimal *a, const struct decimal *b)
{
	int lowest = -greater(a->scale, b->scale);
	int power = greater(a->digits.len - a->scale, b->digits.len - b->scale);
	for (; power >= lowest; power--)
		if (digit_at(a, power) != digit_at(b, power))
			return digit_at(a, power) - digit_at(b, power);
	return 0;
}

int decimal_compare(const struct decimal *a, const struct decimal *b)
{
	if (a->negative != b->negative)
		return a->negative ? -1 : 1;
	int order = compare_sizes(a, b);
	return a->negative ? -order : order;
}

/* The digits of a + b, or of a - b, of which a is not the smaller then, the last one first. */
static void put_digits(const struct decimal *a, const struct decimal *b, bool minus, int scale,
	struct str out, char *last)
{
	int carry = 0;
	for (int i = 0; i < out.len; i++) {
		int there = digit_at(b, i - scale);
		int digit = digit_at(a, i - scale) + (minus ? -there : there) + carry;
		carry = digit > 9 ? 1 : digit < 0 ? -1 : 0;
		*last-- = (char)('0' + digit - 10 * carry);
	}
}

static bool is_zero(struct str digits)
{
	for (int i = 0; i < digits.len; i++)
		if (digits.at[i] != '0')
			return false;
	return true;
}

bool decimal_add(
	struct arena *arena, const struct decimal *a, const struct decimal *b, struct decimal *sum)
{
	bool minus = a->negative != b->negative, swap = minus && compare_sizes(a, b) < 0;
	const struct decimal *large = swap ? b : a, *small = swap ? a : b;
	int scale = greater(a->scale, b->scale);
	int whole = greater(a->digits.len - a->scale, b->digits.len - b->scale) + 1;
	if (whole + scale > DECIMAL_MOST_DIGITS)
		return false;
	char *digits = arena_alloc(arena, (size_t)(whole + scale) + 1);
	struct str all = {digits, whole + scale};
	put_digits(large, small, minus, scale, all, digits + all.len - 1);
	while (all.len > scale + 1 && all.at[0] == '0')
		all = str_slice(all, 1, all.len);
	*sum = (struct decimal){large->negative && !is_zero(all), all, scale};
	return true;
}

/* -- days -------------------------------------------------------------------------------------- */

static int days_of(int year, int month)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
	return days[month - 1] + (month == 2 && leap);
}

bool day_fits(struct day day)
{
	if (day.year < 1 || day.year > 9999 || day.month < 1 || day.month > 12 || day.day < 1)
		return false;
	return day.day <= days_of(day.year, day.month);
}

static int figure(struct str text, int from, int count)
{
	int value = 0;
	for (int i = from; i < from + count; i++) {
		if (text.at[i] < '0' || text.at[i] > '9')
			return -1;
		value = value * 10 + (text.at[i] - '0');
	}
	return value;
}

struct day day_of(struct str text)
{
	if (text.len != 10 || text.at[4] != '-' || text.at[7] != '-')
		return (struct day){0};
	struct day day = {figure(text, 0, 4), figure(text, 5, 2), figure(text, 8, 2)};
	return day_fits(day) ? day : (struct day){0};
}

int day_compare(struct day a, struct day b)
{
	int years = a.year - b.year, months = a.month - b.month;
	return years ? years : months ? months : a.day - b.day;
}

int64_t day_number(struct day day)
{
	int64_t year = day.month > 2 ? day.year : day.year - 1;
	int64_t before = 365 * year + year / 4 - year / 100 + year / 400;
	int month = day.month > 2 ? day.month - 3 : day.month + 9; /* from March on */
	return before + (153 * month + 2) / 5 + day.day - 1 - 719468;
}

/* The first of a month that is so many behind the first of the year 1; year 0: beyond. */
static struct day month_of(int64_t count)
{
	bool fits = count >= 0 && count < INT64_C(12) * 9999;
	return fits ? (struct day){(int)(count / 12) + 1, (int)(count % 12) + 1, 1}
		    : (struct day){0};
}

/* From its year, that is never later, on to the day that is wanted. */
static struct day day_of_number(int64_t number)
{
	static const struct day first = {1, 1, 1}, last = {9999, 12, 31};
	if (number < day_number(first) || number > day_number(last))
		return (struct day){0};
	struct day day = {(int)((number - day_number(first)) / 366) + 1, 1, 1};
	while (day.year < 9999 && day_number((struct day){day.year + 1, 1, 1}) <= number)
		day.year++;
	int64_t left = number - day_number(day);
	for (; left >= days_of(day.year, day.month); day.month++)
		left -= days_of(day.year, day.month);
	day.day += (int)left;
	return day;
}

struct day day_add(struct day day, int months, int days)
{
	struct day to = month_of((int64_t)12 * (day.year - 1) + day.month - 1 + months);
	if (to.year == 0)
		return to;
	int most = days_of(to.year, to.month);
	to.day = day.day < most ? day.day : most;
	return day_of_number(day_number(to) + days);
}
