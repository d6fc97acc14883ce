/* no_date.c - days that stand for none: where a program begins or ends to count them.
 *
 * 1 January 1970 may be a birthday, and is asked about; nobody who gets letters was born on one of
 * the others. */
#include "letter/debris.h"

static const struct {
	struct day day;
	enum no_date is;
} days[] = {
	{{0, 0, 0}, NO_DATE_SURE},       /* MySQL */
	{{1, 1, 1}, NO_DATE_SURE},       /* .NET, Go, Python */
	{{1601, 1, 1}, NO_DATE_SURE},    /* Windows */
	{{1753, 1, 1}, NO_DATE_SURE},    /* SQL Server */
	{{1899, 12, 30}, NO_DATE_SURE},  /* Access, LibreOffice */
	{{1899, 12, 31}, NO_DATE_SURE},  /* Excel's 0 */
	{{1900, 1, 0}, NO_DATE_SURE},    /* the same, as it shows it */
	{{1900, 1, 1}, NO_DATE_SURE},    /* SQL Server, Sybase */
	{{1904, 1, 1}, NO_DATE_SURE},    /* Excel of a Mac */
	{{9999, 1, 1}, NO_DATE_SURE},    /* without an end */
	{{9999, 12, 31}, NO_DATE_SURE},  /* likewise */
	{{1969, 12, 31}, NO_DATE_MAYBE}, /* Unix, seen from America */
	{{1970, 1, 1}, NO_DATE_MAYBE},   /* Unix */
};

enum no_date no_date_is(struct day day)
{
	for (size_t i = 0; i < sizeof days / sizeof *days; i++)
		if (day_compare(days[i].day, day) == 0)
			return days[i].is;
	return NO_DATE_NOT;
}

/* The digits that a text begins with are taken off; gives how many, 0 when they are more than 4. */
static int take_number(struct str *text, int *number)
{
	int len = 0;
	for (*number = 0; len < text->len && len <= 4; len++) {
		if (text->at[len] < '0' || text->at[len] > '9')
			break;
		*number = *number * 10 + (text->at[len] - '0');
	}
	*text = str_slice(*text, len, text->len);
	return len <= 4 ? len : 0;
}

/* "1899-12-30", "30/12/1899 00:00", "12/30/1899" */
enum no_date no_date_written(struct str text)
{
	int value[3], len[3];
	char sign = 0;
	for (int i = 0; i < 3; i++) {
		len[i] = take_number(&text, &value[i]);
		bool divided = i == 2 || (text.len && strchr("-/.", text.at[0]));
		if (!len[i] || !divided || (i == 1 && text.at[0] != sign))
			return NO_DATE_NOT;
		sign = i < 2 ? text.at[0] : sign;
		text = str_slice(text, i < 2, text.len);
	}
	if (text.len && text.at[0] != ' ' && text.at[0] != 'T')
		return NO_DATE_NOT;
	if (len[0] == 4)
		return no_date_is((struct day){value[0], value[1], value[2]});
	if (len[2] != 4)
		return NO_DATE_NOT;
	enum no_date is = no_date_is((struct day){value[2], value[1], value[0]});
	return is ? is : no_date_is((struct day){value[2], value[0], value[1]});
}
