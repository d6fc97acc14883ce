/* empty.c - what of a merged letter has become empty, and goes: blocks, rows, emphasis, notes. */
#include "letter/letter_int.h"

#include "base/diag_id.h"

/* A label is there for its value. */
static bool is_without_value(const struct node *row)
{
	const struct node *value = row->first;
	while (value && value->next)
		value = value->next;
	return value && !value->constant && node_is_blank(value);
}

/* A row in which a value or a condition might have stood in every cell, and nowhere does. A cell
 * that the template itself leaves empty is room to write in. */
static bool is_blank_row(const struct node *row)
{
	if (row->parent->tag == TAG_INFORMATION)
		return is_without_value(row);
	node_each (cell, row)
		if (cell->constant)
			return false;
	return node_is_blank(row);
}

static bool is_head(const struct node *row)
{
	return str_is(node_attribute(row, "header"), "yes");
}

/* Whether some letter may have a row that is no heading. */
static bool may_have_body(const struct node *parent)
{
	node_each (row, parent)
		if (row->tag == TAG_ROW ? !is_head(row) : may_have_body(row))
			return true;
	return false;
}

/* A heading of rows that are all gone. */
static bool is_bare_table(const struct node *table)
{
	node_each (row, table)
		if (!is_head(row))
			return false;
	return !table->first || may_have_body(table->origin);
}

static bool empty_is(const struct node *node)
{
	if (node->constant)
		return false;
	if (tag_needs_words(node->tag))
		return node_is_blank(node);
	switch (node->tag) {
	case TAG_CELL:
	case TAG_SIGNATURE:
	case TAG_LETTER:
		return false;
	case TAG_LI:
		return node_is_blank(node);
	case TAG_SLIP: /* else it ends its page all the same */
		return node_is_nothing(node);
	case TAG_ROW:
		return is_blank_row(node);
	case TAG_TABLE:
		return is_bare_table(node);
	default:
		return !node->first && tag_content(node->tag) != CONTENT_NONE;
	}
}

/* What never had words, its template's reader or check_rich has named. */
static void report(struct merge *merge, const struct node *node)
{
	bool wordy = tag_needs_words(node->tag) || node->tag == TAG_LI || node->tag == TAG_SLIP;
	if (wordy && node_may_get_words(node->origin))
		diag_add(merge->diags, EMPTIED, node->at, tag_element(node->tag));
}

bool empty_goes(struct merge *merge, const struct node *node)
{
	if (!empty_is(node))
		return false;
	report(merge, node);
	return true;
}

/* What needs words goes with all that is in it; elsewhere a child may leave nothing behind. */
void empty_drop(struct merge *merge, struct node *parent)
{
	for (struct node **link = &parent->first; *link;) {
		bool goes = empty_goes(merge, *link);
		if (!goes) {
			empty_drop(merge, *link);
			goes = empty_is(*link);
		}
		if (goes)
			*link = (*link)->next;
		else
			link = &(*link)->next;
	}
}
