/* text_nodes.h - small trees and styles made by hand, for the tests of src/text. */
#ifndef TEXT_NODES_H
#define TEXT_NODES_H

#include "text/text.h"

/* Everything in one family at 10 pt; em italic, strong bold, marks of 700 per mille. */
static inline struct style plain_style(const char *family)
{
	struct style style = {.file = "style.xml", .mark_size = 700, .mark_rise = 300};
	struct text_style text = {.family = str_of(family), .size = pt(10), .leading = pt(14)};
	for (int i = 0; i < STYLE_COUNT; i++)
		style.block[i].text = text;
	style.page_number.text = text;
	style.block[TAG_EM].text.italic = true;
	style.block[TAG_STRONG].text.bold = true;
	return style;
}

/* A new last child; ids count up in the order of making, from the root's 100. */
static inline struct node *element(struct arena *arena, struct node *parent, enum tag tag)
{
	struct node *node = arena_alloc(arena, sizeof *node);
	struct node *root = parent ? parent : node;
	while (root->parent)
		root = root->parent;
	*node = (struct node){.tag = tag, .parent = parent, .lang = str_lit("en-GB")};
	node->id = parent ? ++root->note_number : 100; /* a root is no note: its number counts */
	if (!parent)
		node->note_number = 100;
	node->at = place_of("letter.xml", node->id, 1);
	if (parent) {
		node->lang = parent->lang;
		struct node **end = &parent->first;
		while (*end)
			end = &(*end)->next;
		*end = node;
	}
	return node;
}

static inline struct node *chars(struct arena *arena, struct node *parent, const char *text)
{
	struct node *node = element(arena, parent, TAG_TEXT);
	node->text = str_of(text);
	return node;
}

/* A paragraph of one text. */
static inline struct node *para(struct arena *arena, const char *text)
{
	struct node *node = element(arena, NULL, TAG_P);
	chars(arena, node, text);
	return node;
}

static inline struct node *note(struct arena *arena, struct node *parent, int number)
{
	struct node *node = element(arena, parent, TAG_NOTE);
	node->note_number = number;
	return node;
}

#endif
