/* bidi.c - a name in Hebrew or Arabic letters inside a text that runs from left to right (UAX #9).
 *
 * FriBidi says which bytes run which way. The text of each node is looked at for itself, as if
 * HTML's bdi stood round it, so that what a field holds cannot turn the words beside it. A stretch
 * that is not plain left to right becomes one cluster with its glyphs in the order of the eye: no
 * line ends in it, and src/pdf, which finds that the glyphs do not say the text, states it in the
 * order of reading (ActualText). One face sets all of it.
 *
 * Changing the order of whole lines after they are broken would do for long texts too, but then
 * every stage would have two orders; letters have names. A stretch that is wider than the line is
 * found by layout like any other long word. */
#include "text/text_int.h"

#include <fribidi.h>

/* What one call of HarfBuzz can shape. */
struct stretch {
	int from, to, level;
	hb_script_t script;
};

bool bidi_is_needed(struct str text)
{
	enum { FIRST = 0x590, FIRST_BYTE = 0xD6 };
	for (int at = 0; at < text.len;) {
		if ((unsigned char)text.at[at] < FIRST_BYTE) {
			at++;
			continue;
		}
		uint32_t character = utf8_next(text, &at);
		if (character >= FIRST &&
			hb_script_get_horizontal_direction(shape_script_of(character)) ==
				HB_DIRECTION_RTL)
			return true;
	}
	return false;
}

unsigned char *bidi_levels(struct arena *scratch, struct str text)
{
	FriBidiChar *characters = arena_new_array(scratch, FriBidiChar, text.len);
	FriBidiCharType *types = arena_new_array(scratch, FriBidiCharType, text.len);
	FriBidiBracketType *brackets = arena_new_array(scratch, FriBidiBracketType, text.len);
	FriBidiLevel *levels = arena_new_array(scratch, FriBidiLevel, text.len);
	unsigned char *result = arena_new_array(scratch, unsigned char, text.len);
	FriBidiParType base = FRIBIDI_PAR_LTR;
	int count = 0;
	for (int at = 0; at < text.len; count++)
		characters[count] = utf8_next(text, &at);
	fribidi_get_bidi_types(characters, count, types);
	fribidi_get_bracket_types(characters, count, types, brackets);
	if (!fribidi_get_par_embedding_levels_ex(types, brackets, count, &base, levels))
		out_of_memory();
	for (int at = 0, i = 0; at < text.len; i++) {
		int from = at;
		utf8_next(text, &at);
		memset(result + from, levels[i], (size_t)(at - from));
	}
	return result;
}

/* Cuts where the level or the script changes. */
static int cut(const struct segment *segment, struct str text, const unsigned char *levels,
	struct stretch *stretches)
{
	int count = 0;
	for (int at = segment->from; at < segment->to;) {
		int from = at, level = levels[at - segment->from];
		hb_script_t script = shape_script_of(utf8_next(text, &at));
		bool none = script == HB_SCRIPT_COMMON || script == HB_SCRIPT_INHERITED ||
			script == HB_SCRIPT_UNKNOWN;
		struct stretch *last = count ? &stretches[count - 1] : NULL;
		if (last && last->level == level &&
			(none || last->script == script || last->script == HB_SCRIPT_COMMON)) {
			last->to = at;
			if (!none)
				last->script = script;
		} else {
			stretches[count++] = (struct stretch){
				from, at, level, none ? HB_SCRIPT_COMMON : script};
		}
	}
	return count;
}

static void reverse(struct stretch *stretches, int count)
{
	for (int i = 0, j = count - 1; i < j; i++, j--) {
		struct stretch kept = stretches[i];
		stretches[i] = stretches[j];
		stretches[j] = kept;
	}
}

/* UAX #9, rule L2, on stretches; HarfBuzz turns what is inside of one. */
static void put_in_order(struct stretch *stretches, int count)
{
	int highest = 0;
	for (int i = 0; i < count; i++)
		if (stretches[i].level > highest)
			highest = stretches[i].level;
	for (int level = highest; level > 0; level--)
		for (int i = 0, end; i < count; i = end + 1) {
			for (end = i; end < count && stretches[end].level >= level; end++)
				;
			reverse(stretches + i, end - i);
		}
}

/* Adds the glyphs of a stretch; false when the face lacks one. */
static bool add_stretch(struct shaping *shaping, const struct segment *segment, int face,
	const struct stretch *stretch)
{
	struct shaper *shaper = shaping->shaper;
	hb_buffer_t *buffer = shaper->buffers[0];
	unsigned count;
	bool whole = true;
	struct shape_input input = {shaping->flat->text, stretch->from, stretch->to,
		stretch->script, shaper->languages.at[segment->language].hb};
	shape_buffer(buffer, &shaper->text->fonts.at[face], &input);
	const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(buffer, &count);
	const hb_glyph_position_t *positions = hb_buffer_get_glyph_positions(buffer, NULL);
	struct glyph *glyphs = shape_add(shaping, (int)count);
	for (unsigned i = 0; i < count; i++) {
		glyphs[i] = shape_glyph(&infos[i], &positions[i]);
		glyphs[i].cluster = segment->from;
		whole &= glyphs[i].id != 0;
	}
	return whole;
}

static bool set_in(struct shaping *shaping, const struct segment *segment, int face,
	const struct stretch *stretches, int count)
{
	bool whole = true;
	shape_piece(shaping, face);
	for (int i = 0; i < count; i++)
		whole &= add_stretch(shaping, segment, face, &stretches[i]);
	return whole;
}

void bidi_shape(struct shaping *shaping, const struct segment *segment, const unsigned char *levels)
{
	struct str text = shaping->flat->text;
	struct stretch *stretches = arena_new_array(
		shaping->shaper->scratch, struct stretch, segment->to - segment->from);
	int count = cut(segment, text, levels, stretches);
	put_in_order(stretches, count);
	size_t glyphs = shaping->shaper->glyphs.len;
	int pieces = shaping->pieces.len;
	const struct chain *chain = segment->chain;
	for (int i = 0; i < chain->count; i++) {
		shaping->shaper->glyphs.len = glyphs;
		shaping->pieces.len = pieces;
		if (set_in(shaping, segment, chain->faces[i], stretches, count))
			return;
	}
	shape_report_missing(shaping, chain, segment->from, segment->to);
}
