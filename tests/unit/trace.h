/* trace.h - where on its pages the texts of a letter stand, and what must hold of that in any
 * letter.
 */
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
	for (const struct node *node = letter->nodes[mark->node]; node; node = node->parent)
		if (node->tag == TAG_P || node->tag == TAG_CLOSING || node->tag == TAG_SIGNATURE ||
			node->tag == TAG_HEADING || node->tag == TAG_NOTE) {
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
	assert_true(mark->x + mark->width - (blank ? mark->height / 4 : 0) <=
		style->page_width - style->margin_right);
	assert_true(mark->y >= (first && style->head_top < style->margin_top ? style->head_top
									     : style->margin_top));
	assert_true(mark->y <= style->page_height - style->margin_bottom);
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
	for (int i = 0; i < letter->node_count; i++) {
		struct str text = str_trim(letter->nodes[i]->text);
		if (letter->nodes[i]->tag == TAG_TEXT)
			assert_true(traces[i].seen >= text.len);
	}
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

/* It stands on the page of the paragraph behind it, with two lines of that if it has as many. */
static inline void assert_heads(const struct trace *traces, const struct node *heading)
{
	const struct node *next = heading->next;
	if (!next || next->tag != TAG_P)
		return;
	const struct trace *text = &traces[next->id];
	assert_int_equal(traces[heading->id].last, text->first);
	assert_true(text->lines_on[0] >= (text->lines < 2 ? text->lines : 2));
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
			assert_heads(traces, letter->nodes[i]);
		if (letter->nodes[i]->tag == TAG_NOTE)
			assert_int_equal(trace->first, trace->mark);
	}
}

#endif
