/* row.c - rows of cells → a record, by what the header said of its columns.
 *
 * Of rows that were joined, the first gives the record, and each a record of its list. */
#include "recipients/recipients_int.h"

#include "base/diag_id.h"
#include "locale/locale.h"

#include <stdio.h>

static struct place cell_place(const struct row *row, int column)
{
	return row->places ? row->places[column] : place_cell(row->file, row->number, column + 1);
}

static bool is_stored(const struct row *row, int column)
{
	return row->cells.stored && row->cells.stored[column];
}

static struct value *value_new(const struct row *row, int column, struct str text)
{
	struct value *value = arena_new_array(row->arena, struct value, 1);
	*value = (struct value){.name = str_copy(row->arena, row->table->columns[column].name),
		.text = blank_tidy(row->arena, str_copy(row->arena, text)),
		.lang = str_lit(""),
		.at = cell_place(row, column),
		.stored = is_stored(row, column)};
	value_split_lines(row->arena, value);
	return value;
}

static bool is_one_value(const struct row *row, int a, int b)
{
	const struct target *x = &row->table->columns[a].target;
	const struct target *y = &row->table->columns[b].target;
	return x->field == y->field && x->list == y->list && x->record == y->record;
}

/* Lines of an address that has columns of its own: one value of all of them, in their order. */
static struct value *value_of_lines(const struct row *row, int count, int first)
{
	struct buf text = {0};
	int left = 0;
	for (int i = first; i < count; i++)
		left += is_one_value(row, i, first);
	for (int line = 0; left > 0 && line <= TABLE_MAX_NUMBER; line++)
		for (int i = first; i < count; i++) {
			if (!is_one_value(row, i, first) ||
				row->table->columns[i].target.line != line)
				continue;
			buf_format(&text, "%.*s\n", str_arg(row->cells.at[i]));
			left--;
		}
	struct value *value = value_new(row, first, buf_text(&text));
	buf_free(&text);
	return value;
}

/* The first of the columns that make one value together. */
static bool is_first_line(const struct row *row, int column)
{
	for (int i = 0; i < column; i++)
		if (is_one_value(row, i, column))
			return false;
	return true;
}

static void append_cell(const struct row *row, int count, int column, struct value ***end)
{
	const struct column *of = &row->table->columns[column];
	bool lines = of->target.field && of->target.field->type == FIELD_LINES;
	if (lines ? !is_first_line(row, column) : !row->cells.at[column].at)
		return;
	**end = lines ? value_of_lines(row, count, column)
		      : value_new(row, column, row->cells.at[column]);
	*end = &(**end)->next;
}

/* A record of a list, from its numbered columns; left out when all its cells are blank. */
static void append_record(const struct row *row, int count, int first, struct value ***end)
{
	const struct target *of = &row->table->columns[first].target;
	struct value *record = value_new(row, first, str_lit(""));
	struct value **parts = &record->parts;
	bool blank = true;
	record->name = of->list->name;
	for (int i = first; i < count; i++) {
		const struct target *target = &row->table->columns[i].target;
		if (target->list != of->list || target->record != of->record)
			continue;
		blank &= blank_trim(row->cells.at[i]).len == 0;
		append_cell(row, count, i, &parts);
	}
	if (blank)
		return;
	**end = record;
	*end = &record->next;
}

/* The records of lists, by their numbers; whatever the order of the columns. */
static void append_lists(const struct row *row, int count, struct value ***end)
{
	int last = 0;
	for (int i = 0; i < count; i++)
		if (row->table->columns[i].target.record > last)
			last = row->table->columns[i].target.record;
	for (int record = 1; record <= last; record++)
		for (int i = 0; i < count; i++) {
			const struct target *target = &row->table->columns[i].target;
			bool first = target->list && target->record == record;
			for (int k = 0; k < i && first; k++)
				first = row->table->columns[k].target.list != target->list ||
					row->table->columns[k].target.record != record;
			if (first)
				append_record(row, count, i, end);
		}
}

static bool check_count(const struct row *row, int count, struct diags *diags)
{
	const struct table *table = row->table;
	struct place at = place_cell(row->file, row->number, 0);
	for (int i = table->count; i < count; i++) {
		if (blank_trim(row->cells.at[i]).len == 0)
			continue;
		diag_add(
			diags, ROW_LONG, at, diag_int(diags, count), diag_int(diags, table->count));
		return false;
	}
	if (count < table->count)
		diag_add(diags, ROW_SHORT, at, diag_int(diags, count),
			diag_int(diags, table->count));
	return true;
}

static void append_columns(
	const struct row *row, int count, struct value ***end, struct diags *diags)
{
	const struct table *table = row->table;
	for (int i = 0; i < count; i++) {
		if (table->columns[i].kept && !table->columns[i].target.list)
			append_cell(row, count, i, end);
		else if (table->columns[i].name.len == 0 && blank_trim(row->cells.at[i]).len)
			diag_add0(diags, COLUMN_NAMELESS, cell_place(row, i));
	}
}

static int used_count(const struct row *row)
{
	return row->cells.count < row->table->count ? row->cells.count : row->table->count;
}

/* The record that a row adds to the list of all. */
static void append_joined(const struct row *row, struct value ***end)
{
	const struct table *table = row->table;
	int count = used_count(row), first = 0;
	while (first < count &&
		(table->columns[first].target.list != table->joined ||
			table->columns[first].target.record))
		first++;
	if (first < count)
		append_record(row, count, first, end);
}

static bool is_same(struct arena *arena, struct str a, struct str b)
{
	return str_eq(a, b) || str_eq(text_composed(arena, a), text_composed(arena, b));
}

/* What is no part of the list is said once, and again in each row. */
static bool check_same(const struct row *row, const struct row *first, struct diags *diags)
{
	const struct table *table = row->table;
	for (int i = 0; i < table->count; i++) {
		const struct target *target = &table->columns[i].target;
		bool adds = target->list == table->joined && !target->record;
		struct str a = i < first->cells.count ? blank_trim(first->cells.at[i])
						      : str_lit("");
		struct str b = i < row->cells.count ? blank_trim(row->cells.at[i]) : str_lit("");
		if (!table->columns[i].kept || adds || is_same(row->arena, a, b))
			continue;
		struct buf cell = {0};
		buf_puts(&cell, row->places ? "line " : "cell ");
		if (!row->places)
			place_write_column(i + 1, &cell);
		buf_format(&cell, "%d", first->number);
		diag_add(diags, ROW_JOIN, cell_place(row, i), diag_str(diags, b),
			diag_str(diags, a), buf_text(&cell).at);
		buf_free(&cell);
		return false;
	}
	return true;
}

bool rows_read(const struct row *rows, int count, struct recipient *out, struct diags *diags)
{
	struct value **end = &out->values;
	bool good = true;
	for (int i = 0; i < count && good; i++)
		good = check_count(&rows[i], rows[i].cells.count, diags) &&
			(i == 0 || check_same(&rows[i], &rows[0], diags));
	if (!good)
		return false;
	append_columns(rows, used_count(rows), &end, diags);
	append_lists(rows, used_count(rows), &end);
	for (int i = 0; i < count && rows->table->joined; i++)
		append_joined(&rows[i], &end);
	return id_check(rows->arena, out->id, out->at, diags);
}

bool table_check_text(const struct table *table, struct cells cells, int row, struct diags *diags)
{
	for (int i = 0; i < cells.count; i++) {
		struct str cell = cells.at[i];
		int bad = utf8_invalid_at(cell);
		const char *nul = cell.len ? memchr(cell.at, 0, (size_t)cell.len) : NULL;
		if (bad < 0 && !nul)
			continue;
		char hex[3];
		snprintf(hex, sizeof hex, "%02X", bad < 0 ? 0u : (unsigned char)cell.at[bad]);
		struct place at = place_cell(table->file, row, i + 1);
		if (table->database)
			diag_add0(diags, SQLITE_TEXT, at);
		else
			diag_add(diags, TABLE_BYTE, at, hex);
		return false;
	}
	return true;
}
