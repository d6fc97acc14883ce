/* list.c - lists, nested to any depth. */
#include "layout/flow_int.h"

void flow_loose_label(struct flow *flow)
{
	if (!flow->label.text[0])
		return;
	const struct block_style *style = &flow->style->block[TAG_LI];
	const struct node *item = flow->label.item;
	struct str content = str_copy(flow->arena, str_of(flow->label.text));
	struct box box = set_plain(
		flow, content, style, flow->label.left, flow->right, ARTIFACT_NONE);
	box.owner = item->id;
	sp baseline = line_baseline(flow->layout->text,
		text_style_face(flow->layout->text, &style->text), style->text.size,
		style->text.leading);
	for (int i = 0; i < box.marks.len; i++) {
		box.marks.at[i].node = 0;
		box.marks.at[i].role = ROLE_LABEL;
		box.marks.at[i].y += baseline;
	}
	flow->label.text[0] = '\0';
	flow_push(flow, (struct slab){.height = style->text.leading, .before = style->before}, box);
	flow->keep = 1;
}

void flow_list(struct flow *flow, const struct node *list)
{
	const struct block_style *style = &flow->style->block[list->tag];
	const struct block_style *item_style = &flow->style->block[TAG_LI];
	sp left = flow->left, right = flow->right;
	int number = 0;
	flow_loose_label(flow);
	flow->space = flow->space > style->before ? flow->space : style->before;
	flow->left += style->indent_left;
	flow->right -= style->indent_right;
	node_each (item, list) {
		letter_item_label(item, ++number, flow->label.text);
		flow->label.item = item;
		flow->label.left = flow->left;
		flow->left += item_style->indent_left;
		flow_blocks(flow, item);
		flow_loose_label(flow);
		flow->left -= item_style->indent_left;
	}
	flow->left = left;
	flow->right = right;
	flow->space = flow->space > style->after ? flow->space : style->after;
}
