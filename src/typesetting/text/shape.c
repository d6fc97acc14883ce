/* shape.c - flat text → glyphs and runs.
 *
 * Text is shaped in segments: as long as faces, size, language and script stay the same, across the
 * borders of nodes, so that the comma behind a field is kerned like any other. A segment is set
 * together from words that were shaped before (words.c) or, where that is not exact, shaped in one
 * go. What the first face of the list lacks is shaped again in the next, by whole clusters, so that
 * a letter and its accent come from one face. Choosing the face of each character from the fonts'
 * character maps beforehand would be simpler but splits clusters that a font composes.
 *
 * What runs from right to left is shaped so, in the first face that has all of its letters, and its
 * glyphs are put into the order of the text: all that comes after, up to the lines of layout, knows
 * one order only. */
#include "text/text_int.h"

/* -- HarfBuzz ---------------------------------------------------------------------------------- */

struct glyph shape_glyph(const hb_glyph_info_t *info, const hb_glyph_position_t *position)
{
	return (struct glyph){
		.id = (uint16_t)info->codepoint,
		.unsafe = hb_glyph_info_get_glyph_flags(info) & HB_GLYPH_FLAG_UNSAFE_TO_BREAK,
		.advance = position->x_advance,
		.dx = position->x_offset,
		.dy = position->y_offset,
		.cluster = (int)info->cluster,
	};
}

static bool is_absurd(hb_font_t *font, const hb_glyph_position_t *at)
{
	return font_is_absurd(font, at->x_advance) || font_is_absurd(font, at->x_offset) ||
		font_is_absurd(font, at->y_offset);
}

/* The tables of a damaged font may lead to glyphs that it does not have, or to places that no page
 * has: those are missing. */
static void drop_strangers(hb_buffer_t *buffer, hb_font_t *font)
{
	unsigned count, most = hb_face_get_glyph_count(hb_font_get_face(font));
	hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(buffer, &count);
	hb_glyph_position_t *positions = hb_buffer_get_glyph_positions(buffer, NULL);
	for (unsigned i = 0; i < count; i++) {
		if (infos[i].codepoint < most && !is_absurd(font, &positions[i]))
			continue;
		infos[i].codepoint = 0;
		positions[i] = (hb_glyph_position_t){0};
	}
}

void shape_buffer(hb_buffer_t *buffer, const struct font *font, const struct shape_input *input)
{
	hb_buffer_clear_contents(buffer);
	hb_buffer_set_flags(buffer,
		input->leftwards ? HB_BUFFER_FLAG_DEFAULT
				 : HB_BUFFER_FLAG_REMOVE_DEFAULT_IGNORABLES);
	hb_buffer_add_utf8(buffer, input->text.at, input->text.len, (unsigned)input->from,
		input->to - input->from);
	hb_buffer_set_direction(buffer, input->leftwards ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
	hb_buffer_set_script(buffer, input->script);
	hb_buffer_set_language(buffer, input->language);
	hb_shape(font->hb, buffer, input->features ? input->features->at : NULL,
		input->features ? input->features->count : 0);
	drop_strangers(buffer, font->hb);
	if (input->leftwards)
		hb_buffer_reverse(buffer);
	seen_drop(buffer, font, input);
}

int shape_count(const struct shaping *shaping)
{
	return (int)(shaping->shaper->glyphs.len / sizeof(struct glyph));
}

struct glyph *shape_add(struct shaping *shaping, int count)
{
	struct buf *glyphs = &shaping->shaper->glyphs;
	size_t bytes = (size_t)count * sizeof(struct glyph);
	buf_reserve(glyphs, bytes);
	glyphs->len += bytes;
	return (void *)(glyphs->at + glyphs->len - bytes);
}

void shape_piece(struct shaping *shaping, int face)
{
	const struct piece *last = shaping->pieces.len
		? &shaping->pieces.at[shaping->pieces.len - 1]
		: NULL;
	if (last && last->face == face && last->level == shaping->level)
		return;
	*vec_push(shaping->shaper->scratch, &shaping->pieces) = (struct piece){
		face, shape_count(shaping), shaping->level};
}

static void take(struct shaping *shaping, int face, const hb_glyph_info_t *infos,
	const hb_glyph_position_t *positions, unsigned count)
{
	int from = shape_count(shaping);
	shape_piece(shaping, face);
	struct glyph *glyphs = shape_add(shaping, (int)count);
	for (unsigned i = 0; i < count; i++) {
		glyphs[i] = shape_glyph(&infos[i], &positions[i]);
		shaping->shifted |= glyphs[i].dx || glyphs[i].dy;
	}
	if (!(shaping->level & 1))
		return;
	leftwards_drop_unsaid(shaping, (int)count);
	leftwards_part_signs(shaping, face, from);
}

/* -- one segment ------------------------------------------------------------------------------- */

/* The end of the clusters from i on that all have, or all lack, a glyph. */
static unsigned same_end(const hb_glyph_info_t *infos, unsigned count, unsigned i, bool *missing)
{
	bool first = true;
	while (i < count) {
		unsigned end = i;
		bool lacks = false;
		for (; end < count && infos[end].cluster == infos[i].cluster; end++)
			lacks |= infos[end].codepoint == 0;
		if (first)
			*missing = lacks;
		else if (lacks != *missing)
			break;
		first = false;
		i = end;
	}
	return i;
}

/* The end of the clusters from i on that one face sets; depths by their bytes. */
static unsigned depth_end(
	const hb_glyph_info_t *infos, unsigned count, unsigned i, const unsigned char *depths)
{
	unsigned end = i;
	while (end < count && depths[infos[end].cluster] == depths[infos[i].cluster])
		end++;
	return end;
}

/* Shapes bytes from..to with the face at depth of the chain, and what it lacks with the next. */
static void shape_range(
	struct shaping *shaping, const struct segment *segment, int from, int to, int depth)
{
	struct shaper *shaper = shaping->shaper;
	const struct chain *chain = segment->chain;
	hb_buffer_t *buffer = shaper->buffers[depth];
	int face = chain->faces[depth];
	struct shape_input input = {shaping->flat->text, from, to, segment->script,
		shaper->languages.at[segment->language].hb,
		shaper_features(shaper, segment->features), segment->leftwards};
	shape_buffer(buffer, &shaper->text->fonts.at[face], &input);
	unsigned count;
	const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(buffer, &count);
	const hb_glyph_position_t *positions = hb_buffer_get_glyph_positions(buffer, NULL);
	bool missing = false, last = depth + 1 == chain->count;
	const unsigned char *depths = last ? NULL
					   : fallback_find(shaping, segment, from, to, depth);
	for (unsigned i = 0, end; i < count; i = end) {
		int begin = (int)infos[i].cluster;
		int other = depths ? depths[begin - from] : 0;
		end = depths ? depth_end(infos, count, i, depths - from)
			     : same_end(infos, count, i, &missing);
		int stop = end < count ? (int)infos[end].cluster : to;
		if (missing && last)
			shape_report_missing(shaping, chain, begin, stop);
		if (other) {
			shape_range(shaping, segment, begin, stop, other);
			continue;
		}
		cuts_report_later(shaping, segment, depth, begin);
		take(shaping, face, infos + i, positions + i, end - i);
	}
}

static void shape_segment(struct shaping *shaping, const struct segment *segment)
{
	const struct font *font = &shaping->shaper->text->fonts.at[segment->chain->faces[0]];
	if (!font->hb)
		fake_shape(shaping, segment);
	else if (segment->leftwards)
		shape_range(shaping, segment, segment->from, segment->to,
			fallback_whole(shaping, segment));
	else if (!words_shape(shaping, segment))
		shape_range(shaping, segment, segment->from, segment->to, 0);
}

/* -- segments ---------------------------------------------------------------------------------- */

/* Latin and what goes with every script are told apart without a table in nearly all of a
 * letter. */
static hb_script_t script_of(uint32_t character)
{
	if (character < 0x80)
		return (character | 0x20) >= 'a' && (character | 0x20) <= 'z' ? HB_SCRIPT_LATIN
									      : HB_SCRIPT_COMMON;
	return hb_unicode_script(hb_unicode_funcs_get_default(), character);
}

static bool is_of_any(hb_script_t script)
{
	return script == HB_SCRIPT_COMMON || script == HB_SCRIPT_INHERITED ||
		script == HB_SCRIPT_UNKNOWN;
}

/* That of a text's first character that has one. */
static hb_script_t first_script(struct str text)
{
	for (int at = 0; at < text.len;) {
		hb_script_t script = script_of(utf8_next(text, &at));
		if (!is_of_any(script))
			return script;
	}
	return HB_SCRIPT_COMMON;
}

/* Cuts at changes of script; characters without one go with those before them, in a paragraph of
 * both directions, too, where a number cuts off the stop behind it from its words. */
static void shape_scripts(struct shaping *shaping, struct segment segment)
{
	struct str text = shaping->flat->text;
	int end = segment.to;
	segment.script = HB_SCRIPT_COMMON;
	for (int at = segment.from; at < end;) {
		int begin = at;
		if (segment.script == HB_SCRIPT_LATIN && (unsigned char)text.at[at] < 0x80) {
			at++;
			continue;
		}
		hb_script_t script = script_of(utf8_next(text, &at));
		if (script == segment.script || is_of_any(script))
			continue;
		if (segment.script != HB_SCRIPT_COMMON) {
			segment.to = begin;
			shape_segment(shaping, &segment);
			segment.from = begin;
		}
		segment.script = script;
		shape_refuse_columns(shaping, script, begin);
	}
	if (segment.script != HB_SCRIPT_COMMON)
		shaping->script = segment.script;
	else
		segment.script = shaping->level ? shaping->script : HB_SCRIPT_LATIN;
	segment.to = end;
	shape_segment(shaping, &segment);
}

/* Cuts where the level changes. */
static void shape_levels(struct shaping *shaping, struct segment segment)
{
	const unsigned char *levels = shaping->levels;
	int end = segment.to;
	for (int at = segment.from; levels && at < end; at++) {
		shaping->level = levels[segment.from];
		segment.leftwards = shaping->level & 1;
		if (at + 1 < end && levels[at + 1] == shaping->level)
			continue;
		segment.to = at + 1;
		shape_scripts(shaping, segment);
		segment.from = at + 1;
	}
	if (!levels)
		shape_scripts(shaping, segment);
}

static bool shaped_together(const struct span *a, const struct span *b)
{
	return a->chain == b->chain && a->features == b->features && a->size == b->size &&
		a->rise == b->rise && !a->forced && !b->forced && str_eq(a->lang, b->lang);
}

static struct segment segment_of(const struct shaping *shaping, int span, int to)
{
	const struct flat *flat = shaping->flat;
	return (struct segment){
		.from = flat->spans[span].from,
		.to = flat_span_end(flat, to - 1),
		.chain = &shaping->shaper->text->chains.at[flat->spans[span].chain],
		.language = language_find(shaping->shaper, flat->spans[span].lang),
		.features = flat->spans[span].features,
	};
}

static void shape_spans(struct shaping *shaping)
{
	const struct flat *flat = shaping->flat;
	for (int i = 0, end; i < flat->span_count; i = end) {
		const struct span *span = &flat->spans[i];
		for (end = i + 1; end < flat->span_count; end++)
			if (!shaped_together(span, &flat->spans[end]))
				break;
		shape_levels(shaping, segment_of(shaping, i, end));
	}
}

void shape(struct shaper *shaper, struct arena *arena, const struct flat *flat,
	struct paragraph *paragraph, struct diags *diags)
{
	struct shaping shaping = {.shaper = shaper,
		.diags = diags,
		.flat = flat,
		.levels = bidi_levels(shaper->scratch, flat)};
	if (shaping.levels)
		shaping.script = first_script(flat->text);
	buf_clear(&shaper->glyphs);
	shape_spans(&shaping);
	paragraph->text = flat->text;
	paragraph->leftwards = flat->leftwards;
	paragraph->mixed = shaping.levels != NULL;
	paragraph->shifted = shaping.shifted;
	paragraph->glyph_count = shape_count(&shaping);
	paragraph->glyphs = arena_take_array(arena, struct glyph, paragraph->glyph_count);
	if (shaper->glyphs.len)
		memcpy(paragraph->glyphs, shaper->glyphs.at, shaper->glyphs.len);
	shape_make_runs(&shaping, arena, paragraph);
}
