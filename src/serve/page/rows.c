/* rows.c - the list of letters: as links that need no script, and as JSON for the window of it that
 * the script shows. Both take the same filter, and say in the same words what it found. */
#include "page/page_int.h"

#include <stdio.h>

enum { ROWS_SHOWN = 200 };

/* -- links ------------------------------------------------------------------------------------- */

static void write_value(const char *name, struct str value, bool *first, struct buf *out)
{
	if (!value.len)
		return;
	buf_format(out, "%s%s=", *first ? "?" : "&amp;", name);
	for (int i = 0; i < value.len; i++)
		buf_format(out, "%%%02x", (unsigned char)value.at[i]);
	*first = false;
}

void page_write_link(const struct view *view, struct buf *out)
{
	char from[16] = "";
	bool first = true;
	if (view->from)
		snprintf(from, sizeof from, "%d", view->from);
	buf_puts(out, view->id.len ? "letter/" : "./");
	page_text(out, view->id);
	write_value("q", view->query, &first, out);
	write_value("state", view->state, &first, out);
	write_value("from", str_of(from), &first, out);
	write_value("guides", str_of(view->guides ? "1" : ""), &first, out);
	write_value("words", str_of(view->words ? "1" : ""), &first, out);
	write_value("before", str_of(view->show == SHOW_BEFORE ? "1" : ""), &first, out);
	write_value("changes", str_of(view->show == SHOW_CHANGES ? "1" : ""), &first, out);
	if (view->show == SHOW_CHANGES)
		write_value("since", view->since, &first, out);
}

struct str page_neighbour(const struct desk *desk, const struct view *view, int step)
{
	const struct listing *listing = desk->listing;
	const struct row *row = listing_find(listing, view->id), *first = listing->rows.at,
			 *end = first + listing->rows.len;
	if (!row)
		return view->id; /* it is not read yet */
	struct finder finder = finder_new(listing, view);
	finder.in_template = !finder_fits(&finder, row);
	do
		row += step;
	while (row >= first && row < end && !finder_fits(&finder, row));
	finder_free(&finder);
	return row >= first && row < end ? row->id : view->id;
}

/* -- what was found ---------------------------------------------------------------------------- */

struct found {
	int count, chosen; /* chosen: which of them the view shows; -1: none */
	bool in_template;  /* no letter's own words hold them: the template's do in these */
	struct near near;  /* when there is none */
};

/* Nothing when nothing is looked for and something is there. */
static void say_found(
	const struct view *view, const struct found *found, bool partial, struct buf *out)
{
	int count = found->count;
	struct str words = str_trim(view->query);
	const char *kind = page_among(kind_find(view->state));
	if (words.len && !count)
		buf_format(out, "No letter%s holds “%.*s”", kind, str_arg(words));
	else if (words.len)
		buf_format(out, "%d letter%s “%.*s”%s", count, count == 1 ? " holds" : "s hold",
			str_arg(words), found->in_template ? ", as the template says it" : "");
	else if (!count && *kind)
		buf_format(out, "There is no letter%s", kind);
	if (partial && out->len)
		buf_puts(out, ", of those that were read so far");
}

typedef void write_one(
	const struct listing *, const struct row *, const struct view *, int, struct buf *);

static void each_fitting(struct finder *finder, const struct view *view, write_one *write,
	struct found *found, struct buf *out)
{
	const struct listing *listing = finder->listing;
	for (int i = 0; i < listing->rows.len; i++) {
		const struct row *row = &listing->rows.at[i];
		if (!finder_fits(finder, row))
			continue;
		if (view->id.len && str_eq(row->id, view->id))
			found->chosen = found->count;
		if (found->count >= view->from && found->count - view->from < ROWS_SHOWN)
			write(listing, row, view, found->count - view->from, out);
		found->count++;
	}
}

/* What the filter lets through: of it, the rows from view->from on are written one by one. The
 * template is looked into when no letter's own words hold what is looked for. */
static struct found each_row(
	const struct listing *listing, const struct view *view, write_one *write, struct buf *out)
{
	struct finder finder = finder_new(listing, view);
	struct found found = {.chosen = -1};
	each_fitting(&finder, view, write, &found, out);
	if (!found.count && finder.words.len) {
		found.in_template = finder.in_template = true;
		each_fitting(&finder, view, write, &found, out);
	}
	if (!found.count && finder.words.len)
		finder_near(&finder, &found.near);
	finder_free(&finder);
	return found;
}

/* -- a row ------------------------------------------------------------------------------------- */

/* How a letter stands, in the states that have a word in its row. */
static const enum kind marks[] = {KIND_ERROR, KIND_WARNING, KIND_UNCONFIRMED, KIND_HELD,
	KIND_APPROVED, KIND_PARTLY, KIND_OPEN, KIND_WAITING, KIND_UNWRITTEN, KIND_CHANGED,
	KIND_PROOF};
enum { MARKS_MOST = sizeof marks / sizeof *marks };

/* Where several approve, a letter to approve is one that waits for who looks, or for others. */
static bool has_mark(const struct listing *listing, const struct row *row, const struct view *view,
	enum kind kind)
{
	return kind != (listing->wanted > 1 ? KIND_OPEN : KIND_WAITING) &&
		strcmp(kind_words[kind], row_state(listing, row)) != 0 &&
		row_is_of(listing, row, kind, view->me.name);
}

static void write_word(
	const struct listing *listing, const struct row *row, enum kind kind, struct buf *out)
{
	const char *word;
	page_sign(kind_words[kind], &word);
	if (kind == KIND_PARTLY)
		buf_format(out, "%d of %d", row->stance.approved, listing->wanted);
	else
		buf_puts(out, word);
}

/* Whom it goes to, where that is known, or else its id. */
static struct str name_of(const struct row *row)
{
	return row->name.len ? row->name : row->id;
}

/* -- for the script ---------------------------------------------------------------------------- */

static void write_marks_json(const struct listing *listing, const struct row *row,
	const struct view *view, struct buf *out)
{
	buf_puts(out, ",\"marks\":[");
	bool first = true;
	for (int i = 0; i < MARKS_MOST; i++) {
		const char *word;
		if (!has_mark(listing, row, view, marks[i]))
			continue;
		buf_format(out, "%s[\"%s\",\"", first ? "" : ",",
			page_sign(kind_words[marks[i]], &word));
		write_word(listing, row, marks[i], out);
		buf_puts(out, "\"]");
		first = false;
	}
	buf_puts(out, "]}");
}

static void write_row_json(const struct listing *listing, const struct row *row,
	const struct view *view, int at, struct buf *out)
{
	const char *word, *sign = page_sign(row_state(listing, row), &word);
	buf_puts(out, at ? "," : "");
	buf_puts(out, "{\"id\":");
	json_string(out, row->id);
	buf_puts(out, ",\"name\":");
	page_json_text(out, name_of(row));
	buf_puts(out, ",\"place\":");
	page_json_text(out, row->place);
	buf_format(out, ",\"pages\":%d,\"state\":[\"%s\",\"%s\"]", row->pages, sign, word);
	write_marks_json(listing, row, view, out);
}

static void write_counts_json(const struct desk *desk, const struct view *view, struct buf *out)
{
	int counts[KIND_COUNT];
	listing_count(desk->listing, view->me.name, counts);
	buf_puts(out, ",\"counts\":[");
	for (enum kind kind = KIND_ALL; kind < KIND_COUNT; kind++)
		if (page_shows_kind(desk->listing, kind))
			buf_format(out, "%s%d", kind ? "," : "", counts[kind]);
	buf_puts(out, "]");
}

void page_write_rows(const struct desk *desk, const struct view *view, struct buf *out)
{
	struct buf said = {0};
	buf_puts(out, "{\"rows\":[");
	struct found found = each_row(desk->listing, view, write_row_json, out);
	say_found(view, &found, desk->listing->partial, &said);
	buf_format(out, "],\"from\":%d,\"total\":%d,\"chosen\":%d,\"found\":", view->from,
		found.count, found.chosen);
	page_json_text(out, buf_text(&said));
	buf_puts(out, ",\"near\":[");
	for (int i = 0; i < found.near.count; i++) {
		buf_puts(out, i ? "," : "");
		page_json_text(out, found.near.text[i]);
	}
	buf_puts(out, "]");
	write_counts_json(desk, view, out);
	buf_puts(out, "}");
	buf_free(&said);
}

/* -- without a script -------------------------------------------------------------------------- */

static void write_marks(const struct listing *listing, const struct row *row,
	const struct view *view, struct buf *out)
{
	buf_puts(out, "<span class=\"stances\">");
	for (int i = 0; i < MARKS_MOST; i++) {
		const char *word;
		if (!has_mark(listing, row, view, marks[i]))
			continue;
		buf_format(
			out, "<span class=\"%s\"></span>", page_sign(kind_words[marks[i]], &word));
		write_word(listing, row, marks[i], out);
		buf_char(out, ' ');
	}
	buf_puts(out, "</span>");
}

static void write_row(const struct listing *listing, const struct row *row, const struct view *view,
	int at, struct buf *out)
{
	struct view other = *view;
	const char *word, *sign = page_sign(row_state(listing, row), &word);
	(void)at;
	other.id = row->id;
	other.show = SHOW_NOW;
	buf_puts(out, "<li><a href=\"");
	page_write_link(&other, out);
	buf_format(out, "\"%s><span class=\"%s\"></span><span class=\"whom\"><span class=\"name\">",
		str_eq(row->id, view->id) ? " aria-current=\"true\"" : "", sign);
	page_text(out, name_of(row));
	buf_puts(out, row->place.len ? ",</span> <span class=\"place\">" : "");
	page_text(out, row->place);
	buf_puts(out, "</span></span> <span class=\"about\"><span class=\"id\">");
	page_text(out, row->id);
	buf_puts(out, "</span>");
	if (row->pages)
		buf_format(out, " · %d page%s", row->pages, row->pages == 1 ? "" : "s");
	buf_format(out, " · %s</span> ", word);
	write_marks(listing, row, view, out);
	buf_puts(out, "</a></li>\n");
}

static void write_more(const struct view *view, int from, const char *words, struct buf *out)
{
	struct view other = *view;
	other.from = from > 0 ? from : 0;
	buf_puts(out, "<a class=\"more\" href=\"");
	page_write_link(&other, out);
	buf_format(out, "\">%s</a>\n", words);
}

/* "Did you mean Hirst or Hurst?" */
static void write_near(const struct view *view, const struct near *near, struct buf *out)
{
	buf_format(out, "<p id=\"near\"%s>Did you mean", near->count ? "" : " hidden");
	for (int i = 0; i < near->count; i++) {
		struct view other = *view;
		other.query = near->text[i];
		other.from = 0;
		buf_puts(out, i ? " or <a href=\"" : " <a href=\"");
		page_write_link(&other, out);
		buf_puts(out, "\">");
		page_text(out, near->text[i]);
		buf_puts(out, "</a>");
	}
	buf_puts(out, "?</p>\n");
}

/* What was found, and the way back to all letters. */
static void write_found(
	const struct view *view, const struct found *found, bool partial, struct buf *out)
{
	struct view all = {.id = view->id, .guides = view->guides, .words = view->words};
	struct buf said = {0};
	say_found(view, found, partial, &said);
	buf_format(out, "<div id=\"found\"%s><p role=\"status\">", said.len ? "" : " hidden");
	page_text(out, buf_text(&said));
	buf_puts(out, "</p>\n");
	write_near(view, &found->near, out);
	buf_puts(out, "<a data-set=\"all\" href=\"");
	page_write_link(&all, out);
	buf_puts(out, "\">Show all letters</a></div>\n");
	buf_free(&said);
}

void page_write_list(const struct desk *desk, const struct view *view, struct buf *out)
{
	struct buf rows = {0};
	struct found found = each_row(desk->listing, view, write_row, &rows);
	write_found(view, &found, desk->listing->partial, out);
	buf_puts(out,
		"<div id=\"scroll\" role=\"region\" aria-label=\"List of letters\">"
		"<ul id=\"rows\">\n");
	buf_str(out, buf_text(&rows));
	buf_puts(out, "</ul>\n");
	if (view->from > 0)
		write_more(view, view->from - ROWS_SHOWN, "Earlier letters", out);
	if (found.count - view->from > ROWS_SHOWN)
		write_more(view, view->from + ROWS_SHOWN, "More letters", out);
	buf_puts(out, "</div>\n");
	buf_free(&rows);
}
