/* list.c - lists, nested to any depth, and the labels of what is counted.
 *
 * The labels of one list, and those of a letter's notes, stand flush right (from right to left:
 * left) in a column as wide as the widest of them; where that is wider than the style's indent, the
 * text moves, not the label. */
#include "layout/flow_int.h"

enum { LABEL_GAP = 350 }; /* thousandths of the size, between a label and its text at least */

sp label_column(struct flow *flow, enum label_kind kind, int count)
{
	struct layout *layout = flow->layout;
	const struct text_style *style = kind == LABEL_NOTE ? &flow->mark_look.style
							    : &flow->style->block[TAG_LI].text;
	int findings = diags_len(flow->diags);
	while (layout->labels[kind].len < count) {
		int known = layout->labels[kind].len;
		sp widest = known ? layout->labels[kind].at[known - 1] : 0;
		struct arena_mark mark = arena_save(flow->arena);
		char label[LABEL_SIZE];
		letter_label(kind, known + 1, flow->letter->lang, label);
		const struct paragraph *paragraph = text_shape_plain(layout->shaper, flow->arena,
			plain_of_letter(flow, str_of(label)), style, flow->diags);
		sp width = text_width(layout->text, paragraph, 0, paragraph->glyph_count);
		*vec_push(layout->kept, &layout->labels[kind]) = width > widest ? width : widest;
		arena_restore(flow->arena, mark);
	}
	diags_truncate(flow->diags, findings); /* they come again where the label is set */
	return count ? layout->labels[kind].at[count - 1] : 0;
}

/* Of a list that counts in a way of its own, or looks so. */
static sp own_column(struct flow *flow, const struct node *list)
{
	struct layout *layout = flow->layout;
	int findings = diags_len(flow->diags), number = 0;
	sp widest = 0;
	struct arena_mark mark = arena_save(flow->arena);
	node_each (item, list) {
		char label[LABEL_SIZE];
		letter_item_label(list, ++number, label);
		struct plain_text plain = {str_of(label), list->lang, list->leftwards, item->at};
		const struct paragraph *paragraph = text_shape_plain(layout->shaper, flow->arena,
			plain, &style_block(flow->style, item)->text, flow->diags);
		sp width = text_width(layout->text, paragraph, 0, paragraph->glyph_count);
		widest = width > widest ? width : widest;
	}
	arena_restore(flow->arena, mark);
	diags_truncate(flow->diags, findings);
	return widest;
}

sp label_indent(const struct block_style *style, sp column)
{
	sp least = column + length_scale(style->text.size, LABEL_GAP, 1000);
	return style->indent_left > least ? style->indent_left : least;
}

void flow_put_label(struct flow *flow, struct box *box, sp y)
{
	if (!flow->label.text[0])
		return;
	const struct block_style *style = style_block(flow->style, flow->label.item);
	const struct node *list = flow->label.item->parent;
	struct plain_text plain = {
		str_of(flow->label.text), list->lang, list->leftwards, flow->label.item->at};
	struct block_style flush = *style;
	flush.align = ALIGN_RIGHT; /* to the text beside it */
	struct box label = set_plain(flow, plain, &flush, flow->label.sides, ARTIFACT_NONE);
	label.owner = flow->label.item->id;
	for (int i = 0; i < label.marks.len; i++) {
		label.marks.at[i].node = 0;
		label.marks.at[i].role = ROLE_LABEL;
	}
	y += line_baseline(flow->layout->text, text_style_face(flow->layout->text, &style->text),
		style->text.size, style->text.leading);
	box_add(flow->arena, box, &label, y);
	flow->label.text[0] = '\0';
}

/* Sets the waiting label on a line of its own: no paragraph came to stand beside it. */
static void put_loose_label(struct flow *flow)
{
	if (!flow->label.text[0])
		return;
	const struct block_style *style = style_block(flow->style, flow->label.item);
	struct box box = {.owner = flow->label.item->id};
	flow_put_label(flow, &box, 0);
	flow_push(flow, (struct slab){.height = style->text.leading, .before = style->before}, box);
	flow->keep = 1;
}

/* Such a list stands as its items do: as near to what is above it as to what is below. */
static bool is_in_item(const struct node *list)
{
	return list->parent && list->parent->tag == TAG_LI;
}

void flow_list(struct flow *flow, const struct node *list)
{
	const struct block_style *style = style_block(flow->style, list);
	const struct block_style *item_style = list->first ? style_block(flow->style, list->first)
							   : &flow->style->block[TAG_LI];
	const struct sides sides = flow->sides,
			   list_sides = sides_within(
				   sides, list->leftwards, style->indent_left, style->indent_right);
	int number = 0;
	sp column = letter_list_is_own(list) || item_style != &flow->style->block[TAG_LI]
		? own_column(flow, list)
		: label_column(flow, letter_label_kind(list), node_child_count(list));
	sp indent = label_indent(item_style, column);
	put_loose_label(flow);
	if (!is_in_item(list))
		flow->space = flow->space > style->before ? flow->space : style->before;
	node_each (item, list) {
		int first = flow->slabs.len;
		letter_item_label(list, ++number, flow->label.text);
		flow->label.item = item;
		flow->label.sides = list_sides;
		if (list->leftwards)
			flow->label.sides.left = list_sides.right - column;
		else
			flow->label.sides.right = list_sides.left + column;
		flow->sides = sides_within(list_sides, list->leftwards, indent, 0);
		flow_blocks(flow, item);
		put_loose_label(flow);
		flow_keep(flow, item, first);
	}
	flow->sides = sides;
	if (!is_in_item(list))
		flow->space = flow->space > style->after ? flow->space : style->after;
}
