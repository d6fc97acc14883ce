/* stream.c - bytes → events, by libxml2's push parser.
 *
 * A piece of the document is pushed, and what libxml2 calls out is kept until it is asked for; so
 * memory is that of one piece. Names are in libxml2's dictionary and stay as long as the parser.
 *
 * Rejected: libxml2's reader, which reads a document type before it tells of it. */
#include "xml/xml_stream.h"

#include "xml/sax_int.h"

#include <libxml/parserInternals.h>
#include <stdlib.h>

enum { PIECE = 16 * 1024, MOST_SILENT = 64 * 1024 };

struct attribute {
	const char *name, *namespace;
	size_t from;
	int len;
};

struct kept {
	struct xml_event event;
	size_t from; /* of its text */
};

struct xml_stream {
	xml_stream_read read;
	void *user;
	xmlParserCtxt *parser;
	struct arena *arena; /* of what stands in one piece */
	vec(struct kept) events;
	vec(struct attribute) attributes;
	struct buf text;
	int next;          /* of events */
	int silent;        /* bytes pushed since the last event */
	bool ended;        /* all was pushed */
	const char *wrong; /* NULL: nothing */
};

static struct kept *keep(struct xml_stream *stream, enum xml_event_kind kind)
{
	struct kept *kept = vec_push(stream->arena, &stream->events);
	kept->event = (struct xml_event){.kind = kind, .name = "", .namespace = ""};
	kept->from = stream->text.len;
	return kept;
}

static void on_start(void *user, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri,
	int namespace_count, const xmlChar **namespaces, int count, int defaulted,
	const xmlChar **given)
{
	struct xml_stream *stream = user;
	(void)prefix, (void)namespace_count, (void)namespaces, (void)defaulted;
	struct xml_event *event = &keep(stream, XML_EVENT_OPEN)->event;
	event->name = (const char *)local;
	event->namespace = uri ? (const char *)uri : "";
	event->first = stream->attributes.len;
	event->count = count;
	for (int i = 0; i < count; i++, given += 5) {
		*vec_push(stream->arena, &stream->attributes) = (struct attribute){
			(const char *)given[0], given[2] ? (const char *)given[2] : "",
			stream->text.len, (int)(given[4] - given[3])};
		buf_put(&stream->text, given[3], (size_t)(given[4] - given[3]));
	}
}

static void on_end(void *user, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri)
{
	struct xml_event *event = &keep(user, XML_EVENT_CLOSE)->event;
	(void)prefix;
	event->name = (const char *)local;
	event->namespace = uri ? (const char *)uri : "";
}

static void on_text(void *user, const xmlChar *text, int len)
{
	struct xml_stream *stream = user;
	keep(stream, XML_EVENT_TEXT)->event.text.len = len;
	buf_put(&stream->text, text, (size_t)len);
}

static void on_doctype(
	void *user, const xmlChar *name, const xmlChar *external_id, const xmlChar *system_id)
{
	struct xml_stream *stream = user;
	(void)name, (void)external_id, (void)system_id;
	stream->wrong = "has a document type";
	xmlStopParser(stream->parser);
}

static void on_error(void *user, xml_error *error)
{
	struct xml_stream *stream = user;
	if (error->level >= XML_ERR_ERROR && !stream->wrong)
		stream->wrong = "is not well-formed XML";
}

struct xml_stream *xml_stream_new(xml_stream_read read, void *user)
{
	struct xml_stream *stream = heap_new(sizeof *stream);
	*stream = (struct xml_stream){.read = read, .user = user, .arena = arena_new()};
	stream->parser = xmlCreatePushParserCtxt(NULL, NULL, NULL, 0, NULL);
	if (!stream->parser)
		out_of_memory();
	xml_parser_tells(stream->parser,
		&(struct xml_handlers){on_start, on_end, on_text, on_doctype, on_error}, stream);
	return stream;
}

void xml_stream_free(struct xml_stream *stream)
{
	if (!stream)
		return;
	xml_parser_free(stream->parser);
	arena_free(stream->arena);
	buf_free(&stream->text);
	free(stream);
}

/* Forgets the events of the piece before, and pushes the next. */
static void push(struct xml_stream *stream)
{
	char piece[PIECE];
	arena_reset(stream->arena);
	memset(&stream->events, 0, sizeof stream->events);
	memset(&stream->attributes, 0, sizeof stream->attributes);
	buf_clear(&stream->text);
	stream->next = 0;
	long got = stream->read(stream->user, piece, sizeof piece);
	stream->ended = got <= 0;
	if (got < 0)
		stream->wrong = "cannot be unpacked";
	else
		xmlParseChunk(stream->parser, piece, (int)got, stream->ended);
	stream->silent = stream->events.len ? 0 : stream->silent + (int)got;
	if (stream->silent > MOST_SILENT && !stream->wrong)
		stream->wrong = "has a tag longer than 64 KiB";
}

struct xml_event xml_stream_next(struct xml_stream *stream)
{
	while (stream->next == stream->events.len && !stream->ended && !stream->wrong)
		push(stream);
	if (stream->wrong)
		return (struct xml_event){.kind = XML_EVENT_BAD, .name = "", .namespace = ""};
	if (stream->next == stream->events.len)
		return (struct xml_event){.kind = XML_EVENT_END, .name = "", .namespace = ""};
	const struct kept *kept = &stream->events.at[stream->next++];
	struct xml_event event = kept->event;
	event.text.at = stream->text.at ? stream->text.at + kept->from : "";
	return event;
}

struct str xml_stream_attribute(const struct xml_stream *stream, const struct xml_event *event,
	const char *namespace, const char *name)
{
	for (int i = event->first; i < event->first + event->count; i++) {
		const struct attribute *attribute = &stream->attributes.at[i];
		if (strcmp(attribute->name, name) == 0 &&
			(!namespace || strcmp(attribute->namespace, namespace) == 0))
			return (struct str){
				stream->text.at ? stream->text.at + attribute->from : "",
				attribute->len};
	}
	return (struct str){0};
}

const char *xml_stream_problem(const struct xml_stream *stream)
{
	return stream->wrong;
}
