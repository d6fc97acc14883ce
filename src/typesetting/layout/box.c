/* box.c - boxes of marks put into boxes of marks. */
#include "layout/flow_int.h"

struct mark *box_mark(struct arena *arena, struct box *box, struct mark mark)
{
	struct mark *added = vec_push(arena, &box->marks);
	*added = mark;
	return added;
}

sp mark_advance(const struct mark *mark, int64_t units, int64_t blanks, int units_per_em)
{
	int64_t width = length_scale(units, mark->height, units_per_em);
	return length_sum(width + width * mark->expansion / 1000, blanks * mark->space);
}

void box_add(struct arena *arena, struct box *box, const struct box *more, sp y)
{
	int shift = more->owner - box->owner;
	for (int i = 0; i < more->marks.len; i++) {
		struct mark *mark = box_mark(arena, box, more->marks.at[i]);
		mark->y = length_sum(mark->y, y);
		mark->node += mark->artifact == ARTIFACT_NONE ? shift : 0;
	}
	for (int i = 0; i < more->links.len; i++) {
		struct link_area *link = vec_push(arena, &box->links);
		*link = more->links.at[i];
		link->top = length_sum(link->top, y);
		link->bottom = length_sum(link->bottom, y);
		link->node += shift;
	}
}

void box_repeat(
	struct arena *arena, struct box *box, const struct box *more, sp y, enum artifact artifact)
{
	for (int i = 0; i < more->marks.len; i++) {
		struct mark mark = more->marks.at[i];
		if (mark.artifact == ARTIFACT_NONE && mark.role == ROLE_LABEL)
			continue;
		if (mark.artifact == ARTIFACT_NONE) {
			mark.artifact = artifact;
			mark.node = -1;
		}
		mark.y = length_sum(mark.y, y);
		box_mark(arena, box, mark);
	}
}

void box_add_line(
	struct arena *arena, struct box *box, int owner, const struct set_line *line, sp y)
{
	struct box more = line->box;
	more.owner = owner;
	box_add(arena, box, &more, y);
}
