/* xml.c - bytes → tree, by libxml2's SAX2 interface.
 *
 * SAX and not libxml2's tree, because its tree has lines and no columns; SAX and not its reader,
 * because only here does a DTD announce itself before anything in it is read. What would make
 * libxml2 look outside the file, or take longer than one pass, is refused before it starts. */
#include "xml/xml.h"

#include "base/diag_id.h"
#include "xml/sax_int.h"
#include "xml/xml_int.h"

#include <assert.h>
#include <libxml/parserInternals.h>

struct reader {
	struct arena *arena;
	struct diags *diags;
	xmlParserCtxt *parser;
	struct cursor cursor;
	struct xml_node *root;
	struct open {
		struct xml_node *node;
		struct xml_node **end; /* where its next child goes */
	} open[XML_MAX_DEPTH];
	int depth, nodes;
	struct buf text; /* of the text being collected */
	struct place text_at;
	int markup_end; /* offset behind the last tag */
	bool failed;
};

static int position(const struct reader *reader)
{
	long at = xmlByteConsumed(reader->parser);
	int len = reader->cursor.bytes.len;
	return at < 0 ? 0 : at > len ? len : (int)at;
}

/* Parsing goes on, but nothing more is kept: stopping here would free what a callback still
 * uses. */
static void fail_limit(struct reader *reader, struct place at, const char *what)
{
	if (!reader->failed)
		diag_add(reader->diags, XML_LIMIT, at, what);
	reader->failed = true;
}

static struct xml_node *append(struct reader *reader, struct place at)
{
	struct xml_node *node = arena_new_array(reader->arena, struct xml_node, 1);
	node->at = at;
	if (reader->depth) {
		struct open *parent = &reader->open[reader->depth - 1];
		*parent->end = node;
		parent->end = &node->next;
	} else {
		reader->root = node;
	}
	if (++reader->nodes > XML_MAX_NODES)
		fail_limit(reader, at, "more than a million elements and texts");
	return node;
}

static void flush_text(struct reader *reader)
{
	if (!reader->text.len)
		return;
	struct xml_node *node = append(reader, reader->text_at);
	node->text = str_copy(reader->arena, buf_text(&reader->text));
	buf_clear(&reader->text);
}

static void on_text(void *user, const xmlChar *text, int len)
{
	struct reader *reader = user;
	if (reader->failed || len == 0)
		return;
	if (!reader->text.len)
		reader->text_at = cursor_place(
			&reader->cursor, scan_text(reader->cursor.bytes, reader->markup_end));
	buf_put(&reader->text, text, (size_t)len);
}

/* Most elements have their parent's namespace; it is kept once. */
static struct str copy_namespace(const struct reader *reader, const char *uri)
{
	struct str namespace = str_of(uri);
	if (reader->depth && str_eq(reader->open[reader->depth - 1].node->namespace, namespace))
		return reader->open[reader->depth - 1].node->namespace;
	return str_copy(reader->arena, namespace);
}

/* libxml2 gives attributes in the order of the file, without the declarations of namespaces. */
static void add_attributes(
	struct reader *reader, struct xml_node *node, int tag, int count, const xmlChar **given)
{
	struct str bytes = reader->cursor.bytes, raw = str_slice(bytes, tag, tag);
	struct xml_attribute **end = &node->attributes;
	int at = tag;
	while (at < bytes.len && !strchr(" \t\r\n/>", bytes.at[at]))
		at++;
	for (int i = 0; i < count; i++, given += 5) {
		const char *prefix = (const char *)given[1];
		struct str name = str_of((const char *)given[0]);
		name = prefix ? str_format(reader->arena, "%s:%.*s", prefix, str_arg(name))
			      : str_copy(reader->arena, name);
		while (scan_attribute(bytes, &at, &raw) && !str_eq(raw, name))
			;
		struct xml_attribute *attribute = arena_new_array(
			reader->arena, struct xml_attribute, 1);
		attribute->name = name;
		attribute->value = str_copy(reader->arena,
			(struct str){(const char *)given[3], (int)(given[4] - given[3])});
		attribute->at = cursor_place(&reader->cursor, (int)(raw.at - bytes.at));
		*end = attribute;
		end = &attribute->next;
	}
}

static void on_start(void *user, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri,
	int namespace_count, const xmlChar **namespaces, int count, int defaulted,
	const xmlChar **attributes)
{
	struct reader *reader = user;
	(void)prefix, (void)namespace_count, (void)namespaces, (void)defaulted;
	if (reader->failed)
		return;
	flush_text(reader);
	int tag = scan_back(reader->cursor.bytes, position(reader), '<');
	struct place at = cursor_place(&reader->cursor, tag);
	if (reader->depth == XML_MAX_DEPTH) {
		fail_limit(reader, at, "elements are nested more than 100 deep");
		return;
	}
	struct xml_node *node = append(reader, at);
	node->name = str_copy(reader->arena, str_of((const char *)local));
	node->namespace = copy_namespace(reader, (const char *)uri);
	add_attributes(reader, node, tag, count, attributes);
	reader->open[reader->depth++] = (struct open){node, &node->first};
	reader->markup_end = scan_tag_end(reader->cursor.bytes, tag);
}

static void on_end(void *user, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri)
{
	struct reader *reader = user;
	(void)local, (void)prefix, (void)uri;
	if (reader->failed)
		return;
	flush_text(reader);
	reader->depth--;
	reader->markup_end = position(reader);
}

static void on_doctype(
	void *user, const xmlChar *name, const xmlChar *external_id, const xmlChar *system_id)
{
	struct reader *reader = user;
	(void)name, (void)external_id, (void)system_id;
	if (!reader->failed) {
		int at = scan_back(reader->cursor.bytes, position(reader), '<');
		diag_add0(reader->diags, XML_DTD, cursor_place(&reader->cursor, at));
	}
	reader->failed = true;
	xmlStopParser(reader->parser);
}

/* The first error counts; what follows it is mostly its echo. */
static void on_error(void *user, xml_error *error)
{
	struct reader *reader = user;
	if (error->level < XML_ERR_ERROR || reader->failed)
		return;
	const struct xml_node *open = reader->depth ? reader->open[reader->depth - 1].node : NULL;
	xml_report(&reader->cursor, error, position(reader), open, reader->diags);
	reader->failed = true;
}

static void parse(struct reader *reader)
{
	struct str bytes = reader->cursor.bytes;
	reader->parser = xmlCreateMemoryParserCtxt(bytes.at, bytes.len);
	assert(reader->parser && "bytes are not empty");
	xml_parser_tells(reader->parser,
		&(struct xml_handlers){on_start, on_end, on_text, on_doctype, on_error}, reader);
	xmlParseDocument(reader->parser);
	xml_parser_free(reader->parser);
	buf_free(&reader->text);
}

static struct xml_node *read_document(
	struct arena *arena, struct cursor cursor, struct diags *diags)
{
	struct reader reader = {.arena = arena, .diags = diags, .cursor = cursor};
	reader.cursor.origin.file = str_copy(arena, str_of(cursor.origin.file)).at;
	if (!check_before(&reader.cursor, diags))
		return NULL;
	parse(&reader);
	assert(reader.failed || reader.depth == 0);
	return reader.failed ? NULL : reader.root;
}

struct xml_node *xml_read(
	struct arena *arena, struct str bytes, const char *file, struct diags *diags)
{
	struct place origin = place_of(file, 1, 1);
	if (str_starts(bytes, "\xEF\xBB\xBF"))
		bytes = str_slice(bytes, 3, bytes.len);
	return read_document(arena, cursor_start(bytes, origin, 0), diags);
}

struct xml_node *xml_read_element(struct arena *arena, struct str head, struct str bytes,
	struct place at, struct diags *diags)
{
	int name = 1;
	while (name < head.len && !strchr(" \t\r\n/>", head.at[name]))
		name++;
	struct str end = str_format(arena, "</%.*s>", str_arg(str_slice(head, 1, name)));
	struct str whole = str_joined(arena, str_joined(arena, head, bytes), end);
	struct xml_node *root = read_document(arena, cursor_start(whole, at, head.len), diags);
	return root ? root->first : NULL;
}

struct str xml_attribute(const struct xml_node *element, const char *name)
{
	for (const struct xml_attribute *a = element->attributes; a; a = a->next)
		if (str_is(a->name, name))
			return a->value;
	return (struct str){0};
}

struct place xml_text_place(const struct xml_node *node)
{
	struct place at = node->at;
	if (str_trim(node->text).len == 0)
		return at;
	for (const char *p = node->text.at; strchr(" \t\r\n", *p); p++) {
		at.column = *p == '\n' ? 1 : at.column + 1;
		at.line += *p == '\n';
	}
	return at;
}

bool xml_check_root(
	const struct xml_node *root, const char *name, const char *namespace, struct diags *diags)
{
	if (str_is(root->name, name) && str_is(root->namespace, namespace))
		return true;
	diag_add(diags, XML_ROOT, root->at, diag_str(diags, root->name),
		diag_str(diags, root->namespace), name, namespace);
	return false;
}

static xmlParserInput *refuse(const char *url, const char *id, xmlParserCtxt *parser)
{
	(void)url, (void)id, (void)parser;
	return NULL;
}

void xml_start(void)
{
	xmlInitParser();
	xmlSetExternalEntityLoader(refuse);
}

void xml_stop(void)
{
	xmlCleanupParser();
}
