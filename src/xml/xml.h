/* xml.h - bytes of an XML file → a tree of elements that know their places.
 *
 * The only room that knows libxml2. It was made a room of its own, because template, style and
 * recipients all need exactly this: places with columns (libxml2's own tree has none), the same
 * limits, and the same refusal of everything that reaches outside the file: DTDs, entities beyond
 * the five of XML and character references, processing instructions that matter to nobody are
 * dropped, no network, no inclusion. */
#ifndef XML_XML_H
#define XML_XML_H

#include "base/base.h"

struct xml_attribute {
	struct str name; /* "xml:lang" with its prefix; others must have none */
	struct str value;
	struct place at; /* of the name */
	struct xml_attribute *next;
};

/* An element, or a text (name.len == 0). CDATA sections and adjoining texts are one text; comments
 * and processing instructions are left out. */
struct xml_node {
	struct str name;      /* local name */
	struct str namespace; /* URI, may be empty */
	struct str text;      /* of a text, as written, white space and all */
	struct place at;      /* of the "<" or of the text's first character */
	struct xml_attribute *attributes;
	struct xml_node *first, *next;
};

/* Limits against hostile input; beyond them an error is reported. */
enum { XML_MAX_DEPTH = 100, XML_MAX_NODES = 1000000, XML_MAX_BYTES = 64 * 1024 * 1024 };

/* Reads a whole document; NULL after an error (not well-formed, not UTF-8, a DTD, a limit), which
 * is reported with line and column in file. Bytes need not be NUL-terminated. A byte-order mark is
 * allowed. The tree's texts are in the arena. The file's name is copied into it. */
struct xml_node *xml_read(
	struct arena *arena, struct str bytes, const char *file, struct diags *diags);

/* The attribute's value, or a str with .at == NULL when the element has none. */
struct str xml_attribute(const struct xml_node *element, const char *name);

/* The place of a text's first character that is not white space; of an element its own place. */
struct place xml_text_place(const struct xml_node *node);
/* Whether the root is the element of that name and namespace; else an error. */
bool xml_check_root(
	const struct xml_node *root, const char *name, const char *namespace, struct diags *diags);

/* Once per process before threads start, and after they have ended. */
void xml_start(void);
void xml_stop(void);

#endif
