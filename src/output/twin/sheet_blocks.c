/* sheet_blocks.c - what single elements of a style have of their own, in the style sheet of the
 * HTML twin: features of OpenType, variants, frames and backgrounds. */
#include "twin/sheet_int.h"

#include "style/style.h"

#include <stdio.h>

/* Where an element is not found by its class: its words, and what a frame or a background is
 * around, where it may have them without a variant. */
static const struct {
	int block;
	const char *words;
	const char *box;
} selectors[] = {
	{TAG_P, "p:not([class])", ":not(li,blockquote)>p:not([class])"},
	{TAG_SUBJECT, "h1", "h1"},
	{STYLE_HEADING, "h2", "h2"},
	{STYLE_HEADING + 1, "h3", "h3"},
	{STYLE_HEADING + 2, "h4", "h4"},
	{STYLE_HEADING + 3, "h5", "h5"},
	{STYLE_HEADING + 4, "h6", "h6"},
	{TAG_UL, NULL, "ul"},
	{TAG_OL, NULL, "ol"},
	{TAG_LI, "li", NULL},
	{TAG_QUOTE, "blockquote", "blockquote"},
	{TAG_TABLE, NULL, "table"},
	{TAG_CELL, "th,td", "th,td"},
	{TAG_LINK, "a:not(.mark)", NULL},
	{TAG_EMAIL, "a[href^=\"mailto:\"]", NULL},
	{TAG_EM, "em", "em"},
	{TAG_STRONG, "strong", "strong"},
	{TAG_ABBR, "abbr", NULL},
	{TAG_NOTE, ".note p", NULL},
};
static const enum tag classes[] = {TAG_LETTERHEAD, TAG_REFERENCE, TAG_DATE, TAG_ADDRESS,
	TAG_SALUTATION, TAG_CLOSING, TAG_SIGNATURE, TAG_ENCLOSURES, TAG_COPIES, TAG_POSTSCRIPT};

/* -- features of OpenType ---------------------------------------------------------------------- */

static void put_features(struct buf *out, const char *selector, const struct features *features)
{
	char name[FEATURE_TAG + 1];
	buf_format(out, "%s{font-feature-settings:", selector);
	for (int i = 0; i < features->count; i++) {
		feature_name(&features->at[i], name);
		buf_format(out, "%s\"%s\" %d", i ? "," : "", name, features->at[i].value);
	}
	buf_puts(out, features->count ? "}\n" : "normal}\n");
}

/* Whether somebody asked for one of them: what fonts are welcome to have goes without saying. */
static bool are_asked_for(const struct features *features)
{
	for (int i = 0; i < features->count; i++)
		if (!features->at[i].optional)
			return true;
	return false;
}

static void put_features_of(
	struct buf *out, const struct style *style, int block, const char *selector)
{
	const struct features *base = &style->block[TAG_TEXT].text.features;
	const struct features *own = &style->block[block].text.features;
	if (!features_same(own, base) && (are_asked_for(own) || are_asked_for(base)))
		put_features(out, selector, own);
}

void sheet_put_features(struct buf *out, const struct style *style)
{
	char name[32];
	if (are_asked_for(&style->block[TAG_TEXT].text.features))
		put_features(out, "body", &style->block[TAG_TEXT].text.features);
	for (size_t i = 0; i < sizeof classes / sizeof *classes; i++) {
		snprintf(name, sizeof name, ".%s", tag_element(classes[i]));
		put_features_of(out, style, classes[i], name);
	}
	for (size_t i = 0; i < sizeof selectors / sizeof *selectors; i++)
		if (selectors[i].words)
			put_features_of(out, style, selectors[i].block, selectors[i].words);
}

/* -- variants ---------------------------------------------------------------------------------- */

/* A row's looks are its cells', a list's its items'. */
static void put_selector(struct buf *out, const struct variant *variant)
{
	const char *element = tag_element(variant->tag);
	struct str name = variant->name;
	if (variant->tag == TAG_CELL) { /* more than its row's */
		buf_format(out, "tr>td.cell-%.*s,tr>th.cell-%.*s", str_arg(name), str_arg(name));
		return;
	}
	buf_format(out, ".%s-%.*s", element, str_arg(name));
	if (variant->tag == TAG_ROW)
		buf_format(out, ">td,.%s-%.*s>th", element, str_arg(name));
	else if (variant->tag == TAG_UL || variant->tag == TAG_OL)
		buf_puts(out, ">li");
}

/* What it has in place of what its element has. */
static void put_difference(
	struct buf *out, const struct block_style *own, const struct block_style *usual)
{
	static const char *const aligns[] = {"start", "end", "center", "justify"};
	const struct text_style *text = &own->text;
	if (text->colour != usual->text.colour)
		buf_format(out, "color:#%06x;", (unsigned)text->colour);
	if (text->size != usual->text.size)
		buf_format(out, "font-size:%d%%;",
			(int)length_scale(100, text->size, usual->text.size));
	if (text->bold != usual->text.bold)
		buf_format(out, "font-weight:%s;", text->bold ? "bold" : "normal");
	if (text->italic != usual->text.italic)
		buf_format(out, "font-style:%s;", text->italic ? "italic" : "normal");
	if (own->align != usual->align)
		buf_format(out, "text-align:%s;", aligns[own->align]);
}

void sheet_put_variants(struct buf *out, const struct style *style)
{
	for (int i = 0; i < style->variant_count; i++) {
		const struct variant *variant = &style->variants[i];
		bool list = variant->tag == TAG_UL || variant->tag == TAG_OL;
		enum tag usual = list ? TAG_LI : variant->tag == TAG_ROW ? TAG_CELL : variant->tag;
		size_t before = out->len;
		put_selector(out, variant);
		buf_char(out, '{');
		size_t begin = out->len;
		put_difference(
			out, &style->block[STYLE_VARIANT + 2 * i + list], &style->block[usual]);
		bool nothing = out->len == begin;
		buf_puts(out, "}\n");
		out->len = nothing ? before : out->len;
	}
}

void sheet_put_dark_variants(struct buf *out, const struct style *style, uint32_t page, int least)
{
	for (int i = 0; i < style->variant_count; i++) {
		const struct variant *variant = &style->variants[i];
		bool list = variant->tag == TAG_UL || variant->tag == TAG_OL;
		uint32_t colour = style->block[STYLE_VARIANT + 2 * i + list].text.colour;
		if (colour == style->block[TAG_TEXT].text.colour ||
			style->block[STYLE_VARIANT + 2 * i].background != PAPER)
			continue;
		put_selector(out, variant);
		sheet_put_colour(out, "", style_lightened(colour, page, least));
	}
}

/* -- frames and backgrounds -------------------------------------------------------------------- */

static enum tag tag_of(const struct style *style, int block)
{
	return block >= STYLE_VARIANT ? style->variants[(block - STYLE_VARIANT) / 2].tag
				      : (enum tag)block;
}

/* Where borders collapse, that of the cells would win. */
static void put_frame(struct buf *out, const struct style *style, int block)
{
	enum tag tag = tag_of(style, block);
	buf_format(out, "%s:%s solid #%06x;",
		tag == TAG_TABLE || tag == TAG_ROW ? "outline" : "border",
		style->block[block].frame < 2 * SP_PER_PT ? "1px" : "3px",
		(unsigned)style->block[TAG_RULE].text.colour);
}

/* Its text keeps its colour on a dark screen, since the background does. */
static void put_backing(struct buf *out, const char *selector, const struct style *style, int block)
{
	const struct block_style *own = &style->block[block];
	enum tag tag = tag_of(style, block);
	buf_format(out, "%s{", selector);
	if (own->background != PAPER)
		buf_format(out, "background:#%06x;color:#%06x;print-color-adjust:exact;",
			(unsigned)own->background, (unsigned)own->text.colour);
	if (own->frame > 0)
		put_frame(out, style, block);
	if (own->space && tag != TAG_TABLE)
		buf_puts(out, "padding:.5em .8em;");
	if (tag == TAG_UL || tag == TAG_OL)
		buf_puts(out, "padding-inline-start:2.2em;");
	buf_puts(out, "}\n");
	if (own->background != PAPER)
		buf_format(out, ":is(%s) a{color:#%06x}:is(%s) .mark{color:inherit}\n", selector,
			(unsigned)style->block[TAG_LINK].text.colour, selector);
}

/* Words keep off the sides of every table where some have something to keep off. */
void sheet_put_backings(struct buf *out, const struct style *style)
{
	bool cells = style_is_backed(&style->block[TAG_TABLE]) ||
		style_is_backed(&style->block[TAG_CELL]);
	for (size_t i = 0; i < sizeof selectors / sizeof *selectors; i++)
		if (selectors[i].box && style_is_backed(&style->block[selectors[i].block]))
			put_backing(out, selectors[i].box, style, selectors[i].block);
	for (int i = 0; i < style->variant_count; i++) {
		const struct variant *variant = &style->variants[i];
		int block = STYLE_VARIANT + 2 * i;
		char selector[64];
		if (!style_is_backed(&style->block[block]))
			continue;
		snprintf(selector, sizeof selector, "%s.%s-%.*s",
			variant->tag == TAG_CELL ? "tr>" : "", tag_element(variant->tag),
			str_arg(variant->name));
		put_backing(out, selector, style, block);
		cells |= variant->tag == TAG_TABLE || variant->tag == TAG_ROW ||
			variant->tag == TAG_CELL;
	}
	if (cells)
		buf_puts(out, "th,td,td:last-child,th:last-child{padding:.45em .8em}\n");
}
