/* changes.c - a letter beside what it was: words that are new and words that are gone, marked on
 * the pages and told as a list.
 *
 * Words are compared, not pixels: one more line moves all below it, which is no change to anybody
 * who reads. The marks are SVG on top of the pages' pictures: its attributes say where they stand
 * without a script, and without style attributes, which the policy forbids. They are for the eye
 * alone; the list says the same. */
#include "page/page_int.h"

enum {
	SHOWN_WORDS = 40,        /* of a change, in the list */
	TICK = SP_PER_PT * 3 / 2 /* how wide the mark is where words are gone, in sp */
};

/* One version's words, the other's, and which part of a change is this one's. */
struct side {
	const struct version *version;
	const struct page_words *other;
	bool new;
	const struct word_change *changes;
	int count;
};

struct range {
	int from, to;
};

static struct range words_in(const struct word_change *change, bool new)
{
	return new ? (struct range){change->from_new, change->to_new}
		   : (struct range){change->from_old, change->to_old};
}

/* -- in words ---------------------------------------------------------------------------------- */

/* As they stood: what had no blank between it gets none. */
static void write_words(const struct page_words *words, struct range range, struct buf *out)
{
	int shown = range.to - range.from > SHOWN_WORDS ? range.from + SHOWN_WORDS : range.to;
	const char *end = NULL;
	for (int i = range.from; i < shown; i++) {
		struct str text = words->list.at[i].text;
		if (end && text.at != end)
			buf_char(out, ' ');
		page_text(out, text);
		end = text.at + text.len;
	}
	if (shown < range.to)
		buf_format(out, " … (%d words)", range.to - range.from);
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
	const struct page_words *words = &side->version->words;
	int at = words_in(change, side->new).from;
	bool ahead = at == 0 || begins_paragraph(side->other, words_in(change, !side->new).from);
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
	const struct page_words *words = &side->version->words;
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
	struct range other = words_in(change, !side->new);
	struct word_box gap;
	if (other.from == other.to || !find_gap(side, change, &gap) || gap.page != page)
		return;
	buf_format(out, "<g class=\"%s\"><title>%s: ", side->new ? "del" : "ins",
		side->new ? "gone" : "new");
	write_words(side->other, other, out);
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
	buf_format(out, " %d %d\">\n", side->version->page_width / SP_PER_PT,
		side->version->page_height / SP_PER_PT);
	for (int i = 0; i < side->count; i++) {
		buf_format(out, "<g class=\"%s\">", side->new ? "ins" : "del");
		write_boxes(side, words_in(&side->changes[i], side->new), page, out);
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
static struct range pages_of(const struct side *side, const struct word_change *change)
{
	struct range range = words_in(change, side->new);
	struct word_box gap = {0};
	if (range.from < range.to)
		return (struct range){first_box(&side->version->words, range.from)->page + 1,
			first_box(&side->version->words, range.to - 1)->page + 1};
	find_gap(side, change, &gap);
	return (struct range){gap.page + 1, gap.page + 1};
}

static bool is_changed(const struct side *side, int page)
{
	for (int i = 0; i < side->count; i++) {
		struct range pages = pages_of(side, &side->changes[i]);
		if (page >= pages.from && page <= pages.to)
			return true;
	}
	return false;
}

static void write_legend(const struct side *side, struct buf *out)
{
	struct buf numbers = {0};
	int pages = 0;
	for (int page = 1; page <= side->version->pages; page++)
		if (is_changed(side, page))
			buf_format(&numbers, "%s%d", pages++ ? ", " : "", page);
	buf_puts(out, "<p class=\"legend\" role=\"status\">");
	if (side->count)
		buf_format(out, "%d change%s on page%s %s: <ins>new</ins> <del>gone</del>",
			side->count, side->count == 1 ? "" : "s", pages == 1 ? "" : "s",
			buf_text(&numbers).at);
	else
		buf_puts(out, "No words changed; the look has: compare Now with Before");
	buf_puts(out, "</p>\n");
	buf_free(&numbers);
}

/* -- the whole --------------------------------------------------------------------------------- */

/* Both versions, compared; what differs lies in the arena. */
struct pair {
	struct side now, was;
};

static struct pair compare(struct arena *arena, const struct made *made)
{
	struct word_change *changes;
	const struct page_words *now = &made->now.words, *was = &made->before.words;
	int count = words_compare(arena, was, now, &changes);
	return (struct pair){{&made->now, was, true, changes, count},
		{&made->before, now, false, changes, count}};
}

void page_write_changes(const struct view *view, const struct made *made, struct buf *out)
{
	struct arena *arena = arena_new();
	struct pair pair = compare(arena, made);
	int count = made->now.pages > made->before.pages ? made->now.pages : made->before.pages;
	write_legend(&pair.now, out);
	buf_puts(out, "<div id=\"pages\" class=\"compare\">\n<div class=\"sheets\">\n");
	for (int page = 1; page <= count; page++) {
		write_sheet(view, &pair.was, page, out);
		write_sheet(view, &pair.now, page, out);
	}
	buf_puts(out, "</div></div>\n");
	arena_free(arena);
}

void page_write_before(const struct view *view, const struct made *made, struct buf *out)
{
	struct arena *arena = arena_new();
	struct pair pair = compare(arena, made);
	write_legend(&pair.was, out);
	buf_puts(out, "<div id=\"pages\">\n");
	for (int page = 1; page <= made->before.pages; page++)
		write_sheet(view, &pair.was, page, out);
	buf_puts(out, "</div>\n");
	arena_free(arena);
}

static void write_change(const struct pair *pair, const struct word_change *change, struct buf *out)
{
	struct range pages = pages_of(&pair->now, change);
	struct range new = words_in(change, true), gone = words_in(change, false);
	if (pages.from < pages.to)
		buf_format(out, "<li><b>Pages %d to %d</b>", pages.from, pages.to);
	else
		buf_format(out, "<li><b>Page %d</b>", pages.from);
	if (new.from < new.to) {
		buf_puts(out, " new: <ins>");
		write_words(&pair->now.version->words, new, out);
		buf_puts(out, "</ins>");
	}
	if (gone.from < gone.to) {
		buf_puts(out, new.from < new.to ? "; gone: <del>" : " gone: <del>");
		write_words(&pair->was.version->words, gone, out);
		buf_puts(out, "</del>");
	}
	buf_puts(out, "</li>\n");
}

void page_write_change_list(const struct made *made, struct buf *out)
{
	struct arena *arena = arena_new();
	struct pair pair = compare(arena, made);
	buf_puts(out, "<section id=\"changes\"><h2>Changes</h2>\n");
	buf_puts(out, pair.now.count ? "<ol>\n" : "<p>No words changed; the look has.</p>\n");
	for (int i = 0; i < pair.now.count; i++)
		write_change(&pair, &pair.now.changes[i], out);
	buf_puts(out, pair.now.count ? "</ol>\n</section>\n" : "</section>\n");
	arena_free(arena);
}
