/* page_int.h - a column of slabs, with notes → pages of least cost. Pure: knows no marks. */
#ifndef LAYOUT_PAGE_INT_H
#define LAYOUT_PAGE_INT_H

#include "base/base.h"

/* A piece of the column that no page break divides: a line, a table row, a picture. */
struct slab {
	sp height;
	sp before;       /* space above it; none at a page's top */
	sp head;         /* at a page's top: height of the table head repeated above it */
	int break_cost;  /* of a page break before it; from SLAB_KEEP on: where nothing else goes */
	bool turns;      /* a page begins with it */
	bool sinks;      /* to the foot of its page, with what stands below it there */
	bool ends_paper; /* it does so down to the paper's edge, below the margin and the footer */
	bool tail;       /* it and all behind it is no text: enclosures */
	int notes;       /* notes whose marks stand in it */
	bool is_line;    /* of text: may be drawn together with its neighbours */
	bool goes_on;    /* with what stands above it: a paragraph's line but its first */
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

struct column {
	const struct slab *slabs;
	int slab_count;
	const struct foot *feet; /* in the order of their marks */
	int foot_count;
	struct page_geometry geometry;
};

/* One page: slabs from..to, and the note lines from (note, line) to (note, line). */
struct page_span {
	int from, to;
	struct note_at {
		int note, line;
	} notes_from, notes_to;
	bool late_note; /* a note starts on a later page than its mark */
	bool broken;    /* it ends where SLAB_KEEP is the price or more */
};

/* What pages cost, by rank: what stands later counts only where all before it is equal. */
struct page_cost {
	int late;      /* pages after which a note is still to begin whose mark stands before */
	int broken;    /* breaks from SLAB_KEEP */
	int divided;   /* pages that leave lines of their notes to the next */
	int pages;     /* one that is not filled as it must be counts as several */
	int64_t looks; /* white at the foot, breaks at their prices */
};
/* Less than 0: a is cheaper. */
int page_cost_compare(struct page_cost a, struct page_cost b);
/* Of a division: what page_divide minimises. For tests. */
struct page_cost page_cost_of(
	const struct column *column, const struct page_span *pages, int count);

/* Divides; in the arena; gives the number of pages, at least 1. Every slab with its head, and every
 * line of a note with the space above it, must find room on an empty page; of slabs the first must
 * find it on page 1, too. *tried, unless NULL, becomes the number of pages that were looked at. */
int page_divide(
	struct arena *arena, const struct column *column, struct page_span **pages, int64_t *tried);

/* Height of what stands on a page: its slabs, and its notes with the space above them. */
int64_t page_text_height(const struct column *column, const struct page_span *page);
int64_t page_notes_height(const struct column *column, struct note_at from, struct note_at to);

#endif
