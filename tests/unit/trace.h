/* trace.h - where on its pages the texts of a letter stand, and what must hold of that in any
 * letter. */
#ifndef TESTS_UNIT_TRACE_H
#define TESTS_UNIT_TRACE_H

#include "layout/layout.h"
#include "room.h"

enum { MOST_NODES = 800 };

/* Where a node's text is. */
struct trace {
	int first, last;        /* pages; 0: not seen */
	int lines, lines_on[2]; /* in all, on its first page, on its last */
	sp y;                   /* of its last line */
	int seen;               /* characters of it that stand on pages */
	int mark;               /* page of a note's mark */
	struct spot {
		int page;
		sp y;
	} top, end; /* of a text's own first and last mark */
};

/* The text goes on where it ended: nothing twice, nothing left out, in order. */
static inline void follow(const struct letter *letter, struct trace *trace, const struct mark *mark)
{
	struct str text = letter->nodes[mark->node]->text;
	for (int at = mark->glyphs[0].cluster; at < mark->text_to; at++) {
		while (trace->seen < text.len && text.at[trace->seen] == ' ')
			trace->seen++;
		if (mark->text.at[at] == ' ')
			continue;
		assert_true(trace->seen < text.len);
		assert_int_equal(mark->text.at[at], text.at[trace->seen]);
		trace->seen++;
	}
}

static inline void count_line(struct trace *trace, int page, sp y)
{
	if (!trace->first)
		trace->first = page;
	if (trace->last != page)
		trace->lines_on[1] = 0;
	if (trace->last == page && trace->y == y)
		return;
	trace->lines_on[0] += page == trace->first;
	trace->lines_on[1]++;
	trace->lines++;
	trace->last = page;
	trace->y = y;
}

static inline void see(
	const struct letter *letter, struct trace *traces, int page, const struct mark *mark)
{
	if (mark->kind != MARK_GLYPHS || mark->artifact)
		return;
	if (mark->role == ROLE_NOTE_MARK)
		traces[mark->node].mark = page;
	if (mark->role != ROLE_CONTENT)
		return;
	follow(letter, &traces[mark->node], mark);
	struct trace *own = &traces[mark->node];
	if (!own->top.page)
		own->top = (struct spot){page, mark->y};
	own->end = (struct spot){page, mark->y};
	for (const struct node *node = letter->nodes[mark->node]; node; node = node->parent)
		if (node->tag == TAG_P || node->tag == TAG_CELL || node->tag == TAG_CLOSING ||
			node->tag == TAG_SIGNATURE || node->tag == TAG_HEADING ||
			node->tag == TAG_NOTE) {
			count_line(&traces[node->id], page, mark->y);
			return;
		}
}

static inline void assert_inside(const struct style *style, const struct mark *mark, bool first)
{
	bool blank = mark->kind == MARK_GLYPHS && mark->text.at[mark->text_to - 1] == ' ';
	if (mark->artifact == ARTIFACT_FOOTER)
		return;
	assert_true(mark->x >= style->margin_left);
	assert_true(mark->x + mark->width - (blank ? mark->height * 28 / 100 : 0) <=
		style->page_width - style->margin_right);
	bool head = first || mark->artifact == ARTIFACT_HEADER;
	assert_true(mark->y >= (head && style->head_top < style->margin_top ? style->head_top
									    : style->margin_top));
	assert_true(mark->y <= style->page_height - style->margin_bottom);
}

/* Small capitals of one are not printed into those of another. */
static inline void assert_apart(const struct page *page)
{
	for (int i = 0; i < page->mark_count; i++)
		for (int j = 0; j < i; j++) {
			const struct mark *a = &page->marks[i], *b = &page->marks[j];
			sp blank = pt(1) / 100 +
				(a->height > b->height ? a->height : b->height) / 4;
			if (a->kind != MARK_GLYPHS || b->kind != MARK_GLYPHS)
				continue;
			assert_false(a->x + blank < b->x + b->width &&
				b->x + blank < a->x + a->width && a->y - a->height / 2 < b->y &&
				b->y - b->height / 2 < a->y);
		}
}

static inline const struct node *ancestor(const struct node *node, enum tag tag)
{
	while (node && node->tag != tag)
		node = node->parent;
	return node;
}

static inline bool stands_apart(const struct style *style, const struct node *node)
{
	return ancestor(node, TAG_NOTE) || ancestor(node, TAG_LETTERHEAD) ||
		ancestor(node, TAG_CONTINUATION) ||
		(style->window.width > 0 && ancestor(node, TAG_ADDRESS)) ||
		(style->date_top > 0 &&
			(ancestor(node, TAG_DATE) || ancestor(node, TAG_REFERENCE)));
}

static inline bool is_above(struct spot a, struct spot b)
{
	return a.page < b.page || (a.page == b.page && a.y < b.y);
}

/* Whether a page has no room for it, below a head of one line. */
static inline bool is_too_high(
	const struct style *style, const struct trace *traces, const struct node *row)
{
	sp leading = style->block[TAG_CELL].text.leading, padding = style->block[TAG_TABLE].space;
	int lines = 0;
	node_each (cell, row)
		lines = traces[cell->id].lines > lines ? traces[cell->id].lines : lines;
	return (lines + 1) * leading + 4 * padding >
		style->page_height - style->margin_top - style->margin_bottom;
}

/* The letter is read from top to bottom, a table row by row, and no row is divided that need not
 * be. */
static inline void assert_in_order(
	const struct style *style, const struct letter *letter, const struct trace *traces)
{
	struct spot last = {0};
	const struct node *row = NULL;
	for (int i = 0; i < letter->node_count; i++) {
		const struct node *node = letter->nodes[i];
		if (node->tag != TAG_TEXT || !traces[i].top.page || stands_apart(style, node))
			continue;
		const struct node *now = ancestor(node, TAG_ROW);
		bool divided = now && now == row && traces[i].end.page != last.page;
		if (divided)
			assert_true(is_too_high(style, traces, now));
		else if (now && now == row)
			assert_int_equal(traces[i].end.page, last.page);
		else
			assert_false(is_above(traces[i].top, last));
		row = now;
		if (is_above(last, traces[i].end))
			last = traces[i].end;
	}
}

static inline void read_pages(const struct style *style, const struct letter *letter,
	const struct pages *pages, struct trace *traces)
{
	assert_true(letter->node_count <= MOST_NODES);
	memset(traces, 0, sizeof *traces * MOST_NODES);
	for (int page = 0; page < pages->count; page++)
		for (int i = 0; i < pages->page[page].mark_count; i++) {
			assert_inside(style, &pages->page[page].marks[i], page == 0);
			see(letter, traces, page + 1, &pages->page[page].marks[i]);
		}
	for (int page = 0; page < pages->count; page++)
		assert_apart(&pages->page[page]);
	for (int i = 0; i < letter->node_count; i++) {
		struct str text = str_trim(letter->nodes[i]->text);
		if (letter->nodes[i]->tag == TAG_TEXT &&
			!ancestor(letter->nodes[i], TAG_CONTINUATION)) /* an artifact */
			assert_true(traces[i].seen >= text.len);
	}
	assert_in_order(style, letter, traces);
}

static inline const struct trace *trace_of(
	const struct letter *letter, const struct trace *traces, enum tag tag)
{
	for (int i = letter->node_count - 1; i >= 0; i--)
		if (letter->nodes[i]->tag == tag)
			return &traces[i];
	fail();
	return NULL;
}

/* It stands, whole, on the page of what is behind it, with two lines of a paragraph if it has as
 * many. */
static inline void assert_heads(
	const struct letter *letter, const struct trace *traces, const struct node *heading)
{
	const struct node *next = heading->next;
	assert_int_equal(traces[heading->id].first, traces[heading->id].last);
	for (int i = next ? next->id : letter->node_count; i < letter->node_count; i++)
		if (traces[i].top.page) {
			assert_int_equal(traces[heading->id].last, traces[i].top.page);
			break;
		}
	if (!next || next->tag != TAG_P)
		return;
	const struct trace *text = &traces[next->id];
	assert_true(text->lines_on[0] >= (text->lines < 2 ? text->lines : 2));
}

/* Close and signature stand on one page with what is above them. */
static inline void assert_close(
	const struct letter *letter, const struct trace *traces, const struct node *closing)
{
	const struct trace *close = &traces[closing->id];
	assert_int_equal(close->first, close->last);
	for (int i = closing->id; i > 0; i--)
		if (traces[i - 1].end.page && !ancestor(letter->nodes[i - 1], TAG_NOTE)) {
			assert_int_equal(traces[i - 1].end.page, close->first);
			break;
		}
	if (closing->next && closing->next->tag == TAG_SIGNATURE) {
		assert_int_equal(traces[closing->next->id].first, close->first);
		assert_int_equal(traces[closing->next->id].last, close->first);
	}
}

static inline void assert_no_forbidden_break(
	const struct letter *letter, const struct trace *traces)
{
	for (int i = 0; i < letter->node_count; i++) {
		const struct trace *trace = &traces[i];
		bool divided = trace->first != trace->last;
		if (letter->nodes[i]->tag == TAG_P && divided) {
			assert_true(trace->lines_on[0] >= 2);
			assert_true(trace->lines_on[1] >= 2);
		}
		if (letter->nodes[i]->tag == TAG_HEADING)
			assert_heads(letter, traces, letter->nodes[i]);
		if (letter->nodes[i]->tag == TAG_CLOSING)
			assert_close(letter, traces, letter->nodes[i]);
		if (letter->nodes[i]->tag == TAG_NOTE)
			assert_int_equal(trace->first, trace->mark);
	}
}

#endif
