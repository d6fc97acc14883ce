/* content_int.h - the state of a page's operators, shared by content.c and glyphs.c. */
#ifndef PDF_CONTENT_INT_H
#define PDF_CONTENT_INT_H

#include "pdf/pdf_int.h"

#define SOFT_HYPHEN "\xC2\xAD"

struct content {
	struct pdf_writer *writer;
	struct buf *out;
	int64_t page_height; /* this and x, y: thousandths of a point */
	int64_t x, y;        /* of the line that Td moved to last */
	int owner;           /* whose marked content is open */
	bool in_text;        /* between BT and ET */
	uint32_t colour;
	int face; /* the font and size in force; -1: none yet */
	enum font_kind kind;
	bool superior; /* the mark in hand is that of a note */
	bool stated;   /* what is shown says its text by ActualText */
	sp size;
	int expansion; /* per mille */
};

/* Shows glyphs from..to of a mark at the text position. */
void glyphs_put(struct content *content, const struct mark *mark, int from, int to);
/* The font of glyphs of the base, in the mark's size. */
void glyphs_set_font(struct content *content, const struct mark *mark);

/* A mark that shows the same as this one, and its glyphs at the text position; NULL: none is known.
 * drawn_keep: the mark's glyphs, all of which say their text, stand behind so many bytes of the
 * page. */
struct drawn;
const struct drawn *drawn_find(const struct content *content, const struct mark *mark);
void drawn_put(struct content *content, const struct mark *mark, const struct drawn *drawn);
void drawn_keep(const struct content *content, const struct mark *mark, size_t from);

/* Whether glyphs say a text by what their font's characters are; what is not said of it aside. */
bool spell_says(const struct font *font, const struct glyph *glyphs, int count, bool superior,
	struct str text);
/* The end of the longest stretch of glyphs from here that all say their text, or all do not. */
int spell_stretch(
	const struct font *font, const struct mark *mark, bool superior, int from, bool *plain);
/* The end of the word that begins at glyph from and has a glyph beside its place on the line; 0: it
 * has none, and the next such word begins at *next, behind the last glyph if there is none. */
int spell_displaced(const struct mark *mark, int from, int *next);
/* The byte offset in the mark's text at which glyph's cluster begins, or that of the mark's end. */
int spell_cluster_end(const struct mark *mark, int glyph);

#endif
