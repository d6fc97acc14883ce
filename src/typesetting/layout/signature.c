/* signature.c - who signs, as one slab: a signature, or several side by side. */
#include "layout/flow_int.h"

/* A signature that is set, y from its own top. */
struct hand {
	struct box box;
	sp height, room; /* at its top, for the hand, or above its picture */
	int notes;
};

static sp space_of(const struct flow *flow, const struct node *signature)
{
	sp space = flow->style->block[TAG_SIGNATURE].space;
	length_read(node_attribute(signature, "space"), &space);
	return space;
}

/* Room for the hand, with the picture of a signature in it if there is one, then the lines. */
static struct hand set_hand(struct flow *flow, const struct node *signature, struct sides sides)
{
	const struct block_style *style = &flow->style->block[TAG_SIGNATURE];
	struct frame frame = frame_of(flow, style, signature);
	struct mark picture;
	sp space = space_of(flow, signature);
	frame.sides = sides;
	struct hand hand = {.box = {.owner = signature->id}, .height = space, .room = space};
	if (node_attribute(signature, "src").at &&
		set_picture(flow, signature,
			(struct picture_room){0, sides.right - sides.left, space}, &picture)) {
		picture.x = signature->leftwards ? sides.right - picture.width : sides.left;
		picture.y = hand.room = space - picture.height;
		box_mark(flow->arena, &hand.box, picture);
	}
	node_each (line, signature) {
		const struct setting *setting = set_paragraph(flow, line, &frame);
		for (int i = 0; i < setting->count; i++) {
			box_add_line(
				flow->arena, &hand.box, line->id, &setting->lines[i], hand.height);
			hand.height = length_sum(hand.height, setting->leading);
			hand.notes += setting->lines[i].notes;
		}
	}
	return hand;
}

/* The area of the signature that the letter's seal will take. */
static void take_area(struct flow *flow, const struct node *signature, const struct hand *hand,
	struct sides sides)
{
	flow->signature_room = hand->room;
	flow->signature_area = (struct area){.node = signature->id,
		.left = sides.left,
		.right = sides.right,
		.bottom = hand->height};
}

void flow_signature(struct flow *flow, const struct node *signature)
{
	const struct block_style *style = &flow->style->block[TAG_SIGNATURE];
	struct sides sides = frame_of(flow, style, signature).sides;
	struct hand hand = set_hand(flow, signature, sides);
	flow->signature = flow_push(flow,
		(struct slab){.height = hand.height, .before = style->before, .notes = hand.notes},
		hand.box);
	take_area(flow, signature, &hand, sides);
	flow->space = style->after;
}

/* Of so many columns of one width. */
static struct sides column_of(struct sides sides, bool leftwards, sp gap, int column, int count)
{
	sp room = sides.right - sides.left, width = (room - gap * (count - 1)) / count;
	sp begin = column * (width + gap);
	return sides_within(sides, leftwards, begin, room - begin - width);
}

static sp most_space(const struct flow *flow, const struct node *signatures)
{
	sp most = 0;
	node_each (signature, signatures)
		if (space_of(flow, signature) > most)
			most = space_of(flow, signature);
	return most;
}

/* The names stand on one line, below the most room that one of them has. The first is that of who
 * seals the letter. */
void flow_signatures(struct flow *flow, const struct node *signatures)
{
	const struct block_style *style = &flow->style->block[TAG_SIGNATURES];
	struct sides all = frame_of(flow, style, signatures).sides;
	struct box box = {.owner = signatures->id};
	struct slab slab = {.before = style->before};
	int count = node_child_count(signatures), column = 0;
	sp most = most_space(flow, signatures);
	node_each (signature, signatures) {
		struct sides sides = column_of(
			all, signatures->leftwards, style->space, column, count);
		struct hand hand = set_hand(flow, signature, sides);
		sp lower = most - space_of(flow, signature);
		hand.room = length_sum(hand.room, lower);
		hand.height = length_sum(hand.height, lower);
		if (column++ == 0)
			take_area(flow, signature, &hand, sides);
		box_add(flow->arena, &box, &hand.box, lower);
		slab.height = hand.height > slab.height ? hand.height : slab.height;
		slab.notes += hand.notes;
	}
	flow->signature = flow_push(flow, slab, box);
	flow->space = style->after;
}
