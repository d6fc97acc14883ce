/* page.c - the desk as HTML that can be read without a script: status, list, letter. And what open
 * pages are told when something happens.
 *
 * All links are relative to the token's folder, which <base> names; every text goes through
 * page_text. */
#include "page/page_int.h"

void page_text(struct buf *out, struct str text)
{
	struct buf shown = {0};
	buf_shown(&shown, text);
	buf_xml(out, buf_text(&shown));
	buf_free(&shown);
}

void page_person(struct buf *out, struct str name)
{
	buf_puts(out, "<b>");
	page_text(out, name);
	buf_puts(out, "</b>");
}

void page_json_text(struct buf *out, struct str text)
{
	struct buf shown = {0};
	buf_shown(&shown, text);
	json_string(out, buf_text(&shown));
	buf_free(&shown);
}

void page_write_status(const struct desk *desk, struct buf *out)
{
	static const char *const works[] = {"", "Checking", "Writing", "Approving"};
	int letters = desk->listing->rows.len;
	if (!desk_has_read(desk))
		buf_puts(out, "Reading the letters");
	else if (desk->under_way.work != WORK_NONE && desk->under_way.total > 0)
		buf_format(out, "%s: %d of %d", works[desk->under_way.work], desk->under_way.done,
			desk->under_way.total);
	else if (desk->under_way.work != WORK_NONE)
		buf_format(out, "%s the letters", works[desk->under_way.work]);
	else
		buf_format(out, "%d letter%s checked", letters, letters == 1 ? "" : "s");
	if (desk->last_run.said[0] && desk->under_way.work == WORK_NONE)
		buf_format(out, ". Last run: %s", desk->last_run.said);
}

/* An event has to fit into one piece, however long a name in a template is. */
static void write_json_text(const char *name, struct str text, struct buf *out)
{
	enum { MOST = 500 };
	int len = text.len < MOST ? text.len : MOST;
	while (len < text.len && len > 0 && (text.at[len] & 0xc0) == 0x80)
		len--;
	buf_format(out, ",\"%s\":", name);
	page_json_text(out, str_slice(text, 0, len));
}

/* What stands in the way of all letters, or nothing. */
static void write_general_json(const struct listing *listing, struct buf *out)
{
	const struct diag *diag = NULL;
	for (int i = listing->general.len - 1; listing->broken && i >= 0; i--)
		if (diag_severity(listing->general.at[i].id) >= SEVERITY_ERROR)
			diag = &listing->general.at[i];
	buf_format(out, ",\"broken\":%s", diag ? "true" : "false");
	if (!diag)
		return;
	struct buf place = {0};
	if (diag->at.file)
		place_write(diag->at, &place);
	write_json_text("text", str_of(diag->text), out);
	write_json_text("place", buf_text(&place), out);
	write_json_text("hint", str_of(diag->hint ? diag->hint : ""), out);
	buf_free(&place);
}

static void write_prospect_json(const struct desk *desk, struct buf *out)
{
	struct prospect prospect;
	struct buf label = {0};
	prospect_take(desk, &prospect);
	page_write_label(desk, &prospect, &label);
	buf_puts(&label, "…");
	buf_format(out, ",\"report\":%s,\"primary\":%s",
		desk->last_run.report.len ? "true" : "false", prospect.good ? "true" : "false");
	json_member(out, "write", buf_text(&label));
	buf_free(&label);
}

void page_write_event(const struct desk *desk, struct buf *out)
{
	const struct listing *listing = desk->listing;
	struct buf status = {0};
	page_write_status(desk, &status);
	buf_format(out,
		"{\"version\":%d,\"listed\":%d,\"busy\":%s,\"done\":%d,\"total\":%d,"
		"\"status\":",
		desk->version, desk->listed, desk->under_way.work != WORK_NONE ? "true" : "false",
		desk->under_way.done, desk->under_way.total);
	json_string(out, buf_text(&status));
	write_general_json(listing, out);
	write_prospect_json(desk, out);
	buf_puts(out, "}");
	buf_free(&status);
}

void page_write_head(const struct view *view, struct buf *out)
{
	buf_format(out,
		"<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head><meta charset=\"utf-8\">\n"
		"<base href=\"/%s/\">\n"
		"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>",
		view->token);
	page_text(out, view->id);
	buf_puts(out, view->id.len ? " – " : "");
	buf_puts(out,
		"Proof desk</title>\n<link rel=\"stylesheet\" href=\"desk.css\">\n"
		"<link rel=\"icon\" href=\"data:,\">\n");
}

/* The first stop of the Tab key: past the list. */
static void write_skip(const struct view *view, struct buf *out)
{
	buf_puts(out, "<a class=\"skip\" data-set=\"main\" href=\"");
	page_write_link(view, out);
	buf_puts(out, "#main\">Skip to the letter</a>\n");
}

/* To the summary before letters are written, and to what came of the last time. */
static void write_links(const struct desk *desk, struct buf *out)
{
	struct prospect prospect;
	prospect_take(desk, &prospect);
	buf_format(out,
		"<a id=\"report\" href=\"report\"%s>Run report</a><a id=\"write\" class=\"%s\" "
		"href=\"write\">",
		desk->last_run.report.len ? "" : " hidden", prospect.good ? "primary" : "");
	page_write_label(desk, &prospect, out);
	buf_puts(out, "…</a>");
}

static void write_banner(struct desk *desk, struct buf *out)
{
	buf_puts(out, "<header><p class=\"brand\">Proof desk</p><p class=\"source\">");
	page_text(out, path_base(str_of(desk->options->request->source.template)));
	buf_puts(out, "</p><p id=\"status\">");
	page_write_status(desk, out);
	buf_puts(out,
		"</p><progress id=\"progress\" aria-label=\"Progress\" max=\"1\" value=\"0\" "
		"hidden></progress>");
	if (desk->options->look_only)
		buf_puts(out, "<p class=\"reading\">For looking only</p>");
	else if (desk->options->reading_only)
		buf_puts(out,
			"<p class=\"reading\">Nobody is there to sign, so letters are not "
			"written</p>");
	else
		write_links(desk, out);
	buf_puts(out, "</header>\n");
}

static void write_keys(struct buf *out)
{
	static const char *const keys[][2] = {{"j k", "next, previous letter"},
		{"/", "find a letter; Enter takes the first, Escape ends it"},
		{"a A", "approve; approve, then the next letter"}, {"r", "say what is wrong"},
		{"g t", "guides; the words beside the pages"},
		{"Page, Space", "down and up the pages"}, {"b c", "before, changes; again: now"},
		{"+ - 0", "larger, smaller, as it was"}, {"w", "as wide as the window"}};
	buf_puts(out, "<details id=\"keys\" name=\"help\"><summary>Keys</summary><dl>\n");
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		buf_format(out, "<div><dt>%s</dt><dd>%s</dd></div>\n", keys[i][0], keys[i][1]);
	buf_puts(out, "</dl></details>\n");
}

/* In a narrow window a box, which needs no script, folds the list away. */
static void write_nav(const struct desk *desk, const struct view *view, struct buf *out)
{
	buf_puts(out,
		"<nav aria-label=\"Letters\">\n<input type=\"checkbox\" id=\"fold\" "
		"autocomplete=\"off\"><label for=\"fold\">Show the list</label>\n");
	page_write_filter(desk, view, out);
	page_write_many_links(desk, view->me.name, out);
	page_write_list(desk, view, out);
	write_skip(view, out);
	buf_puts(out, "<div id=\"help\">\n");
	page_write_signs(desk->listing, out);
	write_keys(out);
	buf_puts(out, "</div></nav>\n");
}

void page_begin_answer(const struct view *view, struct buf *out)
{
	page_write_head(view, out);
	buf_puts(out, "</head>\n<body>\n<main class=\"answer\">");
}

void page_end_answer(const struct view *view, const char *back, struct buf *out)
{
	buf_puts(out, "<p><a href=\"");
	page_write_link(view, out);
	buf_format(out, "\">%s</a></p></main></body>\n</html>\n", back);
}

static void begin_answer(const struct view *view, struct str why, struct buf *out)
{
	page_begin_answer(view, out);
	buf_puts(out, "<p>");
	page_text(out, why);
	buf_puts(out, "</p>\n");
}

static void end_answer(const struct view *view, struct buf *out)
{
	page_end_answer(view, "Back to the desk", out);
}

void page_write_answer(const char *token, struct str id, struct str why, struct buf *out)
{
	const struct view view = {.token = token, .id = id};
	begin_answer(&view, why, out);
	end_answer(&view, out);
}

void page_write_question(
	const char *token, const struct decision *decision, struct str why, struct buf *out)
{
	const struct view view = {.token = token, .id = decision->id};
	begin_answer(&view, why, out);
	buf_puts(out, "<form method=\"post\" action=\"approve/");
	page_text(out, decision->id);
	buf_format(out, "?v=%llx&amp;sure=%llx\"><button>Approve</button></form>\n",
		(unsigned long long)decision->shown, (unsigned long long)decision_doubt(why));
	end_answer(&view, out);
}

void page_write_unsaid(
	const char *token, const struct decision *decision, struct str why, struct buf *out)
{
	const struct view view = {.token = token, .id = decision->id};
	begin_answer(&view, why, out);
	buf_puts(out, "<p>What you wrote:</p>\n<blockquote>");
	page_text(out, decision->text);
	buf_puts(out, "</blockquote>\n");
	end_answer(&view, out);
}

void page_write(struct desk *desk, const struct view *view, struct buf *out)
{
	struct buf part = {0};
	page_write_part(desk, view, &part); /* first: the list learns what it shows */
	page_write_head(view, out);
	if (!desk_has_read(desk))
		buf_puts(out, "<noscript><meta http-equiv=\"refresh\" content=\"1\"></noscript>\n");
	buf_puts(out, "<script src=\"desk.js\" defer></script></head>\n<body>\n");
	write_skip(view, out);
	write_banner(desk, out);
	write_nav(desk, view, out);
	buf_str(out, buf_text(&part));
	buf_free(&part);
	buf_puts(out, "</body>\n</html>\n");
}
