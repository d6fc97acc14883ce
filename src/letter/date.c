/* date.c - dates written out. A language is a row; one that has none shows dates as they are. */
#include "letter/letter.h"

static const struct {
	const char *lang;
	const char *months[12];
} calendars[] = {
	{"en",
		{"January", "February", "March", "April", "May", "June", "July", "August",
			"September", "October", "November", "December"}},
	{"cy",
		{"Ionawr", "Chwefror", "Mawrth", "Ebrill", "Mai", "Mehefin", "Gorffennaf", "Awst",
			"Medi", "Hydref", "Tachwedd", "Rhagfyr"}},
};

static int number_at(struct str text, int from, int to)
{
	int number = 0;
	for (int i = from; i < to; i++)
		number = number * 10 + (text.at[i] - '0');
	return number;
}

struct str letter_date_text(struct arena *arena, struct str date, struct str lang)
{
	date = str_trim(date);
	if (date.len == 0 || !field_value_fits(FIELD_DATE, date))
		return date;
	for (size_t i = 0; i < sizeof calendars / sizeof *calendars; i++)
		if (lang_is(lang, calendars[i].lang))
			return str_format(arena, "%d %s %d", number_at(date, 8, 10),
				calendars[i].months[number_at(date, 5, 7) - 1],
				number_at(date, 0, 4));
	return date;
}
