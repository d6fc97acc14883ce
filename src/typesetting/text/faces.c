/* faces.c - the style's families → chains of faces, loaded.
 *
 * Every family that the style names is loaded in four cuts (upright and italic, regular and bold),
 * because em and strong may stand in any text. A family that has faces for several sizes is looked
 * up for each size that the style asks for. */
#include "text/faces_int.h"

#include "base/diag_id.h"

#include <stdlib.h>

/* What is needed while faces are looked for. */
struct search {
	struct text *text;
	const struct style *style;
	struct matcher *matcher;
	struct diags *diags;
};

static struct place style_place(const struct search *search)
{
	return place_in(search->style->file);
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

/* To hash a file through its mapping keeps all of it in memory, most of which no letter needs. */
static struct hash hash_face(const struct face *face, const struct matched *found)
{
	return face->is_file && found->hashed ? found->file : hash_bytes(face->bytes, face->len);
}

/* The face of a matched file, loaded at its first use; -1 after an error. */
static int load_face(
	const struct search *search, const struct matched *found, const struct cut *cut)
{
	struct text *text = search->text;
	int face = find_face(text, found->path, found->index, cut->size);
	if (face >= 0)
		return face;
	const char *problem = font_load(text, found->path, found->index, cut);
	if (problem) {
		diag_add(search->diags, FONT_READ, style_place(search), found->path, problem);
		return -1;
	}
	face = text->faces.len - 1;
	text->faces.at[face].hash = hash_face(&text->faces.at[face], found);
	problem = font_licence_fault(&text->fonts.at[face]);
	if (problem) {
		diag_add(search->diags, FONT_LICENCE, style_place(search), found->path, problem);
		return -1;
	}
	return face;
}

/* Adds to a chain the face of its next family, where it is there; true when another size may want
 * another. */
static bool chain_face(const struct search *search, struct chain *chain, struct str family)
{
	const struct cut cut = {chain->bold, chain->italic, chain->size};
	struct matched found = matcher_find(search->matcher, family, &cut);
	if (!found.path)
		return false;
	if (chain->count == 0)
		chain->inexact = !found.exact;
	int face = load_face(search, &found, &cut);
	if (face < 0)
		return found.sized;
	chain->faces[chain->count++] = face;
	if (found.rival && !chain->unclear.len)
		chain->unclear = str_format(search->text->arena, "%s and %s",
			search->text->faces.at[face].path, found.rival);
	return found.sized || search->text->fonts.at[face].size;
}

/* Of scripts that know no slant a family has no slanted characters, and some bold faces have fewer
 * than the regular: behind all faces of a cut come those of a plainer one. */
static void add_plainer(const struct search *search, struct chain *chain, bool bold, bool italic)
{
	struct chain plainer = *chain;
	struct str rest = chain->family, family;
	plainer.bold = bold;
	plainer.italic = italic;
	while (plainer.count < MAX_FAMILIES && str_split(&rest, ',', &family)) {
		int before = plainer.count;
		chain_face(search, &plainer, str_trim(family));
		for (int i = 0; i < before && plainer.count > before; i++)
			if (plainer.faces[i] == plainer.faces[before])
				plainer.count = before;
	}
	memcpy(chain->faces, plainer.faces, sizeof chain->faces);
	chain->count = plainer.count;
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
	struct str rest = style->family, family;
	while (chain.count < MAX_FAMILIES && str_split(&rest, ',', &family))
		sized |= chain_face(search, &chain, str_trim(family));
	chain.own = chain.count;
	if (italic && chain.count)
		add_plainer(search, &chain, bold, false);
	if (bold && chain.count)
		add_plainer(search, &chain, false, false);
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
		regional_add(search->text, search->text->chains.len - 1);
	}
}

/* A cut that a text style asks for itself, not just em or strong in it, should be clear; said once,
 * whatever the sizes. */
static void check_cut(const struct search *search, const struct text_style *style)
{
	struct text *text = search->text;
	int i = text_find_chain(text, style, style->bold, style->italic);
	struct chain *chain = &text->chains.at[i];
	if (chain->unclear.len)
		diag_add(search->diags, FONT_EQUAL, style_place(search), chain_cut_name(chain),
			diag_str(search->diags, chain->family),
			diag_str(search->diags, chain->unclear));
	for (i = 0; i < text->chains.len; i++) {
		struct chain *other = &text->chains.at[i];
		if (other->bold != chain->bold || other->italic != chain->italic ||
			!str_eq(other->family, chain->family))
			continue;
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
	for (int i = 0; i < style_count(style); i++)
		add_family(search, &style->block[i].text);
	add_family(search, &style->page_number.text);
	if (diags_failed(search->diags))
		return;
	for (int i = 0; i < style_count(style); i++)
		if (!is_of_default(style, i))
			check_cut(search, &style->block[i].text);
	check_cut(search, &style->page_number.text);
	for (int i = 0; i < style_count(style); i++)
		check_features(search, i);
	check_features(search, STYLE_COUNT);
}

struct text *text_new(const struct style *style, struct diags *diags)
{
	const struct face_keeping nowhere = {0};
	return text_new_kept(style, &nowhere, diags);
}

struct text *text_new_kept(
	const struct style *style, const struct face_keeping *keeping, struct diags *diags)
{
	struct arena *arena = arena_new();
	struct text *text = arena_alloc(arena, sizeof *text);
	text->arena = arena;
	text->patterns = pattern_files_new();
	struct diags *found = diags_new();
	struct search search = {.text = text, .style = style, .diags = found};
	search.matcher = matcher_new(arena, style, keeping, found);
	find_faces(&search);
	matcher_free(search.matcher);
	bool failed = diags_failed(found);
	diags_append(diags, found);
	diags_free(found);
	/* Most of what a face is chosen and measured by no letter needs, if it needs the face. */
	for (int i = 0; i < text->faces.len; i++)
		font_file_rest(&text->faces.at[i]);
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
		if (chain->region || chain->bold != bold || chain->italic != italic ||
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
