/* debris.h - what other programs leave in a value: an error of a spreadsheet instead of its result,
 * a character as it is written in another language, words that were read in the wrong encoding. */
#ifndef LETTER_DEBRIS_H
#define LETTER_DEBRIS_H

#include "base/base.h"
#include "locale/decimal.h"

struct debris {
	struct str words; /* a slice of the value */
	const char *what; /* "an error of a spreadsheet" */
	const char *hint;
};

/* The first that is found in a text of one or several lines. Some kinds count only where they are
 * all of a line, since a person may be called Null. In an address nobody asks a question. */
bool debris_find(struct str text, bool address, struct debris *debris);

/* The word in which "?" stands for a letter that an encoding lacks: "Gruff?dd"; in an address also
 * at a word's end, "T?". Of one line: that it is all of such marks. */
bool lost_find(struct str text, struct str *word);
bool lost_find_in_address(struct str text, struct str *word);
bool lost_is_all(struct str line, struct str *all);

/* A run of characters that are UTF-8 which somebody read as Windows-1252: "Ã©" for "é". Capitals
 * before a closing quotation mark ("AMANHÃ”") are none. */
bool mojibake_find(struct str text, struct str *run);
/* A sign in the place of a letter, as a code page of DOS or of a Mac gives it that is read as
 * Windows-1252: "Fran‡ois", "Ren‚". Not all are known by that. */
bool code_page_find(struct str text, struct str *found);

/* What a program writes for no date, in debris's words. */
#define NO_DATE "what a program writes for no date"
#define NO_DATE_HINT "empty the cell or element"

enum no_date { NO_DATE_NOT, NO_DATE_MAYBE, NO_DATE_SURE };
/* Whether a day stands for none; maybe, where it may be somebody's birthday. */
enum no_date no_date_is(struct day day);
/* Of a day in figures, with or without a time behind it; of other words, not. */
enum no_date no_date_written(struct str text);

#endif
