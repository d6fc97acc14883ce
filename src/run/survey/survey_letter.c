/* survey_letter.c - what one letter's pages show of their faces: each character that stands on
 * them by the face that it is set in and the one that was asked for. */
#include "survey/survey.h"

#include "layout/layout.h"
#include "letter/letter.h"

struct viewer {
	struct survey *survey;
	const struct letter *letter;
	const struct text *text;
};

/* -- elements ---------------------------------------------------------------------------------- */

/* They look as what is around them does. */
static bool leaves_look(enum tag tag)
{
	return tag == TAG_TEXT || tag == TAG_FIELD || tag == TAG_SPAN || tag == TAG_ABBR ||
		tag == TAG_BR || tag == TAG_LINE;
}

static int use_of(const struct viewer *viewer, const struct mark *mark)
{
	static const int artifacts[] = {[ARTIFACT_NONE] = USE_MARK,
		[ARTIFACT_HEADER] = USE_HEAD,
		[ARTIFACT_FOOTER] = USE_FOOT,
		[ARTIFACT_LAYOUT] = USE_MARK,
		[ARTIFACT_TABLE_HEAD] = TAG_CELL,
		[ARTIFACT_WATERMARK] = USE_MARK,
		[ARTIFACT_GUIDE] = USE_MARK,
		[ARTIFACT_WORD] = USE_MARK,
		[ARTIFACT_BACKGROUND] = USE_MARK};
	if (mark->artifact != ARTIFACT_NONE || mark->node < 0)
		return artifacts[mark->artifact];
	const struct node *node = viewer->letter->nodes[mark->node];
	while (leaves_look(node->tag) && node->parent)
		node = node->parent;
	return (int)node->tag;
}

static struct place place_of_mark(const struct viewer *viewer, const struct mark *mark)
{
	return mark->node < 0 ? place_none() : viewer->letter->nodes[mark->node]->at;
}

/* -- characters and words ---------------------------------------------------------------------- */

static bool is_blank(uint32_t c)
{
	return c <= 0x20 || c == 0xA0 || (c >= 0x2000 && c <= 0x200F) || c == 0x202F || c == 0x2060;
}

/* Of Chinese and Japanese, which nothing parts into words. */
static bool is_unparted(uint32_t c)
{
	return (c >= 0x2E80 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) ||
		(c >= 0xFF00 && c <= 0xFFEF) || (c >= 0x20000 && c <= 0x3FFFF);
}

/* The face that a mark's glyphs are of; -1: the one that stands for what is not there. */
static int set_in(const struct mark *mark, bool missing)
{
	return missing ? -1 : mark->face;
}

static void note(
	const struct viewer *viewer, const struct mark *mark, struct str text, bool word, int other)
{
	const struct gap gap = {text, mark->asked, other, word, 1, place_of_mark(viewer, mark)};
	survey_gap(viewer->survey, &gap);
}

/* Those of one cluster, to a byte. */
static void note_characters(
	const struct viewer *viewer, const struct mark *mark, int at, int to, bool missing)
{
	struct face_use *use = survey_use(viewer->survey, mark->face);
	while (at < to) {
		int from = at;
		uint32_t c = utf8_next(mark->text, &at);
		if (is_blank(c) || !text_is_said(c))
			continue;
		use->characters += !missing;
		if ((missing || mark->face != mark->asked) &&
			!text_face_has(viewer->text, mark->asked, c))
			note(viewer, mark, str_slice(mark->text, from, at), false,
				set_in(mark, missing));
	}
}

/* Those of a mark that is in another face than was asked for. */
static void note_words(const struct viewer *viewer, const struct mark *mark)
{
	struct str text = mark->text;
	int begin = -1;
	for (int at = mark->glyphs[0].cluster, here; here = at, at < mark->text_to;) {
		uint32_t c = utf8_next(text, &at);
		bool ends = is_blank(c) || is_unparted(c);
		if (ends && begin >= 0)
			note(viewer, mark, str_slice(text, begin, here), true, mark->face);
		begin = ends ? -1 : begin < 0 ? here : begin;
	}
	if (begin >= 0)
		note(viewer, mark, str_slice(text, begin, mark->text_to), true, mark->face);
}

static void survey_mark(const struct viewer *viewer, const struct mark *mark)
{
	bool any = false;
	survey_use(viewer->survey, mark->face)->in[use_of(viewer, mark)] = true;
	for (int i = 0, end; i < mark->glyph_count; i = end) {
		bool missing = false;
		int cluster = mark->glyphs[i].cluster;
		for (end = i; end < mark->glyph_count && mark->glyphs[end].cluster == cluster;
			end++)
			missing |= mark->glyphs[end].id == 0;
		note_characters(viewer, mark, cluster,
			end < mark->glyph_count ? mark->glyphs[end].cluster : mark->text_to,
			missing);
		any |= !missing;
	}
	if (any && mark->face != mark->asked)
		note_words(viewer, mark);
}

/* -- the letter -------------------------------------------------------------------------------- */

static void survey_languages(const struct viewer *viewer, const struct style *style)
{
	for (int i = 0; i < viewer->letter->node_count; i++) {
		const struct node *node = viewer->letter->nodes[i];
		if (text_wants_patterns(style, node))
			survey_language(viewer->survey, node->lang, node->at);
	}
}

struct survey *survey_of_letter(struct arena *arena, const struct letter *letter,
	const struct pages *pages, const struct style *style, const struct text *text)
{
	struct survey *survey = arena_alloc(arena, sizeof *survey);
	*survey = (struct survey){.arena = arena, .letters = 1};
	const struct viewer viewer = {survey, letter, text};
	for (int p = 0; p < pages->count; p++)
		for (int m = 0; m < pages->page[p].mark_count; m++) {
			const struct mark *mark = &pages->page[p].marks[m];
			if (mark->kind == MARK_GLYPHS && mark->glyph_count)
				survey_mark(&viewer, mark);
		}
	survey_languages(&viewer, style);
	map_free(&survey->known);
	return survey;
}
