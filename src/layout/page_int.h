/* page_int.h - a column of slabs, with notes → pages of least cost. Pure: knows no marks. */
#ifndef LAYOUT_PAGE_INT_H
#define LAYOUT_PAGE_INT_H

#include "base/base.h"

/* A piece of the column that no page break divides: a line, a table row, a picture. */
struct slab {
	sp height;
	sp before;      /* space above it; none at a page's top */
	sp head;        /* at a page's top: height of the table head repeated above it */
	int break_cost; /* of a page break before it; SLAB_KEEP: only where nothing else goes */
	int notes;      /* notes whose marks stand in it */
	bool is_line;   /* of text: may be drawn together with its neighbours */
};
enum { SLAB_KEEP = 1 << 20 };

/* A note at the foot: lines of one height. */
struct foot {
	int lines;
	sp leading;
	sp before; /* space above its first line, but for the first on a page */
};

struct page_geometry {
	sp first_height, height; /* for text and notes: of page 1, of the others */
	sp note_space;           /* between text and first note, rule included */
	int min_fill;            /* per mille of the height that all pages but the last must fill */
};

/* One page: slabs from..to, and the note lines from (note, line) to (note, line). */
struct page_span {
	int from, to;
	struct note_at {
		int note, line;
	} notes_from, notes_to;
	bool overfull;  /* a slab, or what must stand with it, is taller than the page */
	bool late_note; /* a note starts on a later page than its mark */
};

/* Divides; in the arena; gives the number of pages, at least 1. */
int page_divide(struct arena *arena, const struct slab *slabs, int slab_count,
	const struct foot *feet, int foot_count, const struct page_geometry *geometry,
	struct page_span **pages);

/* The cost of a division, what page_divide minimises. For tests. */
int64_t page_cost(const struct slab *slabs, int slab_count, const struct foot *feet, int foot_count,
	const struct page_geometry *geometry, const struct page_span *pages, int count);

/* Height of what stands on a page: its slabs, and its notes with the space above them. */
int64_t page_text_height(const struct slab *slabs, const struct page_span *page);
int64_t page_notes_height(const struct foot *feet, const struct page_geometry *geometry,
	struct note_at from, struct note_at to);

#endif
