/* page.c - the desk as HTML that can be read without a script: a list of plain links, the pages as
 * pictures, what was found, and the facts. The script fetches the same parts and puts them in
 * place.
 *
 * All links are relative to the token's folder, which <base> names; every text goes through
 * buf_xml. */
#include "serve/desk_int.h"

enum { ROWS_SHOWN = 200 };

static const char *state_of(const struct row *row)
{
	return row->errors ? "error" : row->warnings ? "warning" : "good";
}

static bool holds(struct str text, struct str part)
{
	for (int i = 0; i + part.len <= text.len; i++)
		if (strncasecmp(text.at + i, part.at, (size_t)part.len) == 0)
			return true;
	return false;
}

static bool fits(const struct row *row, const struct view *view)
{
	if (view->query.len && !holds(row->id, view->query))
		return false;
	if (str_is(view->state, "changed"))
		return row->changed;
	return !view->state.len || str_is(view->state, state_of(row));
}

/* -- rows ------------------------------------------------------------------------------------- */

static void write_row_json(const struct row *row, bool first, struct buf *out)
{
	buf_puts(out, first ? "" : ",");
	buf_puts(out, "{\"id\":");
	json_string(out, row->id);
	buf_format(out, ",\"state\":\"%s\",\"changed\":%s}", state_of(row),
		row->changed ? "true" : "false");
}

void page_write_rows(struct desk *desk, const struct view *view, struct buf *out)
{
	const struct listing *listing = desk->listing;
	int count = 0, shown = 0;
	buf_puts(out, "{\"rows\":[");
	for (int i = 0; i < listing->rows.len; i++) {
		const struct row *row = &listing->rows.at[i];
		if (!fits(row, view))
			continue;
		if (count >= view->from && shown < ROWS_SHOWN)
			write_row_json(row, shown++ == 0, out);
		count++;
	}
	buf_format(out, "],\"from\":%d,\"total\":%d}", view->from, count);
}

static void write_badges(const struct row *row, struct buf *out)
{
	static const char *const words[] = {"Good", "Warning", "Error"};
	int state = row->errors ? 2 : row->warnings ? 1 : 0;
	buf_format(out, "<span class=\"state %s\">%s</span>", state_of(row), words[state]);
	if (row->changed)
		buf_puts(out, "<span class=\"state changed\">Changed</span>");
}

static void write_row(const struct row *row, const struct view *view, struct buf *out)
{
	bool chosen = str_eq(row->id, view->id);
	buf_puts(out, "<li><a href=\"letter/");
	buf_xml(out, row->id);
	buf_format(out, "\"%s><span class=\"name\">", chosen ? " aria-current=\"true\"" : "");
	buf_xml(out, row->id);
	buf_puts(out, "</span>");
	write_badges(row, out);
	buf_puts(out, "</a></li>\n");
}

static void write_more(const struct view *view, int from, const char *words, struct buf *out)
{
	buf_format(out, "<a class=\"more\" href=\"./?from=%d&amp;state=", from);
	buf_xml(out, view->state);
	buf_puts(out, "&amp;q=");
	buf_xml(out, view->query);
	buf_format(out, "\">%s</a>\n", words);
}

static void write_list(struct desk *desk, const struct view *view, struct buf *out)
{
	const struct listing *listing = desk->listing;
	int count = 0;
	buf_puts(out,
		"<div id=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Letters\">"
		"<ul id=\"rows\">\n");
	for (int i = 0; i < listing->rows.len; i++) {
		const struct row *row = &listing->rows.at[i];
		if (!fits(row, view))
			continue;
		if (count >= view->from && count < view->from + ROWS_SHOWN)
			write_row(row, view, out);
		count++;
	}
	buf_puts(out, "</ul>\n");
	if (view->from > 0)
		write_more(view, view->from > ROWS_SHOWN ? view->from - ROWS_SHOWN : 0,
			"Earlier letters", out);
	if (view->from + ROWS_SHOWN < count)
		write_more(view, view->from + ROWS_SHOWN, "More letters", out);
	buf_puts(out, "</div>\n");
}

static void write_filter(const struct view *view, struct buf *out)
{
	static const char *const states[][2] = {{"", "All letters"}, {"error", "With errors"},
		{"warning", "With warnings"}, {"good", "Good"}, {"changed", "Changed"}};
	buf_puts(out,
		"<form id=\"filter\" role=\"search\" action=\"./\"><label for=\"q\">Find a "
		"letter</label><input id=\"q\" name=\"q\" type=\"search\" "
		"autocomplete=\"off\" value=\"");
	buf_xml(out, view->query);
	buf_puts(out, "\"><label for=\"state\">Show</label><select id=\"state\" name=\"state\">");
	for (size_t i = 0; i < sizeof states / sizeof *states; i++)
		buf_format(out, "<option value=\"%s\"%s>%s</option>", states[i][0],
			str_is(view->state, states[i][0]) ? " selected" : "", states[i][1]);
	buf_puts(out, "</select><button>Find</button></form>\n");
}

/* -- the letter ------------------------------------------------------------------------------- */

static void write_finding(const struct diag *diag, struct buf *out)
{
	buf_format(out, "<li class=\"%s\"><strong>%s</strong> ",
		severity_name(diag_severity(diag->id)), severity_name(diag_severity(diag->id)));
	buf_xml(out, str_of(diag->text));
	if (diag->at.file) {
		struct buf place = {0};
		place_write(diag->at, &place);
		buf_puts(out, "<code>");
		buf_xml(out, buf_text(&place));
		buf_puts(out, "</code>");
		buf_free(&place);
	}
	if (diag->hint) {
		buf_puts(out, "<em>");
		buf_xml(out, str_of(diag->hint));
		buf_puts(out, "</em>");
	}
	buf_puts(out, "</li>\n");
}

static void write_fact(const struct job_fact *fact, struct buf *out)
{
	struct buf place = {0};
	place_write(fact->at, &place);
	buf_puts(out, "<div><dt>");
	buf_xml(out, fact->name);
	buf_puts(out, fact->used ? "" : " <small>not used</small>");
	buf_puts(out, fact->unconfirmed ? " <small>not confirmed</small>" : "");
	buf_puts(out, "</dt><dd>");
	buf_xml(out, fact->text);
	buf_puts(out, "<code>");
	buf_xml(out, buf_text(&place));
	buf_puts(out, "</code></dd></div>\n");
	buf_free(&place);
}

void page_write_side(const struct job_made *letter, const struct diags *diags, struct buf *out)
{
	int count = diags_len(diags);
	buf_puts(out, "<h2>Findings</h2>\n");
	buf_puts(out, count ? "<ul class=\"findings\">\n" : "<p>Nothing was found.</p>\n");
	for (int i = 0; i < count; i++)
		write_finding(diags_at(diags, i), out);
	buf_puts(out, count ? "</ul>\n" : "");
	if (letter->facts.len)
		buf_puts(out, "<h2>Facts</h2>\n<dl>\n");
	for (int i = 0; i < letter->facts.len; i++)
		write_fact(&letter->facts.at[i], out);
	buf_puts(out, letter->facts.len ? "</dl>\n" : "");
}

static void write_choice(const struct view *view, bool guides, bool before, const char *name,
	bool on, struct buf *out)
{
	buf_puts(out, "<a href=\"letter/");
	buf_xml(out, view->id);
	buf_format(out, "?guides=%d&amp;before=%d\" data-set=\"%s\"%s>%s</a>\n", guides, before,
		name, on ? " aria-current=\"true\"" : "", name);
}

static void write_tools(const struct view *view, const struct made *made, struct buf *out)
{
	buf_puts(out, "<p class=\"tools\">\n");
	write_choice(view, !view->guides, view->before, "Guides", view->guides, out);
	if (made->before.len)
		write_choice(view, view->guides, !view->before, "Before the last change",
			view->before, out);
	buf_puts(out, "<a href=\"pdf/");
	buf_xml(out, view->id);
	buf_puts(out, "\">Download the preview (PDF)</a></p>\n");
}

static void write_pages(const struct view *view, const struct made *made, struct buf *out)
{
	bool before = view->before && made->before.len;
	int count = before ? made->pages_before : made->pages;
	for (int page = 1; page <= count; page++) {
		buf_puts(out, "<img src=\"page/");
		buf_xml(out, view->id);
		buf_format(out,
			"/%d?guides=%d&amp;before=%d&amp;v=%llx\" alt=\"Page %d of %d%s\">\n", page,
			view->guides, before,
			(unsigned long long)str_hash(
				(struct str){before ? made->before.at : made->pdf.at,
					(int)(before ? made->before.len : made->pdf.len)}),
			page, count, before ? ", before the last change" : "");
	}
}

/* Findings of the template itself stand above every letter. */
static void write_general(const struct listing *listing, struct buf *out)
{
	if (!listing->general.len)
		return;
	buf_puts(out,
		"<ul class=\"findings general\" aria-label=\"Findings of the "
		"template\">\n");
	for (int i = 0; i < listing->general.len; i++)
		write_finding(&listing->general.at[i], out);
	buf_puts(out, "</ul>\n");
}

void page_write_part(struct desk *desk, const struct view *view, struct buf *out)
{
	struct made *made = view->id.len ? made_find(desk, view->id, view->guides) : NULL;
	buf_puts(out, "<main id=\"main\" tabindex=\"-1\">\n<h1>");
	buf_xml(out, view->id.len ? view->id : str_lit("No letter is chosen"));
	buf_puts(out, "</h1>\n");
	if (made) {
		write_tools(view, made, out);
		if (made->failed)
			buf_format(out, "<p class=\"stale\" role=\"status\">%s</p>\n",
				made->pdf.len ? "This letter cannot be made. Below is the last "
						"good one."
					      : "This letter cannot be made.");
		buf_puts(out, "<div id=\"pages\">\n");
		write_pages(view, made, out);
		buf_puts(out, "</div>\n");
	}
	buf_puts(out,
		"</main>\n<aside id=\"side\" tabindex=\"0\" aria-label=\"About this "
		"letter\">\n");
	if (made)
		buf_str(out, buf_text(&made->side));
	else
		write_general(desk->listing, out);
	buf_puts(out, "</aside>\n");
}

/* -- the whole -------------------------------------------------------------------------------- */

static void write_status(struct desk *desk, struct buf *out)
{
	const struct listing *listing = desk->listing;
	static const char *const works[] = {"", "Checking", "Writing"};
	if (desk->work != WORK_NONE && desk->total > 0)
		buf_format(out, "%s: %d of %d", works[desk->work], desk->done, desk->total);
	else if (desk->work != WORK_NONE)
		buf_format(out, "%s the letters", works[desk->work]);
	else
		buf_format(out, "%d letters, %d with errors, %d with warnings, %d changed",
			listing->rows.len, listing->errors, listing->warnings, listing->changed);
	if (desk->said[0])
		buf_format(out, ". Last run: %s", desk->said);
}

void page_write_event(struct desk *desk, struct buf *out)
{
	struct buf status = {0};
	write_status(desk, &status);
	buf_format(out, "{\"version\":%d,\"busy\":%s,\"status\":", desk->version,
		desk->work != WORK_NONE ? "true" : "false");
	json_string(out, buf_text(&status));
	buf_puts(out, "}");
	buf_free(&status);
}

void page_write(struct desk *desk, const struct view *view, struct buf *out)
{
	buf_format(out,
		"<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head><meta charset=\"utf-8\">\n"
		"<base href=\"/%s/\">\n"
		"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
		"<title>Proof desk</title>\n<link rel=\"stylesheet\" href=\"desk.css\">\n"
		"<link rel=\"icon\" href=\"data:,\">\n"
		"<script src=\"desk.js\" defer></script></head>\n<body>\n"
		"<header><p class=\"brand\">Proof desk</p><p id=\"status\" role=\"status\">",
		desk->gate.token);
	write_status(desk, out);
	buf_puts(out,
		desk->options->reading_only
			? "</p><p class=\"note\">Nobody is there to sign, so letters are not "
			  "written</p>"
			: "</p><form id=\"generate\" method=\"post\" action=\"generate\">"
			  "<button>Write the letters</button></form>");
	buf_puts(out, "</header>\n<nav aria-label=\"Letters\">\n");
	write_filter(view, out);
	write_list(desk, view, out);
	buf_puts(out, "</nav>\n");
	page_write_part(desk, view, out);
	buf_puts(out, "</body>\n</html>\n");
}
