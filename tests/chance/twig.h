/* twig.h - the XML of a drawn letter as a tree that can be cut down, piece by piece and back
 * again. */
#ifndef TESTS_CHANCE_TWIG_H
#define TESTS_CHANCE_TWIG_H

#include "template/template.h"

/* OPENED: the element is gone, what it holds stands in its place. CUT: all is gone. */
enum twig_state { TWIG_WHOLE, TWIG_OPENED, TWIG_CUT };

struct twig_attribute {
	struct str name, value;
	bool cut;
	struct twig_attribute *next;
};

/* An element, or a text (no name). */
struct twig {
	struct str name, text;
	enum tag tag; /* TAG_TEXT of a text; TAG_COUNT: no element of a letter */
	enum twig_state state;
	bool in_line; /* white space in it matters: its children are written without any between */
	struct twig_attribute *attributes;
	struct twig *first, *last, *next;
	struct twig *part; /* of an include: the root of the file that it names */
};

/* New elements and texts, behind the parent's last child; parent may be NULL. */
struct twig *twig_element(struct arena *arena, struct twig *parent, const char *name);
struct twig *twig_tag(struct arena *arena, struct twig *parent, enum tag tag);
struct twig *twig_text(struct arena *arena, struct twig *parent, struct str text);
void twig_set(struct arena *arena, struct twig *twig, const char *name, struct str value);

/* .at == NULL: it has none, or it is cut. */
struct str twig_attribute(const struct twig *twig, const char *name);
/* As an XML document; what is cut is left out. */
void twig_write(const struct twig *root, struct buf *out);

#endif
