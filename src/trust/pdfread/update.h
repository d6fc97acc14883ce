/* update.h - writes an incremental update behind a file, whose own bytes stay as they are. */
#ifndef PDFREAD_UPDATE_H
#define PDFREAD_UPDATE_H

#include "pdfread/pdfread.h"

struct update {
	const struct pdfread *file; /* before the update */
	struct buf *out;            /* the file and, behind it, the update */
	int next;                   /* the first object number that is free */
	vec(struct xref_entry) entries;
};

/* Begins an update: puts the file's bytes into out, which must be empty. */
void update_begin(struct update *update, const struct pdfread *file, struct buf *out);
int update_number(struct update *update); /* for a new object */
/* An object: its value as text, or a stream. */
void update_object(struct update *update, int number, struct str value);
void update_stream(struct update *update, int number, struct str bytes);
/* Writes the table and the trailer, which is the last one's but for /Size, /Prev and what /ID says
 * of the version: the same bytes have the same. */
void update_end(struct update *update);

/* A dictionary as it was, but with this value for the key. */
struct str dict_with(struct arena *arena, struct str dict, const char *key, struct str value);
/* An array with one more value at its end; {NULL} counts as the empty array. */
struct str array_with(struct arena *arena, struct str array, struct str value);

#endif
