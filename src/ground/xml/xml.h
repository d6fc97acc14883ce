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

/* For documents too large to be read at once: bytes is one element, at its place, and head the
 * start tag of the element around it, for the sake of its namespaces. NULL after an error, as
 * above. */
struct xml_node *xml_read_element(struct arena *arena, struct str head, struct str bytes,
	struct place at, struct diags *diags);

/* A walk from tag to tag; begins as {offset, 0}. A token moves at behind the next tag, comment or
 * the like, and counts the depth; NONE: its end is not among the bytes, and at stands before it.
 * Names are not looked at, so that an element that is wrong inside does not swallow the next. */
struct xml_scan {
	int at, depth;
};
enum xml_token {
	XML_TOKEN_NONE,
	XML_TOKEN_OPEN,
	XML_TOKEN_CLOSE,
	XML_TOKEN_EMPTY,
	XML_TOKEN_ASIDE
};
enum xml_token xml_scan_token(struct str bytes, struct xml_scan *scan);
/* True when at has come behind the element that is next, however long it is; false when its end is
 * not among the bytes: call again with more of them. */
bool xml_scan_element(struct str bytes, struct xml_scan *scan);
/* The value of an attribute of the tag that bytes begin with, as it is written there: references
 * are not resolved. .at is NULL when there is none. */
struct str xml_scan_attribute(struct str bytes, const char *name);
/* The place behind bytes that begin at a place. */
struct place xml_place_after(struct place at, struct str bytes);

/* The offset of the tag that begins at a place of a whole file, or -1. */
int xml_offset(struct str bytes, struct place at);
/* Writes the tag that begins at an offset with other attributes: without those that drop names
 * (NULL ends it), and with add behind the others. Gives the offset behind the tag. */
int xml_rewrite_tag(struct str bytes, int tag, const char *const *drop,
	const struct xml_attribute *add, struct buf *out);

/* Where the element that begins at a tag stands in the bytes of a whole file: its content, which of
 * an empty one is nothing behind its tag, and its end. */
struct xml_span {
	int tag, from, to, end;
	bool empty; /* <a/> */
};
struct xml_span xml_span_of(struct str bytes, int tag);

/* Words between two offsets of a whole file, in an element: its text as one reads it, with a blank
 * for white space between words and, with lines, a line end where there is one. */
struct xml_words {
	struct str bytes;
	int from, to;
	bool lines;
};
struct str xml_words_read(struct arena *arena, const struct xml_words *words);
/* Writes what stands there with other words, folded in that way: only what differs is other bytes.
 * CROSSES, and nothing written: words that go from one that stays to the next reach over a tag. */
enum xml_change { XML_CHANGED, XML_CHANGE_CROSSES };
enum xml_change xml_words_change(
	struct arena *arena, const struct xml_words *words, struct str now, struct buf *out);
/* Words as they may stand in that file: escaped, with its line ends, in its encoding. */
void xml_write_words(struct str bytes, struct str text, struct buf *out);

/* The attribute's value, or a str with .at == NULL when the element has none. */
struct str xml_attribute(const struct xml_node *element, const char *name);

/* The place of a text's first character that is not white space; of an element its own place. */
struct place xml_text_place(const struct xml_node *node);
/* Whether the root is the element of that name and namespace; else an error. */
bool xml_check_root(
	const struct xml_node *root, const char *name, const char *namespace, struct diags *diags);

/* A RELAX NG grammar, for libxml2 to judge by; file names it in findings. NULL after an error. It
 * may not reach outside its file. Used by one thread at a time. */
struct xml_grammar *xml_grammar_read(struct str bytes, const char *file, struct diags *diags);
/* Whether the grammar allows a tree, be it a document's root or one element of many; the first
 * thing that it does not allow is reported, at its place. */
bool xml_grammar_check(
	const struct xml_grammar *grammar, const struct xml_node *root, struct diags *diags);
void xml_grammar_free(struct xml_grammar *grammar); /* may be NULL */

/* Whether it names an element of HTML, large or small ("br", "FONT"), or an entity ("nbsp"). */
bool xml_is_html_element(struct str name);
bool xml_is_html_entity(struct str name);

/* Once per process before threads start, and after they have ended. */
void xml_start(void);
void xml_stop(void);

#endif
