/* book_cell.c - a cell, as stored → its words.
 *
 * A number comes with the digits that its format shows, a moment by ISO 8601, whatever signs and
 * languages the format shows them in: 1250.50 for £1,250.50, 2020-10-13 for 13.10.20. So a letter
 * writes them as its own language does. */
#include "recipients/book_int.h"

#include "base/diag_id.h"

#include <stdio.h>
#include <time.h>

enum { DAY = 24 * 60 * 60 };

/* -- moments ----------------------------------------------------------------------------------- */

/* Days since 1970 of a spreadsheet's day, that has 29 February 1900 as its 60th (18.17.4.1). -1:
 * there is none. */
static bool find_day(int64_t serial, bool since_1904, int64_t *day)
{
	enum { UNIX = 25569, FALSE_DAY = 60, FROM_1904 = 1462, LAST = 2958465 };
	serial += since_1904 ? FROM_1904 : 0;
	*day = serial - UNIX + (serial < FALSE_DAY);
	return serial >= 1 && serial != FALSE_DAY && serial <= LAST;
}

/* Seconds where there are some, and the format, unless it is NULL, shows them. */
static void write_clock(int64_t seconds, const struct book_format *format, struct buf *out)
{
	buf_format(out, "%02d:%02d", (int)(seconds / 3600), (int)(seconds / 60 % 60));
	if (seconds % 60 && (!format || format->seconds))
		buf_format(out, ":%02d", (int)(seconds % 60));
}

/* A number of days in seconds; -1: it is none. */
static int64_t find_seconds(const struct book_digits *digits)
{
	int64_t days = 0, part = 0, whole = 1;
	if ((digits->negative && digits->len) || digits->point > 7)
		return -1;
	for (int i = 0; i < digits->point; i++)
		days = days * 10 + (i < digits->len ? digits->at[i] - '0' : 0);
	for (int i = digits->point; i < digits->len && whole < 10000000000; i++) {
		part = part * 10 + (i >= 0 ? digits->at[i] - '0' : 0);
		whole *= 10;
	}
	return days * DAY + (part * DAY + whole / 2) / whole;
}

/* Seconds since 1970. A format that shows a day shows the time besides only where there is one. */
static void write_day(int64_t seconds, const struct book_format *format, struct buf *out)
{
	bool timed = !format || format->time || !format->date;
	time_t at = (time_t)seconds;
	struct tm tm;
	gmtime_r(&at, &tm);
	buf_format(out, "%04d-%02d-%02d", tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday);
	if (timed && seconds % DAY) {
		buf_char(out, ' ');
		write_clock((seconds % DAY + DAY) % DAY, format, out);
	}
}

static bool write_moment(const struct book_digits *digits, const struct book_format *format,
	bool since_1904, struct buf *out)
{
	int64_t all = find_seconds(digits), day;
	if (all < 0)
		return false;
	if (!format->date || (format->time && all < DAY)) {
		write_clock(format->elapsed ? all : all % DAY, format, out);
		return true;
	}
	if (!find_day(all / DAY, since_1904, &day))
		return false;
	write_day(day * DAY + all % DAY, format, out);
	return true;
}

/* A form has 0 for each digit. */
static bool fits(struct str text, const char *form)
{
	bool good = text.len == (int)strlen(form);
	for (int i = 0; good && i < text.len; i++)
		good = form[i] == '0' ? text.at[i] >= '0' && text.at[i] <= '9'
				      : text.at[i] == form[i];
	return good;
}

static struct str first(struct str text, int len)
{
	return str_slice(text, 0, text.len < len ? text.len : len);
}

/* Whether what is left is a fraction of a second, which rounds it up, and a sign that ends all. */
static bool take_end(struct str rest, const char *signs, int64_t *seconds)
{
	int i = rest.len && strchr(".,", rest.at[0]) ? 1 : 0;
	*seconds += i && rest.len > 1 && rest.at[1] >= '5' && rest.at[1] <= '9';
	while (i && i < rest.len && rest.at[i] >= '0' && rest.at[i] <= '9')
		i++;
	return i == rest.len || (i + 1 == rest.len && strchr(signs, rest.at[i]));
}

static bool take_clock(struct str text, int64_t *seconds)
{
	int hours, minutes, rest;
	if (!fits(first(text, 8), "00:00:00") ||
		sscanf(text.at, "%2d:%2d:%2d", &hours, &minutes, &rest) != 3)
		return false;
	*seconds = hours * 3600 + minutes * 60 + rest;
	return *seconds < DAY && take_end(str_slice(text, 8, text.len), "Z", seconds);
}

/* "PT09H30M00S" is a time, and may be longer than a day. */
static bool take_duration(struct str text, int64_t *seconds)
{
	int hours, minutes, rest, end = 0;
	if (sscanf(text.at, "PT%6dH%2dM%2d%n", &hours, &minutes, &rest, &end) != 3 || !end)
		return false;
	*seconds = hours * (int64_t)3600 + minutes * 60 + rest;
	return hours >= 0 && minutes >= 0 && rest >= 0 && str_ends(text, "S") &&
		take_end(str_slice(text, end, text.len), "S", seconds);
}

/* A day with or without a time, or a time, as the format shows it. */
static bool write_iso(struct str text, const struct book_format *format, struct buf *out)
{
	int64_t seconds = 0;
	struct tm tm = {0};
	if (take_clock(text, &seconds) || take_duration(text, &seconds)) {
		write_clock(format && !format->elapsed ? seconds % DAY : seconds, format, out);
		return true;
	}
	if (!fits(first(text, 10), "0000-00-00") ||
		sscanf(text.at, "%4d-%2d-%2d", &tm.tm_year, &tm.tm_mon, &tm.tm_mday) != 3 ||
		tm.tm_mon < 1 || tm.tm_mon > 12 || tm.tm_mday < 1 || tm.tm_mday > 31)
		return false;
	if (text.len > 10 &&
		(text.at[10] != 'T' || !take_clock(str_slice(text, 11, text.len), &seconds)))
		return false;
	int day = tm.tm_mday;
	tm.tm_year -= 1900;
	tm.tm_mon--;
	write_day(timegm(&tm) + seconds, format, out);
	return tm.tm_mday == day;
}

/* -- cells ------------------------------------------------------------------------------------- */

static int read_number(
	const struct book_reading *reading, const struct book_cell *cell, struct buf *out)
{
	static const struct book_format general = {.places = -1};
	const struct book_format *format = cell->format ? book_format_for(cell->format, cell->value)
							: &general;
	struct book_digits digits;
	if (!book_digits_read(cell->value, &digits))
		return DIAG_BOOK_CELL;
	if (format->date || format->time)
		return write_moment(&digits, format, reading->since_1904, out) ? 0 : DIAG_BOOK_DATE;
	if (digits.point > BOOK_DIGITS)
		return DIAG_BOOK_NUMBER;
	book_digits_write(digits, format, out);
	return 0;
}

static int read_shared(const struct book_reading *reading, struct arena *arena,
	const struct book_cell *cell, struct str *words)
{
	int number = 0, i = 0;
	for (; i < cell->value.len && i < 9 && strchr("0123456789", cell->value.at[i]); i++)
		number = number * 10 + (cell->value.at[i] - '0');
	bool good = i > 0 && i == cell->value.len && reading->strings &&
		book_strings_find(reading->strings, arena, number, words);
	return good ? 0 : DIAG_BOOK_CELL;
}

int book_cell_read(const struct book_reading *reading, struct arena *arena,
	const struct book_cell *cell, struct str *words, bool *stored)
{
	struct buf out = {0};
	int wrong = 0;
	*stored = cell->kind == BOOK_NUMBER || cell->kind == BOOK_MOMENT;
	*words = str_lit("");
	switch (cell->kind) {
	case BOOK_TEXT:
		*words = cell->value;
		break;
	case BOOK_SHARED:
		wrong = read_shared(reading, arena, cell, words);
		break;
	case BOOK_NUMBER:
		wrong = read_number(reading, cell, &out);
		break;
	case BOOK_TRUTH:
		*words = str_is(cell->value, "1") || str_is(cell->value, "true") ? str_lit("TRUE")
										 : str_lit("FALSE");
		break;
	case BOOK_MOMENT:
		wrong = write_iso(cell->value, cell->format, &out) ? 0 : DIAG_BOOK_DATE;
		break;
	case BOOK_UNKNOWN:
		wrong = DIAG_BOOK_FORMULA;
	}
	if (*stored)
		*words = str_copy(arena, buf_text(&out));
	buf_free(&out);
	return wrong;
}
