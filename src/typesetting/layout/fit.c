/* fit.c - a last page of a few lines is saved by setting the letter a little tighter, where the
 * style allows it.
 *
 * Leading and the space between blocks shrink together, in steps, as far as the style's floors; the
 * least step that saves the page is taken. Only lines of text are drawn together: tables, pictures
 * and the room for a signature stay as they are. Setting the type smaller was rejected: it breaks
 * the lines anew, and readers see it. */
#include "layout/flow_int.h"

#include "base/diag_id.h"

enum { STEPS = 10 };

static sp scaled(sp length, int per_mille)
{
	return length_scale(length, per_mille, 1000);
}

/* per mille at a step: from the whole down to the floor. */
static int at_step(int floor, int step)
{
	return 1000 - (1000 - floor) * step / STEPS;
}

static const struct slab *tightened(const struct flow *flow, int leading, int space)
{
	struct slab *slabs = arena_new_array(flow->arena, struct slab, flow->slabs.len);
	for (int i = 0; i < flow->slabs.len; i++) {
		slabs[i] = flow->slabs.at[i];
		slabs[i].before = scaled(slabs[i].before, space);
		if (slabs[i].is_line)
			slabs[i].height = scaled(slabs[i].height, leading);
	}
	return slabs;
}

/* A row or a picture counts as the lines that are as high, the room for a hand as none. */
static bool is_short(const struct flow *flow, const struct page_span *last)
{
	sp leading = flow->style->block[TAG_P].text.leading;
	int lines = 0;
	for (int i = last->from; i < last->to; i++)
		lines += flow->slabs.at[i].is_line ? 1
			: i == flow->signature     ? 0
						   : flow->slabs.at[i].height / leading;
	return lines < flow->style->fit_lines;
}

int fit_pages(struct flow *flow, struct column *column, struct page_span **spans, int count)
{
	const struct style *style = flow->style;
	if (style->fit_lines == 0 || count < 2 || !is_short(flow, *spans + count - 1))
		return count;
	for (int step = 1; step <= STEPS; step++) {
		int leading = at_step(style->fit_leading, step);
		int space = at_step(style->fit_space, step);
		struct column tight = *column;
		tight.slabs = tightened(flow, leading, space);
		struct page_span *fewer;
		int pages = page_divide(flow->arena, &tight, &fewer, NULL);
		if (pages >= count)
			continue;
		diag_add(flow->diags, FIT, flow->letter->root->at,
			diag_int(flow->diags, (leading + 5) / 10),
			diag_int(flow->diags, (space + 5) / 10));
		*column = tight;
		*spans = fewer;
		return pages;
	}
	return count;
}
