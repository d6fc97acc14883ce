/* style_int.h - the attributes of a style as a table, for reading and dumping alike. */
#ifndef STYLE_STYLE_INT_H
#define STYLE_STYLE_INT_H

#include "style/style.h"

/* What a row's offset points at, and what may be written. */
enum style_kind {
	STYLE_LENGTH,   /* sp, from 0 to 14400 pt, the largest page of a PDF */
	STYLE_SIZE,     /* sp, from 1 to 500 pt */
	STYLE_NUMBER,   /* int, within the row's limits */
	STYLE_COLOUR,   /* uint32_t, as #rrggbb */
	STYLE_FAMILY,   /* struct str */
	STYLE_FLAG,     /* bool: the second of the row's two words */
	STYLE_COUNTING, /* struct str, empty for "no" */
	STYLE_FEATURES, /* struct features, to which what is written is added */
	STYLE_WORD      /* an enum, as wide as an int: the row's words in its order */
};

enum { STYLE_WORDS = 4 };

struct style_row {
	const char *element, *name;
	enum style_kind kind;
	size_t offset; /* in struct style; of the attributes of a block in struct block_style */
	const char *words[STYLE_WORDS]; /* of a flag, of an enum; of a number its form */
	int least, most;                /* of a number */
	const char *form;               /* of an enum: its words in a sentence */
};

extern const struct style_row style_rows[], style_block_rows[];
extern const int style_row_count, style_block_row_count;

/* NULL: the element (a block) has no such attribute. */
const struct style_row *style_find_row(struct str element, struct str name);
const struct style_row *style_find_block_row(struct str name);
/* Whether <text> has the attribute too: it is the base of all elements. */
bool style_row_is_text(const struct style_row *row);
/* Whether an element does what a block's attribute says. */
const enum tag *style_row_served(const struct style_row *row); /* NULL: all; ends with TAG_TEXT */
bool style_row_serves(const struct style_row *row, enum tag tag);
/* Whether, of a block's attributes, it is the colour, the background, size or weight: what contrast
 * is about. */
bool style_row_is_look(const struct style_row *row);
/* Reads a value into what base + the row's offset is; false when it is none. */
bool style_set(const struct style_row *row, void *base, struct str value);
/* What would be good instead: "a length like 25mm". */
const char *style_form(const struct style_row *row);
/* Elements stand in each other, and their features add up: so many may one style name. */
enum { FEATURES_OF_A_STYLE = 20 };
/* Adds the tags of some to those of all; false when they are more than that. */
bool features_join(struct features *all, const struct features *some);
bool features_read(struct features *features, struct str value);
void features_write(const struct features *features, struct buf *out);
/* Whether the value is the same in both; writes " name=value". */
bool style_same(const struct style_row *row, const void *a, const void *b);
void style_write(const struct style_row *row, const void *base, struct buf *out);

/* The contrast of two colours (WCAG 2.2) in hundredths: 2100 for black and white, 100 for one
 * colour twice. */
int contrast_between(uint32_t a, uint32_t b);
int contrast_to_white(uint32_t colour);
/* The lightest shade of a colour whose contrast to white is at least so much. */
uint32_t contrast_darken(uint32_t colour, int least);
/* Reports links that only their colour sets apart, and too little (1.4.1, technique G183). */
void contrast_check_links(const struct style *style, struct place at, struct diags *diags);

/* Sets what a named geometry says ("uk-dl"), after style_derive, as it may set the address too;
 * false when there is none of that name. */
bool style_set_geometry(struct style *style, struct str name);
/* The name after this one, NULL for the first; NULL: no more. */
const char *style_next_geometry(const char *name);

/* The attributes of what is no look: of the elements that name other styles. */
struct edition_rule {
	const char *element, *name;
	bool required;
	const char *form, *pattern; /* pattern: in RELAX NG */
};
extern const struct edition_rule edition_rules[];
extern const int edition_rule_count;
struct xml_node;
void edition_read(
	struct arena *arena, struct style *style, const struct xml_node *xml, struct diags *diags);
void editions_read(struct style *style, const struct xml_node *xml, struct diags *diags);

/* Gives the page number its place in the middle of the bottom margin, unless it has one; how far
 * its capitals reach above the paper's edge. */
int64_t style_place_page_number(struct style *style);
/* Gives all elements the base style, then each what sets it apart by default (bold headings, small
 * notes). */
void style_derive(struct style *style, const struct block_style *base);

#endif
