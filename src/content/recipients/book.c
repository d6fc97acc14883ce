/* book.c - a workbook → its sheet, looked through once, → rows.
 *
 * The sheet is read twice. Before the first letter is made all of it has been seen: so a file that
 * is cut off gives none, and what is merged, which the sheet tells at its end, is known in time. */
#include "recipients/book_int.h"

#include "base/diag_id.h"

static struct book *book_of(struct source *source)
{
	return (struct book *)source;
}

bool book_note_merged(struct book *book, struct book_merged merged, struct diags *diags)
{
	if (book->merged.len == BOOK_MAX_MERGED) {
		book_limit(book->zip, "more than 1000 ranges of merged cells", diags);
		return false;
	}
	*vec_push(book->source.arena, &book->merged) = merged;
	return true;
}

static enum recipients_result next(
	struct source *source, struct arena *arena, struct recipient *out, struct diags *diags)
{
	return table_next(source, &book_of(source)->table, book_take, arena, out, diags);
}

static bool read(const struct source *source, struct arena *arena, struct recipient *out,
	struct diags *diags)
{
	return table_read(&((const struct book *)source)->table, arena, out, diags);
}

/* -- which sheet ------------------------------------------------------------------------------- */

static void put_sheet(struct buf *out, const struct book_sheet *sheet)
{
	buf_puts(out, out->len ? ", " : "");
	buf_quoted(out, sheet->name);
}

static const char *list_sheets(const struct book *book)
{
	struct buf names = {0};
	for (int i = 0; i < book->sheets.len; i++)
		put_sheet(&names, &book->sheets.at[i]);
	const char *all = str_copy(book->source.arena, buf_text(&names)).at;
	buf_free(&names);
	return all;
}

/* The one that is asked for, or the first that is shown; NULL after an error. */
static const struct book_sheet *choose(struct book *book, const char *name, struct diags *diags)
{
	const struct book_sheet *first = NULL;
	for (int i = 0; i < book->sheets.len; i++) {
		const struct book_sheet *sheet = &book->sheets.at[i];
		if (name ? str_is(sheet->name, name) : !sheet->hidden)
			return sheet;
		first = first ? first : sheet;
	}
	if (name)
		diag_add(diags, BOOK_SHEET, place_in(book->source.path), name, list_sheets(book));
	else if (!first)
		diag_add0(diags, TABLE_EMPTY, place_in(book->source.path));
	return name ? NULL : first;
}

/* Whether any cell of a sheet holds something. False after an error as well. */
static bool holds_cells(struct book *book, const struct book_sheet *sheet, struct diags *diags)
{
	struct arena *arena = arena_new();
	struct book_row row = {0};
	bool more = book->form->start(book, sheet, diags);
	while (more && !row.cells.len) {
		arena_reset(arena);
		more = book->form->row(book, arena, &row, diags);
	}
	arena_free(arena);
	return more;
}

static bool look_at_others(struct book *book, const struct book_sheet *chosen, struct diags *diags)
{
	struct buf others = {0};
	int errors = diags_count(diags, SEVERITY_ERROR);
	for (int i = 0; i < book->sheets.len; i++) {
		const struct book_sheet *sheet = &book->sheets.at[i];
		if (sheet == chosen || sheet->hidden || !holds_cells(book, sheet, diags))
			continue;
		put_sheet(&others, sheet);
	}
	bool good = diags_count(diags, SEVERITY_ERROR) == errors;
	if (others.len && good)
		diag_add(diags, BOOK_SHEETS, place_in(book->source.path),
			diag_str(diags, chosen->name), buf_text(&others).at);
	buf_free(&others);
	return good;
}

/* -- what is to be said of it ------------------------------------------------------------------ */

/* Rows below the header that hold cells and are not shown. */
struct hidden {
	int count, first;
};

/* Reads all rows once. False after an error. */
static bool look_through(struct book *book, struct hidden *hidden, int *head, struct diags *diags)
{
	struct arena *arena = arena_new();
	struct book_row row;
	int errors = diags_count(diags, SEVERITY_ERROR);
	while (book->form->row(book, arena, &row, diags)) {
		bool header = *head == 0;
		if (row.cells.len && header)
			*head = row.number;
		if (row.cells.len && !header && row.hidden && hidden->count++ == 0)
			hidden->first = row.number;
		arena_reset(arena);
	}
	arena_free(arena);
	return diags_count(diags, SEVERITY_ERROR) == errors;
}

static void report_merged(const struct book *book, int head, struct diags *diags)
{
	for (int i = 0; i < book->covered.len; i++) {
		const struct book_merged *merged = &book->covered.at[i];
		struct buf name = {0};
		if (merged->bottom <= head)
			continue;
		place_write_column(merged->left + 1, &name);
		buf_format(&name, "%d:", merged->top);
		place_write_column(merged->right + 1, &name);
		buf_format(&name, "%d", merged->bottom);
		diag_add(diags, BOOK_MERGED,
			place_cell(book->table.file, merged->top, merged->left + 1),
			buf_text(&name).at);
		buf_free(&name);
	}
}

static bool look_at_sheet(struct book *book, const struct book_sheet *sheet, struct diags *diags)
{
	struct hidden hidden = {0};
	int head = 0;
	if (!book->form->start(book, sheet, diags) || !look_through(book, &hidden, &head, diags))
		return false;
	if (hidden.count)
		diag_add(diags, BOOK_HIDDEN, place_cell(book->table.file, hidden.first, 0),
			diag_int(diags, hidden.count));
	book->covered = book->merged;
	report_merged(book, head, diags);
	return true;
}

/* -- opening ----------------------------------------------------------------------------------- */

/* Zips by what is in them. */
static const struct book_form *find_form(const struct book *book, struct diags *diags)
{
	static const struct {
		const char *part, *what;
		const struct book_form *form;
	} rows[] = {{"xl/workbook.bin", "a binary workbook (.xlsb)", NULL},
		{"word/document.xml", "a text of a word processor (.docx)", NULL},
		{"ppt/presentation.xml", "a presentation (.pptx)", NULL},
		{"_rels/.rels", NULL, &book_xlsx}, {"content.xml", NULL, &book_ods}};
	const char *what = "a zip without a workbook in it";
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		if (!book_zip_has(book->zip, str_of(rows[i].part)))
			continue;
		if (rows[i].form)
			return rows[i].form;
		what = rows[i].what;
		break;
	}
	diag_add(diags, TABLE_OTHER, place_in(book->source.path), what);
	return NULL;
}

static bool open_sheet(struct book *book, const char *name, struct diags *diags)
{
	const struct book_sheet *sheet = choose(book, name, diags);
	if (!sheet || (!name && !look_at_others(book, sheet, diags)))
		return false;
	book->table.file = str_format(
		book->source.arena, "%s[%.*s]", book->source.path, str_arg(sheet->name))
				   .at;
	if (!look_at_sheet(book, sheet, diags) || !book->form->start(book, sheet, diags))
		return false;
	bool good = table_begin(&book->source, &book->table, book_take, diags);
	book->begun = good;
	book->said = arena_new_array(book->source.arena, struct book_said, book->table.count);
	return good;
}

static void close(struct source *source)
{
	struct book *book = book_of(source);
	if (book->form && book->form->close)
		book->form->close(book);
	table_close(&book->table);
	book_strings_free(book->reading.strings);
	book_zip_free(book->zip);
}

const struct source_kind book_kind = {next, read, NULL, NULL, close};

struct source *book_open(
	const char *path, const struct template *template, const char *sheet, struct diags *diags)
{
	struct source *source = source_new(&book_kind, sizeof(struct book), path, template);
	struct book *book = book_of(source);
	book->table = (struct table){
		.arena = source->arena, .template = template, .file = source->path, .id = -1};
	book->zip = book_zip_open(source->path, diags);
	book->form = book->zip ? find_form(book, diags) : NULL;
	if (book->form && book->form->open(book, diags) && open_sheet(book, sheet, diags))
		return source;
	source_free(source);
	return NULL;
}
