/* html_inlines.c - what stands within a paragraph, as HTML: words, links, marks of notes. */
#include "twin/html_int.h"

#include "locale/locale.h"

void html_write_text(struct html *html, const struct node *node)
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
bool html_keeps_order(const struct node *node)
{
	return node_keeps_order(node) && has_right_to_left(node);
}

void html_write_link(struct html *html, const struct node *node)
{
	html_open(html, node, "a");
	html_put_attribute(html, "href", node_attribute(node, "href"));
	put_title(html, node);
	buf_char(html->out, '>');
	bool turned = html_keeps_order(node);
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

void html_write_email(struct html *html, const struct node *node)
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

void html_write_abbreviation(struct html *html, const struct node *node)
{
	html_open(html, node, "abbr");
	put_title(html, node);
	buf_char(html->out, '>');
	html_write_children(html, node);
	buf_puts(html->out, "</abbr>");
}

/* A superscript digit alone is no name for a link. */
void html_put_note_name(struct html *html, const struct node *note, bool back)
{
	buf_puts(html->out, " aria-label=\"");
	note_name_write(note->note_number, note->lang, back, html->out);
	buf_char(html->out, '"');
}

/* Superscript figures there are of 0 to 9 alone. */
void html_put_mark(struct html *html, const struct node *note)
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
void html_write_mark(struct html *html, const struct node *node)
{
	buf_format(html->out,
		"%s<a class=\"mark\" id=\"mark-%d\" href=\"#note-%d\" role=\"doc-noteref\"",
		node->note_joins ? "," : "", node->note_number, node->note_number);
	if (node->note_joins)
		buf_puts(html->out, " style=\"margin-inline-start:1em\"");
	html_put_note_name(html, node, false);
	buf_char(html->out, '>');
	html_put_mark(html, node);
}

void html_write_break(struct html *html, const struct node *node)
{
	(void)node;
	buf_puts(html->out, "<br>");
}

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
void html_write_value(struct html *html, const struct node *field)
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
