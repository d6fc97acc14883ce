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

/* -- inlines ----------------------------------------------------------------------------------- */

static void write_text(struct html *html, const struct node *node)
{
	html_put_text(html, node->text);
}

static void put_title(struct html *html, const struct node *node)
{
	struct str title = node_attribute(node, "title");
	if (blank_trim(title).len)
		html_put_attribute(html, "title", title);
}

static bool has_right_to_left(const struct node *root)
{
	for (const struct node *node = root; node; node = node_following(node, root))
		for (int at = 0; node->tag == TAG_TEXT && at < node->text.len;)
			if (letter_is_right_to_left(utf8_next(node->text, &at)))
				return true;
	return false;
}

/* Whether a browser would turn the groups of its figures. */
static bool must_keep_order(const struct node *node)
{
	return node_keeps_order(node) && has_right_to_left(node);
}

static void write_link(struct html *html, const struct node *node)
{
	html_open(html, node, "a");
	html_put_attribute(html, "href", node_attribute(node, "href"));
	put_title(html, node);
	buf_char(html->out, '>');
	bool turned = must_keep_order(node);
	buf_puts(html->out, turned ? "<bdo dir=\"ltr\">" : "");
	html_write_children(html, node);
	buf_puts(html->out, turned ? "</bdo></a>" : "</a>");
}

/* As RFC 6068 writes it; a line's end within it is none of its characters. */
static void put_mailbox(struct buf *out, struct str address)
{
	for (int i = 0; i < address.len; i++) {
		unsigned char c = (unsigned char)address.at[i];
		bool plain = (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') ||
			(c && strchr("-._~@+!$'*,;:", c));
		if (plain)
			buf_char(out, (char)c);
		else if (c > ' ')
			buf_format(out, "%%%02X", c);
	}
}

static void write_email(struct html *html, const struct node *node)
{
	struct buf address = {0};
	letter_node_text(node, &address);
	html_open(html, node, "a");
	buf_puts(html->out, " href=\"mailto:");
	put_mailbox(html->out, buf_text(&address));
	buf_puts(html->out, "\">");
	buf_free(&address);
	html_write_children(html, node);
	buf_puts(html->out, "</a>");
}

static void write_abbreviation(struct html *html, const struct node *node)
{
	html_open(html, node, "abbr");
	put_title(html, node);
	buf_char(html->out, '>');
	html_write_children(html, node);
	buf_puts(html->out, "</abbr>");
}

/* A superscript digit alone is no name for a link. */
static void put_note_name(struct html *html, const struct node *note, bool back)
{
	buf_puts(html->out, " aria-label=\"");
	note_name_write(note->note_number, note->lang, back, html->out);
	buf_char(html->out, '"');
}

/* Superscript figures there are of 0 to 9 alone. */
static void put_mark(struct html *html, const struct node *note)
{
	char mark[NOTE_MARK_SIZE], figures[FIGURES_SIZE];
	struct str lang = node_root(note)->lang;
	letter_note_mark(note->note_number, mark);
	figures_write(note->note_number, lang, figures);
	if (figures_are_own(lang))
		buf_format(html->out, "<sup>%s</sup></a>", figures);
	else
		buf_format(html->out, "%s</a>", mark);
}

/* One that stands right behind another is so far from it that both can be hit. */
static void write_mark(struct html *html, const struct node *node)
{
	buf_format(html->out,
		"%s<a class=\"mark\" id=\"mark-%d\" href=\"#note-%d\" role=\"doc-noteref\"",
		node->note_joins ? "," : "", node->note_number, node->note_number);
	if (node->note_joins)
		buf_puts(html->out, " style=\"margin-inline-start:1em\"");
	put_note_name(html, node, false);
	buf_char(html->out, '>');
	put_mark(html, node);
}

static void write_break(struct html *html, const struct node *node)
{
	(void)node;
	buf_puts(html->out, "<br>");
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
		put_note_name(html, node, false);
		buf_format(html->out, "><p><a href=\"#mark-%d\" role=\"doc-backlink\"",
			node->note_number);
		put_note_name(html, node, true);
		buf_char(html->out, '>');
		put_mark(html, node);
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

/* Lines read as lines: one paragraph with breaks. */
static void write_lines(struct html *html, const struct node *block)
{
	bool picture = block->tag == TAG_SIGNATURE && node_attribute(block, "src").at;
	html_open(html, block, block->tag == TAG_LETTERHEAD ? "div" : "p");
	html_put_attribute(html, "class", str_of(tag_element(block->tag)));
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
		html_open(html, line, "span");
		buf_char(html->out, '>');
		html_write_children(html, line);
		buf_puts(html->out, line->next ? "</span><br>\n" : "</span>");
	}
	buf_puts(html->out, block->tag == TAG_LETTERHEAD ? "</div>\n" : "</p>\n");
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
	[TAG_TEXT] = {NULL, write_text},
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
	[TAG_LINK] = {NULL, write_link},
	[TAG_EMAIL] = {NULL, write_email},
	[TAG_NOTE] = {NULL, write_mark},
	[TAG_EM] = {"em"},
	[TAG_STRONG] = {"strong"},
	[TAG_SPAN] = {"span"},
	[TAG_SUP] = {"sup"},
	[TAG_SUB] = {"sub"},
	[TAG_ABBR] = {NULL, write_abbreviation},
	[TAG_BR] = {NULL, write_break},
};

/* Whether what stands beside a value, in its paragraph, may turn it or be turned by it. */
static bool may_turn(const struct node *field)
{
	const struct node *around = field->parent;
	bool leftwards = around->leftwards;
	while (around->parent && !tag_is_paragraph(around->tag)) {
		around = around->parent;
		leftwards |= around->leftwards;
	}
	return leftwards || has_right_to_left(tag_is_paragraph(around->tag) ? around : field);
}

/* Alone, in a language of its own if it has one, and turning nothing beside it. */
static void write_value(struct html *html, const struct node *field)
{
	bool spoken = !str_eq(field->lang, field->parent->lang);
	const char *element = may_turn(field) ? "bdi" : spoken ? "span" : NULL;
	if (element) {
		buf_format(html->out, "<%s", element);
		if (spoken)
			html_put_attribute(html, "lang", field->lang);
		buf_char(html->out, '>');
	}
	html_write_children(html, field);
	if (element)
		buf_format(html->out, "</%s>", element);
}

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
		write_value(html, node);
		return;
	}
	if (must_keep_order(node))
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
