/* key_int.h - between the files that make a letter's key: the letter (key.c) and the walk through
 * one block of it (key_print.c). */
#ifndef COMPARE_KEY_INT_H
#define COMPARE_KEY_INT_H

#include "compare/key.h"

/* One block, taken apart. */
struct piece {
	bool known;
	enum tag tag;
	struct place at;
	struct hash printed, template; /* with the fields' values, and without */
	struct str words, names, values;
	uint64_t tags; /* of all nodes in it */
};

/* What divides the words of a language. */
struct patterns {
	struct str lang, hash; /* of the file, in hexadecimal digits; "none" */
};

struct keyer {
	const struct basis *basis;
	struct pictures *pictures;
	struct attachments *attachments;
	struct diags *unsaid;
	struct arena *arena; /* one letter's */
	struct arena *kept;  /* the constant blocks' */
	vec(struct patterns) patterns;
	vec(struct str) waiting;    /* languages in the value at work */
	vec(struct piece) constant; /* by the node's id in the template */
	vec(struct piece) pieces;   /* of the letter at work */
	struct buf printed, words, names, values, key, shape;
	struct buf *other; /* words, or values inside a field */
	uint64_t tags;
	struct str dir; /* the template's: pictures are named from there */
};

/* Appends a node and all in it to what is printed, to the words without the values, and the values
 * with the names of their fields to these. */
void keyer_put_node(struct keyer *keyer, const struct node *node);
/* What divides the words of a language, as a value. */
void keyer_put_patterns(struct keyer *keyer, struct str lang);
/* A name and its value. */
void keyer_put_value(struct keyer *keyer, struct str name, struct str value);

#endif
