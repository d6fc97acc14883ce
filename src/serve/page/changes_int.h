/* changes_int.h - a letter and what it is held against, side by side. */
#ifndef PAGE_CHANGES_INT_H
#define PAGE_CHANGES_INT_H

#include "page/page_int.h"

/* One version, the other's words, and which part of a change is this one's. */
struct side {
	const struct version *version; /* NULL: it has no pictures */
	const struct portrait *portrait;
	const struct page_words *other;
	bool new;
	const struct word_change *changes;
	int count;
};
struct pair {
	struct side now, was;
};
struct range {
	int from, to;
};

/* Against a baseline that has a portrait; what differs lies in the arena. */
struct pair changes_compare(
	struct arena *arena, const struct version *now, const struct baseline *baseline);
/* The words of a change on one of both sides; the pages that they stand on, or would. */
struct range changes_words(const struct word_change *change, bool new);
struct range changes_pages(const struct side *side, const struct word_change *change);
bool changes_on_page(const struct side *side, int page);
/* As they stood: what had no blank between it gets none. */
void changes_write_words(const struct page_words *words, struct range range, struct buf *out);
/* What changed on the whole, above the pages; side: NULL, nothing is marked there. */
void changes_write_legend(
	const struct baseline *baseline, const struct side *side, struct buf *out);

#endif
