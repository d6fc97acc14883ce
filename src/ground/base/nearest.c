/* nearest.c - a misspelt name and the names that there are → the one that was meant. */
#include "base/nearest.h"

#include <stdlib.h>

struct nearest nearest_within(struct str wanted, int edits)
{
	return (struct nearest){wanted, {0}, edits + 1};
}

struct nearest nearest_start(struct str wanted)
{
	return nearest_within(wanted, wanted.len < 4 ? 1 : wanted.len < 8 ? 2 : 3);
}

/* Single-byte edits between two texts, as far as limit; more gives limit + 1. Levenshtein's table,
 * one row at a time. */
static int count_edits(struct str a, struct str b, int limit)
{
	enum { LONGEST = 63 };
	int row[LONGEST + 1];
	if (a.len > LONGEST || b.len > LONGEST || abs(a.len - b.len) > limit)
		return limit + 1;
	for (int j = 0; j <= b.len; j++)
		row[j] = j;
	for (int i = 1; i <= a.len; i++) {
		int diagonal = row[0];
		row[0] = i;
		for (int j = 1; j <= b.len; j++) {
			int substitute = diagonal + (a.at[i - 1] != b.at[j - 1]);
			int shorter = (row[j] < row[j - 1] ? row[j] : row[j - 1]) + 1;
			diagonal = row[j];
			row[j] = substitute < shorter ? substitute : shorter;
		}
	}
	return row[b.len] <= limit ? row[b.len] : limit + 1;
}

bool nearest_try(struct nearest *nearest, struct str candidate)
{
	int distance = count_edits(nearest->wanted, candidate, nearest->distance - 1);
	if (distance >= nearest->distance)
		return false;
	nearest->best = candidate;
	nearest->distance = distance;
	return true;
}

void nearest_hint(const struct nearest *nearest, struct diags *diags)
{
	if (!nearest->best.at)
		return;
	struct buf hint = {0};
	buf_puts(&hint, "did you mean ");
	buf_quoted(&hint, nearest->best);
	buf_char(&hint, '?');
	diag_hint(diags, buf_text(&hint).at);
	buf_free(&hint);
}
