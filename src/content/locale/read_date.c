/* read_date.c - dates and times of the day, by themselves.
 *
 * The year has four digits, and tells the order where it stands first or the month has a name.
 * Otherwise day and month are told apart only by one being more than 12, or by the day of the week
 * that stands beside them. */
#include "locale/reading_int.h"

enum { MAX_FIGURES = 3 };

struct figures {
	int value[MAX_FIGURES], len[MAX_FIGURES];
	int count;
	int month; /* by its name; 0: a figure */
	enum months months;
	int weekday; /* -1: not said */
};

/* -- the time behind a date -------------------------------------------------------------------- */

/* "14:30", "14:30:05.25" → seconds; -1: it is none. */
static int take_clock(struct str *text)
{
	int hours, minutes, seconds = 0, fraction;
	int len = plain_take_number(text, &hours);
	struct str rest = *text;
	plain_skip_blanks(&rest);
	if (plain_take(&rest, "h")) { /* "14 h 30" */
		plain_skip_blanks(&rest);
		*text = rest;
	} else if (!plain_take(text, ":.")) {
		return -1;
	}
	if (len < 1 || len > 2 || hours > 23 || plain_take_number(text, &minutes) != 2 ||
		minutes > 59)
		return -1;
	if (plain_take(text, ":.") && (plain_take_number(text, &seconds) != 2 || seconds > 59))
		return -1;
	if (plain_take(text, ".,") && (!plain_take_number(text, &fraction) || fraction))
		return -1;
	return hours * 3600 + minutes * 60 + seconds;
}

/* "Z", "+02:00" */
static void take_zone(struct str *text)
{
	int number;
	if (plain_take(text, "Z") || !plain_take(text, "+-"))
		return;
	plain_take_number(text, &number);
	if (plain_take(text, ":"))
		plain_take_number(text, &number);
}

static bool has_time(struct str text)
{
	return str_find(text, ":") >= 0;
}

/* 12 hours: 0 a.m., 1 p.m.; -1: 24 hours. */
static int take_half(struct str *text)
{
	struct str rest = *text;
	bool before = plain_take(&rest, "aA");
	if (!before && !plain_take(&rest, "pP"))
		return -1;
	bool points = plain_take(&rest, ".");
	if (!plain_take(&rest, "mM") || (points && !plain_take(&rest, ".")) ||
		letter_stands_at(rest, 0))
		return -1;
	*text = rest;
	return !before;
}

bool midnight_take(struct str *text)
{
	struct str rest = *text;
	if (!has_time(rest))
		return true;
	if (!plain_take(&rest, "T"))
		plain_skip_blanks(&rest);
	int seconds = take_clock(&rest);
	plain_skip_blanks(&rest);
	int half = take_half(&rest);
	if (half < 0 ? seconds != 0 : half || seconds % (12 * 3600))
		return false;
	take_zone(&rest);
	*text = rest;
	return rest.len == 0;
}

/* -- figures and words ------------------------------------------------------------------------- */

/* What may stand between the parts of a date, or behind a figure: "7th of May", "7 de mayo de
 * 2024", "1er mai", "7. Mai", "2024 m. gegužės 7 d.", "7-a de majo". */
static bool is_between(struct str word)
{
	static const char *const words[] = {"st", "nd", "rd", "th", "of", "the", "de", "del", "di",
		"da", "den", "der", "la", "d", "er", "ère", "º", "ª", "a", "ils", "m", "г", "р"};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_is(word, words[i]))
			return true;
	return false;
}

/* Behind a figure, with no blank before what follows: "2024年5月7日火曜日", "2024년 5월 7일". */
static bool take_unit(struct str *text)
{
	static const char *const units[] = {"年", "月", "日", "년", "월", "일"};
	for (size_t i = 0; i < sizeof units / sizeof *units; i++)
		if (str_starts(*text, units[i])) {
			plain_take_prefix(text, (int)strlen(units[i]));
			return true;
		}
	return false;
}

static bool take_figure(struct str *text, struct figures *figures)
{
	int at = figures->count;
	if (at == MAX_FIGURES)
		return false;
	figures->len[at] = plain_take_number(text, &figures->value[at]);
	figures->count += figures->len[at] > 0;
	return figures->len[at] > 0;
}

static bool take_word(
	struct str *text, struct str lang, const struct declared *declared, struct figures *figures)
{
	struct str rest = *text, word = word_take(&rest);
	if (figures->count && take_unit(text))
		return true;
	if (word.len && is_between(word)) {
		*text = rest;
		return true;
	}
	if (!figures->month &&
		(figures->month = month_take(text, lang, declared, &figures->months)) > 0)
		return true;
	/* The day of the week stands before a date or behind it. */
	int taken = figures->count + (figures->month > 0);
	if (figures->weekday >= 0 || (taken > 0 && taken < MAX_FIGURES))
		return false;
	figures->weekday = weekday_take(text, lang, declared);
	return figures->weekday >= 0;
}

/* False: something in it is no part of a date. */
static bool take_figures(
	struct str *text, struct str lang, const struct declared *declared, struct figures *figures)
{
	*figures = (struct figures){.weekday = -1};
	while (text->len) {
		bool timed = figures->count + (figures->month > 0) == 3 && has_time(*text);
		if (timed)
			return true;
		if (plain_take(text, " .,/-'"))
			continue;
		if (!take_figure(text, figures) && !take_word(text, lang, declared, figures))
			return false;
	}
	return true;
}

/* -- what they mean ---------------------------------------------------------------------------- */

/* Where a date stands. */
struct where {
	struct str lang;
	const struct declared *declared;
};

static struct readings one(const struct figures *figures, struct day day, struct where where)
{
	bool fits = day_meant(&day, figures->months, where.lang, where.declared);
	struct readings reading = {.count = fits, .why = "there is no such day"};
	reading.as[0].day = day;
	return reading;
}

static struct readings named_month(const struct figures *figures, struct where where)
{
	int year = figures->len[0] == 4 ? 0 : 1;
	if (figures->count != 2)
		return reading_none(figures->count == 1 ? "it lacks the day or the year" : NULL);
	if (figures->len[year] != 4)
		return reading_none("its year does not have four digits");
	if (figures->len[!year] > 2)
		return reading_none(NULL);
	struct day day = {figures->value[year], figures->month, figures->value[!year]};
	return one(figures, day, where);
}

static struct readings numbered_month(const struct figures *figures, struct where where)
{
	const int *value = figures->value, *len = figures->len;
	if (figures->count != 3 || len[1] > 2 || (len[0] == 4 ? len[2] : len[0]) > 2)
		return reading_none(NULL);
	if (len[0] == 4)
		return one(figures, (struct day){value[0], value[1], value[2]}, where);
	if (len[2] != 4)
		return reading_none("its year does not have four digits");
	struct readings first = one(figures, (struct day){value[2], value[1], value[0]}, where);
	struct readings second = one(figures, (struct day){value[2], value[0], value[1]}, where);
	if (!first.count || !second.count)
		return first.count ? first : second;
	first.as[1].day = second.as[0].day;
	first.count += day_compare(first.as[0].day, first.as[1].day) != 0;
	return first;
}

/* The number by which a sheet counts days, or one that has lost its form. */
static const char *why_one_figure(const struct figures *figures)
{
	return figures->len[0] == 5    ? "it is the number by which a spreadsheet counts days"
		: figures->len[0] >= 6 ? "nothing divides day, month and year"
				       : NULL;
}

struct readings read_date(struct str text, struct str lang, const struct declared *declared)
{
	struct figures figures;
	if (!take_figures(&text, lang, declared, &figures) || figures.count == 0)
		return reading_none(NULL);
	if (!midnight_take(&text))
		return reading_none("it has a time of the day");
	struct where where = {lang, declared};
	if (figures.month)
		return weekday_checked(named_month(&figures, where), figures.weekday);
	if (figures.count == 1)
		return reading_none(why_one_figure(&figures));
	return weekday_checked(numbered_month(&figures, where), figures.weekday);
}

/* -- times ------------------------------------------------------------------------------------- */

static bool is_hour(struct str text)
{
	return str_is(text, "Uhr") || str_is(text, "h");
}

/* "9am", "14 h", "14 Uhr" → seconds; -1. What is behind the number is left. */
static int take_hours(struct str *text)
{
	int hours;
	if (!plain_take_number(text, &hours))
		return -1;
	plain_skip_blanks(text);
	struct str rest = *text;
	bool fits = take_half(&rest) >= 0 ? hours <= 12 : hours <= 23 && is_hour(*text);
	return fits ? hours * 3600 : -1;
}

/* "14:30", "14.30", "14h30", "14 h 30", "2:30 pm", "9am", "14:30 Uhr" */
struct readings read_time(struct str text)
{
	struct str rest = text;
	int seconds = take_clock(&text);
	if (seconds < 0) {
		text = rest;
		seconds = take_hours(&text);
	}
	plain_skip_blanks(&text);
	int half = take_half(&text);
	if (half >= 0 && (seconds < 3600 || seconds >= 13 * 3600))
		return reading_none("an hour of a.m. or p.m. is from 1 to 12");
	if (half >= 0)
		seconds = seconds % (12 * 3600) + half * 12 * 3600;
	if (seconds < 0 || (text.len && !is_hour(text)))
		return reading_none(NULL);
	struct readings reading = {.count = 1};
	reading.as[0].seconds = seconds;
	return reading;
}
