/* html_int.h - between the files that write a letter's web page:
 *
 *   html_page.c  the page and its head          html.c        paragraphs, lists, words
 *   html_media.c pictures and codes             html_table.c  tables, the information block */
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

/* A picture in what is open; an image and a code as paragraphs. */
void html_put_picture(struct html *html, const struct node *node);
void html_write_image(struct html *html, const struct node *block);
void html_write_barcode(struct html *html, const struct node *block);

void html_write_table(struct html *html, const struct node *table);
void html_write_cell(struct html *html, const struct node *cell);
void html_write_information(struct html *html, const struct node *block);

#endif
