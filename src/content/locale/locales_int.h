/* locales_int.h - what the files that write values share.
 *
 *   formats.c       ICU's formats, loaded when they are asked for
 *   locales.c       languages, and texts between ICU and here     write_number.c  numbers, money
 *   write_day.c     days and times                                write_words.c   lists, plurals
 *   prepared_day.c, prepared_number.c   plain forms of a few languages, without ICU */
#ifndef LOCALE_LOCALES_INT_H
#define LOCALE_LOCALES_INT_H

#include "locale/formats.h"
#include "locale/locales.h"

#include <unicode/uloc.h>
#include <unicode/uscript.h>

enum {
	MAX_SKELETON = 128,
	MAX_FIGURES = 8,
	MAX_LANGUAGES = 32,
	MAX_SCRIPTS = 8,
	TIME_FORM = DATE_FORMS, /* behind the forms of days, those of times: to the minute */
	TIME_TO_SECONDS,
	DAY_FORMATS
};

/* How numbers are written, by ICU's skeleton: "percent .00". */
struct figures {
	char skeleton[MAX_SKELETON];
	UNumberFormatter *formatter;
};

/* A language; all but its name and scripts is NULL until it is asked for. */
struct language {
	char *tag;
	char name[ULOC_FULLNAME_CAPACITY]; /* ICU's; "root" of one that it does not know */
	bool known;
	UScriptCode scripts[MAX_SCRIPTS]; /* that it is written in: of Japanese three */
	int script_count;
	struct figures figures[MAX_FIGURES]; /* the next goes where the oldest was */
	int figures_next;
	UDateFormat *days[DAY_FORMATS]; /* by enum date_form, and by TIME_FORM */
	UPluralRules *plurals[2];       /* cardinal, ordinal */
	UNumberFormat *ordinals;
	UListFormatter *lists[LIST_KINDS];
};

struct locales {
	struct language *languages[MAX_LANGUAGES]; /* the next goes where the oldest was */
	int next;
	UFormattedNumber *number;
};

/* A long date, appended; false: not of the languages whose dates are known without ICU. */
bool prepared_day(struct day day, struct str lang, struct buf *out);
/* Whether numbers of a language are known without ICU: 1,160,000.50. */
bool number_is_prepared(struct str lang);
/* A number in groups from so many digits on, between its minus with what is around[0] and
 * around[1], appended; false likewise. */
bool prepared_number(const struct decimal *number, int least_grouped, struct str lang,
	const struct str *around, struct buf *out);

/* ICU's name of a language, or of the root, which is of none, where it has no data of it: false. */
bool locale_name(struct str lang, char name[ULOC_FULLNAME_CAPACITY]);
struct language *language_of(struct locales *locales, struct str lang);
/* Whether all letters of a text are of the scripts that a language is written in: of what ICU has
 * no words for in a language it has the root's, "AP" and "or". */
bool language_writes(const struct language *language, const UChar *text, int len);
/* Whether its months are not January to December, but those of its calendar. */
bool months_are_own(const UDateFormat *format);
/* A skeleton for so many decimals. */
void skeleton_make(char out[MAX_SKELETON], const char *stem, int decimals);
/* A number written by a skeleton, which is there until the next; NULL: ICU can not. */
const UFormattedNumber *number_write(struct locales *locales, struct language *language,
	const char *skeleton, const struct decimal *decimal);

/* Puts UTF-16 to the end of a text. */
void buf_utf16(struct buf *out, const UChar *text, int len);
/* UTF-8 → UTF-16, in the arena; the number of units in *len. */
const UChar *utf16_of(struct arena *arena, struct str text, int *len);
/* The whole as text in the arena; the buffer is freed. */
struct str buf_taken(struct arena *arena, struct buf *out);

#endif
