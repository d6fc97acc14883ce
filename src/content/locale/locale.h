/* locale.h - what languages and countries say: how a letter closes, dates, amounts, postcodes, the
 * words that a letter says by itself.
 *
 * A language is a BCP 47 tag. What is not known of a language is told by what comes back, so that
 * nothing is ever said in another language instead. */
#ifndef LOCALE_LOCALE_H
#define LOCALE_LOCALE_H

#include "base/base.h"

/* -- closing, salutation */

/* How a letter closes: "Yours sincerely," when its salutation names somebody, "Yours faithfully,"
 * when not. .at == NULL in a language that is not known. */
struct str close_text(struct str lang, bool named);
/* Whether a salutation names somebody: not "Dear Sir or Madam,". */
bool salutation_names(struct str salutation);

/* -- script, direction */

/* Whether a tag names this script, "Latn", or none: words of ours in it may stand there. */
bool lang_is_written_in(struct str lang, const char *script);
/* A tag without its extensions: "fa" of "fa-u-nu-latn". */
struct str lang_bare(struct str lang);
/* Whether a language is written from right to left: Arabic, Hebrew, Persian, Punjabi in Arabic
 * letters (pa-Arab). */
bool lang_is_right_to_left(struct str lang);

/* -- figures */

/* A number, from 0 on, in the figures of a language: "۱۲" in Persian, "12" in Urdu of no country,
 * by the CLDR or as the tag says (ur-u-nu-arabext). */
enum { FIGURES_SIZE = 41 };
void figures_write(int number, struct str lang, char out[FIGURES_SIZE]);
/* Whether these are others than 0 to 9. */
bool figures_are_own(struct str lang);
/* Whether a tag names no figures, or ten that ICU knows: not those of Rome. */
bool figures_fit(struct str lang);
/* 7 of "7" and of "۷"; -1: of no figure. */
int figure_value(uint32_t character);

/* -- postcodes */

/* Whether a text is, by its letters and digits, a postcode of the United Kingdom, in an area that
 * there is. */
bool postcode_fits(struct str text);
/* In capitals, with one blank: "CM8 3HB". */
struct str postcode_text(struct arena *arena, struct str text);

/* -- addresses */

/* The country that a line of an address names, "DE" of Germany, DEUTSCHLAND and Allemagne; "ZZ" of
 * one whose rules are not known; NULL: it names none. */
const char *country_named(struct str line);

/* What a country's post asks of an address, its addressee counted. */
struct address_rule {
	const char *country, *name; /* "DE", "Germany" as in a sentence */
	int fewest, most;           /* lines; most 0: not known */
	const char *codes; /* forms of a postcode with what stands beside it (postcode.c) */
	const char *code;  /* one of them */
};
/* That of a country, or with NULL of a language's region; NULL when it is not known. */
const struct address_rule *address_rule_find(const char *country, struct str lang);
/* Whether a postcode by the rule stands in a line, with its town or, in the United Kingdom, at the
 * end. */
bool address_rule_has_code(const struct address_rule *rule, struct str line);

/* -- what a letter says by itself */

/* "Page 2 of 3" in the language where we know it, else "2/3". */
struct str page_number_text(struct arena *arena, int page, int count, struct str lang);
/* What a link between a mark and its note is called, in the language where we know it, else the
 * number alone: "Note 12", and back: "Back to the text at note 12". */
void note_name_write(int number, struct str lang, bool back, struct buf *out);

/* Whether the mark of a note stands behind the punctuation of its clause by a language's custom. Of
 * others it stands before, as in French, or by its sense at either side, as in German. */
bool lang_has_marks_after(struct str lang);

/* Whether words of a link say the same wherever it leads: "here", "read more"; of a language where
 * we know them. An arrow does in any. */
bool words_are_vague(struct str words, struct str lang);

/* In Normalization Form C; the text itself where it is so already, else in the arena. */
struct str text_composed(struct arena *arena, struct str text);
/* The same for all that differ in capitals alone, in how a letter with its marks is encoded, in its
 * width, or in characters that nobody sees. For finding names. "Maße" is not "Masse": only what is
 * to be compared with a name in capitals has "ss" for "ß", as "STRASSE" may say either. */
struct str text_caseless(struct arena *arena, struct str text, bool capitals);
/* Whether no small letter is in it. */
bool text_is_capitals(struct str text);

/* The sign between a number's ones and its decimals, in a language: "." or ",". */
enum { DECIMAL_SIGN_SIZE = 8 };
void decimal_sign(struct str lang, char out[DECIMAL_SIGN_SIZE]);

#endif
