/* hyphen_kern.c - the kern between the end of a hyphenated word and its hyphen, which no shaping of
 * the paragraph has seen: the last character is shaped once more with a hyphen behind it. */
#include "text/text_int.h"

/* As it was shaped for one character before. */
struct kerned {
	uint16_t id; /* of the glyph that it had */
	int kern;
};

/* The bytes of the cluster that a glyph ends, and a hyphen. */
static struct str with_hyphen(struct shaper *shaper, const struct paragraph *paragraph, int glyph)
{
	int from = paragraph->glyphs[glyph].cluster;
	int to = glyph + 1 < paragraph->glyph_count ? paragraph->glyphs[glyph + 1].cluster
						    : paragraph->text.len;
	return str_format(shaper->scratch, "%.*s-", str_arg(str_slice(paragraph->text, from, to)));
}

static struct kerned shape_kerned(
	struct shaper *shaper, const struct run *run, struct str text, hb_language_t language)
{
	const struct font *font = &shaper->text->fonts.at[run->face];
	unsigned count;
	int at = 0;
	hb_script_t script = hb_unicode_script(
		hb_unicode_funcs_get_default(), utf8_next(text, &at));
	struct shape_input input = {
		text, 0, text.len, script, language, shaper_features(shaper, run->features)};
	hb_buffer_t *buffer = shaper->buffers[0];
	shape_buffer(buffer, font, &input);
	const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(buffer, &count);
	const hb_glyph_position_t *positions = hb_buffer_get_glyph_positions(buffer, NULL);
	if (count < 2 || infos[count - 1].codepoint != font->hyphen.id)
		return (struct kerned){0};
	hb_codepoint_t last = infos[count - 2].codepoint;
	return (struct kerned){
		(uint16_t)last, positions[count - 2].x_advance - font_advance(font->hb, last)};
}

int hyphen_kern(
	struct shaper *shaper, const struct paragraph *paragraph, const struct run *run, int glyph)
{
	const struct font *font = &shaper->text->fonts.at[run->face];
	if (!font->hb)
		return 0;
	int language = language_find(shaper, run->lang);
	uint64_t tag = (uint64_t)run->features << 48 | (uint64_t)run->face << 32 |
		(uint64_t)language;
	struct arena_mark mark = arena_save(shaper->scratch);
	struct str text = with_hyphen(shaper, paragraph, glyph);
	if (!shaper->hyphens)
		shaper->hyphens = cache_new();
	const struct kerned *known = cache_find(shaper->hyphens, tag, text);
	if (!known) {
		struct kerned *kept = cache_put(shaper->hyphens, tag, text, sizeof *kept);
		*kept = shape_kerned(shaper, run, text, shaper->languages.at[language].hb);
		known = kept;
	}
	arena_restore(shaper->scratch, mark);
	return known->id == paragraph->glyphs[glyph].id ? known->kern : 0;
}
