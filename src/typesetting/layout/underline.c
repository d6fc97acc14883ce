/* underline.c - the lines under links, which leave out what reaches into them: the tails of g and
 * y, commas, brackets (as browsers do: CSS Text Decoration 4, skip-ink). Half as much again as
 * its thickness stays free on either side. */
#include "layout/line_int.h"

enum { LEAST_PIECE = 2 }; /* thicknesses; what is shorter is left out as well */

static sp scaled(int units, sp size, const struct face *face)
{
	return length_scale(units, size, face->units_per_em);
}

/* A rule goes on where the one before ended. */
static void add_rule(struct setter *setter, struct mark rule)
{
	struct mark *last = setter->rules.len ? &setter->rules.at[setter->rules.len - 1] : NULL;
	if (last && length_sum(last->x, last->width) == rule.x && last->y == rule.y &&
		last->height == rule.height && last->colour == rule.colour)
		last->width = length_sum(last->width, rule.width);
	else
		*vec_push(setter->arena, &setter->rules) = rule;
}

static void add_gap(struct setter *setter, const struct mark *mark, const struct face *face,
	const struct glyph *glyph, sp origin)
{
	struct crossing crossing = shaper_crossing(
		setter->flow->layout->shaper, mark->face, glyph->id, glyph->dy);
	if (!crossing.crossed)
		return;
	sp free = scaled(face->underline_thickness * 3 / 2, mark->height, face);
	sp left = scaled(crossing.left + glyph->dx, mark->height, face);
	sp right = scaled(crossing.right + glyph->dx, mark->height, face);
	*vec_push(setter->arena, &setter->gaps) = (struct gap){
		length_sum(origin, (int64_t)width_expanded(left, mark->expansion) - free),
		length_sum(origin, (int64_t)width_expanded(right, mark->expansion) + free)};
}

static void add_gaps(struct setter *setter, const struct mark *mark, const struct face *face)
{
	int64_t units = 0, blanks = 0;
	for (int i = 0; i < mark->glyph_count; i++) {
		const struct glyph *glyph = &mark->glyphs[i];
		sp before = mark_advance(mark, units, blanks, face->units_per_em);
		units += glyph->advance;
		blanks += glyph_gives(mark->text, glyph, mark->space);
		sp behind = mark_advance(mark, units, blanks, face->units_per_em);
		add_gap(setter, mark, face, glyph,
			mark->leftwards ? length_sum(mark->x, (int64_t)mark->width - behind)
					: length_sum(mark->x, before));
	}
}

void underline_add(
	struct setter *setter, const struct run *run, const struct mark *mark, sp left, sp right)
{
	const struct face *face = text_face(setter->flow->layout->text, run->face);
	sp thickness = scaled(face->underline_thickness, run->size, face);
	sp middle = mark->y - scaled(face->underline_at, run->size, face);
	add_rule(setter,
		(struct mark){
			.kind = MARK_RULE,
			.artifact = ARTIFACT_LAYOUT,
			.node = -1,
			.x = left,
			.y = middle - thickness / 2,
			.width = length_sum(right, -(int64_t)left),
			.height = thickness,
			.colour = run->colour,
		});
	add_gaps(setter, mark, face);
}

static void sort_gaps(struct gap *gaps, int count)
{
	for (int i = 1; i < count; i++)
		for (int k = i; k > 0 && gaps[k - 1].left > gaps[k].left; k--) {
			struct gap kept = gaps[k];
			gaps[k] = gaps[k - 1];
			gaps[k - 1] = kept;
		}
}

static void put_piece(struct setter *setter, const struct mark *rule, sp left, sp right)
{
	struct mark piece = *rule;
	piece.x = left;
	piece.width = length_sum(right, -(int64_t)left);
	if (piece.width >= LEAST_PIECE * rule->height || piece.width == rule->width)
		box_mark(setter->arena, &setter->line, piece);
}

static void put_rule(struct setter *setter, const struct mark *rule)
{
	sp at = rule->x, end = length_sum(rule->x, rule->width);
	for (int i = 0; i < setter->gaps.len; i++) {
		const struct gap *gap = &setter->gaps.at[i];
		if (gap->right <= at || gap->left >= end)
			continue;
		if (gap->left > at)
			put_piece(setter, rule, at, gap->left);
		at = gap->right;
	}
	if (at < end)
		put_piece(setter, rule, at, end);
}

void underlines_end(struct setter *setter)
{
	sort_gaps(setter->gaps.at, setter->gaps.len);
	for (int i = 0; i < setter->rules.len; i++)
		put_rule(setter, &setter->rules.at[i]);
	setter->rules.len = setter->gaps.len = 0;
}
