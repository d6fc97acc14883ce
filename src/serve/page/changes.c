/* changes.c - a letter beside what it was: words that are new and words that are gone, marked on
 * the pages and told as a list.
 *
 * Words are compared, not pixels: one more line moves all below it, which is no change to anybody
 * who reads. The marks are SVG on top of the pages' pictures: its attributes say where they stand
 * without a script, and without style attributes, which the policy forbids. They are for the eye
 * alone; the list says the same. */
#include "page/changes_int.h"

enum { TICK = SP_PER_PT * 3 / 2 /* how wide the mark is where words are gone, in sp */ };

struct range changes_words(const struct word_change *change, bool new)
{
	return new ? (struct range){change->from_new, change->to_new}
		   : (struct range){change->from_old, change->to_old};
}

/* -- marks ------------------------------------------------------------------------------------- */

static const struct word_box *first_box(const struct page_words *words, int word)
{
	int low = 0, high = words->boxes.len;
	while (low < high) {
		int middle = (low + high) / 2;
		if (words->boxes.at[middle].word < word)
			low = middle + 1;
		else
			high = middle;
	}
	return low < words->boxes.len ? &words->boxes.at[low] : NULL;
}

static bool begins_paragraph(const struct page_words *words, int word)
{
	return word == 0 || words->list.at[word - 1].paragraph != words->list.at[word].paragraph;
}

/* Where words of the other version would stand: behind the word before them, unless a paragraph
 * began with them. False when there are no words at all. */
static bool find_gap(
	const struct side *side, const struct word_change *change, struct word_box *out)
{
	const struct page_words *words = &side->portrait->words;
	int at = changes_words(change, side->new).from;
	bool ahead = at == 0 ||
		begins_paragraph(side->other, changes_words(change, !side->new).from);
	const struct word_box *next = first_box(words, at);
	if (next && ahead) {
		*out = *next;
		out->left -= TICK;
	} else if (words->boxes.len) {
		*out = next ? next[-1] : words->boxes.at[words->boxes.len - 1];
		out->left = out->right;
	} else
		return false;
	out->right = out->left + TICK;
	return true;
}

static void write_number(const char *name, int64_t length, struct buf *out)
{
	buf_format(out, " %s=\"%d.%d\"", name, (int)(length / SP_PER_PT),
		(int)(length % SP_PER_PT * 10 / SP_PER_PT));
}

static void write_rect(const char *class, const struct word_box *box, sp top, struct buf *out)
{
	sp left = box->left > 0 ? box->left : 0;
	buf_format(out, "<rect class=\"%s\"", class);
	write_number("x", left, out);
	write_number("y", top > 0 ? top : 0, out);
	write_number("width", box->right - left, out);
	write_number("height", box->bottom - top, out);
	buf_puts(out, "/>");
}

/* A tint, and a line: below what is new, through what is gone. */
static void write_box(const struct word_box *box, bool new, struct buf *out)
{
	struct word_box line = *box;
	sp height = box->bottom - box->top;
	line.bottom = new ? box->bottom : box->top + height * 3 / 5;
	write_rect("tint", box, box->top, out);
	write_rect("line", &line, line.bottom - height / 14, out);
}

static bool goes_on(
	const struct page_words *words, const struct word_box *box, const struct word_box *next)
{
	return box->page == next->page && box->top == next->top && box->bottom == next->bottom &&
		next->left >= box->right &&
		words->list.at[box->word].paragraph == words->list.at[next->word].paragraph;
}

/* Words side by side on a line are one box, with the blanks between them. */
static void write_boxes(const struct side *side, struct range range, int page, struct buf *out)
{
	const struct page_words *words = &side->portrait->words;
	const struct word_box *end = words->boxes.at + words->boxes.len;
	const struct word_box *box = first_box(words, range.from);
	while (box && box < end && box->word < range.to) {
		struct word_box whole = *box++;
		while (box < end && box->word < range.to && goes_on(words, &whole, box)) {
			whole.right = box->right;
			whole.word = box++->word;
		}
		if (whole.page == page)
			write_box(&whole, side->new, out);
	}
}

/* What the change took from here, or will bring. */
static void write_gap(
	const struct side *side, const struct word_change *change, int page, struct buf *out)
{
	struct range other = changes_words(change, !side->new);
	struct word_box gap;
	if (other.from == other.to || !find_gap(side, change, &gap) || gap.page != page)
		return;
	buf_format(out, "<g class=\"%s\"><title>%s: ", side->new ? "del" : "ins",
		side->new ? "gone" : "new");
	changes_write_words(side->other, other, out);
	buf_puts(out, "</title>");
	write_rect("gap", &gap, gap.top, out);
	gap.left -= 2 * TICK;
	gap.right += 2 * TICK;
	write_rect("reach", &gap, gap.top, out);
	buf_puts(out, "</g>\n");
}

static void write_marks(const struct side *side, int page, struct buf *out)
{
	buf_puts(out, "<svg class=\"marks\" aria-hidden=\"true\" viewBox=\"0 0");
	buf_format(out, " %d %d\">\n", side->portrait->width / SP_PER_PT,
		side->portrait->height / SP_PER_PT);
	for (int i = 0; i < side->count; i++) {
		buf_format(out, "<g class=\"%s\">", side->new ? "ins" : "del");
		write_boxes(side, changes_words(&side->changes[i], side->new), page, out);
		buf_puts(out, "</g>\n");
		write_gap(side, &side->changes[i], page, out);
	}
	buf_puts(out, "</svg>\n");
}

/* -- pages ------------------------------------------------------------------------------------- */

static void write_sheet(const struct view *view, const struct side *side, int page, struct buf *out)
{
	struct view shown = *view;
	const char *name = side->new ? "Now" : "Before";
	int count = side->version->pages;
	shown.show = side->new ? SHOW_NOW : SHOW_BEFORE;
	buf_format(out, "<div class=\"sheet %s\">\n", side->new ? "now" : "was");
	if (page > count) {
		buf_format(out, "<p>%s, there is no page %d</p></div>\n", name, page);
		return;
	}
	buf_format(out, "<p>%s, page %d of %d</p>\n<div class=\"paper\">", name, page, count);
	page_write_picture(&shown, side->version, page, out);
	write_marks(side, page - 1, out);
	buf_puts(out, "</div></div>\n");
}

/* From the page where it begins to the one where it ends. */
struct range changes_pages(const struct side *side, const struct word_change *change)
{
	struct range range = changes_words(change, side->new);
	struct word_box gap = {0};
	if (range.from < range.to)
		return (struct range){first_box(&side->portrait->words, range.from)->page + 1,
			first_box(&side->portrait->words, range.to - 1)->page + 1};
	find_gap(side, change, &gap);
	return (struct range){gap.page + 1, gap.page + 1};
}

bool changes_on_page(const struct side *side, int page)
{
	for (int i = 0; i < side->count; i++) {
		struct range pages = changes_pages(side, &side->changes[i]);
		if (page >= pages.from && page <= pages.to)
			return true;
	}
	return false;
}

/* -- the whole --------------------------------------------------------------------------------- */

struct pair changes_compare(
	struct arena *arena, const struct version *now, const struct baseline *baseline)
{
	struct word_change *changes;
	const struct portrait *is = &now->portrait, *was = baseline->portrait;
	int count = words_compare(arena, &was->words, &is->words, &changes);
	return (struct pair){{now, is, &was->words, true, changes, count},
		{baseline->pictures, was, &is->words, false, changes, count}};
}

static void write_pages(const struct view *view, const struct pair *pair, struct buf *out)
{
	int before = pair->was.version ? pair->was.version->pages : 0,
	    now = pair->now.version->pages;
	buf_puts(out, "<div id=\"pages\" class=\"compare\">\n");
	buf_puts(out, before ? "<div class=\"sheets\">\n" : "<div>\n");
	for (int page = 1; page <= (now > before ? now : before); page++) {
		if (before)
			write_sheet(view, &pair->was, page, out);
		write_sheet(view, &pair->now, page, out);
	}
	buf_puts(out, "</div></div>\n");
}

/* Without a portrait nothing can be marked. */
static void write_unmarked(const struct view *view, const struct made *made, struct buf *out)
{
	struct view now = *view;
	now.show = SHOW_NOW;
	buf_puts(out, "<div id=\"pages\">\n");
	for (int page = 1; page <= made->now.pages; page++)
		page_write_picture(&now, &made->now, page, out);
	buf_puts(out, "</div>\n");
}

void page_write_changes(const struct view *view, const struct made *made,
	const struct baseline *baseline, struct buf *out)
{
	struct arena *arena = arena_new();
	struct pair pair = {0};
	if (baseline->portrait)
		pair = changes_compare(arena, &made->now, baseline);
	changes_write_legend(baseline, baseline->portrait ? &pair.now : NULL, out);
	if (baseline->portrait)
		write_pages(view, &pair, out);
	else
		write_unmarked(view, made, out);
	arena_free(arena);
}

/* Of the last save, whatever else the letter is held against. */
void page_write_before(const struct view *view, const struct made *made, struct buf *out)
{
	struct arena *arena = arena_new();
	const struct baseline save = {.against = AGAINST_SAVE,
		.changed = concerns_differ(&made->before.content, &made->now.content),
		.pictures = &made->before,
		.portrait = &made->before.portrait};
	struct pair pair = changes_compare(arena, &made->now, &save);
	changes_write_legend(&save, &pair.was, out);
	buf_puts(out, "<div id=\"pages\">\n");
	for (int page = 1; page <= made->before.pages; page++)
		write_sheet(view, &pair.was, page, out);
	buf_puts(out, "</div>\n");
	arena_free(arena);
}
