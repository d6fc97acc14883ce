/* apply_style.c - what the style decides of a letter before anything is set: the elements that are
 * not shown go, with their notes, so that whatever comes after need not know of them; headings get
 * their numbers; marks of
 * notes go behind punctuation; straight quotes become typographic ones. */
#include "letter/letter_int.h"

#include "style/style.h"

/* Gives whether something went. A list, an item or a quotation that has nothing left goes too. */
static bool drop_hidden(struct node *parent, const struct style *style)
{
	bool dropped = false;
	for (struct node **at = &parent->first; *at;) {
		struct node *node = *at;
		bool hidden = tag_is_block(node->tag) && style_block(style, node)->hidden;
		bool less = !hidden && drop_hidden(node, style);
		dropped |= hidden || less;
		if (hidden || (less && !node->first))
			*at = node->next;
		else
			at = &node->next;
	}
	return dropped;
}

bool letter_apply_style(struct arena *arena, struct letter *letter, const struct style *style,
	struct locales *locales, struct diags *diags)
{
	bool dropped = drop_hidden(letter->root, style);
	if (dropped)
		number_nodes(arena, letter);
	if (number_headings(arena, letter, style))
		number_nodes(arena, letter);
	if (move_note_marks(arena, letter, style))
		number_nodes(arena, letter);
	set_quotes(arena, letter, style, locales, diags);
	return !dropped || check_headings(letter, diags);
}
