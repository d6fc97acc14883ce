/* html_table.c - tables, in a box that scrolls, and the information block as a list of terms. */
#include "twin/html_int.h"

#include <stdlib.h>

/* Labels and what they say. */
void html_write_information(struct html *html, const struct node *block)
{
	html_open(html, block, "dl");
	buf_puts(html->out, ">\n");
	node_each (row, block) {
		html_open(html, row, "div");
		buf_char(html->out, '>');
		node_each (cell, row) {
			const char *element = cell == row->first ? "dt" : "dd";
			html_open(html, cell, element);
			buf_char(html->out, '>');
			html_write_children(html, cell);
			buf_format(html->out, "</%s>", element);
		}
		buf_puts(html->out, "</div>\n");
	}
	buf_puts(html->out, "</dl>\n");
	html_write_notes(html, block);
}

void html_write_cell(struct html *html, const struct node *cell)
{
	bool header = node_cell_head(cell) == HEADS_COLUMN;
	bool among_heads = !header && node_cell_place(cell) == HEADS_COLUMN;
	html_open(html, cell, header ? "th scope=\"col\"" : "td");
	if (among_heads)
		buf_puts(html->out, " style=\"border-bottom:2px solid\"");
	bool decimal = str_is(node_cell_align(cell), "decimal");
	html_put_class(html, cell, decimal ? str_lit("right") : node_cell_align(cell));
	if (node_span(cell) > 1)
		buf_format(html->out, " colspan=\"%d\"", node_span(cell));
	buf_char(html->out, '>');
	html_write_children(html, cell);
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
void html_write_table(struct html *html, const struct node *table)
{
	struct str name = first_row_words(html->arena, table);
	buf_puts(html->out, "<div class=\"wide\" role=\"group\" tabindex=\"0\"");
	if (name.len)
		html_put_attribute(html, "aria-label", name);
	buf_puts(html->out, ">\n");
	html_open(html, table, "table");
	buf_puts(html->out, ">\n");
	write_widths(html, node_attribute(table, "widths"));
	html_write_children(html, table);
	buf_puts(html->out, "</table>\n</div>\n");
	html_write_notes(html, table);
}
