/* book_ods_rows.c - the rows of a sheet of an OpenDocument spreadsheet (OpenDocument 1.3, part 3,
 * 9.1). */
#include "recipients/book_ods_int.h"

enum { MAX_REPEATS = 1000 }; /* of what is not empty */

/* -- texts ------------------------------------------------------------------------------------- */

/* White space as one blank, none at a paragraph's beginning (6.1.2). */
static void put_text(struct str text, struct buf *out)
{
	for (int i = 0; i < text.len; i++) {
		bool blank = strchr(" \t\r\n", text.at[i]) != NULL;
		bool behind = out->len == 0 || strchr(" \t\n", out->at[out->len - 1]);
		if (!blank || !behind)
			buf_char(out, blank ? ' ' : text.at[i]);
	}
}

/* What stands for signs that a text cannot hold: blanks, a tab, a line's end. */
static void put_sign(struct book *book, const struct xml_event *event, struct buf *out)
{
	int blanks = book_number(book->zip, event, "c", 1);
	if (strcmp(event->name, "s") == 0)
		for (int i = 0; i < blanks && i < BOOK_MAX_COLUMNS; i++)
			buf_char(out, ' ');
	else if (strcmp(event->name, "tab") == 0)
		buf_char(out, '\t');
	else if (strcmp(event->name, "line-break") == 0)
		buf_char(out, '\n');
}

/* The cell's paragraphs, a line each, to the cell's end; remarks and pictures in it are no part of
 * it. */
static bool read_text(struct book *book, const char *cell, struct buf *out, struct diags *diags)
{
	bool good = true;
	int paragraphs = 0, depth = 0;
	while (good) {
		struct xml_event event = book_part_next(book->zip, diags);
		bool text = str_is(str_of(event.namespace), ODS_TEXT);
		good = event.kind != XML_EVENT_BAD && event.kind != XML_EVENT_END &&
			out->len <= BOOK_MAX_ROW;
		if (out->len > BOOK_MAX_ROW)
			book_limit(book->zip, "a cell of more than 8 MiB", diags);
		if (event.kind == XML_EVENT_CLOSE && book_ods_is(&event, ODS_TABLE, cell))
			return good;
		if (event.kind == XML_EVENT_TEXT && depth)
			put_text(event.text, out);
		else if (event.kind == XML_EVENT_OPEN && !text)
			good = good && book_ods_skip(book, diags);
		else if (event.kind == XML_EVENT_OPEN && depth++ == 0 && paragraphs++)
			buf_char(out, '\n');
		else if (event.kind == XML_EVENT_OPEN)
			put_sign(book, &event, out);
		else if (event.kind == XML_EVENT_CLOSE)
			depth--;
	}
	return false;
}

/* -- cells ------------------------------------------------------------------------------------- */

static const struct book_format *column_format(const struct book *book, int column)
{
	const struct book_ods *ods = book->ods;
	for (int i = 0; i < ods->columns.len; i++)
		if (column < ods->columns.at[i].end)
			return ods->columns.at[i].format;
	return NULL;
}

/* Which attribute holds the value, by its type (19.389). */
static const struct {
	const char *type, *value;
	enum book_kind kind;
} types[] = {{"float", "value", BOOK_NUMBER}, {"percentage", "value", BOOK_NUMBER},
	{"currency", "value", BOOK_NUMBER}, {"date", "date-value", BOOK_MOMENT},
	{"time", "time-value", BOOK_MOMENT}, {"boolean", "boolean-value", BOOK_TRUTH}};

/* A formula TRUE() is how a spreadsheet stores what was typed so. */
static bool is_truth(struct str formula, const char *word)
{
	return str_ends(formula, word) && formula.len <= (int)strlen(word) + 4;
}

/* What the cell's attributes say; a text comes later. False: it is one. */
static bool read_stored(struct book *book, struct arena *arena, const struct xml_event *event,
	struct book_cell *cell)
{
	struct str type = book_attribute_of(book->zip, event, ODS_OFFICE, "value-type");
	struct str formula = book_attribute_of(book->zip, event, ODS_TABLE, "formula");
	for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
		if (!str_is(type, types[i].type))
			continue;
		struct str value = book_attribute_of(book->zip, event, ODS_OFFICE, types[i].value);
		cell->kind = value.at ? types[i].kind : BOOK_UNKNOWN;
		cell->value = str_copy(arena, value.at ? value : str_lit(""));
		if (is_truth(formula, "=TRUE()") || is_truth(formula, "=FALSE()"))
			cell->kind = BOOK_TRUTH;
		return true;
	}
	if (!type.len && formula.len)
		cell->kind = BOOK_UNKNOWN;
	return cell->kind == BOOK_UNKNOWN;
}

/* One that has no format of its own shows at least its kind, and its currency. */
static void read_format(struct book *book, struct arena *arena, const struct xml_event *event,
	const struct book_format *outer, struct book_cell *cell)
{
	struct str type = book_attribute_of(book->zip, event, ODS_OFFICE, "value-type");
	struct str style = book_attribute_of(book->zip, event, ODS_TABLE, "style-name");
	struct str currency = book_attribute_of(book->zip, event, ODS_OFFICE, "currency");
	const struct book_format *format = style.len ? book_ods_format(book, style, false)
		: outer                              ? outer
						     : column_format(book, cell->column);
	struct book_format *own = arena_new_array(arena, struct book_format, 1);
	*own = format ? *format : (struct book_format){.places = -1, .currency = str_lit("")};
	if (cell->kind == BOOK_NUMBER)
		own->date = own->time = own->unseen = false;
	else
		own->more = false;
	own->percent = str_is(type, "percentage");
	if (str_is(type, "currency") && !own->currency.len)
		own->currency = str_copy(arena, currency.at ? currency : str_lit(""));
	cell->format = own;
}

static bool note_merged(struct book *book, const struct xml_event *event,
	const struct book_row *row, int column, struct diags *diags)
{
	int columns = book_number(book->zip, event, "number-columns-spanned", 1);
	int rows = book_number(book->zip, event, "number-rows-spanned", 1);
	if (columns <= 1 && rows <= 1)
		return true;
	return book_note_merged(book,
		(struct book_merged){row->number, column, row->number + (rows > 1 ? rows - 1 : 0),
			column + (columns > 1 ? columns - 1 : 0)},
		diags);
}

/* The same cell side by side. */
static bool keep_cells(struct book *book, struct arena *arena, const struct book_cell *cell,
	int count, struct book_row *row, struct diags *diags)
{
	if (count > BOOK_MAX_COLUMNS - cell->column) {
		book_limit(book->zip, "more than 16384 columns", diags);
		return false;
	}
	if (count > MAX_REPEATS) {
		book_limit(book->zip, "a cell more than 1000 times side by side", diags);
		return false;
	}
	for (int i = 0; i < count; i++) {
		struct book_cell *next = vec_push(arena, &row->cells);
		*next = *cell;
		next->column += i;
	}
	return true;
}

/* What is shown stands beside the number, if the program that wrote the sheet put it there. */
static bool is_unseen(const struct book_cell *cell, struct str shown)
{
	struct book_digits digits;
	for (int i = 0; i < shown.len; i++)
		if ((shown.at[i] >= '0' && shown.at[i] <= '9') || (shown.at[i] & 0x80))
			return false;
	return shown.len && book_digits_read(cell->value, &digits) && digits.len;
}

/* A row's cells while they are read. */
struct cells_read {
	struct book_row *row;
	const struct book_format *format; /* the row's */
	int column;                       /* the next one's */
	size_t size;
	struct buf text;
};

static bool read_cell(struct book *book, struct arena *arena, const struct xml_event *event,
	struct cells_read *cells, struct diags *diags)
{
	bool covered = strcmp(event->name, "covered-table-cell") == 0;
	int repeated = book_number(book->zip, event, "number-columns-repeated", 1);
	struct str error = book_attribute_of(book->zip, event, ODS_CALCEXT, "value-type");
	struct str string = book_attribute_of(book->zip, event, ODS_OFFICE, "string-value");
	struct book_cell cell = {.column = cells->column, .kind = BOOK_TEXT};
	bool stored = read_stored(book, arena, event, &cell);
	bool given = string.at && !str_is(error, "error");
	read_format(book, arena, event, cells->format, &cell);
	if (given)
		cell.value = str_copy(arena, string);
	if (!note_merged(book, event, cells->row, cell.column, diags))
		return false;
	buf_clear(&cells->text);
	if (!read_text(book, event->name, &cells->text, diags))
		return false;
	if (!stored && !given)
		cell.value = str_copy(arena, buf_text(&cells->text));
	else if (cell.kind == BOOK_NUMBER)
		cell.unseen = is_unseen(&cell, buf_text(&cells->text));
	cells->size += (size_t)cell.value.len;
	bool kept = !covered && (cell.value.len || cell.kind == BOOK_UNKNOWN);
	repeated = repeated < 1 ? 1 : repeated;
	cells->column = repeated > BOOK_MAX_COLUMNS - cells->column ? BOOK_MAX_COLUMNS
								    : cells->column + repeated;
	return !kept || keep_cells(book, arena, &cell, repeated, cells->row, diags);
}

static bool read_cells(
	struct book *book, struct arena *arena, struct cells_read *cells, struct diags *diags)
{
	for (;;) {
		struct xml_event event = book_part_next(book->zip, diags);
		if (event.kind == XML_EVENT_BAD || event.kind == XML_EVENT_END)
			return false;
		if (event.kind == XML_EVENT_CLOSE)
			return true;
		if (event.kind != XML_EVENT_OPEN)
			continue;
		bool cell = book_ods_is(&event, ODS_TABLE, "table-cell") ||
			book_ods_is(&event, ODS_TABLE, "covered-table-cell");
		if (cell ? !read_cell(book, arena, &event, cells, diags)
			 : !book_ods_skip(book, diags))
			return false;
		if (cells->size > BOOK_MAX_ROW) {
			book_limit(book->zip, "a row of more than 8 MiB", diags);
			return false;
		}
	}
}

/* -- rows -------------------------------------------------------------------------------------- */

static void note_column(struct book *book, const struct xml_event *event)
{
	struct book_ods *ods = book->ods;
	int before = ods->columns.len ? ods->columns.at[ods->columns.len - 1].end : 0;
	int repeated = book_number(book->zip, event, "number-columns-repeated", 1);
	struct str style = book_attribute_of(
		book->zip, event, ODS_TABLE, "default-cell-style-name");
	if (before >= BOOK_MAX_COLUMNS || repeated < 1)
		return;
	*vec_push(book->source.arena, &ods->columns) = (struct ods_columns){
		repeated > BOOK_MAX_COLUMNS - before ? BOOK_MAX_COLUMNS : before + repeated,
		book_ods_format(book, style, false)};
}

/* A row that comes again, as often as that. */
static void keep_row(struct book_ods *ods, const struct book_row *row, int repeats)
{
	arena_reset(ods->kept);
	ods->repeats = repeats;
	ods->repeated = (struct book_row){.number = row->number, .hidden = row->hidden};
	for (int i = 0; i < row->cells.len; i++) {
		struct book_cell *cell = vec_push(ods->kept, &ods->repeated.cells);
		struct book_format *format = arena_new_array(ods->kept, struct book_format, 1);
		*cell = row->cells.at[i];
		*format = *cell->format;
		format->currency = str_copy(ods->kept, format->currency);
		cell->format = format;
		cell->value = str_copy(ods->kept, cell->value);
	}
}

/* The row that was opened. False after an error. */
static bool read_row(struct book *book, struct arena *arena, const struct xml_event *event,
	struct book_row *out, struct diags *diags)
{
	int repeated = book_number(book->zip, event, "number-rows-repeated", 1);
	struct str shown = book_attribute_of(book->zip, event, ODS_TABLE, "visibility");
	struct str style = book_attribute_of(
		book->zip, event, ODS_TABLE, "default-cell-style-name");
	struct cells_read cells = {.row = out, .format = book_ods_format(book, style, false)};
	*out = (struct book_row){.number = book->row + 1,
		.hidden = str_is(shown, "collapse") || str_is(shown, "filter")};
	bool good = read_cells(book, arena, &cells, diags);
	buf_free(&cells.text);
	repeated = repeated < 1 ? 1 : repeated;
	bool many = repeated > BOOK_MAX_ROWS - book->row;
	book->row = many ? BOOK_MAX_ROWS : book->row + repeated;
	if (!good || !out->cells.len)
		return good;
	if (many || repeated > MAX_REPEATS) {
		book_limit(book->zip,
			many ? "more than 1048576 rows" : "a row that stands more than 1000 times",
			diags);
		return false;
	}
	if (repeated > 1)
		keep_row(book->ods, out, repeated - 1);
	return true;
}

bool book_ods_row(struct book *book, struct arena *arena, struct book_row *out, struct diags *diags)
{
	static const char *const around[] = {"table-header-rows", "table-rows", "table-row-group",
		"table-columns", "table-header-columns", "table-column-group"};
	if (book->ods->repeats > 0) {
		book->ods->repeats--;
		book->ods->repeated.number++;
		*out = book->ods->repeated;
		return true;
	}
	for (;;) {
		struct xml_event event = book_part_next(book->zip, diags);
		bool opens = event.kind == XML_EVENT_OPEN, enters = false;
		if (event.kind == XML_EVENT_END || event.kind == XML_EVENT_BAD ||
			(event.kind == XML_EVENT_CLOSE && book_ods_is(&event, ODS_TABLE, "table")))
			return false;
		if (!opens)
			continue;
		if (book_ods_is(&event, ODS_TABLE, "table-row")) {
			if (!read_row(book, arena, &event, out, diags))
				return false;
			if (out->cells.len)
				return true;
			continue;
		}
		if (book_ods_is(&event, ODS_TABLE, "table-column"))
			note_column(book, &event);
		for (size_t i = 0; i < sizeof around / sizeof *around; i++)
			enters |= book_ods_is(&event, ODS_TABLE, around[i]);
		if (!enters && !book_ods_skip(book, diags))
			return false;
	}
}
