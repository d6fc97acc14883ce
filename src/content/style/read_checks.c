/* read_checks.c - what a style must keep as a whole: room on the page, contrast. */
#include "base/diag_id.h"
#include "style/read_int.h"

/* A page must leave room for at least a word or two: 30 mm either way. */
void style_check_page(struct style_reader *reader, const struct xml_node *root)
{
	enum { LEAST = 30 * 72 * SP_PER_PT / 25 };
	const struct style *style = reader->style;
	int64_t width = (int64_t)style->page_width - style->margin_left - style->margin_right;
	int64_t height = (int64_t)style->page_height - style->margin_top - style->margin_bottom;
	int64_t first = (int64_t)style->page_height - style->first_top - style->margin_bottom;
	if (width >= LEAST && height >= LEAST && first >= LEAST)
		return;
	struct arena *arena = arena_new();
	diag_add(reader->diags, STYLE_PAGE, root->at, length_text(arena, width).at,
		length_text(arena, height < first ? height : first).at);
	arena_free(arena);
}

void style_check_page_number(struct style_reader *reader, const struct xml_node *root)
{
	struct style *style = reader->style;
	int64_t top = style_place_page_number(style);
	if (style->page_number.hidden || top <= style->margin_bottom)
		return;
	struct arena *arena = arena_new();
	diag_add(reader->diags, STYLE_PAGE_NUMBER, root->at, length_text(arena, top).at,
		length_text(arena, style->margin_bottom).at);
	arena_free(arena);
}

/* The text of which the style makes the look. Inlines have the size of what is around them, which
 * may be small. False: the element has no text. */
static bool look_of(const struct style *style, int i, struct text_style *text)
{
	const struct block_style *block = i == PAGE_NUMBER ? &style->page_number : &style->block[i];
	*text = block->text;
	if (i >= STYLE_HEADING) /* the page number too */
		return !block->hidden;
	enum tag tag = (enum tag)i;
	if (tag_is_paragraph(tag) || tag == TAG_LI || tag_has_lines(tag))
		return !block->hidden;
	text->size = 0;
	return tag_class(tag) == CLASS_INLINE && tag != TAG_TEXT;
}

/* What stands behind it, as far as the style alone can tell: of a list's items, what its variant
 * has. */
static uint32_t background_of(const struct style *style, int i)
{
	if (i == PAGE_NUMBER)
		return PAPER;
	bool second = i >= STYLE_VARIANT && (i - STYLE_VARIANT) % 2 > 0;
	enum tag tag = style_tag_of(style, i);
	if (second && tag != TAG_UL && tag != TAG_OL)
		return PAPER;
	return style->block[i - second].background;
}

static bool same_place(const struct place *a, const struct place *b)
{
	return a->line == b->line && a->column == b->column;
}

/* What <text> makes too pale is so in many elements, and what <element name="heading"> does in all
 * levels, but said once. */
void style_check_looks(struct style_reader *reader)
{
	const struct place *looks = reader->looks, *base = &looks[TAG_TEXT];
	bool said[PAGE_NUMBER + 1] = {false};
	for (int i = 0; i <= PAGE_NUMBER; i++) {
		struct text_style text;
		if (!looks[i].line || !look_of(reader->style, i, &text))
			continue;
		bool again = same_place(&looks[i], base) && !text.size;
		for (int k = 0; k < i; k++)
			again |= said[k] && same_place(&looks[k], &looks[i]);
		said[i] = !again &&
			style_check_contrast(
				&text, background_of(reader->style, i), looks[i], reader->diags);
	}
	if (!reader->style->underline_links)
		contrast_check_links(reader->style, reader->links, reader->diags);
}
