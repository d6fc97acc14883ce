/* faces.c - the style's families → font files, by fontconfig.
 *
 * Every family that the style names is loaded in four cuts (upright and italic, regular and bold),
 * because em and strong may stand in any text. Fontconfig's substitutions are not used: a letter
 * whose font is replaced by another looks different on the next machine, which the sender should
 * rather hear than see. */
#include "text/text_int.h"

#include "base/diag_id.h"

#include <fontconfig/fontconfig.h>
#include <stdlib.h>

/* What is needed while faces are looked for. */
struct search {
	struct text *text;
	const struct style *style;
	FcConfig *config;
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

/* The best file of a family, to be destroyed; NULL when the family is not installed. */
static FcPattern *match(const struct search *search, struct str family, bool bold, bool italic)
{
	FcPattern *wanted = FcPatternBuild(NULL, FC_FAMILY, FcTypeString, family.at, FC_WEIGHT,
		FcTypeInteger, bold ? FC_WEIGHT_BOLD : FC_WEIGHT_REGULAR, FC_SLANT, FcTypeInteger,
		italic ? FC_SLANT_ITALIC : FC_SLANT_ROMAN, FC_WIDTH, FcTypeInteger, FC_WIDTH_NORMAL,
		FC_SCALABLE, FcTypeBool, FcTrue, FC_VARIABLE, FcTypeBool, FcFalse, (char *)NULL);
	FcResult result;
	FcPattern *found = FcFontMatch(search->config, wanted, &result);
	FcPatternDestroy(wanted);
	if (found && has_family(found, family))
		return found;
	if (found)
		FcPatternDestroy(found);
	return NULL;
}

static bool is_exact(FcPattern *pattern, bool bold, bool italic)
{
	int weight = FC_WEIGHT_REGULAR, slant = FC_SLANT_ROMAN;
	FcPatternGetInteger(pattern, FC_WEIGHT, 0, &weight);
	FcPatternGetInteger(pattern, FC_SLANT, 0, &slant);
	return (weight >= FC_WEIGHT_DEMIBOLD) == bold && (slant != FC_SLANT_ROMAN) == italic;
}

static int find_face(const struct text *text, const char *path, int index)
{
	for (int i = 0; i < text->faces.len; i++)
		if (text->faces.at[i].index == index &&
			str_is(str_of(text->faces.at[i].path), path))
			return i;
	return -1;
}

/* The face of a matched file, loaded at its first use; -1 after an error. */
static int load_face(const struct search *search, FcPattern *pattern, bool bold, bool italic)
{
	struct text *text = search->text;
	FcChar8 *name = NULL;
	int index = 0;
	FcPatternGetString(pattern, FC_FILE, 0, &name);
	FcPatternGetInteger(pattern, FC_INDEX, 0, &index);
	const char *path = name ? (const char *)name : "";
	int face = find_face(text, path, index);
	if (face >= 0)
		return face;
	const char *problem = font_load(text, path, index, bold, italic);
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

/* Makes one chain of those families of the list that are installed. */
static void add_chain(const struct search *search, struct str list, bool bold, bool italic)
{
	struct text *text = search->text;
	struct chain chain = {
		.family = str_copy(text->arena, list), .bold = bold, .italic = italic};
	struct str rest = list, part;
	while (chain.count < MAX_FAMILIES && str_split(&rest, ',', &part)) {
		struct str family = str_copy(text->arena, str_trim(part));
		FcPattern *found = match(search, family, bold, italic);
		if (!found)
			continue;
		if (chain.count == 0)
			chain.inexact = !is_exact(found, bold, italic);
		int face = load_face(search, found, bold, italic);
		if (face >= 0)
			chain.faces[chain.count++] = face;
		FcPatternDestroy(found);
	}
	*vec_push(text->arena, &text->chains) = chain;
}

static void add_family(const struct search *search, struct str list)
{
	const struct text *text = search->text;
	for (int i = 0; i < text->chains.len; i++)
		if (str_eq(text->chains.at[i].family, list))
			return;
	int findings = diags_len(search->diags);
	for (int cut = 0; cut < 4 && diags_len(search->diags) == findings; cut++)
		add_chain(search, list, cut & 2, cut & 1);
	if (!text->chains.at[text->chains.len - 1].count && diags_len(search->diags) == findings)
		diag_add(search->diags, FONT_FAMILY, style_place(search),
			diag_str(search->diags, list));
}

/* A cut that a text style asks for itself, not just em or strong in it, should exist. */
static void check_cut(const struct search *search, const struct text_style *style)
{
	struct text *text = search->text;
	int i = text_find_chain(text, style->family, style->bold, style->italic);
	struct chain *chain = &text->chains.at[i];
	if (!chain->inexact)
		return;
	chain->inexact = false;
	diag_add(search->diags, FONT_CUT, style_place(search),
		diag_str(search->diags, chain->family),
		style->bold             ? style->italic ? "bold italic" : "bold"
			: style->italic ? "italic"
					: "regular");
}

static void find_faces(const struct search *search)
{
	const struct style *style = search->style;
	for (int i = 0; i < STYLE_COUNT; i++)
		add_family(search, style->block[i].text.family);
	add_family(search, style->page_number.text.family);
	if (diags_failed(search->diags))
		return;
	for (int i = 0; i < STYLE_COUNT; i++)
		check_cut(search, &style->block[i].text);
	check_cut(search, &style->page_number.text);
}

struct text *text_new(const struct style *style, struct diags *diags)
{
	struct arena *arena = arena_new();
	struct text *text = arena_alloc(arena, sizeof *text);
	text->arena = arena;
	struct diags *found = diags_new();
	struct search search = {text, style, FcInitLoadConfigAndFonts(), found};
	find_faces(&search);
	FcConfigDestroy(search.config);
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
int text_find_chain(const struct text *text, struct str family, bool bold, bool italic)
{
	for (int i = 0; i < text->chains.len; i++) {
		const struct chain *chain = &text->chains.at[i];
		if (chain->bold == bold && chain->italic == italic && str_eq(chain->family, family))
			return i;
	}
	return 0;
}

int text_style_face(const struct text *text, const struct text_style *style)
{
	int chain = text_find_chain(text, style->family, style->bold, style->italic);
	return text->chains.at[chain].faces[0];
}

struct glyph text_hyphen(const struct text *text, int face)
{
	return text->fonts.at[face].hyphen;
}
