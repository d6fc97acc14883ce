/* rows.c - the list of letters: as links that need no script, and as JSON for the window of it that
 * the script shows. Both take the same filter: a part of the id or of a value, and a state. */
#include "serve/desk_int.h"

#include <ctype.h>

enum { ROWS_SHOWN = 200 };

static const char *state_of(const struct listing *listing, const struct row *row)
{
	if (row->errors)
		return "error";
	if (row->warnings)
		return "warning";
	return listing->checked ? "good" : "waiting";
}

static bool is_approved(const struct listing *listing, const struct row *row)
{
	return row->approved > 0 && row->approved >= listing->wanted;
}

static bool holds(struct str text, struct str part)
{
	int first = part.at[0],
	    other = isupper((unsigned char)first) ? tolower(first) : toupper(first);
	for (int i = 0; i + part.len <= text.len; i++)
		if ((text.at[i] == first || text.at[i] == other) &&
			strncasecmp(text.at + i, part.at, (size_t)part.len) == 0)
			return true;
	return false;
}

static bool fits(const struct listing *listing, const struct row *row, const struct view *view)
{
	if (view->query.len && !holds(row->id, view->query) && !holds(row->values, view->query))
		return false;
	if (str_is(view->state, "changed"))
		return row->changed;
	if (str_is(view->state, "proof"))
		return row->why.len > 0;
	if (str_is(view->state, "approved"))
		return is_approved(listing, row);
	return !view->state.len || str_is(view->state, state_of(listing, row));
}

static void write_row_json(
	const struct listing *listing, const struct row *row, bool first, struct buf *out)
{
	buf_puts(out, first ? "" : ",");
	buf_puts(out, "{\"id\":");
	json_string(out, row->id);
	buf_format(out, ",\"state\":\"%s\",\"changed\":%s,\"approved\":%s,\"proof\":%s}",
		state_of(listing, row), row->changed ? "true" : "false",
		is_approved(listing, row) ? "true" : "false", row->why.len ? "true" : "false");
}

void page_write_rows(const struct desk *desk, const struct view *view, struct buf *out)
{
	const struct listing *listing = desk->listing;
	int count = 0, shown = 0, chosen = -1;
	buf_puts(out, "{\"rows\":[");
	for (int i = 0; i < listing->rows.len; i++) {
		const struct row *row = &listing->rows.at[i];
		if (!fits(listing, row, view))
			continue;
		if (view->id.len && str_eq(row->id, view->id))
			chosen = count;
		if (count >= view->from && shown < ROWS_SHOWN)
			write_row_json(listing, row, shown++ == 0, out);
		count++;
	}
	buf_format(out, "],\"from\":%d,\"total\":%d,\"chosen\":%d}", view->from, count, chosen);
}

/* A sign to those who see, a word to those who hear. */
static void write_mark(bool on, const char *what, struct buf *out)
{
	if (on)
		buf_format(out, "<span class=\"mark %s\">%s</span>", what, what);
}

static void write_row(const struct listing *listing, const struct row *row, const struct view *view,
	struct buf *out)
{
	buf_puts(out, "<li><a href=\"letter/");
	buf_xml(out, row->id);
	buf_format(out, "\"%s><span class=\"state %s\">%s</span><span class=\"name\">",
		str_eq(row->id, view->id) ? " aria-current=\"true\"" : "", state_of(listing, row),
		state_of(listing, row));
	buf_xml(out, row->id);
	buf_puts(out, "</span>");
	write_mark(row->changed, "changed", out);
	write_mark(is_approved(listing, row), "approved", out);
	write_mark(row->why.len > 0, "proof", out);
	buf_puts(out, "</a></li>\n");
}

/* A link to the list as it is filtered, from some row on. */
static void write_list_link(
	struct str query, struct str state, int from, const char *heads, struct buf *out)
{
	buf_format(out, "<a%s href=\"./?from=%d&amp;state=", heads, from);
	buf_xml(out, state);
	buf_puts(out, "&amp;q=");
	for (int i = 0; i < query.len; i++)
		buf_format(out, "%%%02x", (unsigned char)query.at[i]);
	buf_puts(out, "\">");
}

static void write_more(const struct view *view, int from, const char *words, struct buf *out)
{
	write_list_link(view->query, view->state, from, " class=\"more\"", out);
	buf_format(out, "%s</a>\n", words);
}

void page_write_list(const struct desk *desk, const struct view *view, struct buf *out)
{
	const struct listing *listing = desk->listing;
	int count = 0;
	buf_puts(out,
		"<div id=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"List of letters\">"
		"<ul id=\"rows\">\n");
	for (int i = 0; i < listing->rows.len; i++) {
		const struct row *row = &listing->rows.at[i];
		if (!fits(listing, row, view))
			continue;
		if (count >= view->from && count - view->from < ROWS_SHOWN)
			write_row(listing, row, view, out);
		count++;
	}
	buf_puts(out, "</ul>\n");
	if (view->from > 0)
		write_more(view, view->from > ROWS_SHOWN ? view->from - ROWS_SHOWN : 0,
			"Earlier letters", out);
	if (count - view->from > ROWS_SHOWN)
		write_more(view, view->from + ROWS_SHOWN, "More letters", out);
	buf_puts(out, "</div>\n");
}

void page_write_filter(const struct desk *desk, const struct view *view, struct buf *out)
{
	const struct listing *listing = desk->listing;
	const struct {
		const char *state, *name, *mark;
		int count;
	} states[] = {{"", "All", "", listing->rows.len},
		{"proof", "Proof set", "proof", listing->proof},
		{"error", "Errors", "", listing->errors},
		{"warning", "Warnings", "", listing->warnings},
		{"changed", "Changed", "changed", listing->changed},
		{"approved", "Approved", "approved", listing->approved}};
	buf_puts(out,
		"<form id=\"filter\" role=\"search\" action=\"./\"><label for=\"q\">Find a "
		"letter</label><input id=\"q\" name=\"q\" type=\"search\" "
		"autocomplete=\"off\" spellcheck=\"false\" value=\"");
	buf_xml(out, view->query);
	buf_puts(out, "\"><input type=\"hidden\" id=\"state\" name=\"state\" value=\"");
	buf_xml(out, view->state);
	buf_puts(out, "\"><button>Find</button></form>\n<p id=\"states\">\n");
	for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
		write_list_link(view->query, str_of(states[i].state), 0,
			str_is(view->state, states[i].state) ? " aria-current=\"true\"" : "", out);
		buf_format(out, "%s <b>%d</b>", states[i].name, states[i].count);
		if (states[i].mark[0])
			buf_format(out, "<span class=\"mark %s\" aria-hidden=\"true\"></span>",
				states[i].mark);
		buf_puts(out, "</a>\n");
	}
	buf_puts(out, "</p>\n");
}
