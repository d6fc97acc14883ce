/* apply_style.c - what the style decides of a letter before anything is set: the elements that are
 * not shown go, with their notes, so that whatever comes after need not know of them; headings get
 * their numbers; marks of
 * notes go behind punctuation; straight quotes become typographic ones. */
#include "letter/letter_int.h"

#include "base/diag_id.h"
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

/* Labels and values beside the address look as <information> says, lines of an address and of a
 * signature as these do; NULL: it may look otherwise. */
static const struct node *looks_as(const struct node *node)
{
	const struct node *holder = node->parent;
	if (node->tag == TAG_CELL)
		holder = holder->parent;
	bool row = node->tag == TAG_CELL || node->tag == TAG_ROW;
	bool alike = (row && holder->tag == TAG_INFORMATION) ||
		(node->tag == TAG_LINE &&
			(holder->tag == TAG_ADDRESS || holder->tag == TAG_SIGNATURE));
	return alike ? holder : NULL;
}

static void hint_alike(struct diags *diags, const char *holder)
{
	struct buf hint = {0};
	buf_format(&hint, "take it out: <%s> looks as its own element in the style says", holder);
	buf_char(&hint, '\0');
	diag_hint(diags, hint.at);
	buf_free(&hint);
}

static bool check_variant(const struct node *node, const struct style *style, struct diags *diags)
{
	struct str name = node_attribute(node, "variant");
	const struct node *alike = name.at ? looks_as(node) : NULL;
	if (!name.at || (style_has_variant(style, node) && !alike))
		return true;
	const char *element = tag_element(node->tag), *variant = diag_str(diags, name);
	diag_add(diags, VARIANT_UNKNOWN, node->at, variant, element, element, variant);
	if (alike) {
		hint_alike(diags, tag_element(alike->tag));
		return false;
	}
	struct nearest nearest = nearest_start(name);
	for (int i = 0; i < style->variant_count; i++)
		if (style->variants[i].tag == node->tag)
			nearest_try(&nearest, style->variants[i].name);
	nearest_hint(&nearest, diags);
	return false;
}

static bool check_variants(
	const struct letter *letter, const struct style *style, struct diags *diags)
{
	bool good = true;
	for (int i = 0; i < letter->node_count; i++)
		if (letter->nodes[i]->attributes)
			good &= check_variant(letter->nodes[i], style, diags);
	return good;
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
	return check_variants(letter, style, diags) && (!dropped || check_headings(letter, diags));
}
