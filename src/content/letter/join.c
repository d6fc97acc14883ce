/* join.c - what stands between the items of a list in running text: the template's words, or those
 * by which the language joins them.
 *
 * Which item is the last, and next to which another stands, is known when all have been merged: one
 * whose words come out empty is no item. */
#include "letter/letter_int.h"

#include "base/diag_id.h"
#include "locale/locales.h"

bool join_is_asked(const struct node *each)
{
	return node_attribute(each, "separator").at || node_attribute(each, "last").at ||
		node_attribute(each, "join").at;
}

static bool is_blank(const struct node *item)
{
	for (; item; item = item->next)
		if (!node_is_blank(item))
			return false;
	return true;
}

static struct str item_text(struct merge *merge, const struct node *item)
{
	struct buf text = {0};
	for (; item; item = item->next)
		letter_node_text(item, &text);
	struct str copy = str_copy(merge->arena, str_trim(buf_text(&text)));
	buf_free(&text);
	return copy;
}

bool join_item(
	struct merge *merge, struct joined *joined, struct node *separator, const struct node *item)
{
	if (is_blank(item))
		return false;
	if (separator)
		*vec_push(merge->arena, &joined->separators) = separator;
	*vec_push(merge->arena, &joined->items) = item_text(merge, item);
	return true;
}

static void join_by_template(struct joined *joined, const struct node *each)
{
	struct str last = node_attribute(each, "last");
	int count = joined->separators.len;
	for (int i = 0; i < count; i++)
		joined->separators.at[i]->text = node_attribute(each, "separator");
	if (last.at && count)
		joined->separators.at[count - 1]->text = last;
}

static void join_by_language(struct merge *merge, struct joined *joined, const struct node *each)
{
	int count = joined->items.len;
	struct str *joints = arena_new_array(merge->arena, struct str, count);
	struct list list = {str_is(node_attribute(each, "join"), "or") ? LIST_OR : LIST_AND,
		joined->items.at, count};
	if (!list_joints(merge->arena, merge->locales, &list, each->lang, joints)) {
		diag_add(merge->diags, LANGUAGE_VALUE, each->at, "list",
			diag_str(merge->diags, each->lang), field_said(merge->diags, joined->list));
		diag_hint(merge->diags, "write the words: separator=\"…\" and last=\"…\"");
		return;
	}
	for (int i = 0; i < count - 1; i++)
		joined->separators.at[i]->text = joints[i];
}

void join_items(struct merge *merge, struct joined *joined, const struct node *each)
{
	if (joined->separators.len == 0)
		return;
	if (node_attribute(each, "join").at)
		join_by_language(merge, joined, each);
	else
		join_by_template(joined, each);
}
