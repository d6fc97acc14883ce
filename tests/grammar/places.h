/* places.h - what may stand where in a letter and a style, asked of the tables of src/content: for
 * grammars that say it and for letters that try it. */
#ifndef TESTS_GRAMMAR_PLACES_H
#define TESTS_GRAMMAR_PLACES_H

#include "tree/vocabulary.h"

/* Whether it holds what its parent does. */
/* Whether a style must say where it stands: columns but those of a footer. */
bool place_is_laid_down(enum tag holder, enum tag tag);
bool place_is_control(enum tag tag);
/* Whether words and inlines may stand straight in it: in a paragraph, and in an item of a list or a
 * quotation, where they become one. */
bool place_takes_words(enum tag holder);
/* Whether tag may stand straight in holder, control elements looked through. */
bool place_holds(enum tag holder, enum tag tag);
/* The tags that must not stand inside of outer, at any depth. */
uint64_t place_bars(enum tag outer);
/* Whether a record's own words may have it in them. */
bool place_in_record(enum tag tag);

/* The elements of a style, and whether they have the attributes of a text, or of a block, beside
 * their own rows. The last has no name. */
struct style_place {
	const char *element;
	bool text, block;
	bool names; /* other styles, by attributes that are no rows */
};
extern const struct style_place style_places[];
/* Whether a style's <element> may name it. */
bool place_has_style(enum tag tag);

#endif
