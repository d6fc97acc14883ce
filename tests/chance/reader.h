/* reader.h - the bytes of a PDF file → its objects (ISO 32000-1 7.3 and 7.5), by nothing but the
 * standard. Only what the letters use: one table of references, no encryption, FlateDecode. */
#ifndef TESTS_CHANCE_READER_H
#define TESTS_CHANCE_READER_H

#include "base/base.h"

enum pdf_kind {
	PDF_NULL, /* also what is not there */
	PDF_WORD, /* true, false, an operator */
	PDF_NUMBER,
	PDF_NAME,
	PDF_STRING,
	PDF_ARRAY,
	PDF_DICT,
	PDF_REFERENCE
};

struct pdf_value {
	enum pdf_kind kind;
	double number;                  /* of a reference: of the object */
	struct str text;                /* of a name without its slash, of a string its bytes */
	struct str key;                 /* in a dictionary */
	struct str stream;              /* of a dictionary: raw; .at == NULL: none */
	struct pdf_value *first, *next; /* of an array or a dictionary: what is in it */
	bool seen;                      /* of an object: something refers to it */
};

struct pdf_file {
	struct arena *arena;
	struct str bytes;
	struct pdf_value **objects; /* by number; NULL: free */
	int count;
	struct pdf_value *trailer;
	const char *fault; /* what is wrong with it; NULL: nothing */
};

/* Reads the whole file: the table of references, each object at the place that it says, the end of
 * each stream; whatever is referred to is there, and the other way about. */
struct pdf_file pdf_file_read(struct arena *arena, struct str bytes);

/* A reference becomes its object. */
const struct pdf_value *pdf_follow(const struct pdf_file *file, const struct pdf_value *value);
/* Of a dictionary, followed; a value of kind NULL when it has no such key. */
const struct pdf_value *pdf_get(
	const struct pdf_file *file, const struct pdf_value *dict, const char *key);
/* The decoded bytes of a stream; .at == NULL when they cannot be had. */
struct str pdf_stream(const struct pdf_file *file, const struct pdf_value *dict);

/* The next value of a text, moving at behind it; PDF_NULL with .text.at == NULL at the end. */
struct pdf_value *pdf_parse(struct arena *arena, struct str text, int *at);

#endif
