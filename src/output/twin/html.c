/* html.c - the letter as semantic HTML.
 *
 * Each element of the letter has a row in a table: the HTML element that it becomes, and a function
 * where that is not enough. The letter's style lends the page its colours and faces; sizes are the
 * reader's own. Notes are asides with the role doc-footnote, linked both ways. */
#include "twin/html_int.h"

#include "locale/locale.h"

static void write_node(struct html *html, const struct node *node);

/* -- characters and attributes ----------------------------------------------------------------- */

void html_put_text(struct html *html, struct str text)
{
	buf_xml(html->out, text_composed(html->arena, text));
}

void html_put_attribute(struct html *html, const char *name, struct str value)
{
	buf_format(html->out, " %s=\"", name);
	html_put_text(html, value);
	buf_char(html->out, '"');
}

/* The language where it differs from what surrounds the node, and the direction, also where the
 * node says it; an address runs from left to right in any. */
static void put_language(struct html *html, const struct node *node)
{
	struct str around = node->parent ? node->parent->lang : html->letter->lang;
	bool around_leftwards = node->parent && node->parent->leftwards;
	bool leftwards = node->leftwards && !node_is_address(node);
	if (!str_eq(node->lang, around))
		html_put_attribute(html, "lang", node->lang);
	if (leftwards != around_leftwards || node_attribute(node, "dir").at)
		html_put_attribute(html, "dir", str_of(leftwards ? "rtl" : "ltr"));
}

/* As sheet.c has it: of what, and which; behind another class, if there is one. */
void html_put_class(struct html *html, const struct node *node, struct str other)
{
	struct str name = node_attribute(node, "variant");
	if (!other.len && !name.len)
		return;
	buf_format(html->out, " class=\"%.*s", str_arg(other));
	if (name.len)
		buf_format(html->out, "%s%s-%.*s", other.len ? " " : "", tag_element(node->tag),
			str_arg(name));
	buf_char(html->out, '"');
}

void html_open(struct html *html, const struct node *node, const char *element)
{
	buf_format(html->out, "<%s", element);
	put_language(html, node);
	if (node->tag != TAG_CELL)
		html_put_class(html, node, str_lit(""));
}

/* -- blocks ------------------------------------------------------------------------------------ */

void html_write_notes(struct html *html, const struct node *block)
{
	for (const struct node *node = block->first; node; node = node_following(node, block)) {
		if (node->tag != TAG_NOTE)
			continue;
		buf_format(html->out, "<aside class=\"note\" id=\"note-%d\" role=\"doc-footnote\"",
			node->note_number);
		put_language(html, node);
		html_put_note_name(html, node, false);
		buf_format(html->out, "><p><a href=\"#mark-%d\" role=\"doc-backlink\"",
			node->note_number);
		html_put_note_name(html, node, true);
		buf_char(html->out, '>');
		html_put_mark(html, node);
		buf_char(html->out, ' ');
		html_write_children(html, node);
		buf_puts(html->out, "</p></aside>\n");
	}
}

static void write_paragraph_as(struct html *html, const struct node *block, const char *element)
{
	html_open(html, block, element);
	if (block->tag != TAG_P && block->tag != TAG_SUBJECT && block->tag != TAG_HEADING)
		html_put_attribute(html, "class", str_of(tag_element(block->tag)));
	buf_char(html->out, '>');
	html_write_children(html, block);
	buf_format(html->out, "</%.*s>\n", (int)strcspn(element, " "), element);
	html_write_notes(html, block);
}

static void write_paragraph(struct html *html, const struct node *block)
{
	write_paragraph_as(html, block, "p");
}

/* Levels as in the PDF, one lower below a title. */
static void write_level(struct html *html, const struct node *block, int level)
{
	enum { LOWEST = 6 };
	char element[32];
	level += html->titled;
	if (level > LOWEST)
		snprintf(element, sizeof element, "h%d aria-level=\"%d\"", LOWEST, level);
	else
		snprintf(element, sizeof element, "h%d", level);
	write_paragraph_as(html, block, element);
}

static void write_subject(struct html *html, const struct node *block)
{
	write_level(html, block, 1);
}

static void write_heading(struct html *html, const struct node *block)
{
	write_level(html, block, node_level(block) + (block->id > html->subject));
}

/* Than a paragraph of the web may. */
static bool holds_more(const struct node *block)
{
	bool more = block->tag == TAG_LETTERHEAD;
	node_each (line, block)
		more |= line->tag == TAG_BARCODE;
	return more;
}

/* Lines read as lines: one paragraph with breaks. */
static void write_lines(struct html *html, const struct node *block)
{
	bool picture = block->tag == TAG_SIGNATURE && node_attribute(block, "src").at;
	const char *element = holds_more(block) ? "div" : "p";
	buf_format(html->out, "<%s", element);
	put_language(html, block);
	html_put_class(html, block, str_of(tag_element(block->tag)));
	buf_char(html->out, '>');
	if (picture) {
		html_put_picture(html, block);
		buf_puts(html->out, "<br>");
	}
	node_each (line, block) {
		if (line->tag == TAG_IMAGE) {
			html_put_picture(html, line);
			buf_puts(html->out, line->next ? "<br>\n" : "");
			continue;
		}
		if (line->tag == TAG_COLUMN || line->tag == TAG_BARCODE) {
			write_node(html, line);
			continue;
		}
		html_open(html, line, "span");
		buf_char(html->out, '>');
		html_write_children(html, line);
		buf_puts(html->out, line->next ? "</span><br>\n" : "</span>");
	}
	buf_format(html->out, "</%s>\n", element);
	html_write_notes(html, block);
}

static void write_apart(struct html *html, const struct node *block, const char *looks)
{
	html_open(html, block, "div");
	html_put_attribute(html, "class", str_of(tag_element(block->tag)));
	html_put_attribute(html, "style", str_of(looks));
	buf_puts(html->out, ">\n");
	html_write_children(html, block);
	buf_puts(html->out, "</div>\n");
}

static void write_slip(struct html *html, const struct node *block)
{
	write_apart(html, block,
		"border-top:1px dashed;margin-top:2em;padding-top:1em;break-inside:avoid");
}

static void write_signatures(struct html *html, const struct node *block)
{
	write_apart(html, block, "display:flex;flex-wrap:wrap;gap:0 3em");
}

/* For who prints it. */
static void write_page_break(struct html *html, const struct node *block)
{
	(void)block;
	buf_puts(html->out, "<div style=\"break-before:page\"></div>\n");
}

/* One of a list that counts in a way of its own has its label as a string. */
static void write_item(struct html *html, const struct node *item)
{
	int number = 1;
	html_open(html, item, "li");
	for (const struct node *node = item->parent->first; node != item; node = node->next)
		number++;
	if (item->parent->tag == TAG_OL && letter_list_is_own(item->parent)) {
		char label[LABEL_SIZE];
		letter_item_label(item->parent, number, label);
		buf_format(html->out, " style=\"list-style-type:'%s '\"", label);
	}
	buf_char(html->out, '>');
	html_write_children(html, item);
	buf_puts(html->out, "</li>\n");
}

/* A web page has no pages after the first. */
static void leave_out(struct html *html, const struct node *block)
{
	(void)html;
	(void)block;
}

static void write_footer(struct html *html, const struct node *footer)
{
	if (node_is_later_footer(footer))
		return;
	html_open(html, footer, "footer");
	buf_puts(html->out, ">\n");
	html_write_children(html, footer);
	buf_puts(html->out, "</footer>\n");
}

/* -- the table --------------------------------------------------------------------------------- */

static const struct {
	const char *element; /* wraps the children, where there is no function */
	void (*write)(struct html *html, const struct node *node);
} rows[TAG_COUNT] = {
	[TAG_TEXT] = {NULL, html_write_text},
	[TAG_LETTERHEAD] = {NULL, write_lines},
	[TAG_CONTINUATION] = {NULL, leave_out},
	[TAG_REFERENCE] = {NULL, write_paragraph},
	[TAG_DATE] = {NULL, write_paragraph},
	[TAG_INFORMATION] = {NULL, html_write_information},
	[TAG_RETURN_ADDRESS] = {NULL, write_paragraph},
	[TAG_ADDRESS] = {NULL, write_lines},
	[TAG_SALUTATION] = {NULL, write_paragraph},
	[TAG_SUBJECT] = {NULL, write_subject},
	[TAG_HEADING] = {NULL, write_heading},
	[TAG_P] = {NULL, write_paragraph},
	[TAG_UL] = {"ul"},
	[TAG_OL] = {"ol"},
	[TAG_LI] = {NULL, write_item},
	[TAG_TABLE] = {NULL, html_write_table},
	[TAG_ROW] = {"tr"},
	[TAG_CELL] = {NULL, html_write_cell},
	[TAG_IMAGE] = {NULL, html_write_image},
	[TAG_BARCODE] = {NULL, html_write_barcode},
	[TAG_QUOTE] = {"blockquote"},
	[TAG_RULE] = {"hr"},
	[TAG_PAGE_BREAK] = {NULL, write_page_break},
	[TAG_SLIP] = {NULL, write_slip},
	[TAG_CLOSING] = {NULL, write_paragraph},
	[TAG_SIGNATURE] = {NULL, write_lines},
	[TAG_SIGNATURES] = {NULL, write_signatures},
	[TAG_INITIALS] = {NULL, write_paragraph},
	[TAG_ENCLOSURES] = {NULL, write_lines},
	[TAG_COPIES] = {NULL, write_lines},
	[TAG_POSTSCRIPT] = {NULL, write_paragraph},
	[TAG_FOOTER] = {NULL, write_footer},
	[TAG_COLUMN] = {NULL, write_lines},
	[TAG_LINK] = {NULL, html_write_link},
	[TAG_EMAIL] = {NULL, html_write_email},
	[TAG_NOTE] = {NULL, html_write_mark},
	[TAG_EM] = {"em"},
	[TAG_STRONG] = {"strong"},
	[TAG_SPAN] = {"span"},
	[TAG_SUP] = {"sup"},
	[TAG_SUB] = {"sub"},
	[TAG_ABBR] = {NULL, html_write_abbreviation},
	[TAG_BR] = {NULL, html_write_break},
};

static void write_node(struct html *html, const struct node *node)
{
	const char *element = rows[node->tag].element;
	if (node_is_nothing(node))
		return;
	if (rows[node->tag].write) {
		rows[node->tag].write(html, node);
		return;
	}
	if (!element) {
		html_write_value(html, node);
		return;
	}
	if (html_keeps_order(node))
		element = "bdo";
	html_open(html, node, element);
	buf_char(html->out, '>');
	html_write_children(html, node);
	if (node->tag != TAG_RULE)
		buf_format(html->out, "</%s>", element);
	if (tag_is_block(node->tag) || node->tag == TAG_ROW)
		buf_char(html->out, '\n');
}

void html_write_children(struct html *html, const struct node *parent)
{
	node_each (node, parent)
		write_node(html, node);
}
