/* draw_style.c - a style: any of its rows, with values around what they are by default. */
#include "draw.h"

#include "grammar/places.h"
#include "style/style_int.h"

#include <stddef.h>

static const char *const families[] = {
	"Liberation Sans", "Liberation Serif", "DejaVu Serif", "DejaVu Sans", "Liberation Mono"};
static const char *const features[] = {
	"", "lnum", "-liga", "kern=0", "?tnum", "sups", "dlig", "onum", "ss01=2", "?smcp -mark"};
static const char *const colours[] = {"#000000", "#1d4f8f", "#5a0000", "#00402a", "#333333"};
static const char *const backgrounds[] = {"#ffffff", "#f4f6f8", "#fff8e0", "#e8f0e8"};

/* From half as much to half as much again, or nothing; now and then far from it. */
static struct str draw_length(struct drawing *drawing, sp usual, bool size)
{
	static const char *const extremes[] = {"1pt", "300pt", "14400pt"};
	struct dice *dice = &drawing->dice;
	int tenths = usual / (SP_PER_PT / 10);
	if (!size && dice_once_in(dice, 6))
		return str_lit("0");
	if (dice_once_in(dice, 100))
		return str_of(extremes[dice_below(dice, size ? 2 : 3)]);
	if (tenths == 0)
		tenths = dice_from(dice, 10, 200);
	else
		tenths = dice_from(dice, tenths / (size ? 3 : 2) * (size ? 2 : 1), tenths * 3 / 2);
	tenths = tenths > 10 ? tenths : 10;
	return str_format(drawing->arena, "%d.%dpt", tenths / 10, tenths % 10);
}

static struct str draw_number(struct drawing *drawing, const struct style_row *row, int usual)
{
	struct dice *dice = &drawing->dice;
	int number = usual ? dice_from(dice, usual / 2, usual * 3 / 2) : dice_from(dice, 1, 20);
	if (number < row->least || dice_once_in(dice, 8))
		number = row->least;
	if (number > row->most || dice_once_in(dice, 20))
		number = row->most;
	return str_format(drawing->arena, "%d", number);
}

static int count_words(const struct style_row *row)
{
	int count = 0;
	while (count < STYLE_WORDS && row->words[count])
		count++;
	return count;
}

/* base: what the row's member is by default. */
static struct str draw_row(struct drawing *drawing, const struct style_row *row, const void *base)
{
	const char *member = (const char *)base + row->offset;
	struct dice *dice = &drawing->dice;
	static const char *const numberings[] = {"1", "1.1.1", "\xC2\xA7 1.", "(A) i", "no"};
	switch (row->kind) {
	case STYLE_LENGTH:
	case STYLE_SIZE:
		return draw_length(drawing, *(const sp *)member, row->kind == STYLE_SIZE);
	case STYLE_NUMBER:
		return draw_number(drawing, row, *(const int *)member);
	case STYLE_COLOUR:
		return str_of(row->offset == offsetof(struct block_style, background)
				? dice_pick(dice, backgrounds)
				: dice_pick(dice, colours));
	case STYLE_FAMILY:
		return str_format(drawing->arena, "%s, DejaVu Sans", dice_pick(dice, families));
	case STYLE_COUNTING:
		return str_of(dice_pick(dice, numberings));
	case STYLE_FLAG:
		return str_of(row->words[dice_below(dice, 2)]);
	case STYLE_FEATURES:
		return str_format(drawing->arena, "%s %s", dice_pick(dice, features),
			dice_pick(dice, features));
	case STYLE_WORD:
		return str_of(row->words[dice_below(dice, count_words(row))]);
	}
	return str_lit("");
}

/* Each row once in so many times. */
static void draw_rows(struct drawing *drawing, const struct style_row *rows, int count,
	const struct style_place *place, enum tag tag, const void *base, struct twig *into)
{
	for (int i = 0; i < count; i++) {
		const struct style_row *row = &rows[i];
		bool own = row->element && strcmp(row->element, place->element) == 0;
		bool shared = !row->element &&
			((place->block && style_row_serves(row, tag)) ||
				(place->text && style_row_is_text(row)));
		bool hides = row->offset == offsetof(struct block_style, hidden) && !row->element;
		if ((own || shared) && dice_once_in(&drawing->dice, hides ? 12 : 4))
			twig_set(drawing->arena, into, row->name, draw_row(drawing, row, base));
	}
}

static void draw_paper(struct drawing *drawing, struct twig *page)
{
	static const char *const sizes[] = {"A4", "A5", "Letter", "Legal"};
	struct dice *dice = &drawing->dice;
	const char *name = NULL;
	int count = 0;
	for (const char *next = NULL; (next = style_next_geometry(next));)
		count++;
	for (int at = dice_below(dice, count); at >= 0; at--)
		name = style_next_geometry(name);
	if (name && dice_once_in(dice, 3))
		twig_set(drawing->arena, page, "geometry", str_of(name));
	else if (dice_once_in(dice, 3))
		twig_set(drawing->arena, page, "size", str_of(dice_pick(dice, sizes)));
}

/* Half of them are of what most letters have. */
static enum tag draw_styled(struct drawing *drawing)
{
	static const enum tag often[] = {TAG_P, TAG_TABLE, TAG_LI, TAG_NOTE};
	enum tag tag;
	if (dice_once_in(&drawing->dice, 2))
		return often[dice_below(&drawing->dice, sizeof often / sizeof *often)];
	do
		tag = (enum tag)dice_from(&drawing->dice, TAG_TEXT + 1, TAG_COUNT - 1);
	while (!place_has_style(tag));
	return tag;
}

static void draw_element(
	struct drawing *drawing, const struct style_place *place, const struct style *usual)
{
	struct twig *made = twig_element(drawing->arena, drawing->drawn->style, place->element);
	enum tag tag = draw_styled(drawing);
	const void *base = &usual->block[tag];
	twig_set(drawing->arena, made, "name", str_of(tag_element(tag)));
	if (tag == TAG_HEADING && dice_once_in(&drawing->dice, 2)) {
		int level = dice_from(&drawing->dice, 1, HEADING_LEVELS);
		twig_set(drawing->arena, made, "level", str_format(drawing->arena, "%d", level));
		base = &usual->block[STYLE_HEADING + level - 1];
	}
	draw_rows(drawing, style_block_rows, style_block_row_count, place, tag, base, made);
}

static void draw_place(
	struct drawing *drawing, const struct style_place *place, const struct style *usual)
{
	const void *block = strcmp(place->element, "page-number") ? &usual->block[TAG_TEXT]
								  : &usual->page_number;
	struct twig *made = twig_element(drawing->arena, drawing->drawn->style, place->element);
	if (strcmp(place->element, "page") == 0)
		draw_paper(drawing, made);
	draw_rows(drawing, style_rows, style_row_count, place, TAG_TEXT, usual, made);
	draw_rows(drawing, style_block_rows, style_block_row_count, place, TAG_TEXT, block, made);
}

/* The one that letters ask for. What is drawn after it does not depend on it. */
static void draw_variants(struct drawing *drawing, const struct style *usual)
{
	struct dice before = drawing->dice;
	const struct style_place *place = style_places;
	while (strcmp(place->element, "element") != 0)
		place++;
	for (enum tag tag = TAG_TEXT + 1; tag < TAG_COUNT; tag++) {
		if (!style_takes_variants(tag))
			continue;
		struct twig *made = twig_element(
			drawing->arena, drawing->drawn->style, place->element);
		twig_set(drawing->arena, made, "name", str_of(tag_element(tag)));
		twig_set(drawing->arena, made, "variant", str_lit(DRAWN_VARIANT));
		draw_rows(drawing, style_block_rows, style_block_row_count, place, tag,
			&usual->block[tag], made);
	}
	drawing->dice = before;
}

void draw_style(struct drawing *drawing)
{
	struct dice *dice = &drawing->dice;
	struct style usual = style_default();
	struct twig *style = twig_element(drawing->arena, NULL, "style");
	drawing->drawn->style = style;
	twig_set(drawing->arena, style, "xmlns", str_lit(STYLE_NAMESPACE));
	for (const struct style_place *place = style_places; place->element; place++) {
		if (place->names) /* there is no other style */
			continue;
		int times = place->block && place->text && strcmp(place->element, "element") == 0
			? dice_below(dice, 8)
			: dice_below(dice, 2);
		for (; times > 0; times--)
			if (strcmp(place->element, "element") == 0)
				draw_element(drawing, place, &usual);
			else
				draw_place(drawing, place, &usual);
	}
	draw_variants(drawing, &usual);
}
