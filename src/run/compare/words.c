/* words.c - pages → the words on them, in the order in which the letter is read, each with the
 * boxes that it takes.
 *
 * Marks are sorted by node, since pages have the notes at their feet: a note that comes to stand on
 * another page has not moved among the words. A word may go over several marks (a field inside it,
 * a hyphen at the line's end) and then has several boxes. What is counted by the program, labels
 * and note marks, is no word: a further note would else change all that follow. */
#include "compare/words.h"

#include "layout/layout.h"
#include "text/text.h"

#include <stdlib.h>

enum { FIRST_IDEOGRAPH = 0x2E80 }; /* from here on (CJK) each character stands for a word */

/* A mark, and how far its words have been taken: they come in the order of its glyphs. */
struct piece {
	const struct mark *mark;
	int page;
	int taken, spaces; /* glyphs; blanks among them */
	int64_t units;     /* their advances */
	int look;          /* -1: not known yet */
	int units_per_em;
	sp top, bottom;
};

struct gathering {
	struct arena *arena;
	const struct text *text;
	struct page_words words;
	const char *source; /* the paragraph at work, and its copy */
	struct str copy;
	int end;   /* of the last word in it */
	bool open; /* it may go on */
};

static bool has_words(const struct mark *mark)
{
	return mark->kind == MARK_GLYPHS && mark->artifact == ARTIFACT_NONE && mark->glyph_count &&
		mark->role == ROLE_CONTENT;
}

static int compare(const void *a, const void *b)
{
	const struct mark *x = ((const struct piece *)a)->mark;
	const struct mark *y = ((const struct piece *)b)->mark;
	int by_node = (x->node > y->node) - (x->node < y->node);
	int from = x->glyphs[0].cluster, to = y->glyphs[0].cluster;
	return by_node ? by_node : (from > to) - (from < to);
}

static struct piece *sort_marks(struct arena *arena, const struct pages *pages, int *count)
{
	vec(struct piece) all = {0};
	for (int p = 0; p < pages->count; p++)
		for (int m = 0; m < pages->page[p].mark_count; m++)
			if (has_words(&pages->page[p].marks[m]))
				*vec_push(arena, &all) = (struct piece){
					.mark = &pages->page[p].marks[m], .page = p};
	if (all.len)
		qsort(all.at, (size_t)all.len, sizeof *all.at, compare);
	*count = all.len;
	return all.at;
}

static bool is_space(uint32_t code)
{
	return code <= 0x20 || code == 0xA0 || (code >= 0x2000 && code <= 0x200B);
}

/* Counted from the mark's other end. */
static struct word_box turned(const struct mark *mark, struct word_box box)
{
	sp left = box.left, ends = 2 * mark->x + mark->width;
	box.left = ends - box.right;
	box.right = ends - left;
	return box;
}

/* Where the glyphs end that are taken. */
static sp edge_of(const struct piece *piece)
{
	const struct mark *mark = piece->mark;
	return mark->x + mark_advance(mark, piece->units, piece->spaces, piece->units_per_em);
}

/* The room of the glyphs that stand for the bytes from..to; they are taken, with all before. */
static struct word_box box_of(struct piece *piece, int from, int to)
{
	const struct mark *mark = piece->mark;
	struct word_box box = {.page = piece->page, .top = piece->top, .bottom = piece->bottom};
	bool begun = false;
	for (; piece->taken < mark->glyph_count; piece->taken++) {
		const struct glyph *glyph = &mark->glyphs[piece->taken];
		int at = glyph->cluster;
		if (at >= to)
			break;
		if (!begun && at >= from)
			box.left = edge_of(piece);
		begun |= at >= from;
		piece->units += glyph->advance;
		piece->spaces += is_space(utf8_next(mark->text, &at));
	}
	box.right = edge_of(piece);
	box.left = begun ? box.left : box.right;
	return mark->leftwards ? turned(mark, box) : box;
}

/* Paragraphs that are the same in all letters share their text, so that of the next one may be the
 * same again. */
static void begin_paragraph(struct gathering *gathering, const struct mark *mark, int from)
{
	if (gathering->source == mark->text.at && from >= gathering->end)
		return;
	gathering->source = mark->text.at;
	gathering->copy = str_copy(gathering->arena, mark->text);
	gathering->open = false;
	gathering->words.paragraphs++;
}

/* "/usr/share/fonts/LiberationSans-Bold.ttf" → "LiberationSans-Bold" */
static struct str name_of(const struct face *face)
{
	struct str name = path_base(str_of(face->path));
	int dot = str_find(name, ".");
	return dot > 0 ? str_slice(name, 0, dot) : name;
}

static int find_look(struct gathering *gathering, const struct mark *mark)
{
	struct page_words *words = &gathering->words;
	int i = 0;
	for (; i < words->looks.len; i++) {
		const struct word_look *look = &words->looks.at[i];
		if (look->face == mark->face && look->size == mark->height &&
			look->colour == mark->colour)
			return i;
	}
	int tenths = length_scale(mark->height, 10, SP_PER_PT);
	*vec_push(gathering->arena, &words->looks) = (struct word_look){mark->face, mark->height,
		mark->colour,
		str_format(gathering->arena, "%.*s, %d.%d pt, #%06x",
			str_arg(name_of(text_face(gathering->text, mark->face))), tenths / 10,
			tenths % 10, (unsigned)mark->colour)};
	return i;
}

static int look_of(struct gathering *gathering, struct piece *piece)
{
	if (piece->look < 0)
		piece->look = find_look(gathering, piece->mark);
	return piece->look;
}

static void add(struct gathering *gathering, struct piece *piece, int from, int to, bool alone)
{
	struct page_words *words = &gathering->words;
	begin_paragraph(gathering, piece->mark, from);
	if (gathering->open && !alone && from == gathering->end)
		words->list.at[words->list.len - 1].text.len += to - from;
	else
		*vec_push(gathering->arena, &words->list) = (struct page_word){
			str_slice(gathering->copy, from, to), words->paragraphs - 1,
			look_of(gathering, piece)};
	struct word_box *box = vec_push(gathering->arena, &words->boxes);
	*box = box_of(piece, from, to);
	box->word = words->list.len - 1;
	gathering->end = to;
	gathering->open = !alone;
}

static void measure(struct gathering *gathering, struct piece *piece)
{
	const struct mark *mark = piece->mark;
	const struct face *face = text_face(gathering->text, mark->face);
	piece->units_per_em = face->units_per_em;
	piece->top = mark->y - length_scale(face->ascent, mark->height, face->units_per_em);
	piece->bottom = mark->y - length_scale(face->descent, mark->height, face->units_per_em);
	piece->look = -1;
}

static void add_mark(struct gathering *gathering, struct piece *piece)
{
	measure(gathering, piece);
	struct str text = str_slice(piece->mark->text, 0, piece->mark->text_to);
	int begin = -1;
	for (int at = piece->mark->glyphs[0].cluster, here; here = at, at < text.len;) {
		uint32_t code = utf8_next(text, &at);
		bool ends = is_space(code) || code >= FIRST_IDEOGRAPH;
		if (ends && begin >= 0)
			add(gathering, piece, begin, here, false);
		if (ends && !is_space(code))
			add(gathering, piece, here, at, true);
		begin = ends ? -1 : begin < 0 ? here : begin;
	}
	if (begin >= 0)
		add(gathering, piece, begin, text.len, false);
}

struct page_words page_words_of(
	struct arena *arena, const struct pages *pages, const struct text *text)
{
	struct gathering gathering = {.arena = arena, .text = text};
	struct arena *scratch = arena_new();
	int count;
	struct piece *pieces = sort_marks(scratch, pages, &count);
	for (int i = 0; i < count; i++)
		add_mark(&gathering, &pieces[i]);
	arena_free(scratch);
	return gathering.words;
}
