/* reading_int.h - what the files that read values share.
 *
 *   reading.c       by kind; comparing               read_plain.c    any script's signs → ASCII's
 *   read_number.c   numbers, amounts, percentages    read_words.c    yes and no, months
 *   read_date.c     dates and times by themselves    read_pattern.c  dates by a pattern
 *   read_calendar.c days of other calendars */
#ifndef LOCALE_READING_INT_H
#define LOCALE_READING_INT_H

#include "locale/reading.h"

/* Signs that ASCII has none for stand as these in a plain text. */
#define PLAIN_DECIMAL '\1' /* U+066B, never anything else */
#define PLAIN_GROUP '\2'   /* U+066C, likewise */

/* A text with every script's digits as 0 to 9, blanks as ' ' and single, minus signs and dashes as
 * '-', apostrophes as '\''; without what nobody sees, and without blanks at its ends. */
struct str plain_text(struct arena *arena, struct str text);
/* A code point as words are compared: without case, Latin letters without marks. */
uint32_t plain_letter(uint32_t c);
/* Takes as many digits as there are, to at most 9, into *number; their count. */
int plain_take_number(struct str *text, int *number);
/* Takes one of these signs. */
bool plain_take(struct str *text, const char *signs);
void plain_skip_blanks(struct str *text);
struct str plain_take_prefix(struct str *text, int len);
bool letter_stands_at(struct str text, int at); /* of any script */

/* In what is left of a text, a word of letters in any script; len 0: none. */
struct str word_take(struct str *text);
/* Of which calendars a month is, by its name: of any (a figure), of those with January to December,
 * of one with months of its own. */
enum months { MONTHS_ANY, MONTHS_COMMON, MONTHS_OWN };
/* Takes the name of a month, of one word or two, and its point, in the text's language, the
 * letter's or English: 1 to 12; 0: it begins with none. */
int month_take(
	struct str *text, struct str lang, const struct declared *declared, enum months *months);
/* Makes the Gregorian day of figures that may be of the calendar of the text's language, or of the
 * letter's. False: there is no such day. */
bool day_meant(
	struct day *day, enum months months, struct str lang, const struct declared *declared);
/* Whether they may: then two digits of a year do not tell of which. */
bool years_are_of_two_calendars(struct str lang, const struct declared *declared);

/* Takes the name of a day of the week, in full or in short, in one of the same languages: 0 for
 * Sunday to 6; -1: it begins with none. */
int weekday_take(struct str *text, struct str lang, const struct declared *declared);
/* A reading of a date that is of this day of the week, -1: of any. Of two it leaves that one. */
struct readings weekday_checked(struct readings reading, int weekday);

/* Takes a midnight that a program has put behind a day. False: there is another time. */
bool midnight_take(struct str *text);
struct readings read_number(
	struct arena *arena, struct str text, struct str lang, const struct declared *declared);
struct readings read_date(struct str text, struct str lang, const struct declared *declared);
struct readings read_time(struct str text);
/* A plain text by a pattern. */
struct readings read_pattern(struct str text, struct str lang, const struct declared *declared);
struct readings read_yes_no(struct str text, struct str lang, const struct declared *declared);

static inline struct readings reading_none(const char *why)
{
	return (struct readings){.why = why};
}

#endif
