/* information.c - labels and their values. Beside the address they are a block, a row below the
 * other; where the style gives them no place of their own they stand side by side in the text,
 * each label above its value. */
#include "layout/flow_int.h"

#include "base/diag_id.h"

static void check_row(struct flow *flow, const struct node *row)
{
	int cells = node_child_count(row);
	if (cells != 2)
		diag_add(flow->diags, INFORMATION_ROW, row->at, diag_int(flow->diags, cells));
}

static struct frame cell_frame(const struct flow *flow, const struct node *cell, struct sides sides)
{
	bool label = cell == cell->parent->first;
	struct frame frame = frame_of(flow,
		label ? &flow->layout->label_style : &flow->style->block[TAG_INFORMATION], cell);
	frame.sides = sides;
	return frame;
}

/* How much lower the baseline of larger type is, in lines of one height. */
static sp label_drop(const struct flow *flow)
{
	const struct text_style *label = &flow->layout->label_style.text;
	const struct text_style *value = &flow->style->block[TAG_INFORMATION].text;
	const struct text *text = flow->layout->text;
	return line_baseline(text, text_style_face(text, value), value->size, value->leading) -
		line_baseline(text, text_style_face(text, label), label->size, value->leading);
}

static sp larger(sp a, sp b)
{
	return a > b ? a : b;
}

/* The first cell is the label, which stands on the line of its value. */
static sp fix_row(struct flow *flow, const struct node *row, struct sides sides, sp y)
{
	sp label_width = flow->style->information.label_width, width = sides.right - sides.left;
	sp bottom = y;
	node_each (cell, row) {
		bool label = cell == row->first;
		struct frame frame = cell_frame(flow, cell,
			label ? sides_within(sides, row->leftwards, 0, width - label_width)
			      : sides_within(sides, row->leftwards, label_width, 0));
		sp end = fix_paragraph(flow, cell, &frame, y + (label ? label_drop(flow) : 0));
		bottom = larger(bottom, end - (label ? label_drop(flow) : 0));
	}
	return bottom;
}

sp fix_information(struct flow *flow, const struct node *block, sp y)
{
	const struct style *style = flow->style;
	sp left = style->information.left;
	struct sides sides = {left, length_sum(left, style->information.width)};
	if (block->leftwards)
		sides = (struct sides){style->page_width - sides.right, style->page_width - left};
	node_each (row, block) {
		check_row(flow, row);
		y = fix_row(flow, row, sides, y);
	}
	return y;
}

/* -- in the text ------------------------------------------------------------------------------- */

static sp set_cell(struct flow *flow, const struct node *cell, struct sides sides, sp y,
	struct box *box, int *notes)
{
	struct frame frame = cell_frame(flow, cell, sides);
	const struct setting *setting = set_paragraph(flow, cell, &frame);
	for (int i = 0; i < setting->count; i++, y = length_sum(y, setting->leading)) {
		box_add_line(flow->arena, box, cell->id, &setting->lines[i], y);
		*notes += setting->lines[i].notes;
	}
	return y;
}

void flow_information(struct flow *flow, const struct node *block)
{
	const struct block_style *style = &flow->style->block[TAG_INFORMATION];
	struct sides sides = frame_of(flow, style, block).sides;
	struct box box = {.owner = block->id};
	struct slab slab = {.before = style->before};
	int count = node_child_count(block), c = 0;
	sp width = sides.right - sides.left, gap = count > 1 ? style->text.size : 0;
	flow_put_label(flow, &box, 0);
	node_each (row, block) {
		sp begin = length_scale(length_sum(width, gap), c, count);
		sp end = length_scale(length_sum(width, gap), ++c, count) - gap;
		struct sides own = sides_within(sides, block->leftwards, begin, width - end);
		sp y = 0;
		check_row(flow, row);
		node_each (cell, row)
			y = set_cell(flow, cell, own, y, &box, &slab.notes);
		slab.height = larger(slab.height, y);
	}
	if (!count)
		return;
	flow_push(flow, slab, box);
	flow->space = style->after;
}
