/* survey.h - letters going by → the faces at work in them, where each is used, and what it lacks.
 *
 *   survey_letter.c  what one letter shows     survey.c  all of them together */
#ifndef SURVEY_SURVEY_H
#define SURVEY_SURVEY_H

#include "tree/tree.h"

struct letter;
struct pages;
struct style;
struct text;

/* Where a face is used: elements by tag, then what is of the page and no element's text. */
enum { USE_HEAD = TAG_COUNT, USE_FOOT, USE_MARK, USE_COUNT };
/* "heading", "em"; "head of later pages". */
const char *use_name(int use);

/* A character, or a word, that a face was to set and another did. */
struct gap {
	struct str text;
	int face, other; /* other: -1: none has the character */
	bool word;
	int64_t count;
	struct place first; /* in the template or a record */
};

struct face_use {
	bool in[USE_COUNT];
	int64_t characters; /* that it set, without blanks */
};

/* A face as its font tells of itself: text.h says what is what. */
struct face_report {
	struct str family, style, version, file, embedding, so;
	const char *outlines;
	int index; /* in a collection */
	bool varies, collected, bold, italic;
	int fs_type; /* -1: the font has none */
	struct face_use use;
};

struct divided {
	struct str lang;
	struct str patterns; /* a file; empty: there are none */
	struct str package;  /* that has some; empty: not known */
	struct place first;
};

struct survey {
	struct arena *arena; /* the caller's: all that follows lies in it */
	vec(struct face_use) uses;
	vec(struct gap) gaps;
	vec(struct divided) languages; /* whose words are to be divided */
	int64_t letters;
	struct map known; /* gaps */
	/* by survey_end */
	vec(struct face_report) faces; /* gaps name them by their rows here */
};

/* What one letter shows, in the arena; its pages may be those of a letter that an error stops. */
struct survey *survey_of_letter(struct arena *arena, const struct letter *letter,
	const struct pages *pages, const struct style *style, const struct text *text);
/* Adds a letter's to that of all, in the order of the records. */
void survey_add(struct survey *all, const struct survey *letter);
/* Asks the fonts about themselves; gaps are put in order: by face, characters first, most first. */
void survey_end(struct survey *all, const struct text *text);
void survey_free(struct survey *all);

/* -- for survey_letter.c -- */

struct face_use *survey_use(struct survey *survey, int face);
/* text is copied when it is new. */
void survey_gap(struct survey *survey, const struct gap *gap);
void survey_language(struct survey *survey, struct str lang, struct place first);

#endif
