/* sheet.c - a style → the style sheet of the HTML twin.
 *
 * It takes from the style what makes the letter the office's: type, colours, where letterhead and
 * date stand, the paper and its margins for a printer. The rest is made for a screen: a column as
 * wide as is good to read, that gives way to a narrow window and to large type. */
#include "twin/twin_int.h"

#include "style/style.h"

#include <stdio.h>

static const char rules[] =
	"*{box-sizing:border-box}\n"
	":root{color-scheme:light dark;-webkit-text-size-adjust:100%;text-size-adjust:100%}\n"
	"html{background:#e9edf0}\n"
	"body{margin:0;font-size:1.0625rem;line-height:1.6}\n"
	"main{max-width:46rem;margin:clamp(0rem,4vw,3rem) auto;padding:clamp(1.25rem,6vw,4.5rem);"
	"background:#fff;box-shadow:0 1px 3px #0003;overflow-wrap:anywhere}\n"
	"p,ul,ol,blockquote,.letterhead{margin:0 0 1.1em}\n"
	"h1,h2,h3,h4,h5,h6{margin:1.7em 0 .5em;line-height:1.3;text-wrap:balance}\n"
	"h1{font-size:1.375em;margin-top:1.2em}h2{font-size:1.1875em}h3{font-size:1.0625em}"
	"h4,h5,h6{font-size:1em}\n"
	".letterhead{margin-bottom:2.5em;font-size:.9375em;line-height:1.45}\n"
	".address{margin:2em 0;line-height:1.45}\n"
	".closing{margin:1.8em 0 0}.signature{margin:2.4em 0 2em}.signature img{display:block}\n"
	".enclosures,.copies,.postscript{margin-top:1.8em}\n"
	"ul,ol{padding-left:1.7em}li{margin:.3em 0}li>p,li>ul,li>ol,li>blockquote"
	"{margin:.3em 0}\n"
	"ol{list-style:decimal}:is(ul,ol) ol{list-style:lower-alpha}"
	":is(ul,ol) :is(ul,ol) ol{list-style:lower-roman}\n"
	"ul{list-style:disc}:is(ul,ol) ul{list-style:\"\xE2\x80\x93  \"}"
	":is(ul,ol) :is(ul,ol) ul{list-style:disc}\n"
	"blockquote{padding-left:1.2em;border-left:3px solid #c5ced6}\n"
	"table{border-collapse:collapse;width:100%;margin:0}\n"
	".wide{overflow-x:auto;margin:0 -12px 1.1em;padding:0 12px}li>.wide{margin:.3em -12px}"
	".wide:focus-visible{outline:3px solid;outline-offset:2px}\n"
	"@media (max-width:30rem){.wide table{width:max-content;min-width:100%}"
	"th,td{max-width:16rem}}\n"
	"th,td{text-align:left;vertical-align:top;padding:.45em 1em .45em 0;"
	"border-bottom:1px solid #c5ced6;overflow-wrap:break-word}\n"
	"th{border-bottom:2px solid}th:last-child,td:last-child{padding-right:0}\n"
	"td.right,th.right{text-align:right;font-variant-numeric:tabular-nums}"
	"td.centre,th.centre{text-align:center}\n"
	"hr{border:0;border-top:1px solid #767676;margin:2em 0}\n"
	"img{max-width:100%;height:auto}.image{margin:1.2em 0}\n"
	".note{font-size:.875em;line-height:1.5;margin:0 0 1.2em 1.2em;padding:.1em 0 .1em 1em;"
	"border-left:3px solid #c5ced6}.note+.note{margin-top:-.5em}.note p{margin:0}\n"
	".note:target,.mark:target{outline:2px solid;outline-offset:.2em;border-radius:2px}\n"
	"a{text-underline-offset:.15em;text-decoration-thickness:from-font;"
	"text-decoration-skip-ink:auto}\n"
	/* 24 pixels each way to hit (WCAG 2.2, 2.5.8), and no wider in the line. */
	".mark,[role=doc-backlink]{position:relative;white-space:nowrap;text-decoration:none;font-"
	"weight:700}\n"
	":is(.mark,[role=doc-backlink])::after{content:\"\";position:absolute;top:50%;left:50%;"
	"width:max(24px,100%);height:max(24px,100%);transform:translate(-50%,-50%)}\n"
	"a:hover{text-decoration-thickness:2px}"
	"a:focus-visible{outline:3px solid;outline-offset:2px;border-radius:2px}\n"
	"abbr[title]{text-decoration:underline dotted;text-underline-offset:.2em}\n"
	".hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}\n"
	"@media "
	"print{:root{color-scheme:light}.wide{overflow:visible}html{background:none}body{font-size:"
	"10.5pt;line-height:1.4}"
	"main{max-width:none;margin:0;padding:0;box-shadow:none}a{color:inherit}"
	"p,li{orphans:2;widows:2}h1,h2,h3,h4,h5,h6,.closing{break-after:avoid}"
	".note,.address,.signature,tr,img,blockquote{break-inside:avoid}}\n";

static const char head_and_foot[] =
	"dl{margin:0 0 "
	"1.6em;font-size:.9375em;line-height:1.45}dl>div{display:flex;flex-wrap:wrap}\n"
	"dt{flex:0 0 9em}dd{margin:0;flex:1 1 12em}\n"
	".return-address{margin:2em 0 "
	"0;font-size:.8125em}.return-address+.address{margin-top:.4em}\n"
	"footer{display:flex;flex-wrap:wrap;justify-content:space-between;gap:1em 2em;"
	"margin-top:2.5em;padding-top:1em;border-top:1px solid #c5ced6;font-size:.8125em;"
	"line-height:1.45}footer p{margin:0}\n";

/* The same by where lines begin and end, for a letter that has both directions. */
static const char both_ways[] =
	"ul,ol{padding-left:0;padding-inline-start:1.7em}\n"
	"blockquote{padding-left:0;padding-inline-start:1.2em;border-left:0;"
	"border-inline-start:3px solid #c5ced6}\n"
	"th,td{text-align:start;padding-right:0;padding-inline-end:1em}"
	"th:last-child,td:last-child{padding-inline-end:0}\n"
	"td.right,th.right{text-align:end}\n"
	".note{margin-left:0;margin-inline-start:1.2em;padding-left:0;padding-inline-start:1em;"
	"border-left:0;border-inline-start:3px solid #c5ced6}\n"
	".letterhead[class]{margin-left:0;margin-inline-start:auto}\n";

static void put_colour(struct buf *out, const char *selector, uint32_t colour)
{
	buf_format(out, "%s{color:#%06x}\n", selector, (unsigned)colour);
}

static void put_dark_variants(struct buf *out, const struct style *style, uint32_t page, int least);

/* On a dark screen, for who asks for one: the same colours, lightened until they are read. */
static void put_dark(struct buf *out, const struct style *style)
{
	enum { PAGE = 0x1C2126, WORDS = 1200, LINKS = 700 };
	const uint32_t text = style->block[TAG_P].text.colour;
	buf_format(out,
		"@media screen and (prefers-color-scheme:dark){html{background:#111417}"
		"main{background:#%06x;box-shadow:none}body{color:#%06x}",
		PAGE, (unsigned)style_lightened(text, PAGE, WORDS));
	put_colour(out, "a", style_lightened(style->block[TAG_LINK].text.colour, PAGE, LINKS));
	put_colour(out, ".letterhead",
		style_lightened(style->block[TAG_LETTERHEAD].text.colour, PAGE, LINKS));
	for (int i = 0; i <= HEADING_LEVELS; i++) {
		const char name[] = {'h', (char)('1' + i), '\0'};
		int block = i ? STYLE_HEADING + i - 1 : TAG_SUBJECT;
		put_colour(
			out, name, style_lightened(style->block[block].text.colour, PAGE, LINKS));
	}
	put_dark_variants(out, style, PAGE, LINKS);
	buf_puts(out, "th,td,blockquote,.note{border-color:#4a545d}img{background:#fff}}\n");
}

/* Names as strings of CSS, of which only plain characters are left. */
static void put_family(struct buf *out, struct str families)
{
	bool serif = str_find(families, "Serif") >= 0;
	struct str name;
	buf_puts(out, "font-family:");
	while (str_split(&families, ',', &name)) {
		name = str_trim(name);
		buf_char(out, '"');
		for (int i = 0; i < name.len; i++)
			if ((unsigned char)name.at[i] >= ' ' && !strchr("\"\\<>&", name.at[i]))
				buf_char(out, name.at[i]);
		buf_puts(out, "\",");
	}
	buf_puts(out, serif ? "Georgia,serif" : "Arial,Helvetica,sans-serif");
}

static void put_heading(struct buf *out, int number, const struct text_style *text)
{
	buf_format(out, "h%d{color:#%06x;font-weight:%s;font-style:%s}\n", number,
		(unsigned)text->colour, text->bold ? "bold" : "normal",
		text->italic ? "italic" : "normal");
}

static void put_headings(struct buf *out, const struct style *style)
{
	put_heading(out, 1, &style->block[TAG_SUBJECT].text);
	for (int i = 0; i < HEADING_LEVELS; i++)
		put_heading(out, i + 2, &style->block[STYLE_HEADING + i].text);
}

/* Where a block stands on the page: at the left, in the middle, at the right. */
static void put_place(struct buf *out, const struct style *style, enum tag tag, bool leftwards)
{
	static const char *const aligns[] = {
		[ALIGN_LEFT] = NULL,
		[ALIGN_RIGHT] = "right",
		[ALIGN_CENTRE] = "center",
		[ALIGN_JUSTIFY] = NULL,
	};
	const char *align = aligns[style->block[tag].align];
	if (leftwards && style->block[tag].align == ALIGN_RIGHT)
		align = "end";
	if (align)
		buf_format(out, ".%s{text-align:%s}\n", tag_element(tag), align);
}

/* As far in as on the page, in tenths of per cent of the text's width, and further out only when
 * its lines need it. */
static void put_indent(struct buf *out, const struct style *style)
{
	int64_t width = (int64_t)style->page_width - style->margin_left - style->margin_right;
	int rest = 1000 - (int)(style->block[TAG_LETTERHEAD].indent_left * (int64_t)1000 / width);
	if (rest < 1000)
		buf_format(out,
			".letterhead{margin-left:auto;width:fit-content;min-width:%d.%d%%}\n",
			rest > 0 ? rest / 10 : 0, rest > 0 ? rest % 10 : 0);
}

/* -- features of OpenType ---------------------------------------------------------------------- */

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

static void put_all_features(struct buf *out, const struct style *style)
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

static void put_variants(struct buf *out, const struct style *style)
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

static void put_dark_variants(struct buf *out, const struct style *style, uint32_t page, int least)
{
	for (int i = 0; i < style->variant_count; i++) {
		const struct variant *variant = &style->variants[i];
		bool list = variant->tag == TAG_UL || variant->tag == TAG_OL;
		uint32_t colour = style->block[STYLE_VARIANT + 2 * i + list].text.colour;
		if (colour == style->block[TAG_TEXT].text.colour ||
			style->block[STYLE_VARIANT + 2 * i].background != PAPER)
			continue;
		put_selector(out, variant);
		put_colour(out, "", style_lightened(colour, page, least));
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
static void put_backings(struct buf *out, const struct style *style)
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

/* -- paper ------------------------------------------------------------------------------------- */

static void put_length(struct buf *out, sp length)
{
	int64_t tenths = ((int64_t)length * 254 + 36 * SP_PER_PT) / (72 * (int64_t)SP_PER_PT);
	buf_format(out, " %lld.%lldmm", (long long)tenths / 10, (long long)tenths % 10);
}

static void put_paper(struct buf *out, const struct style *style)
{
	buf_puts(out, "@page{size:");
	put_length(out, style->page_width);
	put_length(out, style->page_height);
	buf_puts(out, ";margin:");
	put_length(out, style->margin_top);
	put_length(out, style->margin_right);
	put_length(out, style->margin_bottom);
	put_length(out, style->margin_left);
	buf_puts(out, "}\n");
}

void sheet_put(struct buf *out, const struct style *style, bool leftwards, bool heads)
{
	static const enum tag placed[] = {TAG_LETTERHEAD, TAG_REFERENCE, TAG_DATE, TAG_IMAGE};
	const struct text_style *text = &style->block[TAG_P].text;
	buf_puts(out, "<style>\n");
	buf_puts(out, rules);
	buf_puts(out, "body{");
	put_family(out, text->family);
	buf_format(out, ";color:#%06x}\n", (unsigned)text->colour);
	put_colour(out, "a", style->block[TAG_LINK].text.colour);
	put_colour(out, ".letterhead", style->block[TAG_LETTERHEAD].text.colour);
	put_headings(out, style);
	for (size_t i = 0; i < sizeof placed / sizeof *placed; i++)
		put_place(out, style, placed[i], leftwards);
	put_indent(out, style);
	put_all_features(out, style);
	put_variants(out, style);
	if (heads)
		buf_puts(out, head_and_foot);
	if (leftwards)
		buf_puts(out, both_ways);
	put_dark(out, style);
	put_backings(out, style);
	put_paper(out, style);
	buf_puts(out, "</style>\n");
}

/* As a string of CSS, in which what is no letter or digit of ASCII is escaped (CSS Syntax
 * 3, 4.3.7). */
void sheet_put_word(struct buf *out, struct str word)
{
	if (!word.len)
		return;
	buf_puts(out, "<style>main::before{content:\"");
	for (int at = 0; at < word.len;) {
		uint32_t c = utf8_next(word, &at);
		bool plain = (c >= '0' && c <= '9') ||
			((c | 32) >= 'a' && (c | 32) <= 'z' && c < 128);
		if (plain)
			buf_char(out, (char)c);
		else
			buf_format(out, "\\%x ", (unsigned)c);
	}
	buf_puts(out,
		"\";float:right;font-size:1.4em;font-weight:bold;letter-spacing:.08em}"
		"</style>\n");
}
