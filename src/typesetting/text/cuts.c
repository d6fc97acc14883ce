/* cuts.c - what a family has in one of its cuts and lacks in another: found where a text is set in
 * that, and not before, as few letters show all cuts of all their families. */
#include "text/text_int.h"

#include "base/diag_id.h"

const char *chain_cut_name(const struct chain *chain)
{
	return chain->bold      ? chain->italic ? "bold italic" : "bold"
		: chain->italic ? "italic"
				: "regular";
}

static bool is_other_cut(const struct chain *chain, const struct chain *other)
{
	bool sized = other->size == chain->size || !other->size || !chain->size;
	return sized && other->region == chain->region && str_eq(other->family, chain->family) &&
		(other->bold != chain->bold || other->italic != chain->italic);
}

const struct chain *cuts_with_character(
	const struct text *text, const struct chain *chain, int depth, uint32_t character)
{
	if (text_face_has(text, chain->faces[depth], character))
		return NULL;
	for (int i = 0; i < text->chains.len; i++) {
		const struct chain *other = &text->chains.at[i];
		if (!is_other_cut(chain, other) || depth >= other->own ||
			other->faces[depth] == chain->faces[depth])
			continue;
		if (text_face_has(text, other->faces[depth], character))
			return other;
	}
	return NULL;
}

const struct chain *cuts_with_feature(
	const struct text *text, const struct chain *chain, uint32_t tag)
{
	for (int i = 0; i < text->chains.len; i++) {
		const struct chain *other = &text->chains.at[i];
		if (is_other_cut(chain, other) && chain_has_feature(text, other, tag))
			return other;
	}
	return NULL;
}

void said_once(struct diags *diags, int findings)
{
	if (findings == diags_len(diags))
		return;
	const struct diag *last = diags_at(diags, findings);
	for (int i = 0; i < findings; i++)
		if (diags_at(diags, i)->id == last->id &&
			strcmp(diags_at(diags, i)->text, last->text) == 0) {
			diags_truncate(diags, findings);
			return;
		}
}

/* -- features ---------------------------------------------------------------------------------- */

static hb_buffer_t *shaped_alone(
	const struct font *font, struct str text, const hb_feature_t *feature, bool on)
{
	hb_buffer_t *buffer = hb_buffer_create();
	hb_buffer_add_utf8(buffer, text.at, text.len, 0, -1);
	hb_buffer_guess_segment_properties(buffer);
	hb_shape(font->hb, buffer, feature, on);
	return buffer;
}

static bool are_same(hb_buffer_t *a, hb_buffer_t *b)
{
	return hb_buffer_diff(a, b, (hb_codepoint_t)-1, 0) == HB_BUFFER_DIFF_FLAG_EQUAL;
}

/* Whether a feature changes anything in a text, in the first face of a chain that has it. */
static bool matters(
	const struct text *text, const struct chain *chain, struct str bytes, hb_feature_t feature)
{
	int i = 0;
	while (i < chain->own && !font_has_feature(&text->fonts.at[chain->faces[i]], feature.tag))
		i++;
	if (i == chain->own)
		return false;
	const struct font *font = &text->fonts.at[chain->faces[i]];
	hb_buffer_t *with = shaped_alone(font, bytes, &feature, true);
	hb_buffer_t *without = shaped_alone(font, bytes, &feature, false);
	bool same = are_same(with, without);
	hb_buffer_destroy(with);
	hb_buffer_destroy(without);
	return !same;
}

static void report_feature(
	const struct chain *chain, uint32_t tag, struct place at, struct diags *diags)
{
	char name[FEATURE_TAG + 1];
	const char *cut = chain_cut_name(chain);
	int findings = diags_len(diags);
	feature_name(&(struct feature){.tag = tag, .value = 1}, name);
	const char *shown = diag_str(diags, str_of(name));
	diag_add(diags, FONT_CUT_FEATURE, at, cut, diag_str(diags, chain->family), shown, shown,
		cut);
	said_once(diags, findings);
}

/* -- a paragraph ------------------------------------------------------------------------------- */

static void report_cut(struct str family, const char *cut, struct place at, struct diags *diags)
{
	int findings = diags_len(diags);
	diag_add(diags, FONT_CUT, at, diag_str(diags, family), cut);
	said_once(diags, findings);
}

static bool is_bold(const struct font *font)
{
	enum { DEMIBOLD = 600 };
	return hb_style_get_value(font->hb, HB_STYLE_TAG_WEIGHT) >= DEMIBOLD;
}

static bool has_face(const struct chain *chain, int face)
{
	for (int i = 0; i < chain->count; i++)
		if (chain->faces[i] == face)
			return true;
	return false;
}

void cuts_report_later(struct shaping *shaping, const struct segment *segment, int depth, int at)
{
	const struct text *text = shaping->shaper->text;
	const struct chain *chain = segment->chain;
	int face = chain->faces[depth];
	if (!depth || depth >= chain->own || !chain->bold || is_bold(&text->fonts.at[face]))
		return;
	for (int i = 0; i < text->chains.len; i++) {
		const struct chain *other = &text->chains.at[i];
		if (other->bold || other->italic != chain->italic ||
			!str_eq(other->family, chain->family) || !has_face(other, face))
			continue;
		report_cut(text_face_about(text, face, shaping->shaper->scratch).family, "bold",
			shape_place(shaping, at), shaping->diags);
		return;
	}
}

/* Whether the first face sets anything of it. */
static bool is_set_in_first(const struct text *text, const struct chain *chain, struct str bytes)
{
	for (int at = 0; at < bytes.len;) {
		uint32_t c = utf8_next(bytes, &at);
		if (c > ' ' && c != 0xA0 && text_face_has(text, chain->faces[0], c))
			return true;
	}
	return false;
}

static void report_features(
	struct shaper *shaper, const struct flat *flat, int i, struct diags *diags)
{
	const struct span *span = &flat->spans[i];
	const struct text *text = shaper->text;
	const struct chain *chain = &text->chains.at[span->chain];
	const struct feature_set *set = shaper_features(shaper, span->features);
	struct str bytes = str_slice(flat->text, span->from, flat_span_end(flat, i));
	for (unsigned k = 0; set && k < set->lack_count; k++) {
		const struct chain *other = cuts_with_feature(text, chain, set->lacks[k].tag);
		if (other && matters(text, other, bytes, set->lacks[k]))
			report_feature(chain, set->lacks[k].tag,
				span->node ? span->node->at : place_none(), diags);
	}
}

void cuts_report(struct shaper *shaper, const struct flat *flat, struct diags *diags)
{
	for (int i = 0; i < flat->span_count; i++) {
		const struct span *span = &flat->spans[i];
		const struct chain *chain = &shaper->text->chains.at[span->chain];
		struct str bytes = str_slice(flat->text, span->from, flat_span_end(flat, i));
		if (chain->inexact && is_set_in_first(shaper->text, chain, bytes))
			report_cut(chain->family, chain_cut_name(chain),
				span->node ? span->node->at : place_none(), diags);
		if (span->features)
			report_features(shaper, flat, i, diags);
	}
}
