/* style.h - bytes → struct style: page, fonts, sizes, spacing; immutable once read. All lengths are
 * sp, places count from the page's top left, shares are per mille. */
#ifndef STYLE_STYLE_H
#define STYLE_STYLE_H

#include "tree/tree.h"

#define STYLE_NAMESPACE "urn:lettermerge:style:1"

enum align { ALIGN_LEFT, ALIGN_RIGHT, ALIGN_CENTRE, ALIGN_JUSTIFY };

/* What is asked of OpenType's features. */
enum { FEATURE_TAG = 4, MAX_FEATURES = 24 };
struct feature {
	uint32_t tag; /* "lnum", the first letter highest */
	uint16_t value;
	bool optional; /* a face that lacks it will do */
};
struct features {
	struct feature at[MAX_FEATURES]; /* each tag once */
	int count;
};

struct text_style {
	struct str
		family;   /* "Liberation Sans, DejaVu Sans": the first that has the glyph is used */
	sp size, leading; /* leading: baseline to baseline */
	bool bold, italic;
	uint32_t colour; /* 0xRRGGBB */
	struct features features;
};

/* Where a table has rules: nowhere; above, below and under its head; above its last row as well;
 * under every row. */
enum rules { RULES_NONE, RULES_HEADS, RULES_TOTALS, RULES_ALL };

/* What leads the eye from the words of a cell to those of the next. */
enum leaders { LEADERS_NO, LEADERS_DOTS };

/* Whether the mark of a note goes behind the punctuation that follows it, by the language's custom
 * if nothing else is said. */
enum marks_after { MARKS_AS_WRITTEN, MARKS_AFTER_PUNCTUATION, MARKS_AFTER_BY_LANGUAGE };

enum { PAPER = 0xFFFFFF };

/* What a block stands on one page with: bits. */
enum keep { KEEP_NO, KEEP_TOGETHER, KEEP_NEXT, KEEP_BOTH };

/* Whether what begins or ends a line stands partly in the margin. */
enum hang { HANG_NO, HANG_YES, HANG_JUSTIFIED };

struct block_style {
	struct text_style text;
	sp before, after; /* between two blocks the larger one holds */
	sp indent_left, indent_right;
	sp space;            /* signature: room for the hand; rule, return address: thickness of the
				line; table: cell padding; else what is within a frame or a background */
	sp frame;            /* thickness of the lines around it, in the colour of rules; 0: none */
	uint32_t background; /* PAPER: none */
	sp min_leading;      /* address: how far it may be tightened to fit the window; 0: not */
	struct {
		sp left, top;     /* column: of a letterhead and a continuation from the paper's top
				     left, of a slip from the slip's */
		sp width, height; /* column, and slip; 0: none is laid down */
	} place;
	enum align align;
	enum hang hang;
	enum rules rules;     /* of a table */
	enum leaders leaders; /* of a table */
	struct str numbering; /* of a heading: "1", "1.1", "§ 1"; empty: it does not count */
	enum keep keep;
	bool hyphenate;
	bool expand; /* glyphs are set a little wider or narrower */
	bool quotes; /* straight quotation marks are set as those of the language */
	bool loose;  /* line-break: a small kana may begin a line, a Korean word be divided */
	bool hidden; /* show="no": the block is not set */
};

/* Styles by tag; the levels of headings behind them, since each has its own: that of TAG_HEADING
 * itself is of no block. Then two for each variant: its own and, of a list, that of its items. */
enum {
	HEADING_LEVELS = 5,
	MAX_VARIANTS = 16,
	STYLE_HEADING = TAG_COUNT,
	STYLE_VARIANT = STYLE_HEADING + HEADING_LEVELS,
	STYLE_COUNT = STYLE_VARIANT + 2 * MAX_VARIANTS
};

/* A look of an element that a letter asks for by name: <p variant="small">. */
struct variant {
	enum tag tag;
	struct str name;
};

/* What a letter's file keeps, and says that it does. */
enum standard {
	STANDARD_UA1_A2, /* PDF/UA-1 (ISO 14289-1) and PDF/A-2a (ISO 19005-2), PDF 1.7 */
	STANDARD_UA2_A4  /* PDF/UA-2 (ISO 14289-2) and PDF/A-4 (ISO 19005-4), PDF 2.0 */
};

/* Where a picture of a letterhead or a continuation stands: between the margins as it is aligned,
 * or so far from the page's left; at the head's top, or so far from the page's; no larger than
 * that. Of each but align 0 says nothing. */
struct picture_place {
	sp left, top, width, height;
	enum align align;
};

/* Another look, for who asks for it. */
struct edition {
	struct str name; /* "large-print" */
	struct str file; /* its style, from the folder of the style that names it */
	struct place at;
	struct edition *next;
};

struct style {
	const char *file;
	struct str lang;
	sp page_width, page_height;
	sp margin_top, margin_right, margin_bottom, margin_left;
	sp first_top; /* page 1: the text begins at least this far from the page's top */
	struct {
		sp left, top, width, height; /* of the envelope, from the page's top left */
		sp clear;                    /* no letter within so much of its edges */
		sp clear_top;                /* and of its top within so much more */
	} window;
	sp fold_first, fold_second, punch; /* marks at the left edge, from the top; 0: none */
	bool show_folds;
	int most_pages;             /* of a letter; 0: any */
	int fit_lines;              /* a last page of fewer is saved if it can be; 0: never */
	int fit_leading, fit_space; /* down to so much of the leading, of space: per mille */
	sp head_top;                /* letterhead: top of its first line, from the page's top */
	sp date_top;                /* date and reference likewise; 0: they stand in the text */
	struct block_style block[STYLE_COUNT]; /* inlines use .text's bold, italic and colour */
	struct variant variants[MAX_VARIANTS];
	int variant_count;
	struct block_style page_number; /* "Page 2 of 3", in the bottom margin; hidden on page 1 */
	sp page_number_bottom;          /* its baseline, from the page's bottom */
	sp note_rule_width, note_rule_thickness; /* the rule above the notes */
	sp note_gap;            /* least space between text and rule; before = rule to first note */
	bool page_number_first; /* on page 1, too */
	struct {
		sp left, top, width; /* from the page's top left; width 0: a row in the text */
		sp label_width;
		int label_size; /* per mille of the size of the values */
	} information;
	struct {
		sp bottom; /* from the page's bottom to its last line */
		sp gap;    /* least space between columns */
		sp rule;   /* thickness of the line above it; 0: none */
	} footer;
	sp continuation_top; /* of its first line, from the page's top; 0: as head_top */
	struct picture_place letterhead_picture, continuation_picture;
	int mark_size, mark_rise; /* a note's mark: per mille of the size around it */
	enum marks_after marks_after;
	int hyphen_penalty,
		page_fill; /* demerits; per mille of a page that all but the last must fill */
	bool underline_links;
	enum standard standard;
	struct edition *editions; /* in the order of the file */
	/* The field by which records ask for one; empty: they do so by an attribute alone. And the
	 * word in it of those who ask for none, beside nothing at all. */
	struct str edition_field, edition_usual;
	struct place edition_field_at;
};

/* "ua1+a2" or "ua2+a4", instead of what the style says; false for any other. */
bool style_set_standard(struct style *style, struct str name);

/* Reads a style, in the arena, which also keeps file, the name that its places have; NULL when it
 * has an error, all of which are said. What it does not set is what style_default gives. */
struct style *style_read(
	struct arena *arena, struct str bytes, const char *file, struct diags *diags);
/* How many styles of its blocks are in use: of style->block, from the first. */
static inline int style_count(const struct style *style)
{
	return STYLE_VARIANT + 2 * style->variant_count;
}
/* Whether an element may be of a variant, and whether the style has the one that it is of. */
bool style_takes_variants(enum tag tag);
bool style_has_variant(const struct style *style, const struct node *node);
/* What a block of a letter looks like: by its variant, an item by that of its list and a cell by
 * that of its row; else by its tag, a heading by its level. Lives as long as the style. */
const struct block_style *style_block(const struct style *style, const struct node *block);
/* Whether it has a frame or a background. */
static inline bool style_is_backed(const struct block_style *style)
{
	return style->frame > 0 || style->background != PAPER;
}
/* Reports text that is too pale to be read on a background, or on paper (WCAG 2.2, 1.4.3); true
 * when it is. */
bool style_check_contrast(
	const struct text_style *text, uint32_t background, struct place at, struct diags *diags);
/* Asks for one more, in place of what was said of it, or of the figures that it excludes; false
 * when they are too many. */
bool features_add(struct features *features, struct feature feature);
/* Whether they ask for the same, in the same order. */
bool features_same(const struct features *a, const struct features *b);
/* Its tag as text, "lnum". */
void feature_name(const struct feature *feature, char out[FEATURE_TAG + 1]);
/* A4, Liberation Sans 11/15 pt, one inch margins: everything set. */
struct style style_default(void);

/* Where the head of later pages begins, from the page's top. */
sp style_continuation_top(const struct style *style);
/* Appends all that it says, a line each: what the keys of letters hold of a style. */
void style_dump(const struct style *style, struct buf *out);

/* A colour as it is read on a dark page: lightened until its contrast (WCAG 2.2, 1.4.3) to that
 * page is at least so many hundredths. Colours are 0xRRGGBB. */
uint32_t style_lightened(uint32_t colour, uint32_t page, int least);

#endif
