/* xml_stream.h - a document of any size → what stands in it, one after the other, in flat memory:
 * for what programs write, where nobody asks for lines and columns. The same is refused as in
 * xml.h: document types, and with them entities; a tag or a comment longer than 64 KiB. */
#ifndef XML_XML_STREAM_H
#define XML_XML_STREAM_H

#include "base/base.h"

/* Up to size bytes of the document; 0 at its end, negative after an error. */
typedef long (*xml_stream_read)(void *user, char *bytes, size_t size);

enum xml_event_kind {
	XML_EVENT_END,
	XML_EVENT_OPEN,  /* of an element; one that is empty is closed as well */
	XML_EVENT_CLOSE, /* likewise */
	XML_EVENT_TEXT,  /* of one text there may be several */
	XML_EVENT_BAD    /* not well-formed, or not all of it could be read */
};

struct xml_stream;
struct xml_event {
	enum xml_event_kind kind;
	const char *name, *namespace; /* of an element: its local name and URI, "" for none */
	struct str text;
	int first, count; /* its attributes in the stream */
};

/* It belongs to the caller until xml_stream_free. */
struct xml_stream *xml_stream_new(xml_stream_read read, void *user);
void xml_stream_free(struct xml_stream *stream); /* may be NULL */
/* The next event; what it points to is valid until the next call. After END, or BAD, comes the same
 * again. */
struct xml_event xml_stream_next(struct xml_stream *stream);
/* The value of an attribute of an OPEN event, or a str with .at == NULL; namespace NULL: of any. */
struct str xml_stream_attribute(const struct xml_stream *stream, const struct xml_event *event,
	const char *namespace, const char *name);
/* After BAD: what was wrong, as part of a sentence. */
const char *xml_stream_problem(const struct xml_stream *stream);

#endif
