/* span.c - spans of time, as ISO 8601-2 writes them: "2020-02-01/2021-05-12".
 *
 * A day, a month and a year are all dates here, and take all of their time; so a day is compared
 * with as much of itself as the other one says. */
#include "recipients/recipients.h"

#include "locale/decimal.h"

static bool is_digits(struct str text)
{
	for (int i = 0; i < text.len; i++)
		if (text.at[i] < '0' || text.at[i] > '9')
			return false;
	return true;
}

/* "2020", "2020-02" or "2020-02-01", of a calendar that has such a day. */
static bool is_date(struct str text)
{
	enum { YEAR = 4, MONTH = 7, DAY = 10 };
	char day[DAY + 1] = "0000-01-01";
	if (text.len != YEAR && text.len != MONTH && text.len != DAY)
		return false;
	memcpy(day, text.at, (size_t)text.len);
	return is_digits(str_slice(text, 0, YEAR)) && day_of(str_of(day)).year;
}

static bool is_open(struct str end)
{
	return end.len == 0 || str_is(end, "..");
}

/* Both ends of a span; of one date it is both. An open end is empty. */
static void find_ends(struct str span, struct str *from, struct str *to)
{
	span = str_trim(span);
	int slash = str_find(span, "/");
	*from = slash < 0 ? span : str_slice(span, 0, slash);
	*to = slash < 0 ? span : str_slice(span, slash + 1, span.len);
	if (slash >= 0 && is_open(*from))
		*from = (struct str){0};
	if (slash >= 0 && is_open(*to))
		*to = (struct str){0};
}

/* As far as both say. */
static int compare(struct str a, struct str b)
{
	int len = a.len < b.len ? a.len : b.len;
	return memcmp(a.at, b.at, (size_t)len);
}

bool span_fits(struct str text)
{
	struct str from, to;
	find_ends(text, &from, &to);
	if (!from.len && !to.len)
		return false;
	return (!from.len || is_date(from)) && (!to.len || is_date(to)) &&
		(!from.len || !to.len || compare(from, to) <= 0);
}

int span_compare(struct str span, struct str day)
{
	struct str from, to;
	find_ends(span, &from, &to);
	if (from.len && compare(from, day) > 0)
		return 1;
	return to.len && compare(to, day) < 0 ? -1 : 0;
}

struct str span_from(struct str span)
{
	struct str from, to;
	find_ends(span, &from, &to);
	return from;
}
