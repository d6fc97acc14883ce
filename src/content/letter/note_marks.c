/* note_marks.c - the mark of a note goes behind the punctuation that follows it, where the style or
 * the language asks for that.
 *
 * It is the note that moves in the merged letter, so that the page, the tags and the twins have it
 * at one place. It leaves an emphasis or a field that ends with it; what has nothing left goes. */
#include "letter/letter_int.h"

#include "locale/locale.h"
#include "style/style.h"

/* -- what a mark stands behind ----------------------------------------------------------------- */

static bool is_one_of(uint32_t c, const uint32_t *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (c == list[i])
			return true;
	return false;
}

/* What ends a clause, and quotation marks that close in one language or another. */
static bool is_punctuation(uint32_t c)
{
	static const uint32_t list[] = {'.', ',', ';', ':', '!', '?', '"', '\'', 0xBB, 0x2018,
		0x2019, 0x201C, 0x201D, 0x2026, 0x203A, 0x3001, 0x3002, 0x300D, 0x300F, 0xFF01,
		0xFF0C, 0xFF1A, 0xFF1B, 0xFF1F};
	return is_one_of(c, list, sizeof list / sizeof *list);
}

/* What the punctuation of a clause may be followed by: not by the s of an apostrophe or the minutes
 * of a time. */
static bool is_behind_clause(uint32_t c)
{
	static const uint32_t list[] = {' ', ')', ']', 0xA0, 0x202F, 0x2013, 0x2014};
	return is_one_of(c, list, sizeof list / sizeof *list) || c >= 0x3000;
}

/* Bytes of the punctuation that a text begins with. */
static int punctuation(struct str text)
{
	int at = 0;
	while (at < text.len) {
		int next = at;
		uint32_t c = utf8_next(text, &next);
		if (!is_punctuation(c))
			return is_behind_clause(c) ? at : 0;
		at = next;
	}
	return at;
}

/* -- the note ---------------------------------------------------------------------------------- */

/* The text right behind a note, in its paragraph; NULL: there is none. */
static struct node *text_behind(struct node *note)
{
	struct node *node = note;
	while (!node->next && !tag_is_paragraph(node->parent->tag))
		node = node->parent;
	node = node->next;
	while (node && node->tag != TAG_NOTE && node->first)
		node = node->first;
	return node && node->tag == TAG_TEXT && node->holds <= HOLDS_WORDS ? node : NULL;
}

static void take_out(struct node *node)
{
	struct node *parent = node->parent;
	struct node **link = &parent->first;
	while (*link != node)
		link = &(*link)->next;
	*link = node->next;
	if (!parent->first && !tag_is_paragraph(parent->tag))
		take_out(parent);
}

static void put_behind(struct arena *arena, struct node *note, struct node *text, int len)
{
	take_out(note);
	if (len < text->text.len) {
		struct node *rest = arena_new_array(arena, struct node, 1);
		*rest = *text;
		rest->text = str_slice(text->text, len, text->text.len);
		text->text = str_slice(text->text, 0, len);
		text->next = rest;
	}
	note->parent = text->parent;
	note->next = text->next;
	text->next = note;
}

static bool moves(const struct style *style, const struct node *note)
{
	const struct node *paragraph = node_paragraph(note->parent);
	return style->marks_after == MARKS_AFTER_BY_LANGUAGE
		? lang_has_marks_after(paragraph->lang)
		: style->marks_after == MARKS_AFTER_PUNCTUATION;
}

/* Behind the text that follows, if it begins with punctuation. */
static bool move_once(struct arena *arena, struct node *note)
{
	struct node *text = text_behind(note);
	int len = text && node_barred_by(text->parent, TAG_NOTE) == TAG_COUNT
		? punctuation(text->text)
		: 0;
	if (len)
		put_behind(arena, note, text, len);
	return len > 0;
}

/* From the last to the first, so that of two marks at one place the second makes way. */
bool move_note_marks(struct arena *arena, struct letter *letter, const struct style *style)
{
	bool moved = false;
	for (int i = letter->note_count - 1; i >= 0; i--)
		while (moves(style, letter->notes[i]) && move_once(arena, letter->notes[i]))
			moved = true;
	return moved;
}
