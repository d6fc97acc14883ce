/* marks.c - how the mark of a note is set: in the superior figures of its face, which were drawn to
 * be as strong as the letters beside them; else in its lining figures, made small and raised. Old-
 * style figures made small cannot be read. */
#include "text/text_int.h"

#include <hb-ot.h>

enum { LEAST_HEIGHT = pt(7) / 2, LARGEST_SUPERIOR = 1350 /* per mille of the text's size */ };

static const struct feature superior = {HB_TAG('s', 'u', 'p', 's'), 1, false};
static const struct feature lining = {HB_TAG('l', 'n', 'u', 'm'), 1, true};

const struct features text_superior_features = {{{HB_TAG('s', 'u', 'p', 's'), 1, false}}, 1};

/* Whether the feature changes each of the characters. */
static bool changes_all(const struct text *text, int face, const char *characters)
{
	const struct features none = {.count = 0};
	for (; *characters; characters++) {
		unsigned glyph = text_alternate(
			text, face, &text_superior_features, (unsigned char)*characters);
		if (!glyph ||
			glyph == text_alternate(text, face, &none, (unsigned char)*characters))
			return false;
	}
	return true;
}

bool text_has_superiors(const struct text *text, int face)
{
	return text_has_features(text, face, &text_superior_features) &&
		changes_all(text, face, "0123456789");
}

/* How high a 1 is, in font units: the lowest of the figures. */
struct one {
	uint32_t character;
	const struct features *features;
};
static void measure_one(const struct text *text, int face, struct one one, int *height, int *top)
{
	hb_glyph_extents_t extents = {0};
	unsigned glyph = text_alternate(text, face, one.features, one.character);
	bool has = font_extents(text->fonts.at[face].hb, glyph, &extents);
	*height = has ? -extents.height : 0;
	*top = has ? extents.y_bearing : 0;
}

static struct figures measure(const struct text *text, int face)
{
	struct figures figures = {.known = true};
	int top;
	if (!text->fonts.at[face].hb)
		return figures;
	figures.superior = text_has_superiors(text, face);
	figures.superior_comma = figures.superior && changes_all(text, face, ",");
	if (figures.superior)
		measure_one(text, face, (struct one){'1', &text_superior_features},
			&figures.superior_height, &figures.superior_top);
	const struct features asked = {{lining}, 1}, none = {.count = 0};
	bool has = text_has_features(text, face, &asked);
	measure_one(
		text, face, (struct one){'1', has ? &asked : &none}, &figures.lining_height, &top);
	return figures;
}

/* Of another script, by their 1, in the first face of a chain that has it: its index. */
static int measure_others(const struct text *text, const struct text_style *style, uint32_t one,
	struct figures *figures)
{
	const struct features none = {.count = 0};
	const struct chain
		*chain = &text->chains.at[text_find_chain(text, style, style->bold, style->italic)];
	int depth = 0, top;
	while (depth + 1 < chain->count && !text_face_has(text, chain->faces[depth], one))
		depth++;
	*figures = (struct figures){.known = true};
	measure_one(
		text, chain->faces[depth], (struct one){one, &none}, &figures->lining_height, &top);
	return chain->faces[depth];
}

static const struct figures *figures_of(struct shaper *shaper, int face)
{
	if (!shaper->figures)
		shaper->figures = arena_new_array(
			shaper->kept, struct figures, shaper->text->faces.len);
	if (!shaper->figures[face].known)
		shaper->figures[face] = measure(shaper->text, face);
	return &shaper->figures[face];
}

/* What figures must be scaled by, per mille, to be high enough. */
static int enlargement(sp size, int height, int units_per_em)
{
	sp high = length_scale(height, size, units_per_em);
	return high > 0 && high < LEAST_HEIGHT ? length_scale(LEAST_HEIGHT, 1000, high) : 1000;
}

/* They keep their top. */
static struct mark_look superior_look(
	struct text_style style, const struct figures *figures, int units_per_em)
{
	int more = enlargement(style.size, figures->superior_height, units_per_em);
	sp size = length_scale(style.size, more < LARGEST_SUPERIOR ? more : LARGEST_SUPERIOR, 1000);
	struct mark_look look = {
		style, -length_scale(figures->superior_top, size - style.size, units_per_em)};
	look.style.size = size;
	look.style.features = text_superior_features;
	return look;
}

static struct mark_look scaled_look(struct text_style text, const struct style *style,
	const struct figures *figures, int units_per_em)
{
	struct mark_look look = {text, length_scale(text.size, style->mark_rise, 1000)};
	sp size = length_scale(text.size, style->mark_size, 1000);
	size = length_scale(size, enlargement(size, figures->lining_height, units_per_em), 1000);
	look.style.size = size < text.size ? size : text.size;
	look.style.features = (struct features){{lining}, 1};
	return look;
}

static bool is_switched_off(const struct features *features)
{
	for (int i = 0; i < features->count; i++)
		if (features->at[i].tag == superior.tag)
			return !features->at[i].value;
	return false;
}

struct mark_look text_mark_look(struct shaper *shaper, const struct style *style,
	const struct text_style *around, uint32_t sign)
{
	enum { LAST_OF_ASCII = 0x7F };
	int face = text_style_face(shaper->text, around);
	struct figures others;
	bool other = sign > LAST_OF_ASCII && shaper->text->fonts.at[face].hb;
	if (other)
		face = measure_others(shaper->text, around, sign, &others);
	const struct figures *figures = other ? &others : figures_of(shaper, face);
	int units_per_em = shaper->text->faces.at[face].units_per_em;
	bool has = sign == ',' ? figures->superior_comma : figures->superior;
	return has && !is_switched_off(&around->features)
		? superior_look(*around, figures, units_per_em)
		: scaled_look(*around, style, figures, units_per_em);
}
