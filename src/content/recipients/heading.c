/* heading.c - rows of a table that are no records: a header that stands again, where tables were
 * put below each other, and what stands below an empty row. */
#include "recipients/recipients_int.h"

#include "base/diag_id.h"

enum { MOST = 64 }; /* columns of a header that are looked for under others */

static bool is_plain(const struct table *table, struct str cell, struct str plain)
{
	struct arena_mark mark = arena_save(table->arena);
	bool same = str_eq(target_plain(table->arena, cell), plain);
	arena_restore(table->arena, mark);
	return same;
}

/* Whether a cell says a column's heading, in whatever letters. Of nearly all the first byte says
 * no, so no plain name is made of them. */
static bool says(const struct table *table, struct str cell, struct str plain)
{
	int at = 0;
	for (int i = 0; i < cell.len; i++) {
		char c = cell.at[i];
		if (strchr(TARGET_SIGNS, c) && c)
			continue;
		if (at == plain.len)
			return false;
		if ((c | plain.at[at]) & 0x80)
			return is_plain(table, cell, plain);
		c = c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
		if (c != plain.at[at++])
			return false;
	}
	return at && at == plain.len;
}

static bool is_heading(const struct table *table, struct str cell)
{
	for (int i = 0; i < table->count && i < MOST; i++)
		if (says(table, cell, table->columns[i].plain))
			return true;
	return false;
}

/* A cell's words; none where its bytes are not UTF-8, which is said of it elsewhere. */
static struct str words_of(const struct table *table, struct str cell)
{
	bool bad = table->spoilt && utf8_invalid_at(cell) >= 0;
	return bad ? str_lit("") : blank_trim(cell);
}

/* What a row repeats of the header. */
struct repeated {
	int filled, own, others; /* cells; names of their own column, and of another one */
};

static struct repeated count_repeated(const struct table *table, const struct cells *cells)
{
	struct repeated count = {0};
	for (int i = 0; i < cells->count; i++) {
		struct str cell = words_of(table, cells->at[i]);
		bool own = i < table->count && says(table, cell, table->columns[i].plain);
		count.filled += cell.len > 0;
		count.own += own;
		count.others += !own && is_heading(table, cell);
	}
	return count;
}

/* The column by which a row is known stands in its header, too: nearly all rows end here. */
static bool may_repeat(const struct table *table, const struct cells *cells)
{
	int at = table->id < 0 ? 0 : table->id;
	return at < cells->count && is_heading(table, words_of(table, cells->at[at]));
}

/* A header of the same columns is a row too many. Below one of others a cell would be taken for
 * what stands in another column, so nothing below it is read. */
static void check_header(struct table *table, struct cells *cells, int row, struct diags *diags)
{
	if (cells->bad || !may_repeat(table, cells))
		return;
	struct repeated count = count_repeated(table, cells);
	if (count.own + count.others < 2 || 2 * (count.own + count.others) <= count.filled)
		return;
	cells->bad = true;
	table->ended = count.own < count.filled;
	if (table->ended)
		diag_add0(diags, ROW_OTHER_HEADER, place_cell(table->file, row, 0));
	else
		diag_add0(diags, ROW_HEADER, place_cell(table->file, row, 0));
}

/* Said once: totals and remarks stand so below a table. */
static void check_gap(struct table *table, int row, struct diags *diags)
{
	if (table->last && row > table->last + 1 && !table->gap) {
		table->gap = true;
		diag_add0(diags, ROW_GAP, place_cell(table->file, row, 0));
	}
	table->last = row;
}

void table_check_row(struct table *table, struct cells *cells, int row, struct diags *diags)
{
	if (table->database)
		return;
	check_gap(table, row, diags);
	check_header(table, cells, row, diags);
}
