/* read_calendar.c - the day that is meant where a language's dates are not of the Gregorian
 * calendar: of the solar year of Iran and Afghanistan, the Buddhist era, the Islamic year.
 *
 * The letter is written in that calendar, but files hold both: 2024-05-07 is what programs write,
 * 1403/02/18 what people do. Centuries lie between the two, so the one is meant whose year is
 * nearer to the letter's; the name of a month may say more. */
#include "locale/locales_int.h"
#include "locale/reading_int.h"

#include <limits.h>

enum { DAY_MS = 86400000, SOME_YEAR = 2000 };

/* Whether ICU need be asked, whose calendars take some time to open: of these languages and
 * regions, and where a tag asks for a calendar. */
static bool may_have_another(struct str lang)
{
	static const char *const of[] = {
		"fa", "ps", "th", "lrc", "mzn", "bgn", "haz", "uz", "TH", "IR", "AF", "SA", "u"};
	struct str rest = lang, part;
	while (str_split(&rest, '-', &part))
		for (size_t i = 0; i < sizeof of / sizeof *of; i++)
			if (str_is(part, of[i]))
				return true;
	return false;
}

static bool has_common_months(const char *calendar)
{
	static const char *const common[] = {"gregorian", "buddhist", "japanese", "roc"};
	for (size_t i = 0; i < sizeof common / sizeof *common; i++)
		if (strcmp(calendar, common[i]) == 0)
			return true;
	return false;
}

bool months_are_own(const UDateFormat *format)
{
	UErrorCode status = U_ZERO_ERROR;
	const char *calendar = icu()->ucal_getType(icu()->udat_getCalendar(format), &status);
	return U_SUCCESS(status) && !has_common_months(calendar);
}

/* The calendar of a language; NULL: it is the Gregorian one. */
static UCalendar *calendar_open(struct str lang, enum months *months)
{
	static const UChar zone[] = {'U', 'T', 'C', 0};
	char name[ULOC_FULLNAME_CAPACITY];
	UErrorCode status = U_ZERO_ERROR;
	if (!may_have_another(lang) || !locale_name(lang, name))
		return NULL;
	UCalendar *calendar = icu()->ucal_open(zone, -1, name, UCAL_DEFAULT, &status);
	const char *type = U_SUCCESS(status) ? icu()->ucal_getType(calendar, &status) : NULL;
	if (U_SUCCESS(status) && strcmp(type, "gregorian") != 0) {
		*months = has_common_months(type) ? MONTHS_COMMON : MONTHS_OWN;
		icu()->ucal_setAttribute(calendar, UCAL_LENIENT, 0);
		return calendar;
	}
	if (calendar)
		icu()->ucal_close(calendar);
	return NULL;
}

/* The Gregorian day; year 0: that calendar has no such day. */
static struct day day_in(UCalendar *calendar, struct day day)
{
	UErrorCode status = U_ZERO_ERROR;
	icu()->ucal_clear(calendar);
	icu()->ucal_setDate(calendar, day.year, day.month - 1, day.day, &status);
	UDate moment = icu()->ucal_getMillis(calendar, &status);
	if (U_FAILURE(status))
		return (struct day){0};
	return day_add((struct day){1970, 1, 1}, 0, (int)(moment / DAY_MS));
}

static int distance(int year, int now)
{
	return year > now ? year - now : now - year;
}

bool day_meant(
	struct day *day, enum months months, struct str lang, const struct declared *declared)
{
	const struct str langs[] = {lang, declared->lang};
	int now = declared->year ? declared->year : SOME_YEAR, nearest = INT_MAX;
	struct day meant = {0};
	if (months != MONTHS_OWN) {
		meant = *day;
		nearest = distance(day->year, now);
	}
	for (int i = 0; i < 2; i++) {
		enum months own;
		UCalendar *calendar = calendar_open(langs[i], &own);
		if (!calendar)
			continue;
		int year = day_in(calendar, (struct day){day->year, 1, 1}).year;
		if (year && distance(year, now) < nearest &&
			(months == MONTHS_ANY || months == own)) {
			nearest = distance(year, now);
			meant = day_in(calendar, *day);
		}
		icu()->ucal_close(calendar);
	}
	*day = meant;
	return day_fits(meant);
}

bool years_are_of_two_calendars(struct str lang, const struct declared *declared)
{
	const struct str langs[] = {lang, declared->lang};
	bool two = false;
	for (int i = 0; i < 2 && !two; i++) {
		enum months own;
		UCalendar *calendar = calendar_open(langs[i], &own);
		two = calendar;
		if (calendar)
			icu()->ucal_close(calendar);
	}
	return two;
}
