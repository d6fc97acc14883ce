/* words.c - the letter's words beside its pictures, for who hears, enlarges or copies them: its
 * headings, lists, tables and notes as such, in the order of reading, each part in its language.
 *
 * The elements are those of the template's vocabulary, as struct said.markup has them; what means
 * nothing here is left out, its words are not. */
#include "page/page_int.h"

static const struct {
	const char *tag, *element;
} elements[] = {{"p", "p"}, {"salutation", "p"}, {"closing", "p"}, {"date", "p"},
	{"reference", "p"}, {"letterhead", "p"}, {"continuation", "p"}, {"address", "p"},
	{"return-address", "p"}, {"initials", "p"}, {"enclosures", "p"}, {"copies", "p"},
	{"postscript", "p"}, {"signature", "p"}, {"column", "p"}, {"image", "p"}, {"barcode", "p"},
	{"ul", "ul"}, {"ol", "ol"}, {"li", "li"}, {"table", "table"}, {"information", "table"},
	{"row", "tr"}, {"quote", "blockquote"}, {"slip", "div"}, {"signatures", "div"},
	{"footer", "div"}, {"strong", "strong"}, {"em", "em"}, {"sup", "sup"}, {"sub", "sub"},
	{"span", "span"}, {"abbr", "abbr"}, {"line", "span"}, {"attachment", "span"},
	{"note", "small"}};

struct writing {
	struct arena *arena;
	struct buf *out;
	struct str href; /* of the link at work */
	bool head;       /* the row at work heads its columns */
	bool subject;    /* there was one: headings are below it */
	int level;       /* of the heading at work, from 0 */
};

/* Below the one of the page. Nothing: only its words are shown. */
static const char *element_of(const struct writing *writing, struct str tag)
{
	static const char *const headings[] = {"h2", "h3", "h4", "h5", "h6", "h6"};
	if (str_is(tag, "cell"))
		return writing->head ? "th" : "td";
	if (str_is(tag, "subject"))
		return headings[0];
	if (str_is(tag, "heading"))
		return headings[writing->level + writing->subject];
	for (size_t i = 0; i < sizeof elements / sizeof *elements; i++)
		if (str_is(tag, elements[i].tag))
			return elements[i].element;
	return NULL;
}

static void write_attribute(
	struct writing *writing, const struct said_piece *piece, const char *from, const char *name)
{
	struct str value = said_attribute(writing->arena, piece, from);
	if (!value.len)
		return;
	buf_format(writing->out, " %s=\"", name);
	page_text(writing->out, value);
	buf_char(writing->out, '"');
}

static void open_element(struct writing *writing, const struct said_piece *piece)
{
	bool note = str_is(piece->tag, "note");
	struct str level = said_attribute(writing->arena, piece, "level");
	if (str_is(piece->tag, "heading"))
		writing->level = level.len == 1 && level.at[0] <= '5' ? level.at[0] - '1' : 0;
	const char *element = element_of(writing, piece->tag);
	writing->subject |= str_is(piece->tag, "subject");
	if (str_is(piece->tag, "row"))
		writing->head = str_is(said_attribute(writing->arena, piece, "header"), "yes");
	if (str_is(piece->tag, "link"))
		writing->href = said_attribute(writing->arena, piece, "href");
	if (!element)
		return;
	buf_format(writing->out, "%s<%s", note ? " " : "", element);
	write_attribute(writing, piece, "xml:lang", "lang");
	write_attribute(writing, piece, "start", "start");
	buf_puts(writing->out, note ? ">[" : ">");
	page_text(writing->out, said_attribute(writing->arena, piece, "alt"));
}

/* Where a link leads stands behind its words: nobody sees it on the page. */
static void close_element(struct writing *writing, const struct said_piece *piece)
{
	struct buf *out = writing->out;
	const char *element = element_of(writing, piece->tag);
	if (str_is(piece->tag, "link") && writing->href.len) {
		buf_puts(out, " <span class=\"leads\">(");
		page_text(out, writing->href);
		buf_puts(out, ")</span>");
	}
	if (element)
		buf_format(out, "%s</%s>", str_is(piece->tag, "note") ? "]" : "", element);
	if (str_is(piece->tag, "br") || str_is(piece->tag, "line") ||
		str_is(piece->tag, "attachment"))
		buf_puts(out, "<br>");
}

void page_write_words(const struct made *made, struct buf *out)
{
	const struct letter_said *said = &made->now.portrait.said;
	struct writing writing = {.arena = arena_new(), .out = out};
	buf_puts(out,
		"<section id=\"text\" tabindex=\"0\" aria-label=\"The words of this letter\">\n");
	for (int i = 0; i < said->blocks.len; i++) {
		struct str markup = said->blocks.at[i].markup;
		struct said_piece piece;
		while (said_next(writing.arena, &markup, &piece)) {
			page_text(out, piece.text);
			(piece.closes ? close_element : open_element)(&writing, &piece);
		}
		buf_char(out, '\n');
	}
	buf_puts(out, "</section>\n");
	arena_free(writing.arena);
}
