/* rows.c - the list of letters: as links that need no script, and as JSON for the window of it that
 * the script shows. Both take the same filter, and say in the same words what it found. */
#include "page/page_int.h"

#include <stdio.h>

enum { ROWS_SHOWN = 200 };

/* The kinds that one can choose. Their signs stand at the letters too: so each says what it
 * means. */
static const struct {
	const char *state, *name, *sign, *among; /* among: after "no letter" */
} kinds[] = {{"", "All", "", ""}, {"proof", "Proof set", "mark proof", " in the proof set"},
	{"error", "Errors", "state error", " with errors"},
	{"warning", "Warnings", "state warning", " with warnings"},
	{"unconfirmed", "To confirm", "state unconfirmed", " with facts to confirm"},
	{"changed", "Changed", "mark changed", " that changed"},
	{"approved", "Approved", "mark approved", " that is approved"}};

enum { KIND_COUNT = sizeof kinds / sizeof *kinds };

static const struct {
	const char *sign, *meaning;
} signs[] = {{"state good", "no findings"},
	{"state unconfirmed", "to confirm: a fact in it that nobody has seen"},
	{"state warning", "warnings"}, {"state error", "errors: it cannot be made"},
	{"state waiting", "not checked yet"},
	{"mark changed", "changed: in out/ it is not, or no longer, as it is now"},
	{"mark approved", "approved, as it is now"}, {"mark proof", "in the proof set"}};

static const char *meaning_of(const char *sign)
{
	size_t i = 0;
	while (strcmp(signs[i].sign, sign) != 0)
		i++;
	return signs[i].meaning;
}

void page_write_signs(struct buf *out)
{
	buf_puts(out, "<details id=\"signs\" name=\"help\"><summary>Signs</summary><dl>\n");
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
		buf_format(out, "<div><dt><span class=\"%s\">%s</span></dt><dd>%s</dd></div>\n",
			signs[i].sign, strchr(signs[i].sign, ' ') + 1, signs[i].meaning);
	buf_puts(out, "</dl></details>\n");
}

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
	struct finder finder = finder_new(view);
	do
		row += step;
	while (row >= first && row < end && !finder_fits(&finder, listing, row));
	finder_free(&finder);
	return row >= first && row < end ? row->id : view->id;
}

/* -- what was found ---------------------------------------------------------------------------- */

static const char *among(struct str state)
{
	int i = KIND_COUNT - 1;
	while (i > 0 && !str_is(state, kinds[i].state))
		i--;
	return kinds[i].among;
}

/* Nothing when nothing is looked for and something is there. */
static void say_found(const struct view *view, int count, struct buf *out)
{
	struct str words = str_trim(view->query);
	const char *kind = among(view->state);
	if (words.len && !count)
		buf_format(out, "No letter%s holds “%.*s”", kind, str_arg(words));
	else if (words.len)
		buf_format(out, "%d letter%s “%.*s”", count, count == 1 ? " holds" : "s hold",
			str_arg(words));
	else if (!count && *kind)
		buf_format(out, "There is no letter%s", kind);
}

/* What the filter lets through: of it, the rows from view->from on are written one by one. */
static int each_row(const struct listing *listing, const struct view *view, int *chosen,
	void (*write)(
		const struct listing *, const struct row *, const struct view *, int, struct buf *),
	struct buf *out)
{
	struct finder finder = finder_new(view);
	int count = 0;
	for (int i = 0; i < listing->rows.len; i++) {
		const struct row *row = &listing->rows.at[i];
		if (!finder_fits(&finder, listing, row))
			continue;
		if (view->id.len && str_eq(row->id, view->id))
			*chosen = count;
		if (count >= view->from && count - view->from < ROWS_SHOWN)
			write(listing, row, view, count - view->from, out);
		count++;
	}
	finder_free(&finder);
	return count;
}

static void write_row_json(const struct listing *listing, const struct row *row,
	const struct view *view, int at, struct buf *out)
{
	(void)view;
	buf_puts(out, at ? "," : "");
	buf_puts(out, "{\"id\":");
	json_string(out, row->id);
	buf_format(out, ",\"state\":\"%s\",\"changed\":%s,\"approved\":%s,\"proof\":%s}",
		row_state(listing, row), row->changed ? "true" : "false",
		listing_approves(listing, row->approved) ? "true" : "false",
		row->why.len ? "true" : "false");
}

void page_write_rows(const struct desk *desk, const struct view *view, struct buf *out)
{
	int chosen = -1;
	struct buf found = {0};
	buf_puts(out, "{\"rows\":[");
	int count = each_row(desk->listing, view, &chosen, write_row_json, out);
	say_found(view, count, &found);
	buf_format(out, "],\"from\":%d,\"total\":%d,\"chosen\":%d,\"found\":", view->from, count,
		chosen);
	page_json_text(out, buf_text(&found));
	buf_puts(out, "}");
	buf_free(&found);
}

/* -- without a script -------------------------------------------------------------------------- */

/* A sign to those who see, a word to those who hear, its meaning to those who ask. */
static void write_sign(const char *sign, struct buf *out)
{
	buf_format(out, "<span class=\"%s\" title=\"%s\">%s</span>", sign, meaning_of(sign),
		strchr(sign, ' ') + 1);
}

static void write_row(const struct listing *listing, const struct row *row, const struct view *view,
	int at, struct buf *out)
{
	struct view other = *view;
	char state[20];
	(void)at;
	other.id = row->id;
	other.show = SHOW_NOW;
	snprintf(state, sizeof state, "state %s", row_state(listing, row));
	buf_puts(out, "<li><a href=\"");
	page_write_link(&other, out);
	buf_format(out, "\"%s>", str_eq(row->id, view->id) ? " aria-current=\"true\"" : "");
	write_sign(state, out);
	buf_puts(out, "<span class=\"name\">");
	page_text(out, row->id);
	buf_puts(out, "</span>");
	if (row->changed)
		write_sign("mark changed", out);
	if (listing_approves(listing, row->approved))
		write_sign("mark approved", out);
	if (row->why.len)
		write_sign("mark proof", out);
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

/* What was found, and the way back to all letters. */
static void write_found(const struct view *view, int count, struct buf *out)
{
	struct view all = {.id = view->id, .guides = view->guides};
	struct buf found = {0};
	say_found(view, count, &found);
	buf_format(out, "<div id=\"found\"%s><p role=\"status\">", found.len ? "" : " hidden");
	page_text(out, buf_text(&found));
	buf_puts(out, "</p><a data-set=\"all\" href=\"");
	page_write_link(&all, out);
	buf_puts(out, "\">Show all letters</a></div>\n");
	buf_free(&found);
}

void page_write_list(const struct desk *desk, const struct view *view, struct buf *out)
{
	struct buf rows = {0};
	int chosen, count = each_row(desk->listing, view, &chosen, write_row, &rows);
	write_found(view, count, out);
	buf_puts(out,
		"<div id=\"scroll\" role=\"region\" aria-label=\"List of letters\">"
		"<ul id=\"rows\">\n");
	buf_str(out, buf_text(&rows));
	buf_puts(out, "</ul>\n");
	if (view->from > 0)
		write_more(view, view->from - ROWS_SHOWN, "Earlier letters", out);
	if (count - view->from > ROWS_SHOWN)
		write_more(view, view->from + ROWS_SHOWN, "More letters", out);
	buf_puts(out, "</div>\n");
	buf_free(&rows);
}

static void write_kind(const struct view *view, int kind, int count, struct buf *out)
{
	struct view other = *view;
	bool on = str_is(view->state, kinds[kind].state);
	other.state = str_of(kinds[kind].state);
	other.from = 0;
	buf_puts(out, "<a href=\"");
	page_write_link(&other, out);
	buf_format(out, "\" data-state=\"%s\"%s>", kinds[kind].state,
		on ? " aria-current=\"true\"" : "");
	if (*kinds[kind].sign)
		buf_format(out, "<span class=\"%s\" aria-hidden=\"true\" title=\"%s\"></span>",
			kinds[kind].sign, meaning_of(kinds[kind].sign));
	buf_format(out, "%s <b>%d</b></a>\n", kinds[kind].name, count);
}

void page_write_filter(const struct desk *desk, const struct view *view, struct buf *out)
{
	const struct listing *listing = desk->listing;
	const int counts[KIND_COUNT] = {listing->rows.len, listing->proof, listing->errors,
		listing->warnings, listing->unconfirmed, listing->changed, listing->approved};
	struct view plain = {.id = view->id};
	buf_puts(out, "<form id=\"filter\" role=\"search\" action=\"");
	page_write_link(&plain, out);
	buf_puts(out,
		"\"><label for=\"q\">Find a "
		"letter</label><input id=\"q\" name=\"q\" type=\"search\" "
		"autocomplete=\"off\" spellcheck=\"false\" value=\"");
	page_text(out, view->query);
	buf_puts(out, "\"><input type=\"hidden\" id=\"state\" name=\"state\" value=\"");
	page_text(out, view->state);
	buf_format(out, "\">%s<button>Find</button></form>\n<p id=\"states\">\n",
		view->guides ? "<input type=\"hidden\" name=\"guides\" value=\"1\">" : "");
	for (int i = 0; i < KIND_COUNT; i++)
		write_kind(view, i, counts[i], out);
	buf_puts(out, "</p>\n");
}
