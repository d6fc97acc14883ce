/* streams.h - tables and objects in compressed streams (ISO 32000-1, 7.5.7 and 7.5.8). */
#ifndef PDFREAD_STREAMS_H
#define PDFREAD_STREAMS_H

#include "pdfread/pdfread.h"

/* Object streams that were opened: each once. */
struct object_streams;
struct object_streams *object_streams_new(struct arena *arena);

/* The entries that a cross-reference stream lists, into the revision. Gives what is wrong, or
 * NULL. */
const char *xref_stream_read(
	struct arena *arena, struct revision *revision, struct str dict, struct str data);
/* What a stream holds, decompressed if need be; {NULL} when it cannot be read. */
struct str stream_bytes(struct object_streams *streams, struct str dict, struct str data);
/* The value of an object that stands in an object stream at an index; {NULL} when it does not. */
struct str object_stream_value(struct object_streams *streams, const struct xref_entry *entry,
	struct str dict, struct str data);

#endif
