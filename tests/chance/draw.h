/* draw.h - seed → a letter, its style and its records, all of them valid, drawn from the program's
 * own tables: every element where it may stand, every attribute, every row of a style.
 *
 *   draw_letter.c  elements in elements      draw_values.c  attributes of a letter
 *   draw_fields.c  declarations, records     draw_style.c   the style
 *   draw_words.c   words in some languages
 *
 * A new element, attribute or row is drawn as soon as it is in the tables; a new kind of value
 * wants a line in draw_values.c. */
#ifndef TESTS_CHANCE_DRAW_H
#define TESTS_CHANCE_DRAW_H

#include "dice.h"
#include "twig.h"

enum { MOST_RECORDS = 3, MOST_PARTS = 8, MOST_EQUALS = 4 };

/* A field as it is declared. */
struct plan {
	struct str name;
	enum field_type type;
	bool required;
	struct str value;               /* the default; .at == NULL: none */
	struct plan *parts;             /* of a list */
	int records;                    /* of a list that is required: so many in each record */
	uint64_t barred;                /* of a rich field: what may not stand where it is used */
	struct str equals[MOST_EQUALS]; /* what conditions compare it with */
	int equals_count;
	struct plan *next;
};

struct drawn {
	uint64_t seed;
	struct twig *letter, *style;
	struct twig *records[MOST_RECORDS], *parts[MOST_PARTS];
	int record_count, part_count;
	struct plan *plans;
	int tokens; /* in its words */
	int kind;   /* a number by which to choose among further ways to make the letter */
};

struct drawn draw(struct arena *arena, uint64_t seed);
/* The names of files as the letter has them. */
#define DRAWN_STYLE "style.xml"
#define DRAWN_VARIANT "other" /* that the style has of all elements that may have one */
#define DRAWN_PART "part-%d.xml"

/* -- for the files that draw ------------------------------------------------------------------- */

struct drawing {
	struct arena *arena;
	struct dice dice;
	struct drawn *drawn;
	int token;  /* the last one */
	int budget; /* of elements */
	int words;  /* likewise */
	bool dated;
	int level_written, level_least; /* of headings: the last one in the file, in any letter */
};

/* The lists that a place is in: their fields, the innermost first. */
struct scope {
	struct plan *plans;
	const struct scope *outer;
};

struct spot {
	enum tag holder; /* control elements looked through */
	uint64_t barred;
	const struct scope *scope;
	struct str lang;
	int depth, columns; /* columns: of the table around */
	bool record;        /* in a value of a record */
	bool tight;         /* there is little room: in an address */
};

/* Words of a language, with a token in them that stands nowhere else: "q17z". */
struct str draw_words(struct drawing *drawing, struct str lang, int most);
struct str draw_language(struct drawing *drawing);

void draw_letter(struct drawing *drawing);
void draw_content(struct drawing *drawing, struct spot spot, struct twig *into);
void draw_attributes(struct drawing *drawing, const struct spot *spot, struct twig *twig);

void draw_fields(struct drawing *drawing, struct twig *letter);
void draw_records(struct drawing *drawing);
/* A field that may be used here and is of one of the types (by bit); NULL: there is none. */
/* The types of field, by bit, that an element may name. */
unsigned draw_types(enum tag tag);
struct plan *draw_field(struct drawing *drawing, const struct spot *spot, unsigned types);
bool draw_has_field(const struct spot *spot, unsigned types);
struct str draw_value(struct drawing *drawing, struct plan *plan);

void draw_style(struct drawing *drawing);

#endif
