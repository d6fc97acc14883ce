/* column.c - a column of lines, pictures and codes: of a footer beside others, of a letterhead, a
 * continuation or a slip where the style puts it. */
#include "layout/flow_int.h"

#include "base/diag_id.h"

struct frame line_frame(const struct flow *flow, const struct node *line, const struct frame *frame)
{
	struct frame own = *frame;
	const struct block_style *style = style_block(flow->style, line);
	own.before = 0;
	if (!style_has_variant(flow->style, line))
		return own;
	own.style = style;
	own.text = &style->text;
	own.leading = style->text.leading;
	own.sides = sides_within(
		own.sides, node_lines_run_leftwards(line), style->indent_left, style->indent_right);
	own.before = style->before;
	return own;
}

/* Among the lines, aligned as they are. */
static sp set_image(struct flow *flow, const struct node *image, const struct frame *frame, sp y,
	struct box *box)
{
	struct picture_room room = {
		0, frame->sides.right - frame->sides.left, flow->style->page_height / 4};
	struct mark mark;
	if (frame->style->place.height)
		room.height = frame->style->place.height;
	if (!set_picture(flow, image, room, &mark))
		return y;
	mark.x = aligned_left(frame->sides, frame->style->align, mark.width, image->leftwards);
	mark.y = y;
	mark.node = image->id - box->owner;
	box_mark(flow->arena, box, mark);
	return length_sum(y, mark.height);
}

static sp set_line(struct flow *flow, const struct node *line, const struct frame *frame, sp y,
	struct box *box)
{
	const struct setting *setting = set_paragraph(flow, line, frame);
	for (int i = 0; i < setting->count; i++, y = length_sum(y, setting->leading))
		box_add_line(flow->arena, box, line->id, &setting->lines[i], y);
	return y;
}

sp column_set(struct flow *flow, const struct node *column, const struct frame *frame, sp y,
	struct box *box)
{
	struct frame look = line_frame(flow, column, frame);
	sp top = y;
	node_each (line, column) {
		struct frame own = line_frame(flow, line, &look);
		if (line->tag == TAG_IMAGE) {
			y = set_image(flow, line, &look, y, box);
		} else if (line->tag == TAG_BARCODE) {
			y = set_barcode(flow, line, look.sides, y, box);
		} else {
			y = set_line(
				flow, line, &own, y > top ? length_sum(y, own.before) : y, box);
		}
	}
	return y;
}

/* What reaches farther than the style lays down. */
static void check_height(struct flow *flow, const struct node *column, sp height)
{
	sp most = style_block(flow->style, column)->place.height;
	if (most && height > most)
		diag_add(flow->diags, COLUMN_HEIGHT, column->at,
			length_text(flow->arena, height).at, length_text(flow->arena, most).at);
}

sp column_place(struct flow *flow, const struct node *column, struct area room, struct box *box)
{
	const struct block_style *style = style_block(flow->style, column);
	struct frame frame = frame_of(flow, &flow->style->block[column->parent->tag], column);
	sp top = length_sum(room.top, style->place.top);
	sp right = length_sum(style->place.left, style->place.width);
	if (!style_has_variant(flow->style, column) || !style->place.width) {
		diag_add0(flow->diags, COLUMN_PLACE, column->at);
		return room.top;
	}
	frame.sides = (struct sides){style->place.left, right};
	sp bottom = column_set(flow, column, &frame, top, box);
	check_height(flow, column, bottom - top);
	if (right > room.right || bottom > room.bottom)
		diag_add(flow->diags, FIXED_BESIDE, column->at, tag_element(column->tag));
	return bottom;
}
