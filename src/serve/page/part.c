/* part.c - one letter: its tools, its pages as pictures, and what was found. The script fetches
 * just this and puts it in place. */
#include "page/page_int.h"

/* -- beside the pages -------------------------------------------------------------------------- */

void page_write_place(struct place at, struct buf *out)
{
	struct buf place = {0};
	struct str rest, part;
	if (!at.file)
		return;
	place_write(at, &place);
	rest = buf_text(&place);
	buf_puts(out, "<code>");
	while (str_split(&rest, '/', &part)) {
		page_text(out, part);
		buf_puts(out, rest.at ? "/<wbr>" : "");
	}
	buf_puts(out, "</code>");
	buf_free(&place);
}

/* Why the letter is in the proof set, if it is. */
static void write_why(const struct listing *listing, struct str id, struct buf *out)
{
	const struct row *row = listing_find(listing, id);
	struct str rest = row ? row->why : (struct str){0}, reason;
	if (!rest.len)
		return;
	buf_puts(out, "<h2>In the proof set</h2>\n<ul>\n");
	while (str_split(&rest, '\n', &reason)) {
		buf_puts(out, "<li>");
		page_text(out, reason);
		buf_puts(out, "</li>\n");
	}
	buf_puts(out, "</ul>\n");
}

/* The error, if any, that keeps every letter from being made: it belongs to no single one. */
static const struct diag *find_broken(struct desk *desk, const struct view *view)
{
	const struct listing *listing = desk->listing;
	const struct made *made = view->id.len ? made_find(desk, view->id) : NULL;
	if (!listing->broken || (made && !made->failed)) /* mended, and not known to all yet */
		return NULL;
	for (int i = 0; i < listing->general.len; i++)
		if (diag_severity(listing->general.at[i].id) >= SEVERITY_ERROR)
			return &listing->general.at[i];
	return NULL;
}

/* Said once, above all, and not at each letter. The element is always there, for the script. */
static void write_alarm(struct desk *desk, const struct view *view, struct buf *out)
{
	const struct diag *diag = find_broken(desk, view);
	const char *template = desk->options->request->source.template;
	buf_puts(out, "<div id=\"alarm\" role=\"alert\">");
	if (diag) {
		bool of_template = diag->at.file &&
			str_eq(path_base(str_of(diag->at.file)), path_base(str_of(template)));
		buf_format(out, "<strong>%s</strong> ",
			of_template ? "The template has an error:" : "There is an error:");
		page_write_place(diag->at, out);
		buf_puts(out, " ");
		page_text(out, str_of(diag->text));
		buf_puts(out, diag->hint ? " <em>" : "");
		page_text(out, str_of(diag->hint ? diag->hint : ""));
		buf_puts(out, diag->hint ? "</em>" : "");
	}
	buf_puts(out, "</div>\n");
}

/* -- the letter -------------------------------------------------------------------------------- */

static void write_neighbour(
	const struct desk *desk, const struct view *view, int step, struct buf *out)
{
	struct view other = *view;
	other.id = page_neighbour(desk, view, step);
	other.show = SHOW_NOW;
	buf_format(out, "<a data-step=\"%d\" href=\"", step);
	page_write_link(&other, out);
	buf_format(out, "\">%s</a>\n", step < 0 ? "Previous" : "Next");
}

/* A link to the same letter, seen in another way. */
static void write_choice(
	const struct view *other, const char *set, const char *name, bool on, struct buf *out)
{
	buf_puts(out, "<a href=\"");
	page_write_link(other, out);
	buf_format(out, "\" data-set=\"%s\"%s>%s</a>\n", set, on ? " aria-current=\"true\"" : "",
		name);
}

static void write_versions(const struct view *view, const struct made *made, struct buf *out)
{
	static const char *const names[][2] = {[SHOW_NOW] = {"now", "Now"},
		[SHOW_BEFORE] = {"before", "Before"},
		[SHOW_CHANGES] = {"changes", "Changes"}};
	struct view other = *view;
	buf_puts(out, "<span class=\"group\" id=\"versions\">\n");
	for (int show = SHOW_NOW; show <= SHOW_CHANGES; show++) {
		other.show = (enum show)show;
		if (show == SHOW_BEFORE && !made->before.pages)
			continue;
		write_choice(&other, names[show][0], names[show][1], other.show == view->show, out);
	}
	buf_puts(out, "</span>\n");
}

/* In a narrow window the findings stand below all pages: how many there are is said above. */
static void write_count(const struct view *view, struct made *made, struct buf *out)
{
	int count = page_count_findings(made);
	buf_puts(out, "<a class=\"count\" data-set=\"side\" href=\"");
	page_write_link(view, out);
	buf_puts(out, "#side\">");
	if (count)
		buf_format(out, "%d finding%s</a>\n", count, count == 1 ? "" : "s");
	else
		buf_puts(out, "No findings</a>\n");
}

static void write_tools(const struct view *view, const struct made *made,
	const struct baselines *baselines, struct buf *out)
{
	struct view other = *view;
	other.guides = !view->guides;
	buf_puts(out, "<p class=\"tools\">\n<span class=\"group\">\n");
	write_choice(&other, "guides", "Guides", view->guides, out);
	other.guides = view->guides;
	other.words = !view->words;
	write_choice(&other, "text", "Words", view->words, out);
	buf_puts(out, "</span>\n");
	if (made->now.edition[0]) {
		buf_puts(out, "<span class=\"group\">Edition: ");
		page_text(out, str_of(made->now.edition));
		buf_puts(out, "</span>\n");
	}
	if (made->before.pages || baselines->list.len)
		write_versions(view, made, out);
	if (made->now.pages) {
		buf_puts(out, "<a class=\"download\" data-set=\"pdf\" href=\"pdf/");
		page_text(out, view->id);
		buf_puts(out, "\">Download PDF</a>");
	}
	buf_puts(out, "</p>\n");
}

enum { PIXEL = SP_PER_PT * 72 / 96 };

enum { EAGER = 2, THUMBS_FROM = 4 };

static void write_source(
	const struct view *view, const struct version *version, int page, struct buf *out)
{
	buf_puts(out, "<img src=\"page/");
	page_text(out, view->id);
	buf_format(out, "/%d?guides=%d&amp;before=%d&amp;v=%llx&amp;r=144\"", page, view->guides,
		view->show == SHOW_BEFORE, (unsigned long long)version->hash[view->guides]);
}

/* Pictures whose bytes are the same keep their address, so that the browser draws them no more.
 * With its size said, in pixels of 1/96 inch, a page has its room before its picture is there. */
void page_write_picture(
	const struct view *view, const struct version *version, int page, struct buf *out)
{
	const struct drawing *drawing = &version->drawing[view->guides][page - 1];
	const char *before = view->show == SHOW_BEFORE ? ", before the last change" : "";
	if (drawing->failed) {
		buf_format(out, "<p class=\"undrawn\">Page %d of %d%s could not be drawn: ", page,
			version->pages, before);
		page_text(out, (struct str){drawing->bytes.at, (int)drawing->bytes.len});
		buf_puts(out, "</p>\n");
		return;
	}
	write_source(view, version, page, out);
	buf_format(out, " width=\"%d\" height=\"%d\" alt=\"Page %d of %d%s\"%s>\n",
		version->page_width / PIXEL, version->page_height / PIXEL, page, version->pages,
		before, page > EAGER ? " loading=\"lazy\"" : "");
}

/* Small ones that lead to the pages, where there are many. */
static void write_thumbs(const struct view *view, const struct version *version, struct buf *out)
{
	if (version->pages < THUMBS_FROM)
		return;
	buf_puts(out, "<nav id=\"thumbs\" aria-label=\"Pages\">\n");
	for (int page = 1; page <= version->pages; page++) {
		buf_puts(out, "<a href=\"");
		page_write_link(view, out);
		buf_format(out, "#page-%d\" data-page=\"%d\">", page, page);
		write_source(view, version, page, out);
		buf_format(out,
			" width=\"%d\" height=\"%d\" alt=\"Page\" loading=\"lazy\"> %d</a>\n",
			version->page_width / PIXEL, version->page_height / PIXEL, page);
	}
	buf_puts(out, "</nav>\n");
}

static void write_now(const struct view *view, const struct version *version, struct buf *out)
{
	write_thumbs(view, version, out);
	buf_puts(out, "<div id=\"pages\">\n");
	for (int page = 1; page <= version->pages; page++) {
		buf_format(out, "<span id=\"page-%d\"></span>", page);
		page_write_picture(view, version, page, out);
	}
	buf_puts(out, "</div>\n");
}

static void write_pages(const struct view *view, const struct made *made,
	const struct baselines *baselines, struct buf *out)
{
	if (view->show == SHOW_CHANGES)
		page_write_changes(view, made, &baselines->list.at[baselines->chosen], out);
	else if (view->show == SHOW_BEFORE)
		page_write_before(view, made, out);
	else
		write_now(view, &made->now, out);
}

static void write_letter(const struct desk *desk, const struct view *view, struct made *made,
	const struct baselines *baselines, struct buf *out)
{
	write_count(view, made, out);
	buf_puts(out, "<span class=\"group steps\">\n");
	write_neighbour(desk, view, -1, out);
	write_neighbour(desk, view, 1, out);
	buf_puts(out, "</span></div>\n");
	write_tools(view, made, baselines, out);
	if (made->failed)
		buf_format(out,
			"<p class=\"stale\" role=\"status\">This letter cannot be made.%s</p>\n",
			made->now.pages ? " Below is the last good one." : "");
	if (!desk->can_draw)
		buf_puts(out,
			"<p class=\"stale\">The pages are not shown, since the program pdftoppm is "
			"not there. Install it with: apt install poppler-utils</p>\n");
	buf_puts(out, "</div>\n");
	if (desk->can_draw)
		write_pages(view, made, baselines, out);
	else
		buf_puts(out, "<div id=\"pages\"></div>\n");
	if (view->words && view->show != SHOW_BEFORE)
		page_write_words(made, out);
}

/* Under which name this desk approves, and withdraws. */
static void write_by(
	const struct desk *desk, const struct view *view, const struct made *made, struct buf *out)
{
	if (made->failed || view->show == SHOW_BEFORE || desk->options->look_only)
		return;
	buf_puts(out, "<p class=\"by\">as ");
	page_person(out, view->me.name);
	buf_puts(out, "</p>\n");
}

static void write_side(struct desk *desk, const struct view *view, struct made *made,
	const struct baselines *baselines, struct buf *out)
{
	buf_puts(out, "<aside id=\"side\" tabindex=\"0\" aria-label=\"About this letter\">\n");
	if (made) {
		buf_puts(out, "<div id=\"decision\">\n");
		page_write_approval(desk, view, made, out);
		write_by(desk, view, made, out);
		buf_puts(out, "</div>\n");
		page_write_undo(desk, made, out);
		page_write_remarks(desk, view, made, out);
		if (view->show == SHOW_CHANGES)
			page_write_change_list(view, made, baselines, out);
		write_why(desk->listing, view->id, out);
		page_write_findings(desk, view, made, out);
		page_write_to_confirm(desk, made, out);
		page_write_history(desk, made, out);
		page_write_facts(desk, made, out);
	} else
		page_write_general(desk->listing, out);
	buf_puts(out, "</aside>\n");
}

/* What is there to be seen: a letter that did not change is shown as it is. */
static struct view view_of(
	const struct view *asked, const struct made *made, const struct baselines *baselines)
{
	struct view view = *asked;
	if (view.show == SHOW_BEFORE && !(made && made->before.pages))
		view.show = SHOW_NOW;
	if (view.show == SHOW_CHANGES && baselines->chosen < 0)
		view.show = SHOW_NOW;
	return view;
}

static void write_main(struct desk *desk, const struct view *view, struct made *made,
	const struct baselines *baselines, struct buf *out)
{
	buf_puts(out, "<main id=\"main\" tabindex=\"-1\" data-id=\"");
	page_text(out, view->id);
	buf_puts(out, "\">\n<div class=\"bar\"><div class=\"head\"><h1>");
	page_text(out,
		made                          ? view->id
			: desk_has_read(desk) ? str_lit("There are no letters")
					      : str_lit("The letters are being read"));
	buf_puts(out, "</h1>\n");
	if (made)
		write_letter(desk, view, made, baselines, out);
	else
		buf_puts(out, "</div></div>\n");
	buf_puts(out, "</main>\n");
}

void page_write_part(struct desk *desk, const struct view *asked, struct buf *out)
{
	struct arena *arena = arena_new();
	struct baselines baselines = {.chosen = -1};
	struct made *made = asked->id.len ? made_find(desk, asked->id) : NULL;
	if (made)
		baselines_find(desk, made, asked, arena, &baselines);
	const struct view shown = view_of(asked, made, &baselines), *view = &shown;
	if (view->show == SHOW_CHANGES)
		baseline_read(desk, made, arena, &baselines.list.at[baselines.chosen]);
	write_alarm(desk, view, out);
	write_main(desk, view, made, &baselines, out);
	write_side(desk, view, made, &baselines, out);
	arena_free(arena);
}
