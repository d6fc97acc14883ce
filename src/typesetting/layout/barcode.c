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

static sp edge_of(const struct barcode *barcode, sp module)
{
	return barcode->edge ? barcode->edge : module * barcode->quiet;
}

static sp room_module(
	const struct flow *flow, const struct node *node, const struct barcode *barcode, sp module)
{
	struct sides room = room_of(flow, node, edge_of(barcode, module));
	return (room.right - room.left) / barcode->width;
}

/* The width of a module; 0 after an error. */
static sp find_module(struct flow *flow, const struct node *node, const struct barcode *barcode)
{
	sp wanted = 0, module = barcode->module;
	if (length_read(node_attribute(node, "width"), &wanted))
		module = wanted / barcode->width;
	else if (!barcode->edge && room_module(flow, node, barcode, module) < module)
		module = larger(room_module(flow, node, barcode, module), barcode->least);
	if (module < 1 || room_module(flow, node, barcode, module) < module) {
		sp edge = edge_of(barcode, module);
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

/* In the middle of the code, above its modules. */
static void put_cross(struct flow *flow, struct box *box, const struct mark *mark)
{
	const struct barcode_patch *patches = barcode_cross();
	sp cross = mark->barcode->cross;
	sp left = mark->x + (mark->width - cross) / 2, top = mark->y + (mark->height - cross) / 2;
	for (int i = 0; cross && i < BARCODE_PATCHES; i++)
		box_mark(flow->arena, box,
			(struct mark){.kind = MARK_RULE,
				.artifact = ARTIFACT_LAYOUT,
				.node = -1,
				.x = left + length_scale(cross, patches[i].left, 1000),
				.y = top + length_scale(cross, patches[i].top, 1000),
				.width = length_scale(cross, patches[i].width, 1000),
				.height = length_scale(cross, patches[i].height, 1000),
				.colour = patches[i].white ? PAPER : 0});
}

/* White edge included, from the box's top; gives where it ends. */
static sp put_code(
	struct flow *flow, const struct node *node, struct mark mark, struct box *box, sp y)
{
	const struct block_style *style = &flow->style->block[TAG_BARCODE];
	sp edge = edge_of(mark.barcode, mark.width / mark.barcode->width);
	sp above = mark.barcode->bars ? 0 : edge;
	struct sides room = room_of(flow, node, edge);
	mark.x = aligned_left(room, style->align, mark.width, node->leftwards);
	mark.y = length_sum(y, above);
	mark.node = node->id - box->owner;
	box_mark(flow->arena, box, mark);
	put_cross(flow, box, &mark);
	return length_sum(length_sum(y, mark.height), 2 * above);
}

/* False after an error. */
static bool set_code(struct flow *flow, const struct node *node, struct mark *mark)
{
	struct str data = node_barcode_data(flow->arena, node);
	const struct barcode *barcode = barcode_encode(
		flow->arena, node_attribute(node, "type"), data, node->at, flow->diags);
	sp module = barcode ? find_module(flow, node, barcode) : 0, height = BARS_HEIGHT;
	if (!module)
		return false;
	if (barcode->bars)
		length_read(node_attribute(node, "height"), &height);
	else
		height = module * barcode->height;
	*mark = (struct mark){.kind = MARK_BARCODE,
		.width = module * barcode->width,
		.height = height,
		.barcode = barcode};
	return true;
}

sp set_barcode(
	struct flow *flow, const struct node *node, struct sides sides, sp y, struct box *box)
{
	struct sides before = flow->sides;
	struct mark mark;
	flow->sides = sides;
	if (set_code(flow, node, &mark))
		y = put_code(flow, node, mark, box, y);
	flow->sides = before;
	return y;
}

void flow_barcode(struct flow *flow, const struct node *node)
{
	const struct block_style *style = &flow->style->block[TAG_BARCODE];
	struct box box = {.owner = node->id};
	struct mark mark;
	if (!set_code(flow, node, &mark))
		return;
	sp height = put_code(flow, node, mark, &box, 0), above = box.marks.at[0].y;
	flow_put_label(flow, &box, above);
	struct slab slab = {
		.height = height, .before = style->before > above ? style->before - above : 0};
	flow->space = flow->space > above ? flow->space - above : 0;
	flow_push(flow, slab, box);
	flow->keep = 0;
	flow->space = style->after > above ? style->after - above : 0;
}
