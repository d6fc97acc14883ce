/* reading.h - texts as people's files hold them → values by type: "1.250,00 €", "(57.93)",
 * "7. Mai 2024", "WAHR".
 *
 * A reading comes from what is declared or from the text alone, never from other texts. What has
 * two readings is told with both, what has none with the reason; nothing is ever guessed. */
#ifndef LOCALE_READING_H
#define LOCALE_READING_H

#include "locale/currency.h"
#include "locale/decimal.h"

enum value_kind {
	VALUE_WORDS, /* any text */
	VALUE_NUMBER,
	VALUE_MONEY,
	VALUE_PERCENT,
	VALUE_DATE,
	VALUE_TIME,     /* of the day */
	VALUE_POSTCODE, /* of the United Kingdom */
	VALUE_YES_NO
};

/* What is declared of a text. All zero but kind: nothing. */
struct declared {
	enum value_kind kind;
	char decimal;        /* '.' or ','; 0: not said */
	struct str pattern;  /* of a date, by UTS #35: "dd.MM.yyyy"; .at == NULL: not said */
	struct str currency; /* of an amount that names none */
	struct str lang;     /* of the letter; a text's own and English are tried too */
	int year;            /* two digits are of 80 years before to 20 after; 0: of none */
};

/* A value; which members count says its kind. */
struct typed {
	struct decimal decimal; /* of a number, an amount; of a percentage, 12.5 for 12.5 % */
	struct str currency;    /* as the text has it, "£", "EUR"; empty: it has none */
	struct str multiple; /* the word behind "£1.1 million", which decimal has multiplied in */
	bool leading_zero;   /* it was written 007 */
	struct day day;
	int seconds; /* of a time, since midnight */
	bool yes;
	struct str words; /* of words, as they stand; of a postcode, "CM8 3HB" */
};

struct readings {
	int count; /* 0: none, 1: as[0], 2: either, and nothing says which */
	struct typed as[2];
	const char *why; /* there is none; NULL: it does not look like one at all */
};

/* Reads a text of a language, which may be empty. What comes back is in the arena, or of the
 * text. */
struct readings reading_of(
	struct arena *arena, struct str text, struct str lang, const struct declared *declared);
/* Whether a pattern of a date is one by which a date can be read. */
bool date_pattern_fits(struct str pattern);
/* Whether it has a year of two digits. */
bool date_pattern_is_short(struct str pattern);

/* Less than 0, 0 or more than 0, as a stands before, with or behind b. Yes is more than no; words
 * are compared as they stand. Amounts of two currencies are only ever unequal, neither is more. */
int typed_compare(enum value_kind kind, const struct typed *a, const struct typed *b);
bool typed_has_order(enum value_kind kind, const struct typed *a, const struct typed *b);
/* For messages: "5 June 2025", "1250.5", "yes". */
void typed_write(enum value_kind kind, const struct typed *value, struct buf *out);

/* A letter or digit as words are compared when little differences do not count: without case, Latin
 * letters without marks; 0 of what is neither. */
uint32_t letter_bare(uint32_t c);

#endif
