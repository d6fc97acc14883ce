/* order.c - the order of reading against the order on the page.
 *
 * A letter is heard in the order of its template, wherever its blocks are put: an address that is
 * written below the text still stands in the envelope's window. Of two blocks that are heard one
 * after the other on a page, the later one is not to stand above. Side by side they may stand in
 * either order, and so may the parts of a letter's head, which envelopes and offices put where they
 * will; notes are heard at their marks, and stand at the foot by custom. */
#include "layout/flow_int.h"

#include "base/diag_id.h"

/* What a block takes of a page: its baselines, and the tops of its pictures. */
struct stretch {
	const struct node *block; /* NULL: none yet */
	sp top, bottom;
};

static bool is_head(const struct node *block)
{
	static const enum tag heads[] = {TAG_LETTERHEAD, TAG_REFERENCE, TAG_DATE, TAG_INFORMATION,
		TAG_RETURN_ADDRESS, TAG_ADDRESS};
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
		if (block->tag == heads[i])
			return true;
	return false;
}

static bool is_in_note(const struct node *node)
{
	while (node && node->tag != TAG_NOTE)
		node = node->parent;
	return node;
}

static const struct node *block_of(const struct node *node)
{
	while (node->parent && node->parent->parent)
		node = node->parent;
	return node;
}

/* The stretches of a page's blocks, in the order of the letter: by the block's place in it. */
static void take_mark(
	struct stretch *stretches, const struct letter *letter, const struct mark *mark)
{
	const struct node *node = mark->node >= 0 ? letter->nodes[mark->node] : NULL;
	if (mark->artifact != ARTIFACT_NONE || !node || !node->parent || mark->kind == MARK_RULE ||
		(mark->role != ROLE_NOTE_MARK && is_in_note(node)))
		return;
	const struct node *block = block_of(node);
	struct stretch *stretch = &stretches[block->id];
	if (!stretch->block)
		*stretch = (struct stretch){block, mark->y, mark->y};
	stretch->top = mark->y < stretch->top ? mark->y : stretch->top;
	stretch->bottom = mark->y > stretch->bottom ? mark->y : stretch->bottom;
}

static void check_page(
	const struct flow *flow, const struct page *page, int number, struct stretch *stretches)
{
	const struct letter *letter = flow->letter;
	const struct stretch *last = NULL;
	memset(stretches, 0, (size_t)letter->node_count * sizeof *stretches);
	for (int i = 0; i < page->mark_count; i++)
		take_mark(stretches, letter, &page->marks[i]);
	node_each (block, letter->root) {
		const struct stretch *now = &stretches[block->id];
		if (!now->block)
			continue;
		bool head = last && is_head(block) && is_head(last->block);
		if (last && !head && now->bottom < last->top)
			diag_add(flow->diags, READING_ORDER, block->at, tag_element(block->tag),
				tag_element(last->block->tag), diag_int(flow->diags, number),
				tag_element(last->block->tag));
		last = now;
	}
}

void order_check(const struct flow *flow, const struct pages *pages)
{
	struct arena_mark mark = arena_save(flow->arena);
	struct stretch *stretches = arena_alloc(
		flow->arena, (size_t)flow->letter->node_count * sizeof *stretches);
	for (int i = 0; i < pages->count; i++)
		check_page(flow, &pages->page[i], i + 1, stretches);
	arena_restore(flow->arena, mark);
}
