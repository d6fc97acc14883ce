/* items.c - glyphs and opportunities → boxes, glue and penalties; and the one way of counting
 * widths.
 *
 * Blanks are glue: half of their own width to stretch, a third to shrink. One where no line may end
 * (U+00A0, a blank before a note's mark) comes behind a penalty that forbids it; a br is a penalty
 * that forces it, with its blank behind, where it vanishes. An opportunity inside a cluster, as in
 * a ligature, is not used. Between characters that are written without blanks it is glue without
 * width (spacing.c). */
#include "text/text_int.h"

/* Beside the price of a hyphen, which is the style's. To cut an address or a Korean word costs more
 * than all but the loosest line, to divide where nothing is to be divided more than all but a very
 * loose one. */
static const int penalties[] = {
	[MAY_UNTIE] = 600,
	[MAY_UNTIE_NAMES] = 100,
	[MAY_PART_NUMBER] = 2000,
	[MAY_SPLIT_ILL] = 2000,
	[MAY_PART] = 9000,
	[MAY_HYPHENATE_SHORT] = 20,
	[MAY_HYPHENATE_NAME] = 900,
	[MAY_DIVIDE] = 200,
	[MAY_DIVIDE_ILL] = 600,
	[MAY_CUT] = 9000,
	[MUST_BREAK] = 0,
};

struct itemiser {
	struct shaper *shaper;
	struct buf *items;
	struct paragraph *paragraph;
	const unsigned char *may;
	int run; /* the one that the glyph at work is in */
	bool hang;
	const struct run *glue_of; /* that a blank was last in */
	sp stretch, shrink;        /* of its blanks */
};

/* -- widths ------------------------------------------------------------------------------------ */

sp text_run_width(const struct text *text, const struct paragraph *paragraph, const struct run *run,
	int from, int to)
{
	int64_t units = 0;
	for (int i = from; i < to; i++)
		units += paragraph->glyphs[i].advance;
	return length_scale(units, run->size, text_face(text, run->face)->units_per_em);
}

static sp width_of(
	const struct text *text, const struct paragraph *paragraph, int run, int from, int to)
{
	int64_t width = 0;
	for (; run < paragraph->run_count && paragraph->runs[run].from < to; run++) {
		const struct run *at = &paragraph->runs[run];
		width += text_run_width(text, paragraph, at, at->from > from ? at->from : from,
			at->to < to ? at->to : to);
	}
	return length_sum(width, 0);
}

sp text_width(const struct text *text, const struct paragraph *paragraph, int from, int to)
{
	return width_of(text, paragraph, 0, from, to);
}

/* -- items ------------------------------------------------------------------------------------- */

static const struct run *go_to(struct itemiser *itemiser, int glyph)
{
	const struct run *runs = itemiser->paragraph->runs;
	while (runs[itemiser->run].to <= glyph)
		itemiser->run++;
	return &runs[itemiser->run];
}

static void add(struct itemiser *itemiser, struct item item)
{
	buf_put(itemiser->items, &item, sizeof item);
}

/* Of a glyph that stands for one character alone. */
static sp hang_of(struct itemiser *itemiser, int glyph, bool last)
{
	const struct paragraph *paragraph = itemiser->paragraph;
	const struct glyph *glyphs = paragraph->glyphs;
	int at = glyphs[glyph].cluster;
	bool more = glyph + 1 < paragraph->glyph_count;
	if (glyph > 0 && glyphs[glyph - 1].cluster == at)
		return 0;
	int share = hang_share(utf8_next(paragraph->text, &at), last);
	if (!share || (more ? glyphs[glyph + 1].cluster : paragraph->text.len) != at)
		return 0;
	const struct run *run = go_to(itemiser, glyph);
	if (run->level != paragraph->leftwards)
		return 0; /* it may stand elsewhere than at the line's end */
	return length_scale(length_scale(glyphs[glyph].advance, run->size,
				    text_face(itemiser->shaper->text, run->face)->units_per_em),
		share, 1000);
}

static sp larger(sp a, sp b)
{
	return a > b ? a : b;
}

/* What stands beside the line of a wide bracket or stop: nothing of it is seen. */
static sp empty_of(struct itemiser *itemiser, int glyph, bool last)
{
	const struct text *text = itemiser->shaper->text;
	const struct run *run = go_to(itemiser, glyph);
	return length_scale(spacing_empty(text, itemiser->paragraph, run, glyph, last), run->size,
		text_face(text, run->face)->units_per_em);
}

static void add_box(struct itemiser *itemiser, int from, int to)
{
	if (from == to)
		return;
	go_to(itemiser, from);
	struct item box = {
		.kind = ITEM_BOX,
		.from = from,
		.to = to,
		.width = width_of(
			itemiser->shaper->text, itemiser->paragraph, itemiser->run, from, to),
	};
	if (itemiser->hang) {
		box.hang_start = hang_of(itemiser, from, false);
		box.hang_end = hang_of(itemiser, to - 1, true);
	}
	if (itemiser->paragraph->wide) {
		box.hang_start = larger(box.hang_start, empty_of(itemiser, from, false));
		box.hang_end = larger(box.hang_end, empty_of(itemiser, to - 1, true));
	}
	if (box.hang_start + box.hang_end > box.width)
		box.hang_start = box.hang_end = 0;
	add(itemiser, box);
}

static void add_penalty(struct itemiser *itemiser, int glyph, int penalty)
{
	add(itemiser,
		(struct item){
			.kind = ITEM_PENALTY, .from = glyph, .to = glyph, .penalty = penalty});
}

/* What a glyph gains when its kern against the next is lost, in its font's units. From right to
 * left a kern moves the glyph as well: it stays. */
static int lost_kern(const struct itemiser *itemiser, const struct run *run, int glyph)
{
	const struct glyph *last = &itemiser->paragraph->glyphs[glyph];
	hb_font_t *font = itemiser->shaper->text->fonts.at[run->face].hb;
	return font && last[1].unsafe && !(run->level & 1)
		? font_advance(font, last->id) - last->advance
		: 0;
}

enum { WIDENING = 20 }; /* of a joint: a twentieth of an em */

/* An opportunity where a line is widened as well. */
static void add_joint(struct itemiser *itemiser, int glyph, enum opportunity may)
{
	const struct text *text = itemiser->shaper->text;
	const struct run *run = go_to(itemiser, glyph - 1);
	sp quarter = text_quarter(text, run, &itemiser->paragraph->glyphs[glyph - 1]);
	add(itemiser,
		(struct item){
			.kind = ITEM_GLUE,
			.from = glyph,
			.to = glyph,
			.stretch = run->size / WIDENING,
			.shrink = quarter / 2,
			.ending = -quarter,
			.penalty = penalties[may],
		});
}

/* An opportunity before a glyph, without a blank. */
static void add_break(struct itemiser *itemiser, int glyph, enum opportunity may)
{
	const struct paragraph *paragraph = itemiser->paragraph;
	const struct text *text = itemiser->shaper->text;
	const struct run *run = go_to(itemiser, glyph - 1);
	const struct font *font = &text->fonts.at[run->face];
	int units_per_em = text_face(text, run->face)->units_per_em;
	bool hyphen = is_hyphenation(may);
	if (hyphen && !font->hyphen.id)
		return;
	int width = hyphen ? font->hyphen.advance : 0;
	sp hang = itemiser->hang ? length_scale(length_scale(width, run->size, units_per_em),
					   hang_share('-', true), 1000)
				 : 0;
	if (hyphen)
		width += run->level & 1 ? 0
					: hyphen_kern(itemiser->shaper, paragraph, run, glyph - 1);
	width += lost_kern(itemiser, run, glyph - 1);
	add(itemiser,
		(struct item){
			.kind = ITEM_PENALTY,
			.hyphen = hyphen,
			.behind_hyphen = may == MAY_SPLIT || may == MAY_SPLIT_ILL,
			.in_name = may == MAY_HYPHENATE_NAME,
			.from = glyph,
			.to = glyph,
			.ending = length_scale(width, run->size, units_per_em),
			.penalty = penalties[may],
			.hang_end = hang,
		});
}

/* What ending at the blank behind a glyph adds to a line. */
static sp blank_ending(struct itemiser *itemiser, int glyph)
{
	if (glyph < 0)
		return 0;
	const struct run *run = go_to(itemiser, glyph);
	int kern = lost_kern(itemiser, run, glyph);
	return kern ? length_scale(kern, run->size,
			      text_face(itemiser->shaper->text, run->face)->units_per_em)
		    : 0;
}

static void take_give(struct itemiser *itemiser, const struct run *run, int units_per_em)
{
	int space = itemiser->shaper->text->fonts.at[run->face].space;
	if (itemiser->glue_of == run)
		return;
	itemiser->glue_of = run;
	itemiser->stretch = length_scale(space, run->size / 2, units_per_em);
	itemiser->shrink = length_scale(space, run->size / 3, units_per_em);
}

static void add_glue(struct itemiser *itemiser, int glyph, enum opportunity may)
{
	const struct text *text = itemiser->shaper->text;
	sp ending = blank_ending(itemiser, glyph - 1);
	const struct run *run = go_to(itemiser, glyph);
	int units_per_em = text_face(text, run->face)->units_per_em;
	take_give(itemiser, run, units_per_em);
	if (may == MUST_BREAK || may == STAY)
		add_penalty(itemiser, glyph, may == STAY ? ITEM_FORBIDDEN : ITEM_FORCED);
	add(itemiser,
		(struct item){
			.kind = ITEM_GLUE,
			.in_number = may == MAY_PART_NUMBER,
			.from = glyph,
			.to = glyph + 1,
			.width = length_scale(itemiser->paragraph->glyphs[glyph].advance, run->size,
				units_per_em),
			.stretch = itemiser->stretch,
			.shrink = itemiser->shrink,
			.ending = ending,
			.penalty = penalties[may],
		});
}

/* Bytes of the blank that a glyph stands for alone, or 0. */
static int blank_bytes(const struct paragraph *paragraph, int glyph)
{
	int at = paragraph->glyphs[glyph].cluster;
	const char *text = paragraph->text.at + at;
	int bytes = *text == ' ' ? 1 : text[0] == '\xC2' && text[1] == '\xA0' ? 2 : 0;
	bool alone = glyph + 1 == paragraph->glyph_count ||
		paragraph->glyphs[glyph + 1].cluster != at;
	return bytes && alone ? bytes : 0;
}

/* A line neither ends nor gives there. */
static void hold_joint(struct glyph *glyph)
{
	glyph->joint = glyph->joint == JOINT_GIVES ? JOINT_HELD : JOINT_FIXED;
}

static void add_all(struct itemiser *itemiser)
{
	const struct paragraph *paragraph = itemiser->paragraph;
	int box = 0; /* first glyph of the box that is growing */
	for (int i = 0; i < paragraph->glyph_count; i++) {
		int at = paragraph->glyphs[i].cluster;
		if (i > 0 && paragraph->glyphs[i - 1].cluster == at)
			continue;
		int blank = blank_bytes(paragraph, i);
		if (blank) {
			add_box(itemiser, box, i);
			add_glue(itemiser, i, itemiser->may[at + blank - 1]);
			box = i + 1;
		} else if (i > box && itemiser->may[at - 1] != STAY) {
			add_box(itemiser, box, i);
			if (paragraph->glyphs[i - 1].joint)
				add_joint(itemiser, i, itemiser->may[at - 1]);
			else
				add_break(itemiser, i, itemiser->may[at - 1]);
			box = i;
		} else if (i > 0 && paragraph->wide) {
			hold_joint(&paragraph->glyphs[i - 1]);
		}
	}
	add_box(itemiser, box, paragraph->glyph_count);
	add_penalty(itemiser, paragraph->glyph_count, ITEM_FORCED);
}

void items_make(struct shaper *shaper, struct arena *arena, struct paragraph *paragraph,
	const unsigned char *opportunities, bool hang)
{
	struct itemiser itemiser = {
		.hang = hang,
		.shaper = shaper,
		.items = &shaper->items,
		.paragraph = paragraph,
		.may = opportunities,
	};
	buf_clear(&shaper->items);
	add_all(&itemiser);
	paragraph->item_count = (int)(shaper->items.len / sizeof(struct item));
	paragraph->items = arena_take_array(arena, struct item, paragraph->item_count);
	memcpy(paragraph->items, shaper->items.at, shaper->items.len);
}
