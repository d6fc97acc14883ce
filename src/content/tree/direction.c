/* direction.c - which nodes are written from right to left. */
#include "tree/tree.h"

#include "locale/locale.h"

bool letter_is_right_to_left(uint32_t c)
{
	return (c >= 0x0590 && c <= 0x08FF) || (c >= 0xFB1D && c <= 0xFDFF) ||
		(c >= 0xFE70 && c <= 0xFEFC) || (c >= 0x10800 && c <= 0x10FFF) ||
		(c >= 0x1E800 && c <= 0x1EFFF);
}

/* Letters of other scripts, nearly: signs and figures have no direction of their own. */
static bool is_left_to_right(uint32_t c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
		(c >= 0xC0 && !letter_is_right_to_left(c) && !(c >= 0x2000 && c <= 0x2BFF) &&
			!(c >= 0x3000 && c <= 0x303F) && c != 0xD7 && c != 0xF7);
}

/* How many letters below a node run to the right, less those that run to the left; with `first`
 * only the first is counted. */
static int balance_below(const struct node *node, bool first)
{
	int balance = 0;
	for (const struct node *below = node_following(node, node); below;
		below = node_following(below, node))
		for (int at = 0; below->tag == TAG_TEXT && at < below->text.len;) {
			uint32_t c = utf8_next(below->text, &at);
			balance += is_left_to_right(c) - letter_is_right_to_left(c);
			if (first && balance)
				return balance;
		}
	return balance;
}

static bool is_prose(const struct node *node)
{
	return tag_is_paragraph(node->tag) && tag_class(node->tag) != CLASS_META &&
		!tag_is_line(node->tag) && node->tag != TAG_CELL;
}

static bool begins_right_to_left(const struct node *node)
{
	return balance_below(node, true) < 0;
}

/* Most others are asked for only where the first letter is so, which is rare. */
static bool is_mostly_right_to_left(const struct node *node)
{
	return begins_right_to_left(node) && balance_below(node, false) < 0;
}

void node_find_direction(struct node *node)
{
	const struct node *parent = node->parent;
	struct str said = node_attribute(node, "dir");
	if (said.at) {
		node->leftwards = str_is(said, "auto") ? begins_right_to_left(node)
						       : str_is(said, "rtl");
		return;
	}
	node->leftwards = parent && parent->leftwards;
	if (!parent || !str_eq(node->lang, parent->lang)) {
		bool leftwards = lang_is_right_to_left(node->lang);
		if (!parent || leftwards != lang_is_right_to_left(parent->lang))
			node->leftwards = leftwards;
	}
	if (node->leftwards || !is_prose(node))
		return;
	node->leftwards = node->constant && node->origin ? node->origin->leftwards
							 : is_mostly_right_to_left(node);
}

/* Figures of Arabic and Persian, and the signs within such numbers. */
static bool is_figure(uint32_t c)
{
	return (c >= 0x660 && c <= 0x66C) || (c >= 0x6F0 && c <= 0x6F9);
}

static bool has_right_to_left(struct str words)
{
	for (int at = 0; at < words.len;) {
		uint32_t c = utf8_next(words, &at);
		if (letter_is_right_to_left(c) && !is_figure(c))
			return true;
	}
	return false;
}

bool node_is_address(const struct node *node)
{
	struct str href = node_attribute(node, "href");
	const struct node *words = node->first;
	while (words && words->tag != TAG_TEXT && !words->next)
		words = words->first;
	if (node->tag != TAG_LINK || !words || words->next)
		return node->tag == TAG_EMAIL;
	struct str text = str_trim(words->text);
	if (str_starts(href, "tel:"))
		return !has_right_to_left(text);
	return text.len && href.len && memmem(href.at, (size_t)href.len, text.at, (size_t)text.len);
}

/* Whether what it holds is one text, without a letter. */
static bool holds_no_letter(const struct node *node)
{
	const struct node *words = node->first;
	while (words && words->tag != TAG_TEXT && !words->next)
		words = words->first;
	if (!words || words->next)
		return false;
	for (int at = 0; at < words->text.len;) {
		uint32_t c = utf8_next(words->text, &at);
		if (is_left_to_right(c) || (letter_is_right_to_left(c) && !is_figure(c)))
			return false;
	}
	return true;
}

bool node_keeps_order(const struct node *node)
{
	if (node->tag == TAG_LINK)
		return str_starts(node_attribute(node, "href"), "tel:") && node_is_address(node);
	return node->tag == TAG_SPAN && str_is(node_attribute(node, "dir"), "ltr") &&
		holds_no_letter(node);
}

bool node_lines_run_leftwards(const struct node *node)
{
	while (node->parent &&
		(tag_is_line(node->tag) || node->tag == TAG_CELL || node->tag == TAG_ROW))
		node = node->parent;
	return node->leftwards;
}
