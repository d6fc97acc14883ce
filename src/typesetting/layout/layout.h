/* layout.h - letter → struct pages: lines broken, pages made, notes at their feet. Integers only;
 * glyphs come from src/text, which may be its fake.
 *
 *   break_   paragraph → lines (total fit)     flow_   letter → a column of boxes
 *   page_    column → pages (total fit, notes) pages_  the result */
#ifndef LAYOUT_LAYOUT_H
#define LAYOUT_LAYOUT_H

#include "barcode/barcode.h"
#include "letter/letter.h"
#include "picture/picture.h"
#include "text/text.h"

enum mark_kind { MARK_GLYPHS, MARK_RULE, MARK_PICTURE, MARK_BARCODE };

/* What a mark is when it belongs to no node (ISO 14289-1 7.1: all else is an artifact). */
enum artifact {
	ARTIFACT_NONE,
	ARTIFACT_HEADER,     /* pagination: letterhead that is not of the text, continuation head */
	ARTIFACT_FOOTER,     /* pagination: page number */
	ARTIFACT_LAYOUT,     /* rules, underlines */
	ARTIFACT_TABLE_HEAD, /* a header row repeated on a further page */
	ARTIFACT_WATERMARK,  /* PREVIEW; what a signature is worth */
	ARTIFACT_GUIDE,      /* layout_options.guides */
	ARTIFACT_WORD,       /* COPY, DRAFT: across the page, below all text */
	ARTIFACT_BACKGROUND  /* of a block, of words: below all else */
};

/* Something on a page. x and y from the page's top left corner, y downwards, in sp. */
struct mark {
	enum mark_kind kind;
	enum artifact artifact;
	int node;         /* id in the letter; -1 for an artifact */
	int role;         /* enum mark_role: which part of the node it is */
	sp x, y;          /* glyphs: start of the baseline; else top left */
	sp width, height; /* glyphs: advance width with stretched spaces, and the size */
	uint32_t colour;
	/* glyphs */
	int face, asked;            /* as of struct run */
	const struct glyph *glyphs; /* in the order of the text */
	int glyph_count;
	struct str text; /* the paragraph's, for the clusters */
	int text_to;     /* byte offset where the last glyph's cluster ends */
	sp space;        /* added to every U+0020 and U+00A0 (justified lines), may be negative */
	int expansion;  /* per mille by which all glyphs are wider (justified lines), or narrower */
	bool leftwards; /* the last glyph stands at x, and the first at the right end */
	bool shifted;   /* as of struct paragraph */
	bool rises;     /* its baseline, at 45 degrees */
	struct str lang;
	const struct picture *picture;
	const struct barcode *barcode; /* without the edge that stays white around it */
};

/* How far the pen of a mark has gone after glyphs of so many units, with so many blanks. */
sp mark_advance(const struct mark *mark, int64_t units, int64_t blanks, int units_per_em);

/* What of a node a mark shows; the tags need it to tell a label from its body. */
enum mark_role {
	ROLE_CONTENT,
	ROLE_LABEL,     /* of a list item or a note: Lbl */
	ROLE_NOTE_MARK, /* in the text, of a note: Reference */
	ROLE_HYPHEN     /* at a line's end: ActualText U+00AD */
};

/* The area that a link takes on one line; node is the LINK or EMAIL, or a NOTE for its mark. */
struct link_area {
	int node;
	enum mark_role role; /* ROLE_CONTENT, ROLE_NOTE_MARK (to the note), ROLE_LABEL (back to the
				mark) */
	sp left, top, right, bottom;
};

struct page {
	struct mark *marks; /* in drawing order, all of one node's on one page next to each other */
	int mark_count;
	struct link_area *links;
	int link_count;
};

struct pages {
	sp width, height;
	struct page *page;
	int count;
	struct area {
		int page, node; /* of the SIGNATURE, -1 without */
		sp left, top, right, bottom;
	} signature;
};

struct layout;

/* One per thread; keeps the constant paragraphs of the run, broken, until it is freed. */
struct layout *layout_new(
	const struct style *style, struct shaper *shaper, struct pictures *pictures);
void layout_free(struct layout *layout);

struct layout_options {
	const char *watermark; /* text in the margin of every page, or NULL */
	bool guides;           /* draw margins, window and folds, to look at */
	bool anyway;           /* pages of a letter that an error stops, too: to look at */
	const char *seal; /* text in the room for the signature, or NULL; no part of the letter */
};

/* A letter's column: its lines broken, nothing on a page yet. In the arena, where its pages will be
 * too; findings go into diags then as well. */
struct flow;
struct flow *layout_flow(struct layout *layout, struct arena *arena, const struct letter *letter,
	struct diags *diags);
/* The pages; NULL when an error stops this letter. */
struct pages *layout_pages(struct flow *flow, const struct layout_options *options);

void pages_dump(const struct pages *pages, struct buf *out);

#endif
