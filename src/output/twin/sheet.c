/* sheet.c - a style → the style sheet of the HTML twin.
 *
 * It takes from the style what makes the letter the office's: type, colours, where letterhead and
 * date stand, the paper and its margins for a printer. The rest is made for a screen: a column as
 * wide as is good to read, that gives way to a narrow window and to large type. What single
 * elements and their variants have of their own is in sheet_blocks.c. */
#include "twin/sheet_int.h"

#include "style/style.h"

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

void sheet_put_colour(struct buf *out, const char *selector, uint32_t colour)
{
	buf_format(out, "%s{color:#%06x}\n", selector, (unsigned)colour);
}

/* On a dark screen, for who asks for one: the same colours, lightened until they are read. */
static void put_dark(struct buf *out, const struct style *style)
{
	enum { PAGE = 0x1C2126, WORDS = 1200, LINKS = 700 };
	const uint32_t text = style->block[TAG_P].text.colour;
	buf_format(out,
		"@media screen and (prefers-color-scheme:dark){html{background:#111417}"
		"main{background:#%06x;box-shadow:none}body{color:#%06x}",
		PAGE, (unsigned)style_lightened(text, PAGE, WORDS));
	sheet_put_colour(
		out, "a", style_lightened(style->block[TAG_LINK].text.colour, PAGE, LINKS));
	sheet_put_colour(out, ".letterhead",
		style_lightened(style->block[TAG_LETTERHEAD].text.colour, PAGE, LINKS));
	for (int i = 0; i <= HEADING_LEVELS; i++) {
		const char name[] = {'h', (char)('1' + i), '\0'};
		int block = i ? STYLE_HEADING + i - 1 : TAG_SUBJECT;
		sheet_put_colour(
			out, name, style_lightened(style->block[block].text.colour, PAGE, LINKS));
	}
	sheet_put_dark_variants(out, style, PAGE, LINKS);
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
	sheet_put_colour(out, "a", style->block[TAG_LINK].text.colour);
	sheet_put_colour(out, ".letterhead", style->block[TAG_LETTERHEAD].text.colour);
	put_headings(out, style);
	for (size_t i = 0; i < sizeof placed / sizeof *placed; i++)
		put_place(out, style, placed[i], leftwards);
	put_indent(out, style);
	sheet_put_features(out, style);
	sheet_put_variants(out, style);
	if (heads)
		buf_puts(out, head_and_foot);
	if (leftwards)
		buf_puts(out, both_ways);
	put_dark(out, style);
	sheet_put_backings(out, style);
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
