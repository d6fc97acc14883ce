/* write_day.c - days and times of the day. */
#include "locale/locales_int.h"

#include <unicode/ustring.h>

enum { MAX_DATE = 128, DAY_MS = 86400000 };

/* When ICU's calendar is to go over from Julius Caesar's to Gregory's: before all days. */
#define LONG_AGO INT64_C(-8640000000000000)

/* The first of a month, where the CLDR's dates have a figure and letters do not. */
static const struct {
	const char *lang, *first;
} firsts[] = {{"fr", "1er"}, {"it", "1º"}};

/* 0: it has none. */
static int read_pattern(const UDateFormat *format, UChar pattern[MAX_DATE])
{
	UErrorCode status = U_ZERO_ERROR;
	int len = icu()->udat_toPattern(format, false, pattern, MAX_DATE, &status);
	return U_SUCCESS(status) ? len : 0;
}

/* The year of a date in figures has all of them: "yy" becomes "y". */
static void widen_year(UDateFormat *format)
{
	UChar pattern[MAX_DATE];
	int len = read_pattern(format, pattern);
	for (int i = 0; i + 1 < len; i++)
		if (pattern[i] == 'y' && pattern[i + 1] == 'y') {
			u_memmove(pattern + i, pattern + i + 1, len - i - 1);
			icu()->udat_applyPattern(format, false, pattern, len - 1);
			return;
		}
}

static void erase_era(UDateFormat *format)
{
	UChar pattern[MAX_DATE];
	int len = read_pattern(format, pattern), from = 0;
	while (from < len && pattern[from] != 'G')
		from++;
	int to = from;
	while (to < len && pattern[to] == 'G')
		to++;
	if (to < len && pattern[to] == ' ')
		to++;
	else if (from > 0 && pattern[from - 1] == ' ')
		from--;
	u_memmove(pattern + from, pattern + to, len - to);
	icu()->udat_applyPattern(format, false, pattern, len - (to - from));
}

/* The years of Iran's and Afghanistan's calendar, whose months are its own, go without their era's
 * name where ICU has none in the language's letters, as of Pashto; Persian has no place for one. */
static void leave_era(const struct language *language, UDateFormat *format)
{
	UChar era[MAX_DATE];
	UErrorCode status = U_ZERO_ERROR;
	const char *calendar = icu()->ucal_getType(icu()->udat_getCalendar(format), &status);
	int len = icu()->udat_getSymbols(format, UDAT_ERAS, 0, era, MAX_DATE, &status);
	if (U_SUCCESS(status) && strcmp(calendar, "persian") == 0 &&
		!language_writes(language, era, len))
		erase_era(format);
}

static bool has_halves(const UDateFormat *format)
{
	UChar pattern[MAX_DATE];
	int len = read_pattern(format, pattern);
	for (int i = 0; i < len; i++)
		if (pattern[i] == 'h' || pattern[i] == 'K')
			return true;
	return false;
}

/* Where ICU has no words in the language's letters for the halves of the day, it has 24 hours. */
static void leave_halves(const struct language *language, UDateFormat *format, bool seconds)
{
	static const UChar whole[] = {'H', 'm', 's'};
	UChar pattern[MAX_DATE], half[MAX_DATE];
	UErrorCode status = U_ZERO_ERROR;
	int len = icu()->udat_getSymbols(format, UDAT_AM_PMS, 0, half, MAX_DATE, &status);
	if (U_FAILURE(status) || !has_halves(format) || language_writes(language, half, len))
		return;
	UDateTimePatternGenerator *patterns = icu()->udatpg_open(language->name, &status);
	len = icu()->udatpg_getBestPattern(
		patterns, whole, 2 + seconds, pattern, MAX_DATE, &status);
	icu()->udatpg_close(patterns);
	if (U_SUCCESS(status))
		icu()->udat_applyPattern(format, false, pattern, len);
}

static bool read_month(const UDateFormat *format, UChar *month)
{
	UErrorCode status = U_ZERO_ERROR;
	icu()->udat_getSymbols(format, UDAT_MONTHS, 0, month, MAX_DATE, &status);
	return U_SUCCESS(status);
}

/* Of some languages ICU has figures and no months: it writes the root's then, "2026 M02 2". */
static bool has_months(const UDateFormat *format)
{
	char root[64];
	UChar own[MAX_DATE] = {0}, roots[MAX_DATE] = {0};
	UErrorCode status = U_ZERO_ERROR;
	const char *calendar = icu()->ucal_getType(icu()->udat_getCalendar(format), &status);
	snprintf(root, sizeof root, "root@calendar=%s", U_SUCCESS(status) ? calendar : "gregorian");
	UDateFormat *other = icu()->udat_open(
		UDAT_NONE, UDAT_LONG, root, NULL, 0, NULL, 0, &status);
	bool good = U_SUCCESS(status) && read_month(format, own) && read_month(other, roots);
	icu()->udat_close(other);
	return good && u_strcmp(own, roots) != 0;
}

/* Of days, by their form, or of times. */
static const UDateFormat *format_of(struct language *language, int form)
{
	static const struct {
		UDateFormatStyle time, day;
	} styles[DAY_FORMATS] = {{UDAT_NONE, UDAT_LONG}, {UDAT_NONE, UDAT_SHORT},
		{UDAT_NONE, UDAT_FULL}, {UDAT_SHORT, UDAT_NONE}, {UDAT_MEDIUM, UDAT_NONE}};
	static const UChar zone[] = {'U', 'T', 'C', 0};
	UDateFormat **format = &language->days[form];
	UErrorCode status = U_ZERO_ERROR;
	if (*format)
		return *format;
	*format = icu()->udat_open(
		styles[form].time, styles[form].day, language->name, zone, -1, NULL, 0, &status);
	if (U_SUCCESS(status) && !has_months(*format)) {
		icu()->udat_close(*format);
		status = U_MISSING_RESOURCE_ERROR;
	}
	if (U_FAILURE(status))
		return *format = NULL;
	UCalendar *calendar = icu()->ucal_clone(icu()->udat_getCalendar(*format), &status);
	icu()->ucal_setGregorianChange(calendar, (UDate)LONG_AGO, &status);
	if (U_SUCCESS(status))
		icu()->udat_setCalendar(*format, calendar);
	icu()->ucal_close(calendar);
	if (form == DATE_SHORT)
		widen_year(*format);
	if (form >= TIME_FORM)
		leave_halves(language, *format, form == TIME_TO_SECONDS);
	else
		leave_era(language, *format);
	return *format;
}

static const char *first_of(struct str lang, struct day day)
{
	for (size_t i = 0; day.day == 1 && i < sizeof firsts / sizeof *firsts; i++)
		if (lang_is(lang, firsts[i].lang))
			return firsts[i].first;
	return NULL;
}

/* The moment in UTC, its day's figure by other words unless they are NULL. */
static struct str moment_text(struct arena *arena, struct language *language, int form,
	int64_t moment, const char *figure)
{
	UChar units[MAX_DATE];
	UFieldPosition day = {.field = UDAT_DATE_FIELD};
	UErrorCode status = U_ZERO_ERROR;
	struct buf out = {0};
	const UDateFormat *format = format_of(language, form);
	int len = format ? icu()->udat_format(format, (UDate)moment, units, MAX_DATE, &day, &status)
			 : 0;
	if (!format || U_FAILURE(status) || !language_writes(language, units, len))
		return (struct str){0};
	bool other = figure && day.endIndex > day.beginIndex;
	buf_utf16(&out, units, other ? day.beginIndex : len);
	if (other) {
		buf_puts(&out, figure);
		buf_utf16(&out, units + day.endIndex, len - day.endIndex);
	}
	return buf_taken(arena, &out);
}

struct str day_text(struct arena *arena, struct locales *locales, struct day day,
	enum date_form form, struct str lang)
{
	struct buf prepared = {0};
	if (form == DATE_LONG && prepared_day(day, lang, &prepared))
		return buf_taken(arena, &prepared);
	struct language *language = language_of(locales, lang);
	if (!language->known)
		return (struct str){0};
	return moment_text(arena, language, (int)form, day_number(day) * DAY_MS,
		form == DATE_SHORT ? NULL : first_of(lang, day));
}

struct str time_text(struct arena *arena, struct locales *locales, int seconds, struct str lang)
{
	return moment_text(arena, language_of(locales, lang),
		seconds % 60 ? TIME_TO_SECONDS : TIME_FORM, (int64_t)seconds * 1000, NULL);
}
