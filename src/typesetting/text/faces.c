/* faces.c - the style's families → font files, by fontconfig.
 *
 * Every family that the style names is loaded in four cuts (upright and italic, regular and bold),
 * because em and strong may stand in any text. Fontconfig's substitutions are not used: a letter
 * whose font is replaced by another looks different on the next machine, which the sender should
 * rather hear than see. A family that has faces for several sizes is looked up for each size that
 * the style asks for.
 *
 * Fonts that a project has in its own folder go before those of the computer. */
#include "text/faces_int.h"

#include "base/diag_id.h"

#include <stdlib.h>

/* What is needed while faces are looked for. */
struct search {
	struct text *text;
	const struct style *style;
	struct fonts fonts[2]; /* the project's own, if it has some, and the computer's */
	int fonts_count;
	struct diags *diags;
};

static struct place style_place(const struct search *search)
{
	return place_in(search->style->file);
}

static bool has_family(FcPattern *pattern, struct str family)
{
	FcChar8 *name;
	for (int i = 0; FcPatternGetString(pattern, FC_FAMILY, i, &name) == FcResultMatch; i++)
		if (FcStrCmpIgnoreCase(name, (const FcChar8 *)family.at) == 0)
			return true;
	return false;
}

/* The best file of a family, to be destroyed; NULL when the family is not there. */
static FcPattern *match_kind(
	const struct fonts *fonts, struct str family, bool bold, bool italic, FcBool variable)
{
	FcPattern *wanted = FcPatternBuild(NULL, FC_FAMILY, FcTypeString, family.at, FC_WEIGHT,
		FcTypeInteger, bold ? FC_WEIGHT_BOLD : FC_WEIGHT_REGULAR, FC_SLANT, FcTypeInteger,
		italic ? FC_SLANT_ITALIC : FC_SLANT_ROMAN, FC_WIDTH, FcTypeInteger, FC_WIDTH_NORMAL,
		FC_SCALABLE, FcTypeBool, FcTrue, FC_VARIABLE, FcTypeBool, variable, (char *)NULL);
	FcResult result;
	FcFontSet *set = fonts->set;
	FcPattern *found = FcFontSetMatch(fonts->bare, &set, 1, wanted, &result);
	FcPatternDestroy(wanted);
	if (found && has_family(found, family))
		return found;
	if (found)
		FcPatternDestroy(found);
	return NULL;
}

/* Of what varies fontconfig tells the nearest that it can be. */
static bool is_exact(FcPattern *pattern, bool bold, bool italic)
{
	int weight = FC_WEIGHT_REGULAR, slant = FC_SLANT_ROMAN;
	FcPatternGetInteger(pattern, FC_WEIGHT, 0, &weight);
	FcPatternGetInteger(pattern, FC_SLANT, 0, &slant);
	return (weight >= FC_WEIGHT_DEMIBOLD) == bold && (slant != FC_SLANT_ROMAN) == italic;
}

/* A static face or a named instance, but for a cut that only the axes of a variable font have. */
static FcPattern *match_in(const struct fonts *fonts, struct str family, bool bold, bool italic)
{
	FcPattern *named = match_kind(fonts, family, bold, italic, FcFalse);
	if (named && is_exact(named, bold, italic))
		return named;
	FcPattern *variable = match_kind(fonts, family, bold, italic, FcTrue);
	bool better = variable && (!named || is_exact(variable, bold, italic));
	FcPattern *other = better ? named : variable;
	if (other)
		FcPatternDestroy(other);
	return better ? variable : named;
}

/* The project's own, but for a cut that the computer has and the project has not; *fonts: where. */
static FcPattern *match(const struct search *search, const struct chain *chain, struct str family,
	const struct fonts **fonts)
{
	FcPattern *best = NULL;
	for (int i = 0; i < search->fonts_count; i++) {
		FcPattern *found = match_in(&search->fonts[i], family, chain->bold, chain->italic);
		bool better = found &&
			(!best ||
				(!is_exact(best, chain->bold, chain->italic) &&
					is_exact(found, chain->bold, chain->italic)));
		FcPattern *other = better ? best : found;
		if (better) {
			best = found;
			*fonts = &search->fonts[i];
		}
		if (other)
			FcPatternDestroy(other);
	}
	return best;
}

static bool is_variable(FcPattern *pattern)
{
	FcBool variable;
	return FcPatternGetBool(pattern, FC_VARIABLE, 0, &variable) == FcResultMatch &&
		variable == FcTrue;
}

static int find_face(const struct text *text, const char *path, int index, sp size)
{
	for (int i = 0; i < text->faces.len; i++)
		if (text->fonts.at[i].index == index &&
			(!text->fonts.at[i].size || text->fonts.at[i].size == size) &&
			str_is(str_of(text->faces.at[i].path), path))
			return i;
	return -1;
}

/* The face of a matched file, loaded at its first use; -1 after an error. */
static int load_face(const struct search *search, FcPattern *pattern, const struct cut *cut)
{
	struct text *text = search->text;
	FcChar8 *name = NULL;
	int index = 0;
	FcPatternGetString(pattern, FC_FILE, 0, &name);
	FcPatternGetInteger(pattern, FC_INDEX, 0, &index);
	const char *path = name ? (const char *)name : "";
	if (is_variable(pattern))
		index |= instance_by_axes(cut);
	int face = find_face(text, path, index, cut->size);
	if (face >= 0)
		return face;
	const char *problem = font_load(text, path, index, cut);
	if (problem) {
		diag_add(search->diags, FONT_READ, style_place(search), path, problem);
		return -1;
	}
	face = text->faces.len - 1;
	problem = font_licence_fault(&text->fonts.at[face]);
	if (problem) {
		diag_add(search->diags, FONT_LICENCE, style_place(search), path, problem);
		return -1;
	}
	return face;
}

/* Adds to a chain the face of a family that was found, or its like for the chain's size; true when
 * another size may want another. */
static bool chain_face(const struct search *search, struct chain *chain, struct str family,
	const struct fonts *fonts, FcPattern *found)
{
	struct optical_choice choice = optical_choose(fonts, found, family, chain->size);
	const struct cut cut = {chain->bold, chain->italic, chain->size};
	int face = load_face(search, choice.face, &cut);
	if (face >= 0)
		chain->faces[chain->count++] = face;
	FcChar8 *rival = NULL;
	if (choice.rival)
		FcPatternGetString(choice.rival, FC_FILE, 0, &rival);
	if (rival && face >= 0 && !chain->unclear.len)
		chain->unclear = str_format(search->text->arena, "%s and %s",
			search->text->faces.at[face].path, (const char *)rival);
	FcPatternDestroy(choice.face);
	if (choice.rival)
		FcPatternDestroy(choice.rival);
	return choice.sized || (face >= 0 && search->text->fonts.at[face].size);
}

/* Of scripts that know no slant a family has no slanted characters: behind all slanted faces come
 * the upright ones. */
static void add_uprights(const struct search *search, struct chain *chain)
{
	struct chain upright = *chain;
	struct str rest = chain->family, part;
	upright.italic = false;
	while (upright.count < MAX_FAMILIES && str_split(&rest, ',', &part)) {
		struct str family = str_copy(search->text->arena, str_trim(part));
		const struct fonts *fonts = NULL;
		FcPattern *found = match(search, &upright, family, &fonts);
		int before = upright.count;
		if (!found)
			continue;
		chain_face(search, &upright, family, fonts, found);
		FcPatternDestroy(found);
		for (int i = 0; i < before && upright.count > before; i++)
			if (upright.faces[i] == upright.faces[before])
				upright.count = before;
	}
	memcpy(chain->faces, upright.faces, sizeof chain->faces);
	chain->count = upright.count;
}

/* Makes one chain of those families of a style's list that are installed. */
static struct chain *add_chain(
	const struct search *search, const struct text_style *style, bool bold, bool italic)
{
	struct text *text = search->text;
	struct chain chain = {.family = str_copy(text->arena, style->family),
		.bold = bold,
		.italic = italic,
		.size = style->size};
	bool sized = false;
	struct str rest = style->family, part;
	while (chain.count < MAX_FAMILIES && str_split(&rest, ',', &part)) {
		struct str family = str_copy(text->arena, str_trim(part));
		const struct fonts *fonts = NULL;
		FcPattern *found = match(search, &chain, family, &fonts);
		if (!found)
			continue;
		if (chain.count == 0)
			chain.inexact = !is_exact(found, bold, italic);
		sized |= chain_face(search, &chain, family, fonts, found);
		FcPatternDestroy(found);
	}
	if (italic && chain.count)
		add_uprights(search, &chain);
	if (!sized)
		chain.size = 0;
	struct chain *added = vec_push(text->arena, &text->chains);
	*added = chain;
	return added;
}

/* Of a family of which something was wrong no more is said. */
static bool is_known(
	const struct text *text, const struct text_style *style, bool bold, bool italic)
{
	for (int i = 0; i < text->chains.len; i++) {
		const struct chain *chain = &text->chains.at[i];
		bool same = chain->bold == bold && chain->italic == italic &&
			(!chain->size || chain->size == style->size);
		if ((same || chain->failed) && str_eq(chain->family, style->family))
			return true;
	}
	return false;
}

static void add_family(const struct search *search, const struct text_style *style)
{
	for (int cut = 0; cut < 4; cut++) {
		bool bold = cut & 2, italic = cut & 1;
		if (is_known(search->text, style, bold, italic))
			continue;
		int findings = diags_len(search->diags);
		struct chain *chain = add_chain(search, style, bold, italic);
		if (!chain->count && diags_len(search->diags) == findings)
			diag_add(search->diags, FONT_FAMILY, style_place(search),
				diag_str(search->diags, style->family));
		chain->failed = diags_len(search->diags) > findings;
	}
}

/* A cut that a text style asks for itself, not just em or strong in it, should exist, and be clear;
 * said once, whatever the sizes. */
static void check_cut(const struct search *search, const struct text_style *style)
{
	struct text *text = search->text;
	int i = text_find_chain(text, style, style->bold, style->italic);
	struct chain *chain = &text->chains.at[i];
	const char *cut = style->bold ? style->italic ? "bold italic" : "bold"
		: style->italic       ? "italic"
				      : "regular";
	if (chain->unclear.len)
		diag_add(search->diags, FONT_EQUAL, style_place(search), cut,
			diag_str(search->diags, chain->family),
			diag_str(search->diags, chain->unclear));
	if (chain->inexact)
		diag_add(search->diags, FONT_CUT, style_place(search),
			diag_str(search->diags, chain->family), cut);
	for (i = 0; i < text->chains.len; i++) {
		struct chain *other = &text->chains.at[i];
		if (other->bold != chain->bold || other->italic != chain->italic ||
			!str_eq(other->family, chain->family))
			continue;
		other->inexact = false;
		other->unclear = (struct str){0};
	}
}

/* Headings of the lower levels, of which few letters have any, want cuts of which few families have
 * all: a style that says nothing of them does not ask for those. */
static bool is_of_default(const struct style *style, int i)
{
	enum { LOWER = STYLE_HEADING + 2 };
	if (i < LOWER)
		return false;
	const struct style standard = style_default();
	return style->block[i].text.bold == standard.block[i].text.bold &&
		style->block[i].text.italic == standard.block[i].text.italic;
}

static bool family_has(const struct text *text, struct str family, uint32_t tag)
{
	for (int i = 0; i < text->chains.len; i++)
		if (str_eq(text->chains.at[i].family, family) &&
			chain_has_feature(text, &text->chains.at[i], tag))
			return true;
	return false;
}

/* What was said before of a family is not said again. */
static bool was_said(const struct style *style, int before, struct str family, uint32_t tag)
{
	for (int i = 0; i < before; i++) {
		const struct text_style *text = &style->block[i].text;
		for (int k = 0; k < text->features.count; k++)
			if (text->features.at[k].tag == tag && !text->features.at[k].optional &&
				str_eq(text->family, family))
				return true;
	}
	return false;
}

/* Features that no face of the family has, in any cut. */
static void check_features(const struct search *search, int block)
{
	const struct text_style *style = block < STYLE_COUNT ? &search->style->block[block].text
							     : &search->style->page_number.text;
	for (int i = 0; i < style->features.count; i++) {
		const struct feature *feature = &style->features.at[i];
		char name[FEATURE_TAG + 1];
		if (!feature->value || feature->optional ||
			family_has(search->text, style->family, feature->tag) ||
			was_said(search->style, block, style->family, feature->tag))
			continue;
		feature_name(feature, name);
		const char *tag = diag_str(search->diags, str_of(name));
		diag_add(search->diags, FONT_FEATURE, style_place(search),
			diag_str(search->diags, style->family), tag, tag);
	}
}

static void find_faces(const struct search *search)
{
	const struct style *style = search->style;
	for (int i = 0; i < STYLE_COUNT; i++)
		add_family(search, &style->block[i].text);
	add_family(search, &style->page_number.text);
	if (diags_failed(search->diags))
		return;
	for (int i = 0; i < STYLE_COUNT; i++)
		if (!is_of_default(style, i))
			check_cut(search, &style->block[i].text);
	check_cut(search, &style->page_number.text);
	for (int i = 0; i <= STYLE_COUNT; i++)
		check_features(search, i);
}

struct text *text_new(const struct style *style, struct diags *diags)
{
	struct arena *arena = arena_new();
	struct text *text = arena_alloc(arena, sizeof *text);
	text->arena = arena;
	text->patterns = pattern_files_new();
	struct diags *found = diags_new();
	struct search search = {.text = text, .style = style, .diags = found};
	FcConfig *computer = FcInitLoadConfigAndFonts(), *bare = FcConfigCreate();
	FcFontSet *own = own_fonts(arena, style, found);
	FcFontSet *sets[] = {own, FcConfigGetFonts(computer, FcSetSystem)};
	for (int i = 0; i < 2; i++)
		if (sets[i])
			search.fonts[search.fonts_count++] = (struct fonts){bare, sets[i]};
	find_faces(&search);
	if (own)
		FcFontSetDestroy(own);
	FcConfigDestroy(bare);
	FcConfigDestroy(computer);
	bool failed = diags_failed(found);
	diags_append(diags, found);
	diags_free(found);
	if (!failed)
		return text;
	text_free(text);
	return NULL;
}

void text_free(struct text *text)
{
	if (!text)
		return;
	for (int i = 0; i < text->fonts.len; i++)
		font_free(&text->fonts.at[i]);
	pattern_files_free(text->patterns);
	arena_free(text->arena);
}

int text_face_count(const struct text *text)
{
	return text->faces.len;
}

const struct face *text_face(const struct text *text, int face)
{
	return &text->faces.at[face];
}

/* A family that the style does not name (the fake knows none) is set in the first. */
int text_find_chain(const struct text *text, const struct text_style *style, bool bold, bool italic)
{
	int nearest = 0, least = -1;
	for (int i = 0; i < text->chains.len; i++) {
		const struct chain *chain = &text->chains.at[i];
		if (chain->bold != bold || chain->italic != italic ||
			!str_eq(chain->family, style->family))
			continue;
		int off = chain->size ? abs(chain->size - style->size) : 0;
		if (!off)
			return i;
		if (least < 0 || off < least)
			nearest = i, least = off;
	}
	return nearest;
}

int text_style_face(const struct text *text, const struct text_style *style)
{
	int chain = text_find_chain(text, style, style->bold, style->italic);
	return text->chains.at[chain].faces[0];
}

struct glyph text_hyphen(const struct text *text, int face)
{
	return text->fonts.at[face].hyphen;
}
