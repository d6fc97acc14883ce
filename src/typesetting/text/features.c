/* features.c - the features that a style asks for → those that a chain of faces has, numbered, so
 * that what is shaped alike is known by a number. What none of the faces has is left out: a letter
 * in a face without tabular figures is shaped, and kept, as if no style had asked for them. */
#include "text/text_int.h"

#include <hb-ot.h>

bool font_has_feature(const struct font *font, uint32_t tag)
{
	static const hb_tag_t tables[] = {HB_OT_TAG_GSUB, HB_OT_TAG_GPOS};
	hb_face_t *face = hb_font_get_face(font->hb);
	for (int i = 0; i < 2; i++) {
		hb_tag_t tags[64];
		unsigned from = 0, count = 64;
		for (; count == 64; from += count) {
			hb_ot_layout_table_get_feature_tags(face, tables[i], from, &count, tags);
			for (unsigned k = 0; k < count; k++)
				if (tags[k] == tag)
					return true;
		}
	}
	return false;
}

bool chain_has_feature(const struct text *text, const struct chain *chain, uint32_t tag)
{
	for (int i = 0; i < chain->own; i++) {
		const struct font *font = &text->fonts.at[chain->faces[i]];
		if (font->hb && font_has_feature(font, tag))
			return true;
	}
	return false;
}

static hb_feature_t feature_of(const struct feature *asked)
{
	return (hb_feature_t){
		asked->tag, asked->value, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END};
}

/* To be switched off a feature need not be there: kerning may be in a table without features. */
static int resolve(struct shaper *shaper, int chain, const struct features *asked)
{
	struct feature_set set = {0};
	const struct text *text = shaper->text;
	const struct chain *of = &text->chains.at[chain];
	for (int i = 0; i < asked->count; i++) {
		const struct feature *feature = &asked->at[i];
		if (!feature->value || chain_has_feature(text, of, feature->tag))
			set.at[set.count++] = feature_of(feature);
		else if (!feature->optional && cuts_with_feature(text, of, feature->tag))
			set.lacks[set.lack_count++] = feature_of(feature);
	}
	if (!set.count && !set.lack_count)
		return 0;
	if (!shaper->feature_sets.len) /* the first is that of nothing */
		*vec_push(shaper->kept, &shaper->feature_sets) = (struct feature_set){0};
	*vec_push(shaper->kept, &shaper->feature_sets) = set;
	return shaper->feature_sets.len - 1;
}

/* What is welcome is not missed. */
static bool same_wish(const struct features *a, const struct features *b)
{
	bool same = features_same(a, b);
	for (int i = 0; i < a->count && same; i++)
		same = a->at[i].optional == b->at[i].optional;
	return same;
}

int features_find(struct shaper *shaper, int chain, const struct features *asked)
{
	if (!asked->count)
		return 0;
	for (int i = 0; i < shaper->wishes.len; i++) {
		const struct wish *wish = &shaper->wishes.at[i];
		if (wish->chain == chain && same_wish(&wish->features, asked))
			return wish->set;
	}
	int set = resolve(shaper, chain, asked);
	*vec_push(shaper->kept, &shaper->wishes) = (struct wish){*asked, chain, set};
	return set;
}

const struct feature_set *shaper_features(const struct shaper *shaper, int features)
{
	return features ? &shaper->feature_sets.at[features] : NULL;
}

unsigned text_alternate(
	const struct text *text, int face, const struct features *features, uint32_t character)
{
	hb_feature_t list[MAX_FEATURES];
	char bytes[4];
	unsigned count;
	hb_buffer_t *buffer = hb_buffer_create();
	for (int i = 0; i < features->count; i++)
		list[i] = feature_of(&features->at[i]);
	hb_buffer_add_utf8(buffer, bytes, utf8_encode(character, bytes), 0, -1);
	hb_buffer_guess_segment_properties(buffer);
	hb_shape(text->fonts.at[face].hb, buffer, list, (unsigned)features->count);
	const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(buffer, &count);
	unsigned glyph = count == 1 ? infos->codepoint : 0;
	hb_buffer_destroy(buffer);
	return glyph;
}

bool text_has_features(const struct text *text, int face, const struct features *features)
{
	const struct font *font = &text->fonts.at[face];
	for (int i = 0; i < features->count && font->hb; i++)
		if (features->at[i].value && font_has_feature(font, features->at[i].tag))
			return true;
	return false;
}
