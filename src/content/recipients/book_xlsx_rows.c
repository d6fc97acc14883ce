/* book_xlsx_rows.c - the rows of a sheet of an Office Open XML workbook (ISO/IEC 29500-1, 18.3). */
#include "recipients/book_int.h"

/* "BC12" → column 54, row 12; false: it is no such name. */
static bool read_name(struct str name, int *column, int *row)
{
	int i = 0, letters = 0, number = 0;
	for (; i < name.len && i < 6 && name.at[i] >= 'A' && name.at[i] <= 'Z'; i++)
		letters = letters * 26 + (name.at[i] - 'A' + 1);
	int from = i;
	for (; i < name.len && i < from + 7 && name.at[i] >= '0' && name.at[i] <= '9'; i++)
		number = number * 10 + (name.at[i] - '0');
	*column = letters - 1;
	*row = number;
	return letters > 0 && number > 0 && i == name.len;
}

static bool is_main(const struct xml_event *event, const char *name)
{
	struct str namespace = str_of(event->namespace);
	return strcmp(event->name, name) == 0 &&
		(str_ends(namespace, "/spreadsheetml/2006/main") ||
			str_ends(namespace, "/spreadsheetml/main"));
}

bool book_xlsx_start(struct book *book, const struct book_sheet *sheet, struct diags *diags)
{
	book->merged = (struct book_merges){0};
	book->row = 0;
	return book_part_open(book->zip, sheet->part, diags);
}

/* -- cells ------------------------------------------------------------------------------------- */

/* A cell while its element is open. */
struct opened {
	struct book_cell cell;
	bool formula;
	struct buf value;
};

static enum book_kind kind_of(struct str type)
{
	static const struct {
		const char *type;
		enum book_kind kind;
	} rows[] = {{"s", BOOK_SHARED}, {"str", BOOK_TEXT}, {"inlineStr", BOOK_TEXT},
		{"e", BOOK_TEXT}, {"b", BOOK_TRUTH}, {"d", BOOK_MOMENT}};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (str_is(type, rows[i].type))
			return rows[i].kind;
	return BOOK_NUMBER;
}

/* A cell that does not say where it is stands behind the one before. */
static bool open_cell(struct book *book, const struct xml_event *event, struct opened *opened,
	struct diags *diags)
{
	struct str name = book_attribute(book->zip, event, "r");
	int before = opened->cell.column, column = before + 1, row = book->row;
	bool named = !name.at || read_name(name, &column, &row);
	int style = book_number(book->zip, event, "s", -1);
	if (named && column >= BOOK_MAX_COLUMNS) {
		book_limit(book->zip, "more than 16384 columns", diags);
		return false;
	}
	if (!named || column <= before || row != book->row) {
		book_damaged(book->zip, "the cells of a row are out of order", diags);
		return false;
	}
	opened->formula = false;
	opened->cell = (struct book_cell){.column = column,
		.kind = kind_of(book_attribute(book->zip, event, "t")),
		.format = style >= 0 && style < book->formats.len ? &book->formats.at[style]
								  : NULL};
	buf_clear(&opened->value);
	return true;
}

/* The rest of an opened cell. False after an error. */
static bool read_cell(struct book *book, struct opened *opened, struct diags *diags)
{
	for (;;) {
		struct xml_event event = book_part_next(book->zip, diags);
		if (event.kind == XML_EVENT_BAD || event.kind == XML_EVENT_END)
			return false;
		if (event.kind == XML_EVENT_CLOSE && is_main(&event, "c"))
			return true;
		if (event.kind != XML_EVENT_OPEN)
			continue;
		opened->formula |= is_main(&event, "f");
		if ((is_main(&event, "v") || is_main(&event, "is")) &&
			!book_text_read(book->zip, event.name, &opened->value, diags))
			return false;
	}
}

/* A program that only writes workbooks puts 0 where a formula's value belongs. */
static bool was_computed(const struct book *book, const struct opened *opened, struct str value)
{
	return opened->cell.kind != BOOK_NUMBER ||
		(value.len && !(book->uncomputed && str_is(value, "0")));
}

static void keep_cell(
	const struct book *book, struct arena *arena, struct opened *opened, struct book_row *out)
{
	struct str value = buf_text(&opened->value);
	if (opened->cell.kind != BOOK_TEXT)
		value = str_trim(value);
	if (opened->formula && !was_computed(book, opened, value))
		opened->cell.kind = BOOK_UNKNOWN;
	else if (value.len == 0)
		return;
	opened->cell.value = str_copy(arena, value);
	*vec_push(arena, &out->cells) = opened->cell;
}

static bool read_cells(
	struct book *book, struct arena *arena, struct book_row *out, struct diags *diags)
{
	struct opened opened = {.cell.column = -1};
	bool good = true, open = true;
	size_t size = 0;
	while (good && open) {
		struct xml_event event = book_part_next(book->zip, diags);
		good = event.kind != XML_EVENT_BAD && event.kind != XML_EVENT_END;
		open = event.kind != XML_EVENT_CLOSE || !is_main(&event, "row");
		if (event.kind != XML_EVENT_OPEN || !is_main(&event, "c"))
			continue;
		good = open_cell(book, &event, &opened, diags) && read_cell(book, &opened, diags);
		if (good)
			keep_cell(book, arena, &opened, out);
		size += opened.value.len;
		if (good && size > BOOK_MAX_ROW) {
			book_limit(book->zip, "a row of more than 8 MiB", diags);
			good = false;
		}
	}
	buf_free(&opened.value);
	return good;
}

/* -- rows -------------------------------------------------------------------------------------- */

static bool read_merged(struct book *book, const struct xml_event *event, struct diags *diags)
{
	struct str name = book_attribute(book->zip, event, "ref"), first = {0};
	struct book_merged merged;
	str_split(&name, ':', &first);
	if (!read_name(first, &merged.left, &merged.top) ||
		!read_name(name.at ? name : first, &merged.right, &merged.bottom)) {
		book_damaged(book->zip, "a range of merged cells is none", diags);
		return false;
	}
	return book_note_merged(book, merged, diags);
}

static bool open_row(
	struct book *book, const struct xml_event *event, struct book_row *out, struct diags *diags)
{
	int number = book_number(book->zip, event, "r", book->row + 1);
	if (number <= book->row) {
		book_damaged(book->zip, "its rows are out of order", diags);
		return false;
	}
	if (number > BOOK_MAX_ROWS) {
		book_limit(book->zip, "more than 1048576 rows", diags);
		return false;
	}
	book->row = number;
	*out = (struct book_row){
		.number = number, .hidden = book_is_true(book->zip, event, "hidden")};
	return true;
}

bool book_xlsx_row(
	struct book *book, struct arena *arena, struct book_row *out, struct diags *diags)
{
	for (;;) {
		struct xml_event event = book_part_next(book->zip, diags);
		if (event.kind == XML_EVENT_END || event.kind == XML_EVENT_BAD)
			return false;
		if (event.kind != XML_EVENT_OPEN)
			continue;
		if (is_main(&event, "row"))
			return open_row(book, &event, out, diags) &&
				read_cells(book, arena, out, diags);
		if (is_main(&event, "mergeCell") && !read_merged(book, &event, diags))
			return false;
	}
}
