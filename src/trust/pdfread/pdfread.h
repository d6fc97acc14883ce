/* pdfread.h - reads a finished PDF again, as far as signatures need it. Hostile input welcome.
 *
 * A value is a slice of the file, never a tree: nothing is built, so nothing recurses, and the
 * place of a value in the file, which signatures live on, is its address. Objects in compressed
 * streams are slices of what they hold. Encryption, and files in two kinds of table at once, are
 * refused by name. */
#ifndef PDFREAD_PDFREAD_H
#define PDFREAD_PDFREAD_H

#include "base/base.h"

/* -- values: syntax alone (ISO 32000-1, 7.2 and 7.3) */

/* A place in a slice. */
struct lex {
	struct str text;
	int at;
};

void lex_space(struct lex *lex); /* white space and comments */
/* Takes the word if it stands here, followed by no other regular character. */
bool lex_word(struct lex *lex, const char *word);
bool lex_int(struct lex *lex, int64_t *number); /* digits only */
/* One value, with its brackets; a reference "3 0 R" is one. False at the end and on bad syntax. */
bool lex_value(struct lex *lex, struct str *value);
/* One token of a value: a bracket, a name, a string, a number, a word. For comparing values. */
bool lex_token(struct lex *lex, struct str *token);

/* Whether nothing hides in the text: it is tokens to its end, and between them there are no
 * comments, no NULs and no more white space than programs write. */
bool lex_is_tight(struct str text);

bool value_is_dict(struct str value);
/* Whether it is pairs to its end, and no key is there twice: then all readers read it alike. */
bool dict_is_sound(struct str dict);
/* The value of a key, {NULL} when it is not there, or there twice, or this is no dictionary. */
struct str dict_find(struct str dict, const char *key);
/* The next pair of a dictionary; begin with {inside of dict_open}. */
bool dict_next(struct lex *lex, struct str *key, struct str *value);
struct lex dict_open(struct str dict);
struct lex array_open(struct str array); /* then lex_value; no array: nothing comes */
bool value_is_name(struct str value, const char *name); /* without the slash */
bool value_int(struct str value, int64_t *number);
int value_ref(struct str value); /* the number of the object referred to; 0: no reference */
/* Token by token, by what they mean: strings, names and numbers can be written in several ways. */
bool values_equal(struct str a, struct str b);
/* A text string (7.9.2.2) as UTF-8. */
struct str lex_text(struct arena *arena, struct str value);

/* -- files */

struct xref_entry {
	int number;    /* its generation is 0 */
	int offset;    /* 0: free; in an object stream its index there + 1 */
	int container; /* number of that object stream; 0: none */
};

/* What was written at one time: the file as it was first, or one incremental update (7.5.6). */
struct revision {
	int start, end;                 /* bytes [start, end); the first starts at 0 */
	int xref;                       /* offset of its xref table */
	struct str trailer;             /* its dictionary */
	int size;                       /* /Size: object numbers are below */
	vec(struct xref_entry) entries; /* by number */
};

struct pdfread {
	struct arena *arena;
	struct str bytes;
	vec(struct revision) revisions; /* oldest first, at least one */
	struct object_streams *streams; /* that were opened */
	int rest;                       /* bytes behind the last one */
	int64_t *spent;                 /* on reading objects, in bytes */
};

/* Whether it leads in circles: its objects were read more often than any sound file needs. From
 * then on none is found, and nothing counts that was said of the file. */
bool pdfread_is_spent(const struct pdfread *file);

/* Reads the trailers and xref tables. False when the file is damaged or not of our kind, which is
 * reported for the file named so. The slices live as long as bytes, the tables as the arena. */
bool pdfread_file(struct pdfread *file, struct arena *arena, struct str bytes, const char *name,
	struct diags *diags);

/* An object as it stands after revision index: its value, {NULL} when there is none. For a stream
 * its dictionary. */
struct str pdfread_object(const struct pdfread *file, int index, int number);
/* The value itself, or the object that it refers to. */
struct str pdfread_value(const struct pdfread *file, int index, struct str value);
/* A stream's bytes, decompressed (FlateDecode); {NULL} when there is none such. */
struct str pdfread_stream(const struct pdfread *file, int index, int number);
/* The entry that says where an object stands after revision index; NULL for none or a free one. */
const struct xref_entry *pdfread_find(const struct pdfread *file, int index, int number);
/* The object that begins at an offset: its number and its value, and of a stream its bytes, else
 * {NULL}; gives where it ends (behind "endobj"), 0 on bad syntax. */
int pdfread_at(
	const struct pdfread *file, int offset, int *number, struct str *value, struct str *data);
/* The document catalog after revision index, and its object number. */
struct str pdfread_catalog(const struct pdfread *file, int index, int *number);
int pdfread_offset(const struct pdfread *file, struct str value);

#endif
