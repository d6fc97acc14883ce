/* places.c - where the stretches of a line stand: side by side, in the order of the eye. */
#include "layout/line_int.h"

int part_spaces(const struct paragraph *paragraph, int from, int to, sp room)
{
	int count = 0;
	for (int i = from; i < to; i++)
		count += glyph_gives(paragraph->text, &paragraph->glyphs[i], room);
	return count;
}

sp width_expanded(sp width, int expansion)
{
	return length_sum(width, (int64_t)width * expansion / 1000);
}

sp part_width(const struct text *text, struct part part, int to, struct give give)
{
	sp glyphs = text_run_width(text, part.paragraph, part.run, part.from, to);
	int spaces = give.space ? part_spaces(part.paragraph, part.from, to, give.space) : 0;
	return length_sum(width_expanded(glyphs, give.expansion), (int64_t)give.space * spaces);
}

struct part part_of(const struct paragraph *paragraph, const struct line_stretch *stretch, int to)
{
	int end = stretch->to < to ? stretch->to : to;
	return (struct part){paragraph, stretch->run, stretch->from,
		end > stretch->from ? end : stretch->from, stretch->to, stretch->level & 1};
}

/* Room for the stretches of glyphs that many runs are in, and for a hyphen. */
static struct places places_new(struct arena *arena, int runs)
{
	return (struct places){.at = arena_new_array(arena, struct line_stretch, runs + 2),
		.left = arena_new_array(arena, sp, runs + 2)};
}

/* widths stand in places->left. */
static void put_in_order(struct arena *arena, struct places *places)
{
	int *order = arena_new_array(arena, int, places->count);
	text_line_order(arena, places->at, places->count, order);
	for (int i = 0; i < places->count; i++) {
		sp width = places->left[order[i]];
		places->left[order[i]] = places->width;
		places->width = length_sum(places->width, width);
	}
}

struct places places_of(
	struct arena *arena, const struct text *text, const struct paragraph *paragraph)
{
	struct places places = places_new(arena, paragraph->run_count);
	places.count = text_line_stretches(paragraph, 0, paragraph->glyph_count, places.at);
	for (int i = 0; i < places.count; i++)
		places.left[i] = text_run_width(
			text, paragraph, places.at[i].run, places.at[i].from, places.at[i].to);
	put_in_order(arena, &places);
	return places;
}

struct places places_of_line(const struct setter *setter, const struct line *line, struct give give)
{
	const struct paragraph *paragraph = setter->paragraph;
	int runs = 0;
	for (int r = setter->run; r < paragraph->run_count; r++, runs++)
		if (paragraph->runs[r].from >= line->tail)
			break;
	struct places places = places_new(setter->arena, runs);
	places.count = text_line_stretches(paragraph, line->from, line->tail, places.at);
	for (int i = 0; i < places.count; i++) {
		struct part part = part_of(paragraph, &places.at[i], line->to);
		places.left[i] = part_width(
			setter->flow->layout->text, part, places.at[i].to, give);
	}
	if (line->hyphen && places.count) {
		struct line_stretch *hyphen = &places.at[places.count];
		*hyphen = hyphen[-1];
		hyphen->from = hyphen->to;
		places.left[places.count++] = width_expanded(line->hyphen_width, give.expansion);
	}
	put_in_order(setter->arena, &places);
	return places;
}
