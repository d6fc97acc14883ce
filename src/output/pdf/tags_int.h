/* tags_int.h - a letter's structure tree and its annotations: elements, what each shows, and where
 * links lead. */
#ifndef PDF_TAGS_INT_H
#define PDF_TAGS_INT_H

#include "pdf/pdf.h"

struct pdf_writer;

/* An area of a page in thousandths of a point, origin bottom left. */
struct area_milli {
	int64_t left, bottom, right, top;
};

/* What an element is of its node; most nodes have one element. */
enum part {
	PART_SELF,       /* a note's: the Reference in the text */
	PART_MARK_LINK,  /* the Link in it */
	PART_NOTE,       /* the Note, after the block of the Reference */
	PART_LABEL,      /* Lbl */
	PART_LABEL_LINK, /* of a note: leads back to the mark */
	PART_BODY,       /* LBody; the P of a note */
	PART_PICTURE,    /* Figure in a signature */
	PART_FIELD,      /* Form: of the signature, or of the letter where it has none */
	PART_STAMP,      /* Form: for a time stamp, of the letter */
	PART_COUNT
};

struct kid {
	struct kid *next;
	enum { KID_ELEMENT, KID_CONTENT, KID_LINK } kind;
	int value; /* index of an element; MCID; index of a link */
	int page;
};

/* A structure element. */
struct element {
	const struct node *node;
	enum part part;
	struct str type; /* S */
	bool old;        /* of PDF 2.0: the type is one of PDF 1.7 alone */
	int parent;      /* -1: the root's only kid */
	bool ordered;    /* kids stand in the letter's order, not in that of the drawing */
	struct kid *first, *last;
	int page;                 /* of its first mark, -1: none of its own */
	const struct node *heads; /* of a cell whose heads are told: their first row */
	struct area_milli place;  /* of its first mark */
};

struct tags {
	struct arena *arena;
	const struct letter *letter;
	enum standard standard;
	int subject; /* the first one's node: headings behind it begin at H2 */
	vec(struct element) elements;
	int *index;        /* by node id and part: element + 1 */
	vec(int) contents; /* elements by MCID, page after page */
	vec(int) pages;    /* first content of each page */
	bool has_heads;    /* some cells have a head by its name */
	unsigned first_id; /* object of the first element, once numbered */
};

/* An annotation: one link on one page, over one or more lines; or the widget of a field. */
struct link {
	int page, element; /* element: -1 for an artifact */
	const struct node *node;
	enum mark_role role;
	const struct link_area *areas;
	int area_count;
	enum { LINK, FIELD_SIGNATURE, FIELD_STAMP } kind; /* a field's widget is no link */
};

struct links {
	vec(struct link) at;
	unsigned first_id;
};

/* -- tags.c, tree.c, links.c ------------------------------------------------------------------- */

void tags_begin(struct tags *tags, struct arena *arena, const struct letter *letter,
	enum standard standard);
void tags_begin_page(struct tags *tags);
/* The element that shows a mark, made on first use, or -1 when it is an artifact. */
int tags_element(struct tags *tags, const struct mark *mark);
int tags_part(struct tags *tags, const struct node *node, enum part part);
/* The element of this part, or NULL: not shown. */
const struct element *tags_find(const struct tags *tags, const struct node *node, enum part part);
/* The part of a node that its text and the elements in it belong to. */
enum part tags_content_part(const struct node *node);
/* A new marked-content sequence on the current page; an element's first, which makes it one of that
 * page, has its place. */
int tags_content(struct tags *tags, int element);
void tags_add_kid(struct tags *tags, int element, struct kid kid);

void links_collect(struct pdf_writer *writer, const struct pages *pages);
void links_write(struct pdf_writer *writer);
/* The Annots of a page; nothing when it has none. */
void links_put_page(struct pdf_writer *writer, struct buf *out, int page);
/* What a link is called; until writer->scratch is used again. */
struct str links_words(struct pdf_writer *writer, const struct link *link);
/* The action of a link to the web or to an address of e-mail; false, and nothing, of any other. */
bool links_put_uri(struct pdf_writer *writer, struct buf *out, const struct link *link);
/* Where in the file a link or a bookmark leads, as its key: to a place on a page; of PDF 2.0, where
 * the element is meant (ISO 14289-2 8.8), to that too. */
void links_put_target(struct pdf_writer *writer, struct buf *out, const struct element *element);

/* The heads of a cell by their names, in a table whose cells span columns. */
bool heads_are_told(const struct node *table);
/* The first of the header rows that stand above a row, or with it, given that of the row before. */
const struct node *heads_above(const struct node *row, const struct node *heads);
void heads_put_id(struct buf *out, const struct node *cell);
/* Those of the header rows, from the first on, that stand above the cell; or nothing. */
void heads_put(struct buf *out, const struct node *cell, const struct node *heads);

/* What an element has beside its place on the page: description, numbering, expansion; and its
 * language, where that begins. */
void tree_put_attributes(struct buf *out, const struct tags *tags, const struct element *element);
void tree_put_lang(struct buf *out, const struct tags *tags, const struct element *element);
/* Structure tree root, parent tree, elements and link annotations; the root's id. */
unsigned tree_write(struct pdf_writer *writer);

#endif
