/* wrap.c - a text on lines of 80 columns, as a terminal has at least. */
#include "cli/cli_int.h"

enum { WIDTH = 80 };

/* Columns of a terminal; more than it takes for what stands over a letter. */
static int columns_of(uint32_t c)
{
	return c >= 0x1100 ? 2 : 1;
}

/* Where a piece ends that a line may end behind: before a blank, behind a folder. */
static int piece_end(struct str text, int at, int *columns)
{
	*columns = 0;
	for (bool begun = false; at < text.len; begun = true) {
		int next = at;
		uint32_t c = utf8_next(text, &next);
		if (c == ' ' && begun)
			break;
		*columns += columns_of(c);
		at = next;
		if (c == '/')
			break;
	}
	return at;
}

void cli_wrap(struct buf *out, struct str text, int column, int indent)
{
	int columns;
	for (int at = 0, end; at < text.len; at = end) {
		end = piece_end(text, at, &columns);
		if (column + columns > WIDTH && column > indent) {
			while (at < end && text.at[at] == ' ') {
				columns--;
				at++;
			}
			buf_say(out, "\n%*s", indent, "");
			column = indent;
		}
		buf_str(out, str_slice(text, at, end));
		column += columns;
	}
}
