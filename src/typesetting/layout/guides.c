/* guides.c - lines on the page that are no part of the letter: fold and punch marks where the style
 * asks for them, and guides for whoever looks at a preview: margins, the window and its clear zone,
 * folds. All are artifacts. */
#include "layout/flow_int.h"

enum { HAIR = SP_PER_PT / 4, FAINT = SP_PER_PT / 2 };
static const uint32_t GREY = 0x808080, MARGIN = 0x2a9d8f, WINDOW = 0xd6336c, FOLD = 0x3366cc;

static sp least(sp a, sp b)
{
	return a < b ? a : b;
}

struct rule {
	sp x, y, width, height;
};

/* As far as it is on the paper: a fold may lie behind its end, and what must stay clear of a window
 * may be more than there is of it. */
static void put_rule(struct flow *flow, struct box *page, struct rule rule, uint32_t colour)
{
	sp right = least(length_sum(rule.x, rule.width), flow->style->page_width);
	sp bottom = least(length_sum(rule.y, rule.height), flow->style->page_height);
	if (rule.x < 0 || rule.y < 0 || right <= rule.x || bottom <= rule.y)
		return;
	struct mark mark = {
		.kind = MARK_RULE,
		.artifact = ARTIFACT_LAYOUT,
		.node = -1,
		.x = rule.x,
		.y = rule.y,
		.width = right - rule.x,
		.height = bottom - rule.y,
		.colour = colour,
	};
	box_mark(flow->arena, page, mark);
}

static void put_frame(
	struct flow *flow, struct box *page, const struct link_area *area, uint32_t colour)
{
	sp width = area->right - area->left, height = area->bottom - area->top;
	put_rule(flow, page, (struct rule){area->left, area->top, width, FAINT}, colour);
	put_rule(flow, page, (struct rule){area->left, area->bottom, width, FAINT}, colour);
	put_rule(flow, page, (struct rule){area->left, area->top, FAINT, height}, colour);
	put_rule(flow, page, (struct rule){area->right, area->top, FAINT, height}, colour);
}

void guides_marks(struct flow *flow, struct box *page)
{
	const struct style *style = flow->style;
	const struct {
		sp y, length;
	} marks[] = {
		{style->fold_first, pt(10)}, {style->fold_second, pt(10)}, {style->punch, pt(16)}};
	for (int i = 0; style->show_folds && i < 3; i++)
		if (marks[i].y > 0)
			put_rule(flow, page,
				(struct rule){pt(12), marks[i].y, marks[i].length, HAIR}, GREY);
}

static void draw_window(struct flow *flow, struct box *page)
{
	const struct style *style = flow->style;
	const struct link_area window = {.left = style->window.left,
		.top = style->window.top,
		.right = style->window.left + style->window.width,
		.bottom = style->window.top + style->window.height};
	put_frame(flow, page, &window, WINDOW);
	sp clear = style->window.clear;
	const struct link_area zone = {.left = window.left + clear,
		.top = window.top + clear + style->window.clear_top,
		.right = window.right - clear,
		.bottom = window.bottom - clear};
	if (clear || style->window.clear_top)
		put_frame(flow, page, &zone, WINDOW);
}

static void draw_all(struct flow *flow, struct box *page, bool first)
{
	const struct style *style = flow->style;
	const struct link_area margins = {.left = style->margin_left,
		.top = style->margin_top,
		.right = style->page_width - style->margin_right,
		.bottom = style->page_height - style->margin_bottom};
	const sp folds[] = {style->fold_first, style->fold_second};
	put_frame(flow, page, &margins, MARGIN);
	if (!first)
		return;
	if (style->window.width > 0)
		draw_window(flow, page);
	for (int i = 0; i < 2; i++)
		if (folds[i] > 0)
			put_rule(flow, page, (struct rule){0, folds[i], style->page_width, FAINT},
				FOLD);
}

void guides_draw(struct flow *flow, struct box *page, bool first)
{
	int from = page->marks.len;
	draw_all(flow, page, first);
	for (int i = from; i < page->marks.len; i++)
		page->marks.at[i].artifact = ARTIFACT_GUIDE;
}
