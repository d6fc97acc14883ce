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

/* 1 where there are none. */
static int count_of(struct str digits)
{
	int count = 0;
	for (int i = 0; i < digits.len && i < 4 && digits.at[i] >= '0' && digits.at[i] <= '9'; i++)
		count = count * 10 + (digits.at[i] - '0');
	return count > 0 ? count : 1;
}

int node_span(const struct node *cell)
{
	return count_of(node_attribute(cell, "span"));
}

static bool is_continued(const struct node *list)
{
	return str_is(node_attribute(list, "start"), "continued");
}

/* The list that this one goes on from, and those between them. */
static const struct node *first_of_chain(const struct node *list)
{
	const struct node *first = NULL;
	for (const struct node *node = list->parent ? list->parent->first : list; node != list;
		node = node->next)
		if (node->tag == TAG_OL && (!first || !is_continued(node)))
			first = node;
	return first;
}

bool node_goes_on(const struct node *list)
{
	return is_continued(list) && first_of_chain(list);
}

int node_start(const struct node *list)
{
	const struct node *first = is_continued(list) ? first_of_chain(list) : NULL;
	int number = count_of(node_attribute(first ? first : list, "start"));
	for (const struct node *node = first; node && node != list; node = node->next)
		if (node->tag == TAG_OL)
			number += node_child_count(node);
	return number;
}

struct str node_numbering(const struct node *list)
{
	struct str own = node_attribute(list, "numbering"), last = {0};
	const struct node *first = own.at || !is_continued(list) ? NULL : first_of_chain(list);
	for (const struct node *node = first; node && node != list; node = node->next) {
		struct str here = node_attribute(node, "numbering");
		if (node->tag == TAG_OL && here.at)
			last = here;
	}
	return own.at ? own : last;
}

int node_columns(const struct node *row)
{
	int columns = 0;
	node_each (cell, row)
		columns += node_span(cell);
	return columns;
}

static bool is_sign_of_numbering(struct str value, int at)
{
	return memchr("().[] ", value.at[at], 6) || (unsigned char)value.at[at] >= 0x80;
}

char numbering_read(struct str value, struct str *before, struct str *after)
{
	int at = 0;
	while (at < value.len && is_sign_of_numbering(value, at))
		at++;
	if (at == value.len || !memchr("1aAiI", value.at[at], 5))
		return '\0';
	*before = str_slice(value, 0, at);
	*after = str_slice(value, at + 1, value.len);
	for (int i = 0; i < after->len; i++)
		if (!is_sign_of_numbering(*after, i))
			return '\0';
	return before->len <= 4 && after->len <= 2 ? value.at[at] : '\0';
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
		column += node_span(node);
	return find_word(node_attribute(cell->parent->parent, "align"), column);
}

enum cell_head node_cell_place(const struct node *cell)
{
	const struct node *row = cell->parent;
	if (str_is(node_attribute(row, "header"), "yes"))
		return HEADS_COLUMN;
	return row->parent->tag == TAG_INFORMATION && cell == row->first ? HEADS_ROW
									 : HEADS_NOTHING;
}

enum cell_head node_cell_head(const struct node *cell)
{
	return node_is_blank(cell) ? HEADS_NOTHING : node_cell_place(cell);
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

const struct node *node_root(const struct node *node)
{
	while (node->parent)
		node = node->parent;
	return node;
}

const struct node *node_paragraph(const struct node *node)
{
	while (node && !tag_is_paragraph(node->tag))
		node = node->parent;
	return node;
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
		if (blank_trim(node->text).len || node->tag == TAG_IMAGE || node->tag == TAG_RULE ||
			node->tag == TAG_BARCODE || node->tag == TAG_SIGNATURE)
			return false;
	return true;
}

/* A line's end in a paragraph is something, also within emphasis. */
static bool ends_line(const struct node *root)
{
	for (const struct node *node = root; node; node = node_following(node, root))
		if (node->tag == TAG_BR)
			return true;
	return false;
}

bool node_is_nothing(const struct node *node)
{
	enum tag_content content = tag_content(node->tag);
	enum tag_class class = tag_class(node->tag);
	if (class != CLASS_BLOCK && class != CLASS_INLINE)
		return false;
	if (content != CONTENT_BLOCKS)
		return (content == CONTENT_TEXT || content == CONTENT_LINES) &&
			node_is_blank(node) && (class == CLASS_BLOCK || !ends_line(node));
	node_each (child, node)
		if (!node_is_nothing(child))
			return false;
	return true;
}

bool node_is_silent(const struct node *root)
{
	for (const struct node *node = root; node; node = node_following(node, root))
		if (blank_trim(node->text).len || blank_trim(node_attribute(node, "alt")).len)
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
