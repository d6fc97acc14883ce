/* base.c - the subset of a face that letters share: which glyphs it has, and what of it goes into a
 * letter.
 *
 * A letter's bytes must not depend on other letters, and a letter cannot wait for subsets of its
 * own of every face. So each face has a base, the same in the whole run: ASCII, what Welsh and
 * English letters need beyond it, and the template's characters. What a letter shows besides goes
 * into a small subset of its own. What features that the style asks for make of the base's
 * characters is in it as well, and known by them.
 *
 * The base is in groups, and a letter has those that it shows a glyph of. Few different subsets
 * then serve all letters of a run, each made once, and a face in which a letter sets a line or two
 * costs half: 6 kB less in a letter of two faces. A subset of exactly the letter's glyphs would be
 * smaller still, but has to be made for each. */
#include "pdf/pdf_int.h"

#include <hb-subset.h>
#include <stdlib.h>

static const uint16_t base_characters[][2] = {
	{0x20, 0x7E}, {0xA0, 0xA0}, /* no-break space */
	{0xA3, 0xA3},               /* £ */
	{0xA9, 0xA9},               /* © */
	{0xAD, 0xAD},               /* the hyphen at a line's end */
	{0xB0, 0xB0},               /* ° */
	{0xB7, 0xB7},               /* · */
	{0xC2, 0xC2},               /* Welsh: circumflexes, the commonest diaereses and acute */
	{0xCA, 0xCA}, {0xCE, 0xCE}, {0xD4, 0xD4}, {0xDB, 0xDB}, {0xE2, 0xE2}, {0xE9, 0xEB},
	{0xEE, 0xEF}, {0xF4, 0xF4}, {0xF6, 0xF6}, {0xFB, 0xFB}, {0x174, 0x177},
	{0x2010, 0x2011},                   /* hyphens */
	{0x2013, 0x2014},                   /* dashes */
	{0x2018, 0x2019},                   /* quotation marks */
	{0x201C, 0x201D}, {0x2022, 0x2022}, /* • */
	{0x2026, 0x2026},                   /* … */
	{0x20AC, 0x20AC},                   /* € */
};

/* A letter shows whole groups of a base, so that few different subsets serve all letters of a run,
 * and a face in which a letter sets a line or two goes into it with a third of the base. */
enum { OTHERS = 0x80 };
static const char *const group_characters[] = {" ,-./:;'()abcdefghilmnoprstuwy", "jkqvxz",
	"ABCDEFGHILMNOPRSTUW", "JKQVXYZ", "0123456789", "!\"#$%&*+<=>?@[\\]^_`{|}~"};

static uint8_t group_of(uint32_t unicode)
{
	enum { COUNT = sizeof group_characters / sizeof *group_characters };
	for (int i = 0; i < COUNT && unicode && unicode < 0x80; i++)
		if (strchr(group_characters[i], (int)unicode))
			return (uint8_t)(1 << i);
	bool set = unicode == 0xA0 || unicode == 0xAD || (unicode >= 0x2010 && unicode <= 0x2026) ||
		unicode & GLYPH_LIGATURE; /* by who sets text: spaces, dashes, quotes, ligatures */
	return set ? 1 << COUNT : OTHERS;
}

/* What font_learn found, and all that shaping can make of the characters; planning a subset tells.
 * But not what has no text of its own: what that says is known where it is used (glyphs.c). */
static hb_set_t *reachable(const struct font *font, struct str characters)
{
	hb_subset_input_t *input = hb_subset_input_create_or_fail();
	for (int at = 0; at < characters.len;)
		hb_set_add(hb_subset_input_unicode_set(input), utf8_next(characters, &at));
	hb_subset_plan_t *plan = hb_subset_plan_create_or_fail(font->face, input);
	hb_subset_input_destroy(input);
	if (!plan)
		return NULL;
	hb_set_t *glyphs = hb_set_create();
	const hb_map_t *kept = hb_subset_plan_old_to_new_glyph_mapping(plan);
	for (int glyph = 0; glyph < font->glyph_count; glyph++)
		if (font->slots[glyph].group ||
			(hb_map_has(kept, (hb_codepoint_t)glyph) &&
				(glyph == 0 || font->slots[glyph].unicode)))
			hb_set_add(glyphs, (hb_codepoint_t)glyph);
	hb_subset_plan_destroy(plan);
	return glyphs;
}

void font_learn(struct font *font, const struct text *text, int face,
	const struct features *features, struct str characters)
{
	for (int at = 0; at < characters.len;) {
		uint32_t character = utf8_next(characters, &at);
		unsigned glyph = text_alternate(text, face, features, character);
		if (glyph && (int)glyph < font->glyph_count && !font->slots[glyph].unicode)
			font->slots[glyph].unicode = character;
		if (glyph && (int)glyph < font->glyph_count)
			font->slots[glyph].group = OTHERS;
	}
}

void font_characters(struct str sample, struct buf *out)
{
	hb_set_t *characters = hb_set_create();
	for (size_t i = 0; i < sizeof base_characters / sizeof *base_characters; i++)
		hb_set_add_range(characters, base_characters[i][0], base_characters[i][1]);
	for (int at = 0; at < sample.len;)
		hb_set_add(characters, utf8_next(sample, &at));
	for (hb_codepoint_t c = HB_SET_VALUE_INVALID; hb_set_next(characters, &c);) {
		char bytes[4];
		buf_put(out, bytes, (size_t)utf8_encode(c, bytes));
	}
	hb_set_destroy(characters);
}

bool font_make_base(struct font *font, struct str characters, struct libdeflate_compressor *deflate)
{
	hb_set_t *glyphs = reachable(font, characters);
	if (!glyphs)
		return false;
	for (hb_codepoint_t glyph = HB_SET_VALUE_INVALID; hb_set_next(glyphs, &glyph);)
		font->slots[glyph].group = group_of(font->slots[glyph].unicode);
	hb_set_destroy(glyphs);
	subset_make_superior(font, deflate);
	return true;
}

/* Glyph 0 goes into each. */
static bool make_groups(struct base_subset *base, const struct font *font)
{
	struct libdeflate_compressor *deflate = deflate_new(true);
	hb_set_t *glyphs = hb_set_create();
	hb_set_add(glyphs, 0);
	for (int glyph = 0; glyph < font->glyph_count; glyph++)
		if (font->slots[glyph].group & base->groups)
			hb_set_add(glyphs, (hb_codepoint_t)glyph);
	bool good = subset_make(&base->subset, font, glyphs, 0, deflate);
	hb_set_destroy(glyphs);
	libdeflate_free_compressor(deflate);
	return good;
}

static struct base_subset *find_base(struct font *font, unsigned groups)
{
	struct base_subset *base = atomic_load_explicit(&font->bases, memory_order_acquire);
	while (base && base->groups != groups)
		base = base->next;
	return base;
}

static struct base_subset *add_base(struct font *font, unsigned groups)
{
	struct base_subset *base = heap_new(sizeof *base);
	base->groups = groups;
	base->next = atomic_load_explicit(&font->bases, memory_order_relaxed);
	if (!make_groups(base, font)) {
		subset_free(&base->subset);
		free(base);
		return NULL;
	}
	atomic_store_explicit(&font->bases, base, memory_order_release);
	return base;
}

const struct subset *font_base(struct font *font, unsigned groups)
{
	struct base_subset *base = find_base(font, groups);
	if (base)
		return &base->subset;
	pthread_mutex_lock(&font->opening);
	base = find_base(font, groups);
	if (!base)
		base = add_base(font, groups);
	pthread_mutex_unlock(&font->opening);
	return base ? &base->subset : NULL;
}

void base_free(struct font *font)
{
	for (struct base_subset *base = atomic_load(&font->bases), *next; base; base = next) {
		next = base->next;
		subset_free(&base->subset);
		free(base);
	}
	atomic_store(&font->bases, NULL);
}
