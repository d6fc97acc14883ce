/* rules.c - what is drawn in and around the words of a table: rules, frames and backgrounds, and
 * leaders. */
#include "layout/table_int.h"

static struct mark row_rule(
	const struct flow *flow, const struct columns *columns, sp y, sp thickness)
{
	const struct block_style *rule = &flow->style->block[TAG_RULE];
	return (struct mark){
		.kind = MARK_RULE,
		.artifact = ARTIFACT_LAYOUT,
		.node = -1,
		.x = columns->sides.left,
		.y = y,
		.width = columns->sides.right - columns->sides.left,
		.height = thickness,
		.colour = rule->text.colour,
	};
}

/* How thick the rule below a row is: fine but for the header and the end; 0: none. */
static sp rule_below(const struct flow *flow, const struct columns *columns, const struct node *row)
{
	sp thickness = flow->style->block[TAG_RULE].space;
	bool last = !row->next, header = row_is_header(row), total = !last && !row->next->next;
	switch (columns->style->rules) {
	case RULES_NONE:
		return 0;
	case RULES_ALL:
		return header || last ? thickness : thickness / 2;
	case RULES_HEADS:
	case RULES_TOTALS:
		break;
	}
	if (last || (header && !row_is_header(row->next)))
		return thickness;
	return total && columns->style->rules == RULES_TOTALS ? thickness / 2 : 0;
}

void put_rules(struct flow *flow, const struct columns *columns, const struct node *row,
	struct box *box, struct ends ends)
{
	sp below = rule_below(flow, columns, row);
	if (below && ends.last)
		box_mark(flow->arena, box, row_rule(flow, columns, ends.height - below, below));
	if (ends.first && row == row->parent->first && columns->style->rules != RULES_NONE)
		box_mark(flow->arena, box,
			row_rule(flow, columns, 0, flow->style->block[TAG_RULE].space));
}

/* Where cells meet, one line is the frame of both. */
static void back_cell(struct flow *flow, const struct columns *columns, struct box *box,
	const struct cell *cell, struct ends ends)
{
	const struct block_style *style = style_block(flow->style, cell->node);
	sp half = style->frame / 2;
	struct sides sides = sides_within(columns->sides, columns->leftwards,
		column_begin(columns, cell->from),
		columns->sides.right - columns->sides.left - column_begin(columns, cell->to));
	sides = sides_within(
		sides, false, cell->from ? -half : 0, cell->to < columns->count ? -half : 0);
	backing_put(flow, box, style,
		&(struct backing){sides, ends.first ? -half : 0,
			ends.last ? length_sum(ends.height, half) : ends.height, ends.first,
			ends.last});
}

/* Its own, and that of cells which do not merely look as it does. */
void back_row(struct flow *flow, const struct columns *columns, struct box *box,
	const struct node *row, struct ends ends)
{
	const struct block_style *style = style_block(flow->style, row);
	int c = 0;
	if (!columns->backed)
		return;
	backing_put(flow, box, style,
		&(struct backing){columns->sides, 0, ends.height, ends.first, ends.last});
	node_each (node, row) {
		struct cell cell = cell_at(columns, node, c, false);
		c += node_span(node);
		if (style_block(flow->style, node) != style)
			back_cell(flow, columns, box, &cell, ends);
	}
}

/* -- leaders --------------------------------------------------------------------------------- */

/* What the words of a line take, and how they look. */
struct extent {
	sp left, right;
	const struct mark *last; /* NULL: there are none */
};

static struct extent extent_of(const struct set_line *line)
{
	struct extent words = {0};
	for (int i = 0; i < line->box.marks.len; i++) {
		const struct mark *mark = &line->box.marks.at[i];
		if (mark->kind != MARK_GLYPHS || mark->role == ROLE_LABEL || !mark->glyph_count)
			continue;
		sp end = mark->x + mark->width;
		words.left = !words.last || mark->x < words.left ? mark->x : words.left;
		words.right = !words.last || end > words.right ? end : words.right;
		words.last = mark;
	}
	return words;
}

/* Drawn, so that nobody copies or hears them; one below the other in all rows of a size. */
static void put_dots(
	struct flow *flow, struct box *box, const struct mark *like, struct sides gap, sp top)
{
	sp step = like->height / 2, dot = like->height / 11;
	sp first = (gap.left + step / 2 + step - 1) / step * step;
	if (step < SP_PER_PT / 4 || first + step + dot > gap.right - step / 2)
		return;
	for (sp x = first; x + dot <= gap.right - step / 2; x += step)
		box_mark(flow->arena, box,
			(struct mark){.kind = MARK_RULE,
				.artifact = ARTIFACT_LAYOUT,
				.node = -1,
				.x = x,
				.y = top + like->y - dot,
				.width = dot,
				.height = dot,
				.colour = like->colour});
}

static void put_leader(struct flow *flow, struct box *box, const struct set_line *lines[2], sp top)
{
	struct extent one = extent_of(lines[0]), other = extent_of(lines[1]);
	if (!one.last || !other.last)
		return;
	bool leftwards = other.right <= one.left;
	put_dots(flow, box, one.last,
		leftwards ? (struct sides){other.right, one.left}
			  : (struct sides){one.right, other.left},
		top);
}

void put_leaders(
	struct flow *flow, const struct set_row *row, struct lines lines, struct box *box, sp top)
{
	for (int c = 0; c + 1 < row->count && !row->header; c++) {
		const struct setting *one = row->cells[c], *other = row->cells[c + 1];
		sp y = top;
		for (int i = lines.from; i < lines.to && i < one->count && i < other->count; i++) {
			put_leader(flow, box,
				(const struct set_line *[]){&one->lines[i], &other->lines[i]}, y);
			y = length_sum(y, one->leading);
		}
	}
}
