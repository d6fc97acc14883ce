/* sax.c - libxml2's parser, set up and given back. */
#include "xml/sax_int.h"

#include <libxml/parserInternals.h>

void xml_parser_tells(xmlParserCtxt *parser, const struct xml_handlers *handlers, void *user)
{
	/* NOENT: without it &amp; in an attribute comes as "&#38;". There are no entities but XML's
	 * own five, since a DTD ends the parse. */
	xmlCtxtUseOptions(parser, XML_PARSE_NONET | XML_PARSE_NOENT);
	*parser->sax = (xmlSAXHandler){
		.initialized = XML_SAX2_MAGIC,
		.internalSubset = handlers->doctype,
		.startElementNs = handlers->start,
		.endElementNs = handlers->end,
		.characters = handlers->text,
		.ignorableWhitespace = handlers->text,
		.cdataBlock = handlers->text,
		.serror = handlers->error,
	};
	parser->userData = user;
}

/* A declared entity makes it begin a tree, even where the document type ends the parse. */
void xml_parser_free(xmlParserCtxt *parser)
{
	if (parser->myDoc)
		xmlFreeDoc(parser->myDoc);
	xmlFreeParserCtxt(parser);
}
