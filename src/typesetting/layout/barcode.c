/* barcode.c - codes as slabs, with the white edge that readers need. */
#include "layout/flow_int.h"

#include "base/diag_id.h"

enum { BARS_HEIGHT = SP_PER_PT * 36 }; /* half an inch */

static sp larger(sp a, sp b)
{
	return a > b ? a : b;
}

/* Where a code may stand: the column, less what its edge takes of the paper or a label. */
static struct sides room_of(const struct flow *flow, const struct node *node, sp edge)
{
	struct sides room = frame_of(flow, &flow->style->block[TAG_BARCODE], node).sides;
	sp right = flow->style->page_width - edge;
	if (node->parent->tag == TAG_LI)
		room = sides_within(room, node->parent->leftwards, edge, 0);
	room.left = larger(room.left, edge);
	room.right = room.right > right ? right : room.right;
	return room;
}

static sp room_module(
	const struct flow *flow, const struct node *node, const struct barcode *barcode, sp module)
{
	struct sides room = room_of(flow, node, module * barcode->quiet);
	return (room.right - room.left) / barcode->width;
}

/* The width of a module; 0 after an error. */
static sp find_module(struct flow *flow, const struct node *node, const struct barcode *barcode)
{
	sp wanted = 0, module = barcode->module;
	if (length_read(node_attribute(node, "width"), &wanted))
		module = wanted / barcode->width;
	else if (room_module(flow, node, barcode, module) < module)
		module = larger(room_module(flow, node, barcode, module), barcode->least);
	if (module < 1 || room_module(flow, node, barcode, module) < module) {
		sp edge = module * barcode->quiet;
		struct sides room = room_of(flow, node, edge);
		diag_add(flow->diags, BARCODE_ROOM, node->at,
			length_text(flow->arena, (int64_t)module * barcode->width).at,
			length_text(flow->arena, room.right - room.left).at,
			length_text(flow->arena, edge).at);
		return 0;
	}
	/* A hundredth of a millimetre is what a length may have lost on the way. */
	if (module + module / 100 < barcode->least)
		diag_add(flow->diags, BARCODE_SMALL, node->at,
			length_text(flow->arena, (int64_t)module * barcode->width).at,
			length_text(flow->arena, (int64_t)barcode->least * barcode->width).at);
	return module;
}

static void push_barcode(struct flow *flow, const struct node *node, struct mark mark, sp edge)
{
	const struct block_style *style = &flow->style->block[TAG_BARCODE];
	struct sides room = room_of(flow, node, edge);
	struct box box = {.owner = node->id};
	sp above = mark.barcode->bars ? 0 : edge;
	mark.x = aligned_left(room, style->align, mark.width, node->leftwards);
	mark.y = above;
	box_mark(flow->arena, &box, mark);
	flow_put_label(flow, &box, above);
	struct slab slab = {.height = length_sum(mark.height, 2 * above),
		.before = style->before > above ? style->before - above : 0};
	flow->space = flow->space > above ? flow->space - above : 0;
	flow_push(flow, slab, box);
	flow->keep = 0;
	flow->space = style->after > above ? style->after - above : 0;
}

void flow_barcode(struct flow *flow, const struct node *node)
{
	struct str data = node_barcode_data(flow->arena, node);
	const struct barcode *barcode = barcode_encode(
		flow->arena, node_attribute(node, "type"), data, node->at, flow->diags);
	sp module = barcode ? find_module(flow, node, barcode) : 0, height = BARS_HEIGHT;
	if (!module)
		return;
	if (barcode->bars)
		length_read(node_attribute(node, "height"), &height);
	else
		height = module * barcode->height;
	struct mark mark = {.kind = MARK_BARCODE,
		.width = module * barcode->width,
		.height = height,
		.barcode = barcode};
	push_barcode(flow, node, mark, module * barcode->quiet);
}
