/* book_take.c - a sheet's rows → a table's cells, and what is to be said of them. */
#include "recipients/book_int.h"

#include "base/diag_id.h"

/* A row's cells while they are taken. */
struct taking {
	struct book *book;
	const struct book_row *row;
	struct str *words;
	bool *stored;
	struct diags *diags;
};

static struct place cell_place(const struct taking *taking, int column)
{
	return place_cell(taking->book->table.file, taking->row->number, column + 1);
}

/* Whether a merged cell's value stands in another one. */
static bool is_covered(const struct book *book, int row, int column)
{
	for (int i = 0; i < book->covered.len; i++) {
		const struct book_merged *merged = &book->covered.at[i];
		if (row >= merged->top && row <= merged->bottom && column >= merged->left &&
			column <= merged->right && !(row == merged->top && column == merged->left))
			return true;
	}
	return false;
}

static void report_cell(const struct taking *taking, int wrong, const struct book_cell *cell)
{
	struct place at = cell_place(taking, cell->column);
	const char *words = diag_str(taking->diags, cell->value);
	if (wrong == DIAG_BOOK_FORMULA)
		diag_add0(taking->diags, BOOK_FORMULA, at);
	else
		diag_add_args(taking->diags, wrong, at, (const char *const[]){words, NULL});
}

/* Cells that no field takes are not looked at; before the header is read, all may be. */
static bool is_needed(const struct book *book, int column)
{
	const struct table *table = &book->table;
	return !book->begun || column == table->id || table->columns[column].kept;
}

/* Each once a column: no letter has less or more than the sheet shows in silence. */
static void check_shown(const struct taking *taking, const struct book_cell *cell)
{
	bool number = cell->kind == BOOK_NUMBER;
	if (!taking->book->begun || !cell->format || (!number && cell->kind != BOOK_MOMENT))
		return;
	struct book_said *said = &taking->book->said[cell->column];
	const struct book_format *format = book_format_for(cell->format, cell->value);
	struct place at = cell_place(taking, cell->column);
	bool more = format->more && number, unseen = !more && (format->unseen || cell->unseen);
	if (more && !said->more)
		diag_add0(taking->diags, BOOK_SHOWN, at);
	if (unseen && !said->unseen)
		diag_add0(taking->diags, BOOK_UNSEEN, at);
	said->more |= more;
	said->unseen |= unseen;
}

/* False after an error of a cell that is needed. */
static bool take_cell(
	const struct taking *taking, struct arena *arena, const struct book_cell *cell)
{
	int at = cell->column;
	if (is_covered(taking->book, taking->row->number, at))
		return true;
	int wrong = book_cell_read(
		&taking->book->reading, arena, cell, &taking->words[at], &taking->stored[at]);
	if (!is_needed(taking->book, at))
		return true;
	check_shown(taking, cell);
	if (wrong)
		report_cell(taking, wrong, cell);
	return !wrong;
}

/* Remarks beside a table: nothing can have moved them there from a column of the header. */
static void report_beside(const struct taking *taking, const struct book_cell *cell)
{
	if (cell->kind != BOOK_TEXT || blank_trim(cell->value).len)
		diag_add0(taking->diags, COLUMN_NAMELESS, cell_place(taking, cell->column));
}

/* As many as the header has, whatever the row stores of them. */
static struct cells take_cells(
	struct book *book, struct arena *arena, const struct book_row *row, struct diags *diags)
{
	int last = row->cells.len ? row->cells.at[row->cells.len - 1].column + 1 : 0;
	int count = book->begun ? book->table.count : last;
	struct taking taking = {book, row, arena_new_array(arena, struct str, count),
		arena_new_array(arena, bool, count), diags};
	bool good = true;
	for (int i = 0; i < count; i++)
		taking.words[i] = str_lit("");
	for (int i = 0; i < row->cells.len; i++) {
		const struct book_cell *cell = &row->cells.at[i];
		if (cell->column >= count)
			report_beside(&taking, cell);
		else
			good &= take_cell(&taking, arena, cell);
	}
	return (struct cells){taking.words, count, taking.stored, !good};
}

static bool is_blank(const struct cells *cells)
{
	for (int i = 0; i < cells->count; i++)
		if (blank_trim(cells->at[i]).len)
			return false;
	return !cells->bad;
}

enum recipients_result book_take(
	struct source *source, struct arena *arena, struct cells *cells, struct diags *diags)
{
	struct book *book = (struct book *)source;
	struct book_row row;
	struct errors_before before = errors_before(diags);
	do {
		if (!book->form->row(book, arena, &row, diags))
			return no_record(before, diags);
		*cells = take_cells(book, arena, &row, diags);
	} while (is_blank(cells));
	source->ordinal = row.number;
	return RECIPIENTS_GOOD;
}
