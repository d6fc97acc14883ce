/* picture.c - pictures as slabs. */
#include "layout/flow_int.h"

#include "base/diag_id.h"

#include "template/template.h"

static sp wanted_width(const struct node *node, const struct picture *picture, sp wanted)
{
	sp own;
	if (length_read(node_attribute(node, "width"), &own) && own > 0)
		return own;
	return wanted ? wanted : picture->natural_width;
}

/* Whether there is room for a picture at all: not between indents that meet, nor in none at all. */
static bool check_room(
	struct flow *flow, const struct node *node, sp width, sp max_width, sp max_height)
{
	struct arena *arena = flow->arena;
	if (max_width <= 0)
		diag_add(flow->diags, LINE_WIDE, node->at,
			diag_str(flow->diags, node_attribute(node, "src")),
			length_text(arena, (int64_t)width - max_width).at,
			length_text(arena, max_width).at);
	else if (max_height <= 0)
		diag_add(flow->diags, PICTURE_ROOM, node->at,
			diag_str(flow->diags, node_attribute(node, "src")));
	return max_width > 0 && max_height > 0;
}

bool set_picture(
	struct flow *flow, const struct node *node, struct picture_room room, struct mark *mark)
{
	struct str dir = path_dir(str_of(flow->letter->template->file));
	struct str path = path_join(flow->arena, dir, node_attribute(node, "src"));
	const struct picture *picture = pictures_find(
		flow->layout->pictures, path.at, node->at, flow->diags);
	if (!picture)
		return false;
	sp width = wanted_width(node, picture, room.wanted);
	if (!check_room(flow, node, width, room.width, room.height))
		return false;
	if (width > room.width)
		width = room.width;
	int64_t height = (int64_t)width * picture->height / picture->width;
	if (height > room.height) {
		width = length_scale(room.height, picture->width, picture->height);
		height = room.height;
	}
	*mark = (struct mark){
		.kind = MARK_PICTURE,
		.width = width,
		.height = (sp)height,
		.picture = picture,
	};
	return true;
}

/* What stands with the next slab on one page, a heading above a picture. */
static int64_t kept_height(const struct flow *flow, sp before)
{
	int64_t height = 0;
	for (int i = flow->slabs.len - 1; flow->keep > 0 && i > 0; i--) {
		const struct slab *slab = &flow->slabs.at[i];
		bool more = slab->break_cost >= SLAB_KEEP && i > 1;
		height += slab->height + (more ? slab->before : 0);
		if (!more)
			break;
	}
	return height ? height + (flow->space > before ? flow->space : before) : 0;
}

sp aligned_left(struct sides sides, enum align align, sp width, bool leftwards)
{
	sp spare = sides.right - sides.left - width;
	sp indent = align == ALIGN_RIGHT ? spare : align == ALIGN_CENTRE ? spare / 2 : 0;
	return sides.left + (leftwards ? spare - indent : indent);
}

sp set_head_picture(struct flow *flow, const struct node *node, struct box *box, sp *taken)
{
	enum { GAP = SP_PER_PT * 12 }; /* between two */
	const struct style *style = flow->style;
	bool first = node->parent->tag == TAG_LETTERHEAD;
	const struct picture_place *place = first ? &style->letterhead_picture
						  : &style->continuation_picture;
	sp top = place->top ? place->top : first ? style->head_top : style_continuation_top(style);
	struct sides sides = flow->sides;
	struct mark mark;
	if (place->left)
		sides = (struct sides){place->left, style->page_width};
	bool right = place->align == ALIGN_RIGHT && !place->left;
	sides = sides_within(sides, right != node->leftwards, *taken, 0);
	struct picture_room room = {place->width, sides.right - sides.left,
		place->height ? place->height : style->page_height - top};
	if (!set_picture(flow, node, room, &mark))
		return 0;
	mark.x = aligned_left(sides, place->left ? ALIGN_LEFT : place->align, mark.width,
		node->leftwards && !place->left);
	mark.y = top;
	mark.node = node->id - box->owner;
	if (!first) {
		mark.artifact = ARTIFACT_HEADER;
		mark.node = -1;
	}
	box_mark(flow->arena, box, mark);
	*taken = length_sum(*taken, length_sum(mark.width, GAP));
	return length_sum(top, mark.height);
}

void flow_image(struct flow *flow, const struct node *image)
{
	const struct block_style *style = &flow->style->block[TAG_IMAGE];
	struct frame frame = frame_of(flow, style, image);
	struct box box = {.owner = image->id};
	struct mark mark;
	sp room = flow->style->page_height - flow->later_top - flow->foot_room[1].text;
	int64_t kept = kept_height(flow, style->before);
	room -= kept < room / 2 ? (sp)kept : 0; /* else they are parted */
	sp width = frame.sides.right - frame.sides.left;
	if (!set_picture(flow, image, (struct picture_room){0, width, room}, &mark))
		return;
	mark.x = aligned_left(frame.sides, style->align, mark.width, image->leftwards);
	box_mark(flow->arena, &box, mark);
	flow_put_label(flow, &box, 0);
	flow_push(flow, (struct slab){.height = mark.height, .before = style->before}, box);
	flow->keep = 0; /* it is what a heading above it heads */
	flow->space = style->after;
}
