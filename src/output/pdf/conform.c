/* conform.c - the last look at a letter before its bytes are made: does it keep what its metadata
 * will claim (ISO 14289-1, PDF/UA-1, and ISO 19005-2, PDF/A-2a)?
 *
 * What a template, a style or a record may do wrong is found where it stands, in src/template and
 * src/letter, in better words. Here is looked at what the pages and the tags have come to, so that
 * a fault of our own makes a message and not a file that says what is not true. The rules are those
 * that depend on the letter; what is the same in all files is the matter of the tests, where
 * veraPDF judges. Reading the finished bytes again was the alternative: as slow as making them. */
#include "pdf/pdf_int.h"

#include "base/diag_id.h"

enum rule {
	RULE_TITLE,
	RULE_TAGGED,
	RULE_TREE,
	RULE_LANGUAGE,
	RULE_ALTERNATIVE,
	RULE_HEADING,
	RULE_NOTE,
	RULE_LINK,
	RULE_UNICODE,
	RULE_PRIVATE,
	RULE_NOTDEF,
	RULE_COUNT
};

static const struct {
	const char *clause, *fault;
} rules[RULE_COUNT] = {
	[RULE_TITLE] = {"ISO 14289-1 7.1-9", "the letter has no title"},
	[RULE_TAGGED] = {"ISO 14289-1 7.1-3", "a mark is neither tagged nor an artifact"},
	[RULE_TREE] = {"ISO 14289-1 7.1-12", "the parents of elements differ from their kids"},
	[RULE_LANGUAGE] = {"ISO 14289-1 7.2-29", "a language is not one of BCP 47"},
	[RULE_ALTERNATIVE] = {"ISO 14289-1 7.3-1", "a picture has no alternative text"},
	[RULE_HEADING] = {"ISO 14289-1 7.4.2-1", "a heading skips a level"},
	[RULE_NOTE] = {"ISO 14289-1 7.9-2", "two notes have the same ID"},
	[RULE_LINK] = {"ISO 14289-1 7.18.5-2", "a link has no description"},
	[RULE_UNICODE] = {"ISO 14289-1 7.21.7-2", "a glyph stands for no character"},
	[RULE_PRIVATE] = {"ISO 19005-2 6.2.11.7.3-1", "a glyph stands for a private-use character"},
	[RULE_NOTDEF] = {"ISO 14289-1 7.21.8-1", "a glyph is that of a missing character"},
};

struct check {
	const struct pdf *pdf;
	const struct tags *tags;
	const struct links *links;
	const struct letter *letter;
	struct diags *diags;
	bool broken[RULE_COUNT]; /* each is said once */
};

static void find(struct check *check, enum rule rule, const struct node *node)
{
	if (!check->broken[rule])
		diag_add(check->diags, CONFORM, node ? node->at : place_none(), rules[rule].fault,
			rules[rule].clause);
	check->broken[rule] = true;
}

/* -- marks ------------------------------------------------------------------------------------- */

enum { FIRST_ODD = 0xE000 }; /* and up to GLYPH_LIGATURE */

static bool is_private(uint32_t c)
{
	return (c >= 0xE000 && c <= 0xF8FF) || (c >= 0xF0000 && c < GLYPH_LIGATURE);
}

/* A glyph that some rule of the font made may be known by an odd character, as long as the content
 * states the text (spell.c); an artifact states none. */
static void check_odd(
	struct check *check, const struct mark *mark, const struct node *node, int glyph)
{
	uint32_t c = check->pdf->fonts[mark->face].slots[mark->glyphs[glyph].id].unicode;
	int at = mark->glyphs[glyph].cluster;
	if (node && (at >= mark->text.len || utf8_next(mark->text, &at) != c))
		return;
	find(check, is_private(c) ? RULE_PRIVATE : RULE_UNICODE, node);
}

/* Whether some glyph may have to be looked at: of hardly any mark. */
static bool has_odd(const struct font *font, const struct mark *mark)
{
	unsigned least = 1;
	uint32_t all = 0; /* not below any of them */
	for (int i = 0; i < mark->glyph_count; i++) {
		unsigned id = mark->glyphs[i].id;
		least = id < least ? id : least;
		all |= font->slots[id].unicode;
	}
	return !least || (all & ~(uint32_t)GLYPH_LIGATURE) >= FIRST_ODD;
}

static void check_glyphs(struct check *check, const struct mark *mark, const struct node *node)
{
	const struct font *font = &check->pdf->fonts[mark->face];
	bool odd = has_odd(font, mark), coded = odd && is_coded(font, mark, false);
	for (int i = 0; odd && i < mark->glyph_count; i++) {
		unsigned id = mark->glyphs[i].id;
		uint32_t c = font->slots[id].unicode;
		if (id == 0)
			find(check, RULE_NOTDEF, node);
		if (!coded && (is_private(c) || c == 0xFEFF || c == 0xFFFE))
			check_odd(check, mark, node, i);
	}
}

static void check_mark(struct check *check, const struct mark *mark)
{
	bool artifact = mark->artifact != ARTIFACT_NONE;
	bool known = mark->node >= 0 && mark->node < check->letter->node_count;
	const struct node *node = !artifact && known ? check->letter->nodes[mark->node] : NULL;
	if (!artifact && !known)
		find(check, RULE_TAGGED, NULL);
	if (mark->kind == MARK_PICTURE && node && !node_attribute(node, "alt").at)
		find(check, RULE_ALTERNATIVE, node);
	if (mark->kind == MARK_GLYPHS)
		check_glyphs(check, mark, node);
}

/* -- tree -------------------------------------------------------------------------------------- */

/* The element that the parent tree has for a kid: an index, or -1. */
static int parent_of(const struct check *check, const struct kid *kid)
{
	const struct tags *tags = check->tags;
	int at = kid->value, end = tags->contents.len;
	switch (kid->kind) {
	case KID_ELEMENT:
		return at >= 0 && at < tags->elements.len ? tags->elements.at[at].parent : -1;
	case KID_LINK:
		return at >= 0 && at < check->links->at.len ? check->links->at.at[at].element : -1;
	case KID_CONTENT:
		if (at < 0 || kid->page < 0 || kid->page >= tags->pages.len)
			return -1;
		at += tags->pages.at[kid->page];
		if (kid->page + 1 < tags->pages.len)
			end = tags->pages.at[kid->page + 1];
		return at < end ? tags->contents.at[at] : -1;
	}
	return -1;
}

/* Each kid has the parent whose kid it is; so if there are as many kids as things to be kids, all
 * are in the tree once. */
static void check_tree(struct check *check)
{
	const struct tags *tags = check->tags;
	int kids = 0, all = tags->elements.len + tags->contents.len;
	for (int i = 0; i < check->links->at.len; i++)
		all += check->links->at.at[i].element >= 0;
	for (int i = 0; i < tags->elements.len; i++) {
		const struct element *element = &tags->elements.at[i];
		for (const struct kid *kid = element->first; kid; kid = kid->next, kids++)
			if (parent_of(check, kid) != i)
				find(check, RULE_TREE, element->node);
	}
	if (all && kids != all - 1) /* the root is nobody's */
		find(check, RULE_TREE, check->letter->root);
}

static void check_languages(struct check *check)
{
	const char *last = NULL;
	for (int i = 0; i < check->tags->elements.len; i++) {
		const struct node *node = check->tags->elements.at[i].node;
		if (node->lang.at != last &&
			attribute_fault(TAG_LETTER, str_lit("xml:lang"), node->lang))
			find(check, RULE_LANGUAGE, node);
		last = node->lang.at;
	}
}

/* -- letter ------------------------------------------------------------------------------------ */

static void check_headings(struct check *check)
{
	int last = 0;
	for (int i = 0; i < check->letter->node_count; i++) {
		const struct node *node = check->letter->nodes[i];
		if (node->tag != TAG_SUBJECT && node->tag != TAG_HEADING)
			continue;
		const struct element *element = tags_find(check->tags, node, PART_SELF);
		if (!element)
			continue;
		int level = element->type.at[1] - '0';
		if (level > last + 1)
			find(check, RULE_HEADING, node);
		last = level;
	}
}

/* A note's ID is made of its number. */
static void check_notes(struct check *check)
{
	for (int i = 0; i < check->letter->note_count; i++)
		if (check->letter->notes[i]->note_number != i + 1)
			find(check, RULE_NOTE, check->letter->notes[i]);
}

static void check_links(struct check *check)
{
	for (int i = 0; i < check->links->at.len; i++) {
		const struct link *link = &check->links->at.at[i];
		const struct node *node = link->node;
		if (link->kind == LINK && !node->first && node_attribute(node, "title").len == 0)
			find(check, RULE_LINK, node);
	}
}

/* -- fonts ------------------------------------------------------------------------------------- */

bool conform_widths(const struct font *font, hb_face_t *subset, const hb_set_t *glyphs,
	const hb_map_t *ids, int wider)
{
	hb_font_t *sized = hb_font_create(subset); /* in font units */
	bool same = true;
	for (hb_codepoint_t glyph = HB_SET_VALUE_INVALID; hb_set_next(glyphs, &glyph);)
		same &= hb_font_get_glyph_h_advance(sized, hb_map_get(ids, glyph)) ==
			font->slots[glyph].advance + wider;
	hb_font_destroy(sized);
	return same;
}

bool conform_check(const struct pdf_writer *writer, const struct pages *pages, struct diags *diags)
{
	struct check check = {.pdf = writer->pdf,
		.tags = &writer->tags,
		.links = &writer->links,
		.letter = writer->tags.letter,
		.diags = diags};
	if (check.letter->title.len == 0)
		find(&check, RULE_TITLE, check.letter->root);
	for (int i = 0; i < pages->count; i++)
		for (int k = 0; k < pages->page[i].mark_count; k++)
			check_mark(&check, &pages->page[i].marks[k]);
	check_tree(&check);
	check_languages(&check);
	check_headings(&check);
	check_notes(&check);
	check_links(&check);
	for (enum rule rule = 0; rule < RULE_COUNT; rule++)
		if (check.broken[rule])
			return false;
	return true;
}
