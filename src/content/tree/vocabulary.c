/* vocabulary.c - the vocabulary as tables: what stands where, and with which attributes.
 *
 * To add an element, give it a line in tags.def; if it has attributes, rows in attribute_rules; if
 * it is a PART, a row for each parent in parts; if it must not stand inside another element however
 * deep, rows in bars. Reading, checking, merging, dumping and the style file follow from these. */
#include "tree/vocabulary.h"

static const struct {
	const char *element;
	enum tag_class class;
	enum tag_content content;
} tags[TAG_COUNT] = {
#define TAG(name, element, class, content) {element, CLASS_##class, CONTENT_##content},
#include "tree/tags.def"
#undef TAG
};

const struct attribute_rule attribute_rules[] = {
	{TAG_LETTER, "style", KIND_FILE, false},
	{TAG_LETTER, "date", KIND_DATE, false},
	{TAG_LETTER, "watermark", KIND_PATTERN, false},
	{TAG_LETTER, "dir", KIND_DIRECTION, false},
	{TAG_SALUTATION, "dir", KIND_DIRECTION, false},
	{TAG_SUBJECT, "dir", KIND_DIRECTION, false},
	{TAG_HEADING, "level", KIND_LEVEL, false},
	{TAG_HEADING, "dir", KIND_DIRECTION, false},
	{TAG_P, "keep", KIND_KEEP, false},
	{TAG_P, "dir", KIND_DIRECTION, false},
	{TAG_P, "variant", KIND_VARIANT, false},
	{TAG_UL, "keep", KIND_KEEP, false},
	{TAG_UL, "dir", KIND_DIRECTION, false},
	{TAG_UL, "variant", KIND_VARIANT, false},
	{TAG_OL, "keep", KIND_KEEP, false},
	{TAG_OL, "dir", KIND_DIRECTION, false},
	{TAG_OL, "variant", KIND_VARIANT, false},
	{TAG_OL, "numbering", KIND_NUMBERING, false},
	{TAG_OL, "start", KIND_START, false},
	{TAG_LI, "keep", KIND_KEEP, false},
	{TAG_QUOTE, "keep", KIND_KEEP, false},
	{TAG_QUOTE, "dir", KIND_DIRECTION, false},
	{TAG_TABLE, "keep", KIND_KEEP, false},
	{TAG_TABLE, "dir", KIND_DIRECTION, false},
	{TAG_TABLE, "variant", KIND_VARIANT, false},
	{TAG_TABLE, "widths", KIND_SHARES, false},
	{TAG_TABLE, "align", KIND_ALIGNS, false},
	{TAG_ROW, "header", KIND_YES_NO, false},
	{TAG_ROW, "keep", KIND_KEEP, false},
	{TAG_ROW, "variant", KIND_VARIANT, false},
	{TAG_CELL, "align", KIND_ALIGN, false},
	{TAG_CELL, "span", KIND_COUNT, false},
	{TAG_CELL, "variant", KIND_VARIANT, false},
	{TAG_IMAGE, "src", KIND_PATH, true},
	{TAG_IMAGE, "alt", KIND_PATTERN, false}, /* check.c asks for it in words of its own */
	{TAG_IMAGE, "width", KIND_LENGTH, false},
	{TAG_IMAGE, "keep", KIND_KEEP, false},
	{TAG_BARCODE, "type", KIND_CODE, true},
	{TAG_BARCODE, "alt", KIND_PATTERN, false}, /* as an image's */
	{TAG_BARCODE, "width", KIND_LENGTH, false},
	{TAG_BARCODE, "height", KIND_LENGTH, false},
	{TAG_BARCODE, "keep", KIND_KEEP, false},
	{TAG_BARCODE, "data", KIND_DATA, false},
	{TAG_BARCODE, "name", KIND_PAYEE, false},
	{TAG_BARCODE, "iban", KIND_IBAN, false},
	{TAG_BARCODE, "bic", KIND_BIC, false},
	{TAG_BARCODE, "amount", KIND_EUROS, false},
	{TAG_BARCODE, "reference", KIND_CREDITOR, false},
	{TAG_BARCODE, "text", KIND_REMITTANCE, false},
	{TAG_BARCODE, "street", KIND_ADDRESS_LINE, false},
	{TAG_BARCODE, "house", KIND_SHORT, false},
	{TAG_BARCODE, "postcode", KIND_SHORT, false},
	{TAG_BARCODE, "town", KIND_TOWN, false},
	{TAG_BARCODE, "country", KIND_COUNTRY, false},
	{TAG_BARCODE, "currency", KIND_CURRENCY, false},
	{TAG_BARCODE, "payer-name", KIND_ADDRESS_LINE, false},
	{TAG_BARCODE, "payer-street", KIND_ADDRESS_LINE, false},
	{TAG_BARCODE, "payer-house", KIND_SHORT, false},
	{TAG_BARCODE, "payer-postcode", KIND_SHORT, false},
	{TAG_BARCODE, "payer-town", KIND_TOWN, false},
	{TAG_BARCODE, "payer-country", KIND_COUNTRY, false},
	{TAG_BARCODE, "billing", KIND_REMITTANCE, false},
	{TAG_CLOSING, "dir", KIND_DIRECTION, false},
	{TAG_SIGNATURE, "src", KIND_PATH, false},
	{TAG_SIGNATURE, "alt", KIND_PATTERN, false},
	{TAG_SIGNATURE, "space", KIND_LENGTH, false},
	{TAG_ATTACHMENT, "file", KIND_PATH, true},
	{TAG_ATTACHMENT, "title", KIND_CAPTION, true},
	{TAG_POSTSCRIPT, "dir", KIND_DIRECTION, false},
	{TAG_FOOTER, "pages", KIND_PAGES, false},
	{TAG_COLUMN, "variant", KIND_VARIANT, false},
	{TAG_LINE, "variant", KIND_VARIANT, false},
	{TAG_FIELD, "name", KIND_FIELD, true},
	{TAG_FIELD, "form", KIND_FORM, false},
	{TAG_FIELD, "case", KIND_CASE, false},
	{TAG_LINK, "href", KIND_TARGET, true},
	{TAG_LINK, "title", KIND_PATTERN, false},
	{TAG_NOTE, "dir", KIND_DIRECTION, false},
	{TAG_SPAN, "dir", KIND_DIRECTION, false},
	{TAG_SPAN, "variant", KIND_VARIANT, false},
	{TAG_ABBR, "title", KIND_PATTERN, true},
	{TAG_IF, "field", KIND_FIELD, true},
	{TAG_IF, "equals", KIND_WORDS, false},
	{TAG_IF, "greater", KIND_WORDS, false},
	{TAG_IF, "less", KIND_WORDS, false},
	{TAG_IF, "after", KIND_WORDS, false},
	{TAG_IF, "before", KIND_WORDS, false},
	{TAG_WHEN, "field", KIND_FIELD, true},
	{TAG_WHEN, "equals", KIND_WORDS, false},
	{TAG_WHEN, "greater", KIND_WORDS, false},
	{TAG_WHEN, "less", KIND_WORDS, false},
	{TAG_WHEN, "after", KIND_WORDS, false},
	{TAG_WHEN, "before", KIND_WORDS, false},
	{TAG_PLURAL, "field", KIND_FIELD, true},
	{TAG_EACH, "field", KIND_FIELD, true},
	{TAG_EACH, "separator", KIND_WORDS, false},
	{TAG_EACH, "last", KIND_WORDS, false},
	{TAG_EACH, "join", KIND_JOIN, false},
	{TAG_INCLUDE, "file", KIND_FILE, true},
};
const int attribute_rule_count = sizeof attribute_rules / sizeof *attribute_rules;

/* Parts and the elements that they stand straight in, a signature elsewhere, too; a line stands in
 * all of content LINES. */
static const struct {
	enum tag part, parent;
} parts[] = {
	{TAG_LI, TAG_UL},
	{TAG_LI, TAG_OL},
	{TAG_ROW, TAG_TABLE},
	{TAG_ROW, TAG_INFORMATION},
	{TAG_CELL, TAG_ROW},
	{TAG_COLUMN, TAG_FOOTER},
	{TAG_COLUMN, TAG_LETTERHEAD},
	{TAG_COLUMN, TAG_CONTINUATION},
	{TAG_COLUMN, TAG_SLIP},
	{TAG_BARCODE, TAG_COLUMN},
	{TAG_SIGNATURE, TAG_SIGNATURES},
	{TAG_ATTACHMENT, TAG_ENCLOSURES},
	{TAG_IMAGE, TAG_LETTERHEAD},
	{TAG_IMAGE, TAG_CONTINUATION},
	{TAG_IMAGE, TAG_COLUMN},
	{TAG_WHEN, TAG_CHOOSE},
	{TAG_OTHERWISE, TAG_CHOOSE},
	{TAG_ZERO, TAG_PLURAL},
	{TAG_ONE, TAG_PLURAL},
	{TAG_TWO, TAG_PLURAL},
	{TAG_FEW, TAG_PLURAL},
	{TAG_MANY, TAG_PLURAL},
	{TAG_OTHER, TAG_PLURAL},
};

/* What must not stand inside what, at any depth. */
static const struct {
	enum tag inner, outer;
} bars[] = {
	{TAG_NOTE, TAG_NOTE},
	{TAG_NOTE, TAG_LINK},
	{TAG_NOTE, TAG_EMAIL},
	{TAG_NOTE, TAG_TITLE},
	{TAG_NOTE, TAG_AUTHOR},
	{TAG_NOTE, TAG_DESCRIPTION},
	{TAG_NOTE, TAG_KEYWORDS},
	{TAG_LINK, TAG_LINK},
	{TAG_LINK, TAG_EMAIL},
	{TAG_EMAIL, TAG_LINK},
	{TAG_EMAIL, TAG_EMAIL},
	{TAG_NOTE, TAG_CONTINUATION},
	{TAG_LINK, TAG_CONTINUATION},
	{TAG_EMAIL, TAG_CONTINUATION},
	{TAG_NOTE, TAG_RETURN_ADDRESS},
	{TAG_NOTE, TAG_FOOTER},
	{TAG_FOOTER, TAG_LI},
	{TAG_FOOTER, TAG_QUOTE},
	{TAG_INFORMATION, TAG_LI},
	{TAG_INFORMATION, TAG_QUOTE},
	{TAG_RETURN_ADDRESS, TAG_LI},
	{TAG_RETURN_ADDRESS, TAG_QUOTE},
	{TAG_CONTINUATION, TAG_LI},
	{TAG_CONTINUATION, TAG_QUOTE},
	{TAG_LETTERHEAD, TAG_LI},
	{TAG_LETTERHEAD, TAG_QUOTE},
	{TAG_REFERENCE, TAG_LI},
	{TAG_REFERENCE, TAG_QUOTE},
	{TAG_DATE, TAG_LI},
	{TAG_DATE, TAG_QUOTE},
	{TAG_ADDRESS, TAG_LI},
	{TAG_ADDRESS, TAG_QUOTE},
	{TAG_SIGNATURE, TAG_LI},
	{TAG_SIGNATURE, TAG_QUOTE},
	{TAG_CONTINUATION, TAG_SLIP},
	{TAG_LETTERHEAD, TAG_SLIP},
	{TAG_REFERENCE, TAG_SLIP},
	{TAG_DATE, TAG_SLIP},
	{TAG_ADDRESS, TAG_SLIP},
	{TAG_INFORMATION, TAG_SLIP},
	{TAG_RETURN_ADDRESS, TAG_SLIP},
	{TAG_FOOTER, TAG_SLIP},
	{TAG_SIGNATURE, TAG_SLIP},
	{TAG_SIGNATURES, TAG_SLIP},
	{TAG_NOTE, TAG_SLIP},
	{TAG_PAGE_BREAK, TAG_SLIP},
	{TAG_ENCLOSURES, TAG_SLIP},
	{TAG_COPIES, TAG_SLIP},
	{TAG_INITIALS, TAG_SLIP},
	{TAG_SLIP, TAG_SLIP},
	{TAG_SLIP, TAG_LI},
	{TAG_SLIP, TAG_QUOTE},
	{TAG_SIGNATURES, TAG_LI},
	{TAG_SIGNATURES, TAG_QUOTE},
};

const char *tag_element(enum tag tag)
{
	return tags[tag].element;
}

enum tag_class tag_class(enum tag tag)
{
	return tags[tag].class;
}

enum tag_content tag_content(enum tag tag)
{
	return tags[tag].content;
}

enum tag tag_find(struct str element)
{
	enum tag tag = TAG_TEXT + 1;
	while (tag < TAG_COUNT && !str_is(element, tags[tag].element))
		tag++;
	return tag;
}

bool tag_is_block(enum tag tag)
{
	return tags[tag].class == CLASS_BLOCK || tag == TAG_LI;
}

bool tag_is_paragraph(enum tag tag)
{
	return tags[tag].content == CONTENT_TEXT &&
		(tags[tag].class != CLASS_INLINE || tag == TAG_NOTE);
}

bool tag_is_choice(enum tag tag)
{
	return tags[tag].class == CLASS_CONTROL && tags[tag].content == CONTENT_PARTS;
}

bool tag_has_lines(enum tag tag)
{
	return tags[tag].content == CONTENT_LINES || tag == TAG_INFORMATION || tag == TAG_FOOTER;
}

bool tag_is_line(enum tag tag)
{
	return tag == TAG_LINE || tag == TAG_ATTACHMENT;
}

bool tag_is_arm(enum tag tag)
{
	return tags[tag].class == CLASS_PART && tags[tag].content == CONTENT_SAME;
}

bool tag_needs_words(enum tag tag)
{
	return tag == TAG_SUBJECT || tag == TAG_HEADING || tag == TAG_LINK || tag == TAG_EMAIL ||
		tag == TAG_NOTE || tag == TAG_ABBR;
}

static bool is_part_of(enum tag part, enum tag parent)
{
	if (part == TAG_LINE)
		return tags[parent].content == CONTENT_LINES;
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		if (parts[i].part == part && parts[i].parent == parent)
			return true;
	return false;
}

bool tag_may_stand(enum tag tag, enum tag holder)
{
	switch (tags[tag].class) {
	case CLASS_META:
		return tag != TAG_LETTER && holder == TAG_LETTER;
	case CLASS_BLOCK:
		return tags[holder].content == CONTENT_BLOCKS || is_part_of(tag, holder);
	case CLASS_INLINE:
		return tags[holder].content == CONTENT_TEXT ||
			(tag == TAG_FIELD && tags[holder].content == CONTENT_LINES);
	case CLASS_PART:
		return is_part_of(tag, holder);
	case CLASS_CONTROL:
		return tags[holder].content != CONTENT_NONE && !tag_is_choice(holder);
	}
	return false;
}

/* What a holder of that content wants its contents to be put into. */
static const char *const wrap_hints[] = {
	[CONTENT_NONE] = "take it out: the element is empty",
	[CONTENT_TEXT] = "close the paragraph before it",
	[CONTENT_BLOCKS] = "put it into <p>…</p>",
	[CONTENT_PARTS] = "put it into a part of the element: <li>, <row>, <cell> or <column>",
	[CONTENT_LINES] = "put it into <line>…</line>",
	[CONTENT_SAME] = "",
};

static const char *arm_hint(enum tag choice)
{
	return choice == TAG_CHOOSE ? "put it into <when field=\"…\">…</when>"
				    : "put it into <one>…</one>, <other>…</other> or the like";
}

const char *tag_placement_hint(enum tag tag, enum tag holder)
{
	switch (tags[tag].class) {
	case CLASS_META:
		return "put it straight below <letter>";
	case CLASS_PART:
		return tag == TAG_LI      ? "put it into <ul>…</ul> or <ol>…</ol>"
			: tag == TAG_ROW  ? "put it into <table>…</table>"
			: tag == TAG_CELL ? "put it into <row>…</row>"
			: tag == TAG_COLUMN
			? "put it into <footer>, <letterhead>, <continuation> or <slip>"
			: tag == TAG_ATTACHMENT ? "put it into <enclosures>…</enclosures>"
			: tag == TAG_LINE       ? "put it into an element of lines, or write <br/>"
			: tag == TAG_WHEN || tag == TAG_OTHERWISE
			? "put it into <choose>…</choose>"
			: "put it into <plural field=\"…\">…</plural>";
	case CLASS_CONTROL:
		return tag_is_choice(holder) ? arm_hint(holder) : "move it out of the element";
	case CLASS_BLOCK:
		if (holder == TAG_LINE || tags[holder].content == CONTENT_LINES)
			return "put it before or after the element of lines";
		break;
	case CLASS_INLINE:
		break;
	}
	return tag_is_choice(holder) ? arm_hint(holder) : wrap_hints[tags[holder].content];
}

enum tag node_barred_by(const struct node *outer, enum tag tag)
{
	for (; outer; outer = outer->parent)
		for (size_t i = 0; i < sizeof bars / sizeof *bars; i++)
			if (bars[i].inner == tag && bars[i].outer == outer->tag)
				return outer->tag;
	return TAG_COUNT;
}
