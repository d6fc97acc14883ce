/* default.c - what holds where a style says nothing: a calm letter on A4.
 *
 * The defaults are written as a style would write them and go through the same rows, so they cannot
 * say what a style cannot. Subject and headings alone are measured by the text that they head. */
#include "style/style_int.h"
#include "tree/vocabulary.h"

#include <assert.h>

static const struct {
	const char *element, *name, *value;
} page_defaults[] = {
	{"page", "width", "210mm"},
	{"page", "height", "297mm"},
	{"page", "top", "25mm"},
	{"page", "right", "25mm"},
	{"page", "bottom", "25mm"},
	{"page", "left", "25mm"},
	{"page", "first-top", "92mm"},
	{"page", "head-top", "13mm"},
	{"page", "date-top", "0"},
	{"window", "left", "20mm"},
	{"window", "top", "47mm"},
	{"window", "width", "90mm"},
	{"window", "height", "35mm"},
	{"window", "clear", "3.5mm"},
	{"information", "label-width", "26mm"},
	{"information", "label-size", "850"},
	{"footer", "bottom", "10mm"},
	{"footer", "gap", "5mm"},
	{"notes", "rule-width", "40mm"},
	{"notes", "rule-thickness", "0.5pt"},
	{"notes", "gap", "12pt"},
	{"notes", "mark-size", "620"},
	{"notes", "mark-rise", "340"},
	{"notes", "after-punctuation", "language"},
	{"links", "underline", "yes"},
	{"fit", "least-leading", "960"},
	{"fit", "least-space", "700"},
	{"breaks", "hyphen-penalty", "50"},
	{"breaks", "page-fill", "500"},
};

static const struct {
	const char *name, *value;
} base_defaults[] = {
	{"family", "Liberation Sans, DejaVu Sans"},
	{"size", "11pt"},
	{"leading", "15pt"},
	{"colour", "#000000"},
	{"align", "left"},
	{"hyphenate", "yes"},
	{"hang", "justified"},
	{"expand", "yes"},
	{"quotes", "straight"},
	{"line-break", "strict"},
	{"background", "#ffffff"},
};

/* What sets an element apart from the base. */
static const struct {
	enum tag tag;
	const char *name, *value;
} element_defaults[] = {
	{TAG_LETTERHEAD, "size", "9.5pt"},
	{TAG_LETTERHEAD, "leading", "12pt"},
	{TAG_LETTERHEAD, "indent-left", "95mm"},
	{TAG_LETTERHEAD, "features", "?lnum"},
	{TAG_CONTINUATION, "size", "9pt"},
	{TAG_CONTINUATION, "leading", "11pt"},
	{TAG_CONTINUATION, "after", "11pt"},
	{TAG_REFERENCE, "after", "7.5pt"},
	{TAG_REFERENCE, "features", "?lnum"},
	{TAG_DATE, "after", "15pt"},
	{TAG_INFORMATION, "before", "7.5pt"},
	{TAG_INFORMATION, "after", "15pt"},
	{TAG_INFORMATION, "features", "?lnum"},
	{TAG_RETURN_ADDRESS, "size", "7pt"},
	{TAG_RETURN_ADDRESS, "leading", "9pt"},
	{TAG_RETURN_ADDRESS, "after", "1pt"},
	{TAG_RETURN_ADDRESS, "features", "?lnum"},
	{TAG_ADDRESS, "size", "10.5pt"},
	{TAG_ADDRESS, "leading", "13pt"},
	{TAG_ADDRESS, "min-leading", "11pt"},
	{TAG_ADDRESS, "features", "?lnum"},
	{TAG_SALUTATION, "after", "7.5pt"},
	{TAG_SUBJECT, "weight", "bold"},
	{TAG_SUBJECT, "before", "7.5pt"},
	{TAG_SUBJECT, "after", "7.5pt"},
	{TAG_P, "after", "7.5pt"},
	{TAG_UL, "after", "7.5pt"},
	{TAG_OL, "after", "7.5pt"},
	{TAG_LI, "indent-left", "6mm"},
	{TAG_LI, "after", "2pt"},
	{TAG_TABLE, "before", "4pt"},
	{TAG_TABLE, "after", "10pt"},
	{TAG_TABLE, "space", "1.5mm"},
	{TAG_TABLE, "rules", "all"},
	{TAG_CELL, "features", "?lnum ?tnum"},
	{TAG_IMAGE, "before", "4pt"},
	{TAG_IMAGE, "after", "10pt"},
	{TAG_BARCODE, "before", "4pt"},
	{TAG_BARCODE, "after", "10pt"},
	{TAG_QUOTE, "after", "7.5pt"},
	{TAG_QUOTE, "indent-left", "8mm"},
	{TAG_QUOTE, "indent-right", "8mm"},
	{TAG_RULE, "before", "8pt"},
	{TAG_RULE, "after", "8pt"},
	{TAG_RULE, "space", "0.5pt"},
	{TAG_CLOSING, "before", "7.5pt"},
	{TAG_SIGNATURE, "space", "20mm"},
	{TAG_SIGNATURE, "after", "7.5pt"},
	{TAG_SIGNATURES, "space", "10mm"},
	{TAG_SIGNATURES, "after", "7.5pt"},
	{TAG_SLIP, "before", "15pt"},
	{TAG_SLIP, "after", "15pt"},
	{TAG_SLIP, "space", "0.5pt"},
	{TAG_INITIALS, "before", "15pt"},
	{TAG_ENCLOSURES, "before", "15pt"},
	{TAG_COPIES, "before", "7.5pt"},
	{TAG_POSTSCRIPT, "before", "15pt"},
	{TAG_FOOTER, "size", "8pt"},
	{TAG_FOOTER, "leading", "10pt"},
	{TAG_FOOTER, "before", "12pt"},
	{TAG_FOOTER, "features", "?lnum"},
	{TAG_LINK, "colour", "#1d4f8f"},
	{TAG_EMAIL, "colour", "#1d4f8f"},
	{TAG_NOTE, "size", "8.5pt"},
	{TAG_NOTE, "leading", "11pt"},
	{TAG_NOTE, "before", "3pt"},
	{TAG_NOTE, "after", "2pt"},
	{TAG_NOTE, "indent-left", "8pt"},
	{TAG_EM, "slant", "italic"},
	{TAG_STRONG, "weight", "bold"},
};

/* A heading's size is per mille of the text's; the space around it, of the text's leading. */
static const struct {
	int size, before, after;
	bool bold, italic;
} heading_defaults[HEADING_LEVELS] = {
	{1100, 1200, 300, true, false},
	{1000, 1000, 250, true, false},
	{1000, 800, 150, true, true},
	{1000, 600, 100, false, true},
	{1000, 500, 0, false, true},
};
enum { SUBJECT_SIZE = 1200 };

static void set_default(const struct style_row *row, void *base, const char *value)
{
	bool good = row && style_set(row, base, str_of(value));
	assert(good && "a default is wrong");
	(void)good;
}

static struct block_style base_default(void)
{
	struct block_style base = {0};
	for (size_t i = 0; i < sizeof base_defaults / sizeof *base_defaults; i++)
		set_default(style_find_block_row(str_of(base_defaults[i].name)), &base,
			base_defaults[i].value);
	return base;
}

static void set_size(struct text_style *text, int size)
{
	text->size = length_scale(text->size, size, 1000);
	text->leading = length_scale(text->leading, size, 1000);
}

static void derive_headings(struct style *style, const struct block_style *base)
{
	set_size(&style->block[TAG_SUBJECT].text, SUBJECT_SIZE);
	for (int i = 0; i < HEADING_LEVELS; i++) {
		struct block_style *heading = &style->block[STYLE_HEADING + i];
		set_size(&heading->text, heading_defaults[i].size);
		heading->text.bold = heading_defaults[i].bold;
		heading->text.italic = heading_defaults[i].italic;
		heading->before = length_scale(
			base->text.leading, heading_defaults[i].before, 1000);
		heading->after = length_scale(base->text.leading, heading_defaults[i].after, 1000);
	}
}

/* Text that stands in short lines of its own, not in running paragraphs. */
static bool is_display(int i)
{
	enum tag tag = i >= STYLE_HEADING ? TAG_HEADING : (enum tag)i;
	return (tag_is_paragraph(tag) || tag_has_lines(tag)) && tag != TAG_P && tag != TAG_NOTE &&
		tag != TAG_POSTSCRIPT;
}

/* What makes the margins of running text straight only tears an address or a heading apart. */
static struct block_style display_of(struct block_style base)
{
	base.align = base.align == ALIGN_JUSTIFY ? ALIGN_LEFT : base.align;
	base.hyphenate = base.expand = false;
	base.hang = HANG_NO;
	return base;
}

void style_derive(struct style *style, const struct block_style *base)
{
	for (int i = 0; i < STYLE_COUNT; i++)
		style->block[i] = is_display(i) ? display_of(*base) : *base;
	derive_headings(style, base);
	for (size_t i = 0; i < sizeof element_defaults / sizeof *element_defaults; i++)
		set_default(style_find_block_row(str_of(element_defaults[i].name)),
			&style->block[element_defaults[i].tag], element_defaults[i].value);
	style->page_number = *base;
	set_default(style_find_block_row(str_lit("size")), &style->page_number, "9pt");
	set_default(style_find_block_row(str_lit("leading")), &style->page_number, "11pt");
	set_default(style_find_block_row(str_lit("align")), &style->page_number, "right");
}

int64_t style_place_page_number(struct style *style)
{
	sp capitals = length_scale(style->page_number.text.size, 72, 100);
	if (style->page_number_bottom == 0 && style->margin_bottom > capitals)
		style->page_number_bottom = (style->margin_bottom - capitals) / 2;
	return (int64_t)style->page_number_bottom + capitals;
}

sp style_continuation_top(const struct style *style)
{
	return style->continuation_top ? style->continuation_top : style->head_top;
}

struct style style_default(void)
{
	struct style style = {.lang = str_lit("en-GB")};
	for (size_t i = 0; i < sizeof page_defaults / sizeof *page_defaults; i++)
		set_default(style_find_row(str_of(page_defaults[i].element),
				    str_of(page_defaults[i].name)),
			&style, page_defaults[i].value);
	struct block_style base = base_default();
	style_derive(&style, &base);
	style_place_page_number(&style);
	return style;
}

/* -- the style of a block ---------------------------------------------------------------------- */

bool style_takes_variants(enum tag tag)
{
	return attribute_find_rule(tag, str_lit("variant"));
}

/* The variant that an element is of, where the style has it; or -1. */
static int variant_of(const struct style *style, const struct node *node)
{
	struct str name = node_attribute(node, "variant");
	for (int i = 0; name.at && i < style->variant_count; i++)
		if (style->variants[i].tag == node->tag && str_eq(style->variants[i].name, name))
			return i;
	return -1;
}

bool style_has_variant(const struct style *style, const struct node *node)
{
	return variant_of(style, node) >= 0;
}

static bool is_list(const struct node *node)
{
	return node && (node->tag == TAG_UL || node->tag == TAG_OL);
}

/* That of the item's list, or of the list in whose item that one is. */
static int variant_of_lists(const struct style *style, const struct node *item)
{
	int own = -1;
	while (own < 0 && item && is_list(item->parent)) {
		own = variant_of(style, item->parent);
		item = item->parent->parent;
	}
	return own;
}

static const struct block_style *variant_style(const struct style *style, const struct node *block)
{
	int own = variant_of(style, block);
	if (block->tag == TAG_LI)
		own = variant_of_lists(style, block);
	else if (own < 0 && block->tag == TAG_CELL && block->parent)
		own = variant_of(style, block->parent);
	return own < 0 ? NULL : &style->block[STYLE_VARIANT + 2 * own + (block->tag == TAG_LI)];
}

const struct block_style *style_block(const struct style *style, const struct node *block)
{
	bool heading = block->tag == TAG_HEADING;
	const struct block_style *own = style->variant_count ? variant_style(style, block) : NULL;
	if (own)
		return own;
	return &style->block[heading ? STYLE_HEADING + node_level(block) - 1 : (int)block->tag];
}
