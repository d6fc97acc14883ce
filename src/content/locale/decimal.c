/* decimal.c - numbers and days: plainly written, compared. */
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

bool day_fits(struct day day)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	if (day.year < 1 || day.year > 9999 || day.month < 1 || day.month > 12 || day.day < 1)
		return false;
	bool leap = day.year % 4 == 0 && (day.year % 100 != 0 || day.year % 400 == 0);
	return day.day <= days[day.month - 1] + (day.month == 2 && leap);
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
