/* report.c - libxml2's errors → findings in good words, at the place where a hand would mend them.
 *
 * libxml2 says what its grammar missed ("xmlParseEntityRef: no name"); a writer of letters wants to
 * hear what to type. The common mistakes have rows here; the rest keeps libxml2's own sentence. */
#include "xml/xml_int.h"

#include "base/diag_id.h"

#include <ctype.h>
#include <libxml/xmlerror.h>

static const struct mistake {
	int code;
	char back; /* the place is the last of this character before where libxml2 stopped */
	const char *problem, *hint;
} mistakes[] = {
	{XML_ERR_DOCUMENT_EMPTY, 0, "there is no element in it", "begin with the root element"},
	{XML_ERR_DOCUMENT_END, 0, "something stands after the end of the root element",
		"take it out, or move it before the last closing tag"},
	{XML_ERR_ENTITYREF_SEMICOL_MISSING, '&', "a stray &", "write &amp; for the character &"},
	{XML_ERR_ATTRIBUTE_NOT_STARTED, 0, "the value of an attribute has no quotes",
		"write name=\"value\""},
	{XML_ERR_ATTRIBUTE_WITHOUT_VALUE, 0, "an attribute has no value", "write name=\"value\""},
	{XML_ERR_LT_IN_ATTRIBUTE, 0, "a < in the value of an attribute",
		"close the value with its quote, or write &lt; for the character <"},
	{XML_ERR_ATTRIBUTE_NOT_FINISHED, 0, "the value of an attribute is not closed",
		"close it with the quote that opened it"},
	{XML_ERR_SPACE_REQUIRED, 0, "a blank is missing",
		"put a blank before the next attribute, and see that each quote is closed"},
	{XML_ERR_GT_REQUIRED, '<', "a tag has no end", "close it with >"},
	{XML_ERR_INVALID_CHAR, 0, "a character that XML does not allow", "take it out"},
	{XML_ERR_INVALID_DEC_CHARREF, '&', "a reference to no character",
		"write &#8217; with the number of the character, or the character itself"},
	{XML_ERR_INVALID_HEX_CHARREF, '&', "a reference to no character",
		"write &#x2019; with the number of the character, or the character itself"},
	{XML_ERR_COMMENT_NOT_FINISHED, 0, "a comment is not closed", "close it with -->"},
	{XML_ERR_HYPHEN_IN_COMMENT, 0, "-- inside a comment", "write a single hyphen there"},
	{XML_ERR_CDATA_NOT_FINISHED, 0, "a CDATA section is not closed", "close it with ]]>"},
	{XML_ERR_PI_NOT_FINISHED, 0, "a processing instruction is not closed", "close it with ?>"},
	{XML_ERR_MISPLACED_CDATA_END, 0, "]]> in text", "write ]]&gt; for it"},
	{XML_NS_ERR_UNDEFINED_NAMESPACE, '<', "a prefix that is not declared",
		"take the prefix and its colon out"},
};

static const struct mistake stray_ampersand = {
	0, '&', "a stray &", "write &amp; for the character &"};
static const struct mistake bad_reference = {
	0, '&', "a reference to a character that XML does not allow", "take it out"};
static const struct mistake stray_less = {0, '<', "a stray <", "write &lt; for the character <"};

static const struct mistake *find_mistake(int code, struct str bytes, int offset)
{
	char before = offset ? bytes.at[offset - 1] : 0;
	if (code == XML_ERR_NAME_REQUIRED && before == '&')
		return &stray_ampersand;
	if (code == XML_ERR_NAME_REQUIRED && before == '<')
		return &stray_less;
	if (code == XML_ERR_INVALID_CHAR && before == ';')
		return &bad_reference;
	for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++)
		if (mistakes[i].code == code)
			return &mistakes[i];
	return NULL;
}

/* libxml2 notices a second attribute of one name only at the end of the tag. */
static int find_second(struct str bytes, int tag, const char *local)
{
	struct str name;
	int seen = 0, at = tag, from;
	while (at < bytes.len && !strchr(" \t\r\n>", bytes.at[at]))
		at++;
	while (from = at, scan_attribute(bytes, &at, &name)) {
		struct str prefixed = str_slice(name, str_find(name, ":") + 1, name.len);
		if (str_is(prefixed, local) && seen++)
			return (int)(name.at - bytes.at);
		if (at <= from)
			break;
	}
	return tag;
}

static void report_open(const struct xml_node *open, struct diags *diags)
{
	diag_add(diags, XML_UNCLOSED, open->at, diag_str(diags, open->name),
		diag_str(diags, open->name));
}

static void report_mismatch(struct cursor *cursor, const xmlError *error, int offset,
	const struct xml_node *open, struct diags *diags)
{
	const char *name = diag_str(diags, open->name);
	diag_add(diags, XML_MISMATCH, cursor_place(cursor, scan_back(cursor->bytes, offset, '<')),
		error->str2 ? error->str2 : "?", name, diag_int(diags, open->at.line), name);
}

static void report_entity(
	struct cursor *cursor, const xmlError *error, int offset, struct diags *diags)
{
	int at = scan_back(cursor->bytes, offset, '&');
	diag_add(diags, XML_ENTITY, cursor_place(cursor, at), error->str1 ? error->str1 : "?");
}

/* libxml2's own sentence, made to fit into ours. */
static void report_other(
	struct cursor *cursor, const xmlError *error, int offset, struct diags *diags)
{
	struct buf text = {0};
	buf_str(&text, str_trim(str_of(error->message)));
	if (text.len > 1 && islower((unsigned char)text.at[1]))
		text.at[0] = (char)tolower((unsigned char)text.at[0]);
	diag_add(diags, XML_SYNTAX, cursor_place(cursor, offset), buf_text(&text).at);
	buf_free(&text);
}

void xml_report(struct cursor *cursor, const struct _xmlError *error, int offset,
	const struct xml_node *open, struct diags *diags)
{
	struct str bytes = cursor->bytes;
	const struct mistake *mistake = find_mistake(error->code, bytes, offset);
	bool at_end = str_trim(str_slice(bytes, offset, bytes.len)).len == 0;
	if (error->code == XML_ERR_TAG_NAME_MISMATCH && open) {
		report_mismatch(cursor, error, offset, open, diags);
	} else if (error->code == XML_ERR_UNDECLARED_ENTITY) {
		report_entity(cursor, error, offset, diags);
	} else if (error->code == XML_ERR_ATTRIBUTE_REDEFINED) {
		int tag = scan_back(bytes, offset, '<');
		const char *name = error->str2 ? error->str2 : error->str1 ? error->str1 : "?";
		diag_add(diags, XML_ATTRIBUTE_TWICE,
			cursor_place(cursor, find_second(bytes, tag, name)), name);
	} else if (mistake) {
		int at = mistake->back ? scan_back(bytes, offset, mistake->back) : offset;
		diag_add(diags, XML_SYNTAX, cursor_place(cursor, at), mistake->problem);
		diag_hint(diags, mistake->hint);
	} else if (open && at_end) {
		report_open(open, diags);
	} else {
		report_other(cursor, error, offset, diags);
	}
}
