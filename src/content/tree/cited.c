/* cited.c - the year of what a note cites, as citations by author and date give it: "Home Office
 * (2019) …", "(c. 2020)", "(18 March 2020)", "(2020a)". The first parenthesis that ends with a year
 * counts: what follows is the title. */
#include "tree/tree.h"

#include "base/ascii.h"

enum { YEAR = 4, LONGEST = 30 };

/* The year that a text between parentheses ends with, or 0. */
static int last_year(struct str text)
{
	int year = 0;
	if (text.len > YEAR && text.at[text.len - 1] >= 'a' && text.at[text.len - 1] <= 'z')
		text.len--;
	int from = text.len - YEAR;
	if (from < 0 || text.len > LONGEST || text.at[from] == '0' ||
		(from > 0 && (ascii_is_digit(text.at[from - 1]) || text.at[from - 1] == '-')))
		return 0;
	for (int i = from; i < text.len; i++) {
		if (!ascii_is_digit(text.at[i]))
			return 0;
		year = year * 10 + (text.at[i] - '0');
	}
	return year;
}

static void collect(const struct node *node, struct buf *out)
{
	buf_str(out, node->text);
	node_each (child, node)
		collect(child, out);
}

int note_year(const struct node *note)
{
	struct buf all = {0};
	int year = 0;
	collect(note, &all);
	struct str text = buf_text(&all);
	for (int open; !year && (open = str_find(text, "(")) >= 0;) {
		text = str_slice(text, open + 1, text.len);
		int close = str_find(text, ")");
		year = close < 0 ? 0 : last_year(str_slice(text, 0, close));
	}
	buf_free(&all);
	return year;
}
