/* XML as a stream of events: the same ones wherever the pieces end, and what is refused. */
#include "base/base.h"
#include "xml/xml_stream.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

/* Bytes that come piece by piece; fails: after the last an error comes, not the end. */
struct bytes {
	struct str rest;
	int piece;
	bool fails;
};

static long read_piece(void *user, char *out, size_t size)
{
	struct bytes *bytes = user;
	int len = bytes->rest.len < bytes->piece ? bytes->rest.len : bytes->piece;
	len = (size_t)len < size ? len : (int)size;
	if (len == 0)
		return bytes->fails ? -1 : 0;
	memcpy(out, bytes->rest.at, (size_t)len);
	bytes->rest = str_slice(bytes->rest, len, bytes->rest.len);
	return len;
}

/* "<a b=c>text</a>", with the problem at the end behind "!". */
static void print_events(struct bytes bytes, struct buf *out)
{
	struct xml_stream *stream = xml_stream_new(read_piece, &bytes);
	struct xml_event event;
	buf_clear(out);
	while ((event = xml_stream_next(stream)).kind != XML_EVENT_END &&
		event.kind != XML_EVENT_BAD) {
		struct str b = xml_stream_attribute(stream, &event, NULL, "b");
		struct str own = xml_stream_attribute(stream, &event, "urn:n", "c");
		if (event.kind == XML_EVENT_TEXT)
			buf_str(out, event.text);
		else
			buf_format(out, "<%s%s%s%s", event.kind == XML_EVENT_CLOSE ? "/" : "",
				event.namespace, *event.namespace ? "|" : "", event.name);
		if (event.kind == XML_EVENT_OPEN && b.at)
			buf_format(out, " b=%.*s", str_arg(b));
		if (event.kind == XML_EVENT_OPEN && own.at)
			buf_format(out, " n|c=%.*s", str_arg(own));
		buf_puts(out, event.kind == XML_EVENT_TEXT ? "" : ">");
	}
	if (event.kind == XML_EVENT_BAD)
		buf_format(out, "!%s", xml_stream_problem(stream));
	assert_int_equal(xml_stream_next(stream).kind, event.kind);
	xml_stream_free(stream);
}

static void events_come_whole_wherever_pieces_end(void **state)
{
	static const char document[] =
		"<?xml version='1.0'?><!-- a --><a xmlns:n='urn:n' b='&lt;1&#10;&amp;2'>Zo\xC3\xAB "
		"<n:x n:c='\xE6\x9D\xB1' b=''/><![CDATA[<&]]>&gt;&#x41;<?pi x?></a>";
	static const char events[] = "<a b=<1\n&2>Zoë <urn:n|x b= n|c=東></urn:n|x><&>A</a>";
	struct buf out = {0};
	(void)state;
	for (int piece = 1; piece < (int)sizeof document; piece++) {
		print_events((struct bytes){str_of(document), piece, false}, &out);
		assert_string_equal(buf_text(&out).at, events);
	}
	buf_free(&out);
}

static void what_is_wrong_ends_it(void **state)
{
	static const struct {
		const char *document, *problem;
	} rows[] = {{"", "well-formed"}, {"<a>", "well-formed"}, {"<a></b>", "well-formed"},
		{"<a>&nbsp;</a>", "well-formed"}, {"<a>\xFF</a>", "well-formed"},
		{"<a/><b/>", "well-formed"}, {"<n:a/>", "well-formed"},
		{"<a b='1' b='2'/>", "well"}, {"<!DOCTYPE a><a/>", "document type"},
		{"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "document type"},
		{"<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>", "document type"}};
	struct buf out = {0};
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		print_events((struct bytes){str_of(rows[i].document), 7, false}, &out);
		const char *problem = strchr(buf_text(&out).at, '!');
		if (!problem || !strstr(problem, rows[i].problem))
			fail_msg("%s: %s", rows[i].document, buf_text(&out).at);
	}
	print_events((struct bytes){str_lit("<a>x"), 4, true}, &out);
	assert_non_null(strstr(buf_text(&out).at, "!cannot be unpacked"));
	buf_free(&out);
}

/* A text of any length comes in parts; a tag or a remark must be held whole, and has a limit. */
static void only_texts_may_be_long(void **state)
{
	enum { LONG = 300000 };
	struct buf document = {0}, out = {0};
	(void)state;
	for (int kind = 0; kind < 3; kind++) {
		buf_clear(&document);
		buf_puts(&document, kind == 0 ? "<a>" : kind == 1 ? "<a b='" : "<a><!--");
		for (int i = 0; i < LONG; i++)
			buf_char(&document, 'x');
		buf_puts(&document, kind == 0 ? "</a>" : kind == 1 ? "'/>" : "--></a>");
		print_events((struct bytes){buf_text(&document), 4096, false}, &out);
		if (kind == 0)
			assert_int_equal(out.len, LONG + 7);
		else
			assert_non_null(strstr(buf_text(&out).at, "!has a tag longer"));
	}
	buf_free(&document);
	buf_free(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(events_come_whole_wherever_pieces_end),
		cmocka_unit_test(what_is_wrong_ends_it),
		cmocka_unit_test(only_texts_may_be_long),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
