/* unfit.c - what of a column does not go where it should: taller than a page, divided where it is
 * kept together, late notes, too many pages. It is said, each at its place in the template. */
#include "layout/flow_int.h"

#include "base/diag_id.h"

bool unfit_slabs(struct flow *flow, const struct column *column)
{
	sp room = column->geometry.height;
	bool tall = false;
	for (int i = 0; i < column->slab_count; i++) {
		int64_t height = (int64_t)column->slabs[i].height + column->slabs[i].head;
		if (height <= room)
			continue;
		tall = true;
		diag_add(flow->diags, SLAB_TALL, flow->letter->nodes[flow->boxes.at[i].owner]->at,
			length_text(flow->arena, height).at, length_text(flow->arena, room).at);
	}
	for (int n = 0; n < column->foot_count && !tall; n++) {
		int64_t height = (int64_t)column->feet[n].leading + column->geometry.note_space;
		tall = height > room;
		if (tall)
			diag_add(flow->diags, SLAB_TALL, flow->letter->notes[n]->at,
				length_text(flow->arena, height).at,
				length_text(flow->arena, room).at);
	}
	return tall;
}

/* A page break that is asked for parts what it parts; but what leads to something is left alone. */
static void report_turn(struct flow *flow, int slab, int page)
{
	const struct node *before = flow->letter->nodes[flow->boxes.at[slab - 1].owner];
	const char *name = tag_element(before->tag);
	if (before->tag == TAG_HEADING || before->tag == TAG_SUBJECT ||
		before->tag == TAG_SALUTATION || before->tag == TAG_CLOSING)
		diag_add(flow->diags, PAGE_TURN,
			flow->letter->nodes[flow->boxes.at[slab].owner]->at,
			diag_int(flow->diags, page), name, name);
}

static void report_span(struct flow *flow, const struct page_span *span, int number)
{
	if (span->late_note) {
		int note = span->notes_to.note + (span->notes_to.line > 0);
		diag_add(flow->diags, NOTE_LATE, flow->letter->notes[note]->at,
			diag_int(flow->diags, number + 2));
	}
	if (span->broken && flow->slabs.at[span->to].turns)
		report_turn(flow, span->to, number + 2);
	else if (span->broken)
		diag_add(flow->diags, PAGE_BREAK,
			flow->letter->nodes[flow->boxes.at[span->to].owner]->at,
			diag_int(flow->diags, number + 1));
}

/* Notes of what has its own place on page 1 may have come to stand on a later one. */
static void report_fixed_notes(struct flow *flow, const struct page_span *spans, int count)
{
	for (int page = 1; page < count; page++)
		for (int n = spans[page].notes_from.note; n < spans[page].notes_to.note; n++) {
			const struct node *node = flow->letter->notes[n];
			while (node && !fixed_holds(flow, node))
				node = node->parent;
			if (node)
				diag_add(flow->diags, NOTE_LATE, flow->letter->notes[n]->at,
					diag_int(flow->diags, page + 1));
		}
}

/* Where a page more would be too empty, or the letter has no more lines. */
static void report_tail(struct flow *flow, const struct page_span *spans, int count)
{
	int from = spans[count - 1].from;
	if (count > 1 && from < flow->slabs.len && flow->slabs.at[from].tail &&
		!flow->slabs.at[from].turns)
		diag_add(flow->diags, PAGE_TAIL,
			flow->letter->nodes[flow->boxes.at[from].owner]->at,
			diag_int(flow->diags, count));
}

/* One that is not asked for is a page that ends where it should not. */
static void report_rule(struct flow *flow, const struct page_span *span, int page)
{
	int from = span->from;
	if (page == 0 || from == flow->slabs.len || !flow->slabs.at[from].turns)
		return;
	const struct node *node = flow->letter->nodes[flow->boxes.at[from].owner];
	if (node->tag == TAG_RULE)
		diag_add(flow->diags, PAGE_RULE, node->at, diag_int(flow->diags, page + 1));
}

void unfit_pages(struct flow *flow, const struct page_span *spans, int count)
{
	int most = flow->style->most_pages;
	if (most && count > most)
		diag_add(flow->diags, PAGES_MANY, flow->letter->root->at,
			diag_int(flow->diags, count), diag_int(flow->diags, most));
	for (int i = 0; i < count; i++) {
		report_span(flow, &spans[i], i);
		report_rule(flow, &spans[i], i);
	}
	report_tail(flow, spans, count);
	if (flow->fixed_notes)
		report_fixed_notes(flow, spans, count);
}
