/* html_int.h - between the files that write a letter's web page:
 *
 *   html_page.c  the page and its head          html.c          paragraphs, lists
 *   html_media.c pictures and codes             html_inlines.c  words, links, marks of notes
 *   html_table.c tables, the information block */
#ifndef TWIN_HTML_INT_H
#define TWIN_HTML_INT_H

#include "twin/twin_int.h"

struct html {
	struct arena *arena; /* its own */
	const struct letter *letter;
	const struct style *style;
	struct pictures *pictures;
	struct buf *out;
	struct diags *diags;
	int subject; /* id of the first, beyond all others when there is none */
	bool titled; /* the title heads the page, unseen, and all other headings are below it */
};

/* Characters, composed (NFC) and escaped; an attribute with its name. */
void html_put_text(struct html *html, struct str text);
void html_put_attribute(struct html *html, const char *name, struct str value);
/* The class of a node's variant, behind another one unless that is empty. */
void html_put_class(struct html *html, const struct node *node, struct str other);
/* The tag of an element up to what else it has: with language, direction and class. */
void html_open(struct html *html, const struct node *node, const char *element);
void html_write_children(struct html *html, const struct node *parent);
/* Those of a block, behind it. */
void html_write_notes(struct html *html, const struct node *block);

/* What stands within a paragraph. */
void html_write_text(struct html *html, const struct node *node);
void html_write_link(struct html *html, const struct node *node);
void html_write_email(struct html *html, const struct node *node);
void html_write_abbreviation(struct html *html, const struct node *node);
void html_write_mark(struct html *html, const struct node *note);
void html_write_break(struct html *html, const struct node *node);
/* Alone, in a language of its own if it has one, and turning nothing beside it. */
void html_write_value(struct html *html, const struct node *field);
/* A note's mark, up to the end of the link that it is in. */
void html_put_mark(struct html *html, const struct node *note);
/* What a link to a note, or back from it, is called: a superscript digit alone is no name. */
void html_put_note_name(struct html *html, const struct node *note, bool back);
/* Whether a browser would turn the groups of its figures. */
bool html_keeps_order(const struct node *node);

/* A picture in what is open; an image and a code as paragraphs. */
void html_put_picture(struct html *html, const struct node *node);
void html_write_image(struct html *html, const struct node *block);
void html_write_barcode(struct html *html, const struct node *block);

void html_write_table(struct html *html, const struct node *table);
void html_write_cell(struct html *html, const struct node *cell);
void html_write_information(struct html *html, const struct node *block);

#endif
