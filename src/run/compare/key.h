/* key.h - what a letter is made from, as a key that is equal when the bytes would be.
 *
 *   basis_   what all letters of a run share: style, fonts, program, time, options
 *   keyer_   one per thread: merged letter → key, taken apart into words and values */
#ifndef COMPARE_KEY_H
#define COMPARE_KEY_H

#include "attachment/attachment.h"
#include "letter/letter.h"
#include "pdf/pdf.h"
#include "picture/picture.h"
#include "sign/sign.h"

/* Names of parts. */
#define BASIS_PROGRAM "lettermerge"
#define BASIS_LIBRARY "library "
#define BASIS_EDITION "edition "
#define BASIS_SIGNER "signature of "

/* Run lifetime, const once made. The text has a line for each part, "NAME<tab>HASH": for people the
 * name says what it is, "font /usr/share/…", "style of p"; of a library, "library HarfBuzz", the
 * version stands for its hash. */
struct basis {
	struct hash hash;           /* of the whole text */
	struct hash always;         /* of the parts that every letter depends on */
	struct hash content;        /* of these without who signs, and the date of the files */
	struct hash tag[TAG_COUNT]; /* of the style of an element that not every letter has */
	struct str text;
	bool attach_source; /* a letter depends on its record, too */
	bool hyphenates;    /* and on its languages' patterns */
};

struct basis_input {
	const struct style *style;
	struct str edition; /* whose style it is; empty: the usual one */
	const struct text *text;
	const struct pdf *pdf;
	int64_t time;
	bool attach_source, compact;
	const struct identity *signer; /* who signs, and how; NULL: nobody */
	bool pss, certify;
};
/* Whether a letter without that element does not depend on its style. */
bool basis_is_optional(enum tag tag);
/* "HarfBuzz 6.0.0, …": all libraries that have a part in what letters are, with their versions. */
void basis_libraries(struct buf *out);
/* struct basis.always as it would be if that letter's signer, or nobody, signed: of the text of its
 * basis. */
struct hash basis_signed_as(const struct basis *basis, struct str text);
struct basis basis_make(struct arena *arena, const struct basis_input *input);

/* A letter taken apart. Words hold "<field/>" where a value stands; values come in the order of
 * their places. It lasts until the keyer is used again. */
struct letter_key {
	struct hash key;
	struct hash content;      /* the same whoever signs, and whatever the date of the files */
	struct hash shape;        /* of all blocks' words and the values' names */
	uint64_t tags;            /* of all nodes, by number */
	struct str names, values; /* each followed by a NUL, as many names as values */
};

/* The name of the value that stands for the attached sources. */
#define KEY_ATTACHED "attached record"
/* Before the name of a file: of the value that stands for what is in it. */
#define KEY_PICTURE "picture "
#define KEY_FILE "file "
/* Before the language: of the value that stands for the patterns which divide its words. */
#define KEY_PATTERNS "hyphenation of "

struct keyer;
/* All must live as long. */
struct keyer *keyer_new(
	const struct basis *basis, struct pictures *pictures, struct attachments *attachments);
void keyer_free(struct keyer *keyer);
void keyer_take(struct keyer *keyer, const struct letter *letter, struct letter_key *out);
/* The key of the letter that was taken last, with another hash of the parts that every letter
 * depends on. */
struct hash keyer_key(struct keyer *keyer, const struct hash *always);
/* The words of the letter that was taken last: what is stored once for all letters of a shape.
 * Lines "LINE TAG FILE<tab>WORDS", then the names. */
void keyer_write_shape(const struct keyer *keyer, struct buf *out);

#endif
