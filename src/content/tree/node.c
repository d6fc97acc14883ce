/* node.c - what a node says of itself; walking a tree of nodes. */
#include "tree/tree.h"

#include "base/diag_id.h"

#include <stdio.h>

struct str node_attribute(const struct node *node, const char *name)
{
	for (const struct attribute *a = node->attributes; a; a = a->next)
		if (str_is(a->name, name))
			return a->value;
	return (struct str){0};
}

int node_level(const struct node *heading)
{
	struct str level = node_attribute(heading, "level");
	return level.len ? level.at[0] - '0' : 1;
}

/* The number-th word of several with blanks between them. */
static struct str find_word(struct str words, int number)
{
	struct str word;
	while (str_split(&words, ' ', &word))
		if (word.len && number-- == 0)
			return word;
	return (struct str){0};
}

struct str node_cell_align(const struct node *cell)
{
	struct str own = node_attribute(cell, "align");
	if (own.at)
		return own;
	int column = 0;
	for (const struct node *node = cell->parent->first; node != cell; node = node->next)
		column++;
	return find_word(node_attribute(cell->parent->parent, "align"), column);
}

enum cell_head node_cell_head(const struct node *cell)
{
	const struct node *row = cell->parent;
	if (str_is(node_attribute(row, "header"), "yes"))
		return HEADS_COLUMN;
	return row->parent->tag == TAG_INFORMATION && cell == row->first ? HEADS_ROW
									 : HEADS_NOTHING;
}

bool node_is_later_footer(const struct node *node)
{
	return node->tag == TAG_FOOTER && str_is(node_attribute(node, "pages"), "later");
}

struct node *node_following(const struct node *node, const struct node *root)
{
	if (node->first)
		return node->first;
	for (; node != root; node = node->parent)
		if (node->next)
			return node->next;
	return NULL;
}

int node_child_count(const struct node *node)
{
	int count = 0;
	for (const struct node *child = node->first; child; child = child->next)
		count++;
	return count;
}

bool node_is_blank(const struct node *root)
{
	for (const struct node *node = root; node; node = node_following(node, root))
		if (str_trim(node->text).len || node->tag == TAG_IMAGE || node->tag == TAG_RULE ||
			node->tag == TAG_BARCODE || node->tag == TAG_SIGNATURE)
			return false;
	return true;
}

void node_check_text(const struct node *text, struct diags *diags)
{
	char number[16];
	uint32_t c = utf8_private_use(text->text);
	if (!c)
		return;
	snprintf(number, sizeof number, "%04X", (unsigned)c);
	diag_add(diags, PRIVATE_USE, text->at, number);
}
