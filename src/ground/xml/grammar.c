/* grammar.c - a tree held against a RELAX NG grammar, by libxml2.
 *
 * The tree is this room's own, so that findings have its places, columns and all, and an element of
 * a document too large to be read at once is judged like a whole file. libxml2 gets a copy whose
 * nodes point back. The alternative, to have libxml2 read the bytes again, gives lines only. */
#include "xml/xml.h"

#include "base/diag_id.h"
#include "xml/sax_int.h"

#include <libxml/relaxng.h>
#include <stdlib.h>

struct xml_grammar {
	char *file;
	xmlRelaxNG *schema;
};

/* What libxml2 said first; what follows is its way back out of the tree. */
struct complaint {
	struct diags *diags;
	struct place at;
	struct buf text;
};

static void take_first(void *user, xml_error *error)
{
	struct complaint *complaint = user;
	const xmlNode *node = error->node;
	if (complaint->text.len)
		return;
	while (node && !node->_private)
		node = node->parent;
	if (node && node->type == XML_ELEMENT_NODE)
		complaint->at = ((const struct xml_node *)node->_private)->at;
	else if (!complaint->at.line)
		complaint->at.line = error->line;
	buf_str(&complaint->text, str_trim(str_of(error->message)));
}

/* -- the grammar ------------------------------------------------------------------------------- */

struct xml_grammar *xml_grammar_read(struct str bytes, const char *file, struct diags *diags)
{
	struct arena *arena = arena_new();
	struct complaint complaint = {.at = place_in(file)};
	struct xml_grammar *grammar = NULL;
	if (xml_read(arena, bytes, file, diags)) { /* refuses what would look outside the file */
		xmlRelaxNGParserCtxt *parser = xmlRelaxNGNewMemParserCtxt(bytes.at, bytes.len);
		xmlRelaxNGSetParserStructuredErrors(parser, take_first, &complaint);
		xmlRelaxNG *schema = xmlRelaxNGParse(parser);
		xmlRelaxNGFreeParserCtxt(parser);
		if (schema) {
			grammar = heap_new(sizeof *grammar);
			*grammar = (struct xml_grammar){heap_text(str_of(file)), schema};
		} else {
			diag_add(diags, GRAMMAR_READ, complaint.at, file,
				buf_text(&complaint.text).at);
		}
	}
	buf_free(&complaint.text);
	arena_free(arena);
	return grammar;
}

void xml_grammar_free(struct xml_grammar *grammar)
{
	if (!grammar)
		return;
	xmlRelaxNGFree(grammar->schema);
	free(grammar->file);
	free(grammar);
}

/* -- the copy ---------------------------------------------------------------------------------- */

static const xmlChar *name_of(struct arena *arena, struct str name)
{
	return (const xmlChar *)str_copy(arena, name).at;
}

static void copy_attributes(
	struct arena *arena, xmlDoc *doc, xmlNode *to, const struct xml_node *from)
{
	for (const struct xml_attribute *a = from->attributes; a; a = a->next) {
		bool prefixed = str_starts(a->name, "xml:");
		struct str name = prefixed ? str_slice(a->name, 4, a->name.len) : a->name;
		xmlNs *namespace = prefixed ? xmlSearchNs(doc, to, (const xmlChar *)"xml") : NULL;
		xmlNewNsProp(to, namespace, name_of(arena, name), name_of(arena, a->value));
	}
}

static xmlNode *copy(struct arena *arena, xmlDoc *doc, xmlNode *parent, const struct xml_node *from)
{
	struct arena_mark mark = arena_save(arena);
	xmlNode *to = from->name.len
		? xmlNewDocNode(doc, NULL, name_of(arena, from->name), NULL)
		: xmlNewDocTextLen(doc, (const xmlChar *)from->text.at, from->text.len);
	to->_private = without_const(from);
	if (parent)
		xmlAddChild(parent, to);
	else
		xmlDocSetRootElement(doc, to);
	if (from->name.len) {
		const xmlChar *uri = name_of(arena, from->namespace);
		bool same = parent && parent->ns && xmlStrEqual(parent->ns->href, uri);
		if (from->namespace.len)
			xmlSetNs(to, same ? parent->ns : xmlNewNs(to, uri, NULL));
		copy_attributes(arena, doc, to, from);
		for (const struct xml_node *child = from->first; child; child = child->next)
			copy(arena, doc, to, child);
	}
	arena_restore(arena, mark);
	return to;
}

bool xml_grammar_check(
	const struct xml_grammar *grammar, const struct xml_node *root, struct diags *diags)
{
	struct complaint complaint = {.at = root->at};
	struct arena *arena = arena_new();
	xmlDoc *doc = xmlNewDoc((const xmlChar *)"1.0");
	copy(arena, doc, NULL, root);
	xmlRelaxNGValidCtxt *judge = xmlRelaxNGNewValidCtxt(grammar->schema);
	xmlRelaxNGSetValidStructuredErrors(judge, take_first, &complaint);
	bool good = xmlRelaxNGValidateDoc(judge, doc) == 0;
	if (!good)
		diag_add(diags, GRAMMAR, complaint.at, grammar->file, buf_text(&complaint.text).at);
	xmlRelaxNGFreeValidCtxt(judge);
	xmlFreeDoc(doc);
	buf_free(&complaint.text);
	arena_free(arena);
	return good;
}
