/* grammar.h - the tables of template and recipients → RELAX NG grammars, for XML editors and
 * validators.
 *
 * The program reads by its own tables, which say what is wrong in good words. These grammars say
 * the same to others: completion and the words that an editor shows come from them. */
#ifndef TESTS_GRAMMAR_H
#define TESTS_GRAMMAR_H

#include "recipients/recipients_int.h"
#include "style/style_int.h"
#include "template/template_int.h"

void grammar_letter(struct buf *out);
void grammar_recipient(struct buf *out);
void grammar_style(struct buf *out);
void grammar_project(struct buf *out);
/* docs/reference.md */
void reference(struct buf *out);

/* -- for the three of them --------------------------------------------------------------------- */

/* What an element is for, in a sentence; of a style's elements likewise. NULL: it has no words. */
const char *words_of_tag(enum tag tag);
const char *words_of_attribute(enum tag tag, const char *name);
const char *words_of_style(const char *element);

void put_head(struct buf *out, const char *namespace, const char *words);
void put_tail(struct buf *out);
void put_words(struct buf *out, const char *words);
void put_attribute(struct buf *out, const char *name, bool required, const char *words,
	const char *pattern); /* pattern: of its value, RELAX NG */
/* The attributes of a letter's element, xml:lang among them. */
void put_rules(struct buf *out, enum tag tag);

#endif
