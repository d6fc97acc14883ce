/* book_ods.c - OpenDocument spreadsheets (OASIS OpenDocument 1.3, part 3): their sheets and
 * formats.
 *
 * All sheets stand in one part, content.xml, behind one another. */
#include "recipients/book_ods_int.h"

#include "base/diag_id.h"

enum { MAX_STYLES = 100000 };

/* Data styles and cell styles have names of their own. */
static uint64_t name_hash(struct str name, bool data)
{
	return str_hash(name) ^ (data ? 0 : UINT64_C(0x9E3779B97F4A7C15));
}

const struct book_format *book_ods_format(const struct book *book, struct str name, bool data)
{
	int64_t found = name.len ? map_find(&book->ods->styles, name_hash(name, data)) : -1;
	return found < 0 ? NULL : book->ods->formats.at[found];
}

static void note_style(
	struct book *book, struct str name, bool data, const struct book_format *format)
{
	struct book_ods *ods = book->ods;
	if (!name.len || !format || ods->formats.len >= MAX_STYLES)
		return;
	if (map_add(&ods->styles, name_hash(name, data), (uint32_t)ods->formats.len) < 0)
		*vec_push(book->source.arena, &ods->formats) = format;
}

/* -- elements ---------------------------------------------------------------------------------- */

bool book_ods_is(const struct xml_event *event, const char *space, const char *name)
{
	return strcmp(event->name, name) == 0 && str_is(str_of(event->namespace), space);
}

bool book_ods_skip(struct book *book, struct diags *diags)
{
	for (int depth = 1; depth > 0;) {
		struct xml_event event = book_part_next(book->zip, diags);
		if (event.kind == XML_EVENT_BAD || event.kind == XML_EVENT_END)
			return false;
		depth += event.kind == XML_EVENT_OPEN;
		depth -= event.kind == XML_EVENT_CLOSE;
	}
	return true;
}

/* -- formats (16.29) --------------------------------------------------------------------------- */

static void read_digits(
	struct book *book, const struct xml_event *event, struct book_format *format)
{
	int places = book_number(book->zip, event, "decimal-places", -1);
	format->places = places;
	format->least = book_number(
		book->zip, event, "min-decimal-places", places < 0 ? 0 : places);
	format->digits = book_number(book->zip, event, "min-integer-digits", 0);
}

/* What stands besides the digits: a currency's sign perhaps. */
static void read_sign(struct book *book, struct book_format *format, struct diags *diags)
{
	struct buf text = {0};
	struct xml_event event;
	while ((event = book_part_next(book->zip, diags)).kind == XML_EVENT_TEXT)
		buf_str(&text, event.text);
	struct str rest = blank_trim(buf_text(&text)), sign = currency_take(&rest);
	if (sign.len && !rest.len && !format->currency.len)
		format->currency = str_copy(book->source.arena, sign);
	else if (!sign.len || rest.len)
		format->more |= book_has_letters(rest);
	buf_free(&text);
}

/* The data style that was opened, to its end. */
static bool read_data_style(
	struct book *book, const char *element, struct book_format *format, struct diags *diags)
{
	for (bool day = false, year = false;;) {
		struct xml_event event = book_part_next(book->zip, diags);
		if (event.kind == XML_EVENT_BAD || event.kind == XML_EVENT_END)
			return false;
		if (event.kind == XML_EVENT_CLOSE && strcmp(event.name, element) == 0) {
			format->unseen = format->date && !(day && year);
			return true;
		}
		if (event.kind != XML_EVENT_OPEN)
			continue;
		const char *name = event.name;
		day |= strcmp(name, "day") == 0;
		year |= strcmp(name, "year") == 0;
		format->seconds |= strcmp(name, "seconds") == 0;
		if (strcmp(name, "number") == 0)
			read_digits(book, &event, format);
		else if (strcmp(name, "currency-symbol") == 0 || strcmp(name, "text") == 0)
			read_sign(book, format, diags);
		format->date |= strcmp(name, "year") == 0 || strcmp(name, "day") == 0 ||
			strcmp(name, "month") == 0;
		format->time |= strcmp(name, "hours") == 0 || strcmp(name, "seconds") == 0 ||
			strcmp(name, "minutes") == 0;
	}
}

/* False: it is no data style. *good is false after an error. */
static bool take_data_style(
	struct book *book, const struct xml_event *event, bool *good, struct diags *diags)
{
	static const char *const kinds[] = {"number-style", "currency-style", "percentage-style",
		"date-style", "time-style", "boolean-style"};
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		if (strcmp(event->name, kinds[i]) != 0)
			continue;
		struct arena *arena = book->source.arena;
		struct book_format *format = arena_new_array(arena, struct book_format, 1);
		struct str name = book_attribute(book->zip, event, "name");
		struct str truncate = book_attribute(book->zip, event, "truncate-on-overflow");
		*format = (struct book_format){.places = -1,
			.currency = str_lit(""),
			.percent = i == 2,
			.elapsed = str_is(truncate, "false")};
		note_style(book, name, true, format);
		*good = read_data_style(book, kinds[i], format, diags);
		return true;
	}
	return false;
}

/* A cell's style has a format, or its parent's. */
static void read_cell_style(struct book *book, const struct xml_event *event)
{
	struct str name = book_attribute(book->zip, event, "name");
	struct str data = book_attribute(book->zip, event, "data-style-name");
	struct str parent = book_attribute(book->zip, event, "parent-style-name");
	note_style(book, name, false,
		data.at ? book_ods_format(book, data, true) : book_ods_format(book, parent, false));
}

/* A style that was opened: of cells, or of sheets, which may hide them. */
static void read_style(struct book *book, const struct xml_event *event, struct str *sheet)
{
	struct str family = book_attribute(book->zip, event, "family");
	struct str name = book_attribute(book->zip, event, "name");
	*sheet = str_lit("");
	if (str_is(family, "table-cell"))
		read_cell_style(book, event);
	else if (str_is(family, "table"))
		*sheet = str_copy(book->source.arena, name);
}

/* All styles of a part, up to what its stop is called. */
static bool read_styles(struct book *book, const char *stop, struct diags *diags)
{
	struct str sheet = str_lit("");
	bool good = true;
	while (good) {
		struct xml_event event = book_part_next(book->zip, diags);
		if (event.kind == XML_EVENT_END)
			return true;
		good = event.kind != XML_EVENT_BAD;
		if (event.kind != XML_EVENT_OPEN || take_data_style(book, &event, &good, diags))
			continue;
		if (strcmp(event.name, stop) == 0)
			return true;
		if (book_ods_is(&event, ODS_STYLE, "style"))
			read_style(book, &event, &sheet);
		else if (book_ods_is(&event, ODS_STYLE, "table-properties") && sheet.len &&
			str_is(book_attribute(book->zip, &event, "display"), "false"))
			*vec_push(book->source.arena, &book->ods->hidden) = sheet;
	}
	return false;
}

/* -- sheets ------------------------------------------------------------------------------------ */

static void note_sheet(struct book *book, const struct xml_event *event)
{
	struct arena *arena = book->source.arena;
	struct str style = book_attribute(book->zip, event, "style-name");
	struct book_sheet *sheet = vec_push(arena, &book->sheets);
	*sheet = (struct book_sheet){
		.name = str_copy(arena, book_attribute(book->zip, event, "name"))};
	for (int i = 0; i < book->ods->hidden.len; i++)
		sheet->hidden |= str_eq(book->ods->hidden.at[i], style);
}

/* The next element in the opened one, or its end. */
static bool next_child(struct book *book, struct xml_event *event, struct diags *diags)
{
	do
		*event = book_part_next(book->zip, diags);
	while (event->kind == XML_EVENT_TEXT);
	return event->kind == XML_EVENT_OPEN;
}

/* Goes into the element of that name among those that come. */
static bool enter(struct book *book, const char *name, struct diags *diags)
{
	struct xml_event event;
	while (next_child(book, &event, diags)) {
		if (book_ods_is(&event, ODS_OFFICE, name))
			return true;
		if (!book_ods_skip(book, diags))
			return false;
	}
	return false;
}

static bool list_sheets(struct book *book, struct diags *diags)
{
	struct xml_event event;
	int errors = diags_count(diags, SEVERITY_ERROR);
	if (!enter(book, "spreadsheet", diags)) {
		if (diags_count(diags, SEVERITY_ERROR) == errors)
			diag_add(diags, TABLE_OTHER, place_in(book->source.path),
				"a document without sheets");
		return false;
	}
	while (next_child(book, &event, diags)) {
		if (book_ods_is(&event, ODS_TABLE, "table"))
			note_sheet(book, &event);
		if (!book_ods_skip(book, diags))
			return false;
	}
	return event.kind == XML_EVENT_CLOSE;
}

/* Its parts are each encrypted, and their list says so (part 2, 4.8). */
static bool is_locked(struct book *book, struct diags *diags)
{
	struct str part = str_lit("META-INF/manifest.xml");
	struct xml_event event;
	if (!book_zip_has(book->zip, part) || !book_part_open(book->zip, part, diags))
		return false;
	do
		event = book_part_next(book->zip, diags);
	while (event.kind != XML_EVENT_END && event.kind != XML_EVENT_BAD &&
		strcmp(event.name, "encryption-data") != 0);
	if (event.kind != XML_EVENT_OPEN)
		return false;
	diag_add0(diags, BOOK_LOCKED, place_in(book->source.path));
	return true;
}

static bool open_ods(struct book *book, struct diags *diags)
{
	struct str styles = str_lit("styles.xml");
	int errors = diags_count(diags, SEVERITY_ERROR);
	book->ods = arena_new_array(book->source.arena, struct book_ods, 1);
	book->ods->kept = arena_new();
	if (is_locked(book, diags) || diags_count(diags, SEVERITY_ERROR) > errors)
		return false;
	if (book_zip_has(book->zip, styles) &&
		!(book_part_open(book->zip, styles, diags) &&
			read_styles(book, "automatic-styles", diags)))
		return false;
	return book_part_open(book->zip, str_lit("content.xml"), diags) &&
		read_styles(book, "body", diags) && list_sheets(book, diags);
}

static void close_ods(struct book *book)
{
	if (!book->ods)
		return;
	map_free(&book->ods->styles);
	arena_free(book->ods->kept);
}

/* -- a sheet's beginning ----------------------------------------------------------------------- */

static bool start_ods(struct book *book, const struct book_sheet *sheet, struct diags *diags)
{
	int number = (int)(sheet - book->sheets.at);
	struct xml_event event;
	book->merged = (struct book_merges){0};
	book->row = 0;
	book->ods->repeats = 0;
	book->ods->columns.len = 0;
	if (!book_part_open(book->zip, str_lit("content.xml"), diags) ||
		!next_child(book, &event, diags) || !enter(book, "body", diags) ||
		!enter(book, "spreadsheet", diags))
		return false;
	while (next_child(book, &event, diags)) {
		if (book_ods_is(&event, ODS_TABLE, "table") && number-- == 0)
			return true;
		if (!book_ods_skip(book, diags))
			return false;
	}
	return false;
}

const struct book_form book_ods = {open_ods, start_ods, book_ods_row, close_ods};
