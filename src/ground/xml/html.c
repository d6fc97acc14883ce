/* html.c - names of the web's vocabulary, as libxml2 knows them. */
#include "xml/xml.h"

#include <libxml/HTMLparser.h>

enum { LONGEST = 31 };

static bool copy_name(struct str name, xmlChar copy[LONGEST + 1])
{
	if (name.len == 0 || name.len > LONGEST)
		return false;
	memcpy(copy, name.at, (size_t)name.len);
	copy[name.len] = 0;
	return true;
}

bool xml_is_html_element(struct str name)
{
	xmlChar copy[LONGEST + 1];
	return copy_name(name, copy) && htmlTagLookup(copy);
}

bool xml_is_html_entity(struct str name)
{
	xmlChar copy[LONGEST + 1];
	return copy_name(name, copy) && htmlEntityLookup(copy);
}
