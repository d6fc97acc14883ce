/* sax_int.h - libxml2's parser, set up as both readers of this room want it: it tells of elements
 * and text, looks nowhere outside the bytes, and says nothing by itself. */
#ifndef XML_SAX_INT_H
#define XML_SAX_INT_H

#include <libxml/parser.h>
#include <libxml/xmlversion.h>

#if LIBXML_VERSION >= 21200
typedef const xmlError xml_error;
#else
typedef xmlError xml_error;
#endif

/* Whom it tells; each is handed the user. */
struct xml_handlers {
	startElementNsSAX2Func start;
	endElementNsSAX2Func end;
	charactersSAXFunc text;
	internalSubsetSAXFunc doctype;
	void (*error)(void *user, xml_error *error);
};

void xml_parser_tells(xmlParserCtxt *parser, const struct xml_handlers *handlers, void *user);
void xml_parser_free(xmlParserCtxt *parser);

#endif
