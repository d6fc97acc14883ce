/* row.c - a row of cells → a record, by what the header said of its columns.
 *
 * A row whose cells are those of an earlier run is known by them, and not taken apart. */
#include "recipients/recipients_int.h"

#include "base/diag_id.h"

#include <stdio.h>

struct row {
	const struct table *table;
	struct arena *arena;
	const char *file; /* the table's, in the arena */
	const struct str *cells;
	int number;
};

static struct place cell_place(const struct row *row, int column)
{
	return place_cell(row->file, row->number, column + 1);
}

static struct value *value_new(const struct row *row, int column, struct str text)
{
	struct value *value = arena_new_array(row->arena, struct value, 1);
	*value = (struct value){.name = str_copy(row->arena, row->table->columns[column].name),
		.text = blank_tidy(row->arena, str_copy(row->arena, text)),
		.lang = str_lit(""),
		.at = cell_place(row, column)};
	value_split_lines(row->arena, value);
	return value;
}

/* Lines of an address that has columns of its own: one value of all of them, in their order. */
static struct value *value_of_lines(const struct row *row, int count, int first)
{
	const struct target *of = &row->table->columns[first].target;
	struct buf text = {0};
	for (int line = 0, left = count; left > 0 && line <= TABLE_MAX_NUMBER; line++, left--)
		for (int i = 0; i < count; i++) {
			const struct target *target = &row->table->columns[i].target;
			if (target->field == of->field && target->list == of->list &&
				target->record == of->record && target->line == line)
				buf_format(&text, "%.*s\n", str_arg(row->cells[i]));
		}
	struct value *value = value_new(row, first, buf_text(&text));
	buf_free(&text);
	return value;
}

/* The first of the columns that make one value together. */
static bool is_first_line(const struct row *row, int column)
{
	const struct target *of = &row->table->columns[column].target;
	for (int i = 0; i < column; i++) {
		const struct target *target = &row->table->columns[i].target;
		if (target->field == of->field && target->list == of->list &&
			target->record == of->record)
			return false;
	}
	return true;
}

static void append_cell(const struct row *row, int count, int column, struct value ***end)
{
	const struct column *of = &row->table->columns[column];
	bool lines = of->target.field && of->target.field->type == FIELD_LINES;
	if (!row->cells[column].at || (lines && !is_first_line(row, column)))
		return;
	**end = lines ? value_of_lines(row, count, column)
		      : value_new(row, column, row->cells[column]);
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
		blank &= blank_trim(row->cells[i]).len == 0;
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
		if (blank_trim(row->cells[i]).len == 0)
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

static bool read_row(const struct row *row, int count, struct recipient *out, struct diags *diags)
{
	const struct table *table = row->table;
	struct value **end = &out->values;
	if (!check_count(row, count, diags))
		return false;
	count = count < table->count ? count : table->count;
	for (int i = 0; i < count; i++) {
		if (table->columns[i].kept && !table->columns[i].target.list)
			append_cell(row, count, i, &end);
		else if (table->columns[i].name.len == 0 && blank_trim(row->cells[i]).len)
			diag_add0(diags, COLUMN_NAMELESS, cell_place(row, i));
	}
	append_lists(row, count, &end);
	return id_check(row->arena, out->id, out->at, diags);
}

bool table_check_text(const struct table *table, struct cells cells, int row, struct diags *diags)
{
	for (int i = 0; i < cells.count; i++) {
		int bad = utf8_invalid_at(cells.at[i]);
		if (bad < 0)
			continue;
		char hex[3];
		snprintf(hex, sizeof hex, "%02X", (unsigned char)cells.at[i].at[bad]);
		diag_add(diags, TABLE_BYTE, place_cell(table->file, row, i + 1), hex);
		return false;
	}
	return true;
}

/* -- known rows -------------------------------------------------------------------------------- */

/* Cells one behind the other, each behind its length; -1: not there at all. */
static struct str pack(struct arena *arena, const struct str *cells, int count)
{
	struct buf packed = {0};
	for (int i = 0; i < count; i++) {
		int len = cells[i].at ? cells[i].len : -1;
		buf_put(&packed, &len, sizeof len);
		if (len > 0)
			buf_put(&packed, cells[i].at, (size_t)len);
	}
	struct str all = str_copy(arena, buf_text(&packed));
	buf_free(&packed);
	return all;
}

/* The number of cells; cells NULL: only counts. */
static int unpack(struct str packed, struct str *cells)
{
	int count = 0, len;
	for (int at = 0; at<packed.len; at += len> 0 ? len : 0, count++) {
		memcpy(&len, packed.at + at, sizeof len);
		at += (int)sizeof len;
		if (cells)
			cells[count] = len < 0 ? (struct str){0} : str_slice(packed, at, at + len);
	}
	return count;
}

static uint64_t hash_cells(const struct table *table, const struct str *cells, int count)
{
	uint64_t hash = table->hash;
	for (int i = 0; i < count; i++)
		hash = hash * 31 + (cells[i].at ? str_hash(cells[i]) : 1);
	return hash;
}

enum recipients_result table_next(const struct source *source, const struct table *table,
	struct arena *arena, struct cells cells, struct recipient *out, struct diags *diags)
{
	const char *file = str_copy(arena, str_of(table->file)).at;
	struct row row = {table, arena, file, cells.at, source->ordinal};
	*out = (struct recipient){.id = str_format(arena, "row-%d", row.number),
		.at = place_cell(file, row.number, 0),
		.where = str_format(arena, "%s:row %d", file, row.number).at,
		.stamp = hash_cells(table, cells.at, cells.count)};
	if (table->id >= 0 && table->id < cells.count && utf8_invalid_at(cells.at[table->id]) < 0)
		out->id = str_copy(arena, blank_trim(cells.at[table->id]));
	if (table->spoilt && !table_check_text(table, cells, row.number, diags))
		return RECIPIENTS_BAD;
	if (source->known && source->known(source->user, arena, out)) {
		out->unread = pack(arena, cells.at, cells.count);
		return RECIPIENTS_KNOWN;
	}
	return read_row(&row, cells.count, out, diags) ? RECIPIENTS_GOOD : RECIPIENTS_BAD;
}

bool table_read(
	const struct table *table, struct arena *arena, struct recipient *out, struct diags *diags)
{
	int count = unpack(out->unread, NULL);
	struct str *cells = arena_new_array(arena, struct str, count);
	struct row row = {table, arena, out->at.file, cells, out->at.line};
	unpack(out->unread, cells);
	return read_row(&row, count, out, diags);
}
