/* watermark.c - a word across every page of a letter: COPY, DRAFT. It is pale, stands below all
 * else, and is no part of what is read: who means it for a listener writes it into the letter. */
#include "layout/flow_int.h"

enum { COLOUR = 0xE3E3E3, TRIED = 100 * SP_PER_PT, MOST = 150 * SP_PER_PT };

/* Of a length along the baseline, how far it goes to the right, and up. */
static sp slanted(sp length)
{
	return length_scale(length, 7071068, 10000000);
}

static struct box set_word(struct flow *flow, struct str word, sp size)
{
	struct block_style *style = arena_alloc(flow->arena, sizeof *style);
	*style = flow->style->page_number;
	style->text.size = style->text.leading = size;
	style->text.bold = true;
	style->text.colour = COLOUR;
	style->align = ALIGN_LEFT;
	return set_plain(flow, plain_of_letter(flow, word), style, (struct sides){0, SP_MAX / 4},
		ARTIFACT_WORD);
}

static sp width_of(const struct box *box)
{
	sp left = SP_MAX, right = 0;
	for (int i = 0; i < box->marks.len; i++) {
		const struct mark *mark = &box->marks.at[i];
		left = mark->x < left ? mark->x : left;
		right = mark->x + mark->width > right ? mark->x + mark->width : right;
	}
	return right > left ? right - left : 0;
}

/* As wide as the paper lets it be, in the middle. */
void watermark_place(struct flow *flow, struct box *page)
{
	const struct style *style = flow->style;
	struct str word = str_trim(node_attribute(flow->letter->root, "watermark"));
	if (!word.len)
		return;
	struct box box = set_word(flow, word, TRIED);
	sp width = width_of(&box),
	   shorter = style->page_width < style->page_height ? style->page_width
							    : style->page_height;
	sp size = width ? length_scale(TRIED, shorter, width) : TRIED;
	size = size < MOST ? size : MOST;
	box = set_word(flow, word, size);
	width = width_of(&box);
	sp first = box.marks.len ? box.marks.at[0].x : 0;
	sp middle = slanted(size) * 9 / 25; /* of its capitals */
	for (int i = 0; i < box.marks.len; i++)
		first = box.marks.at[i].x < first ? box.marks.at[i].x : first;
	for (int i = 0; i < box.marks.len; i++) {
		struct mark *mark = &box.marks.at[i];
		sp along = slanted(mark->x - first) - slanted(width) / 2;
		mark->rises = true;
		mark->x = style->page_width / 2 + along + middle;
		mark->y = style->page_height / 2 - along + middle;
	}
	box_add(flow->arena, page, &box, 0);
}
