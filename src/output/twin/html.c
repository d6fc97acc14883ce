/* html.c - the letter as one page of semantic HTML.
 *
 * Each element of the letter has a row in a table: the HTML element that it becomes, and a function
 * where that is not enough. The letter's style lends the page its colours and faces; sizes are the
 * reader's own. Notes are asides with the role doc-footnote, linked both ways. */
#include "twin/twin_int.h"

#include "barcode/barcode.h"
#include "locale/locale.h"
#include "template/template.h"

#include <stdlib.h>

/* Of a code: a module's width, and how many modules bars are high. */
enum { MODULE_PIXELS = 3, BARS_HEIGHT = 40 };

struct html {
	struct arena *arena; /* its own */
	const struct letter *letter;
	const struct style *style;
	struct pictures *pictures;
	struct buf *out;
	struct diags *diags;
	int subject; /* id of the first, beyond all others when there is none */
	bool titled; /* the title heads the page, unseen, and all other headings are below it */
};

static void write_node(struct html *html, const struct node *node);
static void write_children(struct html *html, const struct node *parent);

/* -- characters and attributes ----------------------------------------------------------------- */

static void put_text(struct html *html, struct str text)
{
	buf_xml(html->out, text_composed(html->arena, text));
}

static void put_attribute(struct html *html, const char *name, struct str value)
{
	buf_format(html->out, " %s=\"", name);
	put_text(html, value);
	buf_char(html->out, '"');
}

/* The language where it differs from what surrounds the node, and the direction, also where the
 * node says it; an address of e-mail runs from left to right in any. */
static void put_language(struct html *html, const struct node *node)
{
	struct str around = node->parent ? node->parent->lang : html->letter->lang;
	bool around_leftwards = node->parent && node->parent->leftwards;
	bool leftwards = node->leftwards && node->tag != TAG_EMAIL;
	if (!str_eq(node->lang, around))
		put_attribute(html, "lang", node->lang);
	if (leftwards != around_leftwards || node_attribute(node, "dir").at)
		put_attribute(html, "dir", str_of(leftwards ? "rtl" : "ltr"));
}

/* As sheet.c has it: of what, and which; behind another class, if there is one. */
static void put_class(struct html *html, const struct node *node, struct str other)
{
	struct str name = node_attribute(node, "variant");
	if (!other.len && !name.len)
		return;
	buf_format(html->out, " class=\"%.*s", str_arg(other));
	if (name.len)
		buf_format(html->out, "%s%s-%.*s", other.len ? " " : "", tag_element(node->tag),
			str_arg(name));
	buf_char(html->out, '"');
}

static void open_element(struct html *html, const struct node *node, const char *element)
{
	buf_format(html->out, "<%s", element);
	put_language(html, node);
	if (node->tag != TAG_CELL)
		put_class(html, node, str_lit(""));
}

/* -- inlines ----------------------------------------------------------------------------------- */

static void write_text(struct html *html, const struct node *node)
{
	put_text(html, node->text);
}

static void write_link(struct html *html, const struct node *node)
{
	open_element(html, node, "a");
	put_attribute(html, "href", node_attribute(node, "href"));
	if (node_attribute(node, "title").at)
		put_attribute(html, "title", node_attribute(node, "title"));
	buf_char(html->out, '>');
	write_children(html, node);
	buf_puts(html->out, "</a>");
}

/* As RFC 6068 writes it; a line's end within it is none of its characters. */
static void put_mailbox(struct buf *out, struct str address)
{
	for (int i = 0; i < address.len; i++) {
		unsigned char c = (unsigned char)address.at[i];
		bool plain = (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') ||
			(c && strchr("-._~@+!$'*,;:", c));
		if (plain)
			buf_char(out, (char)c);
		else if (c > ' ')
			buf_format(out, "%%%02X", c);
	}
}

static void write_email(struct html *html, const struct node *node)
{
	struct buf address = {0};
	letter_node_text(node, &address);
	open_element(html, node, "a");
	buf_puts(html->out, " href=\"mailto:");
	put_mailbox(html->out, buf_text(&address));
	buf_puts(html->out, "\">");
	buf_free(&address);
	write_children(html, node);
	buf_puts(html->out, "</a>");
}

static void write_abbreviation(struct html *html, const struct node *node)
{
	open_element(html, node, "abbr");
	put_attribute(html, "title", node_attribute(node, "title"));
	buf_char(html->out, '>');
	write_children(html, node);
	buf_puts(html->out, "</abbr>");
}

/* A superscript digit alone is no name for a link. */
static void put_note_name(struct html *html, const struct node *note, bool back)
{
	buf_puts(html->out, " aria-label=\"");
	note_name_write(note->note_number, note->lang, back, html->out);
	buf_char(html->out, '"');
}

/* One that stands right behind another is so far from it that both can be hit. */
static void write_mark(struct html *html, const struct node *node)
{
	char mark[NOTE_MARK_SIZE];
	letter_note_mark(node->note_number, mark);
	buf_format(html->out,
		"%s<a class=\"mark\" id=\"mark-%d\" href=\"#note-%d\" role=\"doc-noteref\"",
		node->note_joins ? "," : "", node->note_number, node->note_number);
	if (node->note_joins)
		buf_puts(html->out, " style=\"margin-inline-start:1em\"");
	put_note_name(html, node, false);
	buf_format(html->out, ">%s</a>", mark);
}

static void write_break(struct html *html, const struct node *node)
{
	(void)node;
	buf_puts(html->out, "<br>");
}

/* -- blocks ------------------------------------------------------------------------------------ */

static void write_notes(struct html *html, const struct node *block)
{
	char mark[NOTE_MARK_SIZE];
	for (const struct node *node = block->first; node; node = node_following(node, block)) {
		if (node->tag != TAG_NOTE)
			continue;
		letter_note_mark(node->note_number, mark);
		buf_format(html->out, "<aside class=\"note\" id=\"note-%d\" role=\"doc-footnote\"",
			node->note_number);
		put_language(html, node);
		put_note_name(html, node, false);
		buf_format(html->out, "><p><a href=\"#mark-%d\" role=\"doc-backlink\"",
			node->note_number);
		put_note_name(html, node, true);
		buf_format(html->out, ">%s</a> ", mark);
		write_children(html, node);
		buf_puts(html->out, "</p></aside>\n");
	}
}

static void write_paragraph_as(struct html *html, const struct node *block, const char *element)
{
	open_element(html, block, element);
	if (block->tag != TAG_P && block->tag != TAG_SUBJECT && block->tag != TAG_HEADING)
		put_attribute(html, "class", str_of(tag_element(block->tag)));
	buf_char(html->out, '>');
	write_children(html, block);
	buf_format(html->out, "</%.*s>\n", (int)strcspn(element, " "), element);
	write_notes(html, block);
}

static void write_paragraph(struct html *html, const struct node *block)
{
	write_paragraph_as(html, block, "p");
}

/* Levels as in the PDF, one lower below a title. */
static void write_level(struct html *html, const struct node *block, int level)
{
	enum { LOWEST = 6 };
	char element[32];
	level += html->titled;
	if (level > LOWEST)
		snprintf(element, sizeof element, "h%d aria-level=\"%d\"", LOWEST, level);
	else
		snprintf(element, sizeof element, "h%d", level);
	write_paragraph_as(html, block, element);
}

static void write_subject(struct html *html, const struct node *block)
{
	write_level(html, block, 1);
}

static void write_heading(struct html *html, const struct node *block)
{
	write_level(html, block, node_level(block) + (block->id > html->subject));
}

/* In pixels, of which the browser has room for as many as there are. */
static void put_size(struct html *html, const struct picture *picture)
{
	int width = picture->width, height = picture->height;
	if (picture->kind == PICTURE_SVG) {
		width = picture->natural_width / SP_PER_PIXEL;
		height = length_scale(width, picture->height, picture->width);
	}
	buf_format(html->out, "<img width=\"%d\" height=\"%d\"", width ? width : 1,
		height ? height : 1);
}

static void put_picture(struct html *html, const struct node *node)
{
	static const char *const types[] = {"png", "jpeg", "svg+xml"}; /* by enum picture_kind */
	struct arena *arena = arena_new();
	struct str dir = path_dir(str_of(html->letter->template->file));
	struct str path = path_join(arena, dir, node_attribute(node, "src"));
	const struct picture *picture = pictures_find(
		html->pictures, path.at, node->at, html->diags);
	arena_free(arena);
	if (!picture)
		return;
	put_size(html, picture);
	put_attribute(html, "alt", node_attribute(node, "alt"));
	if (node_attribute(node, "width").len) { /* a length of ours is one of CSS */
		buf_puts(html->out, " style=\"width:");
		buf_xml(html->out, node_attribute(node, "width"));
		buf_char(html->out, '"');
	}
	buf_format(html->out, " src=\"data:image/%s;base64,", types[picture->kind]);
	buf_base64(html->out, picture->file.at, (size_t)picture->file.len);
	buf_puts(html->out, "\">");
}

static void write_image(struct html *html, const struct node *block)
{
	buf_puts(html->out, "<p class=\"image\">");
	put_picture(html, block);
	buf_puts(html->out, "</p>\n");
}

/* The modules as a path, on white whatever the page's colour is. */
static void put_modules(struct html *html, const struct barcode *code, int height)
{
	int across = code->quiet, down = code->bars ? 0 : code->quiet;
	buf_format(html->out, " viewBox=\"%d %d %d %d\" shape-rendering=\"crispEdges\">", -across,
		-down, code->width + 2 * across, height + 2 * down);
	buf_format(html->out, "<path fill=\"#fff\" d=\"M%d %dh%dv%dh%dz\"/><path d=\"", -across,
		-down, code->width + 2 * across, height + 2 * down, -code->width - 2 * across);
	for (struct barcode_run run = {0}; barcode_next(code, &run);)
		buf_format(html->out, "M%d %dh%dv%dh%dz", run.left, run.top, run.right - run.left,
			code->bars ? height : run.bottom - run.top, run.left - run.right);
	buf_puts(html->out, "\"/></svg>");
}

static void write_barcode(struct html *html, const struct node *block)
{
	struct arena *arena = arena_new();
	const struct barcode *code = barcode_encode(arena, node_attribute(block, "type"),
		node_barcode_data(arena, block), block->at, html->diags);
	if (code) {
		int height = code->bars ? BARS_HEIGHT : code->height;
		buf_format(html->out,
			"<p class=\"image\"><svg role=\"img\" "
			"style=\"max-width:100%%;height:auto\" width=\"%d\"",
			MODULE_PIXELS * (code->width + 2 * code->quiet));
		put_attribute(html, "aria-label", node_attribute(block, "alt"));
		put_modules(html, code, height);
		buf_puts(html->out, "</p>\n");
	}
	arena_free(arena);
}

/* Lines read as lines: one paragraph with breaks. */
static void write_lines(struct html *html, const struct node *block)
{
	bool picture = block->tag == TAG_SIGNATURE && node_attribute(block, "src").at;
	open_element(html, block, block->tag == TAG_LETTERHEAD ? "div" : "p");
	put_attribute(html, "class", str_of(tag_element(block->tag)));
	buf_char(html->out, '>');
	if (picture) {
		put_picture(html, block);
		buf_puts(html->out, "<br>");
	}
	node_each (line, block) {
		if (line->tag == TAG_IMAGE) {
			put_picture(html, line);
			buf_puts(html->out, line->next ? "<br>\n" : "");
			continue;
		}
		open_element(html, line, "span");
		buf_char(html->out, '>');
		write_children(html, line);
		buf_puts(html->out, line->next ? "</span><br>\n" : "</span>");
	}
	buf_puts(html->out, block->tag == TAG_LETTERHEAD ? "</div>\n" : "</p>\n");
	write_notes(html, block);
}

static void write_apart(struct html *html, const struct node *block, const char *looks)
{
	open_element(html, block, "div");
	put_attribute(html, "class", str_of(tag_element(block->tag)));
	put_attribute(html, "style", str_of(looks));
	buf_puts(html->out, ">\n");
	write_children(html, block);
	buf_puts(html->out, "</div>\n");
}

static void write_slip(struct html *html, const struct node *block)
{
	write_apart(html, block,
		"border-top:1px dashed;margin-top:2em;padding-top:1em;break-inside:avoid");
}

static void write_signatures(struct html *html, const struct node *block)
{
	write_apart(html, block, "display:flex;flex-wrap:wrap;gap:0 3em");
}

/* For who prints it. */
static void write_page_break(struct html *html, const struct node *block)
{
	(void)block;
	buf_puts(html->out, "<div style=\"break-before:page\"></div>\n");
}

/* One of a list that counts in a way of its own has its label as a string. */
static void write_item(struct html *html, const struct node *item)
{
	int number = 1;
	open_element(html, item, "li");
	for (const struct node *node = item->parent->first; node != item; node = node->next)
		number++;
	if (item->parent->tag == TAG_OL && letter_list_is_own(item->parent)) {
		char label[LABEL_SIZE];
		letter_item_label(item->parent, number, label);
		buf_format(html->out, " style=\"list-style-type:'%s '\"", label);
	}
	buf_char(html->out, '>');
	write_children(html, item);
	buf_puts(html->out, "</li>\n");
}

/* A web page has no pages after the first. */
static void leave_out(struct html *html, const struct node *block)
{
	(void)html;
	(void)block;
}

static void write_footer(struct html *html, const struct node *footer)
{
	if (node_is_later_footer(footer))
		return;
	open_element(html, footer, "footer");
	buf_puts(html->out, ">\n");
	write_children(html, footer);
	buf_puts(html->out, "</footer>\n");
}

/* Labels and what they say. */
static void write_information(struct html *html, const struct node *block)
{
	open_element(html, block, "dl");
	buf_puts(html->out, ">\n");
	node_each (row, block) {
		open_element(html, row, "div");
		buf_char(html->out, '>');
		node_each (cell, row) {
			const char *element = cell == row->first ? "dt" : "dd";
			open_element(html, cell, element);
			buf_char(html->out, '>');
			write_children(html, cell);
			buf_format(html->out, "</%s>", element);
		}
		buf_puts(html->out, "</div>\n");
	}
	buf_puts(html->out, "</dl>\n");
	write_notes(html, block);
}

static void write_cell(struct html *html, const struct node *cell)
{
	bool header = node_cell_head(cell) == HEADS_COLUMN;
	bool among_heads = !header && node_cell_place(cell) == HEADS_COLUMN;
	open_element(html, cell, header ? "th scope=\"col\"" : "td");
	if (among_heads)
		buf_puts(html->out, " style=\"border-bottom:2px solid\"");
	bool decimal = str_is(node_cell_align(cell), "decimal");
	put_class(html, cell, decimal ? str_lit("right") : node_cell_align(cell));
	if (node_span(cell) > 1)
		buf_format(html->out, " colspan=\"%d\"", node_span(cell));
	buf_char(html->out, '>');
	write_children(html, cell);
	buf_puts(html->out, header ? "</th>" : "</td>");
}

/* "50 30 20": shares of the width. */
static void write_widths(struct html *html, struct str widths)
{
	struct str rest = widths, share;
	int sum = 0;
	while (str_split(&rest, ' ', &share))
		sum += share.len ? atoi(share.at) : 0;
	if (sum <= 0)
		return;
	buf_puts(html->out, "<colgroup>");
	while (str_split(&widths, ' ', &share))
		if (share.len)
			buf_format(html->out, "<col style=\"width:%d%%\">",
				atoi(share.at) * 100 / sum);
	buf_puts(html->out, "</colgroup>\n");
}

/* What its first row says, words apart. */
static struct str first_row_words(struct arena *arena, const struct node *table)
{
	struct buf words = {0};
	if (table->first)
		letter_node_text(table->first, &words);
	struct str text = str_copy(arena, str_trim(buf_text(&words)));
	buf_free(&words);
	return text;
}

/* In a box of its own, in which one that is too wide scrolls, by the keyboard, too; the box is
 * named for those who hear that they are in it. */
static void write_table(struct html *html, const struct node *table)
{
	struct str name = first_row_words(html->arena, table);
	buf_puts(html->out, "<div class=\"wide\" role=\"group\" tabindex=\"0\"");
	if (name.len)
		put_attribute(html, "aria-label", name);
	buf_puts(html->out, ">\n");
	open_element(html, table, "table");
	buf_puts(html->out, ">\n");
	write_widths(html, node_attribute(table, "widths"));
	write_children(html, table);
	buf_puts(html->out, "</table>\n</div>\n");
	write_notes(html, table);
}

/* -- the table --------------------------------------------------------------------------------- */

static const struct {
	const char *element; /* wraps the children, where there is no function */
	void (*write)(struct html *html, const struct node *node);
} rows[TAG_COUNT] = {
	[TAG_TEXT] = {NULL, write_text},
	[TAG_LETTERHEAD] = {NULL, write_lines},
	[TAG_CONTINUATION] = {NULL, leave_out},
	[TAG_REFERENCE] = {NULL, write_paragraph},
	[TAG_DATE] = {NULL, write_paragraph},
	[TAG_INFORMATION] = {NULL, write_information},
	[TAG_RETURN_ADDRESS] = {NULL, write_paragraph},
	[TAG_ADDRESS] = {NULL, write_lines},
	[TAG_SALUTATION] = {NULL, write_paragraph},
	[TAG_SUBJECT] = {NULL, write_subject},
	[TAG_HEADING] = {NULL, write_heading},
	[TAG_P] = {NULL, write_paragraph},
	[TAG_UL] = {"ul"},
	[TAG_OL] = {"ol"},
	[TAG_LI] = {NULL, write_item},
	[TAG_TABLE] = {NULL, write_table},
	[TAG_ROW] = {"tr"},
	[TAG_CELL] = {NULL, write_cell},
	[TAG_IMAGE] = {NULL, write_image},
	[TAG_BARCODE] = {NULL, write_barcode},
	[TAG_QUOTE] = {"blockquote"},
	[TAG_RULE] = {"hr"},
	[TAG_PAGE_BREAK] = {NULL, write_page_break},
	[TAG_SLIP] = {NULL, write_slip},
	[TAG_CLOSING] = {NULL, write_paragraph},
	[TAG_SIGNATURE] = {NULL, write_lines},
	[TAG_SIGNATURES] = {NULL, write_signatures},
	[TAG_INITIALS] = {NULL, write_paragraph},
	[TAG_ENCLOSURES] = {NULL, write_lines},
	[TAG_COPIES] = {NULL, write_lines},
	[TAG_POSTSCRIPT] = {NULL, write_paragraph},
	[TAG_FOOTER] = {NULL, write_footer},
	[TAG_COLUMN] = {NULL, write_lines},
	[TAG_LINK] = {NULL, write_link},
	[TAG_EMAIL] = {NULL, write_email},
	[TAG_NOTE] = {NULL, write_mark},
	[TAG_EM] = {"em"},
	[TAG_STRONG] = {"strong"},
	[TAG_SPAN] = {"span"},
	[TAG_SUP] = {"sup"},
	[TAG_SUB] = {"sub"},
	[TAG_ABBR] = {NULL, write_abbreviation},
	[TAG_BR] = {NULL, write_break},
};

static bool has_right_to_left(const struct node *root)
{
	for (const struct node *node = root; node; node = node_following(node, root))
		for (int at = 0; node->tag == TAG_TEXT && at < node->text.len;)
			if (letter_is_right_to_left(utf8_next(node->text, &at)))
				return true;
	return false;
}

/* Whether what stands beside a value, in its paragraph, may turn it or be turned by it. */
static bool may_turn(const struct node *field)
{
	const struct node *around = field->parent;
	bool leftwards = around->leftwards;
	while (around->parent && !tag_is_paragraph(around->tag)) {
		around = around->parent;
		leftwards |= around->leftwards;
	}
	return leftwards || has_right_to_left(tag_is_paragraph(around->tag) ? around : field);
}

/* Alone, in a language of its own if it has one, and turning nothing beside it. */
static void write_value(struct html *html, const struct node *field)
{
	bool spoken = !str_eq(field->lang, field->parent->lang);
	const char *element = may_turn(field) ? "bdi" : spoken ? "span" : NULL;
	if (element) {
		buf_format(html->out, "<%s", element);
		if (spoken)
			put_attribute(html, "lang", field->lang);
		buf_char(html->out, '>');
	}
	write_children(html, field);
	if (element)
		buf_format(html->out, "</%s>", element);
}

static void write_node(struct html *html, const struct node *node)
{
	const char *element = rows[node->tag].element;
	if (rows[node->tag].write) {
		rows[node->tag].write(html, node);
		return;
	}
	if (!element) {
		write_value(html, node);
		return;
	}
	open_element(html, node, element);
	buf_char(html->out, '>');
	write_children(html, node);
	if (node->tag != TAG_RULE)
		buf_format(html->out, "</%s>", element);
	if (tag_is_block(node->tag) || node->tag == TAG_ROW)
		buf_char(html->out, '\n');
}

static void write_children(struct html *html, const struct node *parent)
{
	node_each (node, parent)
		write_node(html, node);
}

/* -- the page ---------------------------------------------------------------------------------- */

static void put_meta(struct html *html, const char *name, struct str content)
{
	if (!content.len)
		return;
	buf_format(html->out, "<meta name=\"%s\"", name);
	put_attribute(html, "content", content);
	buf_puts(html->out, ">\n");
}

/* One heading heads the page: the subject, where that is the first heading and the only subject;
 * else the title. */
static void find_head(struct html *html)
{
	const struct letter *letter = html->letter;
	int headings = 0, subjects = 0;
	html->subject = letter->node_count;
	for (int i = 0; i < letter->node_count; i++) {
		enum tag tag = letter->nodes[i]->tag;
		headings += tag == TAG_HEADING && !subjects;
		subjects += tag == TAG_SUBJECT;
		if (tag == TAG_SUBJECT && subjects == 1)
			html->subject = i;
	}
	html->titled = headings || subjects != 1;
}

/* Whether anything in it does. */
static bool runs_leftwards(const struct letter *letter)
{
	for (int i = 0; i < letter->node_count; i++)
		if (letter->nodes[i]->leftwards)
			return true;
	return false;
}

/* Whether it has what only some letters have, and the sheet only for these. */
static bool has_head_and_foot(const struct letter *letter)
{
	for (const struct node *block = letter->root->first; block; block = block->next)
		if (block->tag == TAG_INFORMATION || block->tag == TAG_RETURN_ADDRESS ||
			block->tag == TAG_FOOTER)
			return true;
	return false;
}

bool twin_html(const struct letter *letter, const struct style *style, struct pictures *pictures,
	struct buf *out, struct diags *diags)
{
	struct html html = {arena_new(), letter, style, pictures, out, diags};
	find_head(&html);
	int errors = diags_count(diags, SEVERITY_ERROR);
	buf_clear(out);
	buf_puts(out, "<!DOCTYPE html>\n<html");
	put_attribute(&html, "lang", letter->lang);
	if (letter->root->leftwards)
		put_attribute(&html, "dir", str_lit("rtl"));
	buf_puts(out,
		">\n<head>\n<meta charset=\"utf-8\">\n"
		"<meta name=\"viewport\" content=\"width=device-width, "
		"initial-scale=1\">\n<title>");
	put_text(&html, letter->title);
	buf_puts(out, "</title>\n");
	put_meta(&html, "author", letter->author);
	put_meta(&html, "description", letter->description);
	put_meta(&html, "keywords", letter->keywords);
	sheet_put(out, style, runs_leftwards(letter), has_head_and_foot(letter));
	sheet_put_word(out, str_trim(node_attribute(letter->root, "watermark")));
	buf_puts(out, "</head>\n<body>\n<main>\n");
	if (html.titled) {
		buf_puts(out, "<h1 class=\"hidden\">");
		put_text(&html, letter->title);
		buf_puts(out, "</h1>\n");
	}
	write_children(&html, letter->root);
	buf_puts(out, "</main>\n</body>\n</html>\n");
	arena_free(html.arena);
	return diags_count(diags, SEVERITY_ERROR) == errors;
}
