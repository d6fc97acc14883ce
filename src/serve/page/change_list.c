/* change_list.c - what changed, told: what of it an approval is bound to, the words, and each other
 * thing by its name. The same is marked on the pages as far as it can be. */
#include "page/changes_int.h"

#include <string.h>

enum { SHOWN_WORDS = 40 }; /* of a change */

void changes_write_words(const struct page_words *words, struct range range, struct buf *out)
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

/* -- against what ------------------------------------------------------------------------------ */

/* "since Anna approved it on 2020-10-13" */
static void write_since(const struct baseline *baseline, struct buf *out)
{
	switch (baseline->against) {
	case AGAINST_SAVE:
		buf_puts(out, "with the last save");
		return;
	case AGAINST_WRITTEN:
		buf_puts(out, "since it was written");
		return;
	case AGAINST_APPROVED:
		buf_puts(out, "since ");
		page_person(out, baseline->by);
		buf_puts(out, " approved it on ");
		buf_moment_told(out, baseline->at);
	}
}

static void write_pages(const struct side *side, struct buf *out)
{
	int pages = 0;
	struct buf numbers = {0};
	for (int page = 1; page <= side->version->pages; page++)
		if (changes_on_page(side, page))
			buf_format(&numbers, "%s%d", pages++ ? ", " : "", page);
	buf_format(out, "; %d change%s of words on page%s %s: <ins>new</ins> <del>gone</del>",
		side->count, side->count == 1 ? "" : "s", pages == 1 ? "" : "s",
		buf_text(&numbers).at);
	buf_free(&numbers);
}

void changes_write_legend(const struct baseline *baseline, const struct side *side, struct buf *out)
{
	struct buf parts = {0};
	concerns_name(baseline->changed, &parts);
	buf_puts(out, "<p class=\"legend\" role=\"status\">");
	buf_puts(out, baseline->same ? "Nothing changed " : "Changed ");
	write_since(baseline, out);
	if (parts.len && !baseline->same)
		buf_format(out, ": %s", buf_text(&parts).at);
	if (side && side->count)
		write_pages(side, out);
	buf_puts(out, "</p>\n");
	buf_free(&parts);
}

/* What else it can be held against. */
static void write_choices(
	const struct view *view, const struct baselines *baselines, struct buf *out)
{
	struct view other = *view;
	if (baselines->list.len < 2)
		return;
	buf_puts(out, "<p class=\"since\">Show what changed</p>\n<ul class=\"since\">\n");
	for (int i = 0; i < baselines->list.len; i++) {
		other.since = baselines->list.at[i].name;
		buf_puts(out, "<li><a href=\"");
		page_write_link(&other, out);
		buf_puts(out, "\" data-since=\"");
		page_text(out, other.since);
		buf_format(out, "\"%s>", i == baselines->chosen ? " aria-current=\"true\"" : "");
		write_since(&baselines->list.at[i], out);
		buf_puts(out, "</a></li>\n");
	}
	buf_puts(out, "</ul>\n");
}

/* -- the list ---------------------------------------------------------------------------------- */

static void write_change(const struct pair *pair, const struct word_change *change, struct buf *out)
{
	struct range pages = changes_pages(&pair->now, change);
	struct range new = changes_words(change, true), gone = changes_words(change, false);
	if (pages.from < pages.to)
		buf_format(out, "<li><b>Pages %d to %d</b>", pages.from, pages.to);
	else
		buf_format(out, "<li><b>Page %d</b>", pages.from);
	if (new.from < new.to) {
		buf_puts(out, " new: <ins>");
		changes_write_words(&pair->now.portrait->words, new, out);
		buf_puts(out, "</ins>");
	}
	if (gone.from < gone.to) {
		buf_puts(out, new.from < new.to ? "; gone: <del>" : " gone: <del>");
		changes_write_words(&pair->was.portrait->words, gone, out);
		buf_puts(out, "</del>");
	}
	buf_puts(out, "</li>\n");
}

static void write_value(const char *element, struct str value, struct buf *out)
{
	buf_format(out, "<%s>", element);
	page_text(out, value.len ? value : str_lit("(nothing)"));
	buf_format(out, "</%s>", element);
}

/* link of "Annual Report": old → new */
static void write_named(const struct said_change *change, struct buf *out)
{
	static const char *const how[] = {
		[SAID_CHANGED] = "", [SAID_NEW] = "new: ", [SAID_GONE] = "gone: "};
	bool both = change->old.at && change->new.at, any = change->old.at || change->new.at;
	buf_format(out, "<li>%s<b>", how[change->how]);
	page_text(out, change->what);
	buf_puts(out, any ? "</b>: " : change->how == SAID_CHANGED ? "</b> changed" : "</b>");
	if (change->old.at)
		write_value("del", change->old, out);
	buf_puts(out, both ? " → " : "");
	if (change->new.at)
		write_value("ins", change->new, out);
	buf_puts(out, "</li>\n");
}

static void write_compared(struct arena *arena, const struct made *made,
	const struct baseline *baseline, struct buf *out)
{
	struct said_changes named = {0};
	struct pair pair = changes_compare(arena, &made->now, baseline);
	const struct portraits portraits = {
		pair.was.portrait, pair.now.portrait, pair.now.changes, pair.now.count};
	portrait_compare(arena, &portraits, &named);
	buf_puts(out, pair.now.count || named.list.len ? "<ol>\n" : "");
	for (int i = 0; i < pair.now.count; i++)
		write_change(&pair, &pair.now.changes[i], out);
	for (int i = 0; i < named.list.len; i++)
		write_named(&named.list.at[i], out);
	buf_puts(out, pair.now.count || named.list.len ? "</ol>\n" : "");
}

/* The marks of compare/diff.h, line by line. */
static const struct {
	const char *mark, *element;
} diff_marks[] = {{DIFF_OUT, "<del>"}, {DIFF_OUT_END, "</del>"}, {DIFF_IN, "<ins>"},
	{DIFF_IN_END, "</ins>"}, {"\n", "<br>\n"}};
enum { DIFF_MARKS = sizeof diff_marks / sizeof *diff_marks };

static int mark_at(struct str text, int at)
{
	struct str rest = str_slice(text, at, text.len);
	int i = 0;
	while (i < DIFF_MARKS && !str_starts(rest, diff_marks[i].mark))
		i++;
	return i;
}

static void write_difference(struct str text, struct buf *out)
{
	buf_puts(out, "<p class=\"difference\">");
	int from = 0, at = 0;
	while (at < text.len) {
		int mark = mark_at(text, at);
		if (mark == DIFF_MARKS) {
			at++;
			continue;
		}
		page_text(out, str_slice(text, from, at));
		buf_puts(out, diff_marks[mark].element);
		from = at += (int)strlen(diff_marks[mark].mark);
	}
	page_text(out, str_slice(text, from, text.len));
	buf_puts(out, "</p>\n");
}

void page_write_change_list(const struct view *view, const struct made *made,
	const struct baselines *baselines, struct buf *out)
{
	struct arena *arena = arena_new();
	const struct baseline *baseline = &baselines->list.at[baselines->chosen];
	buf_puts(out, "<section id=\"changes\"><h2>Changes</h2>\n");
	if (baseline->same)
		buf_puts(out, "<p>Nothing changed.</p>\n");
	else if (baseline->portrait)
		write_compared(arena, made, baseline, out);
	else if (baseline->difference.len)
		write_difference(baseline->difference, out);
	else
		buf_puts(out,
			"<p>How it was then was not kept: compare the letter with one that "
			"was printed, or approve it as it is now.</p>\n");
	write_choices(view, baselines, out);
	buf_puts(out, "</section>\n");
	arena_free(arena);
}
